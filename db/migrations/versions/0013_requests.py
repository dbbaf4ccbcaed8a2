"""The keys of the writes that have had their effect."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"


def upgrade() -> None:
    op.create_table(
        "request",
        sa.Column("login", sa.String(64), server_default=sa.text("session_user"), nullable=False),
        sa.Column("key", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), server_default=sa.func.now(), nullable=False),
        sa.Column("number", sa.BigInteger()),
        sa.PrimaryKeyConstraint("login", "key", name=op.f("pk_request")),
        schema="app",
    )
    op.create_index("ix_request_login_at", "request", ["login", "at"], schema="app")
