"""The register with its values at the end of a month (固定资产清单): what the office has then."""

from __future__ import annotations

from collections.abc import Iterator
from operator import attrgetter

from sqlalchemy.orm import Session

from logistics_desktop.features.assets.choices import METHODS
from logistics_desktop.features.depreciation import entries
from logistics_desktop.features.depreciation.sheets.order import Made, Order, state_of
from logistics_desktop.features.depreciation.sheets.paper import form
from logistics_desktop.i18n import N_, _
from logistics_desktop.workbook.write import ColumnOut, SheetOut

TITLE = N_("Register of fixed assets")
_PLAIN = attrgetter(
    *("code", "name", "specification", "class_code", "class_name", "department_name", "quantity", "unit"),
    *("in_service_on", "method", "life_months", "cost", "residual", "accumulated", "impairment", "book_value"),
)
_METHOD = 9


def make(session: Session, order: Order) -> Made:
    """Make the workbook. Raises `UserError` where the month has no entries."""
    state = state_of(session, order)
    columns = [
        ColumnOut(_(N_("Asset no.")), "code", 15),
        ColumnOut(_(N_("Name")), "text", 20),
        ColumnOut(_(N_("Specification")), "text", 14),
        ColumnOut(_(N_("Class code")), "code", 12),
        ColumnOut(_(N_("Class")), "text", 14),
        ColumnOut(_(N_("Department")), "text", 14),
        ColumnOut(_(N_("Quantity")), "quantity", 8, total=True),
        ColumnOut(_(N_("Unit")), "text", 6),
        ColumnOut(_(N_("In service since")), "date", 11),
        ColumnOut(_(N_("Method")), "text", 11),
        ColumnOut(_(N_("Life in months")), "integer", 8),
        ColumnOut(_(N_("Original value")), "money", 15, total=True),
        ColumnOut(_(N_("Residual value")), "money", 13, total=True),
        ColumnOut(_(N_("Accumulated depreciation")), "money", 15, total=True),
        ColumnOut(_(N_("Impairment")), "money", 12, total=True),
        ColumnOut(_(N_("Book value")), "money", 15, total=True),
    ]
    title = _(TITLE)
    at = [_(N_("Values at the end of {day}"), day=order.month.last_day.isoformat())]
    paper = form(session, order.book, order.month, state, at)
    count = entries.sums(session, order.book.id, order.month).assets
    return Made([SheetOut(title, columns, _rows(session, order), title, 2, paper)], count)


def _rows(session: Session, order: Order) -> Iterator[list[object]]:
    methods = {method: _(choice.label) for method, choice in METHODS.items()}
    for line in entries.lines(session, order.book.id, order.month, at_end=True):
        row = list(_PLAIN(line))
        row[_METHOD] = methods[row[_METHOD]]
        yield row
