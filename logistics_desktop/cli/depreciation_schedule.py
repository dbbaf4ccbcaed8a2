"""`depreciation schedule`: the schedule of one asset out of what the command line says, without a database."""

from __future__ import annotations

import argparse
import json
import sys
from decimal import Decimal
from typing import TYPE_CHECKING

from logistics_desktop.cli import depreciation_values as values
from logistics_desktop.cli.tables import columns
from logistics_desktop.i18n import N_, _

if TYPE_CHECKING:
    from collections.abc import Sequence

    from logistics_desktop.features.depreciation.schedule import Charge

STANDARDS = ("enterprise", "government")
METHODS = ("straight-line", "double-declining", "sum-of-years", "units-of-production")


def add_parser(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add `schedule` to `depreciation`."""
    parser = subparsers.add_parser("schedule", help=_(N_("work out the depreciation of one asset, month by month")))
    parser.add_argument("--standard", choices=STANDARDS, required=True, help=_(N_("the accounting standard")))
    parser.add_argument("--method", choices=METHODS, required=True, help=_(N_("the method")))
    parser.add_argument("--cost", metavar="N", type=values.number, required=True, help=_(N_("the original value")))
    residual = parser.add_mutually_exclusive_group()
    residual.add_argument(
        "--residual",
        metavar="N",
        type=values.number,
        help=_(N_("the residual value; the government standard has none")),
    )
    residual.add_argument(
        "--residual-rate", metavar="R", type=values.rate, help=_(N_("or its share of the original value: 0.05 or 5%%"))
    )
    parser.add_argument(
        "--months", metavar="N", type=values.whole, required=True, help=_(N_("the whole life in months"))
    )
    parser.add_argument(
        "--in-service",
        metavar="YYYY-MM-DD",
        type=values.day,
        required=True,
        help=_(N_("the day on which it was ready for use")),
    )
    _add_history(parser)
    _add_units(parser)
    parser.add_argument("--json", action="store_true", help=_(N_("print a list of objects for a program")))
    parser.set_defaults(run=run, parser=parser)


def _add_history(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--opening-accumulated",
        metavar="N",
        type=values.number,
        help=_(N_("what was charged before, with --opening-months")),
    )
    parser.add_argument(
        "--opening-months",
        metavar="N",
        type=values.whole,
        help=_(N_("the months of the life that were charged before")),
    )
    parser.add_argument("--disposed", metavar="YYYY-MM-DD", type=values.day, help=_(N_("the day on which it is gone")))
    parser.add_argument(
        "--change",
        metavar="YYYY-MM:FIELD=N",
        type=values.change,
        action="extend",
        nargs="+",
        default=[],
        help=_(
            N_("what is different from that month on: cost, months (the whole life), residual, impairment, total-units")
        ),
    )


def _add_units(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--total-units", metavar="N", type=values.number, help=_(N_("units of production: the units of the whole life"))
    )
    parser.add_argument(
        "--units",
        metavar="YYYY-MM=N",
        type=values.units,
        action="extend",
        nargs="+",
        default=[],
        help=_(N_("units of production: the units of a month")),
    )


def run(arguments: argparse.Namespace) -> int:
    """Print the schedule; 1 where the terms are refused, with every field that is wrong on a line of its own."""
    from logistics_desktop.errors import FieldErrors
    from logistics_desktop.features.depreciation.refusals import ChangeRefused
    from logistics_desktop.features.depreciation.schedule import schedule

    if arguments.residual is None and arguments.residual_rate is None and arguments.standard == "enterprise":
        arguments.parser.error(_("Give --residual or --residual-rate."))
    try:
        terms = values.terms(arguments)
        charges = schedule(terms, arguments.change, values.month_units(arguments, terms))
    except ChangeRefused as refused:
        for field, error in refused.by_field.items():
            print(f"--change ({values.option(field)}): {error}", file=sys.stderr)
        return 1
    except FieldErrors as refused:
        for field, error in refused.by_field.items():
            print(f"--{values.option(field, arguments)}: {error}", file=sys.stderr)
        return 1
    print(_as_json(charges) if arguments.json else _as_table(charges))
    return 0


def _as_json(charges: Sequence[Charge]) -> str:
    rows = [
        {
            "period": str(one.period),
            "amount": f"{one.amount:.2f}",
            "accumulated": f"{one.accumulated:.2f}",
            "book_value": f"{one.book_value:.2f}",
        }
        for one in charges
    ]
    return json.dumps(rows, indent=2)


def _as_table(charges: Sequence[Charge]) -> str:
    if not charges:
        return _("Nothing is charged.")
    header = (_("Month"), _("Depreciation"), _("Accumulated"), _("Book value"))
    rows = [(str(one.period), *map(_grouped, (one.amount, one.accumulated, one.book_value))) for one in charges]
    total = _(
        "{count} months, {amount} in all",
        count=len(charges),
        amount=_grouped(sum((one.amount for one in charges), Decimal(0))),
    )
    return "\n".join([*columns([header, *rows]), total])


def _grouped(amount: Decimal) -> str:
    return f"{amount:,.2f}"
