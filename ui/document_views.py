"""The views of documents that an approval shows beside the form: the document's own lines and files, by its kind.

A part of the program with documents adds a line for each of its kinds; the function imports what it needs by itself.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtWidgets import QWidget

from ui.workspace import Workspace

VIEWS: Mapping[str, Callable[[Workspace, int], QWidget]] = {}
"""Makes the view of one document, to be looked at and not changed, by the kind of document and for its number."""
