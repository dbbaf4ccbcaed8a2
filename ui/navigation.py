"""The list of modules on the left: groups that fold, found with the keyboard by typing."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QTreeWidget, QTreeWidgetItem, QWidget

from logistics_desktop.features.permissions.rights import Rights
from logistics_desktop.i18n import N_, _
from ui.registry import Module
from ui.theme import icon

_KEY = Qt.ItemDataRole.UserRole
_ROW = QSize(0, 27)


def counted(title: str, number: int) -> str:
    """A title with how much waits behind it."""
    return f"{title} ({number})" if number else title


class Navigation(QTreeWidget):
    """Modules in their groups. A click or Enter asks for the module's tab."""

    chosen = Signal(str)  # a module's key

    def __init__(self, modules: Sequence[Module], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("navigation")
        self.setAccessibleName(_(N_("Modules")))
        self.setHeaderHidden(True)
        self.setIndentation(12)
        self.setIconSize(QSize(18, 18))
        self.setUniformRowHeights(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._items: dict[str, QTreeWidgetItem] = {}
        self._titles = {module.key: _(module.title) for module in modules}
        self._modules = modules
        for group, members in groupby(modules, key=lambda module: module.group):
            self._add_group(group, list(members))
        self.itemActivated.connect(self._choose)
        self.itemClicked.connect(self._choose)

    def mark(self, key: str) -> None:
        """Show which module's tab is on top."""
        item = self._items.get(key)
        if item is not None and item is not self.currentItem():
            self.setCurrentItem(item)

    def show_count(self, key: str, number: int) -> None:
        """Say beside a module how much waits there."""
        item = self._items.get(key)
        if item is not None:
            item.setText(0, counted(self._titles[key], number))

    def show_allowed(self, rights: Rights) -> None:
        """Hide the modules of which the user can see nothing, and groups without any other."""
        for module in self._modules:
            self._items[module.key].setHidden(not module.offered_to(rights))
        for row in range(self.topLevelItemCount()):
            group = self.topLevelItem(row)
            if group is not None:
                members = [group.child(at) for at in range(group.childCount())]
                group.setHidden(all(member is not None and member.isHidden() for member in members))

    def folded(self) -> list[str]:
        """The groups that are folded, by their message ids."""
        groups = (self.topLevelItem(row) for row in range(self.topLevelItemCount()))
        return [item.data(0, _KEY) for item in groups if item is not None and not item.isExpanded()]

    def fold(self, groups: Sequence[str]) -> None:
        """Fold these groups and open the others."""
        for row in range(self.topLevelItemCount()):
            item = self.topLevelItem(row)
            if item is not None:
                item.setExpanded(item.data(0, _KEY) not in groups)

    def _add_group(self, group: str, members: Sequence[Module]) -> None:
        heading = QTreeWidgetItem(self, [_(group)])
        heading.setData(0, _KEY, group)
        heading.setFlags(Qt.ItemFlag.ItemIsEnabled)
        font = QFont(self.font())
        font.setBold(True)
        heading.setFont(0, font)
        heading.setSizeHint(0, _ROW)
        for module in members:
            item = QTreeWidgetItem(heading, [_(module.title)])
            item.setIcon(0, icon(module.icon))
            item.setSizeHint(0, _ROW)
            item.setData(0, _KEY, module.key)
            self._items[module.key] = item
        heading.setExpanded(True)

    def _choose(self, item: QTreeWidgetItem) -> None:
        if item.parent() is None:
            item.setExpanded(not item.isExpanded())
        else:
            self.chosen.emit(item.data(0, _KEY))
