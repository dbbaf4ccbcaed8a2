"""What the auditor's screen asks the database, each for a worker."""

from __future__ import annotations

from pathlib import Path

from logistics_desktop.context import Office
from logistics_desktop.features.audit import checking, reading
from logistics_desktop.features.audit.checking import Checked, State
from logistics_desktop.features.audit.exporting import export_log
from logistics_desktop.features.audit.reading import Entry, Place, Search
from logistics_desktop.jobs import Job
from logistics_desktop.stopping import stoppable


def page(office: Office, search: Search, after: Place | None, job: Job) -> list[Entry]:
    """The next entries of a search."""
    with office.session() as session, stoppable(session, job):
        return reading.page(session, search, after)


def people(office: Office, _job: Job) -> list[tuple[str, str]]:
    """Everybody in the log, with names."""
    with office.session() as session:
        return reading.people(session)


def state(office: Office, _job: Job) -> State:
    """How far the log is sealed."""
    return checking.state(office)


def check(office: Office, known_head: str, job: Job) -> Checked:
    """Compare the log with its seals."""
    return checking.check(office, known_head or None, job)


def export(office: Office, search: Search, path: Path, job: Job) -> int:
    """Write what a search finds to a file."""
    return export_log(office, search, path, job)
