"""Seals the log now and then while a window is open: whoever works, the log does not stay open for long."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

from logistics_desktop.jobs import Job
from ui.tasks import Tasks

if TYPE_CHECKING:
    from logistics_desktop.context import Office

_EVERY_MS = 5 * 60_000

_log = logging.getLogger(__name__)


class Sealer(QObject):
    """Asks the database to seal, in a worker, until it is stopped."""

    def __init__(self, office: Office, tasks: Tasks, parent: QObject) -> None:
        super().__init__(parent)
        self._office = office
        self._tasks = tasks
        self._timer = QTimer(self, interval=_EVERY_MS)
        self._timer.timeout.connect(self.seal)
        self._timer.start()

    def seal(self) -> None:
        """Seal what is new."""
        self._tasks.run(self._work, lambda _lines: None, owner=self, key="seal", on_error=_say)

    def stop(self) -> None:
        """Seal no more."""
        self._timer.stop()

    def _work(self, job: Job) -> int:
        from logistics_desktop.features.audit.checking import seal_all

        return seal_all(self._office, job)


def _say(error: BaseException) -> None:
    """The next window, or this one in five minutes, seals what was left: nobody needs to be told."""
    _log.info("the log was not sealed: %s", error)
