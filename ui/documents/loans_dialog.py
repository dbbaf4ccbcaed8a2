"""What is lent, to whom and until when; what should be back by now is red."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QBrush, QColor
from PySide6.QtWidgets import QCheckBox, QHeaderView, QLabel, QTreeWidget, QTreeWidgetItem, QWidget

from logistics_desktop.features.documents.of_assets import Loan
from logistics_desktop.i18n import N_, _
from ui.documents import work
from ui.theme import in_force
from ui.work_dialog import WorkDialog
from ui.workspace import Workspace

_HEADERS = (N_("Due on"), N_("Asset"), N_("Borrower"), N_("Document no."))
_WIDTHS = (120, 260, 120, 130)
_SIZE = (700, 420)


class LoansDialog(WorkDialog):
    """The first due stands first; opens the document by which something was lent."""

    chosen = Signal(int)  # the document

    def __init__(self, workspace: Workspace, parent: QWidget | None = None) -> None:
        super().__init__(workspace, _(N_("What is lent")), _(N_("Open the document")), parent)
        self.resize(*_SIZE)
        self.loans: tuple[Loan, ...] = ()
        self.late = QCheckBox(_(N_("&Overdue only")))
        self.table = QTreeWidget()
        self.table.setRootIsDecorated(False)
        self.table.setAlternatingRowColors(True)
        self.table.setAccessibleName(_(N_("What is lent")))
        self.table.setHeaderLabels([_(text) for text in _HEADERS])
        for column, width in enumerate(_WIDTHS):
            self.table.setColumnWidth(column, width)
        self.table.header().setSectionResizeMode(1, QHeaderView.ResizeMode.Stretch)
        self.nothing = QLabel(alignment=Qt.AlignmentFlag.AlignCenter)
        self.nothing.setObjectName("hint")
        self.page.addWidget(self.late)
        self.page.addWidget(self.table, 1)
        self.page.addWidget(self.nothing, 1)
        self.late.toggled.connect(lambda _on: self._show())
        self.table.itemActivated.connect(lambda _item: self.do())
        self.table.itemSelectionChanged.connect(self.refresh)
        self.work(partial(work.loans, workspace.office), self._take)

    def do(self) -> None:
        """Show the document of the line that is chosen."""
        item = self.table.currentItem()
        if item is not None:
            self.chosen.emit(item.data(0, Qt.ItemDataRole.UserRole))
            self.accept()

    def refresh(self) -> None:
        """Only a line that is chosen has a document to open."""
        self.act.setEnabled(not self.busy and self.table.currentItem() is not None)

    def lines(self) -> list[tuple[str, ...]]:
        """What is shown, line by line."""
        items = (self.table.topLevelItem(row) for row in range(self.table.topLevelItemCount()))
        return [tuple(item.text(column) for column in range(len(_HEADERS))) for item in items if item is not None]

    def _take(self, loans: Sequence[Loan]) -> None:
        self.loans = tuple(loans)
        self._show()

    def _show(self) -> None:
        shown = [one for one in self.loans if one.late or not self.late.isChecked()]
        self.table.clear()
        for one in shown:
            self._add(one)
        first = self.table.topLevelItem(0)
        if first is not None:
            self.table.setCurrentItem(first)
        self.table.setVisible(bool(shown))
        self.nothing.setVisible(not shown)
        self.nothing.setText(_(N_("Nothing is overdue.")) if self.loans else _(N_("Nothing is lent.")))
        self.refresh()

    def _add(self, one: Loan) -> None:
        due = _(N_("{day}, overdue"), day=one.due_on) if one.late else str(one.due_on)
        item = QTreeWidgetItem(self.table, [due, f"{one.code} {one.name}".strip(), one.borrower, one.number])
        item.setData(0, Qt.ItemDataRole.UserRole, one.document)
        if one.late:
            item.setForeground(0, QBrush(QColor(in_force().danger)))
