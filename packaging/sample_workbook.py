"""Make resources/sample/workbook-to-import.xlsx: a ledger as offices keep them, to try the import assistant with.

    python packaging/sample_workbook.py

It fits the sample data. Of the rows in sample_workbook.csv some are in their ledger as they are, some differ, some are
new, and some cannot be taken: a person whose name is ambiguous, words that nobody knows, a day that does not exist.
"""

from __future__ import annotations

import csv
import re
from pathlib import Path

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

ROWS = Path(__file__).with_suffix(".csv")
TARGET = Path(__file__).resolve().parent.parent / "resources" / "sample" / "workbook-to-import.xlsx"

LEDGER = "固定资产 "  # with a blank at the end, as sheets often have
TITLE = "江南精工集团有限公司固定资产台账（2026年）"
ABOUT = "编制单位：行政后勤部          单位：元"
GROUPS = {"使用情况": (5, 8), "价值": (9, 11)}
"""What the upper row of the header says over which columns."""
FIRST_ROW = 5
SAME_AS_ABOVE = ("E5:E6", "E8:E9", "E11:E12")
"""Departments that are written once for two rows."""
NUMBERS = frozenset(("数量", "原值", "净残值率", "使用年限（年）"))
WIDTH = 15
NOTES_SHEET = "填写说明"
NOTES = ("1. 每项资产一行，编号不得重复。", "2. 部门、人员请写全称。", "3. 新购资产请附合同编号。")


def main() -> None:
    """Write the workbook."""
    book = Workbook()
    book.remove(book.worksheets[0])
    with ROWS.open(encoding="utf-8", newline="") as file:
        headers, *rows = csv.reader(file)
    _fill(book.create_sheet(LEDGER), headers, rows)
    notes = book.create_sheet(NOTES_SHEET)
    for number, text in enumerate((NOTES_SHEET, *NOTES), 1):
        notes.cell(number, 1, text)
    book.save(TARGET)


def _fill(sheet: Worksheet, headers: list[str], rows: list[list[str]]) -> None:
    for row, text in enumerate((TITLE, ABOUT), 1):
        sheet.cell(row, 1, text)
        sheet.merge_cells(start_row=row, end_row=row, start_column=1, end_column=len(headers))
    sheet["A1"].font = Font(bold=True, size=16)
    sheet["A1"].alignment = Alignment("center")
    _write_headers(sheet, headers)
    for row, texts in enumerate(rows, FIRST_ROW):
        for column, (header, text) in enumerate(zip(headers, texts, strict=True), 1):
            sheet.cell(row, column, _cell(header, text))
    for place in SAME_AS_ABOVE:
        sheet.merge_cells(place)
    side = Side("thin")
    for cells in sheet.iter_rows(3, sheet.max_row):
        for cell in cells:
            cell.border = Border(side, side, side, side)
    sheet.freeze_panes = "C5"


def _write_headers(sheet: Worksheet, headers: list[str]) -> None:
    grouped = {column for first, last in GROUPS.values() for column in range(first, last + 1)}
    for text, (first, last) in GROUPS.items():
        sheet.cell(3, first, text)
        sheet.merge_cells(start_row=3, end_row=3, start_column=first, end_column=last)
    for column, header in enumerate(headers, 1):
        sheet.column_dimensions[get_column_letter(column)].width = WIDTH
        sheet.cell(4 if column in grouped else 3, column, header)
        if column not in grouped:
            sheet.merge_cells(start_row=3, end_row=4, start_column=column, end_column=column)


def _cell(header: str, text: str) -> float | str | None:
    plain = header in NUMBERS and re.fullmatch(r"[0-9.]+", text)
    return float(text) if plain else text or None


if __name__ == "__main__":
    main()
