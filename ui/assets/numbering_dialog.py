"""The organisation's rule for numbers of assets, with an example while it is typed."""

from __future__ import annotations

from datetime import date
from functools import partial

from PySide6.QtCore import QDate, Qt
from PySide6.QtWidgets import QGridLayout, QLabel, QLineEdit, QPushButton, QWidget

from logistics_desktop.errors import UserError
from logistics_desktop.features.assets.numbering import PARTS, Rule
from logistics_desktop.i18n import N_, _
from ui.assets import work
from ui.notices import Tone
from ui.work_dialog import WorkDialog
from ui.workspace import Workspace


class NumberingDialog(WorkDialog):
    """A line for the rule, its parts to press, and what the numbers will look like."""

    def __init__(self, workspace: Workspace, parent: QWidget | None = None) -> None:
        super().__init__(workspace, _(N_("Numbers of assets")), _(N_("Save")), parent)
        self.rule = QLineEdit()
        self.rule.setAccessibleName(_(N_("Rule for numbers")))
        self.rule.textChanged.connect(self._preview)
        self.example = QLabel(textFormat=Qt.TextFormat.PlainText)
        self.example.setObjectName("recordTitle")
        hint = QLabel(
            _(N_("The rule holds for everybody in the organisation. Numbers that were given stay as they are.")),
            wordWrap=True,
        )
        hint.setObjectName("hint")
        self.page.addWidget(hint)
        self.page.addWidget(self.rule)
        self.page.addWidget(self.example)
        self.page.addLayout(self._parts())
        self.page.addStretch(1)
        self.work(partial(work.rule, workspace.office), self.rule.setText)

    def do(self) -> None:
        """Save the rule."""
        self.work(partial(work.write_rule, self.workspace.office, self.rule.text()), self._finish)

    def refresh(self) -> None:
        """Show what numbers of this rule look like."""
        self._preview()

    def _preview(self) -> None:
        today = QDate.currentDate()
        day = date(today.year(), today.month(), today.day())
        try:
            rule = Rule.parse(self.rule.text())
        except UserError as error:
            self.example.clear()
            self.say(str(error))
            self.act.setEnabled(False)
            return
        self.example.setText("  ".join(rule.example(day, serial) for serial in (1, 2, 3)))
        self.say("")
        self.act.setEnabled(not self.busy)

    def _parts(self) -> QGridLayout:
        grid = QGridLayout()
        for row, (part, meaning) in enumerate(PARTS.items()):
            button = QPushButton(f"{{{part}}}", autoDefault=False)
            button.setObjectName("way")
            button.clicked.connect(partial(self._insert, part))
            grid.addWidget(button, row, 0)
            grid.addWidget(QLabel(_(meaning)), row, 1)
        grid.setColumnStretch(1, 1)
        return grid

    def _insert(self, part: str) -> None:
        self.rule.insert(f"{{{part}}}")
        self.rule.setFocus()

    def _finish(self, rule: str) -> None:
        self.workspace.notices.say(_(N_("Numbers are made by the rule {rule} from now on."), rule=rule), Tone.DONE)
        self.accept()
