"""The imports that were applied, as a list to choose from."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from db.models.history import ImportBatch


@dataclass(frozen=True, slots=True)
class Batch:
    """One import: what it was, who did it when, how many rows it touched, and whether it was undone."""

    id: uuid.UUID
    at: datetime
    who: str
    ledger: str
    file_name: str
    sheet: str
    new: int
    changed: int
    unchanged: int
    refused: int
    undone_at: datetime | None
    undone_by: str | None


def batches(session: Session, ledger: str | None = None, limit: int = 200) -> list[Batch]:
    """The latest imports, newest first; of one ledger where it is named."""
    wanted = sa.true() if ledger is None else ImportBatch.ledger == ledger
    return _read(session, wanted, limit)


def of_file(session: Session, ledger: str, sha256: str, sheet: str) -> list[Batch]:
    """The imports of the same bytes that still stand, newest first."""
    same = sa.and_(ImportBatch.ledger == ledger, ImportBatch.sha256 == sha256, ImportBatch.sheet == sheet)
    return _read(session, sa.and_(same, ImportBatch.undone_at.is_(None)), 20)


def _read(session: Session, wanted: sa.ColumnElement[bool], limit: int) -> list[Batch]:
    columns = [getattr(ImportBatch, name) for name in Batch.__dataclass_fields__]
    order = (ImportBatch.at.desc(), ImportBatch.id)
    return [Batch(*row) for row in session.execute(sa.select(*columns).where(wanted).order_by(*order).limit(limit))]
