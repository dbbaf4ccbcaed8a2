"""Which columns are on show."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtWidgets import QLineEdit, QListWidget, QListWidgetItem, QPushButton, QVBoxLayout, QWidget

from logistics_desktop.i18n import N_, _
from logistics_desktop.ledger.entity import Entity
from ui.ledger.popup import Popup
from ui.ledger.view import Column, first_view

_SIZE = (260, 420)


class ColumnsPopup(Popup):
    """A list of all fields to tick, with a search; what is ticked shows at once."""

    chosen = Signal(tuple)  # of Column

    def __init__(self, entity: Entity, columns: tuple[Column, ...], parent: QWidget) -> None:
        super().__init__(parent)
        self._entity = entity
        self._columns = columns
        self.search = QLineEdit(placeholderText=_(N_("Find a column")), clearButtonEnabled=True)
        self.list = QListWidget()
        self.list.setObjectName("plain")
        again = QPushButton(_(N_("As at the start")))
        again.setToolTip(_(N_("Show the columns, their order and widths as they were before you changed them")))
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 8, 8, 8)
        column.addWidget(self.search)
        column.addWidget(self.list, 1)
        column.addWidget(again)
        self._fill()
        self.search.textChanged.connect(self._narrow)
        self.list.itemChanged.connect(self._tick)
        again.clicked.connect(self._start_again)
        self.resize(*_SIZE)

    def open_at(self, at: QPoint) -> None:
        """Show the list with its upper right corner at a point of the screen."""
        self.open_over(at - QPoint(self.width(), 0))
        self.search.setFocus()

    def _fill(self) -> None:
        self.list.blockSignals(True)
        self.list.clear()
        for column in self._columns:
            item = QListWidgetItem(_(self._entity.by_key[column.key].label), self.list)
            item.setData(Qt.ItemDataRole.UserRole, column.key)
            item.setCheckState(Qt.CheckState.Checked if column.shown else Qt.CheckState.Unchecked)
        self.list.blockSignals(False)
        self._narrow(self.search.text())

    def _narrow(self, text: str) -> None:
        for item in self._items():
            item.setHidden(text.strip().casefold() not in item.text().casefold())

    def _tick(self, ticked: QListWidgetItem) -> None:
        shown = {i.data(Qt.ItemDataRole.UserRole) for i in self._items() if i.checkState() == Qt.CheckState.Checked}
        if not shown:  # a table without columns would show nothing to click on
            self.list.blockSignals(True)
            ticked.setCheckState(Qt.CheckState.Checked)
            self.list.blockSignals(False)
            return
        self._columns = tuple(replace(c, shown=c.key in shown) for c in self._columns)
        self.chosen.emit(self._columns)

    def _start_again(self) -> None:
        self._columns = first_view(self._entity).columns
        self._fill()
        self.chosen.emit(self._columns)

    def _items(self) -> list[QListWidgetItem]:
        return [self.list.item(row) for row in range(self.list.count())]
