"""Many records of a ledger locked and changed by one statement each, however many there are."""

from __future__ import annotations

import enum
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Session

from logistics_desktop.ledger.entity import Entity
from logistics_desktop.ledger.violations import told_by_field


@dataclass(frozen=True, slots=True)
class Locked:
    """A record as it is stored, which nobody else can change until the end of the transaction."""

    version: int
    values: dict[str, Any]


def read_locked(session: Session, entity: Entity, ids: Collection[int]) -> dict[int, Locked]:
    """Give records that are still there, by number; locked in that order, so that no two users wait in a ring."""
    table = entity.model.__table__
    columns = {field.key: field.read for field in entity}
    statement = sa.select(table.c.id, table.c.version, *columns.values()).where(_among(table.c.id, ids))
    found = session.execute(statement.order_by(table.c.id).with_for_update())
    return {number: Locked(version, dict(zip(columns, values, strict=True))) for number, version, *values in found}


def update_many(
    session: Session, entity: Entity, keys: Sequence[str], rows: Mapping[int, Mapping[str, Any]]
) -> dict[int, int]:
    """Set the columns `keys` of many records and give their new versions. Raises `FieldErrors`."""
    table = entity.model.__table__
    assert isinstance(table, sa.Table)
    given = [
        sa.literal(list(rows), ARRAY(sa.BigInteger)),
        *(sa.literal([_sent(values[key]) for values in rows.values()], ARRAY(_sent_as(table.c[key]))) for key in keys),
    ]
    new = sa.func.unnest(*given).table_valued("id", *keys).render_derived(name="new")
    values = {key: sa.cast(new.c[key], table.c[key].type) for key in keys}
    statement = sa.update(table).values(values).where(table.c.id == new.c.id).returning(table.c.id, table.c.version)
    with told_by_field(entity):
        return {row.id: row.version for row in session.execute(statement)}


def _sent(value: Any) -> Any:
    if isinstance(value, enum.Enum):
        return value.value
    return f"{{{','.join(map(str, value))}}}" if isinstance(value, list) else value


def _sent_as(column: sa.Column[Any]) -> sa.types.TypeEngine[Any]:
    """The type an array of values travels as: pairs of the quick search are arrays themselves, so they go as text."""
    return sa.Text() if isinstance(column.type, ARRAY | sa.Enum) else column.type


def _among(column: sa.ColumnElement[int], ids: Collection[int]) -> sa.ColumnElement[bool]:
    return column == sa.any_(sa.literal(list(ids), ARRAY(sa.BigInteger)))
