"""Before a document goes on its way: the whole path with names, and who is still to be chosen."""

from __future__ import annotations

import uuid
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFormLayout, QLabel, QLineEdit, QWidget

from logistics_desktop.errors import UserError
from logistics_desktop.features.approvals.routes import PathStep
from logistics_desktop.features.documents.opened import Opened
from logistics_desktop.i18n import N_, _
from logistics_desktop.ledgers import LEDGERS
from ui.approvals.progress import ProgressView
from ui.documents import work
from ui.ledger.reference_editor import ReferenceEditor
from ui.work_dialog import WorkDialog
from ui.workspace import Workspace

_SIZE = (620, 420)


class SendDialog(WorkDialog):
    """Shows who will sign, in order; steps that the requester fills ask for a person."""

    sent = Signal(int, str)  # the document and its number

    def __init__(self, workspace: Workspace, opened: Opened, parent: QWidget | None = None) -> None:
        again = opened.resubmit is not None
        super().__init__(workspace, _(N_("Send for approval")), _(N_("Send again") if again else N_("Send")), parent)
        self.resize(*_SIZE)
        self._opened = opened
        self._key = uuid.uuid4()
        self.path = ProgressView(ahead=True)
        self.choosing = QFormLayout()
        self.choices: dict[str, ReferenceEditor] = {}
        self.comment = QLineEdit()
        self.page.addWidget(QLabel(_(N_("This is who will sign, from top to bottom:")), wordWrap=True))
        self.page.addWidget(self.path, 1)
        self.page.addLayout(self.choosing)
        if again:
            form = QFormLayout()
            form.addRow(_(N_("&Words to those who sign")), self.comment)
            self.page.addLayout(form)
        self._ready = False
        self._read()

    def do(self) -> None:
        """Send it."""
        send = partial(
            work.send, self.workspace.office, self._opened, self._chosen(), self.comment.text().strip(), self._key
        )
        self.work(send, self._done_sending, _(N_("Sending the document")))

    def refresh(self) -> None:
        """What nobody could sign cannot be sent."""
        self.act.setEnabled(self._ready and not self.busy)

    def _read(self) -> None:
        one = self._opened.document
        ask = partial(work.path, self.workspace.office, one.kind.key, one.id, self._chosen())
        self.work(ask, self._show)

    def _show(self, path: list[PathStep]) -> None:
        self.path.show_path(path)
        for step in path:
            if step.why == "choice" and step.key not in self.choices:
                editor = ReferenceEditor(self.workspace, LEDGERS["staff"])
                editor.left.connect(self._read)
                self.choices[step.key] = editor
                self.choosing.addRow(_(N_("Who signs “{step}”"), step=step.name), editor)
        open_ = [step for step in path if step.why == "choice" and not step.people]
        self._ready = not open_ and not any(step.why == "nobody" for step in path)
        self.act.setFocus()
        if open_:
            self.say(_(N_("Choose who signs “{step}”."), step=open_[0].name))

    def _chosen(self) -> dict[str, list[int]]:
        found = {}
        for key, editor in self.choices.items():
            try:
                person = editor.value()
            except UserError:
                continue
            if person is not None:
                found[key] = [person]
        return found

    def _done_sending(self, sent: tuple[int, str | None]) -> None:
        self.accept()
        self.sent.emit(sent[0], sent[1] or "")
