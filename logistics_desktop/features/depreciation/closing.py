"""Closing a month of a book, and opening it again."""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy.orm import Session

from db.models.depreciation import Period, PeriodState
from logistics_desktop.errors import Refused
from logistics_desktop.features.depreciation.months import Month
from logistics_desktop.features.depreciation.runs import digest
from logistics_desktop.i18n import N_
from logistics_desktop.jobs import Job


def close(session: Session, book: int, month: Month, job: Job | None = None) -> None:
    """Close a month for good: the figures that finance has seen, if a run would still give them.

    Raises `Refused` where cards or terms changed since the run, where the month before is not closed, where somebody
    else was quicker; and `Cancelled`.
    """
    stored = session.execute(
        sa.select(Period.state, Period.digest).where(Period.book_id == book, Period.month == month.first_day)
    ).one_or_none()
    now = ""
    if stored is not None and stored[0] is PeriodState.CALCULATED:
        now = digest(session, book, month, job)
        if stored[1] != now:
            raise Refused(
                N_("Cards or terms have changed since {month} was calculated. Run it again, then close it."),
                month=month,
            )
    session.execute(sa.select(sa.func.app.depreciation_close(book, month.first_day, now)))


def reopen(session: Session, book: int, month: Month, reason: str) -> None:
    """Open the month that was closed last. Raises `Refused` without a reason, which the history keeps."""
    session.execute(sa.select(sa.func.app.depreciation_reopen(book, month.first_day, reason)))
