"""The screens of views, groups and colours, for the pictures of the manual."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from logistics_desktop.i18n import N_, _
from logistics_desktop.ledger.views import EVERYONE, SavedView
from logistics_desktop.ledgers import LEDGERS
from logistics_desktop.ready_rules import READY
from ui.ledger.colours_dialog import ColoursDialog
from ui.ledger.rule_dialog import RuleDialog
from ui.ledger.screen import LedgerScreen
from ui.ledger.view_dialogs import NameDialog, ShareDialog
from ui.workspace import Workspace

_ASSETS = LEDGERS["assets"]
_SIZE = (1280, 720)


def grouped(workspace: Workspace) -> QWidget:
    """The assets by department and status, coloured, with the name pinned."""
    screen = LedgerScreen(workspace, _ASSETS)
    screen.resize(*_SIZE)
    screen.views.start_again()
    screen.looks.pin("name", pinned=True)
    screen.looks.show(("department_id", "status"), READY["assets"])
    screen.model.completed.connect(lambda: screen.model.open_all(opened=True))
    screen.show_query(screen.filters.query())
    return screen


def colours(workspace: Workspace) -> QWidget:
    """The rules of colour."""
    return ColoursDialog(workspace, _ASSETS, READY["assets"][:3])


def colour_rule(workspace: Workspace) -> QWidget:
    """A rule of one's own."""
    return RuleDialog(workspace, _ASSETS, READY["assets"][3])


def view_name(_workspace: Workspace) -> QWidget:
    """The name of a view."""
    return NameDialog(_(N_("Save the view")), "")


def view_share(_workspace: Workspace) -> QWidget:
    """With whom a view is shared."""
    saved = SavedView(1, 1, _(N_("Fixed assets")), {}, "u_li", True, EVERYONE, True)
    return ShareDialog(saved, [])
