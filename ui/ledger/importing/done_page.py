"""The last step: what was done, and what can be done next."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from logistics_desktop.i18n import N_, _
from logistics_desktop.workbook.findings import SheetFinding
from ui.ledger.importing.course import Course
from ui.ledger.importing.words import applied_text, created_text, undone_text


class DonePage(QWidget):
    """The summary of an import, with the ways on."""

    def __init__(self, course: Course, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._course = course
        self.title = QLabel()
        self.title.setObjectName("pageTitle")
        self.summary = QLabel(wordWrap=True, textFormat=Qt.TextFormat.PlainText)
        self.returned = QLabel(wordWrap=True, textFormat=Qt.TextFormat.PlainText)
        self.open_file = QPushButton(_(N_("Open the file")))
        self.open_folder = QPushButton(_(N_("Open its folder")))
        self.undo = QPushButton(_(N_("Undo this import")))
        self.next_sheet = QPushButton()
        self.open_file.clicked.connect(lambda: self._open(lambda path: path))
        self.open_folder.clicked.connect(lambda: self._open(lambda path: path.parent))
        self.undo.clicked.connect(course.undo)
        self.next_sheet.clicked.connect(lambda: self._take_next())
        self._stored_sheets: set[tuple[Path | None, str]] = set()
        self._lay_out()
        course.changed.connect(self.refresh)

    def refresh(self) -> None:
        """Show what was done."""
        stored, undone = self._course.stored, self._course.undone
        if stored is None:
            return
        sheet = self._course.sheet
        assert sheet is not None
        self._stored_sheets.add((self._course.path, sheet.name))
        self.title.setText(_(N_("Undone")) if undone else _(N_("Imported")))
        said = undone_text(undone) if undone else applied_text(stored.applied)
        self.summary.setText("\n".join(part for part in (said, "" if undone else created_text(stored.applied)) if part))
        self.returned.setVisible(stored.returned is not None)
        self._files.setVisible(stored.returned is not None)
        if stored.returned is not None:
            self.returned.setText(
                _(
                    N_(
                        "The refused rows are in {name}: your workbook with one more column that says what is wrong. "
                        "Correct them there and import the file again."
                    ),
                    name=stored.returned.name,
                )
            )
        self.undo.setVisible(undone is None)
        following = self._next()
        self.next_sheet.setVisible(following is not None)
        if following is not None:
            self.next_sheet.setText(_(N_("Go on with the sheet {sheet}"), sheet=following.name.strip()))

    def _lay_out(self) -> None:
        self._files = QWidget()
        files = QHBoxLayout(self._files)
        files.setContentsMargins(0, 0, 0, 0)
        files.addWidget(self.open_file)
        files.addWidget(self.open_folder)
        files.addStretch(1)
        ways = QHBoxLayout()
        ways.addWidget(self.next_sheet)
        ways.addWidget(self.undo)
        ways.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(32, 28, 32, 12)
        column.setSpacing(14)
        for part in (self.title, self.summary, self.returned, self._files):
            column.addWidget(part)
        column.addLayout(ways)
        column.addStretch(1)

    def _open(self, which: Callable[[Path], Path]) -> None:
        stored = self._course.stored
        if stored is not None and stored.returned is not None:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(which(stored.returned))))

    def _next(self) -> SheetFinding | None:
        """Another sheet of the same kind that was not imported yet."""
        intake, sheet = self._course.intake, self._course.sheet
        if intake is None or sheet is None:
            return None
        kind = sheet.like or sheet.name
        alike = (one for one in intake.workbook.sheets if kind in (one.like, one.name) and one.columns)
        return next((one for one in alike if (self._course.path, one.name) not in self._stored_sheets), None)

    def _take_next(self) -> None:
        following = self._next()
        if following is not None:
            self._course.choose_sheet(following.name)
