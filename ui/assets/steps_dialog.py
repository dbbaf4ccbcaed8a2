"""The steps that changed several assets at once, each of which can be taken back."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QTreeWidget, QTreeWidgetItem, QWidget

from logistics_desktop.i18n import N_, _
from logistics_desktop.operations import KINDS, Step
from logistics_desktop.workbook.undo import Undone
from ui.assets import work
from ui.notices import Tone
from ui.work_dialog import WorkDialog
from ui.workspace import Workspace

_SIZE = (820, 420)
_STEP = int(Qt.ItemDataRole.UserRole)
_WIDTHS = (140, 110, 170, 210, 60)


class StepsDialog(WorkDialog):
    """When, who, what, on how many rows; the newest on top."""

    def __init__(self, workspace: Workspace, parent: QWidget | None = None) -> None:
        super().__init__(workspace, _(N_("Steps on several cards")), _(N_("Take back")), parent)
        self.resize(*_SIZE)
        self.tree = QTreeWidget()
        self.tree.setRootIsDecorated(False)
        headers = (N_("When"), N_("Who"), N_("What"), N_("Of"), N_("Rows"), N_("State"))
        self.tree.setHeaderLabels([_(header) for header in headers])
        for column, width in enumerate(_WIDTHS):
            self.tree.setColumnWidth(column, width)
        self.tree.itemSelectionChanged.connect(self.refresh)
        self.page.addWidget(self.tree)
        self._read()

    def do(self) -> None:
        """Take the selected step back."""
        step = self._selected()
        if step is not None and step.undone_at is None:
            do = partial(work.take_back, self.workspace.office, step.id)
            self.work(do, self._finish, _(N_("Taking the step back")))

    def refresh(self) -> None:
        """Let only a step be taken back that still stands."""
        step = self._selected()
        self.act.setEnabled(not self.busy and step is not None and step.undone_at is None)

    def _read(self) -> None:
        self.work(partial(work.steps, self.workspace.office), self._show)

    def _show(self, steps: list[Step]) -> None:
        self.tree.clear()
        items = []
        for step in steps:
            at = f"{step.at.astimezone():%Y-%m-%d %H:%M}"
            state = _(N_("taken back by {who}"), who=step.undone_by) if step.undone_at else ""
            item = QTreeWidgetItem([at, step.who, _(KINDS[step.kind]), step.title, f"{step.rows:,}", state])
            item.setData(0, _STEP, step)
            items.append(item)
        self.tree.addTopLevelItems(items)
        if items:
            self.tree.setCurrentItem(items[0])
        else:
            self.tree.addTopLevelItem(QTreeWidgetItem([_(N_("Nothing yet."))]))

    def _selected(self) -> Step | None:
        item = self.tree.currentItem()
        found = item.data(0, _STEP) if isinstance(item, QTreeWidgetItem) else None
        return found if isinstance(found, Step) else None

    def _finish(self, undone: Undone) -> None:
        count = undone.deleted + undone.restored + undone.returned
        self.workspace.notices.say(_(N_("Taken back: {count} rows."), count=f"{count:,}"), Tone.DONE)
        self._read()
