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

NULL = r"\N"
NO_PLAN = "\t".join([NULL] * 7)
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
            text = "\n".join(lines)
            self._digests[month].update(text.encode())
            self._digests[month].update(b"\n")
            if self.driver is not None:
                self.driver.execute(_ENTER, (self.book, first_day(month), _rows(text)))
                self.driver.pgconn.consume_input()  # a server whose answers nobody takes would stop working
        self._waiting.clear()

    def digest(self, month: int) -> str:
        """The SHA-256 of a month."""
        return self._digests[month].hexdigest()


def _rows(text: str) -> str:
    """Lines as PostgreSQL reads an array of rows, whose first two columns are left empty; no value needs quotes."""
    return '{"(,,' + text.replace(NULL, "").replace("\t", ",").replace("\n", ')","(,,') + ')"}'


def line(card: Card, posted: Posted) -> str:
    """An entry as `app.depreciation_enter` reads it; a number of cents is written as a power of ten."""
    _month, months, amount, units, gone, terms, state = posted
    plan = state.plan
    value = plan.value - state.accumulated + plan.since_accumulated
    start = (
        f"{card.id}\t{_text(card.class_id)}\t{_text(card.department_id)}\t{terms.method.value}\t{terms.cost}e-2"
        f"\t{terms.residual}e-2\t{_text(terms.life)}\t{months}\t{amount}e-2\t{state.months}\t{state.accumulated}e-2"
        f"\t{terms.cost - state.accumulated - value}e-2\t{value}e-2\t{'t' if gone else 'f'}\t"
    )
    if plan.since_months == 0 and plan.value == plan.cost and plan.total_units is None and terms.total_units is None:
        return start + NO_PLAN
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
    return NULL if value is None else str(value)
