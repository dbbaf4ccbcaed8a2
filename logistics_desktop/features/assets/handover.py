"""The hand-over sheet (交接单): everything in a person's name, to be signed by who gives, who takes and who watches."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import Cell, MergedCell
from openpyxl.styles import Alignment, Border, Font, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet
from sqlalchemy.orm import Session

from logistics_desktop.features.assets.asset_ledger import ASSETS
from logistics_desktop.features.assets.cards import PRESENT
from logistics_desktop.i18n import N_, _
from logistics_desktop.ledger import kinds, records
from logistics_desktop.ledger.entity import Ledgers
from logistics_desktop.ledger.filters import OneOf, Query, Sort, Within
from logistics_desktop.ledger.rows import all_rows
from logistics_desktop.workbook.outgoing import NUMBER_FORMATS
from logistics_desktop.workbook.saving import replacing

COLUMNS = ("code", "name", "specification", "unit", "quantity", "original_value", "location_id", "status", "note")
"""The fields on the sheet, besides the number of the line."""

SIGNATURES = (N_("Handed over by"), N_("Taken over by"), N_("Supervised by"))
"""Who signs (message ids); each with a date."""

RIGHT = frozenset({"quantity", "original_value"})
"""The columns with numbers."""

_WIDTHS = (6, 18, 22, 20, 7, 9, 14, 20, 9, 18)
_LINE = Side(style="thin")
_A4 = 9


@dataclass(frozen=True, slots=True)
class Sheet:
    """What is on a hand-over sheet; `lines` hold the values of `COLUMNS`, and `taker` may be empty."""

    giver: str
    giver_code: str
    department: str
    taker: str
    day: date
    lines: tuple[tuple[Any, ...], ...]

    @property
    def quantity(self) -> Decimal:
        """How many things there are."""
        return sum((line[COLUMNS.index("quantity")] or Decimal(0) for line in self.lines), Decimal(0))

    @property
    def value(self) -> Decimal:
        """What they cost together."""
        return sum((line[COLUMNS.index("original_value")] or Decimal(0) for line in self.lines), Decimal("0.00"))

    def title(self) -> str:
        """What stands on top."""
        return _("Hand-over sheet of fixed assets")

    def headers(self) -> tuple[str, ...]:
        """The titles of the columns, the number of the line first."""
        return (_("No."), *(_(ASSETS.by_key[key].label) for key in COLUMNS))

    def about(self) -> str:
        """Who hands over what."""
        return _(
            "From: {giver} ({code})   Department: {department}   To: {taker}   Date: {day}",
            giver=self.giver,
            code=self.giver_code,
            department=self.department or "—",
            taker=self.taker or "____________",
            day=self.day.isoformat(),
        )

    def total(self) -> str:
        """The sum below the list."""
        return _(
            "{count} lines, {quantity} things, original value {value}",
            count=len(self.lines),
            quantity=kinds.text_of(ASSETS.by_key["quantity"], self.quantity),
            value=kinds.text_of(ASSETS.by_key["original_value"], self.value),
        )

    def texts(self) -> Iterator[tuple[str, ...]]:
        """The lines as they are shown, numbered."""
        fields = [ASSETS.by_key[key] for key in COLUMNS]
        for number, line in enumerate(self.lines, 1):
            yield (str(number), *(kinds.text_of(field, value) for field, value in zip(fields, line, strict=True)))

    def signatures(self) -> tuple[str, ...]:
        """Where people sign."""
        return tuple(_("{who}: ____________  Date: ________", who=_(who)) for who in SIGNATURES)


def sheet_of(session: Session, ledgers: Ledgers, person: int, taker: str, day: date) -> Sheet:
    """Everything that a person keeps and that is still here. Raises `Refused` where the person is gone."""
    staff = records.read(session, ledgers, ledgers["staff"], person).values
    filters = (Within("keeper_id", (person,), children=False), OneOf("status", tuple(one.value for one in PRESENT)))
    query = Query(filters, sorts=(Sort("location_id"), Sort("code")))
    parts = all_rows(session, ledgers, ASSETS, query, COLUMNS, 1_000)
    lines = tuple(row.values for part in parts for row in part)
    department = staff["department_id"]
    return Sheet(staff["name"], staff["code"], department.title if department else "", taker.strip(), day, lines)


def write_sheet(sheet: Sheet, path: Path) -> None:
    """Write the sheet as a workbook ready to print, A4 across. Raises `UserError` where it cannot be written."""
    book = Workbook()
    page = book.active
    assert isinstance(page, Worksheet)
    page.title = _("Hand-over")
    last = len(COLUMNS) + 1
    _spread(page, 1, last, sheet.title()).font = Font(size=16, bold=True)
    _spread(page, 2, last, sheet.about()).alignment = Alignment(horizontal="left")
    for at, text in enumerate(sheet.headers(), 1):
        _text(page.cell(3, at), text).font = Font(bold=True)
    for number, line in enumerate(sheet.lines, 1):
        _fill(page, number, line)
    after = 3 + len(sheet.lines)
    for row in page.iter_rows(min_row=3, max_row=after, max_col=last):
        for cell in row:
            cell.border = Border(_LINE, _LINE, _LINE, _LINE)
    _spread(page, after + 1, last, sheet.total()).alignment = Alignment(horizontal="left")
    _spread(page, after + 3, last, "      ".join(sheet.signatures())).alignment = Alignment(horizontal="left")
    _set_up(page)
    with replacing(path) as draft:
        book.save(draft)


def _fill(page: Worksheet, number: int, line: tuple[Any, ...]) -> None:
    page.cell(3 + number, 1, number)
    for at, (key, value) in enumerate(zip(COLUMNS, line, strict=True), 2):
        cell = page.cell(3 + number, at)
        if key in RIGHT and value is not None:
            cell.value = value
            cell.number_format = NUMBER_FORMATS["quantity" if key == "quantity" else "money"]
        else:
            _text(cell, kinds.text_of(ASSETS.by_key[key], value)).alignment = Alignment(wrap_text=True)


def _text(cell: Cell | MergedCell, text: str) -> Cell:
    """Put text into a cell that can never be taken for a formula."""
    assert isinstance(cell, Cell)
    cell.value = text
    cell.data_type = "s"
    return cell


def _spread(page: Worksheet, row: int, last: int, text: str) -> Cell:
    page.merge_cells(start_row=row, end_row=row, start_column=1, end_column=last)
    cell = _text(page.cell(row, 1), text)
    cell.alignment = Alignment(horizontal="center")
    return cell


def _set_up(page: Worksheet) -> None:
    for at, width in enumerate(_WIDTHS, 1):
        page.column_dimensions[get_column_letter(at)].width = width
    page.print_title_rows = "3:3"
    page.page_setup.orientation = "landscape"
    page.page_setup.paperSize = _A4
    page.page_setup.fitToHeight = 0
    page.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    footer = page.oddFooter
    assert footer is not None
    footer.center.text = "&P / &N"
