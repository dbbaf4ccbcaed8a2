"""The dialog that prints labels: of which rows, which design, on which paper, how many, and where to."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices, QImage, QPixmap
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from logistics_desktop.errors import UserError
from logistics_desktop.features.labels.batch import Batch
from logistics_desktop.features.labels.sheets import pages
from logistics_desktop.i18n import N_, _
from logistics_desktop.jobs import Job
from logistics_desktop.ledger.entity import Entity
from ui.labels import loading, printing
from ui.labels.design_list import DesignList
from ui.labels.paper_choice import PaperChoice
from ui.labels.printer_choice import PrinterChoice, pdf_dialog
from ui.labels.remembered import TO_PDF, Remembered
from ui.labels.rendering import Run, write_pdf
from ui.ledger.ask import Answer, ask
from ui.noting import noted
from ui.spin_box import SpinBox
from ui.workspace import Workspace

_PREVIEW = 380
_MOST_COPIES = 100


@dataclass(frozen=True, slots=True)
class Rows:
    """Rows of the ledger to print labels for, and how they are called in the dialog."""

    title: str
    ids: array[int]


class LabelsDialog(QDialog):
    """Prints the labels of some rows of a ledger, on a printer or into a PDF."""

    def __init__(
        self, workspace: Workspace, entity: Entity, choices: Sequence[Rows], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._workspace = workspace
        self._entity = entity
        self._choices = choices
        self._remembered = Remembered(workspace.settings)
        last = self._remembered.last(entity.key)
        self.rows = QComboBox()
        self.designs = DesignList(workspace, entity)
        self.paper = PaperChoice(self._remembered, str(last.get("paper", "")))
        self.copies = SpinBox(minimum=1, maximum=_MOST_COPIES)
        self.printer = PrinterChoice(workspace.tasks, self._remembered, str(last.get("printer", TO_PDF)))
        self.preview = QLabel(alignment=Qt.AlignmentFlag.AlignCenter)
        self.summary = QLabel(wordWrap=True, textFormat=Qt.TextFormat.PlainText)
        self.problem = QLabel(wordWrap=True, textFormat=Qt.TextFormat.PlainText)
        self.problem.setObjectName("problem")
        self.go = QPushButton(default=True)
        self.setWindowTitle(_(N_("Labels - {ledger}"), ledger=_(entity.label)))
        self.resize(880, 640)
        for each in choices:
            self.rows.addItem(_(N_("{title} ({count})"), title=each.title, count=f"{len(each.ids):,}"))
        self._lay_out()
        self._connect()
        self._show()
        self.designs.load(self._ids(), last.get("design"))

    def run(self) -> Run | None:
        """What would be printed just now; None while the designs are read."""
        design, sheet = self.designs.design(), self.paper.sheet()
        if design is None or sheet is None:
            return None
        batch = Batch(self._workspace.office, self._entity, design, self._ids(), self.copies.value())
        return Run(batch, sheet, self.paper.start(), self.printer.dpi(), self.printer.adjustment())

    def write_to(self, path: Path) -> None:
        """Write the labels to a PDF."""
        run = self.run()
        if run is not None:
            self._begin()
            self._workspace.tasks.run(
                self._noted(partial(write_pdf, run, path), "exported", file=path.name),
                partial(self._written, path),
                owner=self,
                key="print",
                on_error=self._refused,
                title=self.windowTitle(),
            )

    def print_on(self, name: str) -> None:
        """Print the labels on a printer of the system."""
        run = self.run()
        if run is None:
            return

        def work(job: Job) -> int:
            return printing.print_labels(printing.open_printer(name, run.dpi), run, job)

        self._begin()
        self._workspace.tasks.run(
            self._noted(work, "printed"),
            self._printed,
            owner=self,
            key="print",
            on_error=self._refused,
            title=self.windowTitle(),
        )

    def _noted(self, work: Callable[[Job], int], kind: str, **detail: object) -> Callable[[Job], int]:
        return noted(self._workspace.office, work, kind, self._entity.key, what=self.windowTitle(), **detail)

    def reject(self) -> None:
        """Close. The designer goes first, since it may hold what is not saved."""
        if self.designs.may_close():
            super().reject()

    def _lay_out(self) -> None:
        form = QFormLayout()
        form.addRow(_(N_("For which rows")), self.rows)
        form.addRow(_(N_("Label")), self.designs)
        form.addRow(_(N_("Paper")), self.paper)
        form.addRow(_(N_("Copies of each")), self.copies)
        form.addRow(_(N_("Printer")), self.printer)
        right = QVBoxLayout()
        self.preview.setMinimumSize(_PREVIEW, _PREVIEW)
        right.addWidget(self.preview, 1)
        right.addWidget(self.summary)
        right.addWidget(self.problem)
        middle = QHBoxLayout()
        middle.addLayout(form)
        middle.addLayout(right, 1)
        close = QPushButton(_(N_("Close")), autoDefault=False)
        close.clicked.connect(self.close)
        bottom = QHBoxLayout()
        bottom.addStretch(1)
        bottom.addWidget(self.go)
        bottom.addWidget(close)
        whole = QVBoxLayout(self)
        whole.addLayout(middle, 1)
        whole.addLayout(bottom)

    def _connect(self) -> None:
        self.rows.activated.connect(self._reload)
        self.designs.changed.connect(self._offer_paper)
        self.designs.failed.connect(self._refused)
        self.paper.changed.connect(self._show)
        self.copies.valueChanged.connect(self._show)
        self.printer.changed.connect(self._show)
        self.printer.failed.connect(self._refused)
        self.go.clicked.connect(self._go)

    def _ids(self) -> array[int]:
        return self._choices[self.rows.currentIndex()].ids

    def _reload(self) -> None:
        saved = self.designs.saved()
        self.designs.load(self._ids(), saved.id if saved else None)

    def _offer_paper(self) -> None:
        self.paper.offer(self.designs.design())
        self._show()

    def _show(self) -> None:
        self.problem.clear()
        to_pdf = self.printer.name() == TO_PDF
        self.go.setText(_(N_("Save as PDF …")) if to_pdf else _(N_("Print")))
        self.printer.use_paper(self.paper.sheet())
        run = self.run()
        self.go.setEnabled(run is not None and run.batch.count > 0)
        if run is None:
            return
        count = pages(run.sheet, run.batch.count, run.start)
        self.summary.setText(
            _(N_("Labels: {labels}, pages: {pages}"), labels=f"{run.batch.count:,}", pages=f"{count:,}")
        )
        work = partial(loading.picture, run)
        self._workspace.tasks.run(work, self._show_picture, owner=self, key="picture", on_error=self._refused)

    def _show_picture(self, image: QImage) -> None:
        size = self.preview.size().boundedTo(image.size())
        mode = Qt.TransformationMode.SmoothTransformation
        self.preview.setPixmap(QPixmap.fromImage(image.scaled(size, Qt.AspectRatioMode.KeepAspectRatio, mode)))

    def _refused(self, error: BaseException) -> None:
        self.go.setEnabled(self.run() is not None)
        if isinstance(error, UserError):
            self.problem.setText(str(error))
        else:
            self._workspace.notices.report(error)

    def _go(self) -> None:
        name = self.printer.name()
        if name != TO_PDF:
            self.print_on(name)
            return
        dialog = pdf_dialog(self, _(N_("{ledger} labels"), ledger=_(self._entity.label)))
        dialog.fileSelected.connect(lambda path: self.write_to(Path(path)))
        dialog.open()

    def _begin(self) -> None:
        self.problem.clear()
        self.go.setEnabled(False)
        saved, sheet = self.designs.saved(), self.paper.sheet()
        self._remembered.keep_last(
            self._entity.key,
            {
                "printer": self.printer.name(),
                "paper": sheet.name if sheet else "",
                "design": saved.id if saved else 0,
            },
        )

    def _printed(self, count: int) -> None:
        self.go.setEnabled(True)
        self.summary.setText(_(N_("{count} labels were sent to the printer."), count=f"{count:,}"))

    def _written(self, path: Path, count: int) -> None:
        self.go.setEnabled(True)
        self.summary.setText(_(N_("{count} labels are saved as {name}."), count=f"{count:,}", name=path.name))
        answers = [
            Answer(_(N_("Open the file")), lambda: QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))),
            Answer(_(N_("Close"))),
        ]
        ask(self, self.summary.text(), answers, str(path.parent))
