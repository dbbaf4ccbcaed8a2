"""Asks why a closed month is opened again; the reason is kept."""

from __future__ import annotations

from functools import partial

from PySide6.QtWidgets import QLabel, QLineEdit, QWidget

from logistics_desktop.i18n import N_, _
from ui.depreciation import work
from ui.depreciation.place import Place
from ui.work_dialog import WorkDialog
from ui.workspace import Workspace

_LONGEST = 200


class ReopenDialog(WorkDialog):
    """One line for the reason."""

    def __init__(self, workspace: Workspace, place: Place, parent: QWidget | None = None) -> None:
        super().__init__(workspace, _(N_("Reopen {month}"), month=place.month), _(N_("Reopen")), parent)
        self.place = place
        self.setMinimumWidth(460)
        told = QLabel(
            _(
                N_(
                    "{month} of {book} is closed. Opened again, its figures can change until it is closed again. "
                    "Your name, the time and the reason are kept."
                ),
                month=place.month,
                book=place.book.name,
            ),
            wordWrap=True,
        )
        self.reason = QLineEdit(placeholderText=_(N_("Why is it reopened?")), maxLength=_LONGEST)
        self.reason.setAccessibleName(_(N_("Reason")))
        self.page.addWidget(told)
        self.page.addWidget(self.reason)
        self.reason.setFocus()

    def do(self) -> None:
        """Reopen it."""
        place, reason = self.place, self.reason.text().strip()
        self.work(
            partial(work.reopen, self.workspace.office, place.book.id, place.month, reason), lambda _none: self.accept()
        )
