"""The dialogs of users as the manual shows them, with the sample data."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from logistics_desktop.i18n import N_
from ui.idle_lock import Locked
from ui.password_dialog import PasswordDialog
from ui.users.dialogs import RulesDialog, ToldPassword, UserDialog
from ui.workspace import Workspace

_POSTS = {
    "clerk": N_("Clerk"),
    "asset_manager": N_("Asset manager"),
    "finance": N_("Finance"),
    "auditor": N_("Auditor"),
}


def new_user(workspace: Workspace) -> QWidget:
    """Somebody who begins."""
    dialog = UserDialog(workspace, _POSTS)
    dialog.login.setText("u_zhang")
    dialog.posts["clerk"].setChecked(True)
    return dialog


def told_password(workspace: Workspace) -> QWidget:
    """The password that is told once."""
    return ToldPassword("u_zhang", "kT4m-Yx7c-Rw2p-Jd9h")


def rules(workspace: Workspace) -> QWidget:
    """What holds for everybody."""
    return RulesDialog(workspace)


def password(workspace: Workspace) -> QWidget:
    """Another password for oneself."""
    return PasswordDialog(workspace.office, workspace.tasks)


def locked(workspace: Workspace) -> QWidget:
    """What a window shows that was left alone."""
    return Locked(workspace.office, workspace.tasks)
