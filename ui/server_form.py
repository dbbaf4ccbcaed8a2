"""The form that describes the office's server, with a test that says precisely what is wrong."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QFileDialog,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from logistics_desktop.i18n import N_, _
from logistics_desktop.profiles import Profile
from ui.spin_box import SpinBox
from ui.tasks import Tasks

if TYPE_CHECKING:
    from db.session import Target
    from logistics_desktop.connection import Diagnosis

MODES = {
    "require": N_("Encrypted (the right choice in most offices)"),
    "verify-full": N_("Encrypted, and the certificate is checked"),
    "prefer": N_("Encrypted if the server can"),
    "disable": N_("Not encrypted"),
}

SIGN_IN = {
    "login": N_("With a password"),
    "domain": N_("As in Windows or Kerberos (domain)"),
}


class ServerForm(QWidget):
    """Asks for everything that a profile of kind `server` has, and the password."""

    submitted = Signal()
    back = Signal()

    def __init__(self, tasks: Tasks, diagnose: Callable[[Target], Diagnosis], can_remember: bool) -> None:
        super().__init__()
        self._tasks = tasks
        self._diagnose = diagnose
        self._can_remember = can_remember
        self.name = QLineEdit(_(N_("Our office")))
        self.host = QLineEdit()
        self.host.setPlaceholderText(_(N_("name or address, several separated by commas")))
        self.port = SpinBox()
        self.port.setRange(1, 65535)
        self.port.setValue(5432)
        self.database = QLineEdit("logistics")
        self.mode = QComboBox()
        for value, text in MODES.items():
            self.mode.addItem(_(text), value)
        self.certificate = QLineEdit()
        self.certificate.setPlaceholderText(_(N_("empty: the certificates that this PC trusts")))
        self.sign_in = QComboBox()
        for value, text in SIGN_IN.items():
            self.sign_in.addItem(_(text), value)
        self.user = QLineEdit()
        self.password = QLineEdit()
        self.password.setEchoMode(QLineEdit.EchoMode.Password)
        self.remember = QCheckBox(_(N_("Remember the password in this PC's keyring")))
        self.remember.setVisible(can_remember)
        self.finding = QLabel()
        self.finding.setWordWrap(True)
        self.test_button = QPushButton(_(N_("&Test")))
        self.test_button.clicked.connect(self.test)
        self.join_button = QPushButton(_(N_("&Join")))
        self._lay_out()
        for needed in (self.host, self.database, self.user):
            needed.textChanged.connect(self._allow)
        self._allow()
        self.mode.currentIndexChanged.connect(self._show_certificate)
        self._show_certificate()
        self.sign_in.currentIndexChanged.connect(self._show_password)

    def profile(self) -> Profile:
        """What the form says."""
        certificate = self.certificate.text().strip() if self._checks_certificate() else ""
        return Profile(
            name=self.name.text().strip() or self.host.text().strip(),
            kind="server",
            host=self.host.text().strip(),
            port=self.port.value(),
            database=self.database.text().strip(),
            tls=self.mode.currentData(),
            root_certificate=certificate or None,
            user=self.user.text().strip(),
            sign_in=self.sign_in.currentData(),
        )

    def test(self) -> None:
        """Try the connection and show what was found."""
        target = self.profile().target(self.password.text())
        self.test_button.setEnabled(False)
        self._say("hint", _(N_("Trying the connection…")))
        self._tasks.run(lambda _job: self._diagnose(target), self._show, owner=self, key="test", on_error=self._failed)

    def refuse(self, text: str) -> None:
        """Show why the office could not be joined."""
        self._say("bad", text)

    def _show(self, found: Diagnosis) -> None:
        self.test_button.setEnabled(True)
        self._say("good" if found.ok else "bad", f"{found.text}\n{found.hint}")

    def _failed(self, error: BaseException) -> None:
        self.test_button.setEnabled(True)
        self._say("bad", str(error))

    def _say(self, tone: str, text: str) -> None:
        self.finding.setObjectName(tone)
        self.finding.style().unpolish(self.finding)
        self.finding.style().polish(self.finding)
        self.finding.setText(text)

    def _allow(self) -> None:
        complete = all(field.text().strip() for field in (self.host, self.database, self.user))
        self.join_button.setEnabled(complete)
        self.test_button.setEnabled(complete)

    def _checks_certificate(self) -> bool:
        return bool(self.mode.currentData() == "verify-full")

    def _show_certificate(self) -> None:
        self._rows.setRowVisible(self._certificate_row, self._checks_certificate())

    def _show_password(self) -> None:
        with_password = self.sign_in.currentData() == "login"
        self._rows.setRowVisible(self.password, with_password)
        self._rows.setRowVisible(self.remember, with_password and self._can_remember)

    def _choose_certificate(self) -> None:
        path, _filter = QFileDialog.getOpenFileName(self, _(N_("Root certificate")), "", "*.crt *.pem (*.crt *.pem)")
        if path:
            self.certificate.setText(path)

    def _lay_out(self) -> None:
        self._rows = QFormLayout()
        self._rows.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.ExpandingFieldsGrow)
        for label, field in (
            (_(N_("Call it")), self.name),
            (_(N_("Server")), self.host),
            (_(N_("Port")), self.port),
            (_(N_("Database")), self.database),
            (_(N_("Encryption (TLS)")), self.mode),
        ):
            self._rows.addRow(label, field)
        self._certificate_row = QHBoxLayout()
        choose = QPushButton(_(N_("Choose…")))
        choose.clicked.connect(self._choose_certificate)
        self._certificate_row.addWidget(self.certificate, 1)
        self._certificate_row.addWidget(choose)
        self._rows.addRow(_(N_("Root certificate")), self._certificate_row)
        self._rows.addRow(_(N_("Sign in")), self.sign_in)
        self._rows.addRow(_(N_("User")), self.user)
        self._rows.addRow(_(N_("Password")), self.password)
        self._rows.addRow("", self.remember)
        back = QPushButton(_(N_("&Back")))
        back.clicked.connect(self.back)
        self.join_button.setDefault(True)
        self.join_button.clicked.connect(self.submitted)
        buttons = QHBoxLayout()
        for button in (back, self.test_button):
            buttons.addWidget(button)
        buttons.addStretch(1)
        buttons.addWidget(self.join_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(self._rows)
        column.addWidget(self.finding, 1)
        column.addLayout(buttons)
