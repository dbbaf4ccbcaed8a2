"""The dialogs of documents as the manual shows them; nothing is written for them."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from logistics_desktop.features.documents import layouts, opened, reading
from logistics_desktop.features.documents.example import example
from logistics_desktop.features.documents.kinds import Kind
from logistics_desktop.jobs import Job
from ui.documents import work
from ui.documents.layout_dialog import LayoutDialog
from ui.documents.loans_dialog import LoansDialog
from ui.documents.printing import preview_document
from ui.documents.screen import DocumentsScreen
from ui.documents.send_dialog import SendDialog
from ui.registry import NothingToShow
from ui.workspace import Workspace

_SHOWN = "asset_transfer"
_SIGNED = "asset_scrapping"


def layout(workspace: Workspace) -> QWidget:
    """Changing a layout."""
    return LayoutDialog(workspace, _kinds(workspace), _SHOWN)


def paper(workspace: Workspace) -> QWidget:
    """A document before it is printed."""
    kind = next(kind for kind in _kinds(workspace) if kind.key == _SHOWN)
    return preview_document(workspace, example(kind, layouts.usual(kind)))


def whole(workspace: Workspace) -> QWidget:
    """A document that some have signed, in the window."""
    screen = workspace.open_module("documents")
    assert isinstance(screen, DocumentsScreen)
    with workspace.office.session() as session:
        signed = reading.page(session, kind=_SIGNED)
    if not signed:
        raise NothingToShow
    screen.open_record(min(item.id for item in signed))
    return QWidget(screen)


def send(workspace: Workspace) -> QWidget:
    """Before a draft goes on its way."""
    with workspace.office.session() as session:
        drafts = reading.page(session, states=("draft",), mine=True, limit=1)
        if not drafts:
            raise NothingToShow
        return SendDialog(workspace, opened.read(session, drafts[0].id))


def loans(workspace: Workspace) -> QWidget:
    """What is lent."""
    return LoansDialog(workspace)


def _kinds(workspace: Workspace) -> list[Kind]:
    return work.all_kinds(workspace.office, Job(""))
