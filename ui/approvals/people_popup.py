"""Choosing the persons that an action is for, below its button, without leaving the keyboard."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Signal
from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget

from logistics_desktop.ledger.fields import Reference
from logistics_desktop.ledgers import LEDGERS
from ui.ledger.popup import Popup
from ui.ledger.reference_list import ReferenceList
from ui.workspace import Workspace

_SIZE = (320, 340)


class PeoplePopup(Popup):
    """One person, taken by Enter or a click; or with `several` any number, ticked and then taken by the button."""

    chosen = Signal(list)  # numbers of the persons

    def __init__(self, workspace: Workspace, title: str, parent: QWidget, *, several: bool) -> None:
        super().__init__(parent)
        self.rows = ReferenceList(workspace, LEDGERS["staff"], {} if several else None)
        self.take = QPushButton(title)
        self.take.setVisible(several)
        self.take.setEnabled(False)
        heading = QLabel(title)
        heading.setObjectName("choiceTitle")
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 8, 8, 8)
        column.addWidget(heading)
        column.addWidget(self.rows, 1)
        column.addWidget(self.take)
        self.rows.chosen.connect(self._take_one)
        self.rows.ticked.connect(lambda: self.take.setEnabled(bool(self.rows.ticks())))
        self.take.clicked.connect(self._take_ticked)

    def open_above(self, widget: QWidget) -> None:
        """Show it over the upper edge of a button, which stands near the foot of the window."""
        self.resize(*_SIZE)
        self.open_over(widget.mapToGlobal(QPoint(0, -_SIZE[1] - 2)))
        self.rows.setFocus()

    def _take_one(self, person: Reference) -> None:
        self.close()
        self.chosen.emit([person.id])

    def _take_ticked(self) -> None:
        ticked = list(self.rows.ticks())
        self.close()
        self.chosen.emit(ticked)
