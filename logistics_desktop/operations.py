"""Steps that change several rows together: one transaction each, told in a list, and taken back as one."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from db.models.operations import Operation
from logistics_desktop.errors import UserError
from logistics_desktop.i18n import N_
from logistics_desktop.ledger.entity import Entity, Ledgers
from logistics_desktop.workbook.undo import Undone, take_back

KINDS = {
    "split": N_("Split into cards"),
    "merge": N_("Merged cards"),
    "create": N_("Created cards"),
    "number": N_("Gave numbers"),
    "edition": N_("Moved to another edition"),
}
"""What each kind of step is called (message ids)."""


@dataclass(frozen=True, slots=True)
class Step:
    """One step: what it was, on which ledger, `title` of what, how many rows, and whether it was taken back."""

    id: uuid.UUID
    at: datetime
    who: str
    kind: str
    ledger: str
    title: str
    rows: int
    undone_at: datetime | None
    undone_by: str | None


@contextmanager
def step(session: Session, kind: str, entity: Entity, title: str, rows: int) -> Iterator[uuid.UUID]:
    """Make everything that the block changes one step of a kind, which `undo` takes back."""
    assert kind in KINDS, kind
    number = uuid.uuid4()
    _mark(session, str(number))
    yield number
    operation = {"id": number, "kind": kind, "ledger": entity.key, "title": title[:200], "rows": rows}
    session.execute(sa.insert(Operation).values(operation))
    _mark(session, "")


def steps(session: Session, ledger: str, limit: int = 100) -> list[Step]:
    """The latest steps on a ledger, newest first."""
    columns = [getattr(Operation, name) for name in Step.__dataclass_fields__]
    found = sa.select(*columns).where(Operation.ledger == ledger).order_by(Operation.at.desc(), Operation.id)
    return [Step(*row) for row in session.execute(found.limit(limit))]


def undo(session: Session, ledgers: Ledgers, number: uuid.UUID) -> Undone:
    """Take a step back: all of it, or nothing.

    Raises `Refused` where somebody worked on its rows since or refers to them, `UserError` where it is undone already.
    """
    stored = session.get(Operation, number, with_for_update=True)
    if stored is None:
        raise UserError(N_("There is no such step."))
    if stored.undone_at is not None:
        raise UserError(
            N_("{who} took this back on {at}."),
            who=stored.undone_by,
            at=f"{stored.undone_at.astimezone():%Y-%m-%d %H:%M}",
        )
    result = take_back(session, ledgers, number)
    session.execute(sa.update(Operation).where(Operation.id == number).values(undone_at=sa.func.now()))
    return result


def _mark(session: Session, batch: str) -> None:
    """Have the history note which step the changes are part of."""
    session.execute(sa.select(sa.func.set_config("app.batch", batch, True)))
