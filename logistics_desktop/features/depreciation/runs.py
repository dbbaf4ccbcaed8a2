"""A run: every month of a book that is not closed, calculated anew for all assets, and taking it back."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

import sqlalchemy as sa
from sqlalchemy.orm import Session

from db.models.assets import Asset
from logistics_desktop.collecting import uncollected
from logistics_desktop.errors import UserError
from logistics_desktop.features.depreciation.cents import money
from logistics_desktop.features.depreciation.charging import Finding, Posted, charges
from logistics_desktop.features.depreciation.classes import Classes, read_classes
from logistics_desktop.features.depreciation.inherited import Rulebook
from logistics_desktop.features.depreciation.months import Month
from logistics_desktop.features.depreciation.posting import Ledger, line
from logistics_desktop.features.depreciation.reading import Chunk, driver_of, first_day, in_chunks, rulebook
from logistics_desktop.features.depreciation.swift import unchanged
from logistics_desktop.i18n import N_, _
from logistics_desktop.jobs import Job
from logistics_desktop.stopping import stoppable


@dataclass(frozen=True, slots=True)
class MonthRun:
    """What one month came to."""

    month: Month
    entries: int
    total: Decimal


@dataclass(frozen=True, slots=True)
class Doubt:
    """What is wrong with an asset in a month; `left_out` where it has no entry because of it."""

    asset_id: int
    code: str | None
    name: str
    month: Month
    left_out: bool
    problem: UserError


@dataclass(frozen=True, slots=True)
class Run:
    """What a run did: the months, and the assets that somebody should look at."""

    months: tuple[MonthRun, ...]
    doubts: tuple[Doubt, ...]


Found = list[tuple[int, Finding]]


def run(session: Session, book: int, through: Month, job: Job | None = None) -> Run:
    """Calculate all months up to `through` that are not closed, also those calculated before.

    The same data give the same entries, however often. Months after `through` are open again. Raises `Refused` where
    `through` is closed, `Cancelled`.
    """
    job = job or Job()
    with stoppable(session, job):
        started = session.scalar(sa.select(sa.func.app.depreciation_begin(book, through.first_day)))
        assert started is not None
        first = Month.of(started)
        ledger, found = _calculate(session, book, first, through, job, write=True)
        months = []
        for number in range(through - first + 1):
            month = first + number
            session.execute(sa.select(sa.func.app.depreciation_done(book, month.first_day, ledger.digest(month.index))))
            months.append(MonthRun(month, ledger.entries[month.index], money(ledger.totals[month.index])))
    return Run(tuple(months), _doubts(session, found))


def undo(session: Session, book: int, since: Month) -> int:
    """Take back the run of a month and of those after it; gives how many. Raises `Refused` where it is closed."""
    months = session.scalar(sa.select(sa.func.app.depreciation_undo(book, since.first_day)))
    return int(months or 0)


def digest(session: Session, book: int, month: Month, job: Job | None = None) -> str:
    """The digest that a run of `month` would have now; the months before are taken as they stand."""
    ledger, _found = _calculate(session, book, month, month, job or Job(), write=False)
    return ledger.digest(month.index)


def doubts(session: Session, book: int, month: Month, job: Job | None = None) -> tuple[Doubt, ...]:
    """The assets that a run of `month` would leave out or doubt."""
    _ledger, found = _calculate(session, book, month, month, job or Job(), write=False)
    return _doubts(session, found)


def _calculate(
    session: Session, book: int, first: Month, last: Month, job: Job, *, write: bool
) -> tuple[Ledger, Found]:
    rules, classes = rulebook(session, book), read_classes(session, book)
    ledger, found = Ledger(book, driver_of(session) if write else None), Found()
    text = _(N_("Calculating {first} to {last}"), first=first, last=last)
    with uncollected(), in_chunks(session, rules, first.index) as parts:
        for chunk, done, of in parts:
            job.progress(done, of, text)
            found.extend(_enter(ledger, rules, classes, chunk, first.index, last.index))
        ledger.flush()
    return ledger, found


def _enter(
    ledger: Ledger, rules: Rulebook, classes: Classes, chunk: Chunk, since: int, until: int
) -> Iterator[tuple[int, Finding]]:
    """Put the months of some assets into the ledger; gives what is wrong with them."""
    for row, entry in chunk.rows:
        if entry is not None and row[0] not in chunk.special:
            quick = unchanged(rules, classes, row, entry, since, until)
            if quick is not None:
                for made in quick:
                    ledger.add(*made)
                continue
        card, before, units, altered = chunk.subject(row, entry)
        for one in charges(rules, classes, card, before, since, until, units, altered):
            if isinstance(one, Posted):
                ledger.add(one.month, one.amount, line(card, one))
            else:
                yield card.id, one


def _doubts(session: Session, found: Sequence[tuple[int, Finding]]) -> tuple[Doubt, ...]:
    numbers = list({asset for asset, _finding in found})
    among = Asset.id == sa.any_(sa.literal(numbers, sa.ARRAY(sa.BigInteger)))
    named = {row.id: row for row in session.execute(sa.select(Asset.id, Asset.code, Asset.name).where(among))}
    return tuple(
        Doubt(asset, named[asset].code, named[asset].name, _month(one.month), one.left_out, one.problem)
        for asset, one in found
    )


def _month(index: int) -> Month:
    return Month.of(first_day(index))
