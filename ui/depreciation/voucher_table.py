"""The rows of a voucher in a layout, as they will be written."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from logistics_desktop.features.depreciation.voucher.booking import Voucher
from logistics_desktop.features.depreciation.voucher.layout import Layout
from logistics_desktop.features.depreciation.voucher.sheet import laid_out
from logistics_desktop.i18n import N_, _
from ui.figures import Column, FigureTable

_SHOWN = 200  # all rows are written


class VoucherTable(FigureTable):
    """Shows the first rows of a voucher."""

    def __init__(self) -> None:
        super().__init__([])
        self.setAccessibleName(_(N_("Voucher")))

    def show_voucher(self, voucher: Voucher, layout: Layout) -> None:
        """Show it in this layout. Raises `UserError` for a layout that cannot be."""
        sheet = laid_out(voucher, layout)
        rows = list(sheet.rows)[:_SHOWN]
        self.set_columns([Column(one.header, number=one.kind in ("money", "integer")) for one in sheet.columns])
        self.show_lines([tuple(_text(value) for value in row) for row in rows])


def _text(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, Decimal):
        return f"{value:,.2f}"
    return value.isoformat() if isinstance(value, date) else str(value)
