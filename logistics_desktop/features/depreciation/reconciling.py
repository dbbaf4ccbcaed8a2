"""Finance's own workbook of a month beside the entries of a book."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Session

from db.models.assets import Asset, Standard, Status
from logistics_desktop.errors import UserError
from logistics_desktop.features.assets.choices import GONE, STATUSES
from logistics_desktop.features.depreciation import entries
from logistics_desktop.features.depreciation.board import BookLine
from logistics_desktop.features.depreciation.differences import Cause, Figures, Guess, Ours
from logistics_desktop.features.depreciation.months import Month
from logistics_desktop.features.depreciation.old_schedules import OldSchedule, YearLine, check_schedule, read_schedules
from logistics_desktop.features.depreciation.old_workbook import OldList, read_list
from logistics_desktop.features.depreciation.reconcile import Reconciliation, key, reconcile
from logistics_desktop.features.depreciation.standards import months_until
from logistics_desktop.features.depreciation.terms import Terms
from logistics_desktop.i18n import N_, _
from logistics_desktop.jobs import Job
from logistics_desktop.workbook.annotate import Annotated, annotate

HEADING = N_("Compared with the book")
"""The header of the column that the returned workbook has more."""


@dataclass(frozen=True, slots=True)
class Checked:
    """A sheet with the schedule of one asset, and its years beside what its own terms give."""

    old: OldSchedule
    lines: tuple[YearLine, ...]

    @property
    def wrong(self) -> tuple[YearLine, ...]:
        """The years that are not what the terms give."""
        return tuple(line for line in self.lines if line.guess)


@dataclass(frozen=True, slots=True)
class OldBook:
    """What a workbook of finance holds: the list of a month, or schedules of single assets, or both."""

    path: Path
    list: OldList | None
    schedules: tuple[Checked, ...]


def read_old_book(path: Path, standard: Standard, job: Job | None = None) -> OldBook:
    """Read finance's workbook. Raises `UserError` where there is nothing of both kinds in it, `Cancelled`."""
    schedules = tuple(Checked(one, tuple(check_schedule(one))) for one in read_schedules(path, standard, job))
    try:
        return OldBook(path, read_list(path, job), schedules)
    except UserError:
        if not schedules:
            raise
        return OldBook(path, None, schedules)


def compare(session: Session, book: BookLine, month: Month, old: OldList) -> Reconciliation:
    """Compare a list with the entries of a month. Raises `UserError` where the month has none."""
    ours = list(_ours(session, book, month))
    if not ours:
        raise UserError(
            N_("{month} is not calculated in the book {book}. Run depreciation first."), month=month, book=book.name
        )
    return reconcile(old.rows, ours, month, _absent(session, old))


def write_compared(old: OldList, found: Reconciliation, target: Path) -> Annotated:
    """Copy the workbook with one column more that says in every differing row what differs and why.

    Raises `UserError`.
    """
    words = {line.row: str(line) for line in found.differing if line.row is not None}
    return annotate(old.path, target, old.sheet, old.header_row, words, HEADING)


def _absent(session: Session, old: OldList) -> dict[str, Guess]:
    """Why assets of the list that have a card may be in no entry."""
    without_spaces = sa.func.lower(sa.func.replace(Asset.code, " ", ""))
    wanted = sa.literal(list({key(one.code) for one in old.rows}), ARRAY(sa.Text))
    found = session.execute(sa.select(Asset.code, Asset.status).where(without_spaces == sa.any_(wanted)))
    return {key(code): _why_absent(status) for code, status in found if code is not None}


def _why_absent(status: Status) -> Guess:
    if status in GONE:
        return Guess(Cause.GONE, {"status": _(STATUSES[status].label)})
    return Guess(Cause.LEFT_OUT)


def _ours(session: Session, book: BookLine, month: Month) -> Iterator[Ours]:
    for line in entries.lines(session, book.id, month):
        figures = Figures(line.cost, line.amount, line.accumulated, line.book_value, line.months_charged)
        terms = calendar = None
        if line.life_months and line.in_service_on:
            terms = Terms(book.standard, line.method, line.cost, line.residual, line.life_months, line.in_service_on)
            calendar = months_until(book.standard, line.in_service_on, month)
        yield Ours(line.code or "", line.name, figures, terms, calendar, line.asset_id)
