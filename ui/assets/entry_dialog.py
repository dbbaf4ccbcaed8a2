"""Many cards from one entry: ten chairs bought together are typed once."""

from __future__ import annotations

from decimal import Decimal
from functools import partial

from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QLabel, QRadioButton, QWidget

from logistics_desktop.errors import FieldErrors
from logistics_desktop.features.assets.asset_ledger import ASSETS
from logistics_desktop.features.assets.cards import Made
from logistics_desktop.features.assets.sharing import MOST
from logistics_desktop.i18n import N_, _
from logistics_desktop.ledger import records
from ui.assets import work
from ui.ledger.form import Form
from ui.notices import Tone
from ui.spin_box import SpinBox
from ui.work_dialog import WorkDialog
from ui.workspace import Workspace

_SIZE = (860, 640)
_USUAL = 2


class EntryDialog(WorkDialog):
    """The form of an asset, how many cards it stands for, and whose the amounts are."""

    def __init__(self, workspace: Workspace, parent: QWidget | None = None) -> None:
        super().__init__(workspace, _(N_("Many cards from one entry")), _(N_("Make the cards")), parent)
        self.resize(*_SIZE)
        self.form = Form(workspace, ASSETS)
        self.form.show_values(records.blank(ASSETS))
        self.count = SpinBox(minimum=1, maximum=MOST, value=_USUAL)
        self.each = QRadioButton(_(N_("The amounts are those of &each card")))
        self.each.setChecked(True)
        self.together = QRadioButton(_(N_("The amounts are those of &all cards together")))
        self.numbered = QCheckBox(_(N_("&Give numbers by the rule")))
        self.numbered.setChecked(True)
        line = QHBoxLayout()
        label = QLabel(_(N_("&Number of cards")))
        label.setBuddy(self.count)
        for widget in (label, self.count, self.each, self.together, self.numbered):
            line.addWidget(widget)
        line.addStretch(1)
        self.page.addLayout(line)
        self.page.addWidget(self.form, 1)
        self.form.focus_first()

    def do(self) -> None:
        """Make the cards, if the entry is right."""
        try:
            values = self.form.values()
        except FieldErrors as errors:
            self.say(str(errors))
            return
        quantities = [values["quantity"] or Decimal(1)] * self.count.value()
        together, numbered = self.together.isChecked(), self.numbered.isChecked()
        do = partial(work.create, self.workspace.office, values, quantities, together, numbered)
        self.work(do, self._finish, _(N_("Making cards")))

    def _finish(self, made: Made) -> None:
        codes = [code for code in made.codes if code]
        text = _(N_("{count} cards were made."), count=f"{len(made.codes):,}")
        if codes:
            text += " " + _(N_("Numbers {first} to {last}."), first=codes[0], last=codes[-1])
        self.workspace.notices.say(text, Tone.DONE)
        self.accept()
