"""The dialogs of documents as the manual shows them; nothing is written for them."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from logistics_desktop.features.documents import layouts
from logistics_desktop.features.documents.example import example
from logistics_desktop.features.documents.kinds import Kind
from logistics_desktop.jobs import Job
from ui.documents import work
from ui.documents.layout_dialog import LayoutDialog
from ui.documents.printing import preview_document
from ui.workspace import Workspace

_SHOWN = "asset_transfer"


def layout(workspace: Workspace) -> QWidget:
    """Changing a layout."""
    return LayoutDialog(workspace, _kinds(workspace), _SHOWN)


def paper(workspace: Workspace) -> QWidget:
    """A document before it is printed."""
    kind = next(kind for kind in _kinds(workspace) if kind.key == _SHOWN)
    return preview_document(workspace, example(kind, layouts.usual(kind)))


def _kinds(workspace: Workspace) -> list[Kind]:
    return work.all_kinds(workspace.office, Job(""))
