"""What the auditor found as a workbook or text: a line for each field of each change."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from logistics_desktop.context import Office
from logistics_desktop.events import note
from logistics_desktop.features.audit.reading import Entry, FieldLine, Search, everything
from logistics_desktop.i18n import N_, _
from logistics_desktop.jobs import Job
from logistics_desktop.stopping import stoppable
from logistics_desktop.workbook.outgoing import MAX_TEXT
from logistics_desktop.workbook.write import ColumnOut, SheetOut, write_table
from logistics_desktop.workbook.write_csv import write_csv

_NOTHING = FieldLine("", "", "")
_LONGEST = MAX_TEXT // 2  # a rare character counts twice


def export_log(office: Office, search: Search, path: Path, job: Job | None = None) -> int:
    """Write what `search` finds, newest first, to a `.xlsx` or `.csv` file and give the number of lines.

    The export is itself noted. Raises `UserError` if the file cannot be written or a sheet cannot hold the lines,
    `Cancelled`.
    """
    job = job or Job()

    def tell(done: int) -> None:
        job.progress(done, 0, _(N_("Writing rows")))

    with office.session() as session, stoppable(session, job):
        rows = (row for entries in everything(session, search) for entry in entries for row in _rows(entry))
        if path.suffix.lower() == ".csv":
            count = write_csv(path, _columns(), rows, tell)
        else:
            count = write_table(path, [SheetOut(_(N_("Audit log")), _columns(), rows, frozen=1)], tell)
        note(session, "exported", "audit", file=path.name, rows=count)
    return count


def _columns() -> list[ColumnOut]:
    return [
        ColumnOut(_(N_("When")), "datetime", 18),
        ColumnOut(_(N_("Who")), "code", 14),
        ColumnOut(_(N_("Action")), "text", 12),
        ColumnOut(_(N_("Ledger")), "text", 14),
        ColumnOut(_(N_("Record")), "code", 24),
        ColumnOut(_(N_("Field")), "text", 16),
        ColumnOut(_(N_("Before")), "code", 24),
        ColumnOut(_(N_("After")), "code", 24),
        ColumnOut(_(N_("Computer")), "code", 14),
        ColumnOut(_(N_("Program")), "code", 22),
        ColumnOut(_(N_("Line")), "integer", 10),
    ]


def _rows(entry: Entry) -> Iterator[list[Any]]:
    for line in entry.lines or [_NOTHING]:
        texts = (
            entry.action,
            entry.about,
            entry.record,
            line.label,
            line.before,
            line.after,
            entry.host,
            entry.program,
        )
        yield [entry.place.at, entry.who, *(text[:_LONGEST] or None for text in texts), entry.place.id]
