"""Refusing to take a step back over what somebody has done to its records since, and saying who."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from db.models.history import Action, Change
from logistics_desktop.errors import Conflict
from logistics_desktop.i18n import N_, _
from logistics_desktop.ledger.entity import Entity
from logistics_desktop.ledger.set_based import read_locked


def refuse_changed(session: Session, entity: Entity, versions: Mapping[int, int], since: datetime) -> None:
    """Lock the records and see that each still has its version.

    Raises `Conflict` for one that was deleted, or changed after `since`, naming who did it.
    """
    locked = read_locked(session, entity, versions)
    for record, version in versions.items():
        if record not in locked:
            raise _deleted(session, entity, record)
        if locked[record].version != version:
            title = str(locked[record].values[entity.title.key])
            raise _changed(session, entity, record, title, since)


def _changed(session: Session, entity: Entity, record: int, title: str, since: datetime) -> Conflict:
    """Somebody else before oneself: one's own later changes may lie on top of theirs."""
    other = Change.who != sa.func.session_user()
    last = _changes(entity, record).where(Change.at >= since).order_by(other.desc(), Change.id.desc()).limit(1)
    change = session.scalars(last).one_or_none()
    if change is None:
        return Conflict(N_("“{title}” has been changed since. Nothing was done."), title=title)
    fields = [_(entity.by_key[key].label) for key in change.after or () if key in entity.by_key]
    return Conflict(
        N_("{who} changed “{title}” on {at} ({fields}). Nothing was done."),
        who=change.who,
        title=title,
        at=_moment(change.at),
        fields=", ".join(fields),
    )


def _deleted(session: Session, entity: Entity, record: int) -> Conflict:
    last = _changes(entity, record).where(Change.action == Action.DELETE).order_by(Change.id.desc()).limit(1)
    change = session.scalars(last).one()
    title = (change.before or {}).get(entity.title.key, f"#{record}")
    return Conflict(
        N_("{who} deleted “{title}” on {at}. Nothing was done."), who=change.who, title=title, at=_moment(change.at)
    )


def _changes(entity: Entity, record: int) -> sa.Select[Change]:
    return sa.select(Change).where(Change.table_name == entity.table, Change.record_id == record)


def _moment(at: datetime) -> str:
    return f"{at.astimezone():%Y-%m-%d %H:%M}"
