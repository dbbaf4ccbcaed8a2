"""One record read, saved and deleted, each in a worker and in one unit of work."""

from __future__ import annotations

import uuid
from array import array
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from logistics_desktop.context import Office
from logistics_desktop.jobs import Job
from logistics_desktop.ledger import edits, records
from logistics_desktop.ledger.edits import Edit, Step
from logistics_desktop.ledger.entity import Entity
from logistics_desktop.ledger.records import Record
from logistics_desktop.ledgers import LEDGERS
from logistics_desktop.requests import AlreadyStored
from ui.ledger.reading import Block, Reader

_FIRST_VERSION = 1


@dataclass(frozen=True, slots=True)
class Doomed:
    """A record that is to be deleted, as the user saw it."""

    id: int
    version: int


def read(office: Office, entity: Entity, record: int, _job: Job) -> Record:
    """Give the record as it is stored."""
    with office.session() as session:
        return records.read(session, LEDGERS, entity, record)


def create(office: Office, entity: Entity, values: dict[str, Any], request: uuid.UUID, job: Job) -> Record:
    """Store a new record and give it as it is stored.

    Where an attempt before was stored without anybody hearing of it, what was typed since is added to that record.
    """
    try:
        made = office.save(lambda session: records.create(session, entity, values), request=request, job=job)
    except AlreadyStored as done:
        if done.number is None:
            raise
        made = done.number
        office.save(lambda session: records.update(session, LEDGERS, entity, made, _FIRST_VERSION, values), job=job)
    return read(office, entity, made, job)


def update(office: Office, entity: Entity, before: Record, changes: dict[str, Any], job: Job) -> Record:
    """Store the changes and give the record as it is stored. Raises Conflict where somebody was faster."""
    office.save(lambda session: records.update(session, LEDGERS, entity, before.id, before.version, changes), job=job)
    return read(office, entity, before.id, job)


def delete(office: Office, entity: Entity, doomed: Iterable[Doomed], job: Job) -> int:
    """Delete the records, all or none, and give their number. Raises Refused where one is still referred to."""
    versions = {each.id: each.version for each in doomed}
    office.save(lambda session: records.delete_all(session, LEDGERS, entity, versions, job), job=job)
    return len(versions)


@dataclass(frozen=True, slots=True)
class SaveCell:
    """Stores an edit of one record and gives the step and the row as it is then."""

    reader: Reader
    edit: Edit

    def __call__(self, job: Job) -> tuple[Step, Block]:
        """Raises what `edits.apply` does."""
        entity = self.reader.entity
        step = self.reader.office.save(lambda session: edits.apply(session, LEDGERS, entity, [self.edit]), job=job)
        return step, self.reader.some(array("q", [self.edit.record]), job)


def fill(office: Office, entity: Entity, keys: Sequence[str], ids: Sequence[int], job: Job) -> Step:
    """Give the records the values of the first in the fields `keys`."""
    return office.save(lambda session: edits.fill(session, LEDGERS, entity, keys, ids), job=job)
