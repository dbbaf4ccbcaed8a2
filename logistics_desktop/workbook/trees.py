"""Trees in a sheet: rows that lie in other rows of the same sheet, and what the position of a row says about that.

A class table names the class above by its code, or says it by the codes themselves (A02010104 lies in A020101 or
A02010100, as in GB/T 14885), by blanks before the name, or by a column for each level.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from logistics_desktop.errors import UserError
from logistics_desktop.i18n import N_
from logistics_desktop.ledger.entity import Entity
from logistics_desktop.ledger.references import path_of, plain
from logistics_desktop.workbook.cells import Cells, Raw
from logistics_desktop.workbook.findings import Column, SheetFinding
from logistics_desktop.workbook.names import code_and_name
from logistics_desktop.workbook.planned import Existing, InSheet, Parents

_SEPARATED = re.compile(r"[.\-/_]")
_LEVEL = re.compile(r"(?:第?[一二三四五六七八九\d]+级.*|level\s*\d+|[大中小细]类(?:名称)?|门类)", re.IGNORECASE)
_INDENT = re.compile(r"[\s\u3000]*")
_MADE = 100_000
"""Columns that are added to a sheet are counted from here."""


def with_given(sheet: SheetFinding, given: Mapping[str, str]) -> SheetFinding:
    """Give a sheet with a column for each field of `given`, which says the same in every row."""
    for key, text in given.items():
        sheet = _with(sheet, key, [text] * len(sheet.row_numbers))
    return sheet


def with_parents(sheet: SheetFinding, entity: Entity, fields: Mapping[int, str], way: Parents) -> SheetFinding:
    """Give a sheet with a column that names, by its code or name, what each row lies in; `fields` by column index.

    Raises `UserError` where the sheet lacks the columns for that way.
    """
    assert entity.parent is not None
    code, title = (_column(sheet, fields, key) for key in (entity.match[-1].key, entity.title.key))
    if way is Parents.LEVELS:
        levels = [
            cells for column, cells in zip(sheet.columns, sheet.cells, strict=True) if _LEVEL.fullmatch(_last(column))
        ]
        if len(levels) < 2:
            raise UserError(N_("There are no columns for levels, such as “Level 1” and “Level 2”."))
        depths, names = _levels(levels)
        sheet = _with(sheet, entity.title.key, names)
        above = by_depth(depths)
        title = names
    elif way is Parents.CODE:
        if code is None:
            raise UserError(N_("There is no column with codes."))
        above = by_codes([_text(one) for one in code])
    else:
        if title is None:
            raise UserError(N_("There is no column with names."))
        above = by_depth([_indent(one) for one in title])
    named = code if code is not None else title
    assert named is not None
    return _with(sheet, entity.parent.key, [None if at is None else named[at] for at in above])


def by_codes(codes: Sequence[str]) -> list[int | None]:
    """The place of the row that each row lies in: the one with the longest code that its own begins with."""
    places: dict[tuple[str, ...], int] = {}
    stems = [_stem(code) for code in codes]
    for place, stem in enumerate(stems):
        if stem:
            places.setdefault(stem, place)
    found: list[int | None] = []
    for place, stem in enumerate(stems):
        shorter = (places.get(stem[:length]) for length in range(len(stem) - 1, 0, -1))
        found.append(next((at for at in shorter if at is not None and at != place), None))
    return found


def by_depth(depths: Sequence[int | None]) -> list[int | None]:
    """The place of the row that each row lies in: the last one before it that is less deep; None has no depth."""
    open_: list[tuple[int, int]] = []
    found: list[int | None] = []
    for place, depth in enumerate(depths):
        if depth is None:
            found.append(None)
            continue
        while open_ and open_[-1][0] >= depth:
            open_.pop()
        found.append(open_[-1][1] if open_ else None)
        open_.append((depth, place))
    return found


class Rows:
    """The rows of a sheet by what others in it call them: code, name, code and name, path; within one edition.

    `above` is what each row says it lies in, by which the end of a path such as "A/B" is told from a namesake.
    """

    def __init__(self, entity: Entity, values: Mapping[str, Sequence[Any]], above: Sequence[str | None]) -> None:
        count = len(above)
        self._above = above
        shelves = [column.key for column in entity.match[:-1] if column.key in values]
        self._shelf = [tuple(values[key][place] for key in shelves) for place in range(count)]
        codes, names = values.get(entity.match[-1].key), values.get(entity.title.key)
        self._codes: dict[tuple[Any, str], int] = {}
        self._names: defaultdict[tuple[Any, str], list[int]] = defaultdict(list)
        self.titles: list[str] = []
        for place, shelf in enumerate(self._shelf):
            code, name = (column[place] if column else None for column in (codes, names))
            if code:
                self._codes.setdefault((shelf, plain(code)), place)
            for text in filter(None, (name, f"{code} {name}" if code and name else None)):
                self._names[shelf, plain(text)].append(place)
            self.titles.append(code or name or "")

    def find(self, text: str, place: int) -> list[int]:
        """The rows that the row at `place` may mean by `text`: none, one, or several of one name."""
        shelf = self._shelf[place]
        code = self._codes.get((shelf, plain(text)))
        if code is not None:
            return [code]
        return self._names.get((shelf, plain(text))) or self._by_both(shelf, text) or self._by_path(shelf, text)

    def _by_both(self, shelf: tuple[Any, ...], text: str) -> list[int]:
        """The row with this code and name, however they are joined."""
        code, name = code_and_name(text)
        row = self._codes.get((shelf, plain(code))) if code and name else None
        return [row] if row is not None and row in self._names.get((shelf, plain(name or "")), ()) else []

    def _by_path(self, shelf: tuple[Any, ...], text: str) -> list[int]:
        """The rows that have the last name of a path and lie in what has the name before it."""
        path = path_of(text)
        if len(path) < 2:
            return []
        rows = self._names.get((shelf, plain(path[-1])), [])
        return [row for row in rows if plain((path_of(self._above[row] or "") or [""])[-1]) == plain(path[-2])]


def rings(above: Mapping[int, int]) -> list[list[int]]:
    """The rings in a map from a row to the row it lies in, each from its smallest place on."""
    done: set[int] = set()
    found = []
    for start in above:
        path: dict[int, None] = {}
        at: int | None = start
        while at is not None and at not in path and at not in done:
            path[at] = None
            at = above.get(at)
        if at is not None and at in path:
            ring = [*path][[*path].index(at) :]
            first = ring.index(min(ring))
            found.append([*ring[first:], *ring[:first]])
        done.update(path)
    return found


def places_above(column: Sequence[Any], existing: Mapping[int, Existing]) -> dict[int, int]:
    """For each row the place of the row of the sheet that it lies in, be that new or known already."""
    known = {one.id: place for place, one in existing.items()}
    found = {}
    for place, value in enumerate(column):
        at = value.position if isinstance(value, InSheet) else known.get(value)
        if at is not None:
            found[place] = at
    return found


def _stem(code: str) -> tuple[str, ...]:
    """A code in the pieces that a shorter one may end at; pairs of zeros at its end mean "all of these"."""
    if _SEPARATED.search(code):
        return tuple(_SEPARATED.split(code))
    while len(code) > 2 and code.endswith("00"):
        code = code[:-2]
    return tuple(code)


def _levels(columns: Sequence[Cells]) -> tuple[list[int | None], list[Raw]]:
    depths: list[int | None] = []
    names: list[Raw] = []
    for row in zip(*columns, strict=True):
        filled = [depth for depth, raw in enumerate(row) if _text(raw)]
        depths.append(filled[-1] if filled else None)
        names.append(row[filled[-1]] if filled else None)
    return depths, names


def _indent(raw: Raw) -> int | None:
    if not isinstance(raw, str) or not raw.strip():
        return None
    found = _INDENT.match(raw)
    assert found is not None
    return sum(2 if char == "\u3000" else 1 for char in found[0])


def _text(raw: Raw) -> str:
    if isinstance(raw, float) and raw.is_integer():
        raw = int(raw)
    return "" if raw is None else str(raw).strip()


def _last(column: Column) -> str:
    return column.path[-1].strip() if column.path else column.header.strip()


def _column(sheet: SheetFinding, fields: Mapping[int, str], key: str) -> Sequence[Raw] | None:
    """The cells of the column that fills a field."""
    for column, cells in zip(sheet.columns, sheet.cells, strict=True):
        if fields.get(column.index) == key:
            return cells
    return None


def _with(sheet: SheetFinding, key: str, values: Sequence[Raw]) -> SheetFinding:
    """The sheet with one more column, whose header is the name of the field it fills."""
    column = Column(_MADE + len(sheet.columns), "", key, None, (key,))
    return replace(sheet, columns=(*sheet.columns, column), cells=[*sheet.cells, Cells.of(values)])
