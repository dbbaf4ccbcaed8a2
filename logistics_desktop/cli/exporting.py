"""`export LEDGER FILE` and `template LEDGER FILE`: a list as a workbook, and an empty one to fill in."""

from __future__ import annotations

import argparse
from pathlib import Path

from logistics_desktop.i18n import N_, _


def add_parser(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add `export` and `template` to the command line."""
    export = _with_file(subparsers.add_parser("export", help=_(N_("write a list as .xlsx or .csv"))))
    export.add_argument("--columns", metavar="KEY,KEY…", help=_(N_("the fields and their order; without it all")))
    export.add_argument(
        "--filter",
        metavar="KEY=VALUE",
        action="append",
        default=[],
        help=_(N_("part of a text, a choice, a name, LOW..HIGH, or nothing for empty; may be repeated")),
    )
    export.add_argument("--search", metavar="TEXT", default="", help=_(N_("as in the quick search")))
    export.add_argument("--sort", metavar="KEY,KEY:desc…", default="", help=_(N_("the order")))
    export.set_defaults(run=run_export, parser=export)
    template = _with_file(subparsers.add_parser("template", help=_(N_("write an empty workbook to fill in"))))
    template.set_defaults(run=run_template, parser=template)


def _with_file(parser: argparse.ArgumentParser) -> argparse.ArgumentParser:
    parser.add_argument("ledger", metavar="LEDGER", help=_(N_("the ledger, such as assets")))
    parser.add_argument("file", metavar="FILE", type=Path, help=_(N_("the file to write")))
    return parser


def run_export(arguments: argparse.Namespace) -> int:
    """Export as the command line says."""
    from logistics_desktop.cli.asking import chosen_keys, chosen_ledger, chosen_query
    from logistics_desktop.cli.opening import chosen_office
    from logistics_desktop.ledgers import LEDGERS
    from logistics_desktop.workbook.export import export_list

    entity = chosen_ledger(arguments)
    keys = chosen_keys(entity, arguments)
    with chosen_office(arguments) as office, office.session() as session:
        query = chosen_query(session, LEDGERS, entity, arguments)
        count = export_list(session, LEDGERS, entity, query, keys, arguments.file)
    print(_("{count} rows were written to {file}.", count=count, file=arguments.file))
    return 0


def run_template(arguments: argparse.Namespace) -> int:
    """Write the template that the command line asks for."""
    from logistics_desktop.cli.asking import chosen_ledger
    from logistics_desktop.cli.opening import chosen_office
    from logistics_desktop.ledgers import LEDGERS
    from logistics_desktop.workbook.blank import write_template_for

    entity = chosen_ledger(arguments)
    with chosen_office(arguments) as office, office.session() as session:
        write_template_for(session, LEDGERS, entity, arguments.file)
    return 0
