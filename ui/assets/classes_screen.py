"""The screen of the asset classes: what every ledger has, and the editions side by side."""

from __future__ import annotations

from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QDialog, QWidget

from logistics_desktop.features.assets.entities import CLASSES
from logistics_desktop.i18n import N_, _
from ui.assets.editions_dialog import EditionsDialog
from ui.ledger.screen import LedgerScreen
from ui.theme import icon
from ui.workspace import Workspace


class ClassesScreen(LedgerScreen):
    """The ledger of classes with the map between editions."""

    def __init__(self, workspace: Workspace, parent: QWidget | None = None) -> None:
        super().__init__(workspace, CLASSES, parent)
        self.editions = QAction(icon("tree"), _(N_("Editions …")), self)
        self.editions.setShortcut(QKeySequence("Ctrl+Shift+E"))
        self.editions.triggered.connect(lambda _checked=False: self.show_editions())
        self.toolbar.insertAction(self.toolbar.columns, self.editions)

    def show_editions(self) -> QDialog:
        """Show two editions side by side."""
        dialog = EditionsDialog(self.workspace, self)
        dialog.open()
        return dialog
