"""The lines of a box of the inbox as rows of a table that grows as one scrolls down."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QColor, QFont

from logistics_desktop.features.approvals.inbox import PAGE, Box, Item
from logistics_desktop.features.approvals.words import ACTIONS, CASE_STATES
from logistics_desktop.i18n import N_, _
from ui.theme import in_force

HEADERS = (N_("Document no."), N_("Subject"), N_("Requester"), N_("Step"), N_("State"), N_("Since"))
STATE_COLUMN = 4
_Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()


def moment(at: datetime | None) -> str:
    """A time as it is written here."""
    return f"{at.astimezone():%Y-%m-%d %H:%M}" if at is not None else ""


def brief(at: datetime | None) -> str:
    """A time without its year, as far as it is this one's."""
    if at is None or at.astimezone().year != datetime.now().astimezone().year:
        return moment(at)[:10]
    return f"{at.astimezone():%m-%d %H:%M}"


def late(item: Item) -> bool:
    """Whether its time is over."""
    return item.due_at is not None and item.due_at < datetime.now(UTC)


class InboxModel(QAbstractTableModel):
    """The lines that were read so far; `more_wanted` asks for so many after a key, None for the first."""

    more_wanted = Signal(object, int)

    def __init__(self) -> None:
        super().__init__()
        self.box = Box.TO_DO
        self.items: list[Item] = []
        self._waiting = False
        self._complete = True

    def show(self, box: Box) -> None:
        """Forget everything and ask for the first lines of a box."""
        self.box = box
        self._replace([])
        self._complete, self._waiting = False, True
        self.more_wanted.emit(None, PAGE)

    def begin_again(self) -> None:
        """Ask for all lines anew that were read so far; they stay until the answer comes."""
        self._complete, self._waiting = False, True
        self.more_wanted.emit(None, max(PAGE, len(self.items)))

    def take(self, box: Box, after: int | None, limit: int, items: list[Item]) -> None:
        """Show the lines after a key, `limit` at most; an answer to an older question is dropped."""
        if box is not self.box or (after is not None and after != self._last()):
            return
        self._waiting = False
        self._complete = len(items) < limit
        if after is None:
            self._replace(items)
        elif items:
            first = len(self.items)
            self.beginInsertRows(_ROOT, first, first + len(items) - 1)
            self.items += items
            self.endInsertRows()

    def give_up(self) -> None:
        """Wait no longer: the question failed."""
        self._waiting, self._complete = False, True

    def row_of(self, item: Item) -> int | None:
        """Where a line stands now."""
        return next((row for row, other in enumerate(self.items) if other.key == item.key), None)

    def canFetchMore(self, parent: _Index) -> bool:
        """Whether there may be more below."""
        return not parent.isValid() and not self._complete and not self._waiting

    def fetchMore(self, parent: _Index) -> None:
        """Ask for what comes below."""
        if self.canFetchMore(parent):
            self._waiting = True
            self.more_wanted.emit(self._last(), PAGE)

    def rowCount(self, parent: _Index = _ROOT) -> int:
        """How many lines were read."""
        return 0 if parent.isValid() else len(self.items)

    def columnCount(self, parent: _Index = _ROOT) -> int:
        """As many as there are headers."""
        return 0 if parent.isValid() else len(HEADERS)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """What a cell shows; what is late is red, what was not read yet bold."""
        item = self.items[index.row()]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return _texts(item)[index.column()]
        if role == Qt.ItemDataRole.ForegroundRole and index.column() == STATE_COLUMN and late(item):
            return QColor(in_force().danger)
        if role == Qt.ItemDataRole.FontRole and not item.read:
            bold = QFont()
            bold.setBold(True)
            return bold
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """The titles of the columns."""
        if orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return _(HEADERS[section])
        return None

    def _last(self) -> int | None:
        return self.items[-1].key if self.items else None

    def _replace(self, items: list[Item]) -> None:
        self.beginResetModel()
        self.items = items
        self.endResetModel()


def _texts(item: Item) -> tuple[str, ...]:
    whose = _(N_("for {person}"), person=item.person) if item.person else ""
    step = " · ".join(part for part in (item.step, whose) if part)
    return (item.number, item.title, item.requester, step, _state(item), brief(item.at))


def _state(item: Item) -> str:
    """What matters of a line: what I did with it, that it is late, that I was urged, or how it stands."""
    if item.action is not None:
        return _(N_("{action} → {state}"), action=_(ACTIONS[item.action]), state=_(CASE_STATES[item.state]))
    if item.task is not None and late(item):
        return _(N_("late since {time}"), time=brief(item.due_at))
    if item.task is not None and item.urged_at is not None:
        return _(N_("urged {time}"), time=brief(item.urged_at))
    if item.task is not None and item.due_at is not None:
        return _(N_("until {time}"), time=brief(item.due_at))
    return _(CASE_STATES[item.state])
