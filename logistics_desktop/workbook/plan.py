"""From a sheet to a plan: what an import would do."""

from __future__ import annotations

from sqlalchemy.orm import Session

from logistics_desktop.jobs import Job
from logistics_desktop.ledger.entity import Entity, Ledgers
from logistics_desktop.workbook.planned import Options, Plan, Source


def make_plan(
    session: Session, ledgers: Ledgers, entity: Entity, source: Source, options: Options, job: Job | None = None
) -> Plan:
    """Say what an import would do, without doing it; call it again when the user changes `options`.

    Raises Cancelled.
    """
    raise NotImplementedError
