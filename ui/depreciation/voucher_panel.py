"""The voucher of a month as it will be written, and the way to its layout."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QPushButton, QVBoxLayout, QWidget

from logistics_desktop.errors import UserError
from logistics_desktop.features.depreciation.board import BookLine
from logistics_desktop.features.depreciation.months import Month
from logistics_desktop.features.depreciation.voucher.booking import Booked, Voucher, make_voucher
from logistics_desktop.features.depreciation.voucher.layout import Layout
from logistics_desktop.features.depreciation.voucher.presets import FIRST, PRESETS
from logistics_desktop.i18n import N_, _
from ui.depreciation import file_work
from ui.depreciation.voucher_dialog import VoucherDialog
from ui.depreciation.voucher_table import VoucherTable
from ui.workspace import Workspace


class VoucherPanel(QWidget):
    """Number, layout and rows; what is missing is said in their place."""

    def __init__(self, workspace: Workspace, book: BookLine, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._workspace = workspace
        self._book = book
        self.layout_ = PRESETS[FIRST][1]
        self.booked: Booked | None = None
        self.problem: UserError | None = None
        self.number = QLineEdit("1", maxLength=20)
        self.number.setMaximumWidth(120)
        self.change = QPushButton(_(N_("Layout …")), autoDefault=False)
        self.table = VoucherTable()
        self.table.setAccessibleName(_(N_("Voucher")))
        self.sums = QLabel(wordWrap=True, textFormat=Qt.TextFormat.PlainText)
        label = QLabel(_(N_("Voucher &no.")))
        label.setBuddy(self.number)
        head = QHBoxLayout()
        head.addWidget(label)
        head.addWidget(self.number)
        head.addStretch(1)
        head.addWidget(self.change)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(head)
        column.addWidget(self.table, 1)
        column.addWidget(self.sums)
        self.change.clicked.connect(self.change_layout)
        self.number.textChanged.connect(lambda _text: self.show_rows())

    def use(self, layout: Layout) -> None:
        """Lay the voucher out this way from now on."""
        self.layout_ = layout
        self.show_rows()

    def show_month(self, month: Month) -> None:
        """Read what a month books and show it."""
        if self.booked is not None and self.booked.month == month:
            return
        self.booked = self.problem = None
        do = partial(file_work.booked, self._workspace.office, self._book, month)
        self._workspace.tasks.run(do, self._take, owner=self, key="booked", on_error=self._fail)

    def voucher(self) -> Voucher:
        """The voucher. Raises `UserError` where there is none yet."""
        if self.problem is not None:
            raise self.problem
        if self.booked is None:
            raise UserError(N_("The voucher is still being read."))
        return make_voucher(self.booked, self.layout_, self.number.text().strip())

    def show_rows(self) -> None:
        """Show the voucher as it will be written."""
        if self.booked is None and self.problem is None:
            return
        try:
            voucher = self.voucher()
            self.table.show_voucher(voucher, self.layout_)
        except UserError as error:
            self.table.show_lines([])
            self.sums.setText(str(error))
            return
        said = N_("{count} rows; debit {total} = credit {total}")
        self.sums.setText(_(said, count=f"{len(voucher.postings):,}", total=f"{voucher.total:,.2f}"))

    def change_layout(self) -> VoucherDialog:
        """Change the layout of the organisation."""
        dialog = VoucherDialog(self._workspace, self.layout_, self.booked, self)
        dialog.kept.connect(self.use)
        dialog.open()
        return dialog

    def _take(self, booked: Booked) -> None:
        self.booked = booked
        self.show_rows()

    def _fail(self, error: BaseException) -> None:
        if isinstance(error, UserError):
            self.problem = error
            self.show_rows()
        else:
            self._workspace.notices.report(error)
