"""Several cards become one row again: what differs, what is taken, what keeps them apart."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtGui import QColor
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QTreeWidget, QTreeWidgetItem, QWidget

from logistics_desktop.features.assets.asset_ledger import ASSETS
from logistics_desktop.features.assets.cards import Made, Merger, shown
from logistics_desktop.features.assets.sharing import SUMMED
from logistics_desktop.i18n import N_, _
from ui.assets import work
from ui.ledger.importing.tones import Tone as Colour
from ui.ledger.importing.tones import colour
from ui.notices import Tone
from ui.work_dialog import WorkDialog
from ui.workspace import Workspace

_SIZE = (760, 460)
_FEW = 4


class MergeDialog(WorkDialog):
    """Shows the fields in which the cards differ, and what the one row would have."""

    def __init__(self, workspace: Workspace, ids: Sequence[int], parent: QWidget | None = None) -> None:
        super().__init__(workspace, _(N_("Merge cards")), _(N_("Merge")), parent)
        self.resize(*_SIZE)
        self._ids = list(ids)
        self._merger: Merger | None = None
        self.act.setEnabled(False)
        self.keep = QComboBox()
        self.keep.activated.connect(self._plan)
        line = QHBoxLayout()
        label = QLabel(_(N_("&Card that stays")))
        label.setBuddy(self.keep)
        line.addWidget(label)
        line.addWidget(self.keep, 1)
        self.tree = QTreeWidget()
        self.tree.setRootIsDecorated(False)
        self.tree.setHeaderLabels([_(N_("Field")), _(N_("The cards have")), _(N_("The one row has"))])
        self.tree.setColumnWidth(0, 160)
        self.tree.setColumnWidth(1, 320)
        self.sums = QLabel(wordWrap=True)
        self.page.addLayout(line)
        self.page.addWidget(self.tree, 1)
        self.page.addWidget(self.sums)
        self._plan(0)

    def do(self) -> None:
        """Merge the cards."""
        if self._merger is not None and not self._merger.forbidden:
            do = partial(work.merge, self.workspace.office, self._merger)
            self.work(do, self._finish, _(N_("Merging cards")))

    def refresh(self) -> None:
        """Let only cards be merged that are alike."""
        forbidden = self._merger.forbidden if self._merger else ()
        self.act.setEnabled(self._merger is not None and not forbidden)
        if forbidden:
            labels = ", ".join(_(ASSETS.by_key[one.key].label) for one in forbidden)
            self.say(_(N_("These cards are not alike: {labels} differ."), labels=labels))

    def _plan(self, keep: int) -> None:
        self.work(partial(work.plan_merge, self.workspace.office, self._ids, keep), self._show)

    def _show(self, merger: Merger) -> None:
        self._merger = merger
        if not self.keep.count():
            self.keep.addItems(merger.titles)
        self.tree.clear()
        for one in merger.differences:
            values = " · ".join(shown(one.key, value) for value in one.values[:_FEW])
            more = " …" if len(one.values) > _FEW else ""
            taken = _(N_("must be the same")) if one.forbidden else shown(one.key, one.kept)
            item = QTreeWidgetItem([_(ASSETS.by_key[one.key].label), values + more, taken])
            if one.forbidden:
                _paint(item, colour(Colour.WRONG))
            self.tree.addTopLevelItem(item)
        if not merger.differences:
            self.tree.addTopLevelItem(QTreeWidgetItem([_(N_("Nothing differs.")), "", ""]))
        sums = (f"{_(ASSETS.by_key[key].label)} {shown(key, merger.whole[key])}" for key in SUMMED)
        text = _(N_("{count} cards become one row: {sums}"), count=len(merger.cards), sums=", ".join(sums))
        self.sums.setText(text)

    def _finish(self, _made: Made) -> None:
        self.workspace.notices.say(_(N_("Merged {count} cards."), count=len(self._ids)), Tone.DONE)
        self.accept()


def _paint(item: QTreeWidgetItem, ink: QColor) -> None:
    for column in range(item.columnCount()):
        item.setForeground(column, ink)
