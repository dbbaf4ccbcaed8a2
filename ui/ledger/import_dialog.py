"""The import assistant: one window from a file to the ledger, its steps on top."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import (
    QDialog,
    QFileDialog,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from logistics_desktop.i18n import N_, _
from logistics_desktop.ledger.entity import Entity
from ui.ledger.dropped import dropped_workbook
from ui.ledger.importing.check_page import CheckPage
from ui.ledger.importing.columns_page import ColumnsPage
from ui.ledger.importing.course import Course, Stage
from ui.ledger.importing.done_page import DonePage
from ui.ledger.importing.file_page import FilePage
from ui.ledger.importing.progress import Progress
from ui.ledger.importing.step_bar import StepBar
from ui.workspace import Workspace

_SIZE = (1180, 740)
_SETTINGS = "import"
_GO_ON: Mapping[Stage, str] = {
    Stage.FILE: N_("Next"),
    Stage.COLUMNS: N_("Next"),
    Stage.CHECK: N_("Import all"),
    Stage.DONE: N_("Close"),
}


class ImportAssistant(QDialog):
    """Imports workbooks into the ledger `entity`; begins with `path` where one was dropped."""

    def __init__(
        self, workspace: Workspace, entity: Entity, parent: QWidget | None = None, path: Path | None = None
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(_(N_("Import: {ledger}"), ledger=_(entity.label)))
        self.setAcceptDrops(True)
        self._settings = workspace.settings
        self.resize(*self._settings.load(_SETTINGS).get("size", _SIZE))
        self.course = Course(workspace, entity, self)
        self.steps = StepBar()
        self.said = QLabel(wordWrap=True, textFormat=Qt.TextFormat.PlainText)
        self.said.setObjectName("trouble")
        self.said.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.said.hide()
        self.file, self.columns = FilePage(self.course), ColumnsPage(self.course)
        self.check, self.done_page = CheckPage(self.course), DonePage(self.course)
        self.pages = QStackedWidget()
        for page in (self.file, self.columns, self.check, self.done_page):
            self.pages.addWidget(page)
        self.back = QPushButton(_(N_("Previous")), autoDefault=False)
        self.good_rows = QPushButton(_(N_("Import the good rows, save the refused …")), autoDefault=False)
        self.go_on = QPushButton(default=True)
        self.why_not = QLabel(textFormat=Qt.TextFormat.PlainText)
        self.why_not.setObjectName("hint")
        self.progress = Progress(self.course)
        self.leave = QPushButton(_(N_("Cancel")), autoDefault=False)
        self._lay_out()
        self._connect()
        self.go_to(Stage.FILE)
        if path is not None:
            self.file.open_file(path)

    def stage(self) -> Stage:
        """The step that one is at."""
        return Stage(self.pages.currentIndex())

    def go_to(self, stage: Stage) -> None:
        """Show a step."""
        self.pages.setCurrentIndex(stage)
        self._refresh()
        focus = {Stage.FILE: self.file.choose, Stage.CHECK: self.check.table}.get(stage)
        (focus or self.go_on).setFocus()

    def ask_refused_file(self) -> QFileDialog:
        """Ask where the refused rows go, and import the others."""
        dialog = QFileDialog(self, _(N_("Save the refused rows")))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        path = self.course.path
        assert path is not None
        suffix = ".csv" if path.suffix.lower() == ".csv" else ".xlsx"
        dialog.setDefaultSuffix(suffix)
        dialog.setNameFilter(f"*{suffix}")
        dialog.setDirectory(str(path.parent))
        dialog.selectFile(_(N_("{name} to correct"), name=path.stem) + suffix)
        dialog.fileSelected.connect(lambda chosen: self.course.store_good(Path(chosen)))
        dialog.open()
        return dialog

    def reject(self) -> None:
        """Close; while the rows are being stored, stop that instead and say what came of it."""
        if self.course.storing:
            self.course.stop()
            return
        self.course.stop()
        super().reject()

    def done(self, result: int) -> None:
        """Close and remember the size."""
        size = self.size()
        self._settings.save(_SETTINGS, {**self._settings.load(_SETTINGS), "size": [size.width(), size.height()]})
        super().done(result)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take a workbook, unless one is being stored."""
        if dropped_workbook(event) and not self.course.storing:
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Begin with this workbook."""
        path = dropped_workbook(event)
        if path is not None:
            event.acceptProposedAction()
            self.go_to(Stage.FILE)
            self.file.open_file(path)

    def _lay_out(self) -> None:
        foot = QHBoxLayout()
        foot.setContentsMargins(12, 4, 12, 10)
        foot.setSpacing(8)
        foot.addWidget(self.progress)
        foot.addStretch(1)
        for part in (self.why_not, self.back, self.good_rows, self.go_on, self.leave):
            foot.addWidget(part)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(self.steps)
        whole.addWidget(self.said)
        whole.addWidget(self.pages, 1)
        whole.addLayout(foot)

    def _connect(self) -> None:
        self.steps.chosen.connect(self.go_to)
        self.check.columns_wanted.connect(lambda: self.go_to(Stage.COLUMNS))
        self.back.clicked.connect(lambda: self.go_to(Stage(self.stage() - 1)))
        self.go_on.clicked.connect(lambda: self._go_on())
        self.good_rows.clicked.connect(lambda: self.ask_refused_file())
        self.leave.clicked.connect(self.reject)
        self.course.changed.connect(self._refresh)
        self.course.working.connect(lambda _on: self._refresh())
        self.course.arrived.connect(self.go_to)
        self.course.said.connect(self._say)

    def _go_on(self) -> None:
        match self.stage():
            case Stage.FILE:
                self.go_to(Stage.COLUMNS)
            case Stage.COLUMNS:
                self.go_to(Stage.CHECK)
            case Stage.CHECK:
                self.course.store()
            case Stage.DONE:
                self.accept()

    def _say(self, text: str) -> None:
        self.said.setText(text)
        self.said.setVisible(bool(text))

    def _refresh(self) -> None:
        """Show what can be done at this step."""
        stage, checked = self.stage(), self.course.checked
        self.steps.show_stage(stage, self._reachable())
        self.steps.about.setText(self._about())
        self.pages.setEnabled(not self.course.storing)
        self.back.setVisible(stage in (Stage.COLUMNS, Stage.CHECK))
        self.back.setEnabled(not self.course.storing)
        self.leave.setVisible(stage is not Stage.DONE)
        self.go_on.setText(_(_GO_ON[stage]))
        ready = checked is not None and not self.course.stale and self.course.job is None
        refused = ready and checked is not None and bool(checked.refused)
        changing = checked is not None and checked.good > 0
        self.good_rows.setVisible(stage is Stage.CHECK and checked is not None and bool(checked.refused))
        self.good_rows.setEnabled(refused and changing)
        self.go_on.setEnabled(
            {
                Stage.CHECK: ready and not refused and changing,
                Stage.DONE: self.course.job is None,
            }.get(stage, checked is not None)
        )
        self.why_not.setText(self._why_not() if stage is Stage.CHECK else "")

    def _why_not(self) -> str:
        """Why not everything can be imported."""
        checked = self.course.checked
        if checked is None or self.course.stale or self.course.job is not None:
            return ""
        if checked.plan.undecided:
            return _(N_("Say first what the unknown names are."))
        if checked.refused:
            return _(N_("Refused rows: {count}."), count=f"{len(checked.refused):,}")
        return "" if checked.good else _(N_("There is nothing to import: the ledger holds all of it already."))

    def _reachable(self) -> frozenset[Stage]:
        if self.course.storing:
            return frozenset()
        if self.course.stored is not None:
            return frozenset({Stage.FILE, Stage.DONE})
        return frozenset({Stage.FILE, Stage.COLUMNS, Stage.CHECK} if self.course.checked else {Stage.FILE})

    def _about(self) -> str:
        """Which file and sheet this is about."""
        path, sheet = self.course.path, self.course.sheet
        if path is None:
            return ""
        if sheet is None or not sheet.header_rows:
            return path.name
        return _(
            N_("{file}, sheet “{sheet}”, header in row {row}, {count} rows"),
            file=path.name,
            sheet=sheet.name.strip(),
            row=sheet.header_rows[0],
            count=f"{len(sheet.row_numbers):,}",
        )
