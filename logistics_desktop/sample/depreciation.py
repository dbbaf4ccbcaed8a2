"""The books of the sample organisation: one of the enterprise standard, closed for a year."""

from __future__ import annotations

from datetime import date

from sqlalchemy.orm import Session

from db.models.assets import Standard
from logistics_desktop.features.depreciation import closing, runs
from logistics_desktop.features.depreciation.entities import BOOKS
from logistics_desktop.features.depreciation.months import Month
from logistics_desktop.ledger import records

FIRST = Month(2025, 11)
CLOSED = 12  # months; the one after is calculated


def keep_books(session: Session) -> None:
    """Make the book of assets that are stored already, and run and close its months."""
    book = records.create(
        session,
        BOOKS,
        {
            "code": "01",
            "name": "企业账",
            "standard": Standard.ENTERPRISE,
            "first_month": date(FIRST.year, FIRST.month, 1),
            "expense_account": "660204",
            "depreciation_account": "1602",
        },
    )
    for number in range(CLOSED):
        runs.run(session, book, FIRST + number)
        closing.close(session, book, FIRST + number)
    runs.run(session, book, FIRST + CLOSED)
