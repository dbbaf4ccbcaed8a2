"""The log of what people do beside changing rows, the seals over both logs, and rows without a number in the history."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"


def upgrade() -> None:
    op.alter_column("change", "record_id", nullable=True, schema="app")
    op.add_column("change", sa.Column("record_key", sa.Text()), schema="app")
    op.create_table("log_shift", sa.Column("shift", sa.BigInteger(), autoincrement=False, nullable=False), sa.PrimaryKeyConstraint("shift", name=op.f("pk_log_shift")), schema="app")
    op.create_table(
        "event",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), server_default=sa.func.now(), nullable=False),
        sa.Column("who", sa.String(64), server_default=sa.text("session_user"), nullable=False),
        sa.Column("program", sa.Text(), server_default=sa.text("current_setting('application_name')"), nullable=False),
        sa.Column("host", sa.Text()),
        sa.Column("transaction", sa.BigInteger(), nullable=False),
        sa.Column("kind", sa.String(32), nullable=False),
        sa.Column("about", sa.String(200)),
        sa.Column("detail", sa.dialects.postgresql.JSONB()),
        sa.CheckConstraint("octet_length(detail::text) <= 10000", name="detail_short"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_event")),
        schema="app",
    )
    for log in ("change", "event"):
        for columns in (["transaction", "id"], ["at", "id"], ["who", "at", "id"]):
            op.create_index(op.f(f"ix_{log}_{'_'.join(columns)}"), log, columns, schema="app")
    op.create_table(
        "seal",
        sa.Column("number", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("log_name", sa.String(16), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("after_transaction", sa.BigInteger(), nullable=False),
        sa.Column("after_id", sa.BigInteger(), nullable=False),
        sa.Column("until_transaction", sa.BigInteger(), nullable=False),
        sa.Column("until_id", sa.BigInteger(), nullable=False),
        sa.Column("line_count", sa.BigInteger(), nullable=False),
        sa.Column("lines", sa.LargeBinary(), nullable=False),
        sa.Column("hash", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_seal")),
        schema="app",
    )
    op.create_index(op.f("ix_seal_log_name_number"), "seal", ["log_name", "number"], schema="app")
    # Hashes cannot be compressed; the attempt would only cost time.
    op.execute("ALTER TABLE app.seal ALTER COLUMN lines SET STORAGE EXTERNAL")
