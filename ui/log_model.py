"""The entries of the log as rows of a table."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt

from logistics_desktop.i18n import N_, _
from logistics_desktop.log_reading import LogEntry, LogNews, chosen

_HEADERS = (N_("When"), N_("Level"), N_("Where"), N_("Message"))
LEVELS = {
    "DEBUG": N_("Everything"),
    "INFO": N_("Information and worse"),
    "WARNING": N_("Warnings and errors"),
    "ERROR": N_("Errors"),
}
"""What one may choose to see: the least level and how it is called."""

_WORDS = {
    "DEBUG": N_("detail"),
    "INFO": N_("information"),
    "WARNING": N_("warning"),
    "ERROR": N_("error"),
    "CRITICAL": N_("severe error"),
}
_Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()


class LogModel(QAbstractTableModel):
    """All entries, of which those are rows that have the level and the words asked for."""

    def __init__(self) -> None:
        super().__init__()
        self._all: list[LogEntry] = []
        self._level = "INFO"
        self._words = ""
        self.rows: list[LogEntry] = []

    def take(self, news: LogNews) -> None:
        """Add what was read."""
        self._all[news.since :] = news.entries
        self._choose()

    def ask(self, level: str, words: str) -> None:
        """Show the entries of at least `level` that have all the words."""
        self._level, self._words = level, words
        self._choose()

    def rowCount(self, parent: _Index = _ROOT) -> int:
        """How many entries are shown."""
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: _Index = _ROOT) -> int:
        """When, how bad, where, what."""
        return 0 if parent.isValid() else len(_HEADERS)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """What a cell shows: of the message its first line."""
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        entry = self.rows[index.row()]
        word = _WORDS.get(entry.level)
        return (entry.at, _(word) if word else entry.level, entry.place, entry.text.partition("\n")[0])[index.column()]

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """The titles of the columns."""
        if orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return _(_HEADERS[section])
        return None

    def _choose(self) -> None:
        rows = chosen(self._all, self._level, self._words)
        kept = len(self.rows)
        if rows[:kept] == self.rows:  # something was added: selection and place stay
            if len(rows) > kept:
                self.beginInsertRows(_ROOT, kept, len(rows) - 1)
                self.rows = rows
                self.endInsertRows()
            return
        self.beginResetModel()
        self.rows = rows
        self.endResetModel()


def selected(rows: Sequence[LogEntry], indexes: Sequence[QModelIndex]) -> list[LogEntry]:
    """The entries of the selected rows in their order; all where fewer than two are selected."""
    numbers = sorted({index.row() for index in indexes})
    return [rows[number] for number in numbers] if len(numbers) > 1 else list(rows)
