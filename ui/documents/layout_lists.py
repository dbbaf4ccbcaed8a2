"""The lists of the layout dialog: what stands on the paper and in which order, and the boxes for signatures."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QHBoxLayout,
    QPushButton,
    QSpinBox,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from logistics_desktop.features.documents.layouts import BY_HAND, SOURCES, Column, Signature
from logistics_desktop.i18n import N_, _
from ui.spin_box import SpinBox

_KEY = int(Qt.ItemDataRole.UserRole)
_WIDEST = 100
_NAME_WIDTH = 190


class OrderedTable(QWidget):
    """Rows that can be moved up and down; `changed` comes after every change."""

    changed = Signal()

    def __init__(self, heads: Sequence[str], name: str) -> None:
        super().__init__()
        self.table = QTableWidget(0, len(heads))
        self.table.setAccessibleName(name)
        self.table.setHorizontalHeaderLabels(list(heads))
        self.table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.table.verticalHeader().hide()
        self.table.horizontalHeader().setStretchLastSection(True)
        self.table.setColumnWidth(0, _NAME_WIDTH)
        self.up = QPushButton(_(N_("Up")), autoDefault=False)
        self.down = QPushButton(_(N_("Down")), autoDefault=False)
        self.buttons = QHBoxLayout()
        self.buttons.addWidget(self.up)
        self.buttons.addWidget(self.down)
        self.buttons.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.table, 1)
        column.addLayout(self.buttons)
        self.up.clicked.connect(lambda: self.move_row(-1))
        self.down.clicked.connect(lambda: self.move_row(1))
        self.table.itemChanged.connect(lambda _item: self.changed.emit())

    def move_row(self, by: int) -> None:
        """Move the current row."""
        row = self.table.currentRow()
        to = row + by
        if row < 0 or not 0 <= to < self.table.rowCount():
            return
        rows = self.rows()
        rows.insert(to, rows.pop(row))
        self.show_rows(rows)
        self.table.selectRow(to)
        self.changed.emit()

    def rows(self) -> list[tuple[object, ...]]:
        """What `show_rows` takes."""
        raise NotImplementedError

    def show_rows(self, rows: Sequence[tuple[object, ...]]) -> None:
        """Show these rows."""
        raise NotImplementedError


class TickedTable(OrderedTable):
    """Things by key that are on the paper where they are ticked; `widths` adds the column of the shares."""

    def __init__(self, name: str, *, widths: bool) -> None:
        super().__init__([_(N_("On the paper")), *([_(N_("Width"))] if widths else [])], name)
        self._widths = widths
        self._labels: Mapping[str, str] = {}

    def offer(self, labels: Mapping[str, str], chosen: Sequence[Column]) -> None:
        """Show all of `labels` (message ids by key), those `chosen` first and ticked."""
        self._labels = labels
        known = {one.key for one in chosen}
        rest = [(key, False, Column(key).width) for key in labels if key not in known]
        self.show_rows([*((one.key, True, one.width) for one in chosen), *rest])

    def chosen(self) -> tuple[Column, ...]:
        """What is ticked, in order."""
        return tuple(Column(str(key), int(str(width))) for key, on, width in self.rows() if on)

    def tick(self, key: str, *, on: bool) -> None:
        """Put something on the paper, or take it off."""
        for row in range(self.table.rowCount()):
            item = self.table.item(row, 0)
            if item is not None and item.data(_KEY) == key:
                item.setCheckState(Qt.CheckState.Checked if on else Qt.CheckState.Unchecked)

    def rows(self) -> list[tuple[object, ...]]:
        """Key, whether it is ticked, and width."""
        found: list[tuple[object, ...]] = []
        for row in range(self.table.rowCount()):
            item, box = self.table.item(row, 0), self.table.cellWidget(row, 1)
            if item is not None:
                width = box.value() if isinstance(box, QSpinBox) else Column("").width
                found.append((item.data(_KEY), item.checkState() is Qt.CheckState.Checked, width))
        return found

    def show_rows(self, rows: Sequence[tuple[object, ...]]) -> None:
        """Show these."""
        self.table.blockSignals(True)
        self.table.setRowCount(len(rows))
        for row, (key, on, width) in enumerate(rows):
            item = QTableWidgetItem(_(self._labels[str(key)]))
            item.setData(_KEY, key)
            item.setFlags(Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsUserCheckable)
            item.setCheckState(Qt.CheckState.Checked if on else Qt.CheckState.Unchecked)
            self.table.setItem(row, 0, item)
            if self._widths:
                box = SpinBox(minimum=1, maximum=_WIDEST, value=int(str(width)))
                box.valueChanged.connect(lambda _value: self.changed.emit())
                self.table.setCellWidget(row, 1, box)
        self.table.blockSignals(False)


class SignatureTable(OrderedTable):
    """The boxes for signatures: what stands in them, and whose they are."""

    def __init__(self) -> None:
        super().__init__([_(N_("Text in the box")), _(N_("Signed by"))], _(N_("Signatures")))
        self.add = QPushButton(_(N_("Add")), autoDefault=False)
        self.remove = QPushButton(_(N_("Remove")), autoDefault=False)
        self.buttons.addWidget(self.add)
        self.buttons.addWidget(self.remove)
        self.add.clicked.connect(self._add)
        self.remove.clicked.connect(self._remove)

    def offer(self, chosen: Sequence[Signature]) -> None:
        """Show these boxes."""
        self.show_rows([(one.label, one.source) for one in chosen])

    def chosen(self) -> tuple[Signature, ...]:
        """The boxes as they stand here."""
        return tuple(Signature(str(label), str(source)) for label, source in self.rows())

    def rows(self) -> list[tuple[object, ...]]:
        """Label and source."""
        found: list[tuple[object, ...]] = []
        for row in range(self.table.rowCount()):
            item, box = self.table.item(row, 0), self.table.cellWidget(row, 1)
            assert item is not None
            assert isinstance(box, QComboBox)
            found.append((item.text().strip(), box.currentData()))
        return found

    def show_rows(self, rows: Sequence[tuple[object, ...]]) -> None:
        """Show these."""
        self.table.blockSignals(True)
        self.table.setRowCount(len(rows))
        for row, (label, source) in enumerate(rows):
            self.table.setItem(row, 0, QTableWidgetItem(str(label)))
            box = QComboBox()
            for key, text in SOURCES.items():
                box.addItem(_(text), key)
            box.setCurrentIndex(box.findData(source))
            box.activated.connect(lambda _at: self.changed.emit())
            self.table.setCellWidget(row, 1, box)
        self.table.blockSignals(False)

    def _add(self) -> None:
        self.show_rows([*self.rows(), ("", BY_HAND)])
        self.table.selectRow(self.table.rowCount() - 1)
        self.changed.emit()

    def _remove(self) -> None:
        row = self.table.currentRow()
        if row >= 0:
            rows = self.rows()
            del rows[row]
            self.show_rows(rows)
            self.changed.emit()
