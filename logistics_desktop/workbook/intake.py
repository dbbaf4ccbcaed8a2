"""A file handed in: read behind the gate, and known again by its content."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from logistics_desktop.jobs import Job
from logistics_desktop.ledger.entity import Entity
from logistics_desktop.workbook.findings import SheetFinding, WorkbookFinding
from logistics_desktop.workbook.planned import Source


@dataclass(frozen=True, slots=True)
class Intake:
    """A workbook that was read: its path, its SHA-256 in hex, and what is in it."""

    path: Path
    sha256: str
    workbook: WorkbookFinding

    def source(self, sheet: SheetFinding) -> Source:
        """The sheet as the source of an import."""
        return Source(self.path.name, self.sha256, sheet, self.workbook.date1904)


def take_in(path: Path, entity: Entity, job: Job | None = None) -> Intake:
    """Read a workbook for a ledger. Raises UserError if it cannot be read or is not safe, Cancelled."""
    raise NotImplementedError
