"""One record: read whole, checked, created, changed, deleted.

References may be given as `Reference` or as the bare number. The functions raise and never commit.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from db.base import Base, Searchable
from logistics_desktop import attachments
from logistics_desktop.errors import Conflict, FieldErrors, Refused
from logistics_desktop.i18n import N_, _
from logistics_desktop.jobs import Job
from logistics_desktop.ledger.conditions import id_of, subtree
from logistics_desktop.ledger.entity import Entity, Ledgers, Values
from logistics_desktop.ledger.fields import Field, Kind, Reference
from logistics_desktop.ledger.limits import problem, trimmed
from logistics_desktop.ledger.rows import page
from logistics_desktop.ledger.search import grams, search_text
from logistics_desktop.ledger.violations import ring, told_by_field


@dataclass(frozen=True, slots=True)
class Origin:
    """Who made a record and who changed it last."""

    created_at: datetime
    created_by: str
    updated_at: datetime
    updated_by: str


@dataclass(frozen=True, slots=True)
class Record:
    """A record with all its fields; `version` is what a change of it must name."""

    id: int
    version: int
    values: dict[str, Any]
    origin: Origin


def blank(entity: Entity) -> dict[str, Any]:
    """Give the values of a new record: empty, or what the database would fill in."""
    return {field.key: _default(field) for field in entity}


def read(session: Session, ledgers: Ledgers, entity: Entity, record_id: int) -> Record:
    """Give a record. Raises `Refused` if the user does not see it any more."""
    keys = [field.key for field in entity]
    found = page(session, ledgers, entity, [record_id], keys)
    table = entity.model.__table__.c
    columns = (table.created_at, table.created_by, table.updated_at, table.updated_by)
    origin = session.execute(sa.select(*columns).where(table.id == record_id)).one_or_none()
    if not found or origin is None:
        raise out_of_reach(session, entity, record_id)
    return Record(record_id, found[0].version, dict(zip(keys, found[0].values, strict=True)), Origin(*origin))


def check(entity: Entity, values: Values) -> None:
    """Check a whole record, its values trimmed. Raises `FieldErrors` with everything that is wrong."""
    found = ((field.key, problem(field, values.get(field.key))) for field in entity if not _fills_itself(field, values))
    wrong = {key: error for key, error in found if error is not None}
    sound = {key: value for key, value in values.items() if key not in wrong}
    wrong.update(entity.rule(sound))
    if wrong:
        raise FieldErrors(wrong)


def create(session: Session, entity: Entity, values: Values, number: int | None = None) -> int:
    """Store a new record and give its number; fields that are not named take their default.

    `number` is the one of a record that comes back. Raises `FieldErrors`.
    """
    stored = stored_values(entity, values)
    check(entity, stored)
    numbered = {} if number is None else {"id": number}
    whole = {**stored, **found_by_values(entity, stored), **numbered}
    statement = sa.insert(entity.model).values(whole).returning(id_of(entity.model))
    with told_by_field(entity):
        return int(session.scalars(statement).one())


def update(session: Session, ledgers: Ledgers, entity: Entity, record_id: int, version: int, changes: Values) -> None:
    """Change the named fields of a record that was read as `version`.

    Raises `FieldErrors`, `Conflict` whose `theirs` is the `Record` that somebody else saved meanwhile, and
    `Refused` if it is not there any more.
    """
    current = _locked(session, ledgers, entity, record_id, version)
    changed = {key: value for key, value in stored_values(entity, changes).items() if value != current[key]}
    if not changed:
        return
    whole = {**current, **changed}
    check(entity, whole)
    _refuse_ring(session, entity, record_id, changed)
    found_by = found_by_values(entity, whole)
    if found_by == found_by_values(entity, current):
        found_by = {}
    statement = sa.update(entity.model).where(id_of(entity.model) == record_id).values({**changed, **found_by})
    with told_by_field(entity):
        session.execute(statement, execution_options={"synchronize_session": False})


def delete(session: Session, ledgers: Ledgers, entity: Entity, record_id: int, version: int) -> None:
    """Delete a record that was read as `version`, and its attachments.

    Raises `Refused` with what still refers to it and how many of each, and `Conflict` as `update` does.
    """
    current = _locked(session, ledgers, entity, record_id, version)
    users = _users(session, ledgers, entity, record_id)
    if users:
        raise Refused(
            N_("“{title}” cannot be deleted: these still refer to it: {users}."),
            title=current[entity.title.key],
            users=", ".join(f"{label} ({count:,})" for label, count in users.items()),
        )
    attachments.detach_all(session, entity.table, record_id)
    statement = sa.delete(entity.model).where(id_of(entity.model) == record_id).returning(id_of(entity.model))
    with told_by_field(entity):
        deleted = session.scalars(statement, execution_options={"synchronize_session": False}).all()
    if not deleted:  # row level security hides what may not be deleted, and says nothing
        raise not_yours(entity)


def delete_all(session: Session, ledgers: Ledgers, entity: Entity, versions: Mapping[int, int], job: Job) -> None:
    """Delete the records that were read as these versions, all or none: see `delete`."""
    for record_id, version in versions.items():
        job.check()
        delete(session, ledgers, entity, record_id, version)


def _locked(session: Session, ledgers: Ledgers, entity: Entity, record_id: int, version: int) -> dict[str, Any]:
    """Give the stored values of a record, which nobody else can change until the end of the transaction."""
    columns = {field.key: field.read for field in entity}
    statement = sa.select(entity.model.__table__.c.version, *columns.values())
    found = session.execute(statement.where(id_of(entity.model) == record_id).with_for_update()).one_or_none()
    if found is None:
        raise out_of_reach(session, entity, record_id)
    if found[0] != version:
        theirs = read(session, ledgers, entity, record_id)
        raise Conflict(N_("{who} has saved this record meanwhile."), theirs=theirs, who=theirs.origin.updated_by)
    return dict(zip(columns, found[1:], strict=True))


def stored_values(entity: Entity, values: Mapping[str, Any]) -> dict[str, Any]:
    """Give values as the database takes them; what the record has besides its fields stays out."""
    return {
        key: value.id if isinstance(value, Reference) else trimmed(value)
        for key, value in values.items()
        if key in entity.by_key
    }


def found_by_values(entity: Entity, values: Values) -> dict[str, Any]:
    """Give what the quick search finds a record by, as columns."""
    if not issubclass(entity.model, Searchable):
        return {}
    text = search_text(entity, values)
    return {"search": text, "grams": grams(text)}


def _refuse_ring(session: Session, entity: Entity, record_id: int, changed: Values) -> None:
    above = changed.get(entity.parent.key) if entity.parent else None
    if above is not None and session.scalar(sa.select(above == sa.any_(subtree(entity, (record_id,))))):
        raise ring(entity)


def _users(session: Session, ledgers: Ledgers, entity: Entity, record_id: int) -> dict[str, int]:
    """Count the rows of every table that refer to a record, by the ledger's title."""
    labels = {other.table: _(other.label) for other in ledgers}
    counts: dict[str, int] = {}
    for table in Base.metadata.sorted_tables:
        pointing = [key.parent for key in table.foreign_keys if _holds(key, entity)]
        if pointing:
            points = sa.or_(*(column == record_id for column in pointing))
            count = session.scalar(sa.select(sa.func.count()).select_from(table).where(points)) or 0
            counts[labels.get(table.name, table.name)] = count
    return {label: count for label, count in counts.items() if count}


def _holds(key: sa.ForeignKey, entity: Entity) -> bool:
    """Whether a row that points by `key` keeps the row from being deleted; others go with it."""
    return key.column.table is entity.model.__table__ and key.ondelete != "CASCADE"


def _fills_itself(field: Field, values: Values) -> bool:
    return field.key not in values and field.stored.server_default is not None


def _default(field: Field) -> Any:
    default = field.stored.server_default
    if not isinstance(default, sa.DefaultClause):
        return None
    text = str(default.arg)
    if field.kind is Kind.CHOICE:
        return next(value for value in field.choices or () if value.value == text)
    return field.stored.type.python_type(text)


def out_of_reach(session: Session, entity: Entity, record_id: int) -> Refused:
    """Tell why a record that was there cannot be had: somebody moved it, it is gone, or the user may only see it."""
    if session.scalar(sa.select(sa.exists().where(id_of(entity.model) == record_id))):
        return not_yours(entity)
    if session.scalar(sa.select(sa.func.app.is_with_others(entity.table, record_id, type_=sa.Boolean))):
        return Refused(
            N_(
                "This record of “{ledger}” belongs to another department or person now, which your rights do not reach."
                " Ask there, or an administrator."
            ),
            ledger=_(entity.label),
        )
    return gone(entity)


def not_yours(entity: Entity) -> Refused:
    """Tell that the user sees rows that they may not touch."""
    return Refused(
        N_("You may see this in “{ledger}” but not change it. An administrator can give you the right to."),
        ledger=_(entity.label),
    )


def gone(entity: Entity) -> Refused:
    """Tell that a record is not there any more."""
    return Refused(N_("This record of “{ledger}” has been deleted meanwhile."), ledger=_(entity.label))
