"""A file handed in: read behind the gate, and known again by its content."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from logistics_desktop.errors import UserError
from logistics_desktop.i18n import N_
from logistics_desktop.jobs import Job
from logistics_desktop.ledger.entity import Entity
from logistics_desktop.workbook.findings import SheetFinding, WorkbookFinding
from logistics_desktop.workbook.gate import check_file, unreadable
from logistics_desktop.workbook.mapping import vocabulary
from logistics_desktop.workbook.planned import Source
from logistics_desktop.workbook.reading import read_workbook


@dataclass(frozen=True, slots=True)
class Intake:
    """A workbook that was read: its path, its SHA-256 in hex, and what is in it."""

    path: Path
    sha256: str
    workbook: WorkbookFinding

    def sheet(self, name: str | None = None) -> SheetFinding:
        """The sheet of that name, or the first that fits. Raises UserError if there is none with a table."""
        sheets = self.workbook.taken if name is None else [one for one in self.workbook.sheets if _same(one.name, name)]
        if sheets and sheets[0].columns:
            return sheets[0]
        if name is not None and not sheets:
            known = ", ".join(f"“{one.name}”" for one in self.workbook.sheets)
            raise UserError(N_("There is no sheet “{name}”; there are: {known}."), name=name, known=known)
        left = sheets or self.workbook.sheets
        reasons = "; ".join(f"“{one.name}”: {one.reason}" for one in left)
        raise UserError(N_("No table of this ledger was found. {reasons}"), reasons=reasons)

    def source(self, sheet: SheetFinding) -> Source:
        """A sheet as the source of an import."""
        return Source(self.path.name, self.sha256, sheet, self.workbook.date1904)


def take_in(
    path: Path,
    entity: Entity,
    job: Job | None = None,
    headers: Mapping[str, int] | None = None,
    remembered: Mapping[str, str] | None = None,
) -> Intake:
    """Read a workbook for a ledger.

    `headers` says in which row of which sheet the user sees the header; `remembered` are the headers that users
    explained before (`mapping.recall`). Raises UserError if the file cannot be read or is not safe, Cancelled.
    """
    check_file(path)
    try:
        with path.open("rb") as file:
            sha256 = hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        raise unreadable(path, error) from error
    check = job.check if job else None
    return Intake(path, sha256, read_workbook(path, vocabulary(entity, remembered or {}), headers, check=check))


def _same(name: str, wanted: str) -> bool:
    return name.strip() == wanted.strip()
