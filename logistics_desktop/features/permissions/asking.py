"""The database is asked what the user may do."""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy.orm import Session

from db.models.permissions import Permission, Protection
from logistics_desktop.features.permissions.rights import Needs, Rights


def read(session: Session) -> Rights:
    """Ask the database what the user may do."""
    scope = sa.func.app.scope_of(Permission.key)
    scopes = {key: reach for key, reach in session.execute(sa.select(Permission.key, scope)) if reach is not None}
    columns = (Protection.table_name, Protection.readable, Protection.writable, Protection.removable)
    # What policies written by hand ask is not known here, so nothing of it is held back.
    tables = session.execute(sa.select(*columns).where(Protection.rule.is_(None)))
    return Rights(scopes, {name: Needs(*needs) for name, *needs in tables})
