"""Posts, what they may do, and accounts for everybody who has worked here."""

from __future__ import annotations

from array import array

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0006"

_POSTS = {
    "administrator": "Administrator",
    "asset_manager": "Asset manager",
    "auditor": "Auditor",
    "clerk": "Clerk",
    "department_head": "Department head",
    "dispatcher": "Dispatcher",
    "finance": "Finance",
    "maintenance": "Maintenance",
    "venue_manager": "Venue manager",
    "warehouse_manager": "Warehouse manager",
}

# Until now everybody could work on every ledger and nobody could say who may: those who have worked here, or are
# named in the staff ledger, go on as asset managers, who may do just that. Whoever owns the database names the first
# administrator.
_ACCOUNTS = """
    INSERT INTO app.account (login, staff_id)
    SELECT r.rolname, (SELECT s.id FROM app.staff s WHERE s.login = r.rolname)
    FROM pg_roles r JOIN pg_auth_members m ON m.member = r.oid
    WHERE m.roleid = 'logistics_user'::regrole AND r.rolcanlogin AND NOT r.rolsuper
      AND (EXISTS (SELECT FROM app.change c WHERE c.who = r.rolname)
           OR EXISTS (SELECT FROM app.staff s WHERE s.login = r.rolname))
"""


def upgrade() -> None:
    posts = op.create_table(
        "post",
        sa.Column("key", sa.String(64), nullable=False),
        sa.Column("name", sa.String(200), nullable=False),
        sa.Column("builtin", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_post")),
        schema="app",
    )
    op.create_table(
        "permission",
        sa.Column("key", sa.String(64), nullable=False),
        sa.Column("scoped", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_permission")),
        schema="app",
    )
    op.create_table(
        "post_permission",
        sa.Column("post", sa.String(64), nullable=False),
        sa.Column("permission", sa.String(64), nullable=False),
        sa.Column("scope", sa.String(32), nullable=False),
        sa.CheckConstraint("scope IN ('own', 'department', 'below', 'all')", name="scope"),
        sa.ForeignKeyConstraint(
            ["post"], ["app.post.key"], name=op.f("fk_post_permission_post"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["permission"], ["app.permission.key"], name=op.f("fk_post_permission_permission"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("post", "permission", name=op.f("pk_post_permission")),
        schema="app",
    )
    op.create_index(op.f("ix_post_permission_permission"), "post_permission", ["permission"], schema="app")
    _accounts()
    op.create_table(
        "protection",
        sa.Column("table_name", sa.String(64), nullable=False),
        sa.Column("readable", sa.String(64)),
        sa.Column("writable", sa.String(64)),
        sa.Column("removable", sa.String(64)),
        sa.Column("department", sa.String(64)),
        sa.Column("owner", sa.String(64)),
        sa.Column("rule", sa.Text()),
        sa.PrimaryKeyConstraint("table_name", name=op.f("pk_protection")),
        schema="app",
    )
    _private()
    op.bulk_insert(posts, [{"key": key, "name": name, "builtin": True} for key, name in _POSTS.items()])
    op.execute(_ACCOUNTS)
    op.execute("INSERT INTO app.account_post (login, post) SELECT login, 'asset_manager' FROM app.account")


# As db/sql/private.sql masks; what is masked is not found by the quick search any more.
_MASK = """
    CREATE FUNCTION app.masked(clear text) RETURNS text LANGUAGE sql IMMUTABLE SET search_path = app, pg_temp AS $$
        SELECT CASE WHEN length(clear) >= 8 THEN left(clear, 3) || repeat('*', length(clear) - 7) || right(clear, 4)
                    ELSE repeat('*', length(clear)) END $$
"""
_MASKED_HISTORY = """
    UPDATE app.change SET {side} = {side}
        || jsonb_strip_nulls(jsonb_build_object('phone', app.masked({side} ->> 'phone'),
                                                'id_number', app.masked({side} ->> 'id_number')))
    WHERE table_name = 'staff' AND {side} ?| '{{phone,id_number}}'
"""


def _private() -> None:
    op.create_table(
        "staff_private",
        sa.Column("id", sa.BigInteger(), nullable=False, autoincrement=False),
        sa.Column("phone", sa.String(200)),
        sa.Column("id_number", sa.String(200)),
        sa.ForeignKeyConstraint(
            ["id"],
            ["app.staff.id"],
            name=op.f("fk_staff_private_id"),
            ondelete="CASCADE",
            deferrable=True,
            initially="DEFERRED",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_staff_private")),
        schema="app",
    )
    op.create_table(
        "past_private",
        sa.Column("batch", sa.Uuid(), nullable=False),
        sa.Column("id", sa.BigInteger(), nullable=False, autoincrement=False),
        sa.Column("phone", sa.String(200)),
        sa.Column("id_number", sa.String(200)),
        sa.PrimaryKeyConstraint("batch", "id", name=op.f("pk_past_private")),
        schema="app",
    )
    op.execute(_MASK)
    op.execute(
        "INSERT INTO app.staff_private SELECT id, phone, id_number FROM app.staff"
        " WHERE phone IS NOT NULL OR id_number IS NOT NULL"
    )
    op.execute("SET CONSTRAINTS ALL IMMEDIATE")
    op.execute("ALTER TABLE app.staff DISABLE TRIGGER USER")
    op.execute("ALTER TABLE app.change DISABLE TRIGGER USER")
    _forget_phones()
    op.execute("UPDATE app.staff SET phone = app.masked(phone), id_number = app.masked(id_number)")
    for side in ("before", "after"):
        op.execute(_MASKED_HISTORY.format(side=side))
    op.execute("ALTER TABLE app.staff ENABLE TRIGGER USER")
    op.execute("ALTER TABLE app.change ENABLE TRIGGER USER")
    op.execute("DROP FUNCTION app.masked")


def _forget_phones() -> None:
    """Take the phones out of the texts of the quick search; `grams` are the pairs of its UTF-16 units."""
    connection = op.get_bind()
    found = connection.execute(sa.text("SELECT id, search, lower(phone) FROM app.staff WHERE phone IS NOT NULL"))
    for number, search, phone in found.all():
        text = "\n".join(line for line in search.split("\n") if line != phone)
        units = text.encode("utf-16-le")
        pairs = {ord(char) for char in text if "\u2e80" <= char <= "\uffff"}
        for start in (0, 2):
            pairs.update(array("i", units[start : start + (len(units) - start) // 4 * 4]))
        connection.execute(
            sa.text("UPDATE app.staff SET search = :text, grams = :pairs WHERE id = :id"),
            {"text": text, "pairs": list(pairs), "id": number},
        )


def _accounts() -> None:
    op.create_table(
        "account",
        sa.Column("login", sa.String(64), nullable=False),
        sa.Column("staff_id", sa.BigInteger()),
        sa.Column("active", sa.Boolean(), server_default=sa.true(), nullable=False),
        sa.Column("must_change_password", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("password_changed_at", sa.DateTime(timezone=True)),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.func.now(), nullable=False),
        sa.Column("created_by", sa.String(64), server_default=sa.text("session_user"), nullable=False),
        sa.ForeignKeyConstraint(["staff_id"], ["app.staff.id"], name=op.f("fk_account_staff_id")),
        sa.UniqueConstraint("staff_id", name=op.f("uq_account_staff_id")),
        sa.PrimaryKeyConstraint("login", name=op.f("pk_account")),
        schema="app",
    )
    op.create_table(
        "account_post",
        sa.Column("login", sa.String(64), nullable=False),
        sa.Column("post", sa.String(64), nullable=False),
        sa.ForeignKeyConstraint(
            ["login"], ["app.account.login"], name=op.f("fk_account_post_login"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["post"], ["app.post.key"], name=op.f("fk_account_post_post")),
        sa.PrimaryKeyConstraint("login", "post", name=op.f("pk_account_post")),
        schema="app",
    )
    op.create_index(op.f("ix_account_post_post"), "account_post", ["post"], schema="app")
