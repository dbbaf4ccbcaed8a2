"""The entries of a month as finance reads them: one by one with names, and added up."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from db.models.assets import Asset, AssetClass, Method
from db.models.depreciation import Entry
from db.models.organisation import Department
from logistics_desktop.features.depreciation.months import Month
from logistics_desktop.ledger.search import fold

_CHUNK = 2_000


@dataclass(frozen=True, slots=True)
class Narrow:
    """Which entries: of these departments and classes and all below them, these methods, this text in code or name.

    Empty means all. With `charged` only those with an amount.
    """

    departments: tuple[int, ...] = ()
    classes: tuple[int, ...] = ()
    methods: tuple[Method, ...] = ()
    text: str = ""
    charged: bool = False


EVERYTHING = Narrow()


@dataclass(frozen=True, slots=True)
class Line:
    """An entry with the names around it; department and class are those of that month."""

    asset_id: int
    code: str | None
    name: str
    specification: str | None
    in_service_on: date | None
    class_id: int | None
    class_code: str | None
    class_name: str | None
    department_id: int | None
    department_code: str | None
    department_name: str | None
    quantity: Decimal
    unit: str | None
    method: Method
    life_months: int | None
    cost: Decimal
    residual: Decimal
    months: int
    months_charged: int
    amount: Decimal
    accumulated: Decimal
    impairment: Decimal
    book_value: Decimal
    units: Decimal | None
    gone: bool


@dataclass(frozen=True, slots=True)
class Sums:
    """What entries add up to; `key` is the class or department they were put together by."""

    key: int | None
    code: str | None
    name: str | None
    assets: int
    cost: Decimal
    residual: Decimal
    amount: Decimal
    accumulated: Decimal
    impairment: Decimal
    book_value: Decimal


_COLUMNS = (
    Entry.asset_id,
    Asset.code,
    Asset.name,
    Asset.specification,
    Asset.in_service_on,
    Entry.class_id,
    AssetClass.code,
    AssetClass.name,
    Entry.department_id,
    Department.code,
    Department.name,
    Asset.quantity,
    Asset.unit,
    Entry.method,
    Entry.life_months,
    Entry.cost,
    Entry.residual,
    Entry.months,
    Entry.months_charged,
    Entry.amount,
    Entry.accumulated,
    Entry.impairment,
    Entry.book_value,
    Entry.units,
    Entry.gone,
)
_SUMMED = (Entry.cost, Entry.residual, Entry.amount, Entry.accumulated, Entry.impairment, Entry.book_value)


def lines(
    session: Session,
    book: int,
    month: Month,
    narrow: Narrow = EVERYTHING,
    *,
    after: int = 0,
    limit: int | None = None,
    at_end: bool = False,
) -> Iterator[Line]:
    """Give the entries of a month by the number of the asset, from the one after `after` on.

    Few are in memory at once, whatever their number. With `at_end` those that left in the month are not among them:
    what the office has at its end.
    """
    statement = _named(sa.select(*_COLUMNS), book, month, narrow).where(Entry.asset_id > after)
    if at_end:
        statement = statement.where(~Entry.gone)
    rows = session.execute(
        statement.order_by(Entry.asset_id).limit(limit), execution_options={"yield_per": _CHUNK, "stream_results": True}
    )
    for row in rows:
        yield Line(*row)


def sums(session: Session, book: int, month: Month, narrow: Narrow = EVERYTHING) -> Sums:
    """What the entries of a month add up to."""
    statement = _named(sa.select(*_added()), book, month, narrow)
    return Sums(None, None, None, *session.execute(statement).one())


def by_class(session: Session, book: int, month: Month, narrow: Narrow = EVERYTHING) -> list[Sums]:
    """The entries of a month added up by class, in the order of the classes."""
    return _grouped(session, book, month, narrow, (Entry.class_id, AssetClass.code, AssetClass.name))


def by_department(session: Session, book: int, month: Month, narrow: Narrow = EVERYTHING) -> list[Sums]:
    """The entries of a month added up by department, in the order of the departments."""
    return _grouped(session, book, month, narrow, (Entry.department_id, Department.code, Department.name))


@dataclass(frozen=True, slots=True)
class Booking:
    """What a month charges for the assets of one department and one class: what a voucher is made of."""

    department_id: int | None
    department_code: str | None
    department_name: str | None
    class_id: int | None
    class_code: str | None
    class_name: str | None
    amount: Decimal


def bookings(session: Session, book: int, month: Month) -> list[Booking]:
    """The charge of a month by department and class; those without a charge are left out."""
    keys = (
        *(Entry.department_id, Department.code, Department.name),
        *(Entry.class_id, AssetClass.code, AssetClass.name),
    )
    statement = _named(sa.select(*keys, sa.func.sum(Entry.amount)), book, month, Narrow(charged=True))
    order = (Department.code.asc().nulls_last(), AssetClass.code.asc().nulls_last())
    return [Booking(*row) for row in session.execute(statement.group_by(*keys).order_by(*order))]


def _grouped(session: Session, book: int, month: Month, narrow: Narrow, keys: tuple[Any, ...]) -> list[Sums]:
    statement = _named(sa.select(*keys, *_added()), book, month, narrow).group_by(*keys)
    return [Sums(*row) for row in session.execute(statement.order_by(keys[1].asc().nulls_last()))]


def _added() -> list[sa.ColumnElement[Any]]:
    zero = sa.cast(0, Entry.cost.type)
    return [sa.func.count(), *(sa.func.coalesce(sa.func.sum(column), zero) for column in _SUMMED)]


def _named(
    statement: sa.Select[*tuple[Any, ...]], book: int, month: Month, narrow: Narrow
) -> sa.Select[*tuple[Any, ...]]:
    """The entries of a month with what they point to, which has no foreign keys."""
    found = (
        statement.select_from(Entry)
        .join(Asset, Asset.id == Entry.asset_id)
        .outerjoin(AssetClass, AssetClass.id == Entry.class_id)
        .outerjoin(Department, Department.id == Entry.department_id)
        .where(Entry.book_id == book, Entry.month == month.first_day)
    )
    if narrow.departments:
        found = found.where(Entry.department_id.in_(_below(Department, narrow.departments)))
    if narrow.classes:
        found = found.where(Entry.class_id.in_(_below(AssetClass, narrow.classes)))
    if narrow.methods:
        found = found.where(Entry.method.in_(narrow.methods))
    if narrow.charged:
        found = found.where(Entry.amount > 0)
    if narrow.text.strip():
        text = fold(narrow.text.strip())
        found = found.where(Asset.search.contains(text, autoescape=True))
    return found


def _below(tree: type[AssetClass] | type[Department], tops: tuple[int, ...]) -> sa.Select[int]:
    chain = sa.select(tree.id).where(tree.id.in_(tops)).cte(recursive=True)
    chain = chain.union(sa.select(tree.id).where(tree.parent_id == chain.c.id))
    return sa.select(chain.c.id)
