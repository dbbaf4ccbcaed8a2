"""`depreciation run|undo|close|reopen|status`: the months of a book, for scheduled jobs."""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from logistics_desktop.cli import depreciation_values as values
from logistics_desktop.cli.tables import columns
from logistics_desktop.i18n import N_, _

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from logistics_desktop.features.depreciation.board import BookLine, MonthLine
    from logistics_desktop.features.depreciation.months import Month
    from logistics_desktop.features.depreciation.runs import Run

_STATES = {"open": N_("open"), "calculated": N_("calculated"), "closed": N_("closed")}


def add_parser(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the five steps to `depreciation`."""
    made = _step(subparsers, "run", N_("calculate every month up to one that is not closed"), run)
    _month(made, N_("the last month; without it the first one that is open"))
    taken = _step(subparsers, "undo", N_("take back the run of a month and of those after it"), undo)
    _month(taken, N_("the month; without it the first one that is open"))
    closed = _step(subparsers, "close", N_("close a month for good, if it ties out"), close)
    _month(closed, N_("the month; without it the first one that is open"))
    reopened = _step(subparsers, "reopen", N_("open the month that was closed last, again"), reopen)
    reopened.add_argument("--reason", metavar="TEXT", required=True, help=_(N_("why; it is kept")))
    _month(reopened, N_("the month; without it the one that was closed last"))
    shown = _step(subparsers, "status", N_("show the months of a book"), status)
    shown.add_argument(
        "--year", metavar="YYYY", type=values.year, help=_(N_("the year; without it that of the first open month"))
    )


def _step(
    subparsers: argparse._SubParsersAction[argparse.ArgumentParser], name: str, help_text: str, work: Any
) -> argparse.ArgumentParser:
    parser = subparsers.add_parser(name, help=_(help_text))
    parser.add_argument("--book", metavar="CODE", required=True, help=_(N_("the code or the name of the book")))
    parser.add_argument("--json", action="store_true", help=_(N_("answer for a program")))
    parser.set_defaults(run=work, parser=parser)
    return parser


def _month(parser: argparse.ArgumentParser, help_text: str) -> None:
    parser.add_argument("--month", metavar="YYYY-MM", type=values.month, help=_(help_text))


@contextmanager
def _at_book(arguments: argparse.Namespace) -> Iterator[tuple[Session, BookLine]]:
    """A unit of work on the book that the command line names."""
    from logistics_desktop.cli.opening import chosen_office
    from logistics_desktop.features.depreciation.board import find_book

    with chosen_office(arguments) as office, office.session() as session:
        yield session, find_book(session, arguments.book)


def run(arguments: argparse.Namespace) -> int:
    """Run depreciation and list the months, and the assets that somebody should look at."""
    from logistics_desktop.features.depreciation import runs

    with _at_book(arguments) as (session, book):
        done = runs.run(session, book.id, arguments.month or book.open_month)
    if arguments.json:
        _print_json(_run_as_json(done))
        return 0
    head = (_("month"), _("entries"), _("total"))
    lines = [(str(one.month), f"{one.entries:,}", f"{one.total:,}") for one in done.months]
    print("\n".join(columns([head, *lines])))
    for doubt in done.doubts:
        kind = _("left out") if doubt.left_out else _("look at")
        print(f"{kind}: {doubt.month} {doubt.code or '-'} {doubt.name}: {doubt.problem}")
    return 0


def undo(arguments: argparse.Namespace) -> int:
    """Take a run back."""
    from logistics_desktop.features.depreciation import runs

    with _at_book(arguments) as (session, book):
        month = arguments.month or book.open_month
        months = runs.undo(session, book.id, month)
    _answer(arguments, _("{count} months are open again.", count=months), {"months": months})
    return 0


def close(arguments: argparse.Namespace) -> int:
    """Close a month, unless its tie-out does not balance."""
    from logistics_desktop.errors import Refused
    from logistics_desktop.features.depreciation import closing
    from logistics_desktop.features.depreciation.tie_out import Term, tie_out

    with _at_book(arguments) as (session, book):
        month: Month = arguments.month or book.open_month
        tie = tie_out(session, book.id, month)
        if not tie.balances:
            raise Refused(N_("{month} does not tie out. Look at its tie-out in the window."), month=month)
        closing.close(session, book.id, month)
    facts = {
        "month": str(month),
        "last": str(tie.last),
        **{term.value: str(tie.sum(term)) for term in Term},
        "this": str(tie.this),
    }
    text = _(
        "{month} is closed: {last} + {started} − {finished} ± {changed} = {this}",
        **{**facts, "finished": str(-tie.sum(Term.FINISHED))},
    )
    _answer(arguments, text, facts)
    return 0


def reopen(arguments: argparse.Namespace) -> int:
    """Open the month again that was closed last."""
    from logistics_desktop.features.depreciation import closing

    with _at_book(arguments) as (session, book):
        month = arguments.month or book.open_month - 1
        closing.reopen(session, book.id, month, arguments.reason)
    _answer(arguments, _("{month} is open again.", month=month), {"month": str(month)})
    return 0


def status(arguments: argparse.Namespace) -> int:
    """Show a year of a book."""
    from logistics_desktop.features.depreciation.board import board
    from logistics_desktop.features.depreciation.months import Month

    with _at_book(arguments) as (session, book):
        lines = board(session, book.id, Month(arguments.year or book.open_month.year, 1))
    if arguments.json:
        _print_json({"book": book.code, "open_month": str(book.open_month), "months": [_as_json(one) for one in lines]})
        return 0
    print(f"{book.code} {book.name}")
    head = (_("month"), _("state"), _("entries"), _("total"))
    shown = [(str(one.month), _(_STATES[one.state.value]), f"{one.entries:,}", f"{one.total:,}") for one in lines]
    print("\n".join(columns([head, *shown])))
    return 0


def _run_as_json(done: Run) -> dict[str, Any]:
    return {
        "months": [{"month": str(one.month), "entries": one.entries, "total": str(one.total)} for one in done.months],
        "doubts": [
            {
                "month": str(doubt.month),
                "asset": doubt.code,
                "name": doubt.name,
                "left_out": doubt.left_out,
                "problem": str(doubt.problem),
            }
            for doubt in done.doubts
        ],
    }


def _as_json(line: MonthLine) -> dict[str, Any]:
    told = {
        key: str(value) for key, value in asdict(line).items() if value is not None and key.endswith(("_at", "_by"))
    }
    if line.reopened_reason:
        told["reopened_reason"] = line.reopened_reason
    return {
        "month": str(line.month),
        "state": line.state.value,
        "entries": line.entries,
        "total": str(line.total),
        **told,
    }


def _answer(arguments: argparse.Namespace, text: str, facts: dict[str, Any]) -> None:
    if arguments.json:
        _print_json(facts)
    else:
        print(text)


def _print_json(value: object) -> None:
    print(json.dumps(value, ensure_ascii=False, indent=2))
