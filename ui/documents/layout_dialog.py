"""The layout of a kind of document, changed without a programmer, with the newest document of the kind beside it, or an
example where there is none yet.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QImage, QPixmap
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QScrollArea,
    QTabWidget,
    QWidget,
)

from logistics_desktop.context import Office
from logistics_desktop.features.documents import layouts
from logistics_desktop.features.documents.example import example
from logistics_desktop.features.documents.kinds import Kind
from logistics_desktop.features.documents.layouts import Column, Layout
from logistics_desktop.i18n import N_, _
from logistics_desktop.jobs import Job
from ui.documents import work
from ui.documents.layout_lists import SignatureTable, TickedTable
from ui.documents.page import DocumentPrintout
from ui.notices import Tone
from ui.paper.output import to_image
from ui.paper.sheet import DPI
from ui.spin_box import SpinBox
from ui.work_dialog import WorkDialog
from ui.workspace import Workspace

_SIZE = (1120, 720)
_LEFT = 430
_PAUSE_MS = 250
_AROUND = 12  # pixels around the paper
_MOST_EMPTY = 24
_PAPERS = {"A4": N_("A4"), "A5": N_("A5"), "half": N_("Half a page of continuous paper (241 × 140 mm)")}


class LayoutDialog(WorkDialog):
    """On the left what is on the paper, on the right the paper."""

    def __init__(self, workspace: Workspace, kinds: Sequence[Kind], key: str, parent: QWidget | None = None) -> None:
        super().__init__(workspace, _(N_("Layout on paper")), _(N_("Save")), parent)
        self.resize(*_SIZE)
        self._kinds = {kind.key: kind for kind in kinds}
        self._example: int | None = None
        self.kind = QComboBox()
        for kind in kinds:
            self.kind.addItem(_(kind.title), kind.key)
        self.kind.setCurrentIndex(self.kind.findData(key))
        self.title = QLineEdit()
        self.paper = QComboBox()
        for paper, text in _PAPERS.items():
            self.paper.addItem(_(text), paper)
        self.landscape = QCheckBox(_(N_("Across")))
        self.code = QCheckBox(_(N_("QR code that finds the document")))
        self.empty = SpinBox(maximum=_MOST_EMPTY)
        self.footer = QLineEdit()
        self.copies = QPlainTextEdit()
        self.fields = TickedTable(_(N_("Fields")), widths=False)
        self.columns = TickedTable(_(N_("Columns")), widths=True)
        self.signatures = SignatureTable()
        self.usual = QPushButton(_(N_("As delivered")), autoDefault=False)
        self.picture = QLabel(alignment=Qt.AlignmentFlag.AlignCenter, wordWrap=True)
        self.area = QScrollArea(widgetResizable=True)
        self._pause = QTimer(self, interval=_PAUSE_MS, singleShot=True)
        self._pause.timeout.connect(self._draw)
        self._lay_out()
        self._connect()
        self._read()

    def layout_shown(self) -> Layout:
        """The layout as it stands in the dialog."""
        return Layout(
            title=self.title.text().strip(),
            paper=self.paper.currentData(),
            landscape=self.landscape.isChecked(),
            fields=tuple(one.key for one in self.fields.chosen()),
            columns=self.columns.chosen(),
            signatures=self.signatures.chosen(),
            copies=tuple(line.strip() for line in self.copies.toPlainText().splitlines() if line.strip()),
            footer=self.footer.text().strip(),
            code=self.code.isChecked(),
            empty_lines=self.empty.value(),
        )

    def do(self) -> None:
        """Save the layout for everybody."""
        self._write(self.layout_shown())

    def show_layout(self, layout: Layout) -> None:
        """Show a layout to be changed."""
        kind = self._kinds[self.kind.currentData()]
        self.title.setPlaceholderText(layouts.usual_title(kind))
        self.title.setText(layout.title)
        self.paper.setCurrentIndex(self.paper.findData(layout.paper))
        self.landscape.setChecked(layout.landscape)
        self.code.setChecked(layout.code)
        self.empty.setValue(layout.empty_lines)
        self.footer.setText(layout.footer)
        self.copies.setPlainText("\n".join(layout.copies))
        self.fields.offer(layouts.labels(kind), [Column(key) for key in layout.fields])
        self.columns.offer(layouts.headings(kind), layout.columns)
        self.signatures.offer(layout.signatures)
        self._draw()

    def _read(self) -> None:
        kind = self._kinds[self.kind.currentData()]
        self.work(partial(work.layout, self.workspace.office, kind), self._take)

    def _take(self, found: tuple[Layout, int | None]) -> None:
        layout, self._example = found
        self.show_layout(layout)

    def _write(self, layout: Layout | None) -> None:
        kind = self._kinds[self.kind.currentData()]
        self.work(partial(work.write_layout, self.workspace.office, kind, layout), lambda _none: self._saved())

    def _saved(self) -> None:
        self.workspace.notices.say(_(N_("The layout is saved; it holds from the next print on.")), Tone.DONE)
        self._read()

    def _draw(self) -> None:
        kind = self._kinds[self.kind.currentData()]
        room = self.area.viewport().width() - _AROUND
        draw = partial(_drawn, self.workspace.office, kind, self._example, self.layout_shown(), room)
        self.workspace.tasks.run(draw, self._show, owner=self, key="draw")

    def _show(self, image: QImage) -> None:
        self.picture.setPixmap(QPixmap.fromImage(image))

    def _connect(self) -> None:
        self.kind.activated.connect(lambda _at: self._read())
        self.usual.clicked.connect(lambda: self._write(None))
        later = self._pause.start
        for line in (self.title, self.footer):
            line.textEdited.connect(lambda _text: later())
        for box in (self.landscape, self.code):
            box.clicked.connect(lambda _on: later())
        self.paper.activated.connect(lambda _at: later())
        self.empty.valueChanged.connect(lambda _value: later())
        self.copies.textChanged.connect(lambda: later())
        for table in (self.fields, self.columns, self.signatures):
            table.changed.connect(lambda: later())

    def _lay_out(self) -> None:
        general = QWidget()
        form = QFormLayout(general)
        form.addRow(_(N_("&Title")), self.title)
        form.addRow(_(N_("&Paper")), self.paper)
        form.addRow("", self.landscape)
        form.addRow("", self.code)
        form.addRow(_(N_("Lines at &least")), self.empty)
        form.addRow(_(N_("&Footer")), self.footer)
        form.addRow(_(N_("&Copies, one a line")), self.copies)
        tabs = QTabWidget(documentMode=True)
        tabs.addTab(general, _(N_("General")))
        tabs.addTab(self.fields, _(N_("Fields")))
        tabs.addTab(self.columns, _(N_("Columns")))
        tabs.addTab(self.signatures, _(N_("Signatures")))
        tabs.setFixedWidth(_LEFT)
        self.area.setWidget(self.picture)
        top = QFormLayout()
        top.addRow(_(N_("&Kind of document")), self.kind)
        both = QHBoxLayout()
        both.addWidget(tabs)
        both.addWidget(self.area, 1)
        self.page.addLayout(top)
        self.page.addLayout(both, 1)
        self.foot.insertWidget(1, self.usual)


def _drawn(office: Office, kind: Kind, document: int | None, layout: Layout, room: int, job: Job) -> QImage:
    """The first page, as wide as `room` in pixels."""
    printed = example(kind, layout) if document is None else work.example(office, document, layout, job)
    printout = DocumentPrintout(printed, layout.copies[:1])
    return to_image(printout, 0, room * DPI / printout.sheet.width)
