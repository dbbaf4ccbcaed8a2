"""Entries on their way into the database: as text, some thousands at a time, with the digest of what was written."""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from psycopg import Connection

from logistics_desktop.features.depreciation.charging import Posted
from logistics_desktop.features.depreciation.inherited import Card
from logistics_desktop.features.depreciation.reading import first_day

_ENTER = "SELECT app.depreciation_enter(%s, %s, %s::app.depreciation_entry[])"
_TOGETHER = 500
"""Lines that are sent at once."""

NO_PLAN = "," * 6
"""The last columns of an asset that is charged by its terms from their beginning."""


@dataclass
class Ledger:
    """The entries of a run, month by month: what there is of each, and the rows that wait to be written.

    A digest is over the rows in the order of the assets, without the number of the book. Without a `driver` the entries
    are only counted; within a pipeline server and program work at the same time.
    """

    book: int
    driver: Connection[Any] | None = None
    entries: Counter[int] = field(default_factory=Counter)
    totals: Counter[int] = field(default_factory=Counter)
    _waiting: dict[int, list[str]] = field(default_factory=lambda: defaultdict(list))
    _digests: dict[int, hashlib._Hash] = field(default_factory=lambda: defaultdict(hashlib.sha256))

    def add(self, month: int, amount: int, line: str) -> None:
        """Take an entry, as `line` made it; assets come in their order."""
        waiting = self._waiting[month]
        waiting.append(line)
        self.totals[month] += amount
        if len(waiting) >= _TOGETHER:
            self.flush()

    def flush(self) -> None:
        """Send what waits."""
        for month, lines in sorted(self._waiting.items()):
            self.entries[month] += len(lines)
            self._digests[month].update("\n".join((*lines, "")).encode())
            if self.driver is not None:
                rows = '{"(,,' + ')","(,,'.join(lines) + ')"}'  # the book and the month are said once
                self.driver.execute(_ENTER, (self.book, first_day(month), rows))
                self.driver.pgconn.consume_input()  # a server whose answers nobody takes would stop working
        self._waiting.clear()

    def digest(self, month: int) -> str:
        """The SHA-256 of a month."""
        return self._digests[month].hexdigest()


def line(card: Card, posted: Posted) -> str:
    """An entry as PostgreSQL reads a row, from the third column on; a number of cents is written as a power of ten.

    No value needs quotes, and what is not there is left empty.
    """
    _month, months, amount, units, gone, terms, state = posted
    plan = state.plan
    value = plan.value - state.accumulated + plan.since_accumulated
    start = (
        f"{card.id},{_text(card.class_id)},{_text(card.department_id)},{terms.method.value},{terms.cost}e-2"
        f",{terms.residual}e-2,{_text(terms.life)},{months},{amount}e-2,{state.months},{state.accumulated}e-2"
        f",{terms.cost - state.accumulated - value}e-2,{value}e-2,{'t' if gone else 'f'},"
    )
    if plan.since_months == 0 and plan.value == plan.cost and plan.total_units is None and terms.total_units is None:
        return start + NO_PLAN
    return start + _rest(posted, units)


def _rest(posted: Posted, units: Decimal | None) -> str:
    plan = posted.state.plan
    return ",".join(
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
    return "" if value is None else str(value)
