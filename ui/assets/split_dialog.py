"""A row of several things is split into cards; every amount is shown before it is done."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from functools import partial
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QLabel, QTableWidget, QTableWidgetItem, QWidget

from logistics_desktop.errors import UserError
from logistics_desktop.features.assets.asset_ledger import ASSETS
from logistics_desktop.features.assets.cards import Card, Made, shown
from logistics_desktop.features.assets.sharing import MOST, SUMMED, even, split
from logistics_desktop.i18n import N_, _
from logistics_desktop.ledger import kinds
from logistics_desktop.ledger.records import Record
from ui.assets import work
from ui.notices import Tone
from ui.spin_box import SpinBox
from ui.work_dialog import WorkDialog
from ui.workspace import Workspace

_SIZE = (720, 520)
_QUANTITY = 1


class SplitDialog(WorkDialog):
    """How many cards, and what each has; quantities may be uneven."""

    def __init__(self, workspace: Workspace, asset: int, parent: QWidget | None = None) -> None:
        super().__init__(workspace, _(N_("Split into cards")), _(N_("Split")), parent)
        self.resize(*_SIZE)
        self._record: Record | None = None
        self._values: dict[str, Any] = {}
        self._filling = False
        self.about = QLabel(textFormat=Qt.TextFormat.PlainText, wordWrap=True)
        self.count = SpinBox(minimum=2, maximum=MOST)
        self.count.valueChanged.connect(self._deal)
        self.numbered = QCheckBox()
        self.numbered.setChecked(True)
        line = QHBoxLayout()
        label = QLabel(_(N_("&Number of cards")))
        label.setBuddy(self.count)
        line.addWidget(label)
        line.addWidget(self.count)
        line.addSpacing(16)
        line.addWidget(self.numbered, 1)
        self.table = QTableWidget()
        headers = (_(N_("Asset code")), *(_(ASSETS.by_key[key].label) for key in SUMMED))
        self.table.setColumnCount(len(headers))
        self.table.setHorizontalHeaderLabels(headers)
        self.table.horizontalHeader().setStretchLastSection(True)
        self.table.horizontalHeader().setDefaultSectionSize(160)
        self.table.itemChanged.connect(self._typed)
        hint = QLabel(
            _(N_("The first card keeps the number and the files. Quantities can be changed; the cost follows them.")),
            wordWrap=True,
        )
        hint.setObjectName("hint")
        self.page.addWidget(self.about)
        self.page.addLayout(line)
        self.page.addWidget(self.table, 1)
        self.page.addWidget(hint)
        self.work(partial(work.read, workspace.office, asset), self._show)

    def do(self) -> None:
        """Split the row."""
        if self._record is None:
            return
        try:
            quantities = self._quantities()
            split(self._values, quantities)
        except UserError as error:
            self.say(str(error))
            return
        card = Card(self._record.id, self._record.version)
        do = partial(work.split, self.workspace.office, card, quantities, self.numbered.isChecked())
        self.work(do, self._finish, _(N_("Splitting into cards")))

    def _show(self, read: tuple[Record, str]) -> None:
        record, example = read
        self._record, self._values = record, record.values
        amounts = ", ".join(f"{_(ASSETS.by_key[key].label)} {shown(key, record.values[key])}" for key in SUMMED)
        self.about.setText(f"{record.values['code'] or '—'}  {record.values['name']}\n{amounts}")
        self.numbered.setText(_(N_("Give numbers like {example}"), example=example))
        quantity: Decimal = record.values["quantity"]
        whole = min(int(quantity), MOST)
        self.count.setValue(max(whole, 2))
        self._deal()

    def _deal(self) -> None:
        """Divide the quantity evenly."""
        if self._record is None:
            return
        try:
            quantities = even(self._values["quantity"], self.count.value())
        except UserError as error:
            self.table.setRowCount(0)
            self.say(str(error))
            self.act.setEnabled(False)
            return
        self._fill(quantities)

    def _fill(self, quantities: Sequence[Decimal]) -> None:
        self._filling = True
        self.table.setRowCount(len(quantities))
        for row, quantity in enumerate(quantities):
            self._put(row, _QUANTITY, kinds.text_of(ASSETS.by_key["quantity"], quantity), editable=True)
        self._filling = False
        self._count_up()

    def _typed(self, item: QTableWidgetItem) -> None:
        if not self._filling and item.column() == _QUANTITY:
            self._count_up()

    def _count_up(self) -> None:
        """Show what each card would have, or why it cannot be."""
        try:
            cards = split(self._values, self._quantities())
        except UserError as error:
            self.say(str(error))
            self.act.setEnabled(False)
            return
        self._filling = True
        for row, card in enumerate(cards):
            self._put(row, 0, card["code"] or "—")
            for at, key in enumerate(SUMMED[1:], _QUANTITY + 1):
                self._put(row, at, shown(key, card[key]))
        self._filling = False
        self.say("")
        self.act.setEnabled(not self.busy)

    def _quantities(self) -> list[Decimal]:
        field = ASSETS.by_key["quantity"]
        items = (self.table.item(row, _QUANTITY) for row in range(self.table.rowCount()))
        return [kinds.parse(field, item.text()) or Decimal(0) for item in items if item is not None]

    def _put(self, row: int, column: int, text: str, *, editable: bool = False) -> None:
        item = QTableWidgetItem(text)
        flags = Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsEnabled
        item.setFlags(flags | Qt.ItemFlag.ItemIsEditable if editable else flags)
        if column:
            item.setTextAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.table.setItem(row, column, item)

    def _finish(self, made: Made) -> None:
        count = len(made.codes) + 1
        self.workspace.notices.say(_(N_("Split into {count} cards."), count=f"{count:,}"), Tone.DONE)
        self.accept()
