"""Cards without a number yet, steps that can be taken back, counters of numbers, a map between class editions."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    op.alter_column("asset", "code", existing_type=sa.String(64), nullable=True, schema="app")
    op.create_unique_constraint(op.f("uq_asset_class_id_edition"), "asset_class", ["id", "edition"], schema="app")
    _class_map()
    op.create_table(
        "operation",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), server_default=sa.func.now(), nullable=False),
        sa.Column("who", sa.String(64), server_default=sa.text("session_user"), nullable=False),
        sa.Column("kind", sa.String(32), nullable=False),
        sa.Column("ledger", sa.String(64), nullable=False),
        sa.Column("title", sa.String(200), nullable=False),
        sa.Column("rows", sa.Integer(), nullable=False),
        sa.Column("undone_at", sa.DateTime(timezone=True)),
        sa.Column("undone_by", sa.String(64)),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_operation")),
        schema="app",
    )
    op.create_index(op.f("ix_operation_at"), "operation", ["at"], schema="app")
    op.create_table(
        "number_counter",
        sa.Column("pattern", sa.String(200), nullable=False),
        sa.Column("last", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("pattern", name=op.f("pk_number_counter")),
        schema="app",
    )


def _class_map() -> None:
    op.create_table(
        "asset_class_map",
        sa.Column("id", sa.BigInteger(), sa.Identity(), nullable=False),
        sa.Column("from_id", sa.BigInteger(), nullable=False),
        sa.Column("to_id", sa.BigInteger(), nullable=False),
        sa.Column("to_edition", sa.String(64), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.func.now(), nullable=False),
        sa.Column("created_by", sa.String(64), server_default=sa.text("session_user"), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), server_default=sa.func.now(), nullable=False),
        sa.Column("updated_by", sa.String(64), server_default=sa.text("session_user"), nullable=False),
        sa.CheckConstraint("from_id <> to_id", name="not_onto_itself"),
        sa.ForeignKeyConstraint(
            ["from_id"],
            ["app.asset_class.id"],
            name=op.f("fk_asset_class_map_from_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["to_id", "to_edition"],
            ["app.asset_class.id", "app.asset_class.edition"],
            name=op.f("fk_asset_class_map_to_id_to_edition"),
            onupdate="CASCADE",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_asset_class_map")),
        sa.UniqueConstraint("from_id", "to_edition", name=op.f("uq_asset_class_map_from_id_to_edition")),
        schema="app",
    )
    op.create_index(op.f("ix_asset_class_map_to_id"), "asset_class_map", ["to_id"], schema="app")
