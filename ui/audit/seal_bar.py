"""Whether anybody tampered with the log: how far it is sealed, the check, and the seal to keep elsewhere."""

from __future__ import annotations

from functools import partial

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QPushButton, QWidget

from logistics_desktop.errors import Cancelled, UserError
from logistics_desktop.features.audit.checking import Checked, State, moment
from logistics_desktop.i18n import N_, _
from ui.audit import work
from ui.notices import Tone
from ui.theme import icon
from ui.workspace import Workspace


class SealBar(QWidget):
    """The foot of the auditor's screen."""

    def __init__(self, workspace: Workspace, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._workspace = workspace
        self._head = ""
        self.said = QLabel(wordWrap=True)
        self.known = QLineEdit(placeholderText=_(N_("Seal noted earlier (optional)")), clearButtonEnabled=True)
        self.known.setAccessibleName(_(N_("Seal noted earlier (optional)")))
        self.known.setMinimumWidth(220)
        self.verify = QPushButton(icon("check"), _(N_("Verify now")))
        self.copy = QPushButton(_(N_("Copy seal")))
        self.copy.setToolTip(
            _(N_("Keep it outside of this server: it proves later that nothing before it was cut off."))
        )
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.said, 1)
        for widget in (self.copy, self.known, self.verify):
            row.addWidget(widget)
        self.copy.setEnabled(False)
        self.copy.clicked.connect(self._copy)
        self.verify.clicked.connect(self.check)
        self.known.returnPressed.connect(self.check)

    def refresh(self) -> None:
        """Read how far the log is sealed."""
        work_ = partial(work.state, self._workspace.office)
        self._workspace.tasks.run(work_, self._show, owner=self, key="state", on_error=self._no_right)

    def check(self) -> None:
        """Compare the log with its seals; what is found stands here until the next look."""
        if not self.verify.isEnabled():
            return
        self.verify.setEnabled(False)
        self.said.setText(_(N_("Comparing the log with its seals…")))
        self._workspace.tasks.run(
            partial(work.check, self._workspace.office, self.known.text().strip()),
            self._take,
            owner=self,
            key="check",
            on_error=self._refused,
            title=_(N_("Verifying the audit log")),
        )

    def _show(self, state: State) -> None:
        if state.head is None:
            self.said.setText(_(N_("Nothing is sealed yet; {count} lines wait."), count=state.unsealed))
            return
        self._keep(state.head.hash)
        self.said.setText(
            _(
                N_("Sealed up to {at} (seal {number}); {count} newer lines wait to be sealed."),
                at=moment(state.head.at),
                number=state.head.number,
                count=state.unsealed,
            )
        )

    def _take(self, checked: Checked) -> None:
        self.verify.setEnabled(True)
        head = checked.verdict.head
        if head is not None:
            self._keep(head.hash)
        self.said.setText(checked.text)
        if not checked.ok:
            self._workspace.notices.say(checked.text, Tone.ERROR)

    def _refused(self, error: BaseException) -> None:
        self.verify.setEnabled(True)
        self.refresh()
        if not isinstance(error, Cancelled):
            self._workspace.notices.report(error)

    def _no_right(self, error: BaseException) -> None:
        """Without the right to the whole log there is nothing to check here."""
        if not isinstance(error, UserError):
            self._workspace.notices.report(error)
        self.said.setText(str(error))
        self.verify.setEnabled(False)

    def _keep(self, head: str) -> None:
        self._head = head
        self.copy.setEnabled(True)

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self._head)
        self._workspace.notices.say(_(N_("The seal is copied. Keep it outside of this server.")), Tone.DONE)
