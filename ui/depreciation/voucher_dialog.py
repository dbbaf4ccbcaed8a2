"""The organisation's layout of vouchers: what its accounting program reads, with the voucher as it will be."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QFormLayout, QLabel, QLineEdit, QSplitter, QVBoxLayout, QWidget

from logistics_desktop.errors import UserError
from logistics_desktop.features.depreciation.voucher.booking import Booked, make_voucher
from logistics_desktop.features.depreciation.voucher.layout import DATES, ENCODINGS, ROWS, Layout
from logistics_desktop.features.depreciation.voucher.presets import PRESETS
from logistics_desktop.features.depreciation.voucher.sheet import worded
from logistics_desktop.i18n import N_, _
from ui.depreciation import file_work
from ui.depreciation.voucher_columns import VoucherColumns
from ui.depreciation.voucher_table import VoucherTable
from ui.notices import Tone
from ui.work_dialog import WorkDialog
from ui.workspace import Workspace

_SIZE = (1080, 720)


class VoucherDialog(WorkDialog):
    """Begins with the layout in force; a preset fills everything in. Every change shows below at once."""

    kept = Signal(object)
    """The layout, once it is stored."""

    def __init__(
        self, workspace: Workspace, layout: Layout, booked: Booked | None, parent: QWidget | None = None
    ) -> None:
        super().__init__(workspace, _(N_("Layout of vouchers")), _(N_("Save for everybody")), parent)
        self.resize(*_SIZE)
        self.booked = booked
        self.presets = QComboBox()
        self.presets.addItem(_(N_("as it is")), layout)
        for label, preset in PRESETS.values():
            self.presets.addItem(_(label), preset)
        self.columns = VoucherColumns()
        self.date, self.debits, self.credits = _box(DATES), _box(ROWS), _box(ROWS)
        self.encoding = _box(ENCODINGS)
        self.word, self.text = QLineEdit(), QLineEdit()
        self.debit_word, self.credit_word = QLineEdit(), QLineEdit()
        self.zeros = QCheckBox(_(N_("The empty side says 0.00")))
        self.table = VoucherTable()
        self.sums = QLabel(wordWrap=True, textFormat=Qt.TextFormat.PlainText)
        self._filling = False
        self._lay_out()
        self._connect()
        self.show_layout(layout)

    def layout_(self) -> Layout:
        """The layout as it stands."""
        usual = worded(Layout(()))
        words = {name: getattr(self, name).text().strip() for name in ("word", "text", "debit_word", "credit_word")}
        own: dict[str, Any] = {name: "" if text == getattr(usual, name) else text for name, text in words.items()}
        return Layout(
            self.columns.columns(),
            date=self.date.currentData(),
            debits=self.debits.currentData(),
            credits=self.credits.currentData(),
            zeros=self.zeros.isChecked(),
            encoding=self.encoding.currentData(),
            **own,
        )

    def show_layout(self, layout: Layout) -> None:
        """Fill everything in from a layout."""
        self._filling = True
        for box, value in (
            (self.date, layout.date),
            (self.debits, layout.debits),
            (self.credits, layout.credits),
            (self.encoding, layout.encoding),
        ):
            box.setCurrentIndex(box.findData(value))
        said = worded(layout)
        for name in ("word", "text", "debit_word", "credit_word"):
            getattr(self, name).setText(getattr(said, name))
        self.zeros.setChecked(layout.zeros)
        self.columns.show_columns(layout.columns)
        self._filling = False
        self.preview()

    def preview(self) -> None:
        """Show the voucher as it would be, or what is wrong with the layout."""
        if self._filling:
            return
        layout = self.layout_()
        try:
            layout.check()
        except UserError as error:
            self._refuse(error)
            return
        self.act.setEnabled(not self.busy)
        self.say("")
        if self.booked is None:
            self.sums.setText(_(N_("Run depreciation for a month to see its voucher here.")))
            return
        try:
            voucher = make_voucher(self.booked, layout)
            self.table.show_voucher(voucher, layout)
        except UserError as error:
            self._refuse(error)
            return
        said = N_("{count} rows; debit {total} = credit {total}")
        self.sums.setText(_(said, count=f"{len(voucher.postings):,}", total=f"{voucher.total:,.2f}"))

    def do(self) -> None:
        """Keep the layout for everybody."""
        self.work(partial(file_work.keep_layout, self.workspace.office, self.layout_()), self._stored)

    def _lay_out(self) -> None:
        form = QFormLayout()
        form.addRow(_(N_("Begin &with")), self.presets)
        form.addRow(_(N_("&Date")), self.date)
        form.addRow(_(N_("A d&ebit row for")), self.debits)
        form.addRow(_(N_("A c&redit row for")), self.credits)
        form.addRow(_(N_("Voucher &word")), self.word)
        form.addRow(_(N_("&Text")), self.text)
        form.addRow(_(N_("Word for de&bit")), self.debit_word)
        form.addRow(_(N_("Word for cred&it")), self.credit_word)
        form.addRow(_(N_("&CSV files")), self.encoding)
        form.addRow(self.zeros)
        filled = {name: f"{{{name}}}" for name in ("year", "number", "month", "book")}
        hint = QLabel(_(N_("{year}, {number} (of the month), {month} and {book} in the text are filled in."), **filled))
        hint.setWordWrap(True)
        hint.setObjectName("hint")
        side = QWidget()
        left = QVBoxLayout(side)
        left.setContentsMargins(0, 0, 8, 0)
        left.addLayout(form)
        left.addWidget(hint)
        left.addStretch(1)
        upper = QSplitter()
        upper.addWidget(side)
        upper.addWidget(self.columns)
        upper.setSizes([430, 620])
        lower = QWidget()
        below = QVBoxLayout(lower)
        below.setContentsMargins(0, 0, 0, 0)
        below.addWidget(self.table, 1)
        below.addWidget(self.sums)
        whole = QSplitter(Qt.Orientation.Vertical)
        whole.addWidget(upper)
        whole.addWidget(lower)
        whole.setSizes([400, 260])
        self.page.addWidget(whole, 1)

    def _connect(self) -> None:
        self.presets.activated.connect(lambda _at: self.show_layout(self.presets.currentData()))
        for box in (self.date, self.debits, self.credits, self.encoding):
            box.currentIndexChanged.connect(lambda _at: self.preview())
        for line in (self.word, self.text, self.debit_word, self.credit_word):
            line.textChanged.connect(lambda _text: self.preview())
        self.zeros.toggled.connect(lambda _on: self.preview())
        self.columns.changed.connect(self.preview)

    def _refuse(self, error: UserError) -> None:
        self.say(str(error))
        self.sums.clear()
        self.table.show_lines([])
        self.act.setEnabled(False)

    def _stored(self, layout: Layout) -> None:
        self.kept.emit(layout)
        self.workspace.notices.say(_(N_("The layout of vouchers is kept for everybody.")), Tone.DONE)
        self.accept()


def _box(choices: Mapping[Any, str]) -> QComboBox:
    box = QComboBox()
    for key, label in choices.items():
        box.addItem(_(label), key)
    return box
