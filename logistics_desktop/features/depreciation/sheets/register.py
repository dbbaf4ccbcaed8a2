"""The register with its values at the end of a month (固定资产清单): what the office has then."""

from __future__ import annotations

from sqlalchemy.orm import Session

from logistics_desktop.features.depreciation import entries
from logistics_desktop.features.depreciation.sheets.of_assets import columns_of, rows_of
from logistics_desktop.features.depreciation.sheets.order import Made, Order, state_of
from logistics_desktop.features.depreciation.sheets.paper import form
from logistics_desktop.i18n import N_, _
from logistics_desktop.workbook.write import SheetOut

TITLE = N_("Register of fixed assets")
_SHOWN = (
    *("code", "name", "specification", "class_code", "class_name", "department_name", "quantity", "unit"),
    *("in_service_on", "method", "life_months", "cost", "residual", "accumulated", "impairment", "book_value"),
)


def make(session: Session, order: Order) -> Made:
    """Make the workbook. Raises `UserError` where the month has no entries."""
    state = state_of(session, order)
    title = _(TITLE)
    at = [_(N_("Values at the end of {day}"), day=order.month.last_day.isoformat())]
    paper = form(session, order.book, order.month, state, at)
    count = entries.sums(session, order.book.id, order.month).assets
    rows = rows_of(entries.lines(session, order.book.id, order.month, at_end=True), _SHOWN)
    return Made([SheetOut(title, columns_of(_SHOWN), rows, title, 2, paper)], count)
