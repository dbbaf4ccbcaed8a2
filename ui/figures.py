"""A table of figures that is only read: any number of lines; they are copied to Excel, and opened by Enter."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QBrush, QColor, QGuiApplication, QKeyEvent, QKeySequence, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()
_LEFT = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
_RIGHT = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
_PADDING = 9
_GAP = 12
_MEASURED = 200  # lines that a column is fitted to


@dataclass(frozen=True, slots=True)
class Column:
    """A heading; `number` stands on the right. What is `wide` takes the room that is left; without it all share it."""

    label: str
    number: bool = False
    wide: bool = False


class Figures(QAbstractTableModel):
    """The lines as texts. `faint` are the lines that are not posted yet, or not to be counted."""

    def __init__(self, columns: Sequence[Column]) -> None:
        super().__init__()
        self.columns = tuple(columns)
        self.lines: Sequence[Sequence[str]] = ()
        self.faint: frozenset[int] = frozenset()
        self.faint_colour = QColor()

    def take(self, lines: Sequence[Sequence[str]], faint: frozenset[int] = frozenset()) -> None:
        """Show these lines."""
        self.beginResetModel()
        self.lines, self.faint = lines, faint
        self.endResetModel()

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        """One row for each line."""
        return 0 if parent.isValid() else len(self.lines)

    def columnCount(self, parent: Index = _NOWHERE) -> int:
        """One column for each heading."""
        return 0 if parent.isValid() else len(self.columns)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """The text of a cell."""
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return self.lines[index.row()][index.column()]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _RIGHT if self.columns[index.column()].number else _LEFT
        if role == Qt.ItemDataRole.ForegroundRole and index.row() in self.faint:
            return QBrush(self.faint_colour)
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """The headings; lines have no numbers."""
        if orientation == Qt.Orientation.Vertical:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self.columns[section].label
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _RIGHT if self.columns[section].number else _LEFT
        return None


class FigureTable(QTableView):
    """Shows `Figures`."""

    opened = Signal(int)  # the number of a line

    def __init__(self, columns: Sequence[Column], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.figures = Figures(columns)
        self._needed: list[int] = []
        self.setModel(self.figures)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setAlternatingRowColors(True)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(self.fontMetrics().height() + _PADDING)
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.horizontalHeader().setHighlightSections(False)
        self.horizontalHeader().setResizeContentsPrecision(_MEASURED)
        self.doubleClicked.connect(lambda index: self.opened.emit(index.row()))

    def set_columns(self, columns: Sequence[Column]) -> None:
        """Have other headings; the lines that were on show are gone."""
        self.figures.beginResetModel()
        self.figures.columns, self.figures.lines = tuple(columns), ()
        self.figures.endResetModel()
        self._needed = []

    def show_lines(self, lines: Sequence[Sequence[str]], faint: frozenset[int] = frozenset()) -> None:
        """Show these lines, the columns as wide as they need."""
        self.figures.faint_colour = self.palette().color(self.palette().ColorRole.PlaceholderText)
        self.figures.take(lines, faint)
        self.resizeColumnsToContents()
        self._needed = [self.columnWidth(at) + _GAP for at in range(len(self.figures.columns))]
        self._share()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share the room anew."""
        super().resizeEvent(event)
        self._share()

    def current_line(self) -> int | None:
        """The number of the line that the keyboard is on."""
        return self.currentIndex().row() if self.currentIndex().isValid() else None

    def copy(self) -> None:
        """Put the selected lines with their headings on the clipboard."""
        rows = sorted({index.row() for index in self.selectionModel().selectedRows()})
        lines = [[column.label for column in self.figures.columns], *(self.figures.lines[row] for row in rows)]
        QGuiApplication.clipboard().setText("\n".join("\t".join(line) for line in lines))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens the line, Ctrl+C copies."""
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.current_line() is not None:
            self.opened.emit(self.currentIndex().row())
        else:
            super().keyPressEvent(event)

    def _share(self) -> None:
        """Give the columns what they need, and what is left to the wide ones."""
        if not self._needed:
            return
        takers = [at for at, column in enumerate(self.figures.columns) if column.wide] or list(range(len(self._needed)))
        more, rest = divmod(max(0, self.viewport().width() - sum(self._needed)), len(takers))
        for at, needed in enumerate(self._needed):
            self.setColumnWidth(at, needed + (more + (rest if at == takers[-1] else 0) if at in takers else 0))
