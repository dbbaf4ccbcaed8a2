"""Choosing rows of a ledger that is a tree: the whole tree, narrowed as one types."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLineEdit, QTreeWidget, QTreeWidgetItem, QVBoxLayout, QWidget

from logistics_desktop.context import Office
from logistics_desktop.i18n import N_, _
from logistics_desktop.jobs import Job
from logistics_desktop.ledger import references
from logistics_desktop.ledger.entity import Entity
from logistics_desktop.ledger.fields import Reference
from logistics_desktop.ledger.initials import initials
from logistics_desktop.ledger.search import fold
from ui.workspace import Workspace

_FEW = 4  # so many roots are shown with what is right below them
_ID = int(Qt.ItemDataRole.UserRole)
_FOUND_BY = _ID + 1
_TITLE = _ID + 2


def _nodes(office: Office, target: Entity, _job: Job) -> list[tuple[references.Node, str]]:
    """All rows of the ledger, each with the text that it is found by."""
    with office.session() as session:
        nodes = references.tree(session, target)
    return [(node, f"{fold(node.code)}\n{fold(node.title)}\n{initials(node.title)}") for node in nodes]


class ReferenceTree(QWidget):
    """A search field over the tree; with `checks` several rows can be ticked."""

    chosen = Signal(object)  # Reference
    ticked = Signal()

    def __init__(
        self,
        workspace: Workspace,
        target: Entity,
        checks: Mapping[int, str] | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._checks = None if checks is None else frozenset(checks)
        self.search = QLineEdit(placeholderText=_(N_("Name, code or initials")), clearButtonEnabled=True)
        self.tree = QTreeWidget()
        self.tree.setColumnCount(1)
        self.tree.setHeaderHidden(True)
        self.tree.setUniformRowHeights(True)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.search)
        column.addWidget(self.tree, 1)
        self.setFocusProxy(self.search)
        self.search.textChanged.connect(self._narrow)
        self.search.returnPressed.connect(self._choose_current)
        self.tree.itemActivated.connect(self._choose)
        self.tree.itemClicked.connect(self._choose)
        self.tree.itemChanged.connect(self.ticked)
        workspace.tasks.run(partial(_nodes, workspace.office, target), self._fill, owner=self)

    def ticks(self) -> dict[int, str]:
        """The rows that are ticked, with their names."""
        on = Qt.CheckState.Checked
        return {item.data(0, _ID): item.data(0, _TITLE) for item in self._items() if item.checkState(0) == on}

    def _fill(self, nodes: list[tuple[references.Node, str]]) -> None:
        self.tree.blockSignals(True)
        items = {node.id: _item(node, found_by, self._checks) for node, found_by in nodes}
        shelves = {node.shelf: _shelf(node.shelf) for node, _found_by in nodes}
        shelved = len(shelves) > 1
        tops = list(shelves.values()) if shelved else []
        for node, _found_by in nodes:
            above = items.get(node.parent_id) if node.parent_id is not None else None
            if above is None and shelved:
                above = shelves[node.shelf]
            if above is None:
                tops.append(items[node.id])
            else:
                above.addChild(items[node.id])
        self.tree.addTopLevelItems(tops)
        if len(tops) <= _FEW or shelved:
            for item in tops:
                item.setExpanded(True)
        for each in self._checks or ():
            _reveal(items.get(each))
        self.tree.blockSignals(False)
        self._narrow(self.search.text())

    def _narrow(self, text: str) -> None:
        words = fold(text).split()
        for item in reversed(list(self._items())):  # children before their parents
            below = any(not child.isHidden() for child in _children(item))
            mine = all(word in item.data(0, _FOUND_BY) for word in words)
            item.setHidden(not (mine or below))
            if words and below:
                item.setExpanded(True)
            if words and mine:
                self.tree.setCurrentItem(item)  # the last one set is the first in the list

    def _choose_current(self) -> None:
        item = self.tree.currentItem()
        if not isinstance(item, QTreeWidgetItem) or item.isHidden():
            return
        if self._checks is not None and not self.ticks():
            item.setCheckState(0, Qt.CheckState.Checked)
        self._choose(item)

    def _choose(self, item: QTreeWidgetItem) -> None:
        if self._checks is None and item.data(0, _ID) is not None:
            self.chosen.emit(Reference(item.data(0, _ID), item.data(0, _TITLE)))

    def _items(self) -> Iterator[QTreeWidgetItem]:
        """All items, parents before their children."""
        waiting = [self.tree.topLevelItem(at) for at in reversed(range(self.tree.topLevelItemCount()))]
        while waiting:
            item = waiting.pop()
            if item is not None:
                yield item
                waiting += reversed(_children(item))


def _item(node: references.Node, found_by: str, checks: Collection[int] | None) -> QTreeWidgetItem:
    item = QTreeWidgetItem([f"{node.code}  {node.title}"])
    item.setData(0, _TITLE, node.title)
    item.setData(0, _ID, node.id)
    item.setData(0, _FOUND_BY, found_by)
    item.setToolTip(0, f"{node.code}  {node.title}")
    if checks is not None:
        item.setCheckState(0, Qt.CheckState.Checked if node.id in checks else Qt.CheckState.Unchecked)
    return item


def _children(item: QTreeWidgetItem) -> list[QTreeWidgetItem]:
    below = (item.child(at) for at in range(item.childCount()))
    return [child for child in below if child is not None]


def _shelf(name: str) -> QTreeWidgetItem:
    """The title above the rows of one edition; it can be opened and closed, not chosen."""
    item = QTreeWidgetItem([name])
    item.setData(0, _FOUND_BY, "")
    item.setFlags(Qt.ItemFlag.ItemIsEnabled)
    return item


def _reveal(item: QTreeWidgetItem | None) -> None:
    while item is not None and (above := item.parent()) is not None:
        above.setExpanded(True)
        item = above
