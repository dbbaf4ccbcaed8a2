"""A draft: its form, its lines and its files. What is typed is stored on the server a moment later, so that neither a
crash nor another PC loses it.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QLabel, QScrollArea, QTabWidget, QVBoxLayout, QWidget

from logistics_desktop.errors import Conflict, FieldErrors, Refused, UserError
from logistics_desktop.features.documents import kinds
from logistics_desktop.features.documents.opened import Opened
from logistics_desktop.i18n import N_, _
from ui.approvals.progress import ProgressView
from ui.documents import work
from ui.documents.document_view import TABLE
from ui.documents.fields_form import FieldsForm
from ui.documents.lines_editor import LinesEditor
from ui.documents.work import Draft
from ui.ledger.attachments_view import AttachmentsView
from ui.workspace import Workspace

_PAUSE_MS = 600


def _nothing() -> None:
    """After saving, stay."""


class DraftEditor(QWidget):
    """Changes one draft. `stored` comes after each saving."""

    stored = Signal()

    def __init__(self, workspace: Workspace, opened: Opened) -> None:
        super().__init__()
        self._workspace = workspace
        self.opened = opened
        document = opened.document
        self._seen = document.saves
        self._dirty = False
        self._sending: Draft | None = None
        self._then: Callable[[], object] = _nothing
        self.form = FieldsForm(workspace, document.kind.fields)
        self.lines = LinesEditor(workspace, document.kind, document.number)
        self.files = AttachmentsView(workspace, TABLE)
        self.state = QLabel(wordWrap=True)
        self.state.setObjectName("hint")
        self.state.setContentsMargins(12, 4, 12, 4)
        self._lay_out()
        self.form.show_values(document.form, opened.texts)
        self.lines.show_lines(opened.lines)
        self.files.show_record(document.id)
        self._pause = QTimer(self, interval=_PAUSE_MS, singleShot=True)
        self._pause.timeout.connect(self.save)
        self.form.changed.connect(lambda _key: self._touch())
        self.lines.changed.connect(self._touch)
        self.lines.all_wanted.connect(self._add_all)

    def save(self, then: Callable[[], object] = _nothing) -> None:
        """Store what was changed, and do `then` once everything is stored."""
        self._then = then
        if self._sending is not None:
            return  # the answer will find what is dirty by then
        if not self._dirty:
            self._finish()
            return
        document = self.opened.document
        self._dirty = False
        self._pause.stop()
        self._sending = Draft(
            document.id,
            document.kind.key,
            self.form.values(),
            self.lines.drafted(),
            self._seen,
            uuid.uuid4(),
        )
        ask = partial(work.save, self._workspace.office, self._sending)
        self._workspace.tasks.run(ask, self._saved, owner=self, on_error=self._failed)

    @property
    def unsaved(self) -> bool:
        """Whether something is not stored yet."""
        return self._dirty or self._sending is not None

    def complete(self) -> bool:
        """Whether it can be sent; what lacks is said where it lacks."""
        kind = self.opened.document.kind
        try:
            self.form.check()
            kinds.check(kind, self.form.values())
        except FieldErrors as errors:
            self.tabs.setCurrentIndex(0)
            self.form.say_all(errors.by_field)
            return False
        for row, line in enumerate(self.lines.lines):
            if line.problem:
                return self._wrong_line(row, line.problem)
            try:
                kinds.check_line(kind, line.said)
            except FieldErrors as errors:
                return self._wrong_line(row, str(errors), errors)
        if not self.lines.lines:
            self.say(_(N_("The document has no lines. Add the assets that it is about.")))
            self.lines.finder.setFocus()
            return False
        return True

    def say(self, text: str) -> None:
        """Say something above the form."""
        self.state.setText(text)
        self.state.setVisible(bool(text))

    def take_asset(self, asset: int) -> None:
        """Put an asset on the document, as a scan does."""
        self.lines.add([asset])

    def _wrong_line(self, row: int, why: str, errors: FieldErrors | None = None) -> bool:
        self.tabs.setCurrentIndex(0)
        self.lines.select_wrong(row)
        if errors is not None:
            self.lines.said.say_all(errors.by_field)
        line = self.lines.lines[row]
        self.say(_(N_("{asset}: {problem}"), asset=line.asset_texts["code"] or line.asset_texts["name"], problem=why))
        return False

    def _touch(self) -> None:
        self._dirty = True
        self._pause.start()

    def _add_all(self) -> None:
        try:
            person = self.form.value("giver")
        except UserError as error:
            self.form.say("giver", str(error))
            return
        if person is None:
            self.form.say("giver", _(N_("Say first who hands over.")))
            self.form.editors["giver"].setFocus()
        else:
            self.lines.add_all_of(person)

    def _saved(self, seen: int) -> None:
        self._seen = seen
        self._sending = None
        if self._dirty:
            self.save(self._then)
            return
        self.say(_(N_("The draft is stored.")) if self.opened.document.state == "draft" else "")
        self.stored.emit()
        self._finish()

    def _failed(self, error: BaseException) -> None:
        self._sending = None
        self._then = _nothing
        if isinstance(error, Refused | Conflict):
            self.say(str(error))
        else:
            self._dirty = True
            self._workspace.notices.report(error)

    def _finish(self) -> None:
        then, self._then = self._then, _nothing
        then()

    def _lay_out(self) -> None:
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(12, 8, 12, 8)
        column.addWidget(self.form)
        column.addWidget(self.lines, 1)
        scroll = QScrollArea(widgetResizable=True)
        scroll.setFrameShape(QScrollArea.Shape.NoFrame)
        scroll.setWidget(page)
        self.tabs = QTabWidget(documentMode=True)
        self.tabs.addTab(scroll, _(N_("Document")))
        self.tabs.addTab(self.files, _(N_("Files")))
        if self.opened.case is not None:
            progress = ProgressView()
            progress.show_case(self.opened.case)
            self.tabs.addTab(progress, _(N_("Course of the approval")))
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self.state)
        whole.addWidget(self.tabs, 1)
        self.say(self._why_back())

    def _why_back(self) -> str:
        """What was said when the document came back."""
        case = self.opened.case
        if case is None or self.opened.document.state != "returned":
            return ""
        event = next((one for one in reversed(case.events) if one.action == "return"), None)
        return _(N_("Returned by {who}: {why}"), who=event.who or "", why=event.comment) if event else ""
