"""The workbook that a user fills in for an import: headers, drop-downs, notes, instructions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter, quote_sheetname
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from logistics_desktop.i18n import _
from logistics_desktop.workbook.outgoing import NUMBER_FORMATS, Kind
from logistics_desktop.workbook.saving import replacing
from logistics_desktop.workbook.write import MAX_ROWS, sheet_names

_LINE = Side("thin", "9BC2E6")
_NOTE_WIDTH, _NOTE_LINE = 280, 22
"""Pixels: the width of a note, and what one more line of about 20 Chinese characters takes."""


@dataclass(frozen=True, slots=True)
class TemplateColumn:
    """One column to fill in. `note` says what is allowed, with an example; `choices` make a drop-down.

    With `open_ended` a value that is not among the choices is asked about, not refused.
    """

    header: str
    kind: Kind = "text"
    required: bool = False
    note: str = ""
    choices: Sequence[str] | None = None
    width: float = 14.0
    open_ended: bool = False


def write_template(path: Path, title: str, columns: Sequence[TemplateColumn]) -> None:
    """Write the template to `path`: an empty list named `title`, the instructions, and the choices on a hidden sheet.

    There is no example row, as it would be imported. Raises `UserError` where the file cannot be written.
    """
    book = Workbook()
    book.remove(book.worksheets[0])
    names = sheet_names([title, _("Instructions"), _("Choices")])
    table, guide, lists = (book.create_sheet(name) for name in names)
    lists.sheet_state = "hidden"
    for at, column in enumerate(columns, 1):
        _add_column(table, at, column)
        if column.choices:
            _add_choices(table, lists, at, column)
    _arrange(table, len(columns))
    _fill_guide(guide, columns)
    with replacing(path) as draft:
        book.save(draft)


def _add_column(table: Worksheet, at: int, column: TemplateColumn) -> None:
    dimension = table.column_dimensions[get_column_letter(at)]
    dimension.width = column.width
    dimension.number_format = NUMBER_FORMATS[column.kind]
    head = _put(table, 1, at, column.header)
    _style_header(head, required=column.required)
    text = "\n".join(filter(None, [_("Required.") if column.required else "", column.note]))
    if text:
        lines = sum(1 + len(line) // 20 for line in text.split("\n"))
        head.comment = Comment(text, "", height=_NOTE_LINE * (lines + 1), width=_NOTE_WIDTH)


def _add_choices(table: Worksheet, lists: Worksheet, at: int, column: TemplateColumn) -> None:
    choices = column.choices or ()
    letter = get_column_letter(at)
    for number, choice in enumerate(choices, 1):
        _put(lists, number, at, choice)
    rule = DataValidation(
        type="list",
        formula1=f"{quote_sheetname(lists.title)}!${letter}$1:${letter}${len(choices)}",
        allow_blank=True,
        showErrorMessage=True,
        errorStyle="warning" if column.open_ended else "stop",
        errorTitle=column.header[:32],
        error=_("Choose a value from the list."),
    )
    rule.add(f"{letter}2:{letter}{MAX_ROWS}")
    table.add_data_validation(rule)


def _arrange(table: Worksheet, columns: int) -> None:
    table.freeze_panes = "A2"
    table.row_dimensions[1].height = 30
    table.auto_filter.ref = f"A1:{get_column_letter(columns)}1"
    table.print_title_rows = "1:1"
    table.page_setup.orientation = "landscape"
    table.page_setup.paperSize = table.PAPERSIZE_A4
    table.page_setup.fitToHeight = 0
    table.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)


def _fill_guide(guide: Worksheet, columns: Sequence[TemplateColumn]) -> None:
    texts = [
        _("Fill in the first sheet, one row for each record, and import this file. Do not change the headers."),
        _("Columns with a red header must be filled in. You may leave out, reorder and hide the others."),
    ]
    for number, text in enumerate(texts, 1):
        _put(guide, number, 1, text)
    heads = [_("Column"), _("Required"), _("What to enter"), _("Choices")]
    first = len(texts) + 2
    for at, head in enumerate(heads, 1):
        _style_header(_put(guide, first, at, head), required=False)
    for number, column in enumerate(columns, first + 1):
        line = [column.header, _("Yes") if column.required else "", column.note, _few(column.choices or ())]
        for at, text in enumerate(line, 1):
            _put(guide, number, at, text).alignment = Alignment(vertical="top", wrap_text=True)
    for letter, width in zip("ABCD", (18, 10, 60, 50), strict=True):
        guide.column_dimensions[letter].width = width


def _few(choices: Sequence[str]) -> str:
    shown = "; ".join(choices[:12])
    return f"{shown}; …" if len(choices) > 12 else shown


def _put(sheet: Worksheet, row: int, column: int, text: str) -> Cell:
    """Put a text that stays text, whatever it begins with."""
    cell = sheet.cell(row, column)
    assert isinstance(cell, Cell)
    cell.value = text
    cell.data_type = "s"
    return cell


def _style_header(cell: Cell, *, required: bool) -> None:
    cell.font = Font(bold=True, color="C00000" if required else None)
    cell.fill = PatternFill("solid", fgColor="DDEBF7")
    cell.alignment = Alignment(vertical="center", wrap_text=True)
    cell.border = Border(_LINE, _LINE, _LINE, _LINE)
