"""Count, sum, average, least and greatest of selected cells, worked out by the database."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from logistics_desktop.i18n import N_, _
from logistics_desktop.jobs import Job
from logistics_desktop.ledger.conditions import numbered, where
from logistics_desktop.ledger.entity import Entity, Ledgers
from logistics_desktop.ledger.fields import Field, Kind
from logistics_desktop.ledger.filters import Query
from logistics_desktop.ledger.kinds import numeric, text_of

_CHUNK = 20_000  # ids that are sent at once: a moment's work for the interpreter

Rows = Query | Sequence[int]


@dataclass(frozen=True, slots=True)
class CellTotals:
    """Of all selected cells `filled`; of the numbers among them, `numbers` many, the rest."""

    filled: int = 0
    numbers: int = 0
    total: Decimal = Decimal(0)
    least: Decimal | None = None
    greatest: Decimal | None = None

    def __add__(self, other: CellTotals) -> CellTotals:
        """The totals of both."""
        lows = [low for low in (self.least, other.least) if low is not None]
        highs = [high for high in (self.greatest, other.greatest) if high is not None]
        return CellTotals(
            self.filled + other.filled,
            self.numbers + other.numbers,
            self.total + other.total,
            min(lows, default=None),
            max(highs, default=None),
        )


def cell_totals(
    session: Session, ledgers: Ledgers, entity: Entity, parts: Iterable[tuple[Rows, tuple[str, ...]]], job: Job
) -> CellTotals:
    """Sum up cells: each part is rows (ids, or all that a query finds) and the keys of the fields selected there."""
    found = CellTotals()
    for rows, keys in parts:
        for condition in _conditions(ledgers, entity, rows):
            job.check()
            found += _of_columns(session, entity, keys, condition)
    return found


def in_words(entity: Entity, keys: Sequence[str], totals: CellTotals) -> str:
    """Say totals in a line; numbers of one kind as their field shows them."""
    said = [_(N_("Filled cells: {count}"), count=f"{totals.filled:,}")]
    if totals.numbers:
        assert totals.least is not None
        assert totals.greatest is not None
        fields = [entity.by_key[key] for key in keys if numeric(entity.by_key[key])]
        average = totals.total / totals.numbers
        shown = [_shown(fields, value) for value in (totals.total, average, totals.least, totals.greatest)]
        said.append(_(N_("Sum: {sum}   Average: {average}   Min: {least}   Max: {greatest}"), **_named(shown)))
    return "   ".join(said)


def _named(shown: Sequence[str]) -> dict[str, object]:
    return dict(zip(("sum", "average", "least", "greatest"), shown, strict=True))


def _shown(fields: Sequence[Field], value: Decimal) -> str:
    """Money with two decimals, rates in per cent; whole numbers may have an average with decimals."""
    if all(field.kind in (Kind.MONEY, Kind.RATE) and field.kind is fields[0].kind for field in fields):
        return text_of(fields[0], round(value, 8))
    text = f"{value:,.2f}"
    return text.rstrip("0").rstrip(".")


def _conditions(ledgers: Ledgers, entity: Entity, rows: Rows) -> Iterator[sa.ColumnElement[bool]]:
    if isinstance(rows, Query):
        yield where(ledgers, entity, rows)
        return
    for start in range(0, len(rows), _CHUNK):
        yield numbered(entity, rows[start : start + _CHUNK])


def _of_columns(session: Session, entity: Entity, keys: Sequence[str], condition: sa.ColumnElement[bool]) -> CellTotals:
    """All columns in one statement, so that the rows are read once."""
    columns = [entity.by_key[key].stored for key in keys]
    asked: list[sa.ColumnElement[Any]] = [sa.func.count(column) for column in columns]
    figures = [column for key, column in zip(keys, columns, strict=True) if numeric(entity.by_key[key])]
    for column in figures:
        number = sa.cast(column, sa.Numeric)
        asked += [sa.func.count(number), sa.func.sum(number), sa.func.min(number), sa.func.max(number)]
    row = session.execute(sa.select(*asked).select_from(entity.model.__table__).where(condition)).one()
    found = CellTotals(filled=sum(row[: len(columns)]))
    for at in range(len(columns), len(row), 4):
        count, total, least, greatest = row[at : at + 4]
        if count:
            found += CellTotals(0, count, total, least, greatest)
    return found
