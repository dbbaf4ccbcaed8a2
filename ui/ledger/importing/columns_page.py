"""The second step: what every column of the sheet means."""

from __future__ import annotations

import datetime as dt
from functools import partial
from itertools import islice

from PySide6.QtCore import Qt
from PySide6.QtGui import QShowEvent, QWheelEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QHeaderView,
    QLabel,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from logistics_desktop.i18n import N_, _
from logistics_desktop.workbook.cells import Raw
from logistics_desktop.workbook.findings import Column
from logistics_desktop.workbook.mapping import LEAVE_OUT, HeaderMap
from ui.ledger.importing.course import Course
from ui.ledger.importing.tones import Tone, colour
from ui.ledger.importing.tree_panel import TreePanel

_FIELD, _EMPTY, _STATE = 4, 5, 6
_SAMPLES = 4
_SAMPLE_LENGTH = 30
_WIDTHS = (8, 22, 9, 36, 26, 21)
_ROW_HEIGHT = 32


class ColumnsPage(QWidget):
    """A line for each column with its samples; the field it fills and what an empty cell means can be changed."""

    def __init__(self, course: Course, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._course = course
        self._columns: tuple[Column, ...] = ()
        self._items: list[list[QTableWidgetItem]] = []
        self._fields: list[_Pick] = []
        self._empties: list[_Pick] = []
        self.table = QTableWidget()
        self.table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.table.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.table.verticalHeader().hide()
        self.table.verticalHeader().setDefaultSectionSize(_ROW_HEIGHT)
        self.table.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.table.horizontalHeader().setHighlightSections(False)
        headers = (
            _(N_("Column")),
            _(N_("Header")),
            _(N_("Measure")),
            _(N_("Values")),
            _(N_("Fills the field")),
            _(N_("An empty cell")),
            "",
        )
        self.table.setColumnCount(len(headers))
        self.table.setHorizontalHeaderLabels(headers)
        self.table.horizontalHeader().setStretchLastSection(True)
        self.table.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        for place, width in enumerate(_WIDTHS):
            self.table.setColumnWidth(place, self.fontMetrics().horizontalAdvance("0") * width)
        hint = QLabel(_(N_("What you change here is remembered for the next workbook with the same headers.")))
        hint.setObjectName("hint")
        whole = QVBoxLayout(self)
        whole.setContentsMargins(12, 12, 12, 6)
        self.tree = TreePanel(course)
        whole.addWidget(self.table, 1)
        whole.addWidget(self.tree)
        whole.addWidget(hint)
        course.changed.connect(self._changed)

    def showEvent(self, event: QShowEvent) -> None:
        """Make the lines when they are looked at: most imports never need them."""
        self.refresh()
        super().showEvent(event)

    def field_of(self, header: str) -> QComboBox:
        """The choice of the field for the column with this header."""
        return self._fields[[column.header for column in self._columns].index(header)]

    def empty_of(self, header: str) -> QComboBox:
        """The choice of what an empty cell means in the column with this header."""
        return self._empties[[column.header for column in self._columns].index(header)]

    def refresh(self) -> None:
        """Show the map as it is; the lines are made once for a sheet, so that the focus stays where it is."""
        checked = self._course.checked
        if checked is None:
            return
        self.tree.refresh()
        header = checked.plan.header
        columns = tuple(column for column in header.columns if column.letter)  # those of the workbook itself
        if columns != self._columns:
            self._columns = columns
            self._fill()
        for row, column in enumerate(self._columns):
            self._show_line(row, column, header)

    def _changed(self) -> None:
        if self.isVisible():
            self.refresh()

    def _fill(self) -> None:
        sheet = self._course.sheet
        assert sheet is not None
        self.table.setRowCount(0)
        self.table.setRowCount(len(self._columns))
        self._items, self._fields, self._empties = [], [], []
        for row, (column, cells) in enumerate(zip(sheet.columns, sheet.cells, strict=True)):
            filled = (_sample(raw) for raw in cells.distinct if raw is not None and raw != "")
            samples = " · ".join(islice(filled, _SAMPLES))
            texts = {0: column.letter, 1: column.header, 2: column.unit or "", 3: samples, _STATE: ""}
            items = {place: QTableWidgetItem(text) for place, text in texts.items()}
            for place, item in items.items():
                item.setToolTip(item.text())
                self.table.setItem(row, place, item)
            self._items.append(list(items.values()))
            self._fields.append(self._field_pick(row, column))
            self._empties.append(self._empty_pick(row, column))

    def _field_pick(self, row: int, column: Column) -> _Pick:
        pick = _Pick()
        pick.setAccessibleName(_(N_("Field for the column {header}"), header=column.header))
        pick.addItem(_(N_("Not imported")), LEAVE_OUT)
        for field in self._course.entity:
            pick.addItem(_(field.label), field.key)
        pick.activated.connect(lambda _at: self._course.choose_field(column.index, pick.currentData()))
        self.table.setCellWidget(row, _FIELD, pick)
        return pick

    def _empty_pick(self, row: int, column: Column) -> _Pick:
        pick = _Pick()
        pick.setAccessibleName(_(N_("What an empty cell means in the column {header}"), header=column.header))
        pick.addItem(_(N_("Leaves the value")), False)
        pick.addItem(_(N_("Clears the value")), True)
        pick.activated.connect(partial(self._choose_empty, column, pick))
        self.table.setCellWidget(row, _EMPTY, pick)
        return pick

    def _choose_empty(self, column: Column, pick: _Pick, _at: int) -> None:
        checked = self._course.checked
        key = checked.plan.header.fields.get(column.index) if checked else None
        if key is not None:
            self._course.clear_empty(key, clear=pick.currentData())

    def _show_line(self, row: int, column: Column, header: HeaderMap) -> None:
        key = header.fields.get(column.index, LEAVE_OUT)
        self._fields[row].setCurrentIndex(self._fields[row].findData(key))
        recognised_by = {one.key for one in self._course.entity.match}  # a row that is known has that filled in
        nullable = key not in (LEAVE_OUT, *recognised_by) and self._course.entity.by_key[key].nullable
        self._empties[row].setEnabled(nullable)
        self._empties[row].setCurrentIndex(int(key in self._course.options.clear) if nullable else -1)
        self._items[row][-1].setText(self._state(column, header))
        for item in self._items[row]:
            item.setForeground(colour(Tone.MUTED) if key == LEAVE_OUT else self.palette().text().color())

    def _state(self, column: Column, header: HeaderMap) -> str:
        if column.index in header.doubles:
            field = self._course.entity.by_key[header.doubles[column.index]]
            return _(N_("Another column fills {field}"), field=_(field.label))
        if column.index in self._course.options.columns:
            return _(N_("Your choice"))
        if column in header.unmapped:
            return _(N_("No field has this name"))
        return ""


class _Pick(QComboBox):
    """A choice that the wheel changes only where the keyboard is: scrolling a page must change nothing."""

    def __init__(self) -> None:
        super().__init__()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Leave the wheel to the page."""
        if self.hasFocus():
            super().wheelEvent(event)
        else:
            event.ignore()


def _sample(raw: Raw) -> str:
    if isinstance(raw, dt.date):
        return raw.strftime("%Y-%m-%d")
    whole = isinstance(raw, float) and raw.is_integer()
    return (f"{raw:.0f}" if whole else str(raw))[:_SAMPLE_LENGTH].replace("\n", " ")
