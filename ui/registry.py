"""Every module that the window offers, in the order of the navigation."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cache, partial

from PySide6.QtWidgets import QWidget

from logistics_desktop.features.permissions.rights import Rights
from logistics_desktop.i18n import N_, _
from ui.workspace import Workspace


class NothingToShow(Exception):
    """The office has nothing that a picture could be taken of."""


@dataclass(frozen=True, slots=True)
class Module:
    """One entry of the navigation and the tab that it opens.

    key: what the settings remember, so it never changes. title, group: message ids. icon: a file of resources/icons
    without its ending. build: makes the screen when the tab is first shown; it imports what it needs by itself, so
    that the window opens without it. A screen may have `close_request() -> bool`; False keeps it open.
    needs: the permission without which there is nothing to see. ledgers: the keys of the ledgers that lie within the
    screen, which shows one by `open_ledger(key)`.
    dialogs: the main dialogs of the module by name, made by themselves for the pictures of the manual; the tab is open
    then, and a part of the window is shown with the window around it.
    """

    key: str
    title: str
    group: str
    icon: str
    build: Callable[[Workspace], QWidget]
    dialogs: Mapping[str, Callable[[Workspace], QWidget]] = field(default_factory=dict)
    needs: str = ""
    ledgers: tuple[str, ...] = ()

    def offered_to(self, rights: Rights) -> bool:
        """Whether there is anything to see for somebody with these rights."""
        return not self.needs or rights.may(self.needs)


def _start(workspace: Workspace) -> QWidget:
    from ui.start import StartPage

    return StartPage(MODULES, workspace)


@cache
def _ledger_screen() -> Callable[[Workspace, str], QWidget]:
    """Import what the ledgers need, once."""
    from logistics_desktop.ledgers import LEDGERS
    from ui.ledger.screen import LedgerScreen

    return lambda workspace, key: LedgerScreen(workspace, LEDGERS[key])


def _ledger(key: str, workspace: Workspace) -> QWidget:
    return _ledger_screen()(workspace, key)


def _example(name: str, workspace: Workspace) -> QWidget:
    from ui.ledger import examples

    return examples.EXAMPLES[name](workspace)


def _form(name: str, workspace: Workspace) -> QWidget:
    from ui.ledger import example_forms

    return example_forms.FORMS[name](workspace)


def _labels(workspace: Workspace) -> QWidget:
    from logistics_desktop.ledgers import LEDGERS
    from ui.labels.pictured import first_labels

    return first_labels(workspace, LEDGERS["assets"])


def _label_designer(workspace: Workspace) -> QWidget:
    from logistics_desktop.ledgers import LEDGERS
    from ui.labels.pictured import designer

    return designer(workspace, LEDGERS["assets"])


def _assets(workspace: Workspace) -> QWidget:
    from ui.assets.screen import AssetsScreen

    return AssetsScreen(workspace)


def _documents(workspace: Workspace) -> QWidget:
    from ui.documents.screen import DocumentsScreen

    return DocumentsScreen(workspace)


def _document(name: str, workspace: Workspace) -> QWidget:
    from ui.documents import pictured

    made: QWidget = getattr(pictured, name)(workspace)
    return made


def _classes(workspace: Workspace) -> QWidget:
    from ui.assets.classes_screen import ClassesScreen

    return ClassesScreen(workspace)


def _depreciation(workspace: Workspace) -> QWidget:
    from ui.depreciation.screen import DepreciationScreen

    return DepreciationScreen(workspace)


def _depreciation_picture(name: str, workspace: Workspace) -> QWidget:
    from ui.depreciation import pictured

    build: Callable[[Workspace], QWidget] = getattr(pictured, name)
    return build(workspace)


def _permissions(workspace: Workspace) -> QWidget:
    from ui.permissions.screen import PermissionsScreen

    return PermissionsScreen(workspace)


def _entry(workspace: Workspace) -> QWidget:
    from ui.assets.entry_dialog import EntryDialog

    return EntryDialog(workspace)


def _handover(workspace: Workspace) -> QWidget:
    from ui.assets.handover_dialog import HandoverDialog

    return HandoverDialog(workspace)


def _numbers(workspace: Workspace) -> QWidget:
    from ui.assets.numbering_dialog import NumberingDialog

    return NumberingDialog(workspace)


def _editions(workspace: Workspace) -> QWidget:
    from ui.assets.editions_dialog import EditionsDialog

    return EditionsDialog(workspace)


def _print_list(workspace: Workspace) -> QWidget:
    from logistics_desktop.ledger.filters import Query
    from logistics_desktop.ledgers import LEDGERS
    from ui.ledger.view import first_view
    from ui.paper.printing import preview_list

    assets = LEDGERS["assets"]
    return preview_list(workspace, assets, Query(), first_view(assets).keys)


def _print_card(workspace: Workspace) -> QWidget:
    from logistics_desktop.ledgers import LEDGERS
    from ui.paper.printing import preview_card

    return preview_card(workspace, LEDGERS["assets"], 1, _(N_("Asset")))


def _timeline(workspace: Workspace) -> QWidget:
    from logistics_desktop.ledgers import LEDGERS
    from ui.ledger.timeline_view import TimelineView

    view = TimelineView(workspace, LEDGERS["assets"])
    view.resize(700, 420)
    view.show_record(1)
    return view


def _picture(name: str, workspace: Workspace) -> QWidget:
    from ui.ledger import view_pictures

    build: Callable[[Workspace], QWidget] = getattr(view_pictures, name)
    return build(workspace)


def _cells(name: str, workspace: Workspace) -> QWidget:
    from logistics_desktop.ledgers import LEDGERS
    from ui.ledger import pictured

    made: QWidget = getattr(pictured, name)(workspace, LEDGERS["assets"])
    return made


def _users(workspace: Workspace) -> QWidget:
    from ui.users.screen import UsersScreen

    return UsersScreen(workspace)


def _user_dialog(name: str, workspace: Workspace) -> QWidget:
    from ui.users import pictured

    made: QWidget = getattr(pictured, name)(workspace)
    return made


def _audit(workspace: Workspace) -> QWidget:
    from ui.audit.screen import AuditScreen

    return AuditScreen(workspace)


def _approvals(workspace: Workspace) -> QWidget:
    from ui.approvals.inbox_screen import ApprovalsScreen

    return ApprovalsScreen(workspace)


def _approval_dialog(name: str, workspace: Workspace) -> QWidget:
    from ui.approvals import pictured

    made: QWidget = getattr(pictured, name)(workspace)
    return made


def _routes(workspace: Workspace) -> QWidget:
    from ui.approvals.designer.screen import RoutesScreen

    return RoutesScreen(workspace)


_OVERVIEW, _ASSETS, _FINANCE = N_("Overview"), N_("Assets"), N_("Finance")
_ORGANISATION = N_("Organisation")
_USER_DIALOGS = ("new_user", "told_password", "rules", "password", "locked")
_EXAMPLES = ("record", "history", "files", "filter", "columns", "import", "import-columns", "import-check")
_ASSET_DIALOGS: Mapping[str, Callable[[Workspace], QWidget]] = {
    **{name: partial(_example, name) for name in _EXAMPLES},
    **{name: partial(_form, name) for name in ("links", "filled", "draft", "scans")},
    "paste": partial(_cells, "paste"),
    "change-rows": partial(_cells, "change"),
    "replace": partial(_cells, "replace"),
    "print-list": _print_list,
    "print-card": _print_card,
    "time-line": _timeline,
    **{name: partial(_picture, name) for name in ("grouped", "colours", "colour_rule", "view_name", "view_share")},
    "labels": _labels,
    "label-designer": _label_designer,
    "many-cards": _entry,
    "hand-over": _handover,
    "numbers": _numbers,
}
_DEPRECIATION_PARTS: Mapping[str, Callable[[Workspace], QWidget]] = {
    name.replace("_", "-"): partial(_depreciation_picture, name)
    for name in (
        *("charges", "forecast", "endings", "own"),
        *("export", "voucher", "voucher_layout", "reconcile"),
        *("tie_out", "reopen", "schedule", "change", "terms", "why"),  # the last lies over the window
    )
}
_READS_BOOKS = "depreciation.read"

MODULES: tuple[Module, ...] = (
    Module("start", N_("Start"), _OVERVIEW, "start", _start),
    Module(
        "approvals",
        N_("Approval inbox"),
        _OVERVIEW,
        "check",
        _approvals,
        {name.replace("_", "-"): partial(_approval_dialog, name) for name in ("stand_ins", "leaving")},
    ),
    Module("assets", N_("Fixed assets"), _ASSETS, "assets", _assets, _ASSET_DIALOGS, "assets.read"),
    Module(
        "documents",
        N_("Documents"),
        _ASSETS,
        "template",
        _documents,
        {name: partial(_document, name) for name in ("paper", "layout", "send", "loans", "whole")},
    ),
    Module("classes", N_("Asset classes"), _ASSETS, "classes", _classes, {"editions": _editions}),
    Module("suppliers", N_("Suppliers"), _ASSETS, "suppliers", partial(_ledger, "suppliers"), needs="suppliers.read"),
    Module(
        "depreciation",
        N_("Depreciation"),
        _FINANCE,
        "depreciation",
        _depreciation,
        _DEPRECIATION_PARTS,
        _READS_BOOKS,
        ("book-assets", "book-classes", "book-departments", "value-changes", "meter-readings"),
    ),
    Module("books", N_("Books of depreciation"), _FINANCE, "book", partial(_ledger, "books"), needs=_READS_BOOKS),
    Module("departments", N_("Departments"), _ORGANISATION, "departments", partial(_ledger, "departments")),
    Module("staff", N_("Staff"), _ORGANISATION, "staff", partial(_ledger, "staff"), needs="staff.read"),
    Module("locations", N_("Locations"), _ORGANISATION, "locations", partial(_ledger, "locations")),
    Module(
        "users",
        N_("Users"),
        _ORGANISATION,
        "user",
        _users,
        {name.replace("_", "-"): partial(_user_dialog, name) for name in _USER_DIALOGS},
        "users.manage",
    ),
    Module("routes", N_("Routes of approval"), _ORGANISATION, "tree", _routes, needs="approvals.routes"),
    Module("permissions", N_("Posts and permissions"), _ORGANISATION, "check", _permissions, needs="posts.manage"),
    Module("audit", N_("Audit log"), _ORGANISATION, "history", _audit, needs="audit.read"),
)
