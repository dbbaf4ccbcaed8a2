"""How the charge of a month is allocated (折旧费用分配表): by department with its expense account, and by account."""

from __future__ import annotations

from decimal import Decimal

from sqlalchemy.orm import Session

from logistics_desktop.features.depreciation import entries
from logistics_desktop.features.depreciation.accounts import read_accounts
from logistics_desktop.features.depreciation.sheets.account_names import split_account
from logistics_desktop.features.depreciation.sheets.order import Made, Order, state_of
from logistics_desktop.features.depreciation.sheets.paper import form
from logistics_desktop.i18n import N_, _
from logistics_desktop.workbook.write import ColumnOut, SheetOut

TITLE = N_("Allocation of depreciation by department")


def make(session: Session, order: Order) -> Made:
    """Make the workbook. Raises `UserError` where the month has no entries."""
    state = state_of(session, order)
    accounts = read_accounts(session, order.book.id)
    departments, by_account = [], dict[tuple[str, str], Decimal]()
    whole = entries.sums(session, order.book.id, order.month).amount
    for one in entries.by_department(session, order.book.id, order.month):
        account = split_account(accounts.expense(one.key))
        name = one.name or _(N_("No department"))
        share = one.amount / whole if whole else None
        departments.append([*account, one.code, name, one.assets, one.cost, one.amount, _rounded(share)])
        by_account[account] = by_account.get(account, Decimal(0)) + one.amount
    code, account_name = ColumnOut(_(N_("Expense account")), "code", 14), ColumnOut(_(N_("Account name")), "text", 28)
    amount = ColumnOut(_(N_("Depreciation of the month")), "money", 18, total=True)
    columns = [
        code,
        account_name,
        ColumnOut(_(N_("Department code")), "code", 14),
        ColumnOut(_(N_("Department")), "text", 24),
        ColumnOut(_(N_("Assets")), "integer", 9, total=True),
        ColumnOut(_(N_("Original value")), "money", 18, total=True),
        amount,
        ColumnOut(_(N_("Proportion")), "rate", 10),
    ]
    sums = [[*account, sum_] for account, sum_ in sorted(by_account.items())]
    title, paper = _(TITLE), form(session, order.book, order.month, state)
    return Made(
        [
            SheetOut(_(N_("By department")), columns, departments, title, 0, paper),
            SheetOut(_(N_("By account")), [code, account_name, amount], sums, title, 0, paper),
        ],
        len(departments) + len(sums),
    )


def _rounded(share: Decimal | None) -> Decimal | None:
    return None if share is None else share.quantize(Decimal("0.0001"))
