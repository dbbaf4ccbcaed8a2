"""The organisation's layout of vouchers, and the voucher of a month as a file."""

from __future__ import annotations

import json
import logging
from pathlib import Path

from sqlalchemy.orm import Session

from logistics_desktop import organisation
from logistics_desktop.errors import UserError
from logistics_desktop.features.depreciation.accounts import read_accounts
from logistics_desktop.features.depreciation.board import BookLine
from logistics_desktop.features.depreciation.entries import bookings
from logistics_desktop.features.depreciation.months import Month
from logistics_desktop.features.depreciation.sheets.order import Order, state_of
from logistics_desktop.features.depreciation.voucher.booking import Booked, Voucher
from logistics_desktop.features.depreciation.voucher.layout import Layout
from logistics_desktop.features.depreciation.voucher.presets import FIRST, PRESETS
from logistics_desktop.features.depreciation.voucher.sheet import laid_out
from logistics_desktop.i18n import N_
from logistics_desktop.workbook.write import write_table
from logistics_desktop.workbook.write_csv import write_csv

_log = logging.getLogger(__name__)


def read_layout(session: Session) -> Layout:
    """The organisation's layout, or the first preset where none was stored or it cannot be read."""
    kept = organisation.read(session, organisation.VOUCHER_LAYOUT)
    if kept:
        try:
            return Layout.from_json(json.loads(kept))
        except (ValueError, KeyError, TypeError) as problem:
            _log.warning("the layout of vouchers cannot be read (%s); a preset serves", problem)
    return PRESETS[FIRST][1]


def store_layout(session: Session, layout: Layout) -> None:
    """Keep the layout for everybody. Raises `UserError` for one that no voucher can be read from."""
    layout.check()
    organisation.write(session, organisation.VOUCHER_LAYOUT, json.dumps(layout.to_json(), ensure_ascii=False))


def read_booked(session: Session, book: BookLine, month: Month) -> Booked:
    """What a month books. Raises `UserError` where it charges nothing."""
    state_of(session, Order(book, month))
    found = bookings(session, book.id, month)
    if not found:
        raise UserError(N_("{month} charges nothing in the book {book}."), month=month, book=book.name)
    return Booked(book, month, found, read_accounts(session, book.id))


def write_voucher(voucher: Voucher, layout: Layout, path: Path) -> int:
    """Write a voucher as .xlsx or .csv and give the number of rows. Raises `UserError`."""
    sheet = laid_out(voucher, layout)
    if path.suffix.lower() == ".csv":
        return write_csv(path, sheet.columns, sheet.rows, encoding=layout.encoding)
    return write_table(path, [sheet])
