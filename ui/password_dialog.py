"""Choosing another password for oneself."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QFormLayout, QLabel, QLineEdit, QVBoxLayout, QWidget

from logistics_desktop.errors import UserError
from logistics_desktop.i18n import N_, _
from logistics_desktop.jobs import Job
from ui.tasks import Tasks

if TYPE_CHECKING:
    from logistics_desktop.context import Office

_WIDTH = 460


class PasswordDialog(QDialog):
    """Asks for the password of now and twice for the new one; `must` says that there is no way around it.

    Who has to change it has just signed in with it, and is not asked for it again.
    """

    changed = Signal()

    def __init__(self, office: Office, tasks: Tasks, must: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(_(N_("Change the password")))
        self.setMinimumWidth(_WIDTH)
        self._office = office
        self._tasks = tasks
        why = _(N_("Before you begin, choose a password of your own: nobody else knows it then.")) if must else ""
        self.why = QLabel(why, wordWrap=True)
        self.why.setVisible(must)
        self.now, self.new, self.again = (_line() for _number in range(3))
        self.problem = QLabel(wordWrap=True, textFormat=Qt.TextFormat.PlainText)
        self.problem.setObjectName("bad")
        self._rows = QFormLayout()
        self._rows.addRow(_(N_("User")), QLabel(office.user))
        self._rows.addRow(_(N_("&Present password")), self.now)
        self._rows.addRow(_(N_("&New password")), self.new)
        self._rows.addRow(_(N_("The same &again")), self.again)
        self._rows.setRowVisible(self.now, not must)
        self._asks = not must
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        self.change = buttons.addButton(_(N_("Change")), QDialogButtonBox.ButtonRole.AcceptRole)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 16)
        column.setSpacing(12)
        column.addWidget(self.why)
        column.addLayout(self._rows)
        column.addWidget(self.problem)
        column.addWidget(buttons)
        for line in (self.now, self.new, self.again):
            line.textEdited.connect(self._allow)
        self._allow()

    def accept(self) -> None:
        """Have the password changed."""
        now, new = self.now.text() if self._asks else None, self.new.text()
        self.problem.clear()
        self.change.setEnabled(False)
        self._tasks.run(
            lambda _job: _change(self._office, now, new, _job),
            lambda _nothing: self._done(),
            owner=self,
            key="change",
            on_error=self._refused,
        )

    def _done(self) -> None:
        self.changed.emit()
        super().accept()

    def _refused(self, error: BaseException) -> None:
        self._allow()
        if isinstance(error, UserError):
            self.problem.setText(str(error))
        else:
            self.problem.setText(_(N_("The password was not changed.")))
            raise error

    def _allow(self) -> None:
        same = self.new.text() == self.again.text()
        complete = bool(self.new.text()) and (bool(self.now.text()) or not self._asks)
        self.problem.setText("" if same or not self.again.text() else _(N_("The two new passwords differ.")))
        self.change.setEnabled(same and complete)


def _change(office: Office, now: str | None, new: str, _job: Job) -> None:
    if now is not None:
        found = office.prove(now)
        if not found.ok:
            raise UserError(N_("{problem} {advice}"), problem=found.text, advice=found.hint)
    office.change_password(new)


def _line() -> QLineEdit:
    line = QLineEdit()
    line.setEchoMode(QLineEdit.EchoMode.Password)
    return line
