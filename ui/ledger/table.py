"""The table of a ledger, as a clerk uses it: sorts, columns, selection, the clipboard."""

from __future__ import annotations

from array import array
from collections.abc import Iterable
from dataclasses import dataclass

from PySide6.QtCore import QItemSelection, QItemSelectionModel, QModelIndex, QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QContextMenuEvent, QGuiApplication, QKeyEvent, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from logistics_desktop.ledger.fields import Field
from ui.ledger.model import LedgerModel
from ui.ledger.painting import paint_rows
from ui.ledger.reading import Again
from ui.ledger.sorting import next_sorts
from ui.ledger.view import Column

_ROW_PADDING = 9
_CELL_PADDING = 14
_LOOK_MS = 15  # while a bar is dragged, only where it rests for a moment is read
_REMEMBERED = 500  # selected rows that a refresh finds again


@dataclass(frozen=True, slots=True)
class _Before:
    """Where the user was before the rows were replaced, by ids."""

    current: tuple[int, ...]
    column: int
    chosen: tuple[int, ...]
    everything: bool


class LedgerTable(QTableView):
    """Shows a LedgerModel. Rows are selected whole; a click on a header sorts, Shift or Ctrl adds to the sorting."""

    opened = Signal(int)  # id of the record to open
    sorted_by = Signal(tuple)  # the sorts that the user wants
    columns_changed = Signal()
    menu_wanted = Signal(QPoint)
    header_menu_wanted = Signal(str, QPoint)  # field key
    resized = Signal()

    def __init__(self, model: LedgerModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.rows = model
        self.keeps_order = False  # while cells are edited no row moves away
        self._fields = model.entity.fields
        self.setModel(model)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setCornerButtonEnabled(False)
        self._prepare_headers()
        self._look = QTimer(self, interval=_LOOK_MS, singleShot=True)
        self._look.timeout.connect(self._look_now)
        self.verticalScrollBar().valueChanged.connect(lambda *_what: self._look.start())
        self.verticalScrollBar().rangeChanged.connect(lambda *_what: self._look.start())
        model.modelReset.connect(lambda *_what: self._look.start())
        model.replaced.connect(self._restore)
        model.shown.connect(self._start_at_top)
        self.doubleClicked.connect(lambda index: self.opened.emit(self.rows.id_at(index.row())))
        model.modelAboutToBeReset.connect(self._remember)

    def columns(self) -> tuple[Column, ...]:
        """The columns from left to right as the user arranged them."""
        header = self.horizontalHeader()
        order = (header.logicalIndex(place) for place in range(header.count()))
        return tuple(
            Column(self._fields[at].key, not header.isSectionHidden(at), self._widths.get(at, 0)) for at in order
        )

    def arrange(self, columns: Iterable[Column]) -> None:
        """Show the columns in this order."""
        header = self.horizontalHeader()
        places = {field.key: at for at, field in enumerate(self._fields)}
        header.blockSignals(True)
        for place, column in enumerate(columns):
            at = places[column.key]
            header.moveSection(header.visualIndex(at), place)
            header.setSectionHidden(at, not column.shown)
            width = column.width or self._own_width(self._fields[at])
            self._widths[at] = column.width
            header.resizeSection(at, width)
        header.blockSignals(False)
        self.columns_changed.emit()
        self.updateGeometries()
        self.viewport().update()

    def shown_fields(self) -> tuple[Field, ...]:
        """The fields on show from left to right."""
        by_key = self.rows.entity.by_key
        return tuple(by_key[column.key] for column in self.columns() if column.shown)

    def current_id(self) -> int | None:
        """The record that the keyboard is on."""
        index = self.currentIndex()
        return self.rows.id_at(index.row()) if index.isValid() else None

    def selected_ranges(self) -> list[range]:
        """The selected rows as ranges in order; a million of them is one range."""
        chosen = self.selectionModel().selection()
        parts = (chosen.at(place) for place in range(chosen.count()))
        return sorted({range(part.top(), part.bottom() + 1) for part in parts}, key=lambda part: part.start)

    def selected_count(self) -> int:
        """How many rows are selected."""
        return sum(map(len, self.selected_ranges()))

    def selected_ids(self) -> array[int]:
        """The ids of the selected rows, from the top down."""
        ids: array[int] = array("q")
        for part in self.selected_ranges():
            ids.extend(self.rows.ids(part))
        return ids

    def visible_rows(self) -> tuple[int, int]:
        """The first and the last row in sight."""
        height = self.rowHeight(0) if self.rows.rowCount() else 1
        first = max(self.rowAt(0), 0)
        return first, first + self.viewport().height() // max(height, 1) + 1

    def below_header(self, column: int) -> QPoint:
        """The lower left corner of a column's header, on the screen."""
        header = self.horizontalHeader()
        return header.mapToGlobal(QPoint(header.sectionViewportPosition(column), header.height()))

    def refresh(self) -> None:
        """Read the rows again and stay where the user is."""
        if self.keeps_order:
            self.rows.read_again(*self.visible_rows())
            return
        self.rows.refresh({*self._chosen(), *self._current()}, *self.visible_rows())

    def select_record(self, row: int) -> None:
        """Make a row the current and only selected one, and bring it into sight."""
        self.stand_on(self._cell(row))

    def stand_on(self, cell: QModelIndex) -> None:
        """Make a cell the current one and its row the only selected one, whatever keys are held down."""
        flags = QItemSelectionModel.SelectionFlag
        self.selectionModel().setCurrentIndex(cell, flags.ClearAndSelect | flags.Rows)
        self.scrollTo(cell)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens; the rest is the view's."""
        current = self.current_id()
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers() and current is not None:
            self.opened.emit(current)
            return
        super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Ask for the menu of the rows."""
        self.menu_wanted.emit(event.globalPos())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the page in one go."""
        paint_rows(self, event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """More rows may have come into sight."""
        super().resizeEvent(event)
        self._look.start()
        self.resized.emit()

    def _prepare_headers(self) -> None:
        self._widths: dict[int, int] = {}
        down, across = self.verticalHeader(), self.horizontalHeader()
        down.hide()
        down.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        down.setDefaultSectionSize(self.fontMetrics().height() + _ROW_PADDING)
        for header in (down, across):
            # A header that shares the view's selection walks every row of it: 18 s for Ctrl+A on a million.
            header.setSelectionModel(QItemSelectionModel(self.rows, header))
        across.setObjectName("ledgerHeader")
        across.setSectionsMovable(True)
        across.setSectionsClickable(True)
        across.setHighlightSections(False)
        across.setStretchLastSection(False)
        across.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        across.customContextMenuRequested.connect(self._ask_header_menu)
        across.sectionClicked.connect(self._sort)
        across.sectionMoved.connect(self.columns_changed)
        across.sectionResized.connect(self._widened)

    def _own_width(self, field: Field) -> int:
        metrics = self.fontMetrics()
        label = str(self.rows.headerData(self._fields.index(field), Qt.Orientation.Horizontal))
        wide = max(metrics.horizontalAdvance("0") * field.width, metrics.horizontalAdvance(f"{label}↓9"))
        return wide + _CELL_PADDING

    def _widened(self, at: int, _old: int, new: int) -> None:
        if new:
            self._widths[at] = new
            self.columns_changed.emit()

    def _ask_header_menu(self, at: QPoint) -> None:
        place = self.horizontalHeader().logicalIndexAt(at)
        if place >= 0:
            self.header_menu_wanted.emit(self._fields[place].key, self.horizontalHeader().mapToGlobal(at))

    def _sort(self, at: int) -> None:
        modifiers = QGuiApplication.keyboardModifiers()
        add = bool(modifiers & (Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.ControlModifier))
        self.sorted_by.emit(next_sorts(self.rows.reader.query.sorts, self._fields[at].key, add=add))

    def _look_now(self) -> None:
        self.rows.look_at(*self.visible_rows())

    def _start_at_top(self) -> None:
        """Give the keys a row to start from, without selecting it."""
        if self.rows.rowCount():
            flags = QItemSelectionModel.SelectionFlag
            self.selectionModel().setCurrentIndex(self._cell(0), flags.NoUpdate)

    def _cell(self, row: int) -> QModelIndex:
        return self.rows.index(row, max(self.horizontalHeader().logicalIndexAt(0), 0))

    def _current(self) -> tuple[int, ...]:
        record = self.current_id()
        return () if record is None else (record,)

    def _chosen(self) -> tuple[int, ...]:
        if self.selected_count() > _REMEMBERED:
            return ()
        return tuple(self.selected_ids())

    def _remember(self) -> None:
        everything = self.selected_count() == self.rows.rowCount() > _REMEMBERED
        self._before = _Before(self._current(), self.currentIndex().column(), self._chosen(), everything)

    def _restore(self, again: Again) -> None:
        before = self._before
        rows = sorted(again.places[each] for each in before.chosen if each in again.places)
        flags = QItemSelectionModel.SelectionFlag
        for record in before.current:
            if record in again.places:
                index = self.rows.index(again.places[record], before.column)
                self.selectionModel().setCurrentIndex(index, flags.NoUpdate)
        chosen = QItemSelection()
        for row in rows:
            chosen.select(self.rows.index(row, 0), self.rows.index(row, len(self._fields) - 1))
        self.selectionModel().select(chosen, flags.ClearAndSelect)
        if before.everything:
            self.selectAll()
        self.verticalScrollBar().setValue(again.top)
