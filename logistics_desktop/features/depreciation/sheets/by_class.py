"""The summary of a month by class (分类汇总表): each class, and beside it the class at the top that it belongs to."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal

from sqlalchemy.orm import Session

from logistics_desktop.features.depreciation import entries
from logistics_desktop.features.depreciation.accounts import read_accounts
from logistics_desktop.features.depreciation.classes import read_tops
from logistics_desktop.features.depreciation.entries import Sums
from logistics_desktop.features.depreciation.sheets.account_names import split_account
from logistics_desktop.features.depreciation.sheets.order import Made, Order, state_of
from logistics_desktop.features.depreciation.sheets.paper import form
from logistics_desktop.i18n import N_, _
from logistics_desktop.workbook.write import ColumnOut, SheetOut

TITLE = N_("Summary of depreciation by class")
Top = tuple[str | None, str]


def make(session: Session, order: Order) -> Made:
    """Make the workbook. Raises `UserError` where the month has no entries."""
    state = state_of(session, order)
    found = entries.by_class(session, order.book.id, order.month)
    accounts, tops = read_accounts(session, order.book.id), read_tops(session)
    title, paper = _(TITLE), form(session, order.book, order.month, state)
    unnamed = _(N_("No class"))
    classes = [
        [
            tops[one.key][1] if one.key in tops else unnamed,
            one.code,
            one.name or unnamed,
            *_figures(one),
            split_account(accounts.depreciation(one.key))[0],
        ]
        for one in found
    ]
    by_top = [[code, name or unnamed, *sums] for (code, name), sums in _added(found, tops)]
    account = ColumnOut(_(N_("Depreciation account")), "code", 14)
    top = ColumnOut(_(N_("Top class")), "text", 20)
    code, name = ColumnOut(_(N_("Class code")), "code", 14), ColumnOut(_(N_("Class")), "text", 24)
    return Made(
        [
            SheetOut(_(N_("By class")), [top, code, name, *_columns(), account], classes, title, 0, paper),
            SheetOut(_(N_("By top class")), [code, name, *_columns()], by_top, title, 0, paper),
        ],
        len(classes) + len(by_top),
    )


def _columns() -> list[ColumnOut]:
    return [
        ColumnOut(_(N_("Assets")), "integer", 9, total=True),
        ColumnOut(_(N_("Original value")), "money", 17, total=True),
        ColumnOut(_(N_("Residual value")), "money", 15, total=True),
        ColumnOut(_(N_("Depreciation of the month")), "money", 16, total=True),
        ColumnOut(_(N_("Accumulated depreciation")), "money", 17, total=True),
        ColumnOut(_(N_("Impairment")), "money", 14, total=True),
        ColumnOut(_(N_("Book value")), "money", 17, total=True),
    ]


def _figures(one: Sums) -> list[int | Decimal]:
    return [one.assets, one.cost, one.residual, one.amount, one.accumulated, one.impairment, one.book_value]


def _added(found: Iterable[Sums], tops: Mapping[int, Top]) -> list[tuple[Top, list[int | Decimal]]]:
    """The figures of all classes below the same top, in the order of the tops."""
    sums: dict[Top, list[int | Decimal]] = {}
    for one in found:
        top = tops.get(one.key or 0, ("", ""))
        so_far = sums.get(top)
        more = _figures(one)
        sums[top] = more if so_far is None else [a + b for a, b in zip(so_far, more, strict=True)]
    return sorted(sums.items(), key=lambda item: (not item[0][1], item[0][0] or ""))
