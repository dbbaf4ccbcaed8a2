"""A whole case in one view: the form, the document, the way behind and ahead, and what I can do about it."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPlainTextEdit,
    QSplitter,
    QStackedWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from logistics_desktop.errors import Refused
from logistics_desktop.features.approvals.cases import Case
from logistics_desktop.features.approvals.words import CASE_STATES
from logistics_desktop.i18n import N_, _
from ui.approvals import work
from ui.approvals.deciding import ON_CASE, ON_TASK, Deciding
from ui.approvals.inbox_model import moment
from ui.approvals.progress import ProgressView
from ui.approvals.work import Shown
from ui.document_views import VIEWS
from ui.ledger.flow import Flow
from ui.workspace import Workspace

_FIELDS_IN_A_ROW = 2
_COMMENT_LINES = 2
_SPLIT = (260, 300)


class CaseView(QWidget):
    """Empty until `open` names a case; `done` tells that I have decided or said something."""

    done = Signal(str)

    def __init__(self, workspace: Workspace, place: QWidget) -> None:
        super().__init__()
        self._workspace = workspace
        self._number: int | None = None
        self._task: int | None = None
        self._document: QWidget | None = None
        self.shown: Shown | None = None
        self.title = QLabel(wordWrap=True)
        self.about = QLabel(wordWrap=True)
        self.form = QGridLayout()
        self.document_place = QVBoxLayout()
        self.progress = ProgressView()
        self.comment = QPlainTextEdit()
        self.said = QLabel(wordWrap=True, textFormat=Qt.TextFormat.PlainText)
        self.deciding = Deciding(workspace, place)
        self._lay_out()
        self.comment.textChanged.connect(self._type)
        self.deciding.done.connect(self._done)
        self.deciding.failed.connect(self._fail)
        self.deciding.words_wanted.connect(self._want_words)

    def open(self, case: int | None, task: int | None = None) -> None:
        """Show a case, with the task that is to be decided; None shows nothing."""
        if case != self._number:
            self.comment.clear()
            self.said.clear()
        self._number, self._task = case, task
        self.read_again()

    def read_again(self) -> None:
        """Read the case that is on show anew."""
        if self._number is None:
            self._show_nothing()
            return
        do = partial(work.case, self._workspace.office, self._number)
        self._workspace.tasks.run(do, self._show, owner=self, key="case", on_error=self._cannot_read)

    @property
    def number(self) -> int | None:
        """The case that is on show, or about to be."""
        return self._number

    def _show(self, shown: Shown) -> None:
        case = shown.case
        if case.id != self._number:
            return
        before, self.shown = self.shown, shown
        self._stack.setCurrentIndex(1)
        self.title.setText(f"{case.number}  {case.title}")
        self.about.setText(_about(case))
        if before is None or before.form != shown.form:
            self._show_form(shown)
        if before is None or (before.case.kind, before.case.document) != (case.kind, case.document):
            self._show_document(case)
        self.progress.show_case(case)
        had = self.deciding.task
        self.deciding.show(case, self._task)
        mine = self.deciding.task
        if before is not None and before.case.id == case.id and had is not None and mine is None:
            last = case.events[-1]
            if self.said.text() == "" and last.who is not None:
                self.said.setText(_(N_("Decided meanwhile by {who}."), who=last.who))
        self.comment.setVisible(any(action.isVisible() for action in self.deciding.offered.values()))

    def _show_form(self, shown: Shown) -> None:
        while (item := self.form.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.deleteLater()
        for at, (label, text) in enumerate(one for one in shown.form if one[1]):
            row, column = divmod(at, _FIELDS_IN_A_ROW)
            name = QLabel(_(label))
            name.setObjectName("hint")
            value = QLabel(text, wordWrap=True, textFormat=Qt.TextFormat.PlainText)
            value.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            self.form.addWidget(name, row, 2 * column, Qt.AlignmentFlag.AlignTop)
            self.form.addWidget(value, row, 2 * column + 1, Qt.AlignmentFlag.AlignTop)

    def _show_document(self, case: Case) -> None:
        if self._document is not None:
            self.document_place.removeWidget(self._document)
            self._document.deleteLater()
            self._document = None
        build = VIEWS.get(case.kind)
        if build is not None:
            self._document = build(self._workspace, case.document)
            self.document_place.addWidget(self._document, 1)

    def _show_nothing(self) -> None:
        self.shown = None
        self.deciding.show(None)
        self._stack.setCurrentIndex(0)

    def _cannot_read(self, error: BaseException) -> None:
        if isinstance(error, Refused):
            self._number = None
            self._show_nothing()
        else:
            self._workspace.notices.report(error)

    def _type(self) -> None:
        self.deciding.say(self.comment.toPlainText())
        self.said.clear()

    def _done(self, action: str) -> None:
        self.comment.clear()
        self.said.clear()
        self.done.emit(action)

    def _fail(self, why: str) -> None:
        self.read_again()
        self.said.setText(why)

    def _want_words(self) -> None:
        self.said.setText(_(N_("Say why, in a few words.")))
        self.comment.setFocus()

    def _lay_out(self) -> None:
        self.title.setObjectName("recordTitle")
        self.about.setObjectName("hint")
        self.said.setObjectName("bad")
        for label in (self.title, self.about):
            label.setTextFormat(Qt.TextFormat.PlainText)
        self.form.setColumnStretch(1, 1)
        self.form.setColumnStretch(3, 1)
        self.form.setHorizontalSpacing(12)
        self.form.setVerticalSpacing(4)
        self.comment.setPlaceholderText(_(N_("What you want to say with it")))
        self.comment.setTabChangesFocus(True)
        self.comment.setFixedHeight(self.fontMetrics().lineSpacing() * _COMMENT_LINES + 16)
        upper = QWidget()
        above = QVBoxLayout(upper)
        above.setContentsMargins(0, 0, 0, 6)
        above.addWidget(self.title)
        above.addWidget(self.about)
        above.addLayout(self.form)
        above.addLayout(self.document_place, 1)
        above.addStretch()
        split = QSplitter(Qt.Orientation.Vertical)
        split.setChildrenCollapsible(False)
        split.addWidget(upper)
        split.addWidget(self.progress)
        split.setSizes(_SPLIT)
        whole = QWidget()
        column = QVBoxLayout(whole)
        column.setContentsMargins(12, 10, 12, 8)
        column.setSpacing(6)
        column.addWidget(split, 1)
        column.addWidget(self.said)
        column.addWidget(self.comment)
        column.addLayout(self._buttons())
        empty = QLabel(_(N_("Choose a line on the left.")), alignment=Qt.AlignmentFlag.AlignCenter)
        empty.setObjectName("hint")
        self._stack = QStackedWidget()
        self._stack.addWidget(empty)
        self._stack.addWidget(whole)
        outer = QHBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self._stack)

    def _buttons(self) -> Flow:
        flow = Flow()
        for key in (*ON_TASK, *ON_CASE):
            button = QToolButton()
            button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
            button.setObjectName(f"decide_{key}")
            action = self.deciding.offered[key]
            button.setDefaultAction(action)
            button.setVisible(action.isVisible())
            action.changed.connect(partial(_follow, button))
            flow.addWidget(button)
        return flow


def _follow(button: QToolButton) -> None:
    button.setVisible(button.defaultAction().isVisible())


def _about(case: Case) -> str:
    said = [_(case.kind_name), case.requester, moment(case.submitted_at), _(CASE_STATES[case.state])]
    if case.ended_at is not None:
        said.append(moment(case.ended_at))
    said.append(_(N_("route version {number}"), number=case.route_number))
    return " · ".join(said)
