"""Many rows into a table at once: new ones in large pieces, changed ones by one set-based update."""

from __future__ import annotations

import enum
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from psycopg import Connection
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Session

from db import bulk
from logistics_desktop.jobs import Job
from logistics_desktop.ledger.entity import Entity, Values
from logistics_desktop.ledger.search import grams, search_text

SEARCH_COLUMNS = ("search", "grams")
_EVERY = 2_000
"""Rows between two reports of progress."""


@dataclass(frozen=True, slots=True)
class Update:
    """New values for the record `id`, provided it still has `version`; in the order of the keys that go with it."""

    id: int
    version: int
    values: tuple[Any, ...]


def insert_rows(
    session: Session,
    entity: Entity,
    keys: Sequence[str],
    rows: Iterable[tuple[Any, ...]],
    job: Job,
    total: int,
    ids: Sequence[int] | None = None,
) -> None:
    """Insert `rows`, whose values are in the order of `keys`, with their texts for the quick search.

    The rows get `ids` where they are given.
    """
    own = ("id",) if ids else ()
    defaults = _defaults(entity, keys)
    choices = [place for place, key in enumerate(keys) if entity.by_key[key].choices]
    searched = _Searched(entity, keys)

    def whole() -> Iterator[tuple[Any, ...]]:
        for number, row in enumerate(rows):
            if number % _EVERY == 0:
                job.progress(number, total)
            stored = list(row)
            for place in choices:
                stored[place] = _stored(stored[place])
            for place, default in defaults:
                if stored[place] is None:
                    stored[place] = default
            yield (*(ids[number : number + 1] if ids else ()), *stored, *searched(row))

    bulk.insert_rows(_driver(session), entity.table, (*own, *keys, *SEARCH_COLUMNS), whole())


def update_rows(session: Session, entity: Entity, keys: Sequence[str], updates: Sequence[Update]) -> set[int]:
    """Set `keys` of many records; gives the ids of those that had another version or were gone, and are left alone."""
    table = table_of(entity)
    given = [
        sa.literal([update.id for update in updates], ARRAY(sa.BigInteger)),
        sa.literal([update.version for update in updates], ARRAY(sa.Integer)),
        *(
            sa.literal([_stored(update.values[place]) for update in updates], ARRAY(_sent_as(table.c[key])))
            for place, key in enumerate(keys)
        ),
    ]
    new = sa.func.unnest(*given).table_valued("id", "version", *keys).render_derived(name="new")
    values = {key: sa.cast(new.c[key], table.c[key].type) for key in keys}
    same = sa.and_(table.c.id == new.c.id, table.c.version == new.c.version)
    done = session.execute(sa.update(table).values(values).where(same).returning(table.c.id)).scalars()
    return {update.id for update in updates} - set(done)


def search_values(entity: Entity, values: Values) -> tuple[str, str]:
    """The text for the quick search and its pairs, as an update takes them."""
    text = search_text(entity, values)
    return text, _array(grams(text))


def read_searched(session: Session, entity: Entity, ids: Sequence[int]) -> dict[int, dict[str, Any]]:
    """The fields of many records that the quick search looks at, by id."""
    table = table_of(entity)
    keys = [field.key for field in entity if field.searched or field.initials]
    wanted = sa.select(table.c.id, *(table.c[key] for key in keys)).where(_among(table.c.id, ids))
    return {record: dict(zip(keys, values, strict=True)) for record, *values in session.execute(wanted)}


def refresh_search(session: Session, entity: Entity, ids: Sequence[int]) -> None:
    """Make the texts for the quick search of many records anew."""
    table = table_of(entity)
    versions = sa.select(table.c.id, table.c.version).where(_among(table.c.id, ids))
    records = read_searched(session, entity, ids)
    updates = [
        Update(record, version, search_values(entity, records[record]))
        for record, version in session.execute(versions).all()
    ]
    update_rows(session, entity, SEARCH_COLUMNS, updates)


class _Searched:
    """Makes the two search columns from a row; only the fields that are searched are looked at."""

    def __init__(self, entity: Entity, keys: Sequence[str]) -> None:
        self._entity = entity
        self._places = [
            (key, place) for place, key in enumerate(keys) if entity.by_key[key].searched or entity.by_key[key].initials
        ]

    def __call__(self, row: Sequence[Any]) -> tuple[str, str]:
        return search_values(self._entity, {key: row[place] for key, place in self._places})


def _defaults(entity: Entity, keys: Sequence[str]) -> list[tuple[int, str]]:
    """Where an empty cell of a new row gets the column's default, and that default as text."""
    columns = ((place, table_of(entity).c[key]) for place, key in enumerate(keys))
    return [
        (place, str(column.server_default.arg))
        for place, column in columns
        if not column.nullable and isinstance(column.server_default, sa.DefaultClause)
    ]


def _stored(value: Any) -> Any:
    return value.value if isinstance(value, enum.Enum) else value


def _sent_as(column: sa.Column[Any]) -> sa.types.TypeEngine[Any]:
    """The type an array of values travels as: pairs are arrays themselves, so they go as text."""
    return sa.Text() if isinstance(column.type, ARRAY | sa.Enum) else column.type


def _among(column: sa.ColumnElement[int], ids: Sequence[int]) -> sa.ColumnElement[bool]:
    return column == sa.any_(sa.literal(list(ids), ARRAY(sa.BigInteger)))


def _array(numbers: Iterable[int]) -> str:
    return "{" + ",".join(map(str, numbers)) + "}"


def table_of(entity: Entity) -> sa.Table:
    """The table of a ledger."""
    table = entity.model.__table__
    assert isinstance(table, sa.Table)
    return table


def _driver(session: Session) -> Connection[Any]:
    """The driver's own connection, which copies rows in and stops statements."""
    connection = session.connection().connection.driver_connection
    assert isinstance(connection, Connection)
    return connection
