"""The schedule of one asset: what was charged and what is to come."""

from __future__ import annotations

from sqlalchemy.orm import Session

from db.models.assets import Asset, Method
from logistics_desktop.errors import UserError
from logistics_desktop.features.assets.choices import METHODS
from logistics_desktop.features.depreciation.one_asset import Step, course, terms_of
from logistics_desktop.features.depreciation.sheets.order import Made, Order
from logistics_desktop.features.depreciation.sheets.paper import form
from logistics_desktop.i18n import N_, _
from logistics_desktop.workbook.write import ColumnOut, SheetOut

TITLE = N_("Depreciation schedule")


def make(session: Session, order: Order) -> Made:
    """Make the workbook. Raises `UserError` where no asset is named or it cannot be depreciated."""
    asset = session.get(Asset, order.asset) if order.asset is not None else None
    if asset is None:
        raise UserError(N_("Choose the asset whose schedule you want."))
    found = course(session, order.book.id, asset.id)
    if found.problem is not None and not found.steps:
        raise found.problem
    title = _(TITLE)
    months = f"{found.steps[0].period} … {found.steps[-1].period}" if found.steps else str(order.month)
    paper = form(
        session, order.book, months, None, [f"{asset.code or ''} {asset.name}".strip(), *_terms(session, order)]
    )
    columns = [
        ColumnOut(_(N_("Year")), "integer", 8),
        ColumnOut(_(N_("Month")), "code", 12),
        ColumnOut(_(N_("Depreciation of the month")), "money", 18, total=True),
        ColumnOut(_(N_("Accumulated depreciation")), "money", 18),
        ColumnOut(_(N_("Book value")), "money", 18),
        ColumnOut(_(N_("State")), "text", 14),
    ]
    rows = [
        [one.period.year, str(one.period), one.amount, one.accumulated, one.book_value, _state(one)]
        for one in found.steps
    ]
    return Made([SheetOut(title, columns, rows, title, 0, paper)], len(rows))


def _state(step: Step) -> str:
    if step.closed:
        return _(N_("closed"))
    return _(N_("calculated")) if step.posted else _(N_("to come"))


def _terms(session: Session, order: Order) -> list[str]:
    """The terms in words, those that are known."""
    assert order.asset is not None
    said = {key: one.value for key, one in terms_of(session, order.book.id, order.asset).items()}
    method = said.get("method")
    words = [
        (N_("Method: {text}"), _(METHODS[method].label) if isinstance(method, Method) else None),
        (N_("Original value: {text}"), _money(said.get("cost"))),
        (N_("Residual value: {text}"), _money(said.get("residual"))),
        (N_("Life in months: {text}"), said.get("life")),
        (N_("Total units: {text}"), said.get("total_units")),
    ]
    return [_(msgid, text=text) for msgid, text in words if text is not None]


def _money(value: object) -> str | None:
    return None if value is None else f"{value:,.2f}"
