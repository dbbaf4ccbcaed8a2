"""The tie-out (勾稽) of a month: last month + started − finished ± changed = this month, each term with its assets.

Each asset whose charge differs from last month's is in one term, for a reason that its entries prove. What nothing
proves is not explained, and the month does not tie.
"""

from __future__ import annotations

import enum
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

import sqlalchemy as sa
from sqlalchemy.orm import Session

from logistics_desktop.features.depreciation.board import month_line
from logistics_desktop.features.depreciation.months import Month
from logistics_desktop.i18n import N_


class Term(enum.Enum):
    """A term of the tie-out (labels are message ids)."""

    STARTED = "started"
    FINISHED = "finished"
    CHANGED = "changed"

    @property
    def label(self) -> str:
        """What it is called."""
        return _TERMS[self]


_TERMS = {Term.STARTED: N_("Started"), Term.FINISHED: N_("Finished"), Term.CHANGED: N_("Changed")}


class Reason(enum.Enum):
    """Why an asset is charged differently from last month."""

    FIRST_MONTH = "first_month"
    CAUGHT_UP = "caught_up"
    LIFE_OVER = "life_over"
    GONE = "gone"
    GONE_BEFORE = "gone_before"
    TERMS = "terms"
    UNITS = "units"
    METHOD = "method"
    LAST_CENTS = "last_cents"
    UNEXPLAINED = "unexplained"

    @property
    def label(self) -> str:
        """What it is called (a message id)."""
        return _REASONS[self]


_REASONS = {
    Reason.FIRST_MONTH: N_("First month of depreciation"),
    Reason.CAUGHT_UP: N_("Missed months charged at once"),
    Reason.LIFE_OVER: N_("Fully depreciated"),
    Reason.GONE: N_("Disposed of"),
    Reason.GONE_BEFORE: N_("Disposed of in a closed month"),
    Reason.TERMS: N_("Value, life, residual or method changed"),
    Reason.UNITS: N_("Other units than last month"),
    Reason.METHOD: N_("Next year of an accelerated method"),
    Reason.LAST_CENTS: N_("The last month takes what is left"),
    Reason.UNEXPLAINED: N_("Not explained"),
}


@dataclass(frozen=True, slots=True)
class TermLine:
    """One reason within a term: how many assets, and what they add up to (below zero where they take away)."""

    term: Term
    reason: Reason
    assets: int
    amount: Decimal


@dataclass(frozen=True, slots=True)
class Movement:
    """A sum over all assets from the end of one month to the end of the next."""

    last: Decimal
    arrived: Decimal
    changed: Decimal
    gone: Decimal
    this: Decimal

    @property
    def balances(self) -> bool:
        """Whether it adds up."""
        return self.last + self.arrived + self.changed - self.gone == self.this


@dataclass(frozen=True, slots=True)
class TieOut:
    """The tie-out of a month's charge, and the movements of original value and accumulated depreciation beside it."""

    month: Month
    last: Decimal
    lines: tuple[TermLine, ...]
    this: Decimal
    recorded: Decimal
    cost: Movement
    accumulated: Movement

    def sum(self, term: Term) -> Decimal:
        """One term."""
        return sum((line.amount for line in self.lines if line.term is term), Decimal("0.00"))

    @property
    def balances(self) -> bool:
        """Whether the month ties: every difference explained, and every sum right."""
        explained = all(line.reason is not Reason.UNEXPLAINED for line in self.lines)
        added = self.last + sum((line.amount for line in self.lines), Decimal(0))
        return explained and added == self.this == self.recorded and self.cost.balances and self.accumulated.balances


@dataclass(frozen=True, slots=True)
class AssetLine:
    """An asset of a term: its charge last month and this month."""

    asset_id: int
    code: str | None
    name: str
    reason: Reason
    before: Decimal
    now: Decimal


_DIFFERENT = """
    SELECT coalesce(now.asset_id, old.asset_id) AS asset_id,
        coalesce(old.amount, 0) AS before, coalesce(now.amount, 0) AS now,
        CASE WHEN coalesce(old.amount, 0) = 0 THEN 'started'
             WHEN coalesce(now.amount, 0) = 0 THEN 'finished' ELSE 'changed' END AS term,
        CASE WHEN now.asset_id IS NULL THEN CASE WHEN old.gone THEN 'gone' ELSE 'unexplained' END
             WHEN now.months > 1 OR old.months > 1 THEN 'caught_up'
             WHEN old.asset_id IS NULL THEN 'first_month'
             WHEN (now.cost, now.residual, now.life_months, now.method, now.total_units, now.impairment)
                  IS DISTINCT FROM
                  (old.cost, old.residual, old.life_months, old.method, old.total_units, old.impairment) THEN 'terms'
             WHEN now.amount = 0 AND now.gone THEN
                 CASE WHEN (SELECT a.disposed_on FROM app.asset a WHERE a.id = now.asset_id) < :month
                      THEN 'gone_before' ELSE 'gone' END
             WHEN now.amount = 0 AND now.book_value = now.residual THEN 'life_over'
             WHEN now.method = 'units_of_production' THEN 'units'
             WHEN old.months = 0 AND now.months = 1 THEN 'first_month'
             WHEN now.book_value = now.residual THEN 'last_cents'
             WHEN now.method IN ('double_declining', 'sum_of_years') THEN 'method'
             ELSE 'unexplained' END AS reason
    FROM (SELECT * FROM app.depreciation_entry WHERE book_id = :book AND month = :month) now
    FULL JOIN (SELECT * FROM app.depreciation_entry WHERE book_id = :book AND month = :last) old
        ON old.asset_id = now.asset_id
    WHERE coalesce(now.amount, 0) <> coalesce(old.amount, 0)
"""

_MOVED = """
    SELECT coalesce(sum(old.{0}) FILTER (WHERE NOT old.gone), 0),
        coalesce(sum(now.{0} - {1}) FILTER (WHERE old.asset_id IS NULL OR old.gone), 0),
        coalesce(sum(now.{0} - CASE WHEN old.asset_id IS NULL OR old.gone THEN now.{0} - {1} ELSE old.{0} END), 0),
        coalesce(sum(now.{0}) FILTER (WHERE now.gone), 0),
        coalesce(sum(now.{0}) FILTER (WHERE NOT now.gone), 0)
    FROM (SELECT * FROM app.depreciation_entry WHERE book_id = :book AND month = :month) now
    FULL JOIN (SELECT * FROM app.depreciation_entry WHERE book_id = :book AND month = :last) old
        ON old.asset_id = now.asset_id
"""


def tie_out(session: Session, book: int, month: Month) -> TieOut:
    """The tie-out of a month that is calculated or closed; of an open month everything is nothing."""
    place = _place(session, book, month)
    grouped = sa.text(
        f"SELECT term, reason, count(*), sum(now - before) FROM ({_DIFFERENT}) d GROUP BY 1, 2 ORDER BY 1, 2"  # noqa: S608
    )
    lines = [TermLine(Term(row[0]), Reason(row[1]), row[2], row[3]) for row in session.execute(grouped, place)]
    order = (list(Term), list(Reason))
    lines.sort(key=lambda line: (order[0].index(line.term), order[1].index(line.reason)))
    return TieOut(
        month,
        _total(session, book, month - 1),
        tuple(lines),
        _total(session, book, month),
        month_line(session, book, month).total,
        Movement(*session.execute(sa.text(_MOVED.format("cost", "0")), place).one()),
        Movement(*session.execute(sa.text(_MOVED.format("accumulated", "now.amount")), place).one()),
    )


def tie_out_rows(
    session: Session, book: int, month: Month, term: Term, reason: Reason | None = None, limit: int | None = None
) -> Sequence[AssetLine]:
    """The assets of a term, or of one reason in it, the largest difference first."""
    statement = sa.text(
        f"SELECT d.asset_id, a.code, a.name, d.reason, d.before, d.now FROM ({_DIFFERENT}) d"  # noqa: S608
        " JOIN app.asset a ON a.id = d.asset_id WHERE d.term = :term AND (:reason IS NULL OR d.reason = :reason)"
        " ORDER BY abs(d.now - d.before) DESC, d.asset_id LIMIT :limit"
    ).bindparams(sa.bindparam("reason", type_=sa.Text), sa.bindparam("limit", type_=sa.BigInteger))
    asked = {
        **_place(session, book, month),
        "term": term.value,
        "reason": reason.value if reason else None,
        "limit": limit,
    }
    return [
        AssetLine(number, code, name, Reason(why), before, now)
        for number, code, name, why, before, now in session.execute(statement, asked)
    ]


def _place(session: Session, book: int, month: Month) -> dict[str, object]:
    return {"book": book, "month": month.first_day, "last": (month - 1).first_day}


def _total(session: Session, book: int, month: Month) -> Decimal:
    statement = sa.text(
        "SELECT coalesce(sum(amount), 0.00) FROM app.depreciation_entry WHERE book_id = :book AND month = :month"
    )
    total = session.scalar(statement, {"book": book, "month": month.first_day})
    assert isinstance(total, Decimal)
    return total
