"""What somebody wants a workbook of."""

from __future__ import annotations

from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.orm import Session

from db.models.assets import Asset
from db.models.depreciation import Period, PeriodState
from logistics_desktop.errors import UserError
from logistics_desktop.features.depreciation.board import BookLine, month_line
from logistics_desktop.features.depreciation.months import Month
from logistics_desktop.i18n import N_
from logistics_desktop.workbook.write import SheetOut


@dataclass(frozen=True, slots=True)
class Order:
    """A book and a month in it; `asset` for the schedule of one asset."""

    book: BookLine
    month: Month
    asset: int | None = None


@dataclass(frozen=True, slots=True)
class Made:
    """The sheets of a workbook with rows still to be read, and how many rows there will be."""

    sheets: list[SheetOut]
    rows: int


def state_of(session: Session, order: Order) -> PeriodState:
    """How far the month is. Raises `UserError` where it has no entries yet."""
    state = month_line(session, order.book.id, order.month).state
    if state is PeriodState.OPEN:
        raise UserError(
            N_("{month} is not calculated in the book {book}. Run depreciation first."),
            month=order.month,
            book=order.book.name,
        )
    return state


def last_calculated(session: Session, book: BookLine) -> Month:
    """The last month that has entries, else the first that will."""
    found = session.scalar(
        sa.select(sa.func.max(Period.month)).where(Period.book_id == book.id, Period.state != PeriodState.OPEN)
    )
    return book.open_month if found is None else Month.of(found)


def find_asset(session: Session, code: str) -> int:
    """The number of the asset of this code. Raises `UserError` where there is none."""
    found = session.scalar(sa.select(Asset.id).where(Asset.code == code))
    if found is None:
        raise UserError(N_("There is no asset {code}."), code=code)
    return found
