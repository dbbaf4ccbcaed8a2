"""The screen of the asset classes: what every ledger has, and the editions side by side."""

from __future__ import annotations

from PySide6.QtWidgets import QDialog, QWidget

from logistics_desktop.features.assets.entities import CLASSES
from ui.actions import bind, make
from ui.assets.editions_dialog import EditionsDialog
from ui.ledger.screen import LedgerScreen
from ui.workspace import Workspace


class ClassesScreen(LedgerScreen):
    """The ledger of classes with the map between editions."""

    def __init__(self, workspace: Workspace, parent: QWidget | None = None) -> None:
        super().__init__(workspace, CLASSES, parent)
        self.editions = bind(make("editions", self, self.show_editions), self, inside=True)
        self.toolbar.insertAction(self.toolbar.columns, self.editions)

    def show_editions(self) -> QDialog:
        """Show two editions side by side."""
        dialog = EditionsDialog(self.workspace, self)
        dialog.open()
        return dialog
