"""What an open window does for the safety of accounts: it locks itself, and has guessed passwords noticed."""

from __future__ import annotations

import logging
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

from logistics_desktop.jobs import Job
from ui.idle_lock import IdleLock
from ui.workspace import Workspace

if TYPE_CHECKING:
    from logistics_desktop.context import Office

_EVERY_MS = 60_000
_log = logging.getLogger(__name__)


class Guard(QObject):
    """For as long as its window is open, where the user has a password."""

    def __init__(self, workspace: Workspace, parent: QObject) -> None:
        super().__init__(parent)
        self._workspace = workspace
        self.lock = IdleLock(workspace.office, workspace.tasks, self)
        self._timer = QTimer(self, interval=_EVERY_MS)
        self._timer.timeout.connect(self._look)

    def start(self) -> None:
        """Begin, if the user has a password."""
        if self._workspace.office.asks_password:
            self._workspace.changes.changed.connect(self._hear)
            self._read_rules()
            self._timer.start()

    def close(self) -> None:
        """End with the window."""
        self._timer.stop()
        self.lock.close()

    def _hear(self, tables: frozenset[str]) -> None:
        if "setting" in tables:
            self._read_rules()

    def _read_rules(self) -> None:
        do = partial(_lock_after, self._workspace.office)
        self._workspace.tasks.run(do, self.lock.set_minutes, owner=self, key="rules", on_error=_note)

    def _look(self) -> None:
        do = partial(_lock_guessed, self._workspace.office)
        self._workspace.tasks.run(do, _nothing, owner=self, key="look", on_error=_note)


def _nothing(_value: object) -> None:
    """Who was locked out is seen on the screen of users."""


def _note(error: BaseException) -> None:
    """Nobody asked for this, so nobody is told of a lost connection twice."""
    _log.info("the guard could not look: %s", error)


def _lock_after(office: Office, _job: Job) -> int:
    from logistics_desktop import organisation

    with office.session() as session:
        return organisation.read(session, organisation.LOCK_AFTER_MINUTES)


def _lock_guessed(office: Office, _job: Job) -> int | None:
    from logistics_desktop.features.users import accounts

    with office.session() as session:
        return accounts.lock_guessed(session)
