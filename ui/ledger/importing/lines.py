"""Short lists of texts: problems, names, sheets. However long such a list gets, only what is seen is put into words."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Generic, TypeVar

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

T = TypeVar("T")
_Index = QModelIndex | QPersistentModelIndex
_ROW_PADDING = 9
_DISPLAY, _TIP, _COLOUR = (
    Qt.ItemDataRole.DisplayRole,
    Qt.ItemDataRole.ToolTipRole,
    Qt.ItemDataRole.ForegroundRole,
)


class Lines(QAbstractTableModel, Generic[T]):
    """One line per item; `texts` gives its cells, `colour` what it is written in, where that matters."""

    def __init__(
        self,
        headers: Sequence[str],
        texts: Callable[[T], Sequence[str]],
        colour: Callable[[T], QColor | None] = lambda _item: None,
    ) -> None:
        super().__init__()
        self._headers = headers
        self._texts = texts
        self._colour = colour
        self.items: Sequence[T] = ()

    def show(self, items: Sequence[T]) -> None:
        """Show these; a list as long as the one before keeps what is selected."""
        if len(items) == len(self.items):
            self.items = items
            if items:
                self.dataChanged.emit(self.index(0, 0), self.index(len(items) - 1, len(self._headers) - 1))
            return
        self.beginResetModel()
        self.items = items
        self.endResetModel()

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        """The number of items."""
        return 0 if parent.isValid() else len(self.items)

    def columnCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        """The number of texts of an item."""
        return 0 if parent.isValid() else len(self._headers)

    def data(self, index: _Index, role: int = _DISPLAY) -> Any:
        """One text of an item."""
        if role in (_DISPLAY, _TIP):
            return self._texts(self.items[index.row()])[index.column()]
        if role == _COLOUR:
            return self._colour(self.items[index.row()])
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = _DISPLAY) -> Any:
        """What the texts are."""
        if role == _DISPLAY and orientation == Qt.Orientation.Horizontal:
            return self._headers[section]
        return None


class LinesView(QTableView, Generic[T]):
    """Shows Lines; a double click or Enter opens one, several can be selected."""

    opened = Signal(object)
    chosen = Signal()

    def __init__(self, lines: Lines[T], widths: Sequence[int], parent: QWidget | None = None) -> None:
        """`widths` are in characters; the last column takes what is left."""
        super().__init__(parent)
        self.lines = lines
        lines.setParent(self)
        self.setModel(lines)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        down, across = self.verticalHeader(), self.horizontalHeader()
        down.hide()
        down.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        down.setDefaultSectionSize(self.fontMetrics().height() + _ROW_PADDING)
        across.setHighlightSections(False)
        across.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        across.setStretchLastSection(True)
        for place, width in enumerate(widths):
            self.setColumnWidth(place, self.fontMetrics().horizontalAdvance("0") * width)
        self.doubleClicked.connect(lambda index: self.opened.emit(lines.items[index.row()]))
        self.selectionModel().selectionChanged.connect(lambda *_what: self.chosen.emit())
        lines.modelReset.connect(self.chosen)

    def selected(self) -> list[T]:
        """The selected items, from the top down."""
        return [self.lines.items[index.row()] for index in sorted(self.selectionModel().selectedRows())]

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens the current item."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentIndex().isValid():
            self.opened.emit(self.lines.items[self.currentIndex().row()])
            return
        super().keyPressEvent(event)
