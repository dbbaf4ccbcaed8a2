"""Choosing a month, and where a file goes."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QStandardPaths, Qt
from PySide6.QtWidgets import QComboBox, QFileDialog, QWidget

from logistics_desktop.features.depreciation.board import BookLine
from logistics_desktop.features.depreciation.months import Month
from logistics_desktop.i18n import N_, _
from ui.ledger.exporting import with_ending

EXCEL, CSV = N_("Excel workbook (*.xlsx)"), N_("Comma-separated text (*.csv)")


class MonthBox(QComboBox):
    """The months of a book up to the one that is open, the newest first."""

    def __init__(self, book: BookLine, month: Month, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(_(N_("Month")))
        last = max(book.open_month, month)
        for back in range(last - book.first_month + 1):
            self.addItem(str(last - back), last - back)
        self.setCurrentIndex(max(0, last - max(month, book.first_month)))

    def month(self) -> Month:
        """The month that is chosen."""
        chosen: Month = self.currentData()
        return chosen


def ask_where(
    parent: QWidget, title: str, name: str, write: Callable[[Path], object], kinds: Sequence[str] = (EXCEL, CSV)
) -> QFileDialog:
    """Ask for a file to write and hand it to `write`."""
    dialog = _dialog(parent, title)
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setNameFilters([_(kind) for kind in kinds])
    dialog.selectFile(name)
    dialog.fileSelected.connect(lambda chosen: write(with_ending(chosen, dialog.selectedNameFilter())))
    dialog.open()
    return dialog


def ask_which(parent: QWidget, title: str, read: Callable[[Path], object]) -> QFileDialog:
    """Ask for a workbook to read and hand it to `read`."""
    dialog = _dialog(parent, title)
    dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
    dialog.setNameFilters([_(N_("Workbooks (*.xlsx *.xls *.csv)"))])
    dialog.fileSelected.connect(lambda chosen: read(Path(chosen)))
    dialog.open()
    return dialog


def _dialog(parent: QWidget, title: str) -> QFileDialog:
    dialog = QFileDialog(parent, title)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.setDirectory(QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation))
    return dialog
