"""The first rows of a query, fast over any number of rows.

`WHERE … ORDER BY … LIMIT` leaves PostgreSQL a bet: walk the index of the order until enough rows have
passed, or gather the rows that pass and sort them. Walking for a rare word takes seconds, gathering a
common one too, and it cannot know which is which. So nothing is left to the bet. The order is walked for
`NEAR` rows, which is enough for what most rows pass. Then at most `FEW` rows that pass are gathered. Where
there are more, the walk goes on to `FAR` rows; only where that too finds too little are all rows sorted.
A word beside filters is looked up by its own index only if few rows have it, else in the rows of the filters.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import sqlalchemy as sa
from sqlalchemy.orm import Session

from logistics_desktop.ledger import search
from logistics_desktop.ledger.conditions import id_of, where
from logistics_desktop.ledger.entity import Entity, Ledgers
from logistics_desktop.ledger.filters import Query
from logistics_desktop.ledger.ordering import Titles, steps
from logistics_desktop.ledger.reaching import reached, seen

NEAR = 1_000
FEW = 5_000
FAR = 20_000
SEEN = 2_000  # in place of FEW for who sees a part of the rows: from here on walking past the others is faster

_OTHER_WAYS = ("enable_seqscan", "enable_bitmapscan", "enable_sort", "enable_hashjoin", "enable_mergejoin")


def first_ids(session: Session, ledgers: Ledgers, entity: Entity, query: Query, limit: int) -> list[int]:
    """Give the numbers of the first `limit` rows of `query`, in its order."""
    may_walk = _has_index(entity, query)
    whole = reached(session, entity) is None
    # Who sees a part of the rows walks past all the others: only after it is known that there are enough.
    if may_walk and whole:
        ids = _walked(session, ledgers, entity, query, limit, NEAR)
        if len(ids) == limit:
            return ids
    few = FEW if whole else SEEN
    by_index = not (query.filters and query.search) or _is_rare(session, entity, query.search, few)
    count, ids = _gathered(session, ledgers, entity, query, limit, few, by_index=by_index)
    if count <= few:
        return ids
    if may_walk:
        ids = _walked(session, ledgers, entity, query, limit, FAR)
        if len(ids) == limit:
            return ids
    return _sorted(session, ledgers, entity, query, limit, by_index=by_index)


def _is_rare(session: Session, entity: Entity, text: str, few: int) -> bool:
    return (session.scalar(search.counted(entity, text, few + 1)) or 0) <= few


def _gathered(
    session: Session, ledgers: Ledgers, entity: Entity, query: Query, limit: int, few: int, *, by_index: bool
) -> tuple[int, list[int]]:
    """Count at most `few` + 1 rows that pass, and give the first of them in order."""
    titles = Titles(ledgers)
    order = steps(titles, entity, query)
    named = [step.column.label(f"by_{at}") for at, step in enumerate(order)]
    some = (
        sa.select(id_of(entity.model).label("id"), *named)
        .select_from(titles.join(entity.model.__table__))
        .where(where(ledgers, entity, query, by_index=by_index, most=few + 1), seen(session, entity))
        .limit(few + 1)
        .cte("some")
        .prefix_with("MATERIALIZED")
    )
    by = [step.named(some.c[f"by_{at}"]) for at, step in enumerate(order)]
    ids = sa.func.array(sa.select(some.c.id).order_by(*by).limit(limit).scalar_subquery())
    count = sa.select(sa.func.count()).select_from(some).scalar_subquery()
    found = session.execute(sa.select(count, ids)).one()
    return found[0], list(found[1])


def _walked(session: Session, ledgers: Ledgers, entity: Entity, query: Query, limit: int, reach: int) -> list[int]:
    """Walk the order for `reach` rows; the empty values at its end, which an index may keep first, are left out."""
    titles = Titles(ledgers)
    first, *rest = steps(titles, entity, query)
    down = first.column.desc() if first.descending else first.column.asc()
    near = (
        sa.select(id_of(entity.model).label("id"), where(ledgers, entity, query, by_index=False).label("passes"))
        .select_from(titles.join(entity.model.__table__))
        .where(first.column.is_not(None))
        .order_by(down, *(step.named(step.column) for step in rest))
        .limit(reach)
        .subquery()
    )
    with _only_by_index(session):
        return list(session.scalars(sa.select(near.c.id).where(near.c.passes).limit(limit)))


def _sorted(
    session: Session, ledgers: Ledgers, entity: Entity, query: Query, limit: int, *, by_index: bool
) -> list[int]:
    titles = Titles(ledgers)
    order = [step.named(step.column) for step in steps(titles, entity, query)]
    found = sa.select(id_of(entity.model)).select_from(titles.join(entity.model.__table__))
    wanted = where(ledgers, entity, query, by_index=by_index), seen(session, entity)
    return list(session.scalars(found.where(*wanted).order_by(*order).limit(limit)))


def _has_index(entity: Entity, query: Query) -> bool:
    """Tell whether an index begins with the first column of the order; for a title, one on the reference."""
    keys = [sort.key for sort in query.sorts] or [column.key for column in entity.order]
    table = entity.model.__table__
    assert isinstance(table, sa.Table)
    unique = (one.columns.keys() for one in table.constraints if isinstance(one, sa.UniqueConstraint))
    first_of_each = {columns[0] for columns in (*unique, *(index.columns.keys() for index in table.indexes))}
    return bool(keys) and keys[0] in first_of_each


@contextmanager
def _only_by_index(session: Session) -> Iterator[None]:
    """Keep the planner from every way but the index of the order, until the end of the block.

    Before version 18 a forbidden way that must be taken counts as so dear that it would be compiled first.
    """
    with session.connection().begin_nested() as savepoint:
        session.execute(sa.select(*(sa.func.set_config(way, "off", True) for way in ("jit", *_OTHER_WAYS))))
        yield
        savepoint.rollback()  # which puts the settings back, whatever they were
