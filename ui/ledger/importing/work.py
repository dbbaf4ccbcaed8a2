"""What the assistant has done in workers: reading, checking, storing, undoing."""

from __future__ import annotations

import uuid
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

from logistics_desktop.collecting import uncollected
from logistics_desktop.context import Office
from logistics_desktop.jobs import Job
from logistics_desktop.ledger.entity import Entity
from logistics_desktop.ledgers import LEDGERS
from logistics_desktop.workbook.annotate import annotate
from logistics_desktop.workbook.apply import Applied, apply, refusals
from logistics_desktop.workbook.batches import Batch, batches
from logistics_desktop.workbook.intake import Intake, take_in
from logistics_desktop.workbook.mapping import recall
from logistics_desktop.workbook.plan import make_plan
from logistics_desktop.workbook.planned import CellProblem, Options, Outcome, Plan, Source
from logistics_desktop.workbook.preview import Preview
from logistics_desktop.workbook.undo import Undone, undo


@dataclass(frozen=True, slots=True)
class Checked:
    """A plan with what the window asks of it, worked out beside the window.

    `refused` are the rows that would be left out, with the reasons; `places` the rows of each fate; `problems` the
    errors and remarks in the order of the sheet; `empties` the keys of columns with a blank in a row that is known;
    `good` how many rows would change the ledger if the refused ones are left out.
    """

    plan: Plan
    preview: Preview
    refused: Mapping[int, str]
    places: Mapping[Outcome, Sequence[int]]
    problems: Sequence[CellProblem]
    empties: frozenset[str]
    good: int


@dataclass(frozen=True, slots=True)
class Stored:
    """What an import did, and the file with the refused rows where one was asked for."""

    applied: Applied
    returned: Path | None = None


def read(office: Office, path: Path, entity: Entity, headers: Mapping[str, int] | None, job: Job) -> Intake:
    """Read a workbook; `headers` says where the user sees the header."""
    with office.session() as session:
        remembered = recall(session, entity)
    with uncollected():
        return take_in(path, entity, job, headers, remembered)


def check(office: Office, entity: Entity, source: Source, options: Options, job: Job) -> Checked:
    """Say what an import would do."""
    with uncollected():
        with office.session() as session:
            plan = make_plan(session, LEDGERS, entity, source, options, job)
        return checked_of(plan)


def checked_of(plan: Plan) -> Checked:
    """Work out what the window asks of a plan."""
    problems = sorted((*plan.errors, *plan.remarks), key=lambda one: one.row)
    places = {outcome: plan.positions(outcome) for outcome in Outcome}
    refused = refusals(LEDGERS, plan)
    changing = chain(places[Outcome.NEW], places[Outcome.CHANGED])
    good = sum(plan.row_numbers[place] not in refused for place in changing)
    return Checked(plan, Preview(LEDGERS, plan), refused, places, problems, _empties(plan), good)


def store(office: Office, checked: Checked, batch: uuid.UUID, job: Job) -> Stored:
    """Store everything. The same `batch` a second time is harmless."""
    with uncollected():
        return Stored(office.save(lambda session: apply(session, LEDGERS, checked.plan, batch, job=job), job=job))


def store_good(office: Office, checked: Checked, batch: uuid.UUID, file: Path, target: Path, job: Job) -> Stored:
    """Save the user's file with what is wrong, then store the good rows: a file that cannot be saved stops both."""
    sheet = checked.plan.source.sheet
    returned = annotate(file, target, sheet.name, sheet.header_rows[-1], checked.refused)
    with uncollected():
        applied = office.save(
            lambda session: apply(session, LEDGERS, checked.plan, batch, good_rows=True, job=job), job=job
        )
        return Stored(applied, returned.path)


def take_back(office: Office, batch: uuid.UUID, job: Job) -> Undone:
    """Undo an import."""
    return office.save(lambda session: undo(session, LEDGERS, batch, job), job=job)


def past(office: Office, entity: Entity, _job: Job) -> list[Batch]:
    """The latest imports of a ledger, newest first."""
    with office.session() as session:
        return batches(session, entity.key)


def _empties(plan: Plan) -> frozenset[str]:
    blank = Counter(key for key in plan.keys for place in plan.existing if plan.values[key][place] is None)
    return frozenset(key for key in blank if plan.entity.by_key[key].nullable)
