"""The months of a book at a glance."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

import sqlalchemy as sa
from sqlalchemy.orm import Session

from db.models.assets import Standard
from db.models.depreciation import Book, Period, PeriodState
from logistics_desktop.errors import UserError
from logistics_desktop.features.depreciation.months import Month
from logistics_desktop.i18n import N_


@dataclass(frozen=True, slots=True)
class BookLine:
    """A book; `open_month` is its first month that is not closed."""

    id: int
    code: str
    name: str
    standard: Standard
    currency: str
    first_month: Month
    open_month: Month


@dataclass(frozen=True, slots=True)
class MonthLine:
    """A month of a book; a month that was never calculated is open and has nothing else."""

    month: Month
    state: PeriodState = PeriodState.OPEN
    entries: int = 0
    total: Decimal = Decimal("0.00")
    calculated_at: datetime | None = None
    calculated_by: str | None = None
    closed_at: datetime | None = None
    closed_by: str | None = None
    reopened_at: datetime | None = None
    reopened_by: str | None = None
    reopened_reason: str | None = None


_FIELDS = [getattr(Period, name) for name in MonthLine.__dataclass_fields__]


def books(session: Session) -> list[BookLine]:
    """The books, in the order of their codes."""
    closed = (
        sa.select(sa.func.max(Period.month))
        .where(Period.book_id == Book.id, Period.state == PeriodState.CLOSED)
        .scalar_subquery()
    )
    columns = (Book.id, Book.code, Book.name, Book.standard, Book.currency, Book.first_month, closed)
    lines = []
    for number, code, name, standard, currency, begins, last in session.execute(
        sa.select(*columns).order_by(Book.code)
    ):
        first = Month.of(begins)
        open_month = first if last is None else Month.of(last) + 1
        lines.append(BookLine(number, code, name, standard, currency, first, open_month))
    return lines


def find_book(session: Session, text: str) -> BookLine:
    """The book of this code or name. Raises `UserError` that names those there are."""
    known = books(session)
    found = [one for one in known if one.code == text] or [one for one in known if one.name == text]
    if len(found) != 1:
        names = ", ".join(f"{one.code} {one.name}" for one in known)
        raise UserError(N_("There is no book “{name}”. The books are: {known}."), name=text, known=names or "-")
    return found[0]


def book_line(session: Session, book: int) -> BookLine:
    """One book. Raises `UserError` where it is gone."""
    for one in books(session):
        if one.id == book:
            return one
    raise UserError(N_("This book has been deleted meanwhile."))


def board(session: Session, book: int, first: Month, months: int = 12) -> list[MonthLine]:
    """So many months from `first` on, those before the book begins left out."""
    begins = book_line(session, book).first_month
    stored = sa.select(*_FIELDS).where(
        Period.book_id == book, Period.month.between(first.first_day, (first + (months - 1)).first_day)
    )
    known = {Month.of(row[0]): MonthLine(Month.of(row[0]), *row[1:]) for row in session.execute(stored)}
    wanted = [first + number for number in range(months)]
    return [known.get(month, MonthLine(month)) for month in wanted if month >= begins]


def month_line(session: Session, book: int, month: Month) -> MonthLine:
    """One month. Raises `UserError` before the first month of the book."""
    found = board(session, book, month, 1)
    if not found:
        raise UserError(N_("The book begins after {month}."), month=month)
    return found[0]
