"""The table of a ledger, as a clerk uses it: sorts, columns, selection, the clipboard."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QItemSelection, QItemSelectionModel, QModelIndex, QPoint, QRect, Qt, QTimer, Signal
from PySide6.QtGui import QContextMenuEvent, QGuiApplication, QKeyEvent, QKeySequence, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from logistics_desktop.ledger.fields import Field
from ui.ledger.cell_selection import Band, bands_of, rows_of, runs
from ui.ledger.model import Index, LedgerModel
from ui.ledger.painting import paint_rows
from ui.ledger.pins import Pins
from ui.ledger.reading import Again
from ui.ledger.sorting import next_sorts
from ui.ledger.view import Column, pinned_first

_ROW_PADDING = 9
_CELL_PADDING = 14
_LOOK_MS = 15  # while a bar is dragged, only where it rests for a moment is read
_REMEMBERED = 500  # selected rows that a refresh finds again


@dataclass(frozen=True, slots=True)
class _Chosen:
    """Selected cells by the ids of their rows; None are all rows."""

    ids: tuple[int, ...] | None
    columns: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class _Before:
    """Where the user was before the rows were replaced, by ids."""

    current: tuple[int, ...]
    column: int
    chosen: tuple[_Chosen, ...]


class LedgerTable(QTableView):
    """Shows a LedgerModel. Cells are selected as in a spreadsheet: ranges by mouse or Shift, more of them with Ctrl.

    A row is selected whole by its number or Shift+Space, a column by Ctrl+Space. A click on a header sorts, Shift or
    Ctrl adds to the sorting.
    """

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
        self._bands: list[Band] | None = None
        for changed in (self.selectionModel().selectionChanged, model.modelReset, self.columns_changed):
            changed.connect(self._forget_bands)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setCornerButtonEnabled(False)
        self._prepare_headers()
        self.pins = Pins(self)
        self._look = QTimer(self, interval=_LOOK_MS, singleShot=True)
        self._look.timeout.connect(self._look_now)
        self.verticalScrollBar().valueChanged.connect(lambda *_what: self._look.start())
        self.verticalScrollBar().rangeChanged.connect(lambda *_what: self._look.start())
        model.modelReset.connect(lambda *_what: self._look.start())
        model.opened.connect(self._look.start)
        model.replaced.connect(self._restore)
        model.shown.connect(self._start_at_top)
        self.doubleClicked.connect(lambda index: self.opened.emit(self.rows.id_at(index.row())))
        model.modelAboutToBeReset.connect(self._remember)

    def columns(self) -> tuple[Column, ...]:
        """The columns from left to right as the user arranged them."""
        header = self.horizontalHeader()
        order = (header.logicalIndex(place) for place in range(header.count()))
        return tuple(
            Column(
                self._fields[at].key, not header.isSectionHidden(at), self._widths.get(at, 0), at in self.pins.columns
            )
            for at in order
        )

    def arrange(self, columns: Iterable[Column]) -> None:
        """Show the columns in this order, the pinned ones before all others."""
        header = self.horizontalHeader()
        places = {field.key: at for at, field in enumerate(self._fields)}
        columns = pinned_first(columns)
        self.pins.columns = frozenset(places[column.key] for column in columns if column.pinned)
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
        """The record that the keyboard is on; None on the heading of a group."""
        index = self.currentIndex()
        record = self.rows.id_at(index.row()) if index.isValid() else 0
        return record if record > 0 else None

    def row_of(self, record: int) -> int | None:
        """The row where a record stands, if the list has it."""
        return self.rows.row_of(record, self.currentIndex().row())

    def selected_bands(self) -> list[Band]:
        """The selected cells of the columns on show, from the top down."""
        if self._bands is None:
            self._bands = bands_of(self.selectionModel().selection(), self.shown_columns())
        return self._bands

    def shown_columns(self) -> list[int]:
        """The columns on show from left to right, as the model numbers them."""
        header = self.horizontalHeader()
        order = (header.logicalIndex(place) for place in range(header.count()))
        return [at for at in order if not header.isSectionHidden(at)]

    def selected_ranges(self) -> list[range]:
        """The rows with selected cells, as ranges in order; a million of them is one range."""
        return rows_of(self.selected_bands())

    def whole_rows(self) -> bool:
        """Whether the rows are selected with all their columns."""
        shown = len(self.shown_fields())
        return all(len(band.columns) == shown for band in self.selected_bands())

    def selected_count(self) -> int:
        """How many records have selected cells."""
        return sum(map(self.rows.count, self.selected_ranges()))

    def selected_ids(self) -> array[int]:
        """The ids of the rows with selected cells, from the top down."""
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
        kept = (record for part in self._chosen() for record in part.ids or ())
        self.rows.refresh({*kept, *self._current()}, *self.visible_rows())

    def select_record(self, row: int) -> None:
        """Make a row the current and only selected one, and bring it into sight."""
        self.stand_on(self._cell(row))
        self.select_cells([range(row, row + 1)], range(len(self._fields)))

    def stand_on(self, cell: QModelIndex) -> None:
        """Make a cell the current and only selected one, whatever keys are held down."""
        self.selectionModel().setCurrentIndex(cell, QItemSelectionModel.SelectionFlag.ClearAndSelect)
        self.scrollTo(cell)

    def select_cells(self, rows: Sequence[range], columns: Iterable[int]) -> None:
        """Select these cells and no others; columns as the model numbers them."""
        self.selectionModel().select(self._cells(rows, columns), QItemSelectionModel.SelectionFlag.ClearAndSelect)

    def event(self, event: QEvent) -> bool:
        """Leave Ctrl+V to the window where the clipboard holds no text but, say, a photo of a label."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            mime = QGuiApplication.clipboard().mimeData()
            if event.matches(QKeySequence.StandardKey.Paste) and not (mime is not None and mime.hasText()):
                event.accept()
                return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens, Shift and Ctrl with Space select rows and columns whole; the rest is the view's."""
        if event.key() == Qt.Key.Key_Space and self._select_whole(event.modifiers()):
            return
        current = self.current_id()
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers() and current is not None:
            self.opened.emit(current)
            return
        super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Ask for the menu of the rows."""
        self.menu_wanted.emit(event.globalPos())

    def visualRect(self, index: Index) -> QRect:
        """Where a cell is seen: a pinned one stays while the others scroll."""
        where = super().visualRect(index)
        left = self.pins.left(index.column())
        if left is not None:
            where.moveLeft(left)
        return where

    def indexAt(self, at: QPoint) -> QModelIndex:
        """The cell that is seen at a point."""
        column = self.pins.column_at(at.x())
        return super().indexAt(at) if column is None else self.rows.index(self.rowAt(at.y()), column)

    def scrollTo(
        self, index: Index, hint: QAbstractItemView.ScrollHint = QAbstractItemView.ScrollHint.EnsureVisible
    ) -> None:
        """Bring a cell into sight, from under the pinned ones too."""
        before = self.horizontalScrollBar().value()
        super().scrollTo(index, hint)
        self.pins.bring_out(index.column(), before)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the page in one go."""
        paint_rows(self, event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """More rows may have come into sight."""
        super().resizeEvent(event)
        self._look.start()
        self.pins.place()
        self.resized.emit()

    def _prepare_headers(self) -> None:
        self._widths: dict[int, int] = {}
        down, across = self.verticalHeader(), self.horizontalHeader()
        down.setObjectName("rowNumbers")
        down.setHighlightSections(False)
        down.setDefaultAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
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
        across.sectionClicked.connect(self.sort_at)
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

    def sort_at(self, at: int) -> None:
        """A click on the header of a field: sort by it, with Shift or Ctrl by the others too."""
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
        index = self.currentIndex()
        return (self.rows.id_at(index.row()),) if index.isValid() else ()

    def _select_whole(self, modifiers: Qt.KeyboardModifier) -> bool:
        rows, end = self.selected_ranges(), self.rows.rowCount()
        if not rows or modifiers not in (Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.ControlModifier):
            return False
        if modifiers == Qt.KeyboardModifier.ShiftModifier:
            self.select_cells(rows, range(len(self._fields)))
        else:
            self.select_cells([range(end)], {at for band in self.selected_bands() for at in band.columns})
        return True

    def _cells(self, rows: Iterable[range], columns: Iterable[int]) -> QItemSelection:
        wide, cells = runs(sorted(columns)), QItemSelection()
        for part in rows:
            for run in wide:
                cells.select(self.rows.index(part.start, run.start), self.rows.index(part.stop - 1, run.stop - 1))
        return cells

    def _forget_bands(self, *_what: object) -> None:
        self._bands = None

    def _chosen(self) -> tuple[_Chosen, ...]:
        """What is selected, if it is little or everything."""
        bands, count = self.selected_bands(), sum(map(len, self.selected_ranges()))
        if count <= _REMEMBERED:
            return tuple(_Chosen(tuple(map(self.rows.id_at, band.rows)), band.columns) for band in bands)
        everything = len(bands) == 1 and count == self.rows.rowCount()
        return (_Chosen(None, bands[0].columns),) if everything else ()

    def _remember(self) -> None:
        self._before = _Before(self._current(), self.currentIndex().column(), self._chosen())

    def _restore(self, again: Again) -> None:
        before = self._before
        flags = QItemSelectionModel.SelectionFlag
        for record in before.current:
            if record in again.places:
                index = self.rows.index(again.places[record], before.column)
                self.selectionModel().setCurrentIndex(index, flags.NoUpdate)
        cells = QItemSelection()
        for part in before.chosen:
            if part.ids is None:
                rows = [range(self.rows.rowCount())] if self.rows.rowCount() else []
            else:
                rows = runs(sorted(again.places[each] for each in part.ids if each in again.places))
            cells.merge(self._cells(rows, part.columns), flags.Select)
        self.selectionModel().select(cells, flags.ClearAndSelect)
        self.verticalScrollBar().setValue(again.top)
