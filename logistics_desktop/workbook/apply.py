"""Do what a plan says, all of it or nothing."""

from __future__ import annotations

import uuid
from dataclasses import dataclass

from sqlalchemy.orm import Session

from logistics_desktop.jobs import Job
from logistics_desktop.ledger.entity import Ledgers
from logistics_desktop.workbook.planned import Plan


@dataclass(frozen=True, slots=True)
class Applied:
    """What an import did; `created` counts the records made on the way, by ledger key.

    `refused` are the rows left out, by their number in the sheet, with all that is wrong in words.
    """

    batch: uuid.UUID
    new: int
    changed: int
    unchanged: int
    refused: dict[int, str]
    created: dict[str, int]


def apply(
    session: Session, ledgers: Ledgers, plan: Plan, batch: uuid.UUID, *, good_rows: bool = False, job: Job | None = None
) -> Applied:
    """Store a plan in the transaction of `session`; `batch` is made by the caller, and a second call with it is harmless.

    Raises UserError if rows are refused or names undecided and not only the `good_rows` are wanted, Conflict
    if somebody changed one of the records since the plan was made, Cancelled. Nothing is stored then.
    """
    raise NotImplementedError
