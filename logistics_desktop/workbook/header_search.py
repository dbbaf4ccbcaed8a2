"""Find the header of the table in a sheet: one row, or two or three that belong together."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from logistics_desktop.workbook.findings import Column
from logistics_desktop.workbook.headers import Vocabulary, flat, split_unit
from logistics_desktop.workbook.places import column_letter
from logistics_desktop.workbook.raw_sheet import Merge, RawSheet, filled, text_of

SEARCHED_ROWS = 80
MAX_DEPTH = 3
MAX_LABEL = 60

_ABOUT = re.compile(r".+:.+|.*\d{4}年\d{1,2}月.*")
"""What stands between title and header: "编制单位:财务科", "2024年5月31日"."""
_FIGURE = re.compile(r"[\d\s.,:/\-+%¥$()]+")


@dataclass(frozen=True, slots=True)
class Header:
    """Where the header is (`top` counts from 0 in the sheet's rows), its columns, and how well it is known."""

    top: int
    depth: int
    columns: tuple[Column, ...]
    fields: tuple[str | None, ...]

    @property
    def bottom(self) -> int:
        """The first row below the header."""
        return self.top + self.depth

    @property
    def known(self) -> int:
        """How many different fields the columns stand for."""
        return len({field for field in self.fields if field})

    def _rank(self) -> tuple[int, int, int, int]:
        """More known fields, then more distinct names, then fewer rows, then further up."""
        return self.known, len({column.header for column in self.columns}), -self.depth, -self.top

    def better_than(self, other: Header | None) -> bool:
        """Whether this reading of the sheet explains more of it."""
        return other is None or self._rank() > other._rank()


def find_header(sheet: RawSheet, vocabulary: Vocabulary) -> Header | None:
    """The header that the vocabulary explains best, None where the sheet holds no such table."""
    texts = _header_texts(sheet)
    best: Header | None = None
    inside = {row for merge in sheet.merges for row in range(merge.top + 1, min(merge.bottom + 1, SEARCHED_ROWS))}
    for top in sorted(set(range(min(len(texts), SEARCHED_ROWS))) - inside):
        for depth in range(1, MAX_DEPTH + 1):
            if depth > 1 and not _belongs(texts, top + depth - 1, top):
                break
            header = _header(sheet, vocabulary, texts, top, depth)
            if _acceptable(header, vocabulary) and header.better_than(best) and not _is_form(sheet, vocabulary, header):
                best = header
    return best


def header_at(sheet: RawSheet, vocabulary: Vocabulary, row: int) -> Header:
    """The header that the user says begins in this row (from 0), with the rows that plainly belong to it."""
    texts = _header_texts(sheet, row + MAX_DEPTH)
    depth = 1
    while depth < MAX_DEPTH and _belongs(texts, row + depth, row):
        depth += 1
    return _header(sheet, vocabulary, texts, row, depth)


def _header_texts(sheet: RawSheet, rows: int = SEARCHED_ROWS + MAX_DEPTH) -> list[list[str]]:
    """The top of the sheet as texts; what is merged stands in each of its cells, but not titles across the table."""
    texts = [[_label(raw) for raw in row] for row in sheet.rows[:rows]]
    for merge in sheet.merges:
        if merge.top < len(texts) and not _is_title(sheet, merge):
            text = texts[merge.top][merge.left]
            for row in texts[merge.top : merge.bottom + 1]:
                row[merge.left : merge.right + 1] = [text] * (merge.right + 1 - merge.left)
    return texts


def _label(raw: object) -> str:
    """A cell as a header would have it; whole numbers too, because days and years head columns."""
    if isinstance(raw, str):
        return flat(raw)
    return str(int(raw)) if isinstance(raw, int | float) and raw == raw and float(raw).is_integer() else ""


def _is_title(sheet: RawSheet, merge: Merge) -> bool:
    used = sum(1 for _ in filled(sheet.rows[merge.top]))
    return merge.left < merge.right and used == 1


def _belongs(texts: list[list[str]], lower_row: int, top: int) -> bool:
    """Whether a row carries the header on: it fills blanks, or parts what the row above puts together."""
    if lower_row >= len(texts):
        return False
    upper, lower = texts[lower_row - 1], texts[lower_row]
    if not _is_label_row(lower) or not _is_label_row(texts[top]) or sum(map(bool, upper)) < 2:
        return False
    new = [place for place, text in enumerate(lower) if text and text != upper[place]]
    return bool(new) and all(_under_group(upper, lower, place) for place in new)


def _is_label_row(texts: Sequence[str]) -> bool:
    labels = [text for text in texts if text]
    return bool(labels) and not any(
        len(text) > MAX_LABEL or _FIGURE.fullmatch(text) or _ABOUT.fullmatch(text) for text in labels
    )


def _under_group(upper: Sequence[str], lower: Sequence[str], place: int) -> bool:
    """Whether a lower cell has nothing above it, or a cell above it that spans further columns."""
    right = place + 1
    if not upper[place]:
        return True
    if place and upper[place - 1] == upper[place]:
        return True
    return right < len(upper) and upper[right] in ("", upper[place]) and bool(lower[right])


def _header(sheet: RawSheet, vocabulary: Vocabulary, texts: list[list[str]], top: int, depth: int) -> Header:
    block = texts[top : top + depth]
    columns, fields = [], []
    carried = [""] * depth
    for place in range(sheet.width):
        column = [row[place] for row in block]
        _carry(carried, column)
        path = tuple(_without_repeats(_inherit(column, carried)))
        name, unit = _named(path)
        index = sheet.first_column + place
        columns.append(Column(index, column_letter(index), name, unit, path))
        fields.append(vocabulary.field_of(path) if path else None)
    return Header(top, depth, tuple(columns), tuple(fields))


def _carry(carried: list[str], column: list[str]) -> None:
    """Remember which groups begin in this column; a cell without others below it is no group."""
    first = next((level for level, text in enumerate(column) if text), len(column))
    for level in range(first, len(column)):
        parted = any(lower and lower != column[level] for lower in column[level + 1 :])
        carried[level] = column[level] if parted else ""


def _inherit(column: list[str], carried: list[str]) -> list[str]:
    """The header's cells of one column; blanks above a filled cell belong to the group on the left."""
    lowest = next((level for level in reversed(range(len(column))) if column[level]), None)
    if lowest is None:
        return []
    return [text or carried[level] for level, text in enumerate(column[: lowest + 1])]


def _without_repeats(parts: Sequence[str]) -> list[str]:
    return [part for place, part in enumerate(parts) if part and (not place or part != parts[place - 1])]


def _named(path: tuple[str, ...]) -> tuple[str, str | None]:
    split = [split_unit(part) for part in path]
    return "/".join(name for name, _ in split), next((unit for _, unit in reversed(split) if unit), None)


def _acceptable(header: Header, vocabulary: Vocabulary) -> bool:
    named = sum(1 for column in header.columns if column.header)
    known = header.known
    enough = known >= min(2, named) and (known >= 4 or known * 3 >= named)
    return known > 0 and enough and not vocabulary.needed.isdisjoint(field for field in header.fields if field)


def _is_form(sheet: RawSheet, vocabulary: Vocabulary, header: Header) -> bool:
    """A form has a label beside each value: its next rows are full of names of fields, too."""
    own = [column.header for column in header.columns]
    following = [row for row in sheet.rows[header.bottom : header.bottom + 8] if any(True for _ in filled(row))][:6]
    labelled = 0
    for row in following:
        labels = [place for place, raw in filled(row) if vocabulary.field_of((text_of(raw),))]
        repeated = all(split_unit(text_of(row[place]))[0] == own[place] for place in labels)
        labelled += len(labels) >= 2 and not repeated
    return labelled * 2 > len(following)
