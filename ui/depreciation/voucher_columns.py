"""The columns of a layout of vouchers: what each holds, what it is called, and their order."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QHBoxLayout,
    QHeaderView,
    QPushButton,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from logistics_desktop.features.depreciation.voucher.layout import LABELS, Column, Part
from logistics_desktop.i18n import N_, _

_PART, _HEADER, _FIXED = range(3)


class VoucherColumns(QWidget):
    """A line for each column; buttons add, remove and move them."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.table = QTableWidget(0, 3)
        self.table.setAccessibleName(_(N_("Columns")))
        self.table.setHorizontalHeaderLabels([_(N_("Column holds")), _(N_("Header")), _(N_("Fixed text"))])
        self.table.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        self.table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.table.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        self.table.itemChanged.connect(lambda _item: self.changed.emit())
        buttons = QHBoxLayout()
        for text, act in (
            (N_("Add"), self.add),
            (N_("Remove"), self.remove),
            (N_("Up"), partial(self.move_by, -1)),
            (N_("Down"), partial(self.move_by, 1)),
        ):
            buttons.addWidget(_button(_(text), act))
        buttons.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.table, 1)
        column.addLayout(buttons)

    def columns(self) -> tuple[Column, ...]:
        """The columns as they stand."""
        return tuple(
            Column(self._part(row), self._text(row, _HEADER), self._text(row, _FIXED))
            for row in range(self.table.rowCount())
        )

    def show_columns(self, columns: tuple[Column, ...], current: int = 0) -> None:
        """Show these columns, the keyboard on one of them."""
        self.table.blockSignals(True)
        self.table.setRowCount(0)
        for row, column in enumerate(columns):
            self._put(row, column)
        self.table.blockSignals(False)
        self.table.setCurrentCell(min(current, len(columns) - 1), _HEADER)
        self.changed.emit()

    def add(self) -> None:
        """Put a column behind the current one: the first part that is not there yet."""
        columns, at = self.columns(), self.table.currentRow() + 1
        used = {column.part for column in columns}
        part = next((part for part in Part if part not in used), Part.FIXED)
        self.show_columns((*columns[:at], Column(part), *columns[at:]), at)

    def remove(self) -> None:
        """Take the current column out."""
        columns, at = self.columns(), self.table.currentRow()
        if at >= 0:
            self.show_columns((*columns[:at], *columns[at + 1 :]), at)

    def move_by(self, steps: int) -> None:
        """Move the current column."""
        columns, at = list(self.columns()), self.table.currentRow()
        to = at + steps
        if at >= 0 and 0 <= to < len(columns):
            columns[at], columns[to] = columns[to], columns[at]
            self.show_columns(tuple(columns), to)

    def _put(self, row: int, column: Column) -> None:
        self.table.insertRow(row)
        box = QComboBox()
        for part, label in LABELS.items():
            box.addItem(_(label), part)
        box.setCurrentIndex(list(LABELS).index(column.part))
        box.setAccessibleName(_(N_("Column holds")))
        box.currentIndexChanged.connect(partial(self._chosen, box))
        self.table.setCellWidget(row, _PART, box)
        header = QTableWidgetItem(column.header or _(LABELS[column.part]))
        self.table.setItem(row, _HEADER, header)
        self.table.setItem(row, _FIXED, QTableWidgetItem(column.text))
        self._mark_fixed(row)

    def _chosen(self, box: QComboBox, _at: int) -> None:
        row = next(at for at in range(self.table.rowCount()) if self.table.cellWidget(at, _PART) is box)
        item = self.table.item(row, _HEADER)
        assert item is not None
        if item.text() in {_(label) for label in LABELS.values()}:
            item.setText(box.currentText())
        self._mark_fixed(row)
        self.changed.emit()

    def _mark_fixed(self, row: int) -> None:
        item = self.table.item(row, _FIXED)
        assert item is not None
        flags = Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsEnabled
        fixed = self._part(row) is Part.FIXED
        item.setFlags(flags | Qt.ItemFlag.ItemIsEditable if fixed else Qt.ItemFlag.NoItemFlags)

    def _part(self, row: int) -> Part:
        box = self.table.cellWidget(row, _PART)
        assert isinstance(box, QComboBox)
        part: Part = box.currentData()
        return part

    def _text(self, row: int, column: int) -> str:
        item = self.table.item(row, column)
        text = item.text().strip() if item else ""
        return "" if column == _HEADER and text == _(LABELS[self._part(row)]) else text


def _button(text: str, act: Callable[[], object]) -> QPushButton:
    button = QPushButton(text, autoDefault=False)
    button.clicked.connect(lambda: act())
    return button
