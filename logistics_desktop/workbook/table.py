"""From raw sheets to findings: the table in each sheet, and which sheets are taken."""

from __future__ import annotations

import dataclasses
import datetime as dt
import re
from collections.abc import Mapping, Sequence

from logistics_desktop.i18n import N_
from logistics_desktop.workbook.findings import Column, Said, SheetFinding, Verdict
from logistics_desktop.workbook.header_search import Header, find_header, header_at
from logistics_desktop.workbook.headers import Vocabulary, flat, keys
from logistics_desktop.workbook.raw_sheet import RawSheet, filled, text_of
from logistics_desktop.workbook.records import Records, find_records

PREVIEW_ROWS = 30

_YEAR = re.compile(r"(?<!\d)((?:19|20)\d{2})\s*(?:年|[-./]\s*\d|(?!\d))")
_CHINESE_YEAR = re.compile(r"([一二][〇○零O一二三四五六七八九]{3})年")
_CHINESE_DIGITS = str.maketrans("〇○零O一二三四五六七八九", "0000123456789")
_MONEY_UNIT = re.compile(r"单位\s*[:：]?\s*(?:人民币)?\s*(亿元|万元|千元|百元|元)")


def find_tables(
    sheets: Sequence[RawSheet], vocabulary: Vocabulary, headers: Mapping[str, int] | None = None
) -> list[SheetFinding]:
    """Find the table of each sheet and take the best of them.

    `headers` are the user's own words: sheet name to the number (from 1) of its first header row. Exactly those sheets
    are taken then, hidden or not.
    """
    findings = [_find(sheet, vocabulary, (headers or {}).get(sheet.name)) for sheet in sheets]
    if headers is None:
        _take_best(findings, vocabulary)
        return findings
    return [
        finding if not finding.columns or finding.name in headers else _left(finding, N_("Another sheet was chosen."))
        for finding in findings
    ]


def _find(sheet: RawSheet, vocabulary: Vocabulary, chosen: int | None) -> SheetFinding:
    if not sheet.worksheet:
        return _nothing(sheet, N_("The sheet holds a chart, no table."))
    if not sheet.rows:
        return _nothing(sheet, N_("The sheet is empty."))
    if chosen is not None:
        row = chosen - 1 - sheet.first_row
        if not 0 <= row < len(sheet.rows):
            return _nothing(sheet, N_("There is nothing in row {row}."), row=chosen)
        return _read(sheet, vocabulary, header_at(sheet, vocabulary, row))
    if sheet.hidden:
        return _nothing(sheet, N_("The sheet is hidden."))
    header = find_header(sheet, vocabulary)
    if header is None:
        return _nothing(sheet, N_("No row of the sheet looks like the header of this ledger."))
    return _read(sheet, vocabulary, header)


def _nothing(sheet: RawSheet, reason: str, **params: object) -> SheetFinding:
    preview = [["" if raw is None else str(raw) for raw in row] for row in sheet.rows[:PREVIEW_ROWS]]
    return SheetFinding(sheet.name, Verdict.LEFT, Said(reason, params), preview=preview, preview_row=sheet.number(0))


def _left(finding: SheetFinding, reason: str, **params: object) -> SheetFinding:
    return dataclasses.replace(finding, verdict=Verdict.LEFT, reason=Said(reason, params))


def _read(sheet: RawSheet, vocabulary: Vocabulary, header: Header) -> SheetFinding:
    records = find_records(sheet, header, vocabulary)
    used = [place for place, column in enumerate(header.columns) if column.header or _has_values(records, place)]
    above = [text_of(raw) for row in sheet.rows[: header.top] for _, raw in filled(row)]
    header_rows = tuple(sheet.number(row) for row in range(header.top, header.bottom))
    if not records.rows:
        finding = _nothing(sheet, N_("There are no rows under the header in row {row}."), row=header_rows[0])
        return dataclasses.replace(finding, header_rows=header_rows)
    columns = tuple(header.columns[place] for place in used)
    return SheetFinding(
        name=sheet.name,
        verdict=Verdict.TAKEN,
        reason=None,
        header_rows=header_rows,
        columns=columns,
        first_row=sheet.number(records.rows[0]),
        last_row=sheet.number(records.rows[-1]),
        row_numbers=[sheet.number(row) for row in records.rows],
        cells=[records.cells[place] for place in used],
        skipped=records.skipped,
        title=next((text for text in above if text), ""),
        year_hint=_year_hint(sheet, header, above),
        money_unit=next((found[1] for text in above if (found := _MONEY_UNIT.search(flat(text)))), None),
        warnings=records.warnings + _repeated_names(columns),
        above=sheet.rows[: header.top],
    )


def _has_values(records: Records, place: int) -> bool:
    if place >= len(records.cells):
        return False
    cells = records.cells[place]
    return any(cells.distinct[code] is not None for code in set(cells.codes))


def _repeated_names(columns: Sequence[Column]) -> list[Said]:
    """Two columns with one name: the user must know which is which."""
    seen: dict[str, Column] = {}
    said = []
    for column in columns:
        name = keys(column.path)[0] if column.path else ""
        if name and name in seen:
            params = {"header": column.header, "first": seen[name].letter, "second": column.letter}
            said.append(Said(N_("Columns {first} and {second} are both named {header}."), params))
        seen.setdefault(name, column)
    return said


def _year_hint(sheet: RawSheet, header: Header, above: Sequence[str]) -> int | None:
    """The year that the title, the sheet's name or a date above the header speaks of."""
    for text in [*above, sheet.name]:
        plain = flat(text)
        if found := _YEAR.search(plain):
            return int(found[1])
        if found := _CHINESE_YEAR.search(plain):
            return int(found[1].translate(_CHINESE_DIGITS))
    dates = (raw for row in sheet.rows[: header.top] for raw in row if isinstance(raw, dt.date))
    return next((date.year for date in dates), None)


def _take_best(findings: list[SheetFinding], vocabulary: Vocabulary) -> None:
    """Leave all sheets but the one that is known best; those with its columns are said to be like it."""
    ranked = sorted(
        (place for place, finding in enumerate(findings) if finding.verdict is Verdict.TAKEN),
        key=lambda place: (-len(_fields(findings[place], vocabulary)), -len(findings[place].row_numbers), place),
    )
    for place in ranked[1:]:
        best, other = findings[ranked[0]], findings[place]
        if _fields(best, vocabulary) == _fields(other, vocabulary):
            other = dataclasses.replace(other, like=best.name)
            findings[place] = _left(
                other, N_("It has the columns of the sheet {sheet}; both can be read together."), sheet=best.name
            )
        else:
            findings[place] = _left(other, N_("The sheet {sheet} fits this ledger better."), sheet=best.name)


def _fields(finding: SheetFinding, vocabulary: Vocabulary) -> frozenset[str]:
    return frozenset(key for column in finding.columns if (key := vocabulary.field_of(column.path)))
