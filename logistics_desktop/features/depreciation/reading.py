"""The assets of a book as a run reads them: a few thousand at a time, by number, with their last entries."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any, NamedTuple

import sqlalchemy as sa
from psycopg import Connection, Cursor
from sqlalchemy.orm import Session

from db.models.assets import Method
from db.models.depreciation import Book
from logistics_desktop.errors import Refused
from logistics_desktop.features.depreciation.charging import Before
from logistics_desktop.features.depreciation.inherited import Altered, Card, Effective, Rulebook
from logistics_desktop.features.depreciation.months import Month
from logistics_desktop.features.depreciation.running import NOTHING, Plan, State
from logistics_desktop.i18n import N_

CHUNK = 5_000
"""Assets that are in memory at once."""

_METHODS: dict[str | None, Method | None] = {None: None, **{method.value: method for method in Method}}

_MONTH = "(date_part('year', {0}) * 12 + date_part('month', {0}) - 1)::int"
_CENTS = "({0} * 100)::bigint"
_RATE = "({0} * 1000000)::int"

_PREVIOUS = f"""
    e.gone, e.method, {_CENTS.format("e.cost")}, {_CENTS.format("e.residual")},
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
        {_CENTS.format("b.opening_accumulated")}, b.opening_months
    FROM app.asset a
    LEFT JOIN app.book_asset b ON b.book_id = %(book)s AND b.asset_id = a.id
    WHERE a.id BETWEEN %(low)s AND %(high)s
    ORDER BY a.id
"""  # noqa: S608 - our own text

# Not joined with the cards: right after an import PostgreSQL knows nothing of the table, and would go through it for
# each card.
_LAST = f"""
    SELECT e.asset_id, {_PREVIOUS}
    FROM app.depreciation_entry e
    WHERE e.book_id = %(book)s AND e.month = %(before)s AND e.asset_id BETWEEN %(low)s AND %(high)s
"""  # noqa: S608 - our own text

_OLDER = f"""
    SELECT DISTINCT ON (e.asset_id) {_MONTH.format("e.month")}, e.asset_id, {_PREVIOUS}
    FROM app.depreciation_entry e
    WHERE e.book_id = %(book)s AND e.asset_id = ANY(%(assets)s)
        AND e.month IN (SELECT month FROM app.depreciation_period WHERE book_id = %(book)s AND month < %(before)s)
    ORDER BY e.asset_id, e.month DESC
"""  # noqa: S608 - our own text


_READINGS = f"""
    SELECT asset_id, {_MONTH.format("month")}, units FROM app.meter_reading
    WHERE asset_id BETWEEN %(low)s AND %(high)s
"""  # noqa: S608 - our own text

_CHANGES = f"""
    SELECT asset_id, {_MONTH.format("month")}, {_CENTS.format("cost")}, life_months,
        {_CENTS.format("residual_value")}, {_CENTS.format("impairment")}, method
    FROM app.value_change
    WHERE book_id = %(book)s AND asset_id BETWEEN %(low)s AND %(high)s
    ORDER BY month
"""  # noqa: S608 - our own text

Row = tuple[Any, ...]
"""A card, or an entry, as it is read."""


class Subject(NamedTuple):
    """One asset with all that its months are made from."""

    card: Card
    before: Before | None
    units: dict[int, Decimal]
    altered: tuple[Altered, ...]


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


class Chunk:
    """Some assets as they stand before a month, each as its row and as a `Subject`.

    The questions are asked when it is made. Then it has to `arrive`, and what has arrived is `received`: within a
    pipeline the server answers while the program does something else.
    """

    rows: list[tuple[Row, Row | None]]
    """Cards with their entries of the month before."""
    special: frozenset[int]
    """The numbers of the assets with readings or changes of value."""

    def __init__(self, driver: Connection[Any], book: Rulebook, low: int, high: int, month: int) -> None:
        self._book, self._month, self._driver = book, month, driver
        self._place: dict[str, Any] = {"book": book.id, "low": low, "high": high, "before": first_day(month - 1)}
        self._cards, self._last = self._ask(_CARDS), self._ask(_LAST)
        self._units_asked, self._changes_asked = self._ask(_READINGS), self._ask(_CHANGES)
        if driver.pgconn.pipeline_status:
            driver.pgconn.send_flush_request()  # else the end of the answers waits for whatever is asked next

    def arrive(self) -> None:
        """Wait for the answers; whatever was sent since has then been done as well."""
        self._altered = _changes(self._changes_asked)

    def received(self) -> Chunk:
        """The same, with its answers."""
        cards = self._cards.fetchall()
        last = {row[0]: row for row in self._last.fetchall()}
        self.rows = [(row, last.get(row[0])) for row in cards]
        missing = [row[0] for row in cards if row[0] not in last] if self._month > self._book.first else []
        self._older = self._before_older(missing) if missing else {}
        self._units = _readings(self._units_asked)
        self.special = frozenset((*self._units, *self._altered))
        return self

    def __iter__(self) -> Iterator[Subject]:
        return (self.subject(card, entry) for card, entry in self.rows)

    def subject(self, card: Row, entry: Row | None) -> Subject:
        """The asset of a card and its last entry."""
        number = card[0]
        before = self._older.get(number) if entry is None else _before(self._month - 1, entry)
        return Subject(_card(card), before, self._units.get(number, {}), tuple(self._altered.get(number, ())))

    def _ask(self, question: str) -> Cursor[Row]:
        return self._driver.cursor(binary=True).execute(question.encode(), self._place)

    def _before_older(self, missing: list[int]) -> dict[int, Before]:
        cursor = self._driver.cursor(binary=True).execute(_OLDER.encode(), {**self._place, "assets": missing})
        return {row[1]: _before(row[0], row[1:]) for row in cursor.fetchall()}


@contextmanager
def in_chunks(session: Session, book: Rulebook, month: int) -> Iterator[Iterator[tuple[Chunk, int, int]]]:
    """Give all assets in chunks, each with how many chunks are done and how many there are.

    Within the block what is executed goes into a pipeline: the next chunk is on its way while one is worked on, and so
    are entries that are written meanwhile.
    """
    parts = bounds(session)
    driver = driver_of(session)
    with driver.pipeline():
        yield _one_ahead((Chunk(driver, book, low, high, month) for low, high in parts), len(parts))


def _one_ahead(asked: Iterator[Chunk], parts: int) -> Iterator[tuple[Chunk, int, int]]:
    ahead = next(asked, None)
    for done in range(parts):
        assert ahead is not None
        ahead.arrive()
        chunk, ahead = ahead, next(asked, None)
        yield chunk.received(), done, parts


def subject_of(session: Session, book: Rulebook, asset: int, month: Month) -> Subject:
    """One asset as it stands before a month. Raises `Refused` where it has been deleted."""
    chunk = Chunk(driver_of(session), book, asset, asset, month.index)
    chunk.arrive()
    found = next(iter(chunk.received()), None)
    if found is None:
        raise Refused(N_("This asset has been deleted meanwhile."))
    return found


def first_day(month: int) -> date:
    """The day under which the database keeps a month."""
    return date(month // 12, month % 12 + 1, 1)


def driver_of(session: Session) -> Connection[Any]:
    """The driver's own connection, for what is too much for rows one by one."""
    connection = session.connection().connection.driver_connection
    assert isinstance(connection, Connection)
    return connection


def _card(row: Row) -> Card:
    return Card._make((*row[:7], _METHODS[row[7]], *row[8:12], _METHODS[row[12]], *row[13:]))


def _before(month: int, row: Row) -> Before:
    _asset, gone, said, cost, residual, life, months, accumulated, total_units = row[:9]
    value, since, since_accumulated, left, used = row[9:]
    method = _METHODS[said]
    assert method is not None
    if value is None:
        value, since, since_accumulated = cost, 0, 0
    units_left = None
    if total_units is not None:
        units_left = Fraction(left) if left is not None else Fraction(total_units)
    length = (life or 0) - since
    plan = Plan(method, cost, residual, value, length, since, since_accumulated, total_units, units_left)
    state = State(plan, months, accumulated, NOTHING if used is None else used)
    return Before(month, gone, Effective(method, cost, residual, life, total_units), state)


def _readings(asked: Cursor[Row]) -> dict[int, dict[int, Decimal]]:
    """The readings of a chunk: few assets have any."""
    found: dict[int, dict[int, Decimal]] = defaultdict(dict)
    for asset, month, units in asked.fetchall():
        found[asset][month] = units
    return dict(found)


def _changes(asked: Cursor[Row]) -> dict[int, list[Altered]]:
    """The changes of value of a chunk in their order."""
    found: dict[int, list[Altered]] = defaultdict(list)
    for asset, month, cost, life, residual, impairment, method in asked.fetchall():
        found[asset].append(Altered(month, cost, life, residual, impairment, _METHODS[method]))
    return dict(found)
