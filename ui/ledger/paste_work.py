"""What pasting has done in workers: reading the clipboard, checking, storing."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from typing import Any

from logistics_desktop.collecting import uncollected
from logistics_desktop.context import Office
from logistics_desktop.jobs import Job
from logistics_desktop.ledger.batch_steps import step_of
from logistics_desktop.ledger.edits import Step
from logistics_desktop.ledger.entity import Entity
from logistics_desktop.ledgers import LEDGERS
from logistics_desktop.workbook.apply import Applied
from logistics_desktop.workbook.pasting import Pasted, plan_paste, read_block, store_paste
from logistics_desktop.workbook.planned import Options, Outcome
from ui.ledger.importing.work import Checked, checked_of


@dataclass(frozen=True, slots=True)
class Stored:
    """What was pasted, and how it is undone."""

    applied: Applied
    step: Step


@dataclass(frozen=True, slots=True)
class Choices:
    """What the user decides about a block: do empty cells clear, are new rows made, are unknown names made records."""

    clear: bool = True
    new_rows: bool = True
    names: bool = False


def read(text: str, _job: Job) -> list[tuple[str, ...]]:
    """Give the columns of the text on the clipboard."""
    with uncollected():
        return read_block(text)


def check(office: Office, entity: Entity, pasted: Pasted, choices: Choices, job: Job) -> Checked:
    """Say what pasting would do."""
    if not choices.new_rows:
        pasted = _without_new(pasted)
    options = Options(clear=frozenset(pasted.columns) if choices.clear else frozenset(), create_missing=choices.names)
    with uncollected():
        with office.session() as session:
            plan = plan_paste(session, LEDGERS, entity, pasted, options, job)
        return checked_of(plan)


def store(office: Office, checked: Checked, batch: uuid.UUID, job: Job) -> Stored:
    """Store everything, or nothing. The same `batch` is not stored a second time."""
    plan = checked.plan
    before = {
        plan.existing[place].id: {cell.key: cell.before for cell in cells} for place, cells in plan.changes.items()
    }

    def work(session: Any) -> Stored:
        applied = store_paste(session, LEDGERS, plan, batch, job)
        session.flush()
        return Stored(applied, step_of(session, LEDGERS, plan.entity, batch, before, len(before)))

    with uncollected():
        return office.save(work, request=batch, job=job)


def cells_changed(checked: Checked) -> int:
    """How many cells of known rows get another value."""
    return sum(map(len, checked.plan.changes.values()))


def is_one_change(checked: Checked) -> bool:
    """Whether it is one cell of one row, about which nothing is to be said."""
    plan = checked.plan
    return len(plan.keys) == 1 and len(plan.outcomes) == 1 and not checked.problems and not checked.places[Outcome.NEW]


def _without_new(pasted: Pasted) -> Pasted:
    known = sum(record is not None for record in pasted.records)
    columns = {key: column[:known] for key, column in pasted.columns.items()}
    return Pasted(columns, pasted.records[:known], pasted.rows[:known])
