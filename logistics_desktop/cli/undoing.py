"""`undo BATCH`: take an import back."""

from __future__ import annotations

import argparse
import uuid

from logistics_desktop.i18n import N_, _


def add_parser(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add `undo` to the command line."""
    parser = subparsers.add_parser("undo", help=_(N_("take an import back")))
    parser.add_argument("batch", metavar="BATCH", type=uuid.UUID, help=_(N_("the number that the import printed")))
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Undo the import that the command line names. Raises UserError if it cannot be undone."""
    from logistics_desktop.cli.opening import chosen_office
    from logistics_desktop.ledgers import LEDGERS
    from logistics_desktop.workbook.undo import undo

    with chosen_office(arguments) as office:
        undone = office.save(lambda session: undo(session, LEDGERS, arguments.batch))
    print(_("{deleted} records deleted, {restored} put back.", deleted=undone.deleted, restored=undone.restored))
    return 0
