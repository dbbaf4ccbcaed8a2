"""The screen of the asset classes: what every ledger has, the editions side by side, the effect on depreciation."""

from __future__ import annotations

from PySide6.QtWidgets import QDialog, QWidget

from logistics_desktop.features.assets.class_ledger import CLASSES
from ui.actions import bind, make
from ui.assets.editions_dialog import EditionsDialog
from ui.depreciation.class_effect import ClassEffects
from ui.ledger.screen import LedgerScreen
from ui.workspace import Workspace


class ClassesScreen(LedgerScreen):
    """The ledger of classes with the map between editions."""

    def __init__(self, workspace: Workspace, parent: QWidget | None = None) -> None:
        super().__init__(workspace, CLASSES, parent)
        self.editions = bind(make("editions", self, self.show_editions), self, inside=True)
        self.effects = ClassEffects(workspace, self.panel, self)
        self.effect = bind(make("class_effect", self, self.effects.show), self, inside=True)
        self.toolbar.insertAction(self.toolbar.columns, self.editions)
        self.toolbar.insertAction(self.toolbar.columns, self.effect)

    def show_editions(self) -> QDialog:
        """Show two editions side by side."""
        dialog = EditionsDialog(self.workspace, self)
        dialog.open()
        return dialog
