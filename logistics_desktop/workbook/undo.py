"""Take an import back."""

from __future__ import annotations

import uuid
from dataclasses import dataclass

from sqlalchemy.orm import Session

from logistics_desktop.ledger.entity import Ledgers


@dataclass(frozen=True, slots=True)
class Undone:
    """How many records were deleted, and how many went back to what they were."""

    deleted: int
    restored: int


def undo(session: Session, ledgers: Ledgers, batch: uuid.UUID) -> Undone:
    """Delete the records that an import made, and put back the cells it changed.

    Raises Refused if somebody changed one of the cells or records since, or if something else refers to a
    record it made (all are named, nothing is done), and UserError if there is no such import or it is undone already.
    """
    raise NotImplementedError
