"""The way from a ledger's screen to its labels."""

from __future__ import annotations

from array import array
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt

from logistics_desktop.i18n import N_, _
from ui.labels.labels_dialog import LabelsDialog, Rows

if TYPE_CHECKING:
    from ui.ledger.screen import LedgerScreen


def open_labels(screen: LedgerScreen) -> None:
    """Open the dialog for the selected rows, or else for all that the filter finds; both can be chosen there.

    All rows are asked for first: just after a filter was changed the table knows no more than it shows.
    """
    selected = screen.table.selected_ids()
    screen.workspace.tasks.run(screen.model.reader.ids, partial(_open, screen, selected), owner=screen, key="labels")


def _open(screen: LedgerScreen, selected: array[int], found: array[int]) -> None:
    choices = [Rows(_(N_("Selected rows")), selected)] if selected else []
    choices.append(Rows(_(N_("All rows found")), found))
    dialog = LabelsDialog(screen.workspace, screen.entity, choices, screen)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.open()
