"""Views that people save, and the login of a person."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0006"
down_revision = "0004"


def upgrade() -> None:
    op.add_column("staff", sa.Column("login", sa.String(64)), schema="app")
    op.create_unique_constraint(op.f("uq_staff_login"), "staff", ["login"], schema="app")
    op.create_table(
        "view",
        sa.Column("id", sa.BigInteger(), sa.Identity(), nullable=False),
        sa.Column("ledger", sa.String(64), nullable=False),
        sa.Column("name", sa.String(200), nullable=False),
        sa.Column("document", postgresql.JSONB(), nullable=False),
        sa.Column("shared_with", sa.String(200)),
        sa.Column("opens", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.func.now(), nullable=False),
        sa.Column("created_by", sa.String(64), server_default=sa.text("session_user"), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), server_default=sa.func.now(), nullable=False),
        sa.Column("updated_by", sa.String(64), server_default=sa.text("session_user"), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_view")),
        sa.UniqueConstraint("created_by", "ledger", "name", name=op.f("uq_view_created_by_ledger_name")),
        schema="app",
    )
    op.create_table(
        "view_choice",
        sa.Column("login", sa.String(64), server_default=sa.text("session_user"), nullable=False),
        sa.Column("ledger", sa.String(64), nullable=False),
        sa.Column("view_id", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("login", "ledger", name=op.f("pk_view_choice")),
        sa.ForeignKeyConstraint(
            ["view_id"], ["app.view.id"], name=op.f("fk_view_choice_view_id"), ondelete="CASCADE"
        ),
        schema="app",
    )
    op.create_index(op.f("ix_view_choice_view_id"), "view_choice", ["view_id"], schema="app")
