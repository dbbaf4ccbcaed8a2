"""What a month books: the charge in debit on the accounts of the departments, in credit on those of the classes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from logistics_desktop.errors import UserError
from logistics_desktop.features.depreciation.accounts import Accounts
from logistics_desktop.features.depreciation.board import BookLine
from logistics_desktop.features.depreciation.entries import Booking
from logistics_desktop.features.depreciation.months import Month
from logistics_desktop.features.depreciation.sheets.account_names import split_account
from logistics_desktop.features.depreciation.voucher.layout import Layout, Rows
from logistics_desktop.i18n import N_

Named = tuple[str | None, str | None]
_SHOWN = 5


@dataclass(frozen=True, slots=True)
class Posting:
    """One row of a voucher; department and class are a code and a name where the row stands for one."""

    account: str
    account_name: str
    department: Named
    class_: Named
    debit: Decimal
    credit: Decimal


@dataclass(frozen=True, slots=True)
class Booked:
    """What a month of a book charges by department and class, and the accounts that it goes to."""

    book: BookLine
    month: Month
    bookings: Sequence[Booking]
    accounts: Accounts


@dataclass(frozen=True, slots=True)
class Voucher:
    """The rows of a voucher, debit first, and its number; both sides come to the same."""

    book: BookLine
    month: Month
    postings: Sequence[Posting]
    number: str = "1"

    @property
    def total(self) -> Decimal:
        """What either side comes to."""
        return sum((one.debit for one in self.postings), Decimal("0.00"))


def make_voucher(booked: Booked, layout: Layout, number: str = "1") -> Voucher:
    """The voucher of a month. Raises `UserError` that names the departments and classes that have no account."""
    bookings, accounts = booked.bookings, booked.accounts
    _refuse_missing(bookings, accounts)
    expense = ((accounts.expense(one.department_id) or "", one) for one in bookings)
    collected = ((accounts.depreciation(one.class_id) or "", one) for one in bookings)
    rows = [*_side(expense, layout.debits, debit=True), *_side(collected, layout.credits, debit=False)]
    return Voucher(booked.book, booked.month, rows, number)


def _side(booked: Iterable[tuple[str, Booking]], rows: Rows, *, debit: bool) -> Iterator[Posting]:
    sums: dict[tuple[str, Named, Named], Decimal] = {}
    nothing: Named = (None, None)
    for account, one in booked:
        by_department, by_class = rows in (Rows.DEPARTMENT, Rows.BOTH), rows in (Rows.CLASS, Rows.BOTH)
        department = (one.department_code, one.department_name) if by_department else nothing
        class_ = (one.class_code, one.class_name) if by_class else nothing
        key = (account, department, class_)
        sums[key] = sums.get(key, Decimal("0.00")) + one.amount
    zero = Decimal("0.00")
    for (account, department, class_), amount in sorted(sums.items(), key=lambda item: _order(item[0])):
        sides = (amount, zero) if debit else (zero, amount)
        yield Posting(*split_account(account), department, class_, *sides)


def _order(key: tuple[str, Named, Named]) -> tuple[str, ...]:
    account, department, class_ = key
    return (account, *(text or "\uffff" for text in (*department, *class_)))


def _refuse_missing(bookings: Sequence[Booking], accounts: Accounts) -> None:
    departments = {one.department_name for one in bookings if not accounts.expense(one.department_id)}
    classes = {one.class_name for one in bookings if not accounts.depreciation(one.class_id)}
    if departments:
        raise UserError(
            N_("No expense account for: {names}. Name one for the department, or for all in the book itself."),
            names=_few(departments),
        )
    if classes:
        raise UserError(
            N_("No depreciation account for: {names}. Name one for the class, or for all in the book itself."),
            names=_few(classes),
        )


def _few(names: set[str | None]) -> str:
    known = sorted(name or "-" for name in names)
    return ", ".join(known[:_SHOWN]) + (" …" if len(known) > _SHOWN else "")
