"""The book of depreciation of the sample organisation: accounts, readings, two changes, twelve closed months."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import sqlalchemy as sa
from sqlalchemy.orm import Session

from db.models.assets import Asset, Method, Standard
from db.models.depreciation import ChangeKind, Period
from logistics_desktop.features.depreciation import runs
from logistics_desktop.features.depreciation.entities import BOOKS
from logistics_desktop.features.depreciation.months import Month
from logistics_desktop.features.depreciation.terms_entities import (
    BOOK_ASSETS,
    BOOK_DEPARTMENTS,
    METER_READINGS,
    VALUE_CHANGES,
)
from logistics_desktop.ledger import records

FIRST, CLOSED, LAST = Month(2025, 10), Month(2026, 9), Month(2026, 10)

_ADMINISTRATION, _PRODUCTION, _SALES, _RESEARCH = "660205", "510105", "660105", "530105"
_ACCOUNTS = {"01": _ADMINISTRATION, "0110": _PRODUCTION, "0111": _PRODUCTION, "0107": _SALES, "0108": _RESEARCH}
_KILOMETRES = Decimal(500_000)


def keep_book(session: Session, departments: dict[str, int]) -> None:
    """Make the book, run it up to October 2026 and close twelve months; `departments` are numbers by code."""
    book = records.create(
        session,
        BOOKS,
        {
            "code": "01",
            "name": "企业账",
            "standard": Standard.ENTERPRISE,
            "currency": "CNY",
            "first_month": FIRST.first_day,
            "expense_account": _ADMINISTRATION,
            "depreciation_account": "1602",
        },
    )
    for code, account in _ACCOUNTS.items():
        values = {"book_id": book, "department_id": departments[code], "expense_account": account}
        records.create(session, BOOK_DEPARTMENTS, values)
    _drive(session, book)
    _change(session, book)
    runs.run(session, book, LAST)
    _close(session, book)


def _drive(session: Session, book: int) -> None:
    """Give what is charged by kilometres its whole life and a reading for each month."""
    by_units = sa.select(Asset.id).where(Asset.method == Method.UNITS_OF_PRODUCTION).order_by(Asset.id)
    for asset in session.scalars(by_units).all():
        records.create(session, BOOK_ASSETS, {"book_id": book, "asset_id": asset, "total_units": _KILOMETRES})
        for number in range(LAST - FIRST + 1):
            driven = Decimal(1_200 + (asset * 97 + number * 131) % 900)
            reading = {"asset_id": asset, "month": (FIRST + number).first_day, "units": driven}
            records.create(session, METER_READINGS, reading)


def _change(session: Session, book: int) -> None:
    """Have the dearest asset repaired and the next one impaired, both in the middle of their lives."""
    dear = (
        sa.select(Asset.id, Asset.original_value)
        .where(
            Asset.method == Method.STRAIGHT_LINE,
            Asset.in_service_on.between(date(2021, 1, 1), date(2024, 12, 31)),
            Asset.disposed_on.is_(None),
            Asset.status == "in_use",
        )
        .order_by(Asset.original_value.desc(), Asset.id)
        .limit(2)
    )
    (repaired, cost), (impaired, _cost) = session.execute(dear).all()
    assert cost is not None
    said = {"book_id": book, "asset_id": repaired, "month": date(2026, 3, 1), "kind": ChangeKind.REPAIR}
    records.create(session, VALUE_CHANGES, {**said, "cost": cost + 20_000, "reason": "更换主要部件，支出资本化"})
    said = {"book_id": book, "asset_id": impaired, "month": date(2026, 6, 1), "kind": ChangeKind.IMPAIRMENT}
    records.create(session, VALUE_CHANGES, {**said, "impairment": Decimal(3_000), "reason": "技术更新，可收回金额下降"})


def _close(session: Session, book: int) -> None:
    """Close what was calculated in this same unit of work, so that nothing can have changed since."""
    calculated = sa.select(Period.month, Period.digest).where(Period.book_id == book, Period.month <= CLOSED.first_day)
    for month, digest in session.execute(calculated.order_by(Period.month)).all():
        session.execute(sa.select(sa.func.app.depreciation_close(book, month, digest)))
