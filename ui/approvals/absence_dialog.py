"""Who stands in for whom: for oneself, and with the permission to manage approvals for others."""

from __future__ import annotations

from datetime import date
from functools import partial

from PySide6.QtCore import QDate, Qt
from PySide6.QtWidgets import QDateEdit, QFormLayout, QLineEdit, QPushButton, QTreeWidget, QTreeWidgetItem, QWidget

from logistics_desktop.errors import UserError
from logistics_desktop.features.approvals.absence import StandIn
from logistics_desktop.i18n import N_, _
from logistics_desktop.ledger.fields import Reference
from logistics_desktop.ledgers import LEDGERS
from ui.approvals import work
from ui.approvals.work import Absences
from ui.ledger.reference_editor import ReferenceEditor
from ui.work_dialog import WorkDialog
from ui.workspace import Workspace

_HEADERS = (N_("Away"), N_("Stands in"), N_("From"), N_("To"), N_("Note"))
_ISO = "yyyy-MM-dd"
_SIZE = (620, 440)
_STAND_IN = int(Qt.ItemDataRole.UserRole)


class AbsenceDialog(WorkDialog):
    """Who is away is filled in already, and the days begin with today; what runs stands below and can be ended."""

    def __init__(self, workspace: Workspace, parent: QWidget | None = None) -> None:
        super().__init__(workspace, _(N_("Stand-ins")), _(N_("Let them stand in")), parent)
        self.resize(*_SIZE)
        self._manages = workspace.rights.now.may("approvals.manage")
        self.person = ReferenceEditor(workspace, LEDGERS["staff"])
        self.person.setEnabled(self._manages)
        self.deputy = ReferenceEditor(workspace, LEDGERS["staff"])
        self.first, self.last = _day(), _day()
        self.first.dateChanged.connect(self._follow)
        self.note = QLineEdit()
        form = QFormLayout()
        form.addRow(_(N_("&Away")), self.person)
        form.addRow(_(N_("&Stands in")), self.deputy)
        form.addRow(_(N_("&From")), self.first)
        form.addRow(_(N_("&To, included")), self.last)
        form.addRow(_(N_("&Note")), self.note)
        self.list = QTreeWidget()
        self.list.setHeaderLabels([_(text) for text in _HEADERS])
        self.list.setRootIsDecorated(False)
        self.list.itemSelectionChanged.connect(self.refresh)
        self.end = QPushButton(_(N_("End it")), autoDefault=False)
        self.end.clicked.connect(self.end_current)
        self.foot.insertWidget(1, self.end)
        self.page.addLayout(form)
        self.page.addWidget(self.list, 1)
        self.deputy.setFocus()
        self.work(partial(work.absences, workspace.office), self._show)

    def do(self) -> None:
        """Have somebody stand in."""
        try:
            person, deputy = self.person.value(), self.deputy.value()
        except UserError as error:
            self.say(str(error))
            return
        if person is None or deputy is None:
            self.say(_(N_("Choose who stands in.")))
            return
        first, last = (date.fromisoformat(day.date().toString(_ISO)) for day in (self.first, self.last))
        office = self.workspace.office
        self.work(partial(work.stand_in, office, person, deputy, first, last, self.note.text().strip()), self._stored)

    def end_current(self) -> None:
        """End the stand-in that is selected."""
        chosen = self._current()
        if chosen is not None:
            self.work(partial(work.end_stand_in, self.workspace.office, chosen.id), self._show)

    def refresh(self) -> None:
        """Only one's own can be ended, or with the permission any."""
        chosen = self._current()
        self.end.setEnabled(not self.busy and chosen is not None and (chosen.mine or self._manages))

    def _stored(self, found: Absences) -> None:
        self.deputy.set_value(None)
        self.note.clear()
        self._show(found)

    def _show(self, found: Absences) -> None:
        if found.me is not None and self.person.chosen is None:
            self.person.set_value(Reference(*found.me))
        for day in (self.first, self.last):
            day.setMinimumDate(QDate(found.today.year, found.today.month, found.today.day))
        self.list.clear()
        for one in found.stand_ins:
            days = [day.isoformat() for day in (one.first, one.last)]
            item = QTreeWidgetItem(self.list, [one.person, one.deputy, *days, one.note])
            item.setData(0, _STAND_IN, one)
        self.refresh()

    def _current(self) -> StandIn | None:
        item = next(iter(self.list.selectedItems()), None)
        found: StandIn | None = item.data(0, _STAND_IN) if item is not None else None
        return found

    def _follow(self, first: QDate) -> None:
        if self.last.date() < first:
            self.last.setDate(first)


def _day() -> QDateEdit:
    """A day long past, which becomes the office's own day as the first that can be chosen, when the answer comes."""
    editor = QDateEdit()
    editor.setCalendarPopup(True)
    editor.setDisplayFormat(_ISO)
    return editor
