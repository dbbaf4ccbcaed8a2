"""Find what happened to the files of a record."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    op.create_index(
        "ix_change_attachment",
        "change",
        [sa.text("(COALESCE(after, before) ->> 'table_name')"), sa.text("(COALESCE(after, before) ->> 'record_id')")],
        schema="app",
        postgresql_where=sa.text("table_name = 'attachment'"),
    )
