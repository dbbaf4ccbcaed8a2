"""The auditor's screen: who did what to which thing and when, and whether the log itself can be trusted."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Protocol, runtime_checkable

from PySide6.QtCore import QDate, QModelIndex, QStandardPaths, Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFileDialog,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QPushButton,
    QSplitter,
    QTableView,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from logistics_desktop.errors import Cancelled
from logistics_desktop.features.audit.reading import Entry, Place
from logistics_desktop.i18n import N_, _
from ui.audit import work
from ui.audit.model import EntriesModel
from ui.audit.seal_bar import SealBar
from ui.audit.search_bar import SearchBar
from ui.notices import Tone
from ui.theme import icon
from ui.workspace import Workspace

_WIDTHS = (150, 110, 84, 120, 200, 240, 110, 170)
_DETAILS = (N_("Field"), N_("Before"), N_("After"))
_DETAIL_WIDTHS = (180, 320)
_SPLIT = (420, 180)


@runtime_checkable
class _ShowsRecords(Protocol):
    """The screen of a ledger."""

    def open_record(self, record: int) -> None:
        """Show a record."""


class AuditScreen(QWidget):
    """The search above, the entries in the middle, what one of them changed below, the seals at the foot."""

    def __init__(self, workspace: Workspace) -> None:
        super().__init__()
        self._workspace = workspace
        self._begun = False
        self.search = SearchBar()
        self.model = EntriesModel()
        self.table = QTableView()
        self.details = QTableWidget(0, len(_DETAILS))
        self.seals = SealBar(workspace)
        self.count = QLabel()
        self.count.setObjectName("hint")
        self.open = QPushButton(_(N_("Open record")))
        self.export = QPushButton(icon("export"), _(N_("Export…")))
        self.again = QPushButton(icon("refresh"), _(N_("Read again")))
        self._lay_out()
        self._connect()

    def showEvent(self, event: QShowEvent) -> None:
        """Read the newest entries when the screen is first seen."""
        super().showEvent(event)
        if not self._begun:
            self._begun = True
            self.read_again()

    def read_again(self) -> None:
        """Read the log anew, from its newest entry."""
        people = partial(work.people, self._workspace.office)
        self._workspace.tasks.run(people, self.search.show_people, owner=self, key="people")
        self.seals.refresh()
        self.model.begin()

    def open_record(self) -> None:
        """Show the record of the entry in its ledger."""
        entry = self.current()
        if entry is None or entry.opens is None:
            return
        ledger, number = entry.opens
        screen = self._workspace.open_module(ledger)
        if isinstance(screen, _ShowsRecords):
            screen.open_record(number)

    def current(self) -> Entry | None:
        """The entry that is selected."""
        row = self.table.currentIndex().row()
        return self.model.entries[row] if 0 <= row < len(self.model.entries) else None

    def ask_export(self) -> QFileDialog:
        """Ask for a file and write there what the search finds."""
        dialog = QFileDialog(self, _(N_("Export")))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setNameFilters([_(N_("Excel workbook (*.xlsx)")), _(N_("Comma-separated text (*.csv)"))])
        dialog.setDefaultSuffix("xlsx")
        dialog.setDirectory(QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation))
        dialog.selectFile(f"{_(N_('Audit log'))} {QDate.currentDate().toString('yyyy-MM-dd')}")
        dialog.fileSelected.connect(lambda chosen: self.write_export(Path(chosen)))
        dialog.open()
        return dialog

    def write_export(self, path: Path) -> None:
        """Write what the search finds to a file."""
        self._workspace.tasks.run(
            partial(work.export, self._workspace.office, self.search.search(), path),
            partial(self._exported, path),
            owner=self,
            title=_(N_("Exporting the audit log")),
        )

    def _lay_out(self) -> None:
        self.table.setModel(self.model)
        self.table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.details.setHorizontalHeaderLabels([_(text) for text in _DETAILS])
        self.details.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        for table, widths in ((self.table, _WIDTHS), (self.details, _DETAIL_WIDTHS)):
            table.setAlternatingRowColors(True)
            table.setShowGrid(False)
            table.setTabKeyNavigation(False)
            table.setWordWrap(False)
            table.verticalHeader().hide()
            table.verticalHeader().setDefaultSectionSize(24)
            table.horizontalHeader().setStretchLastSection(True)
            table.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
            table.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
            for place, width in enumerate(widths):
                table.setColumnWidth(place, width)
        split = QSplitter(Qt.Orientation.Vertical)
        split.addWidget(self.table)
        split.addWidget(self.details)
        split.setSizes(_SPLIT)
        tools = QHBoxLayout()
        tools.addWidget(self.count, 1)
        for button in (self.open, self.export, self.again):
            tools.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 10, 12, 10)
        column.addWidget(self.search)
        column.addLayout(tools)
        column.addWidget(split, 1)
        column.addWidget(self.seals)

    def _connect(self) -> None:
        self.search.changed.connect(self.model.begin)
        self.model.more_wanted.connect(self._read)
        self.table.selectionModel().currentRowChanged.connect(self._show_details)
        self.model.modelReset.connect(self._show_details)
        self.table.activated.connect(self.open_record)
        self.open.clicked.connect(self.open_record)
        self.export.clicked.connect(self.ask_export)
        self.again.clicked.connect(self.read_again)
        self._show_details()

    def _read(self, after: Place | None) -> None:
        if after is None:
            self.count.setText(_(N_("Searching…")))
        self._workspace.tasks.run(
            partial(work.page, self._workspace.office, self.search.search(), after),
            partial(self._take, after),
            owner=self,
            key="page",
            on_error=self._refused,
            title=_(N_("Searching the audit log")),
        )

    def _take(self, after: Place | None, entries: list[Entry]) -> None:
        self.model.take(after, entries)
        read = len(self.model.entries)
        if self.model.complete:
            said = _(N_("{count} entries"), count=f"{read:,}") if read else _(N_("Nothing was found."))
        else:
            said = _(N_("The newest {count} entries; scroll down for more"), count=f"{read:,}")
        self.count.setText(said)
        if after is None and entries:
            self.table.setCurrentIndex(self.model.index(0, 0))

    def _refused(self, error: BaseException) -> None:
        self.model.give_up()
        self.count.setText(_(N_("Stopped.")) if isinstance(error, Cancelled) else "")
        if not isinstance(error, Cancelled):
            self._workspace.notices.report(error)

    def _show_details(self, *_indexes: QModelIndex) -> None:
        entry = self.current()
        self.open.setEnabled(entry is not None and entry.opens is not None)
        lines = entry.lines if entry else []
        self.details.setRowCount(len(lines))
        for row, line in enumerate(lines):
            for column, text in enumerate((line.label, line.before, line.after)):
                item = QTableWidgetItem(text)
                item.setToolTip(text)
                self.details.setItem(row, column, item)

    def _exported(self, path: Path, count: int) -> None:
        said = _(N_("{count} rows are saved as {name}."), count=f"{count:,}", name=path.name)
        self._workspace.notices.say(said, Tone.DONE)
