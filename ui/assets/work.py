"""What the dialogs of cards and classes have done in workers, each in one unit of work."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from logistics_desktop import operations
from logistics_desktop.context import Office
from logistics_desktop.features.assets import cards, classes, numbering
from logistics_desktop.features.assets.asset_ledger import ASSETS
from logistics_desktop.features.assets.cards import Card, Made, Merger
from logistics_desktop.features.assets.classes import Editions, Moved
from logistics_desktop.features.assets.handover import Sheet, sheet_of, write_sheet
from logistics_desktop.jobs import Job
from logistics_desktop.ledger import records
from logistics_desktop.ledger.fields import Reference
from logistics_desktop.ledger.records import Record
from logistics_desktop.ledgers import LEDGERS
from logistics_desktop.operations import Step
from logistics_desktop.workbook.undo import Undone


def read(office: Office, asset: int, _job: Job) -> tuple[Record, str]:
    """An asset, and an example of a number by the rule in force."""
    with office.session() as session:
        return records.read(session, LEDGERS, ASSETS, asset), numbering.read_rule(session).example(date.today())  # noqa: DTZ011 - the user's own day


def split(office: Office, card: Card, quantities: Sequence[Decimal], numbered: bool, job: Job) -> Made:
    """Split a row into cards."""
    return office.save(
        lambda session: cards.split_asset(session, LEDGERS, card, quantities, numbered=numbered, job=job), job=job
    )


def create(
    office: Office, values: Mapping[str, Any], quantities: Sequence[Decimal], together: bool, numbered: bool, job: Job
) -> Made:
    """Make many cards from one entry."""
    return office.save(
        lambda session: cards.create_cards(session, values, quantities, together=together, numbered=numbered, job=job),
        job=job,
    )


def plan_merge(office: Office, ids: Sequence[int], keep: int, _job: Job) -> Merger:
    """Say what would become of cards that are to be one row."""
    with office.session() as session:
        return cards.plan_merge(session, LEDGERS, ids, keep)


def merge(office: Office, merger: Merger, job: Job) -> Made:
    """Make one row of them."""
    return office.save(lambda session: cards.merge_cards(session, LEDGERS, merger.cards, merger.keep), job=job)


def give_numbers(office: Office, ids: Sequence[int], job: Job) -> Made:
    """Give numbers to those that have none."""
    return office.save(lambda session: cards.give_numbers(session, ids), job=job)


def waiting(office: Office, _job: Job) -> dict[str, int]:
    """How many assets lack what."""
    with office.session() as session:
        return cards.waiting(session)


def rule(office: Office, _job: Job) -> str:
    """The rule for numbers."""
    with office.session() as session:
        return numbering.read_rule(session).text


def write_rule(office: Office, text: str, job: Job) -> str:
    """Change the rule for numbers."""
    return office.save(lambda session: numbering.write_rule(session, text).text, job=job)


def steps(office: Office, _job: Job) -> list[Step]:
    """The latest steps on the assets."""
    with office.session() as session:
        return operations.steps(session, ASSETS.key)


def take_back(office: Office, step: uuid.UUID, job: Job) -> Undone:
    """Take a step back."""
    return office.save(lambda session: operations.undo(session, LEDGERS, step), job=job)


def keeper(office: Office, asset: int, _job: Job) -> Reference | None:
    """In whose name an asset is."""
    with office.session() as session:
        found: Reference | None = records.read(session, LEDGERS, ASSETS, asset).values["keeper_id"]
        return found


def handover(office: Office, person: int, taker: str, _job: Job) -> Sheet:
    """Everything in a person's name."""
    with office.session() as session:
        return sheet_of(session, LEDGERS, person, taker, date.today())  # noqa: DTZ011 - the user's own day


def write_handover(sheet: Sheet, path: Path, _job: Job) -> Path:
    """Save the sheet as a workbook."""
    write_sheet(sheet, path)
    return path


def editions(office: Office, _job: Job) -> list[str]:
    """The editions of the class table."""
    with office.session() as session:
        return classes.editions(session)


def side_by_side(office: Office, old: str, new: str, _job: Job) -> Editions:
    """Two editions and the map between them."""
    with office.session() as session:
        return classes.side_by_side(session, old, new)


def keep_map(office: Office, old: str, new: str, pairs: Mapping[int, int | None], job: Job) -> Editions:
    """Keep lines of the map and give what is kept now."""
    office.save(lambda session: classes.keep_map(session, new, pairs), job=job)
    return side_by_side(office, old, new, job)


def move(office: Office, old: str, new: str, job: Job) -> Moved:
    """Move the assets of one edition to the other."""
    return office.save(lambda session: classes.move_assets(session, old, new), job=job)
