"""A route from top to bottom: steps, forks with their branches, copies; the first line is the route itself."""

from __future__ import annotations

from collections.abc import Collection

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHeaderView, QTreeWidget, QTreeWidgetItem, QWidget

from logistics_desktop.features.approvals import described, editing
from logistics_desktop.features.approvals.definition import Branch, Copy, Definition, Fork
from logistics_desktop.features.approvals.described import Known
from logistics_desktop.features.approvals.editing import Place
from logistics_desktop.i18n import N_, _
from ui.theme import icon

_PLACE = int(Qt.ItemDataRole.UserRole)
_WIDTH = 220


class StepTree(QTreeWidget):
    """`chosen` tells the place of the line that is current, `()` for the route itself."""

    chosen = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(_(N_("Steps of the route")))
        self.setHeaderLabels([_(N_("Step")), _(N_("Who, or when"))])
        self.setColumnWidth(0, _WIDTH)
        self.header().setSectionResizeMode(1, QHeaderView.ResizeMode.Stretch)
        self.setRootIsDecorated(False)
        self.setItemsExpandable(False)
        self.currentItemChanged.connect(self._choose)

    def show_route(self, name: str, route: Definition, known: Known, wrong: Collection[str | None], at: Place) -> None:
        """Show a route and stand at a place; the steps with the keys `wrong` get a sign."""
        self.blockSignals(True)
        self.clear()
        top = QTreeWidgetItem(self, [name, ""])
        top.setData(0, _PLACE, ())
        top.setIcon(0, icon("warning" if None in wrong else "settings"))
        items: dict[Place, QTreeWidgetItem] = {(): top}
        for place, one in editing.walk(route.steps):
            item = QTreeWidgetItem(items[place[:-1]], [described.title(one), described.step(one, known)])
            item.setToolTip(1, item.text(1))
            item.setData(0, _PLACE, place)
            key = None if isinstance(one, Branch) else one.key
            item.setIcon(0, icon("warning" if key is not None and key in wrong else _glyph(one)))
            items[place] = item
        self.expandAll()
        self.setCurrentItem(items.get(at, top))
        self.blockSignals(False)

    def place(self) -> Place:
        """Where one stands."""
        item = self.currentItem()
        found: Place = tuple(item.data(0, _PLACE)) if item is not None else ()
        return found

    def texts(self) -> list[tuple[str, str]]:
        """All lines from top to bottom."""
        found: list[tuple[str, str]] = []

        def add(item: QTreeWidgetItem | None) -> None:
            if item is None:
                return
            found.append((item.text(0), item.text(1)))
            for at in range(item.childCount()):
                add(item.child(at))

        for row in range(self.topLevelItemCount()):
            add(self.topLevelItem(row))
        return found

    def _choose(self, *_items: object) -> None:
        self.chosen.emit(self.place())


def _glyph(one: object) -> str:
    if isinstance(one, Fork):
        return "tree"
    if isinstance(one, Branch):
        return "filter"
    return "export" if isinstance(one, Copy) else "user"
