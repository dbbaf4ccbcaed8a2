"""Where the time line of a record has its happenings from. A new source is one function and its place in `SOURCES`."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Iterator
from itertools import groupby

import sqlalchemy as sa
from sqlalchemy.orm import Session

from db.models.attachments import Attachment
from db.models.history import Action, Change, ImportBatch
from logistics_desktop.features.documents.of_assets import happenings as documents
from logistics_desktop.i18n import N_, _
from logistics_desktop.ledger.entity import Entity, Ledgers
from logistics_desktop.ledger.history import HistoryLine, history
from logistics_desktop.ledger.timeline import Happening, HappeningKind, Opens, Source

CREATED = HappeningKind("created", N_("Created"), "add")
CHANGED = HappeningKind("changed", N_("Changed"), "edit")
IMPORTED = HappeningKind("imported", N_("Imported"), "import")
FILED = HappeningKind("filed", N_("Files"), "attachment")
DELETED = HappeningKind("deleted", N_("Deleted"), "delete")

_NAMED = 3  # so many fields of a change are named in its line


def changes(session: Session, ledgers: Ledgers, entity: Entity, record: int) -> Iterator[Happening]:
    """Every change of the record's own fields; those of an import tell its file."""
    lines = history(session, ledgers, entity, record)
    files = _imported_files(session, (line.batch for line in lines if line.batch))
    for _number, group in groupby(lines, key=lambda line: line.change):
        yield _change(ledgers, entity, list(group), files)


def files(session: Session, _ledgers: Ledgers, entity: Entity, record: int) -> Iterator[Happening]:
    """Files that were hung on the record or taken off it."""
    told = sa.func.coalesce(Change.after, Change.before)
    found = session.execute(
        sa.select(Change.at, Change.who, Change.action, told.op("->>")("file_name").label("name"))
        .where(
            Change.table_name == Attachment.__tablename__,
            told.op("->>")("table_name") == entity.table,
            told.op("->>")("record_id") == str(record),
            Change.action != Action.UPDATE,
        )
        .order_by(Change.id.desc())
    )
    for line in found:
        added = line.action is Action.INSERT
        text = _(N_("File added: {name}")) if added else _(N_("File removed: {name}"))
        opens = Opens(entity.key, record, files=True) if added else None
        yield Happening(line.at, line.who, FILED, text.format(name=line.name), opens=opens)


SOURCES: tuple[Source, ...] = (documents, changes, files)


def _change(ledgers: Ledgers, entity: Entity, lines: list[HistoryLine], imported: dict[uuid.UUID, str]) -> Happening:
    first = lines[0]
    detail = "\n".join(_in_words(line) for line in lines)
    if first.batch in imported:
        said = _(
            N_("Created by import of “{file}”")
            if first.action is Action.INSERT
            else N_("Changed by import of “{file}”")
        )
        return Happening(first.at, first.who, IMPORTED, said.format(file=imported[first.batch]), detail)
    if first.action is Action.INSERT:
        return Happening(first.at, first.who, CREATED, _(N_("Created")), detail)
    if first.action is Action.DELETE:
        return Happening(first.at, first.who, DELETED, _(N_("Deleted")), detail)
    if len(lines) == 1:
        return Happening(first.at, first.who, CHANGED, detail, detail, _opens(ledgers, entity, first))
    named = _(N_(", ")).join(line.label for line in lines[:_NAMED])
    more = len(lines) - _NAMED
    text = _(N_("{fields} and {count} more"), fields=named, count=more) if more > 0 else named
    return Happening(first.at, first.who, CHANGED, _(N_("Changed: {fields}"), fields=text), detail)


def _in_words(line: HistoryLine) -> str:
    if line.action is Action.INSERT:
        return _(N_("{field}: {what}"), field=line.label, what=line.after)
    if line.action is Action.DELETE:
        return _(N_("{field}: {what}"), field=line.label, what=line.before)
    empty = _(N_("(empty)"))
    return _(
        N_("{field}: {before} → {after}"), field=line.label, before=line.before or empty, after=line.after or empty
    )


def _opens(ledgers: Ledgers, entity: Entity, line: HistoryLine) -> Opens | None:
    """The record that the field points to since."""
    if line.points_to is None:
        return None
    return Opens(ledgers.target(entity.by_key[line.key]).key, line.points_to)


def _imported_files(session: Session, batches: Iterable[uuid.UUID]) -> dict[uuid.UUID, str]:
    found = sa.select(ImportBatch.id, ImportBatch.file_name).where(ImportBatch.id.in_(set(batches)))
    return {row.id: row.file_name for row in session.execute(found)}
