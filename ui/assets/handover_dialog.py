"""Everything in a person's name, on a sheet to be signed: on paper, as PDF, as a workbook."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtPrintSupport import QPrintPreviewDialog
from PySide6.QtWidgets import (
    QFileDialog,
    QFormLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QTableWidget,
    QTableWidgetItem,
    QWidget,
)

from logistics_desktop.errors import UserError
from logistics_desktop.features.assets.handover import COLUMNS, RIGHT, Sheet
from logistics_desktop.i18n import N_, _
from logistics_desktop.ledger.fields import Reference
from logistics_desktop.ledgers import LEDGERS
from ui.assets import handover_paper, work
from ui.ledger.reference_editor import ReferenceEditor
from ui.notices import Tone
from ui.work_dialog import WorkDialog
from ui.workspace import Workspace

_SIZE = (940, 560)


class HandoverDialog(WorkDialog):
    """Pick a person; the list follows. `asset` begins with the keeper of that asset."""

    def __init__(self, workspace: Workspace, asset: int | None = None, parent: QWidget | None = None) -> None:
        super().__init__(workspace, _(N_("Hand-over sheet")), _(N_("Print …")), parent)
        self.resize(*_SIZE)
        self.sheet: Sheet | None = None
        self.person = ReferenceEditor(workspace, LEDGERS["staff"])
        self.taker = QLineEdit()
        self.person.left.connect(self._read)
        self.taker.editingFinished.connect(self._read)
        form = QFormLayout()
        form.addRow(_(N_("Handed over &by")), self.person)
        form.addRow(_(N_("&Taken over by")), self.taker)
        self.table = QTableWidget()
        self.table.setEditTriggers(QTableWidget.EditTrigger.NoEditTriggers)
        self.table.verticalHeader().hide()
        self.table.setColumnCount(len(COLUMNS) + 1)
        self.table.horizontalHeader().hide()  # until somebody is named, there is nothing to head
        self.table.horizontalHeader().setStretchLastSection(True)
        self.total = QLabel()
        self.pdf = QPushButton(_(N_("PDF …")), autoDefault=False)
        self.excel = QPushButton(_(N_("Excel …")), autoDefault=False)
        self.pdf.clicked.connect(lambda: self.ask_file(".pdf", self.save_pdf))
        self.excel.clicked.connect(lambda: self.ask_file(".xlsx", self.save_workbook))
        self.foot.insertWidget(2, self.pdf)
        self.foot.insertWidget(3, self.excel)
        self.page.addLayout(form)
        self.page.addWidget(self.table, 1)
        self.page.addWidget(self.total)
        self.refresh()
        if asset is not None:
            self.work(partial(work.keeper, workspace.office, asset), self._begin)

    def do(self) -> None:
        """Show the pages before they are printed."""
        if self.sheet is None:
            return
        preview = QPrintPreviewDialog(self)
        preview.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        preview.printer().setPageLayout(handover_paper.PAGE)
        preview.paintRequested.connect(handover_paper.document(self.sheet).print_)
        preview.open()

    def refresh(self) -> None:
        """Only a list that is there can be printed."""
        for button in (self.act, self.pdf, self.excel):
            button.setEnabled(self.sheet is not None and not self.busy)

    def ask_file(self, suffix: str, save: Callable[[Path], object]) -> QFileDialog:
        """Ask where the sheet goes."""
        assert self.sheet is not None
        dialog = QFileDialog(self, self.windowTitle())
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix(suffix)
        dialog.setNameFilter(f"*{suffix}")
        dialog.selectFile(f"{self.sheet.title()} {self.sheet.giver} {self.sheet.day.isoformat()}{suffix}")
        dialog.fileSelected.connect(lambda chosen: save(Path(chosen)))
        dialog.open()
        return dialog

    def save_pdf(self, path: Path) -> None:
        """Save the sheet as a PDF."""
        assert self.sheet is not None
        try:
            handover_paper.write_pdf(self.sheet, path)
        except UserError as error:
            self.say(str(error))
        else:
            self._saved(path)

    def save_workbook(self, path: Path) -> None:
        """Save the sheet as a workbook."""
        assert self.sheet is not None
        self.work(partial(work.write_handover, self.sheet, path), self._saved)

    def _begin(self, keeper: Reference | None) -> None:
        self.person.set_value(keeper)
        self._read()

    def _read(self) -> None:
        try:
            person = self.person.value()
        except UserError as error:
            self.say(str(error))
            return
        if person is not None:
            do = partial(work.handover, self.workspace.office, person, self.taker.text())
            self.work(do, self._show)

    def _show(self, sheet: Sheet) -> None:
        self.sheet = sheet
        self.table.setHorizontalHeaderLabels(sheet.headers())
        self.table.horizontalHeader().show()
        self.table.setRowCount(len(sheet.lines))
        right = {at for at, key in enumerate(COLUMNS, 1) if key in RIGHT}
        for row, texts in enumerate(sheet.texts()):
            for column, text in enumerate(texts):
                item = QTableWidgetItem(text)
                if column in right:
                    item.setTextAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
                self.table.setItem(row, column, item)
        self.total.setText(sheet.total() if sheet.lines else _(N_("Nothing is in this person's name.")))

    def _saved(self, path: Path) -> None:
        office, name = self.workspace.office, path.name
        self.workspace.tasks.run(
            lambda _job: office.note("exported", "staff", file=name), lambda _none: None, owner=self
        )
        self.workspace.notices.say(_(N_("Saved: {file}"), file=path.name), Tone.DONE)
