"""What refers to a record: how many rows of which ledger, through which field; worked out from the foreign keys."""

from __future__ import annotations

from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.orm import Session

from logistics_desktop.ledger.entity import Entity, Ledgers
from logistics_desktop.ledger.fields import Field


@dataclass(frozen=True, slots=True)
class Link:
    """`count` rows of the ledger `entity` point here through `field`; `only` tells that no other field of it could."""

    entity: Entity
    field: Field
    count: int
    only: bool


def pointing(ledgers: Ledgers, entity: Entity) -> list[tuple[Entity, Field]]:
    """Every field of every ledger that may point to rows of `entity`."""
    return [(other, field) for other in ledgers for field in other if field.target is entity.model]


def links(session: Session, ledgers: Ledgers, entity: Entity, record_id: int) -> list[Link]:
    """Give what refers to a record, counted exactly; what nothing refers through is left out."""
    found = pointing(ledgers, entity)
    counts = [(other, field, _count(session, other, field, record_id)) for other, field in found]
    fields = [other.key for other, _field in found]
    return [Link(other, field, count, fields.count(other.key) == 1) for other, field, count in counts if count]


def _count(session: Session, entity: Entity, field: Field, record_id: int) -> int:
    rows = sa.select(sa.func.count()).select_from(entity.model).where(field.stored == record_id)
    return session.scalar(rows) or 0
