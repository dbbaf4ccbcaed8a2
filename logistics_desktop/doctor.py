"""Whether an office's database is as it should be, point by point."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import dataclass

import sqlalchemy as sa

from db import schema
from logistics_desktop import this_pc
from logistics_desktop.context import Office
from logistics_desktop.i18n import _

_ADVISED_SERVER = 160_000
_FREE_BYTES = 5 * 2**30  # PostgreSQL stops when its disk is full

_TRIGGERS = ("history_insert", "history_update", "history_delete", "tell_windows", "touch")


@dataclass(frozen=True, slots=True)
class Finding:
    """One point: its name, whether it is well, what was found, and what to do if it is not."""

    name: str
    ok: bool
    value: str
    advice: str = ""


def examine(office: Office) -> list[Finding]:
    """Look at an open office. Raises `UserError` if the connection fails on the way."""
    with office.session() as session:
        connection = session.connection()
        findings = [
            Finding("connection", True, f"{office.user} @ {office.describe}"),
            _version(connection),
            _encoding(connection),
            _extensions(connection),
            *_roles(connection),
            _schema(connection),
            _functions(connection),
            _triggers(connection),
            _size(connection),
        ]
    if office.profile.kind != "server":
        findings.extend(_this_pc())
    return findings


def _version(connection: sa.Connection) -> Finding:
    number = int(connection.scalar(sa.text("SHOW server_version_num")) or 0)
    return Finding(
        "server",
        True,
        f"PostgreSQL {number // 10_000}.{number % 10_000}"
        + ("" if number >= _ADVISED_SERVER else " - " + _("version 16 or newer protects accounts better")),
    )


def _encoding(connection: sa.Connection) -> Finding:
    row = connection.execute(
        sa.text(
            "SELECT pg_encoding_to_char(encoding), datcollate, datctype FROM pg_database"
            " WHERE datname = current_database()"
        )
    ).one()
    return Finding(
        "encoding",
        row[0] == "UTF8",
        ", ".join(map(str, row)),
        _("The database cannot hold every character. Make a new one with the command init."),
    )


def _extensions(connection: sa.Connection) -> Finding:
    found = connection.scalars(
        sa.text("SELECT name FROM pg_available_extensions WHERE name IN ('btree_gist', 'pg_trgm') ORDER BY name")
    ).all()
    return Finding("extensions", True, ", ".join(found) or "-")


def _roles(connection: sa.Connection) -> Iterator[Finding]:
    superuser, member, owner = connection.execute(
        sa.text(
            "SELECT rolsuper, pg_has_role(oid, :users, 'MEMBER'), pg_has_role(oid, :owner, 'MEMBER')"
            " FROM pg_roles WHERE rolname = session_user"
        ),
        {"users": schema.USERS, "owner": schema.OWNER},
    ).one()
    yield Finding(
        "user",
        member and not superuser and not owner,
        ", ".join(
            name for name, has in (("superuser", superuser), (schema.OWNER, owner), (schema.USERS, member)) if has
        ),
        _("Work with an ordinary user's login; make one with the command init."),
    )
    signs_in = connection.scalar(
        sa.text("SELECT rolcanlogin FROM pg_roles WHERE rolname = :owner"), {"owner": schema.OWNER}
    )
    yield Finding(
        "owner",
        signs_in is False,
        schema.OWNER,
        _("Nobody may sign in as the owner. As superuser: ALTER ROLE {role} NOLOGIN", role=schema.OWNER),
    )


def _schema(connection: sa.Connection) -> Finding:
    revision = schema.current_revision(connection)
    return Finding(
        "schema",
        revision == schema.head_revision(),
        f"{revision} / {schema.head_revision()}",
        _("Run the command upgrade, or install the newer program."),
    )


def _functions(connection: sa.Connection) -> Finding:
    same = schema.has_our_sql(connection)
    return Finding(
        "functions",
        same,
        _("as in this program") if same else _("of another version"),
        _("If all PCs have this version of the program, run the command upgrade."),
    )


def _triggers(connection: sa.Connection) -> Finding:
    """Every ledger needs all of them, switched on: without them nothing is recorded."""
    missing = connection.scalars(
        sa.text(
            "SELECT c.relname || '.' || wanted.name FROM pg_class c"
            " JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = 'version'"
            " CROSS JOIN unnest(CAST(:wanted AS text[])) wanted (name)"
            " WHERE c.relnamespace = 'app'::regnamespace AND c.relkind = 'r' AND NOT EXISTS (SELECT FROM pg_trigger t"
            " WHERE t.tgrelid = c.oid AND t.tgname = wanted.name AND t.tgenabled = 'O') ORDER BY 1"
        ),
        {"wanted": list(_TRIGGERS)},
    ).all()
    return Finding(
        "triggers",
        not missing,
        ", ".join(missing) or _("all there"),
        _("Changes are not recorded. Ask who switched the triggers off, then switch them on or run upgrade."),
    )


def _size(connection: sa.Connection) -> Finding:
    size = connection.scalar(sa.text("SELECT pg_database_size(current_database())")) or 0
    return Finding("size", True, _("{size} MB", size=f"{size / 2**20:,.0f}"))


def _this_pc() -> Iterator[Finding]:
    place = this_pc.place()
    free = shutil.disk_usage(place).free
    yield Finding("folder", True, str(place))
    yield Finding(
        "disk",
        free >= _FREE_BYTES,
        _("{free} GB free", free=f"{free / 2**30:,.1f}"),
        _("Make room on the disk: the database stops when it is full."),
    )
