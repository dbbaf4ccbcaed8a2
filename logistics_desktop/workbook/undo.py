"""Take an import, or any other batch of changes, back."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Session

from db.base import Base
from db.models.attachments import Attachment
from db.models.history import Action, Change, ImportBatch
from logistics_desktop.errors import Refused, UserError
from logistics_desktop.i18n import N_, _
from logistics_desktop.jobs import Job
from logistics_desktop.ledger.entity import Entity, Ledgers
from logistics_desktop.ledger.records import not_yours
from logistics_desktop.stopping import stoppable
from logistics_desktop.workbook.store import refresh_search, table_of

_NAMED = 10
"""So many of the records that stand in the way are named."""


@dataclass(frozen=True, slots=True)
class Undone:
    """How many records were deleted, went back to what they were, and came back."""

    deleted: int
    restored: int
    returned: int = 0


def undo(session: Session, ledgers: Ledgers, batch: uuid.UUID, job: Job | None = None) -> Undone:
    """Delete the records that an import made, and put back the cells it changed.

    Raises Refused if somebody changed one of the cells or records since, or if something else refers to a
    record it made (they are named, nothing is done), UserError if there is no such import or it is undone
    already, Cancelled. The history tells of the undoing as of any other change.
    """
    stored = session.get(ImportBatch, batch, with_for_update=True)
    if stored is None:
        raise UserError(N_("There is no import {batch}."), batch=batch)
    if stored.undone_at is not None:
        raise UserError(
            N_("{who} undid this import on {at}."),
            who=stored.undone_by,
            at=f"{stored.undone_at.astimezone():%Y-%m-%d %H:%M}",
        )
    with stoppable(session, job or Job()):
        result = take_back(session, ledgers, batch)
        session.execute(sa.update(ImportBatch).where(ImportBatch.id == batch).values(undone_at=sa.func.now()))
    return result


def take_back(session: Session, ledgers: Ledgers, batch: uuid.UUID) -> Undone:
    """Take back what the history tells under `batch`: what was made, changed and deleted, with the files on it.

    Raises Refused as `undo` does.
    """
    return _Undoing(session, ledgers, batch).undo()


class _Undoing:
    """A batch on its way back: what was deleted returns, what was changed, then what was made goes, referring first."""

    def __init__(self, session: Session, ledgers: Ledgers, batch: uuid.UUID) -> None:
        self._session = session
        self._batch = batch
        self._labels = {entity.table: _(entity.label) for entity in ledgers}
        touched = set(session.scalars(sa.select(Change.table_name).where(Change.batch == batch).distinct()))
        order = [table.name for table in reversed(Base.metadata.sorted_tables)]
        self._entities = sorted(
            (entity for entity in ledgers if entity.table in touched), key=lambda entity: order.index(entity.table)
        )

    def undo(self) -> Undone:
        changed = [line for entity in self._entities for line in self._changed_since(entity)]
        if changed:
            raise Refused(
                N_("This cannot be undone, because it was worked on since: {records}."), records=_some(changed)
            )
        restored = sum(map(self._restore, self._entities))
        deleted = sum(map(self._delete, self._entities))
        returned = sum(map(self._return, reversed(self._entities)))
        self._session.execute(sa.select(sa.func.app.return_private(self._batch)))  # which the history has masked
        self._return_files()
        return Undone(deleted, restored, returned)

    def _changes(self, entity: Entity, action: Action) -> sa.ColumnElement[bool]:
        return sa.and_(Change.batch == self._batch, Change.table_name == entity.table, Change.action == action)

    def _made(self, entity: Entity) -> sa.Select[int | None]:
        return sa.select(Change.record_id).where(self._changes(entity, Action.INSERT))

    def _changed_since(self, entity: Entity) -> list[str]:
        """The records that are no longer as the import left them; those it made and somebody deleted do not matter."""
        table = table_of(entity)
        after = sa.type_coerce(Change.after, JSONB)
        fields = [part for one in entity for part in (sa.literal(one.key, sa.Text), table.c[one.key])]
        as_made = sa.func.jsonb_strip_nulls(sa.func.jsonb_build_object(*fields, type_=JSONB)) == after
        as_changed = sa.func.to_jsonb(table.table_valued(), type_=JSONB).contains(after)
        made = sa.and_(self._changes(entity, Action.INSERT), table.c.version != 1, ~as_made)
        changed = sa.and_(self._changes(entity, Action.UPDATE), sa.or_(table.c.id.is_(None), ~as_changed))
        stands = sa.select(Change.record_id, table.c[entity.title.key])
        stands = stands.outerjoin_from(Change, table, table.c.id == Change.record_id).where(sa.or_(made, changed))
        found = self._session.execute(stands.order_by(Change.record_id).limit(_NAMED + 1))
        return [self._told(entity, record, title) for record, title in found]

    def _told(self, entity: Entity, record: int, title: str | None) -> str:
        """A record, and who touched it last."""
        of_record = sa.and_(Change.table_name == entity.table, Change.record_id == record)
        last = sa.select(Change.who, Change.at).where(of_record).order_by(Change.id.desc()).limit(1)
        who, at = self._session.execute(last).one()
        return _(
            "{ledger} “{title}” by {who} on {at}",
            ledger=_(entity.singular),
            title=f"#{record}" if title is None else title,
            who=who,
            at=_moment(at),
        )

    def _restore(self, entity: Entity) -> int:
        """Put back the cells that the import changed, in one statement."""
        table = table_of(entity)
        before, after = sa.type_coerce(Change.before, JSONB), sa.type_coerce(Change.after, JSONB)
        updates = self._changes(entity, Action.UPDATE)
        keys = list(self._session.scalars(sa.select(sa.func.jsonb_object_keys(after)).where(updates).distinct()))
        if not keys:
            return 0
        values = {
            key: sa.case((after.has_key(key), sa.cast(before[key].astext, table.c[key].type)), else_=table.c[key])
            for key in keys
        }
        statement = sa.update(table).values(values).where(table.c.id == Change.record_id, updates)
        ids = list(self._session.scalars(statement.returning(table.c.id)))
        there = sa.select(sa.func.count(table.c.id.distinct())).join(Change, table.c.id == Change.record_id)
        if len(set(ids)) < (self._session.scalar(there.where(updates)) or 0):
            raise not_yours(entity)
        if any(entity.by_key[key].searched or entity.by_key[key].initials for key in keys):
            refresh_search(self._session, entity, ids)
        return len(ids)

    def _delete(self, entity: Entity) -> int:
        """Delete what the import made, when what it made elsewhere and referred to it is gone."""
        self._refuse_referred(entity)
        table = table_of(entity)
        gone = sa.delete(table).where(table.c.id.in_(self._made(entity))).returning(table.c.id)
        count = len(self._session.scalars(gone).all())
        left = sa.select(sa.exists().where(table.c.id.in_(self._made(entity))))
        if self._session.scalar(left):  # row level security hides what may not be deleted, and says nothing
            raise not_yours(entity)
        return count

    def _return(self, entity: Entity) -> int:
        """Store again what was deleted, under the numbers it had."""
        table = table_of(entity)
        before = sa.type_coerce(Change.before, JSONB)
        keys = [one.key for one in entity]
        values = [sa.cast(before[key].astext, table.c[key].type) for key in keys]
        gone = sa.select(Change.record_id, *values).where(self._changes(entity, Action.DELETE))
        back = sa.insert(table).from_select(["id", *keys], gone, include_defaults=False).returning(table.c.id)
        ids = list(self._session.scalars(back))
        if ids:
            refresh_search(self._session, entity, ids)
        return len(ids)

    def _return_files(self) -> None:
        """Hang the files where they hung before."""
        table = Attachment.__table__
        assert isinstance(table, sa.Table)
        before = sa.type_coerce(Change.before, JSONB)
        of_files = sa.and_(Change.batch == self._batch, Change.table_name == table.name)
        columns = [table.c[name] for name in ("table_name", "record_id", "sha256", "file_name", "note")]
        values = [sa.cast(before[column.name].astext, column.type) for column in columns]
        gone = sa.select(Change.record_id, *values).where(of_files, Change.action == Action.DELETE)
        self._session.execute(sa.insert(table).from_select(["id", *columns], gone, include_defaults=False))
        made = sa.select(Change.record_id).where(of_files, Change.action == Action.INSERT)
        self._session.execute(sa.delete(table).where(table.c.id.in_(made)))

    def _refuse_referred(self, entity: Entity) -> None:
        made = self._made(entity)
        users: dict[str, int] = {}
        for column in _referring(entity):
            outside = sa.true() if column.table is not table_of(entity) else column.table.c.id.not_in(made)
            count = sa.select(sa.func.count()).where(column.in_(made), outside)
            users[column.table.name] = users.get(column.table.name, 0) + self._session.execute(count).scalar_one()
        hung = sa.and_(Attachment.table_name == entity.table, Attachment.record_id.in_(made))
        users[Attachment.__tablename__] = self._session.execute(sa.select(sa.func.count()).where(hung)).scalar_one()
        told = [f"{self._label(name)}: {count}" for name, count in users.items() if count]
        if told:
            raise Refused(
                N_("This cannot be undone, because the records it made are in use ({ledger}): {users}."),
                ledger=_(entity.label),
                users=", ".join(told),
            )

    def _label(self, table: str) -> str:
        return self._labels.get(table) or _("Attachments")


def _referring(entity: Entity) -> Iterator[sa.Column[Any]]:
    """The columns of any table that point to a ledger's rows and keep them from being deleted."""
    for table in Base.metadata.tables.values():
        for key in table.foreign_keys:
            if key.column is table_of(entity).c.id and key.ondelete != "CASCADE":
                yield key.parent


def _moment(at: datetime) -> str:
    return f"{at.astimezone():%Y-%m-%d %H:%M}"


def _some(lines: list[str]) -> str:
    return "; ".join(lines[:_NAMED]) + ("; …" if len(lines) > _NAMED else "")
