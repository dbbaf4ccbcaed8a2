"""`demo-data`: fill an empty database with the sample data, or make those of the demo anew."""

from __future__ import annotations

import argparse

from logistics_desktop.errors import UserError
from logistics_desktop.i18n import N_, _


def add_parser(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add `demo-data`."""
    parser = subparsers.add_parser("demo-data", help=_("fill an empty database with the sample data"))
    parser.add_argument("--reset", action="store_true", help=_("with --demo: throw away what was done to them"))
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Fill the chosen database; the demo's fills itself when it is opened."""
    from logistics_desktop import this_pc
    from logistics_desktop.cli.opening import chosen_office
    from logistics_desktop.sample.load import load_sample

    if arguments.reset and not arguments.demo:
        raise UserError(N_("Only the sample data of --demo can be reset."))
    if arguments.reset:
        this_pc.reset_demo(lambda _text: None)
    with chosen_office(arguments) as office:
        if office.profile.kind != "demo":
            with office.session() as session:
                load_sample(session)
    print(_("The sample data are there."))
    return 0
