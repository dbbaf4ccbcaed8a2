"""`import LEDGER FILE`: read a workbook into a ledger, or say what reading it would do."""

from __future__ import annotations

import argparse
import uuid
from pathlib import Path
from typing import TYPE_CHECKING

from logistics_desktop.i18n import N_, _

if TYPE_CHECKING:
    from logistics_desktop.context import Office
    from logistics_desktop.ledger.entity import Entity
    from logistics_desktop.workbook.apply import Applied
    from logistics_desktop.workbook.intake import Intake
    from logistics_desktop.workbook.planned import Plan


def add_parser(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add `import` to the command line."""
    parser = subparsers.add_parser("import", help=_(N_("read a workbook into a ledger")))
    parser.add_argument("ledger", metavar="LEDGER", help=_(N_("the ledger, such as assets")))
    parser.add_argument("file", metavar="FILE", type=Path, help=_(N_("an .xlsx, .xls or .csv file")))
    parser.add_argument("--dry-run", action="store_true", help=_(N_("say what would be done, and do nothing")))
    parser.add_argument("--sheet", metavar="NAME", help=_(N_("the sheet; without it the one that fits best")))
    parser.add_argument(
        "--create-missing",
        action="store_true",
        help=_(N_("create departments, classes, suppliers, people not known yet")),
    )
    parser.add_argument(
        "--empty",
        choices=("leave", "clear"),
        default="leave",
        help=_(N_("what an empty cell does to a record that is there: leave the value (usual) or clear it")),
    )
    parser.add_argument(
        "--good-rows", action="store_true", help=_(N_("import the good rows even if others are refused"))
    )
    parser.add_argument(
        "--refused",
        metavar="FILE",
        type=Path,
        help=_(N_("where to write the workbook with a column that says what is wrong")),
    )
    parser.add_argument("--json", action="store_true", help=_(N_("print one JSON object")))
    parser.set_defaults(run=run, parser=parser)


def run(arguments: argparse.Namespace) -> int:
    """Import as the command line says. Raises UserError if the file is refused."""
    from logistics_desktop.cli.asking import chosen_ledger
    from logistics_desktop.cli.opening import chosen_office

    entity = chosen_ledger(arguments)
    with chosen_office(arguments) as office:
        return import_into(office, entity, arguments)


def import_into(office: Office, entity: Entity, arguments: argparse.Namespace) -> int:
    """Plan, and unless it is a dry run apply, the import of a workbook; prints the report even where it is refused."""
    from logistics_desktop.ledgers import LEDGERS
    from logistics_desktop.workbook.intake import take_in
    from logistics_desktop.workbook.mapping import recall
    from logistics_desktop.workbook.plan import make_plan
    from logistics_desktop.workbook.planned import Options

    with office.session() as session:
        remembered = recall(session, entity)
    intake = take_in(arguments.file, entity, remembered=remembered)
    source = intake.source(intake.sheet(arguments.sheet))
    clear = frozenset(field.key for field in entity if field.nullable) if arguments.empty == "clear" else frozenset()
    options = Options(clear=clear, create_missing=arguments.create_missing)
    with office.session() as session:
        plan = make_plan(session, LEDGERS, entity, source, options)
    if arguments.refused:
        _return_refused(plan, intake, arguments.refused)
    applied = None
    try:
        if not arguments.dry_run:
            applied = _apply(office, plan, good_rows=arguments.good_rows)
    finally:
        _print(intake, plan, applied, as_json=arguments.json)
    return 0


def _apply(office: Office, plan: Plan, *, good_rows: bool) -> Applied:
    from logistics_desktop.ledgers import LEDGERS
    from logistics_desktop.workbook.apply import apply

    batch = uuid.uuid4()
    return office.save(lambda session: apply(session, LEDGERS, plan, batch, good_rows=good_rows), request=batch)


def _return_refused(plan: Plan, intake: Intake, target: Path) -> None:
    from logistics_desktop.ledgers import LEDGERS
    from logistics_desktop.workbook.annotate import annotate
    from logistics_desktop.workbook.apply import refusals

    refused = refusals(LEDGERS, plan)
    if refused:
        annotate(intake.path, target, plan.source.sheet.name, plan.source.sheet.header_rows[-1], refused)


def _print(intake: Intake, plan: Plan, applied: Applied | None, *, as_json: bool) -> None:
    from logistics_desktop.workbook.report import as_object, as_text

    print(as_object(intake, plan, applied) if as_json else as_text(plan, applied))
