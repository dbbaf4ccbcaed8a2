"""What an open window does about approvals while nobody looks: counts what waits, reminds, passes on what is late."""

from __future__ import annotations

import logging
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from logistics_desktop.i18n import N_, _
from logistics_desktop.jobs import Job
from ui.notices import Tone
from ui.workspace import Workspace

if TYPE_CHECKING:
    from logistics_desktop.context import Office
    from logistics_desktop.features.approvals.inbox import Counts

_EVERY_MS = 5 * 60_000
_TABLES = frozenset(("approval_task", "approval_copy", "approval_stand_in"))
_log = logging.getLogger(__name__)


class ApprovalWatch(QObject):
    """For as long as its window is open. Any window may pass on what is late; the database does it once."""

    waiting = Signal(int)  # how many tasks can be decided, one's own and those of whom one stands in for

    def __init__(self, workspace: Workspace, parent: QObject) -> None:
        super().__init__(parent)
        self._workspace = workspace
        self._late = 0
        self._timer = QTimer(self, interval=_EVERY_MS)
        self._timer.timeout.connect(self.look)

    def start(self) -> None:
        """Begin."""
        self._workspace.changes.changed.connect(self._hear)
        self.look()
        self._timer.start()

    def close(self) -> None:
        """End with the window."""
        self._timer.stop()

    def look(self) -> None:
        """Have what is late passed on, and count."""
        sweep = partial(_sweep, self._workspace.office)
        self._workspace.tasks.run(sweep, lambda _moved: self._count(), owner=self, key="sweep", on_error=_note)

    def _hear(self, tables: frozenset[str]) -> None:
        if not tables or tables & _TABLES:
            self._count()

    def _count(self) -> None:
        count = partial(_counts, self._workspace.office)
        self._workspace.tasks.run(count, self._show, owner=self, key="count", on_error=_note)

    def _show(self, counts: Counts) -> None:
        self.waiting.emit(counts.to_do + counts.standing_in)
        if counts.late > self._late:  # said once, and again when another one gets late
            text = N_("Late approvals that wait for you: {number}. They stand in the approval inbox, under To do.")
            self._workspace.notices.say(_(text, number=counts.late), Tone.WARNING)
        self._late = counts.late


def _sweep(office: Office, job: Job) -> int:
    from ui.approvals import work  # late, in the worker: the window opens without it

    return work.sweep(office, job)


def _counts(office: Office, job: Job) -> Counts:
    from ui.approvals import work

    return work.counts(office, job)


def _note(error: BaseException) -> None:
    """Nobody asked for this, so nobody is told of a lost connection twice."""
    _log.info("approvals could not be looked at: %s", error)
