"""The main window: navigation on the left, the modules' tabs, the status bar."""

from __future__ import annotations

import time
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QByteArray, Qt, Signal
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QMainWindow, QSplitter, QWidget

from logistics_desktop.i18n import N_, _
from ui.appearance import Settings
from ui.approvals.watch import ApprovalWatch
from ui.audit.sealer import Sealer
from ui.changes import Changes, Listen
from ui.connection_watch import ConnectionWatch
from ui.drafts_notice import announce_drafts
from ui.edits import Edits
from ui.finder import Finder
from ui.guard import Guard
from ui.manual import Manual
from ui.menus import fill_menu_bar
from ui.navigation import Navigation
from ui.notices import Notices, Tone
from ui.registry import MODULES, Module
from ui.rights import HeldRights
from ui.status_line import StatusLine
from ui.tabs import ModuleTabs
from ui.tasks import Tasks
from ui.workspace import Workspace

if TYPE_CHECKING:
    from logistics_desktop.context import Office

SETTINGS = "window"  # one object a user: what the window looked like when it was left
_SIZE = (1280, 800)
_NAVIGATION_WIDTH = 200
_TWICE = 1.0  # seconds within which a key counts as pressed twice


class MainWindow(QMainWindow):
    """One office, open. The signals ask for what changes more than this window."""

    language_chosen = Signal(str)
    theme_chosen = Signal(str)
    switch_asked = Signal()
    post_chosen = Signal(str)  # the login that the sample data are to be seen with
    quit_wanted = Signal()
    closed = Signal()

    def __init__(
        self, office: Office, settings: Settings, listen: Listen | None = None, modules: Sequence[Module] = MODULES
    ) -> None:
        super().__init__()
        self.modules = modules
        self._settings = settings
        self._manual: Manual | None = None
        self._last_help = -_TWICE
        self._log: QWidget | None = None
        self.notices = Notices(self)
        self.tasks = Tasks(self.notices.report, self)
        self.changes = Changes(self)
        self.status = StatusLine(office.user, office.describe, self.tasks)
        self.edits = Edits(office, self.tasks, self.notices, self.changes, self)
        self.rights = HeldRights(office, self.tasks, self.changes, self)
        self.workspace = Workspace(
            office,
            self.tasks,
            settings,
            self.notices,
            self.changes,
            self.edits,
            self.rights,
            self.open_module,
            self.status.show_totals,
        )
        self.guard = Guard(self.workspace, self)
        self.guard.lock.quit_wanted.connect(self.quit_wanted)
        self.navigation = Navigation(modules)
        self.tabs = ModuleTabs(modules, self.workspace)
        self.finder = Finder(self)
        self._lay_out(office)
        fill_menu_bar(self)
        self.navigation.chosen.connect(self.open_module)
        self.tabs.shown.connect(self.navigation.mark)
        self.tabs.shown.connect(lambda _key: self.status.show_totals(""))
        self.changes.connected.connect(self.status.show_connected)
        self.rights.changed.connect(self._show_allowed)
        self.connection = ConnectionWatch(self.workspace, self)
        self._restore(settings.load(SETTINGS).get(office.user, {}))
        self.approvals = ApprovalWatch(self.workspace, self)
        self.approvals.waiting.connect(self._show_waiting)
        self._sealer = Sealer(office, self.tasks, self)
        if listen is not None:
            self.changes.start(listen)
            self.rights.read()
            announce_drafts(self.workspace)
            self.guard.start()
            self.approvals.start()

    def open_module(self, key: str) -> QWidget | None:
        """Bring the tab of a module to the front and give its screen."""
        return self.tabs.open(key)

    def help_wanted(self) -> None:
        """F1: the manual; a second time within a moment, or in the manual, all keys."""
        soon, self._last_help = time.monotonic() - self._last_help < _TWICE, time.monotonic()
        if soon:
            self.open_cheat_sheet()
        else:
            self.open_manual()

    def open_manual(self) -> None:
        """Show the manual in a window of its own, the same one again if it is open."""
        if self._manual is None:
            self._manual = Manual(self)
            self._manual.keys_wanted.connect(self.open_cheat_sheet)
        self._manual.show()
        self._manual.activateWindow()

    def open_cheat_sheet(self) -> None:
        """Show all keys on one page."""
        from ui.cheat_sheet import CheatSheet

        for sheet in self.findChildren(CheatSheet):
            sheet.close()
        CheatSheet(self.modules, self.rights.now, self).show()

    def open_palette(self) -> None:
        """Find a command, a tab, a record or a setting by typing."""
        from ui.palette import Palette

        Palette(self).open_below(self.menuBar())

    def ask_password(self) -> None:
        """Let the user choose another password."""
        from ui.password_dialog import PasswordDialog

        asked = PasswordDialog(self.workspace.office, self.tasks, parent=self)
        asked.changed.connect(lambda: self.notices.say(_(N_("The password was changed.")), Tone.DONE))
        asked.open()

    def open_log(self) -> QWidget:
        """Show the program's log in a window of its own, the same one again if it is open."""
        if self._log is None:
            from ui.log_window import LogWindow

            self._log = LogWindow(self.workspace, self)
        self._log.show()
        self._log.activateWindow()
        return self._log

    def closeEvent(self, event: QCloseEvent) -> None:
        """Remember how the window looks and end what it runs, unless a screen wants to stay."""
        if not self.tabs.may_close_all():
            event.ignore()
            return
        self._remember()
        self.guard.close()
        self.approvals.close()
        self._sealer.stop()
        self.changes.close()
        self.tasks.close()
        for own in (self._manual, self._log):
            if own is not None:
                own.close()
        super().closeEvent(event)
        self.closed.emit()

    def _lay_out(self, office: Office) -> None:
        self.setWindowTitle(_(N_("{office} - Logistics Desktop"), office=office.describe))
        self._split = QSplitter(Qt.Orientation.Horizontal)
        self._split.setHandleWidth(1)
        self._split.setChildrenCollapsible(False)
        self._split.addWidget(self.navigation)
        self._split.addWidget(self.tabs)
        self._split.setStretchFactor(1, 1)
        self.navigation.setMinimumWidth(140)
        self.setCentralWidget(self._split)
        self.setStatusBar(self.status)

    def _show_waiting(self, number: int) -> None:
        for place in (self.navigation, self.tabs):
            place.show_count("approvals", number)

    def _show_allowed(self) -> None:
        for place in (self.navigation, self.tabs):
            place.show_allowed(self.rights.now)

    def _restore(self, saved: dict[str, Any]) -> None:
        self.resize(*_SIZE)
        self._split.setSizes([_NAVIGATION_WIDTH, _SIZE[0] - _NAVIGATION_WIDTH])
        if "geometry" in saved:
            self.restoreGeometry(_bytes(saved["geometry"]))
        if "split" in saved:
            self._split.restoreState(_bytes(saved["split"]))
        self.navigation.setVisible(saved.get("navigation", True))
        self.navigation.fold(saved.get("folded", []))
        self.tabs.restore(saved.get("tabs", []), saved.get("current", ""))

    def _remember(self) -> None:
        everybody = self._settings.load(SETTINGS)
        everybody[self.workspace.office.user] = {
            "geometry": _text(self.saveGeometry()),
            "split": _text(self._split.saveState()),
            "navigation": not self.navigation.isHidden(),
            "folded": self.navigation.folded(),
            "tabs": self.tabs.keys(),
            "current": self.tabs.current_key(),
        }
        self._settings.save(SETTINGS, everybody)


def _text(state: QByteArray) -> str:
    return bytes(state.toBase64().data()).decode("ascii")


def _bytes(text: str) -> QByteArray:
    return QByteArray.fromBase64(text.encode("ascii"))
