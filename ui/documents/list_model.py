"""Documents as rows of a table that grows as one scrolls down."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal

from logistics_desktop.features.documents.reading import PAGE, Item
from logistics_desktop.features.documents.words import STATES
from logistics_desktop.i18n import N_, _

HEADERS = (N_("Document no."), N_("Kind"), N_("State"), N_("Requester"), N_("Assets"), N_("Made"))
_Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()


class DocumentsModel(QAbstractTableModel):
    """What was read so far; `more_wanted` asks for those before a document, None for the newest."""

    more_wanted = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.items: list[Item] = []
        self._waiting = False
        self._complete = True

    def begin(self, items: list[Item]) -> None:
        """Show the first page."""
        self.beginResetModel()
        self.items = items
        self._waiting, self._complete = False, len(items) < PAGE
        self.endResetModel()

    def take(self, before: int, items: list[Item]) -> None:
        """Add the page before a document; what was asked before the last `begin` is dropped."""
        if not self.items or self.items[-1].id != before:
            return
        self._waiting, self._complete = False, len(items) < PAGE
        if items:
            first = len(self.items)
            self.beginInsertRows(_ROOT, first, first + len(items) - 1)
            self.items += items
            self.endInsertRows()

    def row_of(self, document: int) -> int | None:
        """Where a document stands."""
        return next((row for row, item in enumerate(self.items) if item.id == document), None)

    def canFetchMore(self, parent: _Index) -> bool:
        """Whether there may be more below."""
        return not parent.isValid() and not self._complete and not self._waiting

    def fetchMore(self, parent: _Index) -> None:
        """Ask for what comes below."""
        if self.canFetchMore(parent):
            self._waiting = True
            self.more_wanted.emit(self.items[-1].id)

    def rowCount(self, parent: _Index = _ROOT) -> int:
        """How many were read."""
        return 0 if parent.isValid() else len(self.items)

    def columnCount(self, parent: _Index = _ROOT) -> int:
        """One for each heading."""
        return 0 if parent.isValid() else len(HEADERS)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """The headings."""
        if role == Qt.ItemDataRole.DisplayRole and orientation == Qt.Orientation.Horizontal:
            return _(HEADERS[section])
        return None

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """The texts."""
        if role not in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return None
        return texts(self.items[index.row()])[index.column()]


def texts(item: Item) -> tuple[str, ...]:
    """A document in the list."""
    return (
        item.number or _(N_("(draft)")),
        _(item.kind_title),
        _(STATES[item.state]),
        item.requester,
        str(item.assets),
        f"{item.made_at.astimezone():%Y-%m-%d %H:%M}",
    )
