"""`depreciation reconcile FILE`: finance's own workbook of a month beside the book."""

from __future__ import annotations

import argparse
import json
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

from logistics_desktop.cli import depreciation_values as values
from logistics_desktop.cli.tables import columns
from logistics_desktop.i18n import N_, _

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from logistics_desktop.features.depreciation.differences import Difference, Guess
    from logistics_desktop.features.depreciation.reconcile import Reconciliation
    from logistics_desktop.features.depreciation.reconciling import OldBook


def add_parser(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add `reconcile` to `depreciation`."""
    parser = subparsers.add_parser("reconcile", help=_(N_("compare your own depreciation workbook with a book")))
    parser.add_argument("file", metavar="FILE", type=Path, help=_(N_("an .xlsx, .xls or .csv file")))
    parser.add_argument("--book", metavar="BOOK", required=True, help=_(N_("the code or the name of the book")))
    parser.add_argument(
        "--month", metavar="YYYY-MM", type=values.month, required=True, help=_(N_("the month of the workbook"))
    )
    parser.add_argument(
        "--returned",
        metavar="FILE",
        type=Path,
        help=_(N_("where to write your workbook with a column that says what differs")),
    )
    parser.add_argument("--json", action="store_true", help=_(N_("print one JSON object")))
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Print what differs. Raises UserError for a file or a month that cannot be compared."""
    from logistics_desktop.cli.opening import chosen_office
    from logistics_desktop.features.depreciation.board import find_book
    from logistics_desktop.features.depreciation.reconciling import compare, read_old_book, write_compared

    with chosen_office(arguments) as office:
        with office.session() as session:
            book = find_book(session, arguments.book)
        old = read_old_book(arguments.file, book.standard)
        found = None
        if old.list:
            with office.session() as session:
                found = compare(session, book, arguments.month, old.list)
            if arguments.returned:
                write_compared(old.list, found, arguments.returned)
    if arguments.json:
        print(json.dumps(_as_object(old, found), ensure_ascii=False, indent=2))
    else:
        print("\n".join([*_list_as_text(found), *_schedules_as_text(old)]))
    return 0


def _list_as_text(found: Reconciliation | None) -> Iterator[str]:
    if found is None:
        return
    for line in found.differing:
        place = _("row {row}", row=line.row) if line.row else "—"
        yield f"{place}  {line.code}  {line.name}: {line}"
    agreeing = len(found.lines) - len(found.differing)
    yield _("{count} assets agree, {different} do not.", count=agreeing, different=len(found.differing))
    if found.totals:
        from logistics_desktop.features.depreciation.differences import LABELS

        rows = [
            (_(LABELS[one.field]), f"{one.theirs:,.2f}", f"{one.ours:,.2f}", f"{one.theirs - one.ours:,.2f}")
            for one in found.totals
        ]
        yield from columns([(_("Total"), _("Workbook"), _("Book"), _("Difference")), *rows])


def _schedules_as_text(old: OldBook) -> Iterator[str]:
    for one in old.schedules:
        title = f"“{one.old.sheet}” {one.old.code} {one.old.name}".strip()
        if not one.lines:
            yield _("{title}: the terms above the table do not say enough to check it.", title=title)
            continue
        yield _("{title}: {wrong} of {count} years are wrong.", title=title, wrong=len(one.wrong), count=len(one.lines))
        for line in one.wrong:
            yield "  " + _("row {row}", row=line.row) + f"  {line}"


def _as_object(old: OldBook, found: Reconciliation | None) -> dict[str, Any]:
    schedules = [
        {
            "sheet": one.old.sheet,
            "code": one.old.code,
            "name": one.old.name,
            "years": len(one.lines),
            "wrong": [
                {"row": line.row, "year": line.year, **_compared(line.differences, line.guess)} for line in one.wrong
            ],
        }
        for one in old.schedules
    ]
    if found is None:
        return {"lines": [], "totals": [], "agree": 0, "schedules": schedules}
    return {
        "month": str(found.month),
        "sheet": old.list.sheet if old.list else None,
        "agree": len(found.lines) - len(found.differing),
        "lines": [
            {"code": line.code, "name": line.name, "row": line.row, **_compared(line.differences, line.guess)}
            for line in found.differing
        ],
        "totals": [{key: str(value) for key, value in asdict(one).items()} for one in found.totals],
        "schedules": schedules,
    }


def _compared(differences: Iterable[Difference], guess: Guess | None) -> dict[str, Any]:
    return {
        "differences": [{"field": one.field, "theirs": str(one.theirs), "ours": str(one.ours)} for one in differences],
        "cause": guess.cause.name.lower() if guess else None,
        "message": str(guess) if guess else None,
    }
