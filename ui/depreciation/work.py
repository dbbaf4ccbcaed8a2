"""What the screens of depreciation have done in workers, each in one unit of work."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from db.models.depreciation import ChangeKind
from logistics_desktop.context import Office
from logistics_desktop.features.depreciation import ahead, board, changing, closing, one_asset, runs, tie_out, why
from logistics_desktop.features.depreciation import own_terms as terms
from logistics_desktop.features.depreciation.ahead import Ending, Forecast
from logistics_desktop.features.depreciation.board import BookLine, MonthLine
from logistics_desktop.features.depreciation.months import Month
from logistics_desktop.features.depreciation.one_asset import Course, Sourced
from logistics_desktop.features.depreciation.runs import Run
from logistics_desktop.features.depreciation.terms import Change
from logistics_desktop.features.depreciation.tie_out import AssetLine, Reason, Term, TieOut
from logistics_desktop.features.depreciation.why import Why
from logistics_desktop.jobs import Job
from logistics_desktop.ledger.records import Record
from logistics_desktop.ledgers import LEDGERS
from logistics_desktop.stopping import stoppable

MOST_LINES = 10_000
"""Assets of a term that are listed; the ledger of the month has them all."""


@dataclass(frozen=True, slots=True)
class AssetInBook:
    """An asset with its months and its terms in one book."""

    code: str | None
    name: str
    course: Course
    terms: dict[str, Sourced]


def books(office: Office, _job: Job) -> list[BookLine]:
    """The books."""
    with office.session() as session:
        return board.books(session)


def months(office: Office, book: int, first: Month, _job: Job) -> list[MonthLine]:
    """Twelve months of a book."""
    with office.session() as session:
        return board.board(session, book, first)


def run(office: Office, book: int, through: Month, job: Job) -> Run:
    """Calculate the months up to one."""
    return office.save(lambda session: runs.run(session, book, through, job), job=job)


def undo(office: Office, book: int, since: Month, job: Job) -> int:
    """Take back the run of a month and of those after it."""
    return office.save(lambda session: runs.undo(session, book, since), job=job)


def close(office: Office, book: int, month: Month, job: Job) -> None:
    """Close a month."""

    def work(session: Any) -> None:
        with stoppable(session, job):
            closing.close(session, book, month, job)

    office.save(work, job=job)


def reopen(office: Office, book: int, month: Month, reason: str, job: Job) -> None:
    """Open the month again that was closed last."""
    office.save(lambda session: closing.reopen(session, book, month, reason), job=job)


def tied(office: Office, book: int, month: Month, job: Job) -> TieOut:
    """The tie-out of a month."""
    with office.session() as session, stoppable(session, job):
        return tie_out.tie_out(session, book, month)


def term_lines(
    office: Office, book: int, month: Month, term: Term, reason: Reason | None, job: Job
) -> Sequence[AssetLine]:
    """The assets of a term of the tie-out."""
    with office.session() as session, stoppable(session, job):
        return tie_out.tie_out_rows(session, book, month, term, reason, MOST_LINES)


def doubts(office: Office, book: int, month: Month, job: Job) -> tuple[runs.Doubt, ...]:
    """What is wrong with assets in a month."""
    with office.session() as session, stoppable(session, job):
        return runs.doubts(session, book, month, job)


def explained(office: Office, book: int, asset: int, month: Month, _job: Job) -> Why:
    """Why an asset is charged what it is."""
    with office.session() as session:
        return why.why(session, book, asset, month)


def asset_in_book(office: Office, book: int, asset: int, _job: Job) -> AssetInBook:
    """The months of an asset, past and to come, and its terms with their origins."""
    with office.session() as session:
        code, name = one_asset.named(session, asset)
        return AssetInBook(code, name, one_asset.course(session, book, asset), one_asset.terms_of(session, book, asset))


def preview(office: Office, book: int, asset: int, change: Change, _job: Job) -> tuple[Course, Course]:
    """The months to come without a change and with it."""
    with office.session() as session:
        return one_asset.preview_change(session, book, asset, change)


def forecast(office: Office, book: int, job: Job) -> Forecast:
    """What the coming months will charge."""
    with office.session() as session:
        return ahead.forecast(session, book, job=job)


def endings(office: Office, book: int, until: Month, job: Job) -> list[Ending]:
    """The assets at the end of their life."""
    with office.session() as session:
        return ahead.ends_of_life(session, book, until, job)


def store_change(office: Office, book: int, asset: int, change: Change, kind: ChangeKind, reason: str, job: Job) -> int:
    """Store a change of value."""
    return office.save(lambda session: changing.record_change(session, book, asset, change, kind, reason), job=job)


def own_terms(office: Office, book: int, asset: int, job: Job) -> tuple[AssetInBook, Record | None]:
    """An asset in a book, and what the book says of it by itself."""
    found = asset_in_book(office, book, asset, job)
    with office.session() as session:
        return found, terms.own_terms(session, LEDGERS, book, asset)


def store_terms(
    office: Office, book: int, asset: int, before: Record | None, values: Mapping[str, Any], job: Job
) -> None:
    """Store what the book says of an asset by itself."""
    office.save(lambda session: terms.store_terms(session, LEDGERS, book, asset, before, values), job=job)
