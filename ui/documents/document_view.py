"""A document to be looked at: its fields, its lines, its files, and the way of its approval."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QLabel, QTabWidget, QVBoxLayout, QWidget

from logistics_desktop.errors import Refused
from logistics_desktop.features.documents.opened import Opened
from logistics_desktop.features.documents.words import STATES
from logistics_desktop.i18n import N_, _
from ui.approvals.progress import ProgressView
from ui.documents import work
from ui.documents.lines_table import LinesTable
from ui.ledger.attachments_view import AttachmentsView
from ui.workspace import Workspace

TABLE = "document"  # what its files hang on
_COLUMNS = 2  # of fields
_LEAST_LINES = 120  # pixels


class DocumentView(QWidget):
    """Shows one document and changes nothing of it; `whole` shows its fields and the way of its approval too."""

    shown = Signal(object)  # Opened

    def __init__(self, workspace: Workspace, *, whole: bool = True) -> None:
        super().__init__()
        self._workspace = workspace
        self._whole = whole
        self.opened: Opened | None = None
        self.fields = QGridLayout()
        self.fields.setContentsMargins(12, 8, 12, 8)
        self.fields.setColumnStretch(1, 1)
        self.fields.setColumnStretch(3, 1)
        self.tabs = QTabWidget(documentMode=True)
        self.lines: LinesTable | None = None
        self.files = AttachmentsView(workspace, TABLE)
        self.progress = ProgressView()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(self.fields)
        column.addWidget(self.tabs, 1)

    def open(self, document: int) -> None:
        """Read and show a document."""
        ask = partial(work.read, self._workspace.office, document)
        self._workspace.tasks.run(ask, self.show_opened, owner=self, key="read", on_error=self._fail)

    def show_opened(self, found: Opened) -> None:
        """Show a document that was read."""
        before, self.opened = self.opened, found
        if self._whole:
            self._show_fields(found)
        if self.lines is None or before is None or before.document.id != found.document.id:
            self._make_tabs(found)
        assert self.lines is not None
        self.lines.show_lines(found.lines)
        self.files.show_record(found.document.id)
        if found.case is not None:
            self.progress.show_case(found.case)
        self.shown.emit(found)

    def _make_tabs(self, found: Opened) -> None:
        current = max(self.tabs.currentIndex(), 0)
        self.tabs.clear()
        if self.lines is not None:
            self.lines.deleteLater()
        self.lines = LinesTable(found.document.kind, with_problems=False)
        self.lines.setMinimumHeight(_LEAST_LINES)
        self.tabs.addTab(self.lines, _(N_("Assets ({count})"), count=len(found.lines)))
        self.tabs.addTab(self.files, _(N_("Files")))
        if self._whole and found.case is not None:
            self.tabs.addTab(self.progress, _(N_("Course of the approval")))
        self.tabs.setCurrentIndex(min(current, self.tabs.count() - 1))

    def _show_fields(self, found: Opened) -> None:
        while (item := self.fields.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.deleteLater()
        known = [(field.label, found.texts[field.key]) for field in found.document.kind.fields]
        known = [
            (N_("State"), _(STATES[found.document.state])),
            (N_("Requester"), found.texts["requester"]),
            *known,
        ]
        for at, (label, text) in enumerate(one for one in known if one[1]):
            row, column = divmod(at, _COLUMNS)
            name = QLabel(_(label))
            name.setObjectName("hint")
            value = QLabel(text, wordWrap=True, textFormat=Qt.TextFormat.PlainText)
            value.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            self.fields.addWidget(name, row, 2 * column, Qt.AlignmentFlag.AlignTop)
            self.fields.addWidget(value, row, 2 * column + 1)

    def _fail(self, error: BaseException) -> None:
        # Whoever may decide a document may lose sight of it meanwhile: then there is nothing to show.
        if not isinstance(error, Refused):
            self._workspace.notices.report(error)


def view_of(workspace: Workspace, document: int) -> QWidget:
    """The lines and the files of a document, for whoever decides on it."""
    view = DocumentView(workspace, whole=False)
    view.open(document)
    return view
