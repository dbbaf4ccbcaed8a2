"""The command palette: one field that finds commands, tabs, settings and the records of every ledger."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, QTimer
from PySide6.QtGui import QAction, QKeyEvent
from PySide6.QtWidgets import QHeaderView, QLabel, QLineEdit, QTreeWidget, QTreeWidgetItem, QVBoxLayout, QWidget

from logistics_desktop import palette
from logistics_desktop.i18n import N_, _
from logistics_desktop.jobs import Job
from logistics_desktop.ledgers import LEDGERS
from logistics_desktop.palette import Hit
from logistics_desktop.stopping import stoppable
from ui.actions import BY_KEY, Place, keys_in_words, name
from ui.ledger.popup import Popup
from ui.theme import icon

if TYPE_CHECKING:
    from logistics_desktop.context import Office
    from ui.main_window import MainWindow

_SIZE = (640, 440)
_PAUSE_MS = 40  # between two keys of somebody who types fast
_MOST = 8  # commands, tabs or settings while something is typed
_SETTINGS = ("theme_", "language_")

_COMMANDS, _TABS, _SETTINGS_GROUP, _WEAK = N_("Commands"), N_("Tabs"), N_("Settings"), N_("Less likely")


@dataclass(frozen=True, slots=True)
class Entry:
    """A line that can be taken: what it says, its key or code at the right, and what it does."""

    group: str
    text: str
    hint: str
    icon: str
    do: Callable[[], object]


class Palette(Popup):
    """Up and Down choose, Tab goes to the next group, Enter takes, Esc leaves; the mouse is not needed."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self.setObjectName("palette")
        self._main = window
        self._own = [*_commands(window), *_tabs(window), *_settings(window)]
        self._asked = ""  # the text that the records on show were found by, or are being looked for
        self._waiting = False  # for the records
        self._take_first = False  # Enter came before the records
        self._records: list[Entry] = []
        self.search = QLineEdit()
        self.search.setPlaceholderText(_(N_("A command, a tab, a code, a name or its pinyin initials …")))
        self.search.installEventFilter(self)
        self.lines = QTreeWidget()
        self.told = QLabel()
        self.told.setObjectName("hint")
        self._pause = QTimer(self, interval=_PAUSE_MS, singleShot=True)
        self._pause.timeout.connect(self._find)
        self._lay_out()
        self._fill()
        self.search.textChanged.connect(self._typed)
        self.lines.itemClicked.connect(lambda item, _column: self._take(item))

    def open_below(self, widget: QWidget) -> None:
        """Show it in the middle, below a widget at the top of the window."""
        self.resize(*_SIZE)
        left = max((self._main.width() - self.width()) // 2, 0)
        self.open_over(self._main.mapToGlobal(QPoint(left, widget.height() + 8)))
        self.search.setFocus()

    def shown(self) -> list[tuple[str, str]]:
        """The lines on show: group and text."""
        return [(entry.group, entry.text) for entry in self._entries()]

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The keys that move in the list, which has no focus of its own."""
        if watched is self.search and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            return self._press(event)
        return super().eventFilter(watched, event)

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Tab goes to the next group, Shift+Tab to the one before."""
        self._to_group(1 if forward else -1)
        return True

    def _press(self, event: QKeyEvent) -> bool:
        match event.key():
            case Qt.Key.Key_Down:
                self._move(1)
            case Qt.Key.Key_Up:
                self._move(-1)
            case Qt.Key.Key_PageDown:
                self._move(_MOST)
            case Qt.Key.Key_PageUp:
                self._move(-_MOST)
            case Qt.Key.Key_Return | Qt.Key.Key_Enter:
                self._take(self.lines.currentItem())
            case _:
                return False
        return True

    def _lay_out(self) -> None:
        self.lines.setObjectName("paletteLines")
        self.lines.setColumnCount(2)
        self.lines.setHeaderHidden(True)
        self.lines.setRootIsDecorated(False)
        self.lines.setUniformRowHeights(True)
        self.lines.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.lines.header().setStretchLastSection(False)
        self.lines.header().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        self.lines.header().setSectionResizeMode(1, QHeaderView.ResizeMode.ResizeToContents)
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 8, 8, 8)
        column.addWidget(self.search)
        column.addWidget(self.lines, 1)
        column.addWidget(self.told)

    def _typed(self) -> None:
        self._take_first = False
        self._waiting = bool(self.search.text().strip())
        if not self._waiting:
            self._records = []
        self._fill()
        self._pause.start()

    def _find(self) -> None:
        self._asked = self.search.text().strip()
        if self._asked:
            work = partial(_find, self._main.workspace.office, self._asked)
            self._main.tasks.run(work, partial(self._found, self._asked), owner=self, key="find", on_error=self._failed)

    def _found(self, asked: str, hits: list[Hit]) -> None:
        if asked != self.search.text().strip():
            return
        self._waiting = False
        self._records = [self._record(hit) for hit in hits]
        self._fill()
        if self._take_first:
            self._take(self.lines.currentItem())

    def _failed(self, error: BaseException) -> None:
        self._waiting = False
        self._main.notices.report(error)

    def _record(self, hit: Hit) -> Entry:
        entity = LEDGERS[hit.ledger]
        return Entry(_(entity.label), hit.title, hit.code, entity.key, partial(_open_record, self._main, hit))

    def _entries(self) -> list[Entry]:
        typed = self.search.text().strip()
        if not typed:
            return self._own
        fitting = ((palette.rank(typed, entry.text), entry) for entry in self._own)
        ranked = sorted(((rank, entry) for rank, entry in fitting if rank is not None), key=lambda pair: pair[0])
        chosen = [entry for rank, entry in ranked if rank < palette.WEAK]
        groups = dict.fromkeys(entry.group for entry in self._own)
        own = [entry for group in groups for entry in [e for e in chosen if e.group == group][:_MOST]]
        weak = [replace(entry, group=_(_WEAK)) for rank, entry in ranked if rank == palette.WEAK]
        return [*own, *self._records, *weak[:_MOST]]

    def _fill(self) -> None:
        """Show what fits, and stay on the line where the user is."""
        kept = self._entry(self.lines.currentItem())
        self.lines.clear()
        group = ""
        for entry in self._entries():
            if entry.group != group:
                group = entry.group
                heading = QTreeWidgetItem(self.lines, [group])
                heading.setFlags(Qt.ItemFlag.NoItemFlags)
            item = QTreeWidgetItem(self.lines, [entry.text, entry.hint])
            item.setData(0, Qt.ItemDataRole.UserRole, entry)
            if entry.icon:
                item.setIcon(0, icon(entry.icon))
            if kept is not None and (entry.group, entry.text, entry.hint) == (kept.group, kept.text, kept.hint):
                self.lines.setCurrentItem(item)
        first = next(iter(self._entries()), None)
        if self.lines.currentItem() is None and not (self._waiting and first is not None and first.group == _(_WEAK)):
            self._move(1)  # a record on its way is likelier than a name that has the letters somewhere
        nothing = self.lines.topLevelItemCount() == 0 and not self._waiting
        self.told.setText(_(N_("Nothing is called so.")) if nothing else "")
        self.told.setVisible(nothing)

    def _items(self) -> list[QTreeWidgetItem]:
        items = (self.lines.topLevelItem(place) for place in range(self.lines.topLevelItemCount()))
        return [item for item in items if item is not None and self._entry(item) is not None]

    def _entry(self, item: QTreeWidgetItem | None) -> Entry | None:
        found: Entry | None = item.data(0, Qt.ItemDataRole.UserRole) if item is not None else None
        return found

    def _move(self, by: int) -> None:
        items = self._items()
        if items:
            current = self.lines.currentItem()
            place = items.index(current) + by if current in items else 0
            self.lines.setCurrentItem(items[max(0, min(place, len(items) - 1))])

    def _to_group(self, by: int) -> None:
        """Go to the first line of the next group, or of the one before, around the ends."""
        items = self._items()
        entries = [self._entry(item) for item in items]
        groups = list(dict.fromkeys(entry.group for entry in entries if entry))
        current = self._entry(self.lines.currentItem())
        if current is not None and current.group in groups:
            group = groups[(groups.index(current.group) + by) % len(groups)]
            first = next(at for at, entry in enumerate(entries) if entry and entry.group == group)
            self.lines.setCurrentItem(items[first])

    def _take(self, item: QTreeWidgetItem | None) -> None:
        entry = self._entry(item)
        if entry is None:
            self._take_first = self._waiting
            return
        self.close()
        entry.do()


def _commands(window: MainWindow) -> Iterator[Entry]:
    """What can be done in the window and on the screen that is on top."""
    screen = window.tabs.currentWidget()
    for action in window.findChildren(QAction):
        command = BY_KEY.get(action.objectName())
        if command is None or command.key == "palette" or command.key.startswith((*_SETTINGS, "module_")):
            continue
        if action.isEnabled() and (command.place is Place.WINDOW or _within(screen, action.parent())):
            yield _entry(_(_COMMANDS), action)


def _within(screen: QWidget | None, owner: QObject | None) -> bool:
    return isinstance(owner, QWidget) and owner.isVisible() and screen is not None and screen.isAncestorOf(owner)


def _tabs(window: MainWindow) -> Iterator[Entry]:
    for number, module in enumerate(window.modules, start=1):
        if module.offered_to(window.rights.now):
            hint = keys_in_words(BY_KEY[f"module_{number}"])
            yield Entry(_(_TABS), _(module.title), hint, module.icon, partial(window.open_module, module.key))


def _settings(window: MainWindow) -> Iterator[Entry]:
    for action in window.findChildren(QAction):
        if action.objectName().startswith(_SETTINGS):
            yield _entry(_(_SETTINGS_GROUP), action, _(BY_KEY[action.objectName()].text))


def _entry(group: str, action: QAction, text: str = "") -> Entry:
    command = BY_KEY[action.objectName()]
    return Entry(group, text or name(action.text()), keys_in_words(command), command.icon, action.trigger)


def _open_record(window: MainWindow, hit: Hit) -> None:
    from ui.ledger.screen import LedgerScreen

    screen = window.open_module(hit.ledger)
    if isinstance(screen, LedgerScreen):
        screen.open_record(hit.id)


def _find(office: Office, text: str, job: Job) -> Sequence[Hit]:
    with office.session() as session, stoppable(session, job):
        return palette.find(session, LEDGERS, text)
