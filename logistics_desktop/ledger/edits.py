"""Changes of any number of cells as one step, which can be taken back and done again.

A step is applied whole or not at all, in the caller's unit of work. It remembers for each record the version before
and after and the cells that changed, which is all that undoing needs: the old values, and the certainty that nobody has
changed the record since. The functions raise and never commit.
"""

from __future__ import annotations

import uuid
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from db.models.history import Change
from logistics_desktop.errors import Conflict, FieldErrors, Refused, UserError
from logistics_desktop.i18n import N_, _
from logistics_desktop.ledger import records, references
from logistics_desktop.ledger.changed_since import refuse_changed
from logistics_desktop.ledger.entity import Entity, Ledgers, Values
from logistics_desktop.ledger.fields import Reference
from logistics_desktop.ledger.records import Record
from logistics_desktop.ledger.set_based import read_locked, update_many
from logistics_desktop.workbook.undo import take_back

_FIRST = 1  # the version of a row that has just been made


class Named(str):
    """The value of a reference as a person writes it, looked up in its ledger when it is stored."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class Edit:
    """New values for some fields of one record, as the user saw it in `version`; None takes it as it is now."""

    record: int
    version: int | None
    values: Values


@dataclass(frozen=True, slots=True)
class Made:
    """What a step did to one record: from version `was` to `now`, 0 where there was none, and the cells that changed.

    References are numbers here, as they are stored. `title` is how the record was called.
    """

    record: int
    title: str
    was: int
    now: int
    before: Values
    after: Values


@dataclass(frozen=True, slots=True)
class Step:
    """Everything that was changed at once in one ledger; empty where all cells held their new values already.

    A step of very many rows does not remember its cells (`made` is empty): the history does, under `batch`; `versions`
    gives, by record, the versions before and after the last time that the step was done or undone.
    """

    ledger: str
    at: datetime
    made: tuple[Made, ...]
    batch: uuid.UUID | None = None
    versions: Mapping[int, tuple[int, int]] = field(default_factory=dict)

    @property
    def rows(self) -> int:
        """How many records it is about."""
        return len(self.made) or len(self.versions)

    def in_words(self, ledgers: Ledgers) -> str:
        """Say what the step was about, for a menu or a notice."""
        entity = ledgers[self.ledger]
        if self.rows > 1:
            return _(N_("{count} rows of “{ledger}”"), count=f"{self.rows:,}", ledger=_(entity.label))
        labels = ", ".join(_(entity.by_key[key].label) for one in self.made for key in one.after)
        if self.made and not self.made[0].was:
            return _(N_("New: {what}"), what=f"{_(entity.singular)} “{self.made[0].title}”")
        return _(N_("{fields} of “{title}”"), fields=labels, title=self.made[0].title if self.made else "")


class CellErrors(UserError):
    """Cells hold what cannot be stored: `by_record` gives the wrong fields of each record."""

    def __init__(
        self, entity: Entity, titles: Mapping[int, str], by_record: Mapping[int, dict[str, UserError]]
    ) -> None:
        self.by_record = by_record
        record, wrong = next(iter(by_record.items()))
        key, error = next(iter(wrong.items()))
        count = sum(map(len, by_record.values()))
        said = {"title": titles[record], "field": _(entity.by_key[key].label), "problem": error}
        if count == 1:
            super().__init__(N_("“{title}”, {field}: {problem}"), **said)
        else:
            super().__init__(
                N_("{count} cells cannot be changed. The first: “{title}”, {field}: {problem}"), count=count, **said
            )


def apply(session: Session, ledgers: Ledgers, entity: Entity, edits: Sequence[Edit]) -> Step:
    """Store the edits, at most one for each record, all or none.

    Raises `CellErrors`; `Conflict` whose `theirs` is the `Record` that somebody else saved since it was read; `Refused`
    where a record is not there any more.
    """
    wanted = {edit.record: edit for edit in edits}
    assert len(wanted) == len(edits), "one edit for each record"
    locked = read_locked(session, entity, wanted)
    for edit in edits:
        if edit.record not in locked:
            raise records.out_of_reach(session, entity, edit.record)
        if edit.version not in (None, locked[edit.record].version):
            theirs = records.read(session, ledgers, entity, edit.record)
            raise Conflict(N_("{who} has saved this record meanwhile."), theirs=theirs, who=theirs.origin.updated_by)
    titles = {record: str(locked[record].values[entity.title.key]) for record in wanted}
    stored = _looked_up(session, ledgers, entity, titles, wanted)
    changes = {record: _differing(locked[record].values, values) for record, values in stored.items()}
    changes = {record: values for record, values in changes.items() if values}
    wrong = dict(_wrong(entity, {record: {**locked[record].values, **changes[record]} for record in changes}))
    if wrong:
        raise CellErrors(entity, titles, wrong)
    versions = _write(session, entity, titles, {r: locked[r].values for r in changes}, changes)
    made = tuple(
        Made(
            record,
            titles[record],
            locked[record].version,
            versions[record],
            {key: locked[record].values[key] for key in values},
            values,
        )
        for record, values in changes.items()
    )
    return Step(entity.key, _now(session), made)


def fill(session: Session, ledgers: Ledgers, entity: Entity, keys: Sequence[str], records_: Sequence[int]) -> Step:
    """Give the fields `keys` of all records the values of the first. Raises as `apply` does."""
    source, *targets = records_
    locked = read_locked(session, entity, [source])
    if source not in locked:
        raise records.out_of_reach(session, entity, source)
    values = {key: locked[source].values[key] for key in keys}
    return apply(session, ledgers, entity, [Edit(record, None, values) for record in targets])


def saved(entity: Entity, before: Record | None, after: Record) -> Step:
    """Give the step that a form made which saved one record; `before` is None for a new one."""
    was = {} if before is None else records.stored_values(entity, before.values)
    now = records.stored_values(entity, after.values)
    changed = _differing(was, now) if before is not None else now
    title = str(after.values[entity.title.key])
    made = Made(
        after.id,
        title,
        before.version if before else 0,
        after.version,
        {key: was[key] for key in changed if key in was},
        changed,
    )
    return Step(entity.key, after.origin.updated_at, (made,))


def created(session: Session, ledgers: Ledgers, entity: Entity, numbers: Iterable[int]) -> Step:
    """Give the step that made these records in this unit of work."""
    found = read_locked(session, entity, list(numbers))
    made = tuple(
        Made(record, str(row.values[entity.title.key]), 0, row.version, {}, row.values) for record, row in found.items()
    )
    return Step(entity.key, _now(session), made)


def together(first: Step, second: Step) -> Step:
    """Give two steps of one ledger and one unit of work as one."""
    assert first.ledger == second.ledger
    return replace(first, made=first.made + second.made)


def undo(session: Session, ledgers: Ledgers, step: Step) -> Step:
    """Put back what a step changed and delete what it made; gives the step with the versions that the rows have now.

    Raises `Conflict` that says who has changed or deleted a record since, `Refused` where a new record is in use by
    now, `CellErrors` where an old value no longer fits; nothing is undone then.
    """
    if step.batch is not None:
        return _turned(session, ledgers, step, step.batch)
    entity = ledgers[step.ledger]
    refuse_changed(session, entity, {one.record: one.now for one in step.made}, step.at)
    done = apply(session, ledgers, entity, [Edit(one.record, one.now, one.before) for one in step.made if one.was])
    for one in step.made:
        if not one.was:
            records.delete(session, ledgers, entity, one.record, one.now)
    versions = {one.record: one.now for one in done.made}
    return replace(step, made=tuple(replace(one, was=versions.get(one.record, one.was)) for one in step.made))


def redo(session: Session, ledgers: Ledgers, step: Step) -> Step:
    """Do again what was undone; gives the step with the versions that the rows have now. Raises as `undo` does."""
    if step.batch is not None:
        return _turned(session, ledgers, step, step.batch)
    entity = ledgers[step.ledger]
    refuse_changed(session, entity, {one.record: one.was for one in step.made if one.was}, step.at)
    done = apply(session, ledgers, entity, [Edit(one.record, one.was, one.after) for one in step.made if one.was])
    for one in step.made:
        if not one.was:
            records.create(session, entity, one.after, number=one.record)
    versions = {one.record: one.now for one in done.made}
    return replace(step, made=tuple(replace(one, now=versions.get(one.record, _FIRST)) for one in step.made))


def _looked_up(
    session: Session, ledgers: Ledgers, entity: Entity, titles: Mapping[int, str], wanted: Mapping[int, Edit]
) -> dict[int, dict[str, Any]]:
    """Give the new values as the database takes them, each name looked up once."""
    found: dict[tuple[str, str], Reference | UserError] = {}
    wrong: defaultdict[int, dict[str, UserError]] = defaultdict(dict)
    stored = {}
    for record, edit in wanted.items():
        values = dict(edit.values)
        for key, value in edit.values.items():
            if isinstance(value, Named):
                if (key, value) not in found:
                    found[key, value] = _find(session, ledgers.target(entity.by_key[key]), value)
                values[key] = found[key, value]
                if isinstance(values[key], UserError):
                    wrong[record][key] = values[key]
        stored[record] = records.stored_values(entity, values)
    if wrong:
        raise CellErrors(entity, titles, wrong)
    return stored


def _find(session: Session, target: Entity, text: str) -> Reference | UserError:
    try:
        return references.only(session, target, text)
    except UserError as error:
        return error


def batch_versions(session: Session, entity: Entity, batch: uuid.UUID) -> dict[int, int]:
    """Give the versions of the records that the history names under `batch`, without those that are gone."""
    table = entity.model.__table__
    of_batch = sa.and_(Change.batch == batch, Change.table_name == entity.table, Change.record_id == table.c.id)
    found = session.execute(sa.select(table.c.id, table.c.version).join_from(Change, table, of_batch))
    return {row.id: row.version for row in found}


def _turned(session: Session, ledgers: Ledgers, step: Step, batch: uuid.UUID) -> Step:
    """Take back a step of very many rows, which is a batch of its own: the same again does it once more.

    Raises Conflict, since what was worked on or is in use cannot be taken back later either.
    """
    under = uuid.uuid4()
    session.execute(sa.select(sa.func.set_config("app.batch", str(under), True)))
    try:
        take_back(session, ledgers, batch)
    except Refused as refused:
        raise Conflict(refused.msgid, **refused.params) from refused
    now = batch_versions(session, ledgers[step.ledger], under)
    return replace(step, batch=under, versions={one: (step.versions.get(one, (0, 0))[1], now[one]) for one in now})


def _differing(before: Values, after: Values) -> dict[str, Any]:
    return {key: value for key, value in after.items() if key not in before or before[key] != value}


def _wrong(entity: Entity, wholes: Mapping[int, Values]) -> Iterable[tuple[int, dict[str, UserError]]]:
    for record, whole in wholes.items():
        try:
            records.check(entity, whole)
        except FieldErrors as errors:
            yield record, errors.by_field


def _write(
    session: Session,
    entity: Entity,
    titles: Mapping[int, str],
    before: Mapping[int, Values],
    changes: Mapping[int, dict[str, Any]],
) -> dict[int, int]:
    """Store checked changes, records with the same fields in one statement; gives their new versions."""
    by_keys: defaultdict[tuple[str, ...], dict[int, dict[str, Any]]] = defaultdict(dict)
    for record, values in changes.items():
        found_by = records.found_by_values(entity, {**before[record], **values})
        if found_by == records.found_by_values(entity, before[record]):
            found_by = {}
        by_keys[tuple(sorted({**values, **found_by}))][record] = {**values, **found_by}
    versions: dict[int, int] = {}
    for keys, rows in by_keys.items():
        try:
            with session.begin_nested():
                versions.update(update_many(session, entity, keys, rows))
        except FieldErrors as errors:
            record, by_field = _guilty(session, entity, keys, rows) or (next(iter(rows)), errors.by_field)
            raise CellErrors(entity, titles, {record: by_field}) from errors
    return versions


def _guilty(
    session: Session, entity: Entity, keys: tuple[str, ...], rows: Mapping[int, dict[str, Any]]
) -> tuple[int, dict[str, UserError]] | None:
    """Find the record for which the database refuses to store many, by storing one after the other."""
    for record, values in rows.items():
        try:
            with session.begin_nested():
                update_many(session, entity, keys, {record: values})
        except FieldErrors as errors:
            return record, errors.by_field
    return None


def _now(session: Session) -> datetime:
    """The time of the transaction, which the history gives to all that is done in it."""
    at: datetime = session.execute(sa.select(sa.func.now())).scalar_one()
    return at
