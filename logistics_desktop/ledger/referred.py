"""The row that a reference points to, as fills take from it."""

from __future__ import annotations

from typing import Any

from sqlalchemy.orm import Session

from logistics_desktop.ledger.entity import Entity, Ledgers
from logistics_desktop.ledger.fields import Reference
from logistics_desktop.ledger.rows import page


def referred(session: Session, ledgers: Ledgers, entity: Entity, record_id: int) -> dict[str, Any]:
    """Give the fields of a row; in a tree, where it is silent, those of the nearest row above that is not.

    A row that has been deleted meanwhile gives nothing.
    """
    keys = [field.key for field in entity]
    found: dict[str, Any] = {}
    seen: set[int] = set()
    at: int | None = record_id
    while at is not None and at not in seen:
        seen.add(at)
        rows = page(session, ledgers, entity, [at], keys)
        if not rows:
            break
        values = dict(zip(keys, rows[0].values, strict=True))
        found = {**values, **{key: value for key, value in found.items() if value is not None}}
        above = values[entity.parent.key] if entity.parent else None
        at = above.id if isinstance(above, Reference) else None
    return found
