"""The first step: which file, and which of its sheets."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QStandardPaths, Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFileDialog,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from logistics_desktop.i18n import N_, _
from logistics_desktop.workbook.findings import SheetFinding
from ui.ledger.importing.course import Course
from ui.ledger.importing.lines import Lines, LinesView
from ui.ledger.importing.past_imports import PastImports
from ui.ledger.importing.tones import Tone, colour
from ui.spin_box import SpinBox

_MOST_COLUMNS = 40
_MOST_ROWS = 1_048_576
_SETTINGS = "import"


class FilePage(QWidget):
    """A file to choose or drop; below it the sheets, which was taken and why the others were left."""

    def __init__(self, course: Course, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._course = course
        self.choose = QPushButton(_(N_("Choose a workbook …")))
        self.choose.clicked.connect(lambda: self.ask_file())
        self.past = QPushButton(_(N_("Earlier imports …")))
        self.past.clicked.connect(lambda: self.open_past())
        headers = [_(N_("Sheet")), _(N_("Rows")), _(N_("Header in row")), _(N_("What was found"))]
        self.sheets: LinesView[SheetFinding] = LinesView(Lines(headers, self._texts, self._colour), (30, 10, 16))
        self.sheets.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.sheets.chosen.connect(self._show_sheet)
        self.sheets.opened.connect(lambda _sheet: self.take_selected())
        self.header_row = SpinBox(minimum=1, maximum=_MOST_ROWS)
        self.take = QPushButton(_(N_("Read this sheet")))
        self.take.clicked.connect(lambda: self.take_selected())
        self.preview = QTableWidget()
        self.preview.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.preview.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.preview.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.preview.itemSelectionChanged.connect(self._take_header_row)
        self._lay_out()
        course.changed.connect(self.refresh)
        self.refresh()

    def ask_file(self) -> QFileDialog:
        """Ask for a workbook and read it."""
        dialog = QFileDialog(self, _(N_("Choose a workbook")))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setNameFilters([_(N_("Workbooks (*.xlsx *.xls *.csv)")), _(N_("All files (*)"))])
        documents = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
        dialog.setDirectory(self._course.workspace.settings.load(_SETTINGS).get("folder", documents))
        dialog.fileSelected.connect(lambda chosen: self.open_file(Path(chosen)))
        dialog.open()
        return dialog

    def open_file(self, path: Path) -> None:
        """Read a workbook, and begin in its folder the next time."""
        settings = self._course.workspace.settings
        settings.save(_SETTINGS, {**settings.load(_SETTINGS), "folder": str(path.parent)})
        self._course.open(path)

    def open_past(self) -> PastImports:
        """Show the imports that were made before."""
        dialog = PastImports(self._course.workspace, self._course.entity, self)
        dialog.open()
        return dialog

    def take_selected(self) -> None:
        """Import the selected sheet, with its header where the user says it is."""
        for sheet in self.sheets.selected():
            if sheet.columns and self.header_row.value() == _header_of(sheet):
                self._course.choose_sheet(sheet.name)
            elif self._course.path is not None:
                self._course.open(self._course.path, {sheet.name: self.header_row.value()})

    def refresh(self) -> None:
        """Show what was read."""
        intake = self._course.intake
        sheets = intake.workbook.sheets if intake else []
        self.sheets.lines.show([])
        self.sheets.lines.show(sheets)
        self._read.setVisible(bool(sheets))
        self._unread.setVisible(not sheets)
        if sheets:
            taken = (place for place, sheet in enumerate(sheets) if sheet is self._course.sheet)
            self.sheets.selectRow(next(taken, 0))

    def _lay_out(self) -> None:
        top = QHBoxLayout()
        top.addWidget(self.choose)
        top.addStretch(1)
        top.addWidget(self.past)
        bar = QHBoxLayout()
        bar.addWidget(QLabel(_(N_("The header is in row"))))
        bar.addWidget(self.header_row)
        bar.addWidget(self.take)
        bar.addStretch(1)
        self._read = QWidget()
        below = QVBoxLayout(self._read)
        below.setContentsMargins(0, 0, 0, 0)
        below.addWidget(self.sheets, 2)
        below.addLayout(bar)
        below.addWidget(self.preview, 3)
        invitation = N_(
            "Drop a workbook here as it is: .xlsx, .xls or .csv.\n"
            "The program finds the table in it and shows what it would do."
        )
        self._unread = QLabel(_(invitation), alignment=Qt.AlignmentFlag.AlignCenter)
        self._unread.setObjectName("dropPlace")
        whole = QVBoxLayout(self)
        whole.setContentsMargins(12, 12, 12, 6)
        whole.addLayout(top)
        whole.addWidget(self._read, 1)
        whole.addWidget(self._unread, 1)

    def _texts(self, sheet: SheetFinding) -> tuple[str, ...]:
        if sheet is self._course.sheet:
            found = " ".join([_(N_("Taken.")), *map(str, sheet.warnings)])
        else:
            found = str(sheet.reason) if sheet.reason else _(N_("Another sheet was chosen."))
        rows = f"{len(sheet.row_numbers):,}" if sheet.columns else ""
        return sheet.name, rows, ", ".join(map(str, sheet.header_rows)), found

    def _colour(self, sheet: SheetFinding) -> QColor | None:
        return None if sheet is self._course.sheet else colour(Tone.MUTED)

    def _show_sheet(self) -> None:
        """Show the first rows of a sheet in which no table was found, so that the user can point at its header."""
        chosen = self.sheets.selected()
        rows = chosen[0].preview if chosen else []
        self.take.setEnabled(bool(chosen))
        self.preview.setVisible(bool(rows))
        self.preview.setRowCount(len(rows))
        self.preview.setColumnCount(min(max(map(len, rows), default=0), _MOST_COLUMNS))
        for row, texts in enumerate(rows):
            for column, text in enumerate(texts[:_MOST_COLUMNS]):
                self.preview.setItem(row, column, QTableWidgetItem(text))
        if chosen:
            numbers = range(chosen[0].preview_row, chosen[0].preview_row + len(rows))
            self.preview.setVerticalHeaderLabels([str(number) for number in numbers])
            self.header_row.setValue(_header_of(chosen[0]))

    def _take_header_row(self) -> None:
        chosen = self.sheets.selected()
        if chosen and self.preview.currentRow() >= 0:
            self.header_row.setValue(chosen[0].preview_row + self.preview.currentRow())


def _header_of(sheet: SheetFinding) -> int:
    return sheet.header_rows[0] if sheet.header_rows else sheet.preview_row
