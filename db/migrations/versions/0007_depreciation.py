"""Books of depreciation, their months and entries; the day an asset left."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0007"
down_revision = "0013"


def upgrade() -> None:
    op.create_table(
        "book",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("code", sa.String(length=64), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column(
            "standard",
            sa.Enum("enterprise", "government", name="standard", native_enum=False, create_constraint=True, length=32),
            nullable=False,
        ),
        sa.Column("currency", sa.String(length=3), server_default="CNY", nullable=False),
        sa.Column("first_month", sa.Date(), nullable=False),
        sa.Column("expense_account", sa.String(length=64)),
        sa.Column("depreciation_account", sa.String(length=64)),
        sa.Column("note", sa.String(length=10000)),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("created_by", sa.String(length=64), server_default=sa.text("session_user"), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("updated_by", sa.String(length=64), server_default=sa.text("session_user"), nullable=False),
        sa.Column("search", sa.Text(), server_default="", nullable=False),
        sa.Column("grams", postgresql.ARRAY(sa.Integer()), server_default="{}", nullable=False),
        sa.CheckConstraint("currency ~ '^[A-Z]{3}$'", name=op.f("ck_book_currency_of_three_letters")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_book")),
        sa.UniqueConstraint("code", name=op.f("uq_book_code")),
        schema="app",
    )
    op.create_index("ix_book_grams", "book", ["grams"], unique=False, schema="app", postgresql_using="gin")
    op.create_table(
        "depreciation_entry",
        sa.Column("book_id", sa.BigInteger(), nullable=False),
        sa.Column("month", sa.Date(), nullable=False),
        sa.Column("asset_id", sa.BigInteger(), nullable=False),
        sa.Column("class_id", sa.BigInteger()),
        sa.Column("department_id", sa.BigInteger()),
        sa.Column(
            "method",
            sa.Enum(
                "straight_line",
                "units_of_production",
                "double_declining",
                "sum_of_years",
                "none",
                name="method",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("cost", sa.Numeric(precision=18, scale=2), nullable=False),
        sa.Column("residual", sa.Numeric(precision=18, scale=2), nullable=False),
        sa.Column("life_months", sa.Integer()),
        sa.Column("months", sa.Integer(), nullable=False),
        sa.Column("amount", sa.Numeric(precision=18, scale=2), nullable=False),
        sa.Column("months_charged", sa.Integer(), nullable=False),
        sa.Column("accumulated", sa.Numeric(precision=18, scale=2), nullable=False),
        sa.Column("impairment", sa.Numeric(precision=18, scale=2), nullable=False),
        sa.Column("book_value", sa.Numeric(precision=18, scale=2), nullable=False),
        sa.Column("gone", sa.Boolean(), nullable=False),
        sa.Column("total_units", sa.Numeric(precision=18, scale=4)),
        sa.Column("units", sa.Numeric(precision=18, scale=4)),
        sa.Column("plan_value", sa.Numeric(precision=18, scale=2)),
        sa.Column("plan_since_months", sa.Integer()),
        sa.Column("plan_since_accumulated", sa.Numeric(precision=18, scale=2)),
        sa.Column("plan_units_left", sa.Text()),
        sa.Column("plan_used", sa.Numeric(precision=18, scale=4)),
        sa.CheckConstraint("amount >= 0 AND accumulated >= amount", name=op.f("ck_depreciation_entry_charged_forward")),
        sa.CheckConstraint(
            "book_value >= 0 AND book_value = cost - accumulated - impairment",
            name=op.f("ck_depreciation_entry_book_value_right"),
        ),
        sa.PrimaryKeyConstraint("book_id", "month", "asset_id", name=op.f("pk_depreciation_entry")),
        schema="app",
    )
    op.create_table(
        "book_class",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("book_id", sa.BigInteger(), nullable=False),
        sa.Column("class_id", sa.BigInteger(), nullable=False),
        sa.Column(
            "method",
            sa.Enum(
                "straight_line",
                "units_of_production",
                "double_declining",
                "sum_of_years",
                "none",
                name="method",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
        ),
        sa.Column("life_months", sa.Integer()),
        sa.Column("residual_rate", sa.Numeric(precision=9, scale=6)),
        sa.Column("depreciation_account", sa.String(length=64)),
        sa.Column("note", sa.String(length=10000)),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("created_by", sa.String(length=64), server_default=sa.text("session_user"), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("updated_by", sa.String(length=64), server_default=sa.text("session_user"), nullable=False),
        sa.Column("search", sa.Text(), server_default="", nullable=False),
        sa.Column("grams", postgresql.ARRAY(sa.Integer()), server_default="{}", nullable=False),
        sa.CheckConstraint("life_months BETWEEN 1 AND 1200", name=op.f("ck_book_class_life_in_range")),
        sa.CheckConstraint("residual_rate BETWEEN 0 AND 1", name=op.f("ck_book_class_residual_rate_in_range")),
        sa.ForeignKeyConstraint(["book_id"], ["app.book.id"], name=op.f("fk_book_class_book_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(
            ["class_id"], ["app.asset_class.id"], name=op.f("fk_book_class_class_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_book_class")),
        sa.UniqueConstraint("book_id", "class_id", name=op.f("uq_book_class_book_id_class_id")),
        schema="app",
    )
    op.create_index(op.f("ix_book_class_class_id"), "book_class", ["class_id"], unique=False, schema="app")
    op.create_index("ix_book_class_grams", "book_class", ["grams"], unique=False, schema="app", postgresql_using="gin")
    op.create_table(
        "book_department",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("book_id", sa.BigInteger(), nullable=False),
        sa.Column("department_id", sa.BigInteger(), nullable=False),
        sa.Column("expense_account", sa.String(length=64), nullable=False),
        sa.Column("note", sa.String(length=10000)),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("created_by", sa.String(length=64), server_default=sa.text("session_user"), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("updated_by", sa.String(length=64), server_default=sa.text("session_user"), nullable=False),
        sa.Column("search", sa.Text(), server_default="", nullable=False),
        sa.Column("grams", postgresql.ARRAY(sa.Integer()), server_default="{}", nullable=False),
        sa.ForeignKeyConstraint(
            ["book_id"], ["app.book.id"], name=op.f("fk_book_department_book_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["department_id"], ["app.department.id"], name=op.f("fk_book_department_department_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_book_department")),
        sa.UniqueConstraint("book_id", "department_id", name=op.f("uq_book_department_book_id_department_id")),
        schema="app",
    )
    op.create_index(
        op.f("ix_book_department_department_id"), "book_department", ["department_id"], unique=False, schema="app"
    )
    op.create_index(
        "ix_book_department_grams", "book_department", ["grams"], unique=False, schema="app", postgresql_using="gin"
    )
    op.create_table(
        "depreciation_period",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("book_id", sa.BigInteger(), nullable=False),
        sa.Column("month", sa.Date(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "open", "calculated", "closed", name="periodstate", native_enum=False, create_constraint=True, length=32
            ),
            server_default="open",
            nullable=False,
        ),
        sa.Column("entries", sa.Integer(), server_default="0", nullable=False),
        sa.Column("total", sa.Numeric(precision=18, scale=2), server_default="0", nullable=False),
        sa.Column("digest", sa.String(length=64)),
        sa.Column("calculated_at", sa.DateTime(timezone=True)),
        sa.Column("calculated_by", sa.String(length=64)),
        sa.Column("closed_at", sa.DateTime(timezone=True)),
        sa.Column("closed_by", sa.String(length=64)),
        sa.Column("reopened_at", sa.DateTime(timezone=True)),
        sa.Column("reopened_by", sa.String(length=64)),
        sa.Column("reopened_reason", sa.String(length=200)),
        sa.CheckConstraint(
            "extract(day FROM month) = 1", name=op.f("ck_depreciation_period_month_begins_on_the_first")
        ),
        sa.ForeignKeyConstraint(
            ["book_id"], ["app.book.id"], name=op.f("fk_depreciation_period_book_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_depreciation_period")),
        sa.UniqueConstraint("book_id", "month", name=op.f("uq_depreciation_period_book_id_month")),
        schema="app",
    )
    op.create_table(
        "book_asset",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("book_id", sa.BigInteger(), nullable=False),
        sa.Column("asset_id", sa.BigInteger(), nullable=False),
        sa.Column(
            "method",
            sa.Enum(
                "straight_line",
                "units_of_production",
                "double_declining",
                "sum_of_years",
                "none",
                name="method",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
        ),
        sa.Column("cost", sa.Numeric(precision=18, scale=2)),
        sa.Column("life_months", sa.Integer()),
        sa.Column("residual_rate", sa.Numeric(precision=9, scale=6)),
        sa.Column("residual_value", sa.Numeric(precision=18, scale=2)),
        sa.Column("total_units", sa.Numeric(precision=18, scale=4)),
        sa.Column("starts_month", sa.Date()),
        sa.Column("opening_accumulated", sa.Numeric(precision=18, scale=2)),
        sa.Column("opening_months", sa.Integer()),
        sa.Column("note", sa.String(length=10000)),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("created_by", sa.String(length=64), server_default=sa.text("session_user"), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("updated_by", sa.String(length=64), server_default=sa.text("session_user"), nullable=False),
        sa.Column("search", sa.Text(), server_default="", nullable=False),
        sa.Column("grams", postgresql.ARRAY(sa.Integer()), server_default="{}", nullable=False),
        sa.CheckConstraint(
            "(opening_accumulated IS NULL) = (opening_months IS NULL)", name=op.f("ck_book_asset_opening_whole")
        ),
        sa.CheckConstraint("cost >= 0", name=op.f("ck_book_asset_cost_not_negative")),
        sa.CheckConstraint("life_months BETWEEN 1 AND 1200", name=op.f("ck_book_asset_life_in_range")),
        sa.CheckConstraint("opening_accumulated >= 0", name=op.f("ck_book_asset_opening_accumulated_not_negative")),
        sa.CheckConstraint("opening_months >= 0", name=op.f("ck_book_asset_opening_months_not_negative")),
        sa.CheckConstraint("residual_rate BETWEEN 0 AND 1", name=op.f("ck_book_asset_residual_rate_in_range")),
        sa.CheckConstraint("residual_value >= 0", name=op.f("ck_book_asset_residual_value_not_negative")),
        sa.CheckConstraint("total_units > 0", name=op.f("ck_book_asset_total_units_above_zero")),
        sa.ForeignKeyConstraint(
            ["asset_id"], ["app.asset.id"], name=op.f("fk_book_asset_asset_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["book_id"], ["app.book.id"], name=op.f("fk_book_asset_book_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_book_asset")),
        sa.UniqueConstraint("book_id", "asset_id", name=op.f("uq_book_asset_book_id_asset_id")),
        schema="app",
    )
    op.create_index(op.f("ix_book_asset_asset_id"), "book_asset", ["asset_id"], unique=False, schema="app")
    op.create_index("ix_book_asset_grams", "book_asset", ["grams"], unique=False, schema="app", postgresql_using="gin")
    op.create_table(
        "meter_reading",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("asset_id", sa.BigInteger(), nullable=False),
        sa.Column("month", sa.Date(), nullable=False),
        sa.Column("units", sa.Numeric(precision=18, scale=4), nullable=False),
        sa.Column("note", sa.String(length=10000)),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("created_by", sa.String(length=64), server_default=sa.text("session_user"), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("updated_by", sa.String(length=64), server_default=sa.text("session_user"), nullable=False),
        sa.Column("search", sa.Text(), server_default="", nullable=False),
        sa.Column("grams", postgresql.ARRAY(sa.Integer()), server_default="{}", nullable=False),
        sa.CheckConstraint("units >= 0", name=op.f("ck_meter_reading_units_not_negative")),
        sa.ForeignKeyConstraint(
            ["asset_id"], ["app.asset.id"], name=op.f("fk_meter_reading_asset_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_meter_reading")),
        sa.UniqueConstraint("asset_id", "month", name=op.f("uq_meter_reading_asset_id_month")),
        schema="app",
    )
    op.create_index(
        "ix_meter_reading_grams", "meter_reading", ["grams"], unique=False, schema="app", postgresql_using="gin"
    )
    op.create_index(op.f("ix_meter_reading_month"), "meter_reading", ["month"], unique=False, schema="app")
    op.create_table(
        "value_change",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("book_id", sa.BigInteger(), nullable=False),
        sa.Column("asset_id", sa.BigInteger(), nullable=False),
        sa.Column("month", sa.Date(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "estimate",
                "repair",
                "revaluation",
                "impairment",
                name="changekind",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("cost", sa.Numeric(precision=18, scale=2)),
        sa.Column("life_months", sa.Integer()),
        sa.Column("residual_value", sa.Numeric(precision=18, scale=2)),
        sa.Column("impairment", sa.Numeric(precision=18, scale=2)),
        sa.Column(
            "method",
            sa.Enum(
                "straight_line",
                "units_of_production",
                "double_declining",
                "sum_of_years",
                "none",
                name="method",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
        ),
        sa.Column("reason", sa.String(length=200), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("created_by", sa.String(length=64), server_default=sa.text("session_user"), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("updated_by", sa.String(length=64), server_default=sa.text("session_user"), nullable=False),
        sa.Column("search", sa.Text(), server_default="", nullable=False),
        sa.Column("grams", postgresql.ARRAY(sa.Integer()), server_default="{}", nullable=False),
        sa.CheckConstraint("cost >= 0", name=op.f("ck_value_change_cost_not_negative")),
        sa.CheckConstraint("impairment > 0", name=op.f("ck_value_change_impairment_above_zero")),
        sa.CheckConstraint("life_months BETWEEN 1 AND 1200", name=op.f("ck_value_change_life_in_range")),
        sa.CheckConstraint(
            "num_nonnulls(cost, life_months, residual_value, impairment, method) > 0",
            name=op.f("ck_value_change_changes_something"),
        ),
        sa.CheckConstraint("residual_value >= 0", name=op.f("ck_value_change_residual_value_not_negative")),
        sa.ForeignKeyConstraint(
            ["asset_id"], ["app.asset.id"], name=op.f("fk_value_change_asset_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["book_id"], ["app.book.id"], name=op.f("fk_value_change_book_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_value_change")),
        sa.UniqueConstraint("book_id", "asset_id", "month", name=op.f("uq_value_change_book_id_asset_id_month")),
        schema="app",
    )
    op.create_index(op.f("ix_value_change_asset_id"), "value_change", ["asset_id"], unique=False, schema="app")
    op.create_index(
        "ix_value_change_grams", "value_change", ["grams"], unique=False, schema="app", postgresql_using="gin"
    )
    op.add_column("asset", sa.Column("disposed_on", sa.Date()), schema="app")
    op.create_check_constraint(
        op.f("ck_asset_disposed_after_in_service"), "asset", "disposed_on >= in_service_on", schema="app"
    )
