"""All rows of another ledger to choose from, below the field that asks for one."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QPoint, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from logistics_desktop.ledger.entity import Entity
from logistics_desktop.ledger.fields import Reference
from ui.ledger.popup import Popup
from ui.ledger.reference_list import ReferenceList
from ui.ledger.reference_tree import ReferenceTree
from ui.workspace import Workspace

_HEIGHT = 340
_NARROWEST = 280


def reference_rows(
    workspace: Workspace, target: Entity, checks: Mapping[int, str] | None = None
) -> ReferenceList | ReferenceTree:
    """The list or the tree of a ledger, by what it is."""
    return (ReferenceTree if target.parent else ReferenceList)(workspace, target, checks)


class ReferencePopup(Popup):
    """The list or tree below a field."""

    chosen = Signal(object)  # Reference

    def __init__(self, workspace: Workspace, target: Entity, parent: QWidget) -> None:
        super().__init__(parent)
        self.rows = reference_rows(workspace, target)
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 8, 8, 8)
        column.addWidget(self.rows)
        self.rows.chosen.connect(self._take)

    def open_at(self, at: QPoint, width: int) -> None:
        """Show it with its upper left corner at a point of the screen."""
        self.resize(max(width, _NARROWEST), _HEIGHT)
        self.open_over(at)
        self.rows.setFocus()

    def _take(self, reference: Reference) -> None:
        self.close()
        self.chosen.emit(reference)
