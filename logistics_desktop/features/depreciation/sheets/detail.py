"""The detail of a month (固定资产折旧明细表): every asset with its terms and what it was charged."""

from __future__ import annotations

from sqlalchemy.orm import Session

from logistics_desktop.features.depreciation import entries
from logistics_desktop.features.depreciation.sheets.of_assets import columns_of, rows_of
from logistics_desktop.features.depreciation.sheets.order import Made, Order, state_of
from logistics_desktop.features.depreciation.sheets.paper import form
from logistics_desktop.i18n import N_, _
from logistics_desktop.workbook.write import SheetOut

TITLE = N_("Depreciation of fixed assets in detail")
_SHOWN = (
    *("code", "name", "specification", "class_name", "department_name", "in_service_on", "method", "life_months"),
    *("months_charged", "cost", "residual", "amount", "accumulated", "impairment", "book_value", "gone"),
)


def make(session: Session, order: Order) -> Made:
    """Make the workbook. Raises `UserError` where the month has no entries."""
    state = state_of(session, order)
    title = _(TITLE)
    paper = form(session, order.book, order.month, state)
    count = entries.sums(session, order.book.id, order.month).assets
    rows = rows_of(entries.lines(session, order.book.id, order.month), _SHOWN)
    return Made([SheetOut(title, columns_of(_SHOWN), rows, title, 2, paper)], count)
