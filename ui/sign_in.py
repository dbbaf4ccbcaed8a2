"""Signing in to the office's server."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QDialog, QDialogButtonBox, QFormLayout, QLabel, QLineEdit, QVBoxLayout

from logistics_desktop.i18n import N_, _
from logistics_desktop.profiles import Profile
from ui.first_run import Chosen
from ui.offices import title


class SignIn(QDialog):
    """Asks for user and password; `problem` says why the last try failed."""

    chosen = Signal(object)  # a Chosen

    def __init__(self, profile: Profile, can_remember: bool, problem: str = "") -> None:
        super().__init__()
        self._profile = profile
        self.setWindowTitle(_(N_("Sign in")))
        self.setMinimumWidth(400)
        name = QLabel(title(profile))
        name.setObjectName("pageTitle")
        self.user = QLineEdit(profile.user)
        self.password = QLineEdit()
        self.password.setEchoMode(QLineEdit.EchoMode.Password)
        self.remember = QCheckBox(_(N_("Remember the password in this PC's keyring")))
        self.remember.setVisible(can_remember)
        self.problem = QLabel(problem)
        self.problem.setObjectName("bad")
        self.problem.setWordWrap(True)
        self.problem.setVisible(bool(problem))
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        buttons.addButton(_(N_("Sign in")), QDialogButtonBox.ButtonRole.AcceptRole)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        rows = QFormLayout()
        rows.addRow(_(N_("User")), self.user)
        rows.addRow(_(N_("Password")), self.password)
        rows.addRow("", self.remember)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 16)
        column.setSpacing(12)
        column.addWidget(name)
        column.addLayout(rows)
        column.addWidget(self.problem)
        column.addWidget(buttons)
        (self.password if profile.user else self.user).setFocus()

    def accept(self) -> None:
        """Hand over what was typed."""
        profile = replace(self._profile, user=self.user.text().strip())
        self.chosen.emit(Chosen(profile, self.password.text(), self.remember.isChecked()))
        super().accept()
