"""Rows in groups by one or two fields, with the count and the sums of each, worked out by the database.

Days are grouped by their year: a group for each day would be a list again.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from logistics_desktop.errors import UserError
from logistics_desktop.i18n import N_, _
from logistics_desktop.ledger import kinds
from logistics_desktop.ledger.conditions import Condition, where
from logistics_desktop.ledger.entity import Entity, Ledgers
from logistics_desktop.ledger.fields import Field, Kind, Reference
from logistics_desktop.ledger.filters import Query, Sort
from logistics_desktop.ledger.ordering import Step, Titles
from logistics_desktop.ledger.rows import SORT_MEMORY, packed_ids, unpacked

LEVELS = 2
MOST = 20_000
"""Groups; a column with more different values than that is no help to anybody."""

Path = tuple[Any, ...]

_GROUPABLE = frozenset({Kind.CHOICE, Kind.REFERENCE, Kind.TEXT, Kind.CODE, Kind.DATE, Kind.INTEGER, Kind.MONTHS})


@dataclass(frozen=True, slots=True)
class Group:
    """The rows that have the same `values` in the fields grouped by."""

    values: tuple[Any, ...]
    count: int
    sums: dict[str, Decimal]

    @property
    def path(self) -> Path:
        """What tells the group from others: the values, of a reference its number."""
        return tuple(value.id if isinstance(value, Reference) else value for value in self.values)


def groupable(field: Field) -> bool:
    """Tell whether rows can be grouped by the field."""
    return field.kind in _GROUPABLE


def title_of(field: Field, value: Any) -> str:
    """Give what a group is called: the value as it is shown, of a day its year."""
    if field.kind is Kind.DATE and value is not None:
        return str(value.year if isinstance(value, date) else value)
    return kinds.text_of(field, value) or _(N_("(empty)"))


def in_group_order(query: Query, by: Sequence[str]) -> Query:
    """Give the query with the fields grouped by first in its order."""
    return replace(query, sorts=(*(_own(query, key) for key in by), *_within(query, by)))


def groups(session: Session, ledgers: Ledgers, entity: Entity, query: Query, by: Sequence[str]) -> list[Group]:
    """Give the groups of `query` in order. Raises `UserError` where there are more than `MOST`."""
    titles = Titles(ledgers)
    columns, order = _columns(titles, entity, query, by)
    summed = [field for field in entity if field.total]
    sums = [sa.func.coalesce(sa.func.sum(field.column), 0) for field in summed]
    statement = (
        sa.select(*columns, sa.func.count(), *sums)
        .select_from(titles.join(entity.model.__table__))
        .where(where(ledgers, entity, query))
        .group_by(*columns)
        .order_by(*order)
        .limit(MOST + 1)
    )
    found = session.execute(statement).all()
    if len(found) > MOST:
        raise UserError(
            N_("There are more than {most} groups. Group by a column with fewer different values, or filter first."),
            most=f"{MOST:,}",
        )
    make = _Values(entity, by)
    return [
        Group(make(row), row[len(columns)], {f.key: row[len(columns) + 1 + at] for at, f in enumerate(summed)})
        for row in found
    ]


def ids_in(
    session: Session, ledgers: Ledgers, entity: Entity, query: Query, by: Sequence[str], paths: Iterable[Path] | None
) -> dict[Path, array[int]]:
    """Give the numbers of the rows of the groups `paths`, in order; of all groups for None."""
    titles = Titles(ledgers)
    columns, _order = _columns(titles, entity, query, by)
    inner = replace(query, sorts=_within(query, by))
    packed = packed_ids(titles, entity, inner)
    wanted = where(ledgers, entity, query)
    if paths is not None:
        wanted = sa.and_(wanted, sa.or_(sa.false(), *(_is(entity, by, path) for path in paths)))
    session.execute(SORT_MEMORY)
    source = titles.join(entity.model.__table__)
    found = session.execute(sa.select(*columns, packed).select_from(source).where(wanted).group_by(*columns))
    make = _Values(entity, by)
    return {Group(make(row), 0, {}).path: unpacked(row[-1]) for row in found}


def _is(entity: Entity, by: Sequence[str], path: Path) -> Condition:
    parts = [(_value(entity.by_key[key]), value) for key, value in zip(by, path, strict=True)]
    return sa.and_(*(column.is_(None) if value is None else column == value for column, value in parts))


def _value(field: Field) -> sa.ColumnElement[Any]:
    if field.kind is Kind.DATE:
        return sa.cast(sa.extract("year", field.stored), sa.Integer)
    return field.read


def _columns(
    titles: Titles, entity: Entity, query: Query, by: Sequence[str]
) -> tuple[list[sa.ColumnElement[Any]], list[sa.ColumnElement[Any]]]:
    """Give the columns to group by, for a reference number and title, and the order of the groups."""
    columns: list[sa.ColumnElement[Any]] = []
    order = []
    for key in by:
        field = entity.by_key[key]
        value = _value(field)
        columns.append(value)
        if field.target is not None:
            columns.append(titles.of(field))
        order.append(Step(columns[-1], _own(query, key).descending, may_be_empty=True).named(columns[-1]))
    return columns, [*order, *columns]


def _own(query: Query, key: str) -> Sort:
    return next((sort for sort in query.sorts if sort.key == key), Sort(key))


def _within(query: Query, by: Sequence[str]) -> tuple[Sort, ...]:
    return tuple(sort for sort in query.sorts if sort.key not in by)


class _Values:
    """Makes the values of a group of the columns that `_columns` gave."""

    def __init__(self, entity: Entity, by: Sequence[str]) -> None:
        self._points = [entity.by_key[key].target is not None for key in by]

    def __call__(self, row: Sequence[Any]) -> tuple[Any, ...]:
        rest = iter(row)
        values = []
        for points in self._points:
            value = next(rest)
            title = next(rest) if points else ""
            values.append(Reference(value, title) if points and value is not None else value)
        return tuple(values)
