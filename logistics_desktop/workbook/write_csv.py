"""Lists written as CSV: for programs, and for lists that are longer than an Excel sheet."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

from logistics_desktop.i18n import _
from logistics_desktop.workbook.saving import replacing
from logistics_desktop.workbook.write import ColumnOut

_EVERY = 1_000
"""Rows between two reports of progress."""

_STARTS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""What a spreadsheet may take for a formula at the start of a field (OWASP, CSV injection), full-width forms too."""


def write_csv(
    path: Path,
    columns: Sequence[ColumnOut],
    rows: Iterable[Sequence[object]],
    progress: Callable[[int], None] | None = None,
    encoding: str = "utf-8-sig",
) -> int:
    """Write a list to `path` (UTF-8 with the mark by which Excel knows it, commas) and give the number of rows.

    A text that a spreadsheet would take for a formula gets an apostrophe in front. Numbers are exact, without
    thousands separators; a rate is a fraction of one. `progress` is called with the number of rows so far; what it
    raises (`Cancelled`) ends the work. Programs that do not know UTF-8 get another `encoding`; a character that it
    does not have becomes a question mark. Raises `UserError` where the file cannot be written.
    """
    converters = [_to_field(column) for column in columns]
    number = 0
    with replacing(path) as draft, draft.open("w", encoding=encoding, errors="replace", newline="") as file:
        writer = csv.writer(file)
        writer.writerow([_harmless(column.header) for column in columns])
        for number, row in enumerate(rows, 1):
            writer.writerow([convert(value) for convert, value in zip(converters, row, strict=True)])
            if progress and number % _EVERY == 0:
                progress(number)
    return number


def _to_field(column: ColumnOut) -> Callable[[object], str]:
    if column.kind in ("text", "code"):
        return _harmless
    if column.kind == "bool":
        yes, no = _("Yes"), _("No")
        return lambda value: "" if value is None else yes if value else no
    return _plain


def _harmless(value: object) -> str:
    text = "" if value is None else str(value)
    return f"'{text}" if text.startswith(_STARTS_A_FORMULA) else text


def _plain(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, Decimal):
        return format(value, "f")
    if isinstance(value, datetime):
        return value.isoformat(" ", "seconds")
    return value.isoformat() if isinstance(value, date) else str(value)
