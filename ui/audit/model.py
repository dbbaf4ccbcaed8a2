"""The entries of the log as rows of a table that grows as one scrolls down."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal

from logistics_desktop.features.audit.checking import moment
from logistics_desktop.features.audit.reading import PAGE, Entry, Place
from logistics_desktop.i18n import N_, _

HEADERS = (
    N_("When"),
    N_("Who"),
    N_("Action"),
    N_("Ledger"),
    N_("Record"),
    N_("Fields"),
    N_("Computer"),
    N_("Program"),
)
_Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()


class EntriesModel(QAbstractTableModel):
    """The entries that were read so far; `more_wanted` asks for those after a place, None for the first."""

    more_wanted = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.entries: list[Entry] = []
        self._waiting = False
        self._complete = True

    def begin(self) -> None:
        """Forget everything and ask for the first entries."""
        self.beginResetModel()
        self.entries = []
        self._complete, self._waiting = False, True
        self.endResetModel()
        self.more_wanted.emit(None)

    def take(self, after: Place | None, entries: list[Entry]) -> None:
        """Add the entries after a place; what was asked before the last `begin` is dropped."""
        if after != self._last():
            return
        self._waiting = False
        self._complete = len(entries) < PAGE
        if entries:
            first = len(self.entries)
            self.beginInsertRows(_ROOT, first, first + len(entries) - 1)
            self.entries += entries
            self.endInsertRows()

    def give_up(self) -> None:
        """Wait no longer: the question failed."""
        self._waiting = False
        self._complete = True

    @property
    def complete(self) -> bool:
        """Whether everything there is was read."""
        return self._complete

    def canFetchMore(self, parent: _Index) -> bool:
        """Whether there may be more below."""
        return not parent.isValid() and not self._complete and not self._waiting

    def fetchMore(self, parent: _Index) -> None:
        """Ask for what comes below."""
        if self.canFetchMore(parent):
            self._waiting = True
            self.more_wanted.emit(self._last())

    def rowCount(self, parent: _Index = _ROOT) -> int:
        """How many entries were read."""
        return 0 if parent.isValid() else len(self.entries)

    def columnCount(self, parent: _Index = _ROOT) -> int:
        """As many as there are headers."""
        return 0 if parent.isValid() else len(HEADERS)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """What a cell shows."""
        if role not in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return None
        entry = self.entries[index.row()]
        return (
            moment(entry.place.at),
            entry.who,
            entry.action,
            entry.about,
            entry.record,
            entry.summary,
            entry.host,
            entry.program,
        )[index.column()]

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """The titles of the columns."""
        if orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return _(HEADERS[section])
        return None

    def _last(self) -> Place | None:
        return self.entries[-1].place if self.entries else None
