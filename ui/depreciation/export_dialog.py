"""Choosing a workbook of depreciation, or the voucher, and where it goes."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFormLayout, QHBoxLayout, QLabel, QLineEdit, QListWidget, QVBoxLayout, QWidget

from logistics_desktop.errors import UserError
from logistics_desktop.features.depreciation.board import BookLine
from logistics_desktop.features.depreciation.months import Month
from logistics_desktop.features.depreciation.sheets.kinds import WORKBOOKS, Kind, file_name
from logistics_desktop.features.depreciation.sheets.order import Order
from logistics_desktop.features.depreciation.voucher.booking import Voucher
from logistics_desktop.features.depreciation.voucher.layout import Layout
from logistics_desktop.i18n import N_, _
from logistics_desktop.ledger.fields import Reference
from logistics_desktop.ledgers import LEDGERS
from ui.depreciation import file_work
from ui.depreciation.file_choice import MonthBox, ask_where
from ui.depreciation.file_work import Kept
from ui.depreciation.voucher_panel import VoucherPanel
from ui.ledger.exporting import offer_to_open
from ui.ledger.reference_editor import ReferenceEditor
from ui.work_dialog import WorkDialog
from ui.workspace import Workspace

_SIZE = (1080, 600)
_LIST_WIDTH = 240
_VOUCHER = N_("Voucher")
_WHEN_OPEN = {Kind.FORECAST, Kind.SCHEDULE}


class ExportDialog(WorkDialog):
    """The workbooks on the left, what the chosen one needs on the right; the voucher shows its first rows."""

    def __init__(self, workspace: Workspace, book: BookLine, month: Month, parent: QWidget | None = None) -> None:
        super().__init__(workspace, _(N_("Workbooks of {book}"), book=book.name), _(N_("Save as …")), parent)
        self.resize(*_SIZE)
        self.book = book
        self.kinds = QListWidget()
        self.kinds.setAccessibleName(_(N_("Workbook")))
        self.kinds.addItems([*(_(one.title) for one in WORKBOOKS.values()), _(_VOUCHER)])
        self.purpose = QLabel(wordWrap=True)
        self.month = MonthBox(book, month)
        self.asset = ReferenceEditor(workspace, LEDGERS["assets"])
        self.name = QLineEdit()
        self.voucher = VoucherPanel(workspace, book)
        self._lay_out()
        self.kinds.currentRowChanged.connect(lambda _row: self._choice())
        self.month.currentIndexChanged.connect(lambda _at: self._choice())
        self.kinds.setCurrentRow(0)
        self.work(partial(file_work.kept, workspace.office), self._begin)

    @property
    def kind(self) -> Kind | None:
        """The workbook that is chosen; None is the voucher."""
        row = self.kinds.currentRow()
        return list(WORKBOOKS)[row] if row < len(WORKBOOKS) else None

    def choose(self, kind: Kind | None, asset: Reference | None = None) -> None:
        """Choose a workbook, with the asset whose schedule it is."""
        self.kinds.setCurrentRow(len(WORKBOOKS) if kind is None else list(WORKBOOKS).index(kind))
        if asset is not None:
            self.asset.set_value(asset)

    def do(self) -> None:
        """Ask where the file goes, and write it."""
        try:
            order = Order(self.book, self.month.month(), self._asset())
            voucher = self.voucher.voucher() if self.kind is None else None
        except UserError as error:
            self.say(str(error))
            return
        if voucher is not None:
            name = f"{_(_VOUCHER)} {self.book.name} {order.month}"
            layout = self.voucher.layout_
            ask_where(self, self.windowTitle(), name, lambda path: self.write_voucher(voucher, layout, path))
        elif self.kind is not None:
            name = file_name(self.kind, order)
            ask_where(self, self.windowTitle(), name, partial(self.write, self.kind, order))

    def write(self, kind: Kind, order: Order, path: Path) -> None:
        """Write a workbook."""
        do = partial(file_work.write, self.workspace.office, kind, order, self.name.text().strip(), path)
        self.work(do, partial(self._written, path), _(N_("Exporting {ledger}"), ledger=_(WORKBOOKS[kind].title)))

    def write_voucher(self, voucher: Voucher, layout: Layout, path: Path) -> None:
        """Write the voucher."""
        self.work(partial(file_work.write_voucher, voucher, layout, path), partial(self._written, path))

    def refresh(self) -> None:
        """Show what the chosen workbook is and needs."""
        kind = self.kind
        if kind is None:
            purpose = _(N_("What the month books, in the layout that your accounting program reads."))
        else:
            purpose = _(WORKBOOKS[kind].purpose)
        self.purpose.setText(purpose)
        self.form.setRowVisible(self.asset, kind is Kind.SCHEDULE)
        self.form.setRowVisible(self.name, kind is not None)
        self.form.setRowVisible(self.month, kind not in _WHEN_OPEN)
        self.voucher.setVisible(kind is None)
        self.act.setEnabled(not self.busy)
        if kind is None:
            self.voucher.show_month(self.month.month())

    def _lay_out(self) -> None:
        self.kinds.setMaximumWidth(_LIST_WIDTH)
        self.kinds.setWordWrap(True)
        self.kinds.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.form = QFormLayout()
        self.form.addRow(_(N_("&Month")), self.month)
        self.form.addRow(_(N_("&Asset")), self.asset)
        self.form.addRow(_(N_("&Organisation")), self.name)
        side = QVBoxLayout()
        side.addWidget(self.purpose)
        side.addLayout(self.form)
        side.addWidget(self.voucher, 1)
        side.addStretch()
        whole = QHBoxLayout()
        whole.addWidget(self.kinds)
        whole.addLayout(side, 1)
        self.page.addLayout(whole, 1)

    def _begin(self, kept: Kept) -> None:
        self.name.setText(kept.name)
        self.voucher.use(kept.layout)

    def _choice(self) -> None:
        self.say("")
        self.refresh()

    def _asset(self) -> int | None:
        if self.kind is not Kind.SCHEDULE:
            return None
        asset = self.asset.value()
        if asset is None:
            raise UserError(N_("Choose the asset whose schedule you want."))
        return asset

    def _written(self, path: Path, count: int) -> None:
        said = _(N_("{count} rows are saved as {name}."), count=f"{count:,}", name=path.name)
        offer_to_open(self, path, said)


def open_export(
    workspace: Workspace,
    book: BookLine,
    month: Month,
    parent: QWidget,
    kind: Kind | None = Kind.DETAIL,
    asset: Reference | None = None,
) -> ExportDialog:
    """Open the dialog with a workbook chosen (None is the voucher), for a month, and an asset if it is its schedule."""
    dialog = ExportDialog(workspace, book, month, parent)
    dialog.choose(kind, asset)
    dialog.open()
    return dialog
