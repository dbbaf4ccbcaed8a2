"""`depreciation export FILE`: the workbooks of a month, and its voucher for the accounting program."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from logistics_desktop.cli import depreciation_values as values
from logistics_desktop.i18n import N_, _

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from logistics_desktop.features.depreciation.sheets.order import Order

_VOUCHER = "voucher"
_KINDS = ("detail", "classes", "departments", "register", "schedule", "forecast", _VOUCHER)


def add_parser(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add `export` to `depreciation`."""
    parser = subparsers.add_parser("export", help=_(N_("write a workbook of a month, or its voucher")))
    parser.add_argument("file", metavar="FILE", type=Path, help=_(N_("the .xlsx or .csv file to write")))
    parser.add_argument("--book", metavar="CODE", required=True, help=_(N_("the code or the name of the book")))
    parser.add_argument("--kind", choices=_KINDS, required=True, help=_(N_("which workbook")))
    parser.add_argument(
        "--month",
        metavar="YYYY-MM",
        type=values.month,
        help=_(N_("the month; without it the last one that is calculated")),
    )
    parser.add_argument("--asset", metavar="CODE", help=_(N_("the asset, for its schedule")))
    parser.add_argument("--number", metavar="N", default="1", help=_(N_("the number of the voucher")))
    parser.set_defaults(run=run, parser=parser)


def run(arguments: argparse.Namespace) -> int:
    """Write what is asked for. Raises UserError where there is nothing to write."""
    from logistics_desktop.cli.opening import chosen_office
    from logistics_desktop.features.depreciation.board import find_book
    from logistics_desktop.features.depreciation.sheets.order import Order, find_asset, last_calculated

    if (arguments.kind == "schedule") != (arguments.asset is not None):
        arguments.parser.error(_("--asset goes with --kind schedule"))
    with chosen_office(arguments) as office, office.session() as session:
        book = find_book(session, arguments.book)
        month = arguments.month or last_calculated(session, book)
        asset = find_asset(session, arguments.asset) if arguments.asset is not None else None
        count = _write(session, arguments, Order(book, month, asset))
    print(_("{count} rows were written to {file}.", count=count, file=arguments.file))
    return 0


def _write(session: Session, arguments: argparse.Namespace, order: Order) -> int:
    from logistics_desktop.features.depreciation.sheets.kinds import Kind, export
    from logistics_desktop.features.depreciation.voucher.booking import make_voucher
    from logistics_desktop.features.depreciation.voucher.store import read_booked, read_layout, write_voucher

    if arguments.kind != _VOUCHER:
        return export(session, Kind(arguments.kind), order, arguments.file)
    layout = read_layout(session)
    voucher = make_voucher(read_booked(session, order.book, order.month), layout, arguments.number)
    return write_voucher(voucher, layout, arguments.file)
