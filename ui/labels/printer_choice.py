"""Where labels go: a printer of the system or a PDF, how fine it is, and its correction."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import QDate, QStandardPaths, Qt, Signal
from PySide6.QtWidgets import QComboBox, QFileDialog, QPushButton, QVBoxLayout, QWidget

from logistics_desktop.features.labels.printers import DPIS, Adjustment, Calibration
from logistics_desktop.features.labels.sheets import Sheet
from logistics_desktop.i18n import N_, _
from ui.labels import printing
from ui.labels.adjusting import Adjusting
from ui.labels.remembered import TO_PDF, Remembered
from ui.tasks import Tasks


class PrinterChoice(QWidget):
    """Remembers for each printer how fine it prints and how it is corrected."""

    changed = Signal()
    failed = Signal(object)  # the error

    def __init__(self, tasks: Tasks, remembered: Remembered, wanted: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._tasks = tasks
        self._remembered = remembered
        self._sheet: Sheet | None = None
        self.choice, self.fineness = QComboBox(), QComboBox()
        self.choice.setAccessibleName(_(N_("Printer")))
        self.fineness.setAccessibleName(_(N_("Dots per inch")))
        self.choice.addItem(_(N_("PDF file")), TO_PDF)
        for name in printing.printers():
            self.choice.addItem(name, name)
        for dpi in DPIS:
            self.fineness.addItem(_(N_("{dpi} dots per inch"), dpi=dpi), dpi)
        self.fineness.setToolTip(_(N_("Of the printer that will print it; codes are made of its whole dots")))
        self.adjust_button = QPushButton(_(N_("Adjust the printer …")), autoDefault=False)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        for widget in (self.choice, self.fineness, self.adjust_button):
            column.addWidget(widget)
        self.choice.setCurrentIndex(max(self.choice.findData(wanted), 0))
        self._show()
        self.choice.activated.connect(self._show)
        self.fineness.activated.connect(self._keep)
        self.adjust_button.clicked.connect(self.adjust)

    def name(self) -> str:
        """The name of the printer, `TO_PDF` for a file."""
        return str(self.choice.currentData())

    def dpi(self) -> int:
        """How fine it prints."""
        return int(self.fineness.currentData())

    def adjustment(self) -> Adjustment:
        """Its correction."""
        return self._remembered.adjustment(self.name())

    def use_paper(self, sheet: Sheet | None) -> None:
        """The paper that a calibration page would be printed on."""
        self._sheet = sheet
        self.adjust_button.setEnabled(sheet is not None)

    def adjust(self) -> Adjusting | None:
        """Open the dialog that corrects the printer."""
        sheet = self._sheet
        if sheet is None:
            return None
        page = Calibration(sheet.page_width, sheet.page_height)
        print_page = partial(self._print_calibration, sheet)
        dialog = Adjusting(self.choice.currentText(), page, self.adjustment(), print_page, self)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.adjusted.connect(partial(self._take, self.name()))
        dialog.open()
        return dialog

    def _take(self, name: str, found: Adjustment) -> None:
        self._remembered.keep_adjustment(name, found)
        self.changed.emit()

    def _show(self) -> None:
        self.fineness.setCurrentIndex(self.fineness.findData(self._remembered.dpi(self.name())))
        self.changed.emit()

    def _keep(self) -> None:
        self._remembered.keep_dpi(self.name(), self.dpi())
        self.changed.emit()

    def _print_calibration(self, sheet: Sheet, found: Adjustment) -> None:
        name, dpi = self.name(), self.dpi()
        if name == TO_PDF:
            dialog = pdf_dialog(self, _(N_("Calibration page")))
            dialog.fileSelected.connect(
                lambda path: self._run(lambda _job: printing.write_calibration(Path(path), sheet, dpi, found))
            )
            dialog.open()
        else:
            self._run(lambda _job: printing.print_calibration(printing.open_printer(name, dpi), sheet, dpi, found))

    def _run(self, work: printing.Work) -> None:
        self._tasks.run(work, lambda _none: None, owner=self, on_error=self.failed.emit)


def pdf_dialog(parent: QWidget, name: str) -> QFileDialog:
    """Asks where a PDF goes, proposing `name` with the day."""
    dialog = QFileDialog(parent, _(N_("Save as PDF …")))
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setNameFilter(_(N_("PDF (*.pdf)")))
    dialog.setDefaultSuffix("pdf")
    dialog.setDirectory(QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation))
    dialog.selectFile(f"{name} {QDate.currentDate().toString('yyyy-MM-dd')}.pdf")
    return dialog
