"""What happened to one record: when, who, which field, before and after."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from logistics_desktop.context import Office
from logistics_desktop.i18n import N_, _
from logistics_desktop.jobs import Job
from logistics_desktop.ledger.entity import Entity
from logistics_desktop.ledger.history import HistoryLine, history
from logistics_desktop.ledgers import LEDGERS
from ui.workspace import Workspace

_HEADERS = (N_("When"), N_("Who"), N_("Field"), N_("Before"), N_("After"))
_WIDTHS = (128, 84, 104, 130)


def _read(office: Office, entity: Entity, record: int, _job: Job) -> list[HistoryLine]:
    with office.session() as session:
        return history(session, LEDGERS, entity, record)


class HistoryView(QWidget):
    """The changes of a record, the newest first, of all fields or of one."""

    def __init__(self, workspace: Workspace, entity: Entity, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._workspace = workspace
        self._entity = entity
        self._lines: list[HistoryLine] = []
        self.fields = QComboBox()
        self.table = QTableWidget(0, len(_HEADERS))
        self.table.setHorizontalHeaderLabels([_(text) for text in _HEADERS])
        self.table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.table.setAlternatingRowColors(True)
        self.table.setTabKeyNavigation(False)
        self.table.verticalHeader().hide()
        self.table.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        self.table.horizontalHeader().setStretchLastSection(True)
        self.table.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        for place, width in enumerate(_WIDTHS):
            self.table.setColumnWidth(place, width)
        head = QHBoxLayout()
        head.addWidget(QLabel(_(N_("Changes of"))))
        head.addWidget(self.fields)
        head.addStretch()
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 8, 12, 8)
        column.addLayout(head)
        column.addWidget(self.table, 1)
        self.fields.currentIndexChanged.connect(self._show)

    def show_record(self, record: int) -> None:
        """Read and show what happened to a record."""
        work = partial(_read, self._workspace.office, self._entity, record)
        self._workspace.tasks.run(work, self._take, owner=self, key="history")

    def _take(self, lines: list[HistoryLine]) -> None:
        self._lines = lines
        chosen = self.fields.currentData()
        self.fields.blockSignals(True)
        self.fields.clear()
        self.fields.addItem(_(N_("all fields")), None)
        for label in dict.fromkeys(line.label for line in lines):
            self.fields.addItem(label, label)
        self.fields.setCurrentIndex(max(self.fields.findData(chosen), 0))
        self.fields.blockSignals(False)
        self._show()

    def _show(self) -> None:
        chosen = self.fields.currentData()
        lines = [line for line in self._lines if chosen in (None, line.label)]
        self.table.setRowCount(len(lines))
        for row, line in enumerate(lines):
            when = f"{line.at.astimezone():%Y-%m-%d %H:%M:%S}"
            for column, text in enumerate((when, line.who, line.label, line.before, line.after)):
                item = QTableWidgetItem(text)
                item.setToolTip(line.program if column == 1 else text)
                self.table.setItem(row, column, item)
