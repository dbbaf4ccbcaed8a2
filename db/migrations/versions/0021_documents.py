"""Documents of assets: kinds, drafts and lines, numbers, what is held, what is lent."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0021"
down_revision = "0020"

_POSTS = {"vice_president": "Vice president", "leader": "Leader"}

# What the posts may do where the permissions are there already; a new database gets it from `db/sql`.
_MAY = """
    INSERT INTO app.post_permission (post, permission, scope)
    SELECT post, key, 'all' FROM app.permission, unnest(ARRAY['vice_president', 'leader']) post
    WHERE key IN ('assets.read', 'staff.read', 'suppliers.read')
"""


def upgrade() -> None:
    """Make the tables, and the two posts that routes go to."""
    posts = sa.table("post", sa.column("key"), sa.column("name"), sa.column("builtin"), schema="app")
    op.bulk_insert(posts, [{"key": key, "name": name, "builtin": True} for key, name in _POSTS.items()])
    op.execute(_MAY)
    op.create_table(
        "document_kind",
        sa.Column("kind", sa.String(length=64), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("prefix", sa.String(length=8), nullable=False),
        sa.Column("fields", postgresql.JSONB(), nullable=False),
        sa.Column("line_fields", postgresql.JSONB(), nullable=False),
        sa.Column("takes", postgresql.ARRAY(sa.Text()), nullable=False),
        sa.Column("touches", postgresql.ARRAY(sa.Text()), nullable=False),
        sa.Column("sets", postgresql.JSONB(), nullable=False),
        sa.Column("fills", postgresql.JSONB(), nullable=False),
        sa.Column("clears", postgresql.ARRAY(sa.Text()), nullable=False),
        sa.Column("leaves", sa.String(length=32), nullable=True),
        sa.ForeignKeyConstraint(["kind"], ["app.approval_kind.kind"], name=op.f("fk_document_kind_kind")),
        sa.PrimaryKeyConstraint("kind", name=op.f("pk_document_kind")),
        sa.UniqueConstraint("prefix", name=op.f("uq_document_kind_prefix")),
        schema="app",
    )
    op.create_table(
        "document_counter",
        sa.Column("prefix", sa.String(length=8), nullable=False),
        sa.Column("month", sa.Date(), nullable=False),
        sa.Column("last", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("prefix", "month", name=op.f("pk_document_counter")),
        schema="app",
    )
    op.create_table(
        "document",
        sa.Column("id", sa.BigInteger(), sa.Identity(), nullable=False),
        sa.Column("kind", sa.String(length=64), nullable=False),
        sa.Column("number", sa.String(length=64), nullable=True),
        sa.Column("state", sa.String(length=16), server_default="draft", nullable=False),
        sa.Column("requester_id", sa.BigInteger(), nullable=False),
        sa.Column("department_id", sa.BigInteger(), nullable=True),
        sa.Column("form", postgresql.JSONB(), nullable=False),
        sa.Column("asset_ids", postgresql.ARRAY(sa.BigInteger()), server_default="{}", nullable=False),
        sa.Column("saves", sa.Integer(), server_default="1", nullable=False),
        sa.Column("request", sa.Uuid(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("saved_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("submitted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("effective_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("(number IS NULL) = (state = 'draft')", name=op.f("ck_document_numbered_when_submitted")),
        sa.CheckConstraint(
            "state IN ('draft', 'submitted', 'returned', 'refused', 'withdrawn', 'effective')",
            name=op.f("ck_document_state"),
        ),
        sa.ForeignKeyConstraint(["department_id"], ["app.department.id"], name=op.f("fk_document_department_id")),
        sa.ForeignKeyConstraint(["kind"], ["app.document_kind.kind"], name=op.f("fk_document_kind")),
        sa.ForeignKeyConstraint(["requester_id"], ["app.staff.id"], name=op.f("fk_document_requester_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_document")),
        sa.UniqueConstraint("number", name=op.f("uq_document_number")),
        sa.UniqueConstraint("request", name=op.f("uq_document_request")),
        schema="app",
    )
    op.create_index("ix_document_kind", "document", ["kind", "id"], unique=False, schema="app")
    op.create_index(op.f("ix_document_requester_id"), "document", ["requester_id"], unique=False, schema="app")
    op.create_table(
        "document_line",
        sa.Column("id", sa.BigInteger(), sa.Identity(), nullable=False),
        sa.Column("document_id", sa.BigInteger(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("asset_id", sa.BigInteger(), nullable=False),
        sa.Column("said", postgresql.JSONB(), nullable=False),
        sa.Column("before", postgresql.JSONB(), nullable=True),
        sa.ForeignKeyConstraint(["asset_id"], ["app.asset.id"], name=op.f("fk_document_line_asset_id")),
        sa.ForeignKeyConstraint(
            ["document_id"], ["app.document.id"], name=op.f("fk_document_line_document_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_document_line")),
        sa.UniqueConstraint("document_id", "asset_id", name=op.f("uq_document_line_document_id_asset_id")),
        schema="app",
    )
    op.create_index(op.f("ix_document_line_asset_id"), "document_line", ["asset_id"], unique=False, schema="app")
    op.create_table(
        "document_hold",
        sa.Column("asset_id", sa.BigInteger(), nullable=False),
        sa.Column("held", sa.String(length=8), nullable=False),
        sa.Column("document_id", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("held IN ('place', 'state')", name=op.f("ck_document_hold_held")),
        sa.ForeignKeyConstraint(
            ["asset_id"], ["app.asset.id"], name=op.f("fk_document_hold_asset_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["document_id"], ["app.document.id"], name=op.f("fk_document_hold_document_id")),
        sa.PrimaryKeyConstraint("asset_id", "held", name=op.f("pk_document_hold")),
        schema="app",
    )
    op.create_index(op.f("ix_document_hold_document_id"), "document_hold", ["document_id"], unique=False, schema="app")
    op.create_table(
        "asset_loan",
        sa.Column("id", sa.BigInteger(), sa.Identity(), nullable=False),
        sa.Column("asset_id", sa.BigInteger(), nullable=False),
        sa.Column("document_id", sa.BigInteger(), nullable=False),
        sa.Column("borrower_id", sa.BigInteger(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column(
            "status",
            sa.Enum(
                "in_use",
                "idle",
                "lent",
                "in_repair",
                "scrapped",
                "disposed",
                name="status",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("keeper_id", sa.BigInteger(), nullable=True),
        sa.Column("location_id", sa.BigInteger(), nullable=True),
        sa.Column("returned_by", sa.BigInteger(), nullable=True),
        sa.Column("returned_on", sa.Date(), nullable=True),
        sa.CheckConstraint("(returned_by IS NULL) = (returned_on IS NULL)", name=op.f("ck_asset_loan_returned_whole")),
        sa.ForeignKeyConstraint(["asset_id"], ["app.asset.id"], name=op.f("fk_asset_loan_asset_id")),
        sa.ForeignKeyConstraint(["borrower_id"], ["app.staff.id"], name=op.f("fk_asset_loan_borrower_id")),
        sa.ForeignKeyConstraint(["document_id"], ["app.document.id"], name=op.f("fk_asset_loan_document_id")),
        sa.ForeignKeyConstraint(["keeper_id"], ["app.staff.id"], name=op.f("fk_asset_loan_keeper_id")),
        sa.ForeignKeyConstraint(["location_id"], ["app.location.id"], name=op.f("fk_asset_loan_location_id")),
        sa.ForeignKeyConstraint(["returned_by"], ["app.document.id"], name=op.f("fk_asset_loan_returned_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_asset_loan")),
        schema="app",
    )
    op.create_index(op.f("ix_asset_loan_borrower_id"), "asset_loan", ["borrower_id"], unique=False, schema="app")
    op.create_index(
        "ix_asset_loan_due",
        "asset_loan",
        ["due_on"],
        unique=False,
        schema="app",
        postgresql_where=sa.text("returned_by IS NULL"),
    )
    op.create_index(
        "uq_asset_loan_open",
        "asset_loan",
        ["asset_id"],
        unique=True,
        schema="app",
        postgresql_where=sa.text("returned_by IS NULL"),
    )
