"""A voucher in its layout, as a list that is shown or written."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from decimal import Decimal

from logistics_desktop.errors import UserError
from logistics_desktop.features.depreciation.voucher.booking import Posting, Voucher
from logistics_desktop.features.depreciation.voucher.layout import LABELS, Column, Layout, Part, fill
from logistics_desktop.i18n import N_, _
from logistics_desktop.workbook.outgoing import Kind
from logistics_desktop.workbook.write import ColumnOut, SheetOut

_KINDS: dict[Part, Kind] = {
    Part.DATE: "code",
    Part.PERIOD: "code",
    Part.LINE: "integer",
    Part.ACCOUNT: "code",
    Part.DEPARTMENT_CODE: "code",
    Part.CLASS_CODE: "code",
    Part.DEBIT: "money",
    Part.CREDIT: "money",
    Part.AMOUNT: "money",
    Part.SIGNED: "money",
}
_WIDTHS = {Part.TEXT: 28, Part.ACCOUNT_NAME: 24, Part.DEPARTMENT: 20, Part.CLASS: 20}


def laid_out(voucher: Voucher, layout: Layout) -> SheetOut:
    """The voucher as a list in this layout. Raises `UserError` for a layout that cannot be."""
    layout.check()
    headers = _unique([column.header or _(LABELS[column.part]) for column in layout.columns])
    columns = [
        ColumnOut(header, _kind(column, layout), _WIDTHS.get(column.part, 12))
        for header, column in zip(headers, layout.columns, strict=True)
    ]
    cells = [_cell(column, voucher, layout) for column in layout.columns]
    rows = [[cell(at, one) for cell in cells] for at, one in enumerate(voucher.postings, 1)]
    return SheetOut(_(N_("Voucher")), columns, rows)


def worded(layout: Layout) -> Layout:
    """The layout with the usual words where it has none of its own."""
    return replace(
        layout,
        word=layout.word or _(N_("J")),
        text=layout.text or _(N_("Depreciation of {number}/{year}"), number="{number}", year="{year}"),
        debit_word=layout.debit_word or _(N_("Dr")),
        credit_word=layout.credit_word or _(N_("Cr")),
    )


def _kind(column: Column, layout: Layout) -> Kind:
    if column.part is Part.DATE and layout.date == "excel":
        return "date"
    return _KINDS.get(column.part, "text")


def _cell(column: Column, voucher: Voucher, layout: Layout) -> Callable[[int, Posting], object]:
    """How a cell of a column is made of the number of the line and what is posted."""
    words, day = worded(layout), voucher.month.last_day
    text = fill(words.text, voucher.book.name, day)
    date = day if layout.date == "excel" else day.strftime(layout.date)
    empty = Decimal("0.00") if layout.zeros else None
    cells: dict[Part, Callable[[int, Posting], object]] = {
        Part.DATE: lambda _at, _one: date,
        Part.PERIOD: lambda _at, _one: f"{day:%Y%m}",
        Part.WORD: lambda _at, _one: words.word,
        Part.NUMBER: lambda _at, _one: voucher.number,
        Part.LINE: lambda at, _one: at,
        Part.TEXT: lambda _at, _one: text,
        Part.ACCOUNT: lambda _at, one: one.account,
        Part.ACCOUNT_NAME: lambda _at, one: one.account_name,
        Part.DEPARTMENT_CODE: lambda _at, one: one.department[0],
        Part.DEPARTMENT: lambda _at, one: one.department[1],
        Part.CLASS_CODE: lambda _at, one: one.class_[0],
        Part.CLASS: lambda _at, one: one.class_[1],
        Part.DEBIT: lambda _at, one: one.debit or empty,
        Part.CREDIT: lambda _at, one: one.credit or empty,
        Part.DIRECTION: lambda _at, one: words.debit_word if one.debit else words.credit_word,
        Part.AMOUNT: lambda _at, one: one.debit or one.credit,
        Part.SIGNED: lambda _at, one: one.debit - one.credit,
        Part.CURRENCY: lambda _at, _one: voucher.book.currency,
        Part.FIXED: lambda _at, _one: column.text,
    }
    return cells[column.part]


def _unique(headers: Sequence[str]) -> Sequence[str]:
    for at, header in enumerate(headers):
        if header in headers[:at]:
            raise UserError(N_("Two columns are called {header}. Rename one of them."), header=header)
    return headers
