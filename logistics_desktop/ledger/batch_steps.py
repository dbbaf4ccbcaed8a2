"""What was stored as one batch, pasted or changed by the many, as a step that can be undone."""

from __future__ import annotations

import uuid
from collections.abc import Mapping

import sqlalchemy as sa
from sqlalchemy.orm import Session

from db.models.history import Action, Change
from logistics_desktop.ledger import edits
from logistics_desktop.ledger.edits import Made, Step
from logistics_desktop.ledger.entity import Entity, Ledgers, Values
from logistics_desktop.ledger.set_based import read_locked

LARGE = 2_000  # rows; a step of more leaves it to the history to remember the cells


def step_of(
    session: Session,
    ledgers: Ledgers,
    entity: Entity,
    batch: uuid.UUID,
    before: Mapping[int, Values],
    changed: int,
) -> Step:
    """Give the step that was just stored under `batch` and changed so many records, and perhaps made others.

    `before` holds what the changed cells were, by record; of more than `LARGE` records nobody needs it.
    """
    new = _made(session, entity, batch)
    large = len(new) + changed > LARGE
    step = edits.created(session, ledgers, entity, [] if large else new)
    if large:
        versions = edits.batch_versions(session, entity, batch)
        return Step(
            entity.key, step.at, (), batch, {record: (version - 1, version) for record, version in versions.items()}
        )
    now = read_locked(session, entity, before)
    known = tuple(
        Made(
            record,
            str(now[record].values[entity.title.key]),
            now[record].version - 1,
            now[record].version,
            values,
            {key: now[record].values[key] for key in values},
        )
        for record, values in before.items()
    )
    return Step(entity.key, step.at, known + step.made)


def _made(session: Session, entity: Entity, batch: uuid.UUID) -> list[int]:
    of_batch = sa.and_(Change.batch == batch, Change.table_name == entity.table, Change.action == Action.INSERT)
    return list(session.scalars(sa.select(Change.record_id).where(of_batch)))
