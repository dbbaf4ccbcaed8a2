"""Somebody leaves: all that waits for them goes to another at once."""

from __future__ import annotations

from functools import partial

from PySide6.QtWidgets import QFormLayout, QLabel, QWidget

from logistics_desktop.errors import UserError
from logistics_desktop.i18n import N_, _
from logistics_desktop.ledgers import LEDGERS
from ui.approvals import work
from ui.ledger.reference_editor import ReferenceEditor
from ui.work_dialog import WorkDialog
from ui.workspace import Workspace

_WIDTH = 520


class LeavingDialog(WorkDialog):
    """Two names; afterwards it says how many tasks moved and which routes still name whoever leaves."""

    def __init__(self, workspace: Workspace, parent: QWidget | None = None) -> None:
        super().__init__(workspace, _(N_("Hand over all of somebody who leaves")), _(N_("Hand over")), parent)
        self.resize(_WIDTH, self.sizeHint().height())
        self.person = ReferenceEditor(workspace, LEDGERS["staff"])
        self.successor = ReferenceEditor(workspace, LEDGERS["staff"])
        self.moved = QLabel(wordWrap=True)
        form = QFormLayout()
        form.addRow(_(N_("&Leaves")), self.person)
        form.addRow(_(N_("&Takes over")), self.successor)
        self.page.addLayout(form)
        self.page.addWidget(self.moved)
        self.page.addStretch(1)

    def do(self) -> None:
        """Hand everything over."""
        try:
            person, successor = self.person.value(), self.successor.value()
        except UserError as error:
            self.say(str(error))
            return
        if person is None or successor is None:
            self.say(_(N_("Choose who leaves and who takes over.")))
            return
        self.work(partial(work.hand_all, self.workspace.office, person, successor), self._show)

    def _show(self, found: tuple[int, list[str]]) -> None:
        moved, routes = found
        said = [_(N_("Handed over: {number}"), number=moved)]
        if routes:
            names = _(N_(", ")).join(routes)
            said.append(_(N_("These routes still name the person: {routes}. Publish a new version."), routes=names))
        self.moved.setText("\n".join(said))
