"""The modules' tabs: opened by name, their screens built when they are first looked at."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol, runtime_checkable

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QTabBar, QTabWidget, QToolButton, QVBoxLayout, QWidget

from logistics_desktop.features.permissions.rights import Rights
from logistics_desktop.i18n import N_, _
from ui.navigation import counted
from ui.notices import Tone
from ui.registry import Module
from ui.theme import icon
from ui.workspace import Workspace


@runtime_checkable
class HoldsLedgers(Protocol):
    """A screen with ledgers of its own within."""

    def open_ledger(self, key: str) -> QWidget:
        """Bring a ledger to the front, and give it."""


class ModuleTabs(QTabWidget):
    """One tab a module, in any order that the user likes."""

    shown = Signal(str)  # the key of the module on top

    def __init__(self, modules: Sequence[Module], workspace: Workspace, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("modules")
        self.setDocumentMode(True)
        self.setMovable(True)
        self.setUsesScrollButtons(True)
        self.setIconSize(QSize(16, 16))
        self._modules = {module.key: module for module in modules}
        self._workspace = workspace
        self._counts: dict[str, int] = {}
        self.currentChanged.connect(self._show)

    def open(self, key: str) -> QWidget | None:
        """Bring the module's tab to the front, making it if it is not open, and give its screen.

        A module of which the user can see nothing is not opened, whatever link leads there; that is said.
        """
        if key not in self._modules:
            return self._open_within(key)
        module = self._modules[key]
        if not module.offered_to(self._workspace.rights.now):
            said = N_("You have no right to see “{module}”. An administrator can give it to you.")
            self._workspace.notices.say(_(said, module=_(module.title)), Tone.WARNING)
            return None
        if key not in self.keys():
            self._add(key)
        self.setCurrentIndex(self.keys().index(key))
        content = self._tab(self.currentIndex()).content
        if content is not None:
            content.setFocus()
        return content

    def restore(self, keys: Sequence[str], current: str) -> None:
        """Open the tabs of a former session; only the current one is built. Unknown keys are left out."""
        self.blockSignals(True)
        for key in keys:
            if key in self._modules and key not in self.keys():
                self._add(key)
        self.blockSignals(False)
        self.open(current if current in self.keys() else next(iter([*self.keys(), *self._modules])))

    def show_allowed(self, rights: Rights) -> None:
        """Close the tabs of modules of which the user can see nothing, as a former session may have left them."""
        closed = [key for key in self.keys() if not self._modules[key].offered_to(rights)]
        for key in closed:
            self.close_tab(self.keys().index(key))
        if closed and not self.count():
            self.open(next(iter(self._modules)))

    def keys(self) -> list[str]:
        """The open modules, from left to right."""
        return [self._tab(place).module.key for place in range(self.count())]

    def show_count(self, key: str, number: int) -> None:
        """Say on the tab of a module how much waits there."""
        self._counts[key] = number
        if key in self.keys():
            self.setTabText(self.keys().index(key), counted(_(self._modules[key].title), number))

    def current_key(self) -> str:
        """The module on top, or an empty text where no tab is open."""
        return self._tab(self.currentIndex()).module.key if self.count() else ""

    def current_screen(self) -> QWidget | None:
        """The screen on top, if there is one."""
        return self._tab(self.currentIndex()).content if self.count() else None

    def close_tab(self, place: int) -> None:
        """Close a tab, unless its screen still has something unsaved that the user wants to keep."""
        tab = self._tab(place)
        if tab.may_close():
            self.removeTab(place)
            tab.deleteLater()

    def may_close_all(self) -> bool:
        """Ask every screen, bringing the one that hesitates to the front."""
        for place in range(self.count()):
            if not self._tab(place).may_close():
                self.setCurrentIndex(place)
                return False
        return True

    def _open_within(self, ledger: str) -> QWidget | None:
        """Show a ledger that lies within the screen of a module, and give it."""
        holder = next((module for module in self._modules.values() if ledger in module.ledgers), None)
        screen = self.open(holder.key) if holder is not None else None
        return screen.open_ledger(ledger) if isinstance(screen, HoldsLedgers) else None

    def _add(self, key: str) -> None:
        module = self._modules[key]
        tab = _Tab(module)
        place = self.addTab(tab, icon(module.icon), counted(_(module.title), self._counts.get(key, 0)))
        close = QToolButton()
        close.setObjectName("closeTab")
        close.setIcon(icon("close"))
        close.setIconSize(QSize(12, 12))
        close.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # Ctrl+W is the keyboard's way
        close.setAccessibleName(_(N_("Close tab")))
        close.clicked.connect(lambda: self.close_tab(self.indexOf(tab)))
        self.tabBar().setTabButton(place, QTabBar.ButtonPosition.RightSide, close)

    def _tab(self, place: int) -> _Tab:
        tab = self.widget(place)
        assert isinstance(tab, _Tab)
        return tab

    def _show(self, place: int) -> None:
        if place < 0:
            self.shown.emit("")
            return
        tab = self._tab(place)
        tab.build(self._workspace)
        self.shown.emit(tab.module.key)


class _Tab(QWidget):
    """The place of a screen until it is built, and around it afterwards."""

    def __init__(self, module: Module) -> None:
        super().__init__()
        self.module = module
        self.content: QWidget | None = None
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)

    def build(self, workspace: Workspace) -> None:
        if self.content is None:
            self.content = self.module.build(workspace)
            self._column.addWidget(self.content)
            self.setFocusProxy(self.content)

    def may_close(self) -> bool:
        ask = getattr(self.content, "close_request", None)
        return ask is None or bool(ask())
