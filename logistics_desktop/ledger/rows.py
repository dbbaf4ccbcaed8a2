"""Rows of a ledger for a table, a page at a time, however many there are.

A table asks for `first_page` to show something at once, then for `sorted_ids`: every row's number in
order, eight bytes each, sent as one value because a million small ones would hold the interpreter.
From then on any row is one `page` by number away.
"""

from __future__ import annotations

import sys
from array import array
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import aggregate_order_by
from sqlalchemy.orm import Session

from logistics_desktop.ledger.conditions import id_of, numbered, where
from logistics_desktop.ledger.entity import Entity, Ledgers
from logistics_desktop.ledger.fields import Reference
from logistics_desktop.ledger.filters import Query
from logistics_desktop.ledger.first import first_ids
from logistics_desktop.ledger.ordering import Titles, steps
from logistics_desktop.ledger.reaching import seen

__all__ = [
    "Reference",
    "Row",
    "Totals",
    "all_rows",
    "first_page",
    "packed_ids",
    "page",
    "sorted_ids",
    "totals",
    "unpacked",
]

# Enough to sort a million rows in memory; the server's default of 4 MB would sort them on disk.
SORT_MEMORY = sa.text("SET LOCAL work_mem = '128MB'")

# Rows that the driver turns into objects in one go; more would keep the window waiting for the interpreter.
_FETCHED = 250


@dataclass(frozen=True, slots=True)
class Row:
    """A row as a table shows it; `values` are in the order of the keys that were asked for."""

    id: int
    version: int
    values: tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Totals:
    """How many rows there are, and the sum of each field that is summed."""

    count: int
    sums: dict[str, Decimal]


def first_page(
    session: Session, ledgers: Ledgers, entity: Entity, query: Query, keys: Sequence[str], limit: int
) -> list[Row]:
    """Give the first `limit` rows of `query`."""
    return page(session, ledgers, entity, first_ids(session, ledgers, entity, query, limit), keys)


def sorted_ids(session: Session, ledgers: Ledgers, entity: Entity, query: Query) -> array[int]:
    """Give the number of every row of `query`, in its order."""
    titles = Titles(ledgers)
    packed = packed_ids(titles, entity, query)
    source = titles.join(entity.model.__table__)
    session.execute(SORT_MEMORY)
    wanted = where(ledgers, entity, query), seen(session, entity)
    return unpacked(session.scalar(sa.select(packed).select_from(source).where(*wanted)))


def packed_ids(titles: Titles, entity: Entity, query: Query) -> sa.ColumnElement[bytes]:
    """Give the aggregate that packs row numbers in the order of `query`; `titles` join what the order needs."""
    order = [step.named(step.column) for step in steps(titles, entity, query)]
    numbers = sa.func.int8send(id_of(entity.model), type_=sa.LargeBinary)
    return sa.func.string_agg(numbers, aggregate_order_by(sa.literal(b""), *order), type_=sa.LargeBinary)


def unpacked(sent: bytes | None) -> array[int]:
    """Give the numbers that `packed_ids` packed."""
    ids = array("q", sent or b"")
    if sys.byteorder == "little":
        ids.byteswap()
    return ids


def page(session: Session, ledgers: Ledgers, entity: Entity, ids: Sequence[int], keys: Sequence[str]) -> list[Row]:
    """Give the rows numbered `ids` in that order; those deleted meanwhile are missing."""
    titles = Titles(ledgers)
    columns = _columns(titles, entity, keys)
    statement = sa.select(*columns).select_from(titles.join(entity.model.__table__)).where(numbered(entity, ids))
    make = _RowMaker(entity, keys)
    found = {row.id: row for row in map(make, session.execute(statement))}
    return [found[one] for one in ids if one in found]


def totals(session: Session, ledgers: Ledgers, entity: Entity, query: Query) -> Totals:
    """Count the rows of `query` and add up their money and quantities."""
    summed = [field for field in entity if field.total]
    sums = [sa.func.coalesce(sa.func.sum(field.column), 0) for field in summed]
    source = entity.model.__table__
    count, *amounts = session.execute(
        sa.select(sa.func.count(), *sums)
        .select_from(source)
        .where(where(ledgers, entity, query), seen(session, entity))
    ).one()
    return Totals(count, {field.key: amount for field, amount in zip(summed, amounts, strict=True)})


def all_rows(
    session: Session, ledgers: Ledgers, entity: Entity, query: Query, keys: Sequence[str], chunk: int
) -> Iterator[list[Row]]:
    """Give every row of `query` in its order, `chunk` at a time, as they were at one moment."""
    titles = Titles(ledgers)
    columns = _columns(titles, entity, keys)
    order = [step.named(step.column) for step in steps(titles, entity, query)]
    statement = (
        sa.select(*columns)
        .select_from(titles.join(entity.model.__table__))
        .where(where(ledgers, entity, query), seen(session, entity))
        .order_by(*order)
    )
    make = _RowMaker(entity, keys)
    session.execute(SORT_MEMORY)
    part: list[Row] = []
    with session.execute(statement, execution_options={"yield_per": _FETCHED}) as result:
        for values in result:
            part.append(make(values))
            if len(part) == chunk:
                yield part
                part = []
    if part:
        yield part


def _columns(titles: Titles, entity: Entity, keys: Sequence[str]) -> list[sa.ColumnElement[Any]]:
    """Give number, version, and a column for each key, for a reference two: the number and the title."""
    table = entity.model.__table__.c
    columns: list[sa.ColumnElement[Any]] = [table.id, table.version]
    for key in keys:
        field = entity.by_key[key]
        columns.append(field.read)
        if field.target is not None:
            columns.append(titles.of(field))
    return columns


class _RowMaker:
    """Makes a `Row` of what `_columns` selected; equal references share one object."""

    def __init__(self, entity: Entity, keys: Sequence[str]) -> None:
        self._at: list[tuple[int, bool]] = []
        at = 2
        for key in keys:
            points = entity.by_key[key].target is not None
            self._at.append((at, points))
            at += 2 if points else 1
        self._known: dict[tuple[int, str], Reference] = {}

    def __call__(self, values: Sequence[Any]) -> Row:
        cells = tuple(
            [self._reference(values[at], values[at + 1]) if points else values[at] for at, points in self._at]
        )
        return Row(values[0], values[1], cells)

    def _reference(self, number: int | None, title: str) -> Reference | None:
        if number is None:
            return None
        return self._known.setdefault((number, title), Reference(number, title))
