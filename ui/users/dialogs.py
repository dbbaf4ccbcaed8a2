"""An account on its way in: who it is for and what it holds, the password that is told once, the rules for all."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QLabel,
    QLineEdit,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from logistics_desktop.errors import UserError
from logistics_desktop.features.users.accounts import User
from logistics_desktop.features.users.policy import POLICIES
from logistics_desktop.features.users.rules import Rules
from logistics_desktop.i18n import N_, _
from logistics_desktop.ledger.fields import Reference
from logistics_desktop.ledgers import LEDGERS
from ui.ledger.reference_editor import ReferenceEditor
from ui.spin_box import SpinBox
from ui.users import work
from ui.work_dialog import WorkDialog
from ui.workspace import Workspace


class UserDialog(WorkDialog):
    """A new account, or what one that is there may do; `posts` are the names of all posts by their keys."""

    made = Signal(str, object)  # the login, and its password for one time or None
    changed = Signal(str)

    def __init__(
        self, workspace: Workspace, posts: Mapping[str, str], user: User | None = None, parent: QWidget | None = None
    ) -> None:
        title, act = (N_("New user"), N_("Add")) if user is None else (N_("Posts of {login}"), N_("Save"))
        super().__init__(workspace, _(title, login=user.login if user else ""), _(act), parent)
        self._user = user
        self.login = QLineEdit(user.login if user else "")
        self.login.setPlaceholderText("u_zhang")
        self.login.setEnabled(user is None)
        self.person = ReferenceEditor(workspace, LEDGERS["staff"])
        if user is not None and user.staff_id is not None:
            self.person.set_value(Reference(user.staff_id, user.person))
        self.known = QCheckBox(_(N_("The login is on the server already and keeps its password")))
        self.known.setVisible(user is None)
        self.posts = {key: QCheckBox(_(name)) for key, name in posts.items()}
        held = user.posts if user else ()
        form = QFormLayout()
        form.addRow(_(N_("&Login")), self.login)
        form.addRow(_(N_("&Person")), self.person)
        form.addRow("", self.known)
        self.page.addLayout(form)
        self.page.addWidget(QLabel(_(N_("Posts; what each may do stands under Posts and permissions"))))
        for key, box in self.posts.items():
            box.setChecked(key in held)
            self.page.addWidget(box)
        self.page.addStretch(1)

    def do(self) -> None:
        """Make or change the account."""
        try:
            person = self.person.value()
        except UserError as error:
            self.say(str(error))
            return
        office, login = self.workspace.office, self.login.text().strip()
        held: Sequence[str] = [key for key, box in self.posts.items() if box.isChecked()]
        if self._user is None:
            self.work(partial(work.create, office, login, person, held, self.known.isChecked()), self._made)
        else:
            self.work(partial(work.change, office, login, person, held), self._changed)

    def _made(self, made: tuple[str, str | None]) -> None:
        self.made.emit(*made)
        self.accept()

    def _changed(self, login: str) -> None:
        self.changed.emit(login)
        self.accept()


class ToldPassword(QDialog):
    """A password for one time, on show until the dialog is closed and never again."""

    def __init__(self, login: str, password: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(_(N_("Password for one time")))
        said = QLabel(
            _(
                N_(
                    "{login} signs in with this password and then chooses one of their own. It is shown here only, and "
                    "kept nowhere: tell it to the person yourself."
                ),
                login=login,
            ),
            wordWrap=True,
        )
        self.password = QLineEdit(password, readOnly=True)
        self.password.setObjectName("oneTimePassword")
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        copy = buttons.addButton(_(N_("Copy")), QDialogButtonBox.ButtonRole.ActionRole)
        copy.clicked.connect(lambda: QGuiApplication.clipboard().setText(password))
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 16)
        column.setSpacing(12)
        for part in (said, self.password, buttons):
            column.addWidget(part)


class RulesDialog(WorkDialog):
    """The rules for passwords and for windows that are left alone, the same for everybody."""

    def __init__(self, workspace: Workspace, parent: QWidget | None = None) -> None:
        super().__init__(workspace, _(N_("Rules for passwords")), _(N_("Save")), parent)
        self.policy = QComboBox()
        for key, policy in POLICIES.items():
            self.policy.addItem(_(policy.title), key)
        self.lock_after = _count(_(N_(" min")), 480)
        self.failed = _count("", 100)
        form = QFormLayout()
        form.addRow(_(N_("&Passwords")), self.policy)
        form.addRow(_(N_("&Lock a window that is left alone after")), self.lock_after)
        form.addRow(_(N_("Lock an &account after wrong passwords")), self.failed)
        hint = QLabel(
            _(N_("Accounts are locked for a quarter of an hour, where the server writes its log as jsonlog.")),
            wordWrap=True,
        )
        hint.setObjectName("hint")
        self.page.addLayout(form)
        self.page.addWidget(hint)
        self.page.addStretch(1)
        self.work(partial(work.rules, workspace.office), self._show)

    def do(self) -> None:
        """Save the rules."""
        wanted = Rules(self.policy.currentData(), self.lock_after.value(), self.failed.value())
        self.work(partial(work.write_rules, self.workspace.office, wanted), lambda _nothing: self.accept())

    def _show(self, found: Rules) -> None:
        self.policy.setCurrentIndex(self.policy.findData(found.policy))
        self.lock_after.setValue(found.lock_after_minutes)
        self.failed.setValue(found.failed_sign_ins)


def _count(suffix: str, most: int) -> QSpinBox:
    box = SpinBox()
    box.setRange(0, most)
    box.setSuffix(suffix)
    box.setSpecialValueText(_(N_("never")))
    return box
