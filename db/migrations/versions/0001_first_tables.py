"""The organisation, suppliers, assets, attachments, settings and the history of changes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0001"
down_revision = None

METHODS = ("straight_line", "units_of_production", "double_declining", "sum_of_years", "none")
STATUSES = ("in_use", "idle", "lent", "in_repair", "scrapped", "disposed")


def upgrade() -> None:
    _organisation()
    _suppliers()
    _assets()
    _attachments()
    _history()
    op.create_table("setting", _text("name", 64, nullable=False), _json("value", nullable=False), _key("setting", "name"), schema="app")


def _organisation() -> None:
    _create_record(
        "department",
        (
            _text("code", 64, nullable=False),
            _text("name", 200, nullable=False),
            _number("parent_id"),
            _number("head_id"),
            _text("phone", 200),
            _text("note", 10_000),
        ),
        (
            sa.CheckConstraint("parent_id <> id", name="not_own_parent"),
            _points("department", "parent_id", "department"),
            sa.UniqueConstraint("code", name=op.f("uq_department_code")),
        ),
        indexed=("head_id", "name", "parent_id"),
    )
    _create_record(
        "staff",
        (
            _text("code", 64, nullable=False),
            _text("name", 200, nullable=False),
            _number("department_id"),
            _text("post", 200),
            _text("phone", 200),
            _text("email", 200),
            _text("id_number", 200),
            _choice("status", "staffstatus", ("active", "left"), nullable=False, server_default="active"),
            sa.Column("joined_on", sa.Date()),
            sa.Column("left_on", sa.Date()),
            _text("note", 10_000),
        ),
        (
            sa.CheckConstraint("left_on >= joined_on", name="left_after_joined"),
            _points("staff", "department_id", "department"),
            sa.UniqueConstraint("code", name=op.f("uq_staff_code")),
        ),
        indexed=("department_id", "name"),
    )
    op.create_foreign_key(  # afterwards, because the two tables point at each other
        op.f("fk_department_head_id"), "department", "staff", ["head_id"], ["id"], source_schema="app", referent_schema="app"
    )
    _create_record(
        "location",
        (
            _text("code", 64, nullable=False),
            _text("name", 200, nullable=False),
            _number("parent_id"),
            _number("department_id"),
            _text("note", 10_000),
        ),
        (
            sa.CheckConstraint("parent_id <> id", name="not_own_parent"),
            _points("location", "department_id", "department"),
            _points("location", "parent_id", "location"),
            sa.UniqueConstraint("code", name=op.f("uq_location_code")),
        ),
        indexed=("department_id", "name", "parent_id"),
    )


def _suppliers() -> None:
    lines = ("tax_number", "contact", "phone", "email", "address", "bank", "account")
    _create_record(
        "supplier",
        (
            _text("code", 64, nullable=False),
            _text("name", 200, nullable=False),
            *(_text(name, 200) for name in lines),
            _choice("grade", "grade", ("A", "B", "C")),
            _text("note", 10_000),
        ),
        (sa.UniqueConstraint("code", name=op.f("uq_supplier_code")),),
        indexed=("name",),
    )


def _assets() -> None:
    _create_record(
        "asset_class",
        (
            _text("edition", 64, nullable=False),
            _text("code", 64, nullable=False),
            _text("name", 200, nullable=False),
            _number("parent_id"),
            sa.Column("life_months", sa.Integer()),
            _choice("method", "method", METHODS),
            sa.Column("residual_rate", sa.Numeric(9, 6)),
            _text("unit", 64),
            _text("note", 10_000),
        ),
        (
            sa.CheckConstraint("life_months BETWEEN 1 AND 1200", name="life_in_range"),
            sa.CheckConstraint("parent_id <> id", name="not_own_parent"),
            sa.CheckConstraint("residual_rate BETWEEN 0 AND 1", name="residual_rate_in_range"),
            _points("asset_class", "parent_id", "asset_class"),
            sa.UniqueConstraint("edition", "code", name=op.f("uq_asset_class_edition_code")),
        ),
        indexed=("name", "parent_id"),
    )
    _create_record(
        "asset",
        (
            _text("code", 64, nullable=False),
            _text("name", 200, nullable=False),
            _number("class_id"),
            _text("specification", 200),
            _text("model", 200),
            _text("serial_number", 200),
            _text("maker", 200),
            _number("supplier_id"),
            _choice("status", "status", STATUSES, nullable=False, server_default="in_use"),
            _number("department_id"),
            _number("location_id"),
            _number("keeper_id"),
            _text("users", 200),
            _text("unit", 64),
            sa.Column("quantity", sa.Numeric(18, 4), server_default="1", nullable=False),
            sa.Column("unit_price", sa.Numeric(18, 2)),
            sa.Column("original_value", sa.Numeric(18, 2)),
            sa.Column("purchased_on", sa.Date()),
            sa.Column("in_service_on", sa.Date()),
            sa.Column("warranty_until", sa.Date()),
            _choice("method", "method", METHODS),
            sa.Column("life_months", sa.Integer()),
            sa.Column("residual_rate", sa.Numeric(9, 6)),
            sa.Column("residual_value", sa.Numeric(18, 2)),
            _text("funding_source", 200),
            _text("voucher_number", 200),
            _text("technical_data", 10_000),
            _text("note", 10_000),
        ),
        (
            sa.CheckConstraint("life_months BETWEEN 1 AND 1200", name="life_in_range"),
            sa.CheckConstraint("original_value >= 0", name="original_value_not_negative"),
            sa.CheckConstraint("quantity >= 0", name="quantity_not_negative"),
            sa.CheckConstraint("residual_rate BETWEEN 0 AND 1", name="residual_rate_in_range"),
            sa.CheckConstraint("residual_value BETWEEN 0 AND original_value", name="residual_value_in_range"),
            sa.CheckConstraint("unit_price >= 0", name="unit_price_not_negative"),
            _points("asset", "class_id", "asset_class"),
            _points("asset", "department_id", "department"),
            _points("asset", "keeper_id", "staff"),
            _points("asset", "location_id", "location"),
            _points("asset", "supplier_id", "supplier"),
            sa.UniqueConstraint("code", name=op.f("uq_asset_code")),
        ),
        indexed=(
            "class_id",
            "department_id",
            "in_service_on",
            "keeper_id",
            "location_id",
            "name",
            "original_value",
            "supplier_id",
        ),
    )
    _index("asset", "status", "id")


def _attachments() -> None:
    op.create_table(
        "content",
        _text("sha256", 64, nullable=False),
        _number("size", nullable=False),
        _text("media_type", 200, nullable=False),
        _key("content", "sha256"),
        schema="app",
    )
    op.create_table(
        "content_chunk",
        _text("sha256", 64, nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("data", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["sha256"], ["app.content.sha256"], name=op.f("fk_content_chunk_sha256"), ondelete="CASCADE"
        ),
        _key("content_chunk", "sha256", "number"),
        schema="app",
    )
    op.create_table(
        "attachment",
        sa.Column("id", sa.BigInteger(), sa.Identity(), nullable=False),
        _text("table_name", 64, nullable=False),
        _number("record_id", nullable=False),
        _text("sha256", 64, nullable=False),
        _text("file_name", 200, nullable=False),
        _text("note", 10_000),
        _when("added_at"),
        _who("added_by"),
        sa.ForeignKeyConstraint(["sha256"], ["app.content.sha256"], name=op.f("fk_attachment_sha256")),
        _key("attachment", "id"),
        schema="app",
    )
    _index("attachment", "sha256")
    _index("attachment", "table_name", "record_id")


def _history() -> None:
    op.create_table(
        "change",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        _when("at"),
        _who("who"),
        sa.Column("program", sa.Text(), server_default=sa.text("current_setting('application_name')"), nullable=False),
        sa.Column("host", sa.Text()),
        _number("transaction", server_default=sa.text("pg_current_xact_id()::text::bigint"), nullable=False),
        sa.Column("batch", sa.Uuid()),
        _text("table_name", 64, nullable=False),
        _number("record_id", nullable=False),
        _choice("action", "action", ("I", "U", "D"), nullable=False),
        _json("before"),
        _json("after"),
        _key("change", "id"),
        schema="app",
    )
    op.create_index(
        "ix_change_batch", "change", ["batch"], schema="app", postgresql_where=sa.text("batch IS NOT NULL")
    )
    _index("change", "table_name", "record_id", "id")
    op.create_table(
        "import_batch",
        sa.Column("id", sa.Uuid(), nullable=False),
        _when("at"),
        _who("who"),
        _text("ledger", 64, nullable=False),
        _text("file_name", 200, nullable=False),
        _text("sha256", 64, nullable=False),
        _text("sheet", 200, nullable=False),
        *(sa.Column(name, sa.Integer(), nullable=False) for name in ("new", "changed", "unchanged", "refused")),
        sa.Column("undone_at", sa.DateTime(timezone=True)),
        _text("undone_by", 64),
        _key("import_batch", "id"),
        schema="app",
    )
    _index("import_batch", "at")
    _index("import_batch", "sha256")
    op.create_table(
        "header_map",
        _text("ledger", 64, nullable=False),
        _text("header", 200, nullable=False),
        _text("field", 64, nullable=False),
        _key("header_map", "ledger", "header"),
        schema="app",
    )


def _create_record(
    table: str,
    columns: Sequence[sa.Column[Any]],
    constraints: Sequence[sa.Constraint],
    *,
    indexed: Sequence[str],
) -> None:
    """A table of rows that people edit: number, version, origin and search text around its own columns."""
    op.create_table(
        table,
        sa.Column("id", sa.BigInteger(), sa.Identity(), nullable=False),
        *columns,
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        _when("created_at"),
        _who("created_by"),
        _when("updated_at"),
        _who("updated_by"),
        sa.Column("search", sa.Text(), server_default="", nullable=False),
        sa.Column("grams", postgresql.ARRAY(sa.Integer()), server_default="{}", nullable=False),
        *constraints,
        _key(table, "id"),
        schema="app",
    )
    op.create_index(f"ix_{table}_grams", table, ["grams"], schema="app", postgresql_using="gin")
    for name in indexed:
        _index(table, name)


def _text(name: str, length: int, *, nullable: bool = True) -> sa.Column[Any]:
    return sa.Column(name, sa.String(length), nullable=nullable)


def _number(name: str, *, nullable: bool = True, server_default: Any = None) -> sa.Column[Any]:
    return sa.Column(name, sa.BigInteger(), nullable=nullable, server_default=server_default)


def _json(name: str, *, nullable: bool = True) -> sa.Column[Any]:
    return sa.Column(name, postgresql.JSONB(), nullable=nullable)


def _when(name: str) -> sa.Column[Any]:
    return sa.Column(name, sa.DateTime(timezone=True), server_default=sa.func.now(), nullable=False)


def _who(name: str) -> sa.Column[Any]:
    return sa.Column(name, sa.String(64), server_default=sa.text("session_user"), nullable=False)


def _choice(
    name: str, constraint: str, values: Sequence[str], *, nullable: bool = True, server_default: str | None = None
) -> sa.Column[Any]:
    kind = sa.Enum(*values, name=constraint, native_enum=False, create_constraint=True, length=32)
    return sa.Column(name, kind, nullable=nullable, server_default=server_default)


def _points(table: str, column: str, target: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"app.{target}.id"], name=op.f(f"fk_{table}_{column}"))


def _key(table: str, *columns: str) -> sa.PrimaryKeyConstraint:
    return sa.PrimaryKeyConstraint(*columns, name=op.f(f"pk_{table}"))


def _index(table: str, *columns: str) -> None:
    op.create_index(op.f(f"ix_{table}_{'_'.join(columns)}"), table, list(columns), schema="app")
