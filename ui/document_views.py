"""The views of documents that an approval shows beside the form: the document's own lines and files, by its kind.

A part of the program with documents adds a line for each of its kinds; the function imports what it needs by itself.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtWidgets import QWidget

from ui.workspace import Workspace


def _of_assets(workspace: Workspace, document: int) -> QWidget:
    from ui.documents.document_view import view_of

    return view_of(workspace, document)


_ASSET_KINDS = (
    "asset_acceptance",
    "asset_issue",
    "asset_return",
    "asset_borrow",
    "asset_transfer",
    "asset_repair",
    "asset_scrapping",
    "asset_disposal",
    "asset_handover",
)

VIEWS: Mapping[str, Callable[[Workspace, int], QWidget]] = dict.fromkeys(_ASSET_KINDS, _of_assets)
"""Makes the view of one document, to be looked at and not changed, by the kind of document and for its number."""
