"""Accounts that are locked for a while after wrong passwords."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"


def upgrade() -> None:
    for name in ("locked_until", "unlocked_at"):
        op.add_column("account", sa.Column(name, sa.DateTime(timezone=True)), schema="app")
