"""Entries on their way into the database: by COPY, as text, with the digest of what was written."""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from decimal import Decimal

from sqlalchemy.orm import Session

from logistics_desktop.features.depreciation.charging import Posted
from logistics_desktop.features.depreciation.inherited import Card
from logistics_desktop.features.depreciation.reading import driver_of, first_day

COLUMNS = (
    "book_id, month, asset_id, class_id, department_id, method, cost, residual, life_months, months, amount,"
    " months_charged, accumulated, impairment, book_value, gone, total_units, units, plan_value, plan_since_months,"
    " plan_since_accumulated, plan_units_left, plan_used"
)
COPY = f"COPY app.depreciation_entry ({COLUMNS}) FROM STDIN"

_NULLS = "\t".join([r"\N"] * 7)


@dataclass
class Ledger:
    """The entries of a run, month by month: what there is of each, and the rows that wait to be written.

    A digest is over the rows in the order of the assets, without the number of the book.
    """

    book: int
    entries: Counter[int] = field(default_factory=Counter)
    totals: Counter[int] = field(default_factory=Counter)
    _waiting: dict[int, list[str]] = field(default_factory=lambda: defaultdict(list))
    _digests: dict[int, hashlib._Hash] = field(default_factory=lambda: defaultdict(hashlib.sha256))

    def add(self, card: Card, posted: Posted) -> None:
        """Take an entry; assets come in their order."""
        self._waiting[posted.month].append(line(card, posted))
        self.totals[posted.month] += posted.amount

    def flush(self, session: Session | None) -> None:
        """Write what waits; without a session it is only counted."""
        for month, lines in sorted(self._waiting.items()):
            self.entries[month] += len(lines)
            text = "\n".join(lines)
            self._digests[month].update(text.encode())
            self._digests[month].update(b"\n")
            if session is not None:
                start = f"{self.book}\t{first_day(month)}\t"
                rows = start + text.replace("\n", "\n" + start) + "\n"
                with driver_of(session).cursor() as cursor, cursor.copy(COPY) as copy:
                    copy.write(rows)
        self._waiting.clear()

    def digest(self, month: int) -> str:
        """The SHA-256 of a month."""
        return self._digests[month].hexdigest()


def line(card: Card, posted: Posted) -> str:
    """An entry as COPY reads it, without book and month; a number of cents is written as a power of ten."""
    _month, months, amount, units, gone, terms, state = posted
    plan = state.plan
    value = plan.value - state.accumulated + plan.since_accumulated
    start = (
        f"{card.id}\t{_text(card.class_id)}\t{_text(card.department_id)}\t{terms.method.value}\t{terms.cost}e-2"
        f"\t{terms.residual}e-2\t{_text(terms.life)}\t{months}\t{amount}e-2\t{state.months}\t{state.accumulated}e-2"
        f"\t{terms.cost - state.accumulated - value}e-2\t{value}e-2\t{'t' if gone else 'f'}\t"
    )
    if plan.since_months == 0 and plan.value == plan.cost and plan.total_units is None and terms.total_units is None:
        return start + _NULLS
    return start + _rest(posted, units)


def _rest(posted: Posted, units: Decimal | None) -> str:
    plan = posted.state.plan
    return "\t".join(
        (
            _text(posted.terms.total_units),
            _text(units),
            f"{plan.value}e-2",
            str(plan.since_months),
            f"{plan.since_accumulated}e-2",
            _text(plan.units_left),
            _text(posted.state.used or None),
        )
    )


def _text(value: object) -> str:
    return r"\N" if value is None else str(value)
