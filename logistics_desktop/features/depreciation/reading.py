"""The assets of a book as a run reads them: a few thousand at a time, by number, with their last entries."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any, NamedTuple

import sqlalchemy as sa
from psycopg import Connection
from sqlalchemy.orm import Session

from db.models.assets import Method
from db.models.depreciation import Book
from logistics_desktop.errors import Refused
from logistics_desktop.features.depreciation.cents import cents
from logistics_desktop.features.depreciation.charging import Before
from logistics_desktop.features.depreciation.inherited import Altered, Card, Effective, Rulebook
from logistics_desktop.features.depreciation.months import Month
from logistics_desktop.features.depreciation.running import NOTHING, Plan, State
from logistics_desktop.i18n import N_

CHUNK = 5_000
"""Assets that are in memory at once."""

_METHODS: dict[str | None, Method | None] = {None: None, **{method.value: method for method in Method}}

_MONTH = "(extract(year FROM {0}) * 12 + extract(month FROM {0}) - 1)::int"
_CENTS = "({0} * 100)::bigint"
_RATE = "({0} * 1000000)::int"

_PREVIOUS = f"""
    {_MONTH.format("e.month")}, e.gone, e.method, {_CENTS.format("e.cost")}, {_CENTS.format("e.residual")},
    e.life_months, e.months_charged, {_CENTS.format("e.accumulated")}, e.total_units,
    {_CENTS.format("e.plan_value")}, e.plan_since_months, {_CENTS.format("e.plan_since_accumulated")},
    e.plan_units_left, e.plan_used
"""

_CARDS = f"""
    SELECT a.id, a.class_id, a.department_id, a.status IN ('scrapped', 'disposed'),
        {_MONTH.format("a.in_service_on")}, {_MONTH.format("a.disposed_on")},
        {_CENTS.format("a.original_value")}, a.method, a.life_months,
        {_CENTS.format("a.residual_value")}, {_RATE.format("a.residual_rate")},
        {_CENTS.format("b.cost")}, b.method, b.life_months, {_CENTS.format("b.residual_value")},
        {_RATE.format("b.residual_rate")}, b.total_units, {_MONTH.format("b.starts_month")},
        {_CENTS.format("b.opening_accumulated")}, b.opening_months,
        {_PREVIOUS}
    FROM app.asset a
    LEFT JOIN app.book_asset b ON b.book_id = %(book)s AND b.asset_id = a.id
    LEFT JOIN app.depreciation_entry e
        ON e.book_id = %(book)s AND e.month = %(before)s AND e.asset_id = a.id
        AND e.asset_id BETWEEN %(low)s AND %(high)s
    WHERE a.id BETWEEN %(low)s AND %(high)s
    ORDER BY a.id
"""  # noqa: S608 - our own text

_OLDER = f"""
    SELECT DISTINCT ON (e.asset_id) e.asset_id, {_PREVIOUS}
    FROM app.depreciation_entry e
    WHERE e.book_id = %(book)s AND e.asset_id = ANY(%(assets)s)
        AND e.month IN (SELECT month FROM app.depreciation_period WHERE book_id = %(book)s AND month < %(before)s)
    ORDER BY e.asset_id, e.month DESC
"""  # noqa: S608 - our own text

_OWN = len(Card._fields)


_NO_UNITS: dict[int, Decimal] = {}


class Subject(NamedTuple):
    """One asset with all that its months are made from."""

    card: Card
    before: Before | None
    units: dict[int, Decimal]
    altered: tuple[Altered, ...]


@dataclass(frozen=True, slots=True)
class _About:
    units: dict[int, dict[int, Decimal]] = field(default_factory=lambda: defaultdict(dict))
    altered: dict[int, list[Altered]] = field(default_factory=lambda: defaultdict(list))


def rulebook(session: Session, book: int) -> Rulebook:
    """A book as a run needs it. Raises `Refused` where it has been deleted."""
    found = session.execute(sa.select(Book.standard, Book.first_month).where(Book.id == book)).one_or_none()
    if found is None:
        raise Refused(N_("This book has been deleted meanwhile."))
    return Rulebook(book, found[0], Month.of(found[1]).index)


def bounds(session: Session) -> list[tuple[int, int]]:
    """The first and the last number of each chunk of assets."""
    numbered = sa.text(
        "SELECT min(id), max(id) FROM ("
        " SELECT id, (row_number() OVER (ORDER BY id) - 1) / :chunk AS part FROM app.asset) numbered"
        " GROUP BY part ORDER BY 1"
    )
    return [(low, high) for low, high in session.execute(numbered, {"chunk": CHUNK})]


def subjects(session: Session, book: Rulebook, low: int, high: int, month: int) -> Iterator[Subject]:
    """Give the assets numbered `low` to `high` as they stand before `month`."""
    driver = driver_of(session)
    place: dict[str, Any] = {"book": book.id, "low": low, "high": high, "before": first_day(month - 1)}
    with driver.cursor(binary=True) as cursor:
        rows = cursor.execute(_CARDS, place).fetchall()
        older: dict[int, Before] = {}
        missing = [row[0] for row in rows if row[_OWN] is None] if month > book.first else []
        if missing:
            cursor.execute(_OLDER, {**place, "assets": missing})
            older = {row[0]: _before(row[1:]) for row in cursor}
    about = _about(driver, place)
    for row in rows:
        number = row[0]
        yield Subject(
            _card(row),
            older.get(number) if row[_OWN] is None else _before(row[_OWN:]),
            about.units.get(number) or _NO_UNITS,
            tuple(about.altered[number]) if number in about.altered else (),
        )


def all_subjects(session: Session, book: Rulebook, month: int) -> Iterator[tuple[Iterator[Subject], int, int]]:
    """Give all assets in chunks, each with how many chunks are done and how many there are."""
    parts = bounds(session)
    for done, (low, high) in enumerate(parts):
        yield subjects(session, book, low, high, month), done, len(parts)


def first_day(month: int) -> date:
    """The day under which the database keeps a month."""
    return date(month // 12, month % 12 + 1, 1)


def driver_of(session: Session) -> Connection[Any]:
    """The driver's own connection, for what is too much for rows one by one."""
    connection = session.connection().connection.driver_connection
    assert isinstance(connection, Connection)
    return connection


def _card(row: Sequence[Any]) -> Card:
    return Card._make((*row[:7], _METHODS[row[7]], *row[8:12], _METHODS[row[12]], *row[13:_OWN]))


def _before(row: Sequence[Any]) -> Before:
    (
        month,
        gone,
        said,
        cost,
        residual,
        life,
        months,
        accumulated,
        total_units,
        value,
        since,
        since_accumulated,
        *units,
    ) = row
    method = _METHODS[said]
    assert method is not None
    if value is None:
        value, since, since_accumulated = cost, 0, 0
    left, used = units
    units_left = None
    if total_units is not None:
        units_left = Fraction(left) if left is not None else Fraction(total_units)
    length = (life or 0) - since
    plan = Plan(method, cost, residual, value, length, since, since_accumulated, total_units, units_left)
    state = State(plan, months, accumulated, NOTHING if used is None else used)
    return Before(month, gone, Effective(method, cost, residual, life, total_units), state)


def _about(driver: Connection[Any], place: dict[str, Any]) -> _About:
    """Readings and changes of value of a chunk: few assets have any."""
    about = _About()
    with driver.cursor() as cursor:
        cursor.execute(
            "SELECT asset_id, month, units FROM app.meter_reading WHERE asset_id BETWEEN %(low)s AND %(high)s", place
        )
        for asset, month, units in cursor:
            about.units[asset][Month.of(month).index] = units
        cursor.execute(
            "SELECT asset_id, month, cost, life_months, residual_value, impairment, method FROM app.value_change"
            " WHERE book_id = %(book)s AND asset_id BETWEEN %(low)s AND %(high)s ORDER BY month",
            place,
        )
        for asset, month, cost, life, residual, impairment, method in cursor:
            about.altered[asset].append(
                Altered(
                    Month.of(month).index, _cents(cost), life, _cents(residual), _cents(impairment), _METHODS[method]
                )
            )
    return about


def _cents(amount: Decimal | None) -> int | None:
    return None if amount is None else cents(amount)
