"""What part of a ledger the user sees, told to the planner of the database as well.

The policies of the database decide (`db/sql/02_protect.sql`). They ask "all, or these departments, or one's own", and
an index is of no use for a question with "all" in it. Who does not see all says here which rows it can only be.
"""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Session

from logistics_desktop.ledger.entity import Entity


def reached(session: Session, entity: Entity) -> sa.ColumnElement[bool] | None:
    """Hold for the rows that the policies can let through, or None where that is all of them.

    The database is asked once in a unit of work.
    """
    known: dict[str, sa.ColumnElement[bool] | None] = session.info.setdefault("reached", {})
    if entity.table not in known:
        known[entity.table] = _ask(session, entity)
    return known[entity.table]


def seen(session: Session, entity: Entity) -> sa.ColumnElement[bool]:
    """The same as a condition that holds for all rows where all are seen."""
    found = reached(session, entity)
    return sa.true() if found is None else found


def _ask(session: Session, entity: Entity) -> sa.ColumnElement[bool] | None:
    told = sa.func.app.reached(entity.table).table_valued("whole", "department", "ids", "owner", "me")
    found = session.execute(sa.select(told)).one()
    if found.whole:
        return None
    table = entity.model.__table__.c
    parts = []
    if found.department is not None:
        parts.append(table[found.department] == sa.any_(sa.literal(found.ids, ARRAY(sa.BigInteger))))
    if found.owner is not None and found.me is not None:
        parts.append(table[found.owner] == found.me)
    return sa.or_(sa.false(), *parts)
