"""The way from a ledger's screen to its labels."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt

from logistics_desktop.i18n import N_, _
from ui.labels.labels_dialog import LabelsDialog, Rows

if TYPE_CHECKING:
    from ui.ledger.screen import LedgerScreen


def open_labels(screen: LedgerScreen) -> LabelsDialog:
    """Open the dialog for the selected rows, or else for all that the filter finds; both can be chosen there."""
    selected, found = screen.table.selected_ids(), screen.model.ids(range(screen.model.rowCount()))
    choices = [Rows(_(N_("Selected rows")), selected)] if selected else []
    choices.append(Rows(_(N_("All rows found")), found))
    dialog = LabelsDialog(screen.workspace, screen.entity, choices, screen)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.open()
    return dialog
