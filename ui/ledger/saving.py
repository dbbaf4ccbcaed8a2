"""One record read, saved and deleted, each in a worker and in one unit of work."""

from __future__ import annotations

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
from ui.ledger.reading import Block, Reader


@dataclass(frozen=True, slots=True)
class Doomed:
    """A record that is to be deleted, as the user saw it."""

    id: int
    version: int


def read(office: Office, entity: Entity, record: int, _job: Job) -> Record:
    """Give the record as it is stored."""
    with office.session() as session:
        return records.read(session, LEDGERS, entity, record)


def create(office: Office, entity: Entity, values: dict[str, Any], _job: Job) -> Record:
    """Store a new record and give it as it is stored."""
    with office.session() as session:
        record = records.create(session, entity, values)
        session.flush()
        return records.read(session, LEDGERS, entity, record)


def update(office: Office, entity: Entity, before: Record, changes: dict[str, Any], _job: Job) -> Record:
    """Store the changes and give the record as it is stored. Raises Conflict where somebody was faster."""
    with office.session() as session:
        records.update(session, LEDGERS, entity, before.id, before.version, changes)
        session.flush()
        return records.read(session, LEDGERS, entity, before.id)


def delete(office: Office, entity: Entity, doomed: Iterable[Doomed], job: Job) -> int:
    """Delete the records, all or none, and give their number. Raises Refused where one is still referred to."""
    count = 0
    with office.session() as session:
        for each in doomed:
            job.check()
            records.delete(session, LEDGERS, entity, each.id, each.version)
            count += 1
    return count


@dataclass(frozen=True, slots=True)
class SaveCell:
    """Stores an edit of one record and gives the step and the row as it is then."""

    reader: Reader
    edit: Edit

    def __call__(self, job: Job) -> tuple[Step, Block]:
        """Raises what `edits.apply` does."""
        with self.reader.office.session() as session:
            step = edits.apply(session, LEDGERS, self.reader.entity, [self.edit])
        return step, self.reader.some(array("q", [self.edit.record]), job)


def fill(office: Office, entity: Entity, keys: Sequence[str], ids: Sequence[int], _job: Job) -> Step:
    """Give the records the values of the first in the fields `keys`."""
    with office.session() as session:
        return edits.fill(session, LEDGERS, entity, keys, ids)
