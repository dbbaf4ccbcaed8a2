"""Two editions of the class table side by side: which class takes the place of which, and moving the assets."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from logistics_desktop.features.assets.classes import ClassLine, Editions, Moved, Why, propose, with_descendants
from logistics_desktop.i18n import N_, _
from logistics_desktop.ledger.initials import initials
from logistics_desktop.ledger.search import fold
from ui.assets import work
from ui.ledger.ask import Answer, ask
from ui.notices import Tone
from ui.work_dialog import WorkDialog
from ui.workspace import Workspace

_SIZE = (1180, 680)
_ID = int(Qt.ItemDataRole.UserRole)
_FOUND_BY = _ID + 1
_NAME, _COUNT = 0, 1
_ONLY = N_("There is only one edition. Import the table of the other one first.")
_SAME = N_("Choose two different editions.")


class EditionsDialog(WorkDialog):
    """Left the old edition with what takes its place, right the new one; a line of the map joins the two selected."""

    def __init__(self, workspace: Workspace, parent: QWidget | None = None) -> None:
        super().__init__(workspace, _(N_("Editions of the class table")), _(N_("Move the assets …")), parent)
        self.resize(*_SIZE)
        self._seen: Editions | None = None
        self.old, self.new = _Side(_(N_("Old edition")), mapped=True), _Side(_(N_("New edition")), mapped=False)
        self.join = QPushButton(_(N_("Join the two")), autoDefault=False)
        self.part = QPushButton(_(N_("Take apart")), autoDefault=False)
        self.suggest = QPushButton(_(N_("Suggest by name and code")), autoDefault=False)
        self.summary = QLabel(wordWrap=True)
        self.summary.setObjectName("hint")
        sides = QHBoxLayout()
        sides.addWidget(self.old, 3)
        sides.addWidget(self.new, 2)
        tools = QHBoxLayout()
        for button in (self.suggest, self.join, self.part):
            tools.addWidget(button)
        tools.addWidget(self.summary, 1)
        self.page.addLayout(sides, 1)
        self.page.addLayout(tools)
        self.join.clicked.connect(lambda: self.join_selected())
        self.part.clicked.connect(lambda: self.part_selected())
        self.suggest.clicked.connect(lambda: self.suggest_all())
        for side in (self.old, self.new):
            side.edition.activated.connect(lambda _at: self._read())
            side.tree.itemSelectionChanged.connect(self.refresh)
        self.refresh()
        self.work(partial(work.editions, workspace.office), self._begin)

    def do(self) -> None:
        """Ask whether the assets are to move."""
        assert self._seen is not None
        moving = sum(line.assets for line in self._seen.old if line.id in self._seen.kept)
        left = sum(line.assets for line in self._seen.old) - moving
        said = _(
            N_("Move {count} assets from “{old}” to “{new}”?"),
            count=f"{moving:,}",
            old=self.old.edition.currentText(),
            new=self.new.edition.currentText(),
        )
        details = _(N_("It is one step that can be taken back in the menu “Cards” of the assets."))
        if left:
            stay = N_("{count} assets stay, because their class has no counterpart.")
            details = f"{_(stay, count=f'{left:,}')}\n{details}"
        ask(self, said, [Answer(_(N_("Move")), self.move_assets), Answer(_(N_("Cancel")))], details)

    def move_assets(self) -> None:
        """Move the assets of mapped classes."""
        do = partial(work.move, self.workspace.office, *self._editions())
        self.work(do, self._moved, _(N_("Moving assets")))

    def join_selected(self) -> None:
        """Have the class selected at the right take the place of those at the left."""
        to = self.new.selected()
        if to:
            self._keep(dict.fromkeys(self.old.selected(), to[0]))

    def part_selected(self) -> None:
        """Forget what takes the place of the classes selected at the left."""
        self._keep(dict.fromkeys(self.old.selected(), None))

    def suggest_all(self) -> None:
        """Join every class that is not mapped yet with the one that is likely the same."""
        assert self._seen is not None
        found = propose(self._seen.old, self._seen.new)
        # A code alone may mean something else in the other edition: that is shown, and left to the user.
        sure = {one: proposal.id for one, proposal in found.items() if proposal.why is not Why.CODE}
        self._keep({one: to for one, to in sure.items() if one not in self._seen.kept})

    def refresh(self) -> None:
        """Let only be pressed what has something to work on."""
        seen, two = self._seen, len(set(self._editions())) == 2
        ready = seen is not None and two and not self.busy
        self.suggest.setEnabled(ready)
        self.join.setEnabled(ready and bool(self.old.selected()) and len(self.new.selected()) == 1)
        kept = seen.kept if seen else {}
        self.part.setEnabled(ready and any(one in kept for one in self.old.selected()))
        self.act.setEnabled(ready and seen is not None and any(line.assets and line.id in kept for line in seen.old))

    def _editions(self) -> tuple[str, str]:
        return self.old.edition.currentText(), self.new.edition.currentText()

    def _begin(self, editions: list[str]) -> None:
        for side in (self.old, self.new):
            side.edition.addItems(editions)
        self.new.edition.setCurrentIndex(len(editions) - 1)
        self._read()

    def _read(self) -> None:
        self.work(partial(work.side_by_side, self.workspace.office, *self._editions()), self._show)

    def _keep(self, pairs: Mapping[int, int | None]) -> None:
        self.work(partial(work.keep_map, self.workspace.office, *self._editions(), dict(pairs)), self._show)

    def _show(self, seen: Editions) -> None:
        self._seen = seen
        if len(set(self._editions())) < 2:
            self.old.show_lines(seen.old, {})
            self.new.show_lines(seen.new, {})
            self.summary.setText(_(_ONLY if self.old.edition.count() < 2 else _SAME))
            return
        names = {line.id: f"{line.code} {line.name}" for line in seen.new}
        proposed = {
            one: f"? {names[proposal.id]} ({_(proposal.why.value)})"
            for one, proposal in propose(seen.old, seen.new).items()
        }
        self.old.show_lines(seen.old, {**proposed, **{one: names[to] for one, to in seen.kept.items()}})
        self.new.show_lines(seen.new, {})
        with_assets = [line for line in seen.old if line.assets]
        missing = [line for line in with_assets if line.id not in seen.kept]
        text = _(
            N_("{kept} of {all} classes have a counterpart; {missing} of {used} classes with assets have none yet."),
            kept=len(seen.kept),
            all=len(seen.old),
            missing=len(missing),
            used=len(with_assets),
        )
        self.summary.setText(text)

    def _moved(self, moved: Moved) -> None:
        text = N_("{count} assets moved to “{edition}”; {left} stayed.")
        said = _(text, count=f"{moved.moved:,}", edition=self.new.edition.currentText(), left=f"{moved.left:,}")
        self.workspace.notices.say(said, Tone.DONE)
        self._read()


class _Side(QWidget):
    """One edition: which, a search, and its tree."""

    def __init__(self, title: str, *, mapped: bool) -> None:
        super().__init__()
        self._mapped = mapped
        self.edition = QComboBox()
        self.edition.setAccessibleName(title)
        self.search = QLineEdit(placeholderText=_(N_("Name, code or initials")), clearButtonEnabled=True)
        self.search.textChanged.connect(self._narrow)
        self.tree = QTreeWidget()
        self.tree.setUniformRowHeights(True)
        headers = [_(N_("Class")), _(N_("Assets"))]
        self.tree.setHeaderLabels([*headers, _(N_("In the new edition"))] if mapped else headers)
        self.tree.setColumnWidth(_NAME, 300)
        self.tree.setColumnWidth(_COUNT, 70)
        if mapped:
            self.tree.setSelectionMode(QTreeWidget.SelectionMode.ExtendedSelection)
        head = QHBoxLayout()
        head.addWidget(QLabel(title))
        head.addWidget(self.edition, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(head)
        column.addWidget(self.search)
        column.addWidget(self.tree, 1)

    def selected(self) -> list[int]:
        """The classes that are selected."""
        return [item.data(_NAME, _ID) for item in self.tree.selectedItems()]

    def select(self, ids: Iterable[int]) -> None:
        """Select classes."""
        wanted = set(ids)
        for item in self._items():
            item.setSelected(item.data(_NAME, _ID) in wanted)

    def show_lines(self, lines: Sequence[ClassLine], kept: dict[int, str]) -> None:
        """Show the tree again, what was selected and open stays so."""
        selected, closed = self.selected(), {i.data(_NAME, _ID) for i in self._items() if not i.isExpanded()}
        known = self.tree.topLevelItemCount() > 0
        sums = with_descendants(lines)
        self.tree.clear()
        items = {line.id: _item(line, sums[line.id], kept.get(line.id, "")) for line in lines}
        tops = []
        for line in lines:
            above = items.get(line.parent_id) if line.parent_id is not None else None
            if above is None:
                tops.append(items[line.id])
            else:
                above.addChild(items[line.id])
        self.tree.addTopLevelItems(tops)
        for number, item in items.items():
            item.setExpanded(number not in closed if known else True)
        self.select(selected)
        self._narrow(self.search.text())

    def _narrow(self, text: str) -> None:
        words = fold(text).split()
        for item in reversed(self._items()):  # children before their parents
            children = (item.child(at) for at in range(item.childCount()))
            below = any(child is not None and not child.isHidden() for child in children)
            item.setHidden(not below and not all(word in item.data(_NAME, _FOUND_BY) for word in words))

    def _items(self) -> list[QTreeWidgetItem]:
        """All items, parents before their children."""
        found: list[QTreeWidgetItem] = []
        waiting = [self.tree.topLevelItem(at) for at in reversed(range(self.tree.topLevelItemCount()))]
        while waiting:
            item = waiting.pop()
            if item is not None:
                found.append(item)
                waiting += [item.child(at) for at in reversed(range(item.childCount()))]
        return found


def _item(line: ClassLine, assets: int, to: str) -> QTreeWidgetItem:
    item = QTreeWidgetItem([f"{line.code}  {line.name}", f"{assets:,}" if assets else "", to])
    item.setData(_NAME, _ID, line.id)
    item.setData(_NAME, _FOUND_BY, f"{fold(line.code)}\n{fold(line.name)}\n{initials(line.name)}")
    item.setTextAlignment(_COUNT, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
    return item
