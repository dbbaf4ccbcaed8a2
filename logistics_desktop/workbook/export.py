"""A list as it is shown, and an empty template, as a workbook."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from sqlalchemy.orm import Session

from logistics_desktop.jobs import Job
from logistics_desktop.ledger.entity import Entity, Ledgers
from logistics_desktop.ledger.filters import Query


def export_list(
    session: Session,
    ledgers: Ledgers,
    entity: Entity,
    query: Query,
    keys: Sequence[str],
    path: Path,
    job: Job | None = None,
) -> int:
    """Write the rows that `query` finds, in its order, with the columns `keys`; `.csv` or `.xlsx` by the name of `path`.

    Gives the number of rows. Raises UserError if the file cannot be written, Cancelled.
    """
    raise NotImplementedError


def write_template_for(session: Session, ledgers: Ledgers, entity: Entity, path: Path) -> None:
    """Write an empty workbook for this ledger: headers, notes, and lists of choices and of known names.

    Raises UserError if the file cannot be written.
    """
    raise NotImplementedError
