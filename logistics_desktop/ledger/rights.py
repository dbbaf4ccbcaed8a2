"""What the user who is signed in may change, as the database sees it."""

from __future__ import annotations

from collections.abc import Sequence

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Session

from db.base import SCHEMA
from logistics_desktop.errors import Refused
from logistics_desktop.i18n import N_, _
from logistics_desktop.ledger.entity import Entity


def refuse_read_only(session: Session, entity: Entity, keys: Sequence[str]) -> None:
    """Raise `Refused` that names the fields among `keys` which this user may only read."""
    column = sa.func.unnest(sa.literal(list(keys), ARRAY(sa.Text))).column_valued("key")
    may = sa.func.has_column_privilege(f"{SCHEMA}.{entity.table}", column, "UPDATE")
    fixed = session.scalars(sa.select(column).where(sa.not_(may))).all()
    if fixed:
        raise Refused(
            N_("You may only read these columns: {columns}. Nothing was changed. An administrator can give the right."),
            columns=", ".join(_(entity.by_key[key].label) for key in fixed),
        )
