"""The first rows of a query, fast over any number of rows.

`WHERE … ORDER BY … LIMIT` leaves PostgreSQL a bet: walk the index of the order until enough rows have
passed, or gather the rows that pass and sort them. Walking for a rare word takes seconds, gathering a
common one too. So it is not left to guess: the first `FEW` rows that pass are gathered behind a fence,
and only where there are more does it walk.
"""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy.orm import Session

from logistics_desktop.ledger.conditions import Condition, id_of, where
from logistics_desktop.ledger.entity import Entity, Ledgers
from logistics_desktop.ledger.filters import Query
from logistics_desktop.ledger.ordering import Titles, steps

FEW = 5_000


def first_ids(session: Session, ledgers: Ledgers, entity: Entity, query: Query, limit: int) -> list[int]:
    """Give the numbers of the first `limit` rows of `query`, in its order."""
    passing = where(ledgers, entity, query)
    if query.filters or query.search.strip():
        count, ids = _gathered(session, ledgers, entity, query, passing, limit)
        if count <= FEW:
            return ids
    return _walked(session, ledgers, entity, query, passing, limit)


def _gathered(
    session: Session, ledgers: Ledgers, entity: Entity, query: Query, passing: Condition, limit: int
) -> tuple[int, list[int]]:
    """Count at most `FEW` + 1 rows that pass, and give the first of them in order."""
    titles = Titles(ledgers)
    order = steps(titles, entity, query)
    named = [step.column.label(f"by_{at}") for at, step in enumerate(order)]
    few = (
        sa.select(id_of(entity.model).label("id"), *named)
        .select_from(titles.join(entity.model.__table__))
        .where(passing)
        .limit(FEW + 1)
        .cte("few")
        .prefix_with("MATERIALIZED")
    )
    by = [step.named(few.c[f"by_{at}"]) for at, step in enumerate(order)]
    ids = sa.func.array(sa.select(few.c.id).order_by(*by).limit(limit).scalar_subquery())
    count = sa.select(sa.func.count()).select_from(few).scalar_subquery()
    found = session.execute(sa.select(count, ids)).one()
    return found[0], list(found[1])


def _walked(
    session: Session, ledgers: Ledgers, entity: Entity, query: Query, passing: Condition, limit: int
) -> list[int]:
    """Walk the order; empty values, which an index keeps first on the way down, come as a second walk."""
    titles = Titles(ledgers)
    first, *rest = steps(titles, entity, query)
    source = titles.join(entity.model.__table__)
    found = sa.select(id_of(entity.model)).select_from(source).where(passing)
    after = [step.named(step.column) for step in rest]
    if not (first.descending and first.may_be_empty):
        return list(session.scalars(found.order_by(first.named(first.column), *after).limit(limit)))
    filled = found.where(first.column.is_not(None)).order_by(first.column.desc(), *after).limit(limit)
    ids = list(session.scalars(filled))
    if len(ids) < limit:
        empty = found.where(first.column.is_(None)).order_by(*after).limit(limit - len(ids))
        ids += session.scalars(empty)
    return ids
