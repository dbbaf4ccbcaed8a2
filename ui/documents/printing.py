"""Printing a document: on the paper of its layout, one copy or all that the office files."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtWidgets import QWidget

from logistics_desktop.features.documents.printed import Printed
from logistics_desktop.i18n import N_, _
from logistics_desktop.jobs import Job
from ui.documents.page import DocumentPrintout
from ui.paper.preview import Preview, choice_box
from ui.workspace import Workspace

_ALL, _PLAIN = "all", "plain"


@dataclass(frozen=True, slots=True)
class Wanted:
    """A document and the names of the copies of it that are printed, none for one sheet without a name."""

    printed: Printed
    copies: tuple[str, ...]


def preview_document(workspace: Workspace, printed: Printed, parent: QWidget | None = None) -> Preview[Wanted]:
    """Show how a document prints; the box at the top says which copies."""
    copies = printed.layout.copies
    named = [(str(at), name) for at, name in enumerate(copies)]
    label = _(N_("Copies to print"))
    choices = [(_ALL, _(N_("All copies"))), *named, (_PLAIN, _(N_("One sheet without a name")))]
    box = choice_box(choices, _ALL, label)

    def reading() -> Callable[[Job], Wanted]:
        wanted = Wanted(printed, _chosen(copies, box.currentData()))
        return lambda _job: wanted

    preview = Preview[Wanted](
        workspace,
        "document",
        f"{printed.title} {printed.number}".strip(),
        reading,
        lambda wanted, _sheet, _job: DocumentPrintout(wanted.printed, wanted.copies),
        [(label, box)],
        landscape=None,
        parent=parent,
    )
    box.activated.connect(lambda _at: preview.read_again())
    return preview


def _chosen(copies: tuple[str, ...], which: str) -> tuple[str, ...]:
    if which == _ALL:
        return copies
    return () if which == _PLAIN else (copies[int(which)],)
