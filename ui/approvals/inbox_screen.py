"""The inbox: boxes with their counts, the lines of one, and beside them the whole case."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QItemSelectionModel, QSize, Qt
from PySide6.QtGui import QAction, QShowEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QLabel,
    QSplitter,
    QTabBar,
    QTableView,
    QToolBar,
    QVBoxLayout,
    QWidget,
)

from logistics_desktop.features.approvals.inbox import Box, Counts, Item
from logistics_desktop.i18n import N_, _
from ui import actions
from ui.approvals import work
from ui.approvals.absence_dialog import AbsenceDialog
from ui.approvals.case_view import CaseView
from ui.approvals.inbox_model import InboxModel
from ui.approvals.leaving_dialog import LeavingDialog
from ui.approvals.several import SeveralBar
from ui.workspace import Workspace

BOXES = {
    Box.TO_DO: N_("To do"),
    Box.STANDING_IN: N_("Standing in"),
    Box.DONE: N_("Handled"),
    Box.MINE: N_("Requested by me"),
    Box.COPIES: N_("Copies"),
}
_EMPTY = {
    Box.TO_DO: N_("Nothing waits for you."),
    Box.STANDING_IN: N_("You stand in for nobody, or nothing waits for them."),
    Box.DONE: N_("You have decided nothing yet."),
    Box.MINE: N_("You have asked for nothing yet."),
    Box.COPIES: N_("Nobody has sent you a copy."),
}
_TABLES = frozenset(
    (
        "approval_case",
        "approval_task",
        "approval_decision",
        "approval_copy",
        "approval_stand_in",
        "approval_participant",
    )
)
_WIDTHS = (112, 190, 68, 92, 124, 88)
_SPLIT = (650, 530)


class ApprovalsScreen(QWidget):
    """Lines on the left, the case on the right; after a decision the next line is on show."""

    def __init__(self, workspace: Workspace) -> None:
        super().__init__()
        self._workspace = workspace
        self._stale = True
        self.boxes = QTabBar()
        self.model = InboxModel()
        self.table = QTableView()
        self.empty = QLabel(alignment=Qt.AlignmentFlag.AlignCenter)
        self.case = CaseView(workspace, self)
        self.several = SeveralBar(workspace, self)
        self.tools = QToolBar()
        self.stand_in = self._command("approval_stand_in", self.open_absences)
        self.leaving = self._command("approval_leaving", self.open_leaving)
        self.refresh_action = self._command("approval_refresh", self.refresh)
        self._command("approval_next", partial(self.step, 1))
        self._command("approval_previous", partial(self.step, -1))
        self._command("approval_box", self.next_box)
        self._lay_out()
        self._connect()

    def showEvent(self, event: QShowEvent) -> None:
        """Read what waits when the screen is first seen, or has missed something."""
        super().showEvent(event)
        if self._stale:
            self.refresh()

    def refresh(self) -> None:
        """Read the box, its counts and the case again."""
        self._stale = False
        office = self._workspace.office
        self._workspace.tasks.run(partial(work.counts, office), self._show_counts, owner=self, key="counts")
        self.model.begin_again()
        self.case.read_again()

    def open_box(self, box: Box) -> None:
        """Show a box."""
        self.boxes.setCurrentIndex(list(BOXES).index(box))

    def next_box(self) -> None:
        """Show the next box, after the last the first."""
        self.boxes.setCurrentIndex((self.boxes.currentIndex() + 1) % self.boxes.count())

    def open_case(self, number: int) -> None:
        """Show a case that need not be in the box."""
        self.table.clearSelection()
        self.case.open(number)

    def open_absences(self) -> AbsenceDialog:
        """Say who stands in for whom."""
        dialog = AbsenceDialog(self._workspace, self)
        dialog.open()
        return dialog

    def open_leaving(self) -> LeavingDialog:
        """Hand all that waits for a leaving person to another."""
        dialog = LeavingDialog(self._workspace, self)
        dialog.open()
        return dialog

    def step(self, by: int) -> None:
        """Go to the line below or above, wherever the cursor stands."""
        row = self.table.currentIndex().row() + by
        if 0 <= row < self.model.rowCount():
            self.table.selectRow(row)

    def chosen(self) -> list[Item]:
        """The lines that are selected, from top to bottom."""
        rows = sorted(index.row() for index in self.table.selectionModel().selectedRows())
        return [self.model.items[row] for row in rows]

    def _read(self, after: int | None, limit: int) -> None:
        box = self.model.box
        self._workspace.tasks.run(
            partial(work.page, self._workspace.office, box, after, limit),
            partial(self._take, box, after, limit),
            owner=self,
            key="page",
            on_error=self._cannot_read,
        )

    def _take(self, box: Box, after: int | None, limit: int, items: list[Item]) -> None:
        kept, row = self.chosen(), self.table.currentIndex().row()
        self.model.take(box, after, limit, items)
        self.empty.setText(_(_EMPTY[self.model.box]))
        self.empty.setVisible(not self.model.items)
        self.table.setVisible(bool(self.model.items))
        if after is None:
            self._select_again(kept, row)

    def _select_again(self, kept: list[Item], row: int) -> None:
        """Stay on the lines that were selected; where they are gone, on the one that took their place."""
        rows = [at for item in kept if (at := self.model.row_of(item)) is not None]
        if not rows and self.model.items and (kept or self.case.number is None):
            rows = [min(max(row, 0), len(self.model.items) - 1)]
        select = QItemSelectionModel.SelectionFlag
        for at in rows:
            flags = select.Select | select.Rows
            self.table.selectionModel().select(self.model.index(at, 0), flags)
        if rows:
            no_change = select.NoUpdate
            self.table.selectionModel().setCurrentIndex(self.model.index(rows[0], 0), no_change)
        elif kept:
            self._show_chosen()

    def _cannot_read(self, error: BaseException) -> None:
        self.model.give_up()
        self._workspace.notices.report(error)

    def _show_box(self) -> None:
        self.case.open(None)
        self.table.clearSelection()
        self.model.show(list(BOXES)[self.boxes.currentIndex()])

    def _show_chosen(self) -> None:
        chosen = self.chosen()
        self.several.show_chosen(chosen if self.model.box in (Box.TO_DO, Box.STANDING_IN) else [])
        if len(chosen) == 1:
            item = chosen[0]
            self.case.open(item.case, item.task)
            if not item.read:
                do = partial(work.have_read, self._workspace.office, item.case)
                self._workspace.tasks.run(do, lambda _none: None, owner=self, key="read")
        elif not chosen:
            self.case.open(None)

    def _show_counts(self, counts: Counts) -> None:
        numbers = {Box.TO_DO: counts.to_do, Box.STANDING_IN: counts.standing_in, Box.COPIES: counts.unread}
        for at, (box, title) in enumerate(BOXES.items()):
            number = numbers.get(box, 0)
            self.boxes.setTabText(at, f"{_(title)} ({number})" if number else _(title))

    def _heard(self, tables: frozenset[str]) -> None:
        if not tables or tables & _TABLES:
            self._stale = True
            if self.isVisible():
                self.refresh()

    def _show_rights(self) -> None:
        self.leaving.setVisible(self._workspace.rights.now.may("approvals.manage"))

    def _command(self, key: str, do: object) -> QAction:
        assert callable(do)
        return actions.bind(actions.make(key, self, do), self, inside=True)

    def _connect(self) -> None:
        self.boxes.currentChanged.connect(lambda _at: self._show_box())
        self.model.more_wanted.connect(self._read)
        self.table.selectionModel().selectionChanged.connect(lambda *_what: self._show_chosen())
        self.table.doubleClicked.connect(lambda _index: self.case.comment.setFocus())
        self.case.done.connect(lambda _action: self.refresh())
        self.several.done.connect(self.refresh)
        self._workspace.changes.changed.connect(self._heard)
        self._workspace.rights.changed.connect(self._show_rights)
        self._show_rights()

    def _lay_out(self) -> None:
        self.tools.setObjectName("ledgerTools")
        self.tools.setIconSize(QSize(18, 18))
        self.tools.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        for action in (self.stand_in, self.leaving, self.refresh_action):
            self.tools.addAction(action)
        for title in BOXES.values():
            self.boxes.addTab(_(title))
        self.boxes.setExpanding(False)
        self.boxes.setDocumentMode(True)
        self.boxes.setAccessibleName(_(N_("Boxes")))
        self.table.setModel(self.model)
        self.table.setAccessibleName(_(N_("Approvals")))
        self.table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.table.setAlternatingRowColors(True)
        self.table.setShowGrid(False)
        self.table.setWordWrap(False)
        self.table.verticalHeader().hide()
        header = self.table.horizontalHeader()
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        for column, width in enumerate(_WIDTHS):
            self.table.setColumnWidth(column, width)
        header.setSectionResizeMode(1, QHeaderView.ResizeMode.Stretch)
        self.empty.setObjectName("hint")
        self.empty.hide()
        left = QWidget()
        boxed = QVBoxLayout(left)
        boxed.setContentsMargins(0, 0, 0, 0)
        boxed.setSpacing(0)
        for widget in (self.boxes, self.several, self.table, self.empty):
            boxed.addWidget(widget, 1 if widget in (self.table, self.empty) else 0)
        split = QSplitter(Qt.Orientation.Horizontal)
        split.setChildrenCollapsible(False)
        split.addWidget(left)
        split.addWidget(self.case)
        split.setSizes(_SPLIT)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(self.tools)
        whole.addWidget(split, 1)
        self.setFocusProxy(self.table)
