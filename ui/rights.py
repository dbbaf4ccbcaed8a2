"""What the user may do, for the window: asked in a worker, again when somebody changed it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from logistics_desktop.features.permissions.rights import EVERYTHING, Rights
from logistics_desktop.jobs import Job
from ui.changes import Changes
from ui.tasks import Tasks

if TYPE_CHECKING:
    from logistics_desktop.context import Office

_TABLES = {"account", "account_post", "post_permission"}


def _read(office: Office, _job: Job) -> Rights:
    return office.rights()


class HeldRights(QObject):
    """The rights as they were last heard of; until they are known nothing is held back, as the database decides."""

    changed = Signal()

    def __init__(self, office: Office, tasks: Tasks, changes: Changes, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.now = EVERYTHING
        self._office = office
        self._tasks = tasks
        changes.changed.connect(self._heard)

    def read(self) -> None:
        """Ask what the user may do."""
        self._tasks.run(lambda job: _read(self._office, job), self._take, owner=self, key="rights")

    def _heard(self, tables: frozenset[str]) -> None:
        if tables & _TABLES:
            self.read()

    def _take(self, rights: Rights) -> None:
        if rights != self.now:
            self.now = rights
            self.changed.emit()
