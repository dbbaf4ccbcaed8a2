"""A clerk's office with a book and short ways to fill it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from db.base import Base
from db.models.assets import Asset, Method, Standard
from db.models.depreciation import Book, Entry
from logistics_desktop.context import Office
from logistics_desktop.features.depreciation import closing, runs
from logistics_desktop.features.depreciation.months import Month

Rows = list[tuple[Any, ...]]


def month(text: str) -> Month:
    """ "2026-01" as a month."""
    return Month.parse(text)


@dataclass
class Desk:
    """What finance does at its desk, each step a unit of work of its own."""

    office: Office
    book: int = 0

    def store(self, row: Base) -> int:
        """Store a row and give its number."""
        with self.office.session() as session:
            session.add(row)
            session.flush()
            number: int = row.id  # type: ignore[attr-defined]
            return number

    def open_book(self, first: str = "2026-01", standard: Standard = Standard.ENTERPRISE, code: str = "1") -> int:
        """Make a book and work with it."""
        self.book = self.store(
            Book(code=code, name=f"账套{code}", standard=standard, first_month=month(first).first_day)
        )
        return self.book

    def asset(self, code: str, cost: str | None = "1200", **more: Any) -> int:
        """Store an asset: straight line over twelve months without residual, in use since December 2025."""
        given: dict[str, Any] = {
            "name": f"资产{code}",
            "method": Method.STRAIGHT_LINE,
            "life_months": 12,
            "in_service_on": date(2025, 12, 15),
            **more,
        }
        return self.store(Asset(code=code, original_value=None if cost is None else Decimal(cost), **given))

    def change(self, table: type[Base], number: int, **values: Any) -> None:
        """Change a row by its number."""
        with self.office.session() as session:
            session.execute(sa.update(table).where(table.__table__.c.id == number).values(values))

    def run(self, through: str, book: int | None = None) -> runs.Run:
        """Run depreciation up to a month."""
        with self.office.session() as session:
            return runs.run(session, book or self.book, month(through))

    def close(self, *months: str) -> None:
        """Close months."""
        for one in months:
            with self.office.session() as session:
                closing.close(session, self.book, month(one))

    def run_and_close(self, *months: str) -> None:
        """Run and close months one after the other."""
        for one in months:
            self.run(one)
            self.close(one)

    def rows(self, book: int | None = None) -> Rows:
        """All entries of a book as they are stored, but for the book."""
        with self.office.session() as session:
            return entries(session, book or self.book)

    def amounts(self, asset: int) -> dict[str, Decimal]:
        """What each month charges an asset."""
        with self.office.session() as session:
            found = sa.select(Entry.month, Entry.amount).where(Entry.book_id == self.book, Entry.asset_id == asset)
            return {f"{day:%Y-%m}": amount for day, amount in session.execute(found.order_by(Entry.month))}


def entries(session: Session, book: int) -> Rows:
    """All entries of a book."""
    columns = [column for column in Entry.__table__.c if column.name != "book_id"]
    found = sa.select(*columns).where(Entry.book_id == book).order_by(Entry.month, Entry.asset_id)
    return [tuple(row) for row in session.execute(found)]


@pytest.fixture
def desk(office: Office) -> Desk:
    """Finance's desk with a book from January 2026."""
    made = Desk(office)
    made.open_book()
    return made
