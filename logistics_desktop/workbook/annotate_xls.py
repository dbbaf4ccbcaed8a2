"""An old .xls file returned as .xlsx with one column that says what is wrong with its rows."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from python_calamine import CalamineWorkbook

_WIDTH = 48.0

Row = list[Any]


def annotate_xls(
    source: Path, target: Path, sheet: str, header_row: int, cells: Mapping[int, str], headers: Collection[str]
) -> None:
    """Write the values of every sheet of `source` to the .xlsx `target`, `sheet` with `cells` (texts by row number
    from 1, the header's among them) in a new last column, or in the column of the header row that is in `headers`.
    """
    book = Workbook(write_only=True)
    with CalamineWorkbook.from_path(source) as old:
        for name in old.sheet_names:
            rows: list[Row] = old.get_sheet_by_name(name).to_python(skip_empty_area=False)
            page = book.create_sheet(name)
            if name.strip() == sheet.strip():
                column = _problem_column(rows, header_row, headers)
                page.column_dimensions[get_column_letter(column + 1)].width = _WIDTH
                rows = list(_with(rows, column, header_row, {n: _warning(page, text) for n, text in cells.items()}))
            for row in rows:
                page.append([_cell(page, value) for value in row])
    book.save(target)


def _problem_column(rows: Sequence[Row], header_row: int, headers: Collection[str]) -> int:
    header = rows[header_row - 1]
    older = (at for at, value in enumerate(header) if isinstance(value, str) and value.strip() in headers)
    return next(older, max(map(len, rows)))


def _with(rows: Sequence[Row], column: int, header_row: int, cells: Mapping[int, Any]) -> Iterator[Row]:
    for number, row in enumerate(rows, 1):
        older = row[column : column + 1] if number < header_row else [""]
        yield [*row[:column], cells.get(number, *older), *row[column + 1 :]]


def _warning(page: Any, text: str) -> Any:
    cell = _cell(page, text)
    cell.font, cell.fill = Font(color="9C0006"), PatternFill("solid", fgColor="FCE4E4")
    cell.alignment = Alignment(vertical="top", wrap_text=True)
    return cell


def _cell(page: Any, value: Any) -> Any:
    """Give a cell that holds `value` and nothing else: text is never a formula."""
    if not isinstance(value, str):
        return value
    cell = WriteOnlyCell(page, ILLEGAL_CHARACTERS_RE.sub("\ufffd", value))
    cell.data_type = "s"
    return cell
