"""Remembering how the user left a ledger, for each user and each database."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer

from logistics_desktop.ledger.entity import Entity
from ui.ledger import view
from ui.ledger.view import View
from ui.workspace import Workspace

_SAVE_MS = 800


class LeftView:
    """One ledger's view; saving waits until the user has stopped arranging, and is done beside the window."""

    def __init__(self, workspace: Workspace, entity: Entity, owner: QObject) -> None:
        self._workspace = workspace
        self._entity = entity
        self._name = f"ledger-{entity.key}"
        self._whose = f"{workspace.office.user}@{workspace.office.database}"
        self._owner = owner
        self._give: Callable[[], View] | None = None
        self._soon = QTimer(owner, interval=_SAVE_MS, singleShot=True)
        self._soon.timeout.connect(self._save)

    def load(self) -> View | None:
        """The view as it was left; None for whoever is here for the first time."""
        saved = self._workspace.settings.load(self._name).get(self._whose)
        return view.from_json(self._entity, saved) if isinstance(saved, dict) else None

    def save_soon(self, give: Callable[[], View]) -> None:
        """Save what `give` gives in a moment."""
        self._give = give
        self._soon.start()

    def save_now(self, shown: View) -> None:
        """Save before the screen goes."""
        self._soon.stop()
        self._write(shown)

    def _save(self) -> None:
        if self._give is not None:
            shown = self._give()
            self._workspace.tasks.run(
                lambda _job: self._write(shown), lambda _none: None, owner=self._owner, key="view"
            )

    def _write(self, shown: View) -> None:
        settings = self._workspace.settings
        settings.save(self._name, {**settings.load(self._name), self._whose: view.to_json(shown)})
