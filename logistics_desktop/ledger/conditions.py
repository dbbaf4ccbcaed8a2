"""Filters as SQL."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import ARRAY

from db.base import Base, Searchable
from logistics_desktop.ledger import search
from logistics_desktop.ledger.entity import Entity, Ledgers
from logistics_desktop.ledger.fields import Field, Kind
from logistics_desktop.ledger.filters import Between, Blank, Contains, Filter, OneOf, Query, Within

Condition = sa.ColumnElement[bool]


def where(
    ledgers: Ledgers, entity: Entity, query: Query, *, by_index: bool = True, most: int | None = None
) -> Condition:
    """Hold for the rows of `entity` that `query` asks for, or for any `most` of them.

    Without `by_index` it is asked as it is cheap for few rows.
    """
    limit = None if query.filters else most
    found = search.condition(entity, query.search, by_index=by_index, most=limit)
    filters = (passes(ledgers, entity, one, by_index=by_index) for one in query.filters)
    return sa.and_(in_scope(entity), *filters, found)


def in_scope(entity: Entity) -> Condition:
    """Hold for the rows that `entity` is about."""
    columns = entity.model.__table__.c
    return sa.and_(sa.true(), *(columns[key] == value for key, value in entity.scope.items()))


def numbered(entity: Entity, ids: Sequence[int]) -> Condition:
    """Hold for the rows of `entity` with these numbers."""
    return sa.and_(id_of(entity.model) == sa.any_(sa.literal(list(ids), ARRAY(sa.BigInteger))), in_scope(entity))


def passes(ledgers: Ledgers, entity: Entity, one: Filter, *, by_index: bool = True) -> Condition:
    """Hold for the rows that pass one filter."""
    field = entity.by_key[one.key]
    column = field.read
    match one:
        case Contains(_, text):
            return _contains(ledgers, entity, field, text, by_index=by_index)
        case Between(_, low, high):
            return sa.and_(sa.true(), *_bounds(column, low, high))
        case OneOf(_, values):
            return column.in_(values)
        case Within(_, ids, children):
            return column == sa.any_(subtree(ledgers.target(field), ids) if children else _ids(ids))
        case Blank(_, empty):
            return column.is_(None) if empty else column.is_not(None)


def _bounds(column: sa.ColumnElement[Any], low: Any, high: Any) -> list[Condition]:
    bounds = []
    if low is not None:
        bounds.append(column >= low)
    if high is not None:
        bounds.append(column <= high)
    return bounds


def _contains(ledgers: Ledgers, entity: Entity, field: Field, text: str, *, by_index: bool) -> Condition:
    if field.kind is Kind.REFERENCE:
        target = ledgers.target(field)
        named = sa.select(id_of(target.model)).where(_holds(target.by_key[target.title.key].stored, text))
        return field.stored == sa.any_(sa.func.array(named.scalar_subquery()))
    held = _holds(field.read, text)
    if by_index and field.searched and search.grams(search.fold(text)) and issubclass(entity.model, Searchable):
        # The index of the quick search covers this field too and spares reading the whole table.
        return sa.and_(search.found(entity, [search.fold(text)], refs=()), held)
    return held


def _holds(column: sa.ColumnElement[Any], text: str) -> Condition:
    return sa.func.lower(sa.func.normalize(column, sa.text("NFKC"))).contains(search.fold(text), autoescape=True)


def _ids(ids: tuple[int, ...]) -> sa.ColumnElement[Any]:
    return sa.literal(list(ids), ARRAY(sa.BigInteger))


def subtree(target: Entity, ids: tuple[int, ...]) -> sa.ColumnElement[Any]:
    """Give `ids` and all rows below them, as one array that is worked out once."""
    if target.parent is None:
        return _ids(ids)
    found = id_of(target.model)
    below = sa.select(found.label("id")).where(found == sa.any_(_ids(ids))).cte(recursive=True)
    # UNION, not UNION ALL, ends even where somebody has made a ring.
    below = below.union(sa.select(found).where(target.parent.column == below.c.id))
    return sa.func.array(sa.select(below.c.id).scalar_subquery())


def id_of(model: type[Base]) -> sa.ColumnElement[int]:
    """The column of the numbers by which rows are referred to."""
    return model.__table__.c.id
