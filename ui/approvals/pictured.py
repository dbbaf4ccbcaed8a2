"""The dialogs of approvals as the manual shows them, with the sample data."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from ui.approvals.absence_dialog import AbsenceDialog
from ui.approvals.leaving_dialog import LeavingDialog
from ui.workspace import Workspace


def stand_ins(workspace: Workspace) -> QWidget:
    """Who stands in for whom."""
    return AbsenceDialog(workspace)


def leaving(workspace: Workspace) -> QWidget:
    """Somebody leaves."""
    return LeavingDialog(workspace)
