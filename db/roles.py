"""The roles of a server that carry rights, and the one that makes the accounts of people.

`logistics_owner` owns the tables, `logistics_user` is the group of all people, `logistics_accounts` makes and locks
accounts through a few functions (`roles.sql`) that only the owner may call. Nobody signs in as any of them, and they
serve all databases of this program on one server.
"""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

import psycopg
from psycopg import sql
from psycopg.rows import scalar_row

from db.schema import OWNER, USERS

ACCOUNTS = "logistics_accounts"

_FUNCTIONS = Path(__file__).with_name("roles.sql")
_READS_LOG = "pg_current_logfile(text), pg_stat_file(text, boolean), pg_read_binary_file(text, bigint, bigint, boolean)"
_GRANT_OPTIONS = 160_000  # the version since which a grant says what it gives, and CREATEROLE reaches only whom it made


def make_roles(connection: psycopg.Connection[object]) -> None:
    """Make the three roles where they are missing. For a superuser, or somebody with CREATEROLE."""
    for role, options in ((OWNER, "NOLOGIN"), (USERS, "NOLOGIN"), (ACCOUNTS, "NOLOGIN CREATEROLE")):
        with suppress(psycopg.errors.DuplicateObject):
            connection.execute(sql.SQL(f"CREATE ROLE {{}} {options}").format(sql.Identifier(role)))
    if not is_superuser(connection):
        for role in (OWNER, ACCOUNTS):
            connection.execute(sql.SQL("GRANT {} TO CURRENT_USER").format(sql.Identifier(role)))
    connection.execute(
        sql.SQL("GRANT {} TO {} WITH ADMIN OPTION").format(sql.Identifier(USERS), sql.Identifier(ACCOUNTS))
    )


def make_functions(connection: psycopg.Connection[object]) -> None:
    """Make the functions of `logistics_accounts` in this database, and put the accounts that are there in its care."""
    accounts = sql.Identifier(ACCOUNTS)
    with connection.transaction():
        if is_superuser(connection):
            connection.execute(sql.SQL("GRANT EXECUTE ON FUNCTION {} TO {}").format(sql.SQL(_READS_LOG), accounts))
        connection.execute(sql.SQL("CREATE SCHEMA IF NOT EXISTS roles AUTHORIZATION {}").format(accounts))
        connection.execute(sql.SQL("SET LOCAL ROLE {}").format(accounts))
        connection.execute(_FUNCTIONS.read_bytes())
        connection.execute("RESET ROLE")
        there = connection.cursor(row_factory=scalar_row).execute(
            "SELECT r.rolname FROM pg_auth_members m JOIN pg_roles r ON r.oid = m.member"
            " WHERE m.roleid = to_regrole(%s) AND r.oid <> to_regrole(%s) AND NOT (r.rolsuper OR r.rolcreaterole)"
            " AND NOT pg_has_role(%s, r.oid, 'MEMBER WITH ADMIN OPTION')",
            (USERS, ACCOUNTS, ACCOUNTS),
        )
        for login in there.fetchall():
            entrust(connection, login)


def entrust(connection: psycopg.Connection[object], login: str) -> None:
    """Let `logistics_accounts` set the password of an account, lock it and end its sessions."""
    options = (
        "ADMIN TRUE, INHERIT TRUE, SET FALSE" if connection.info.server_version >= _GRANT_OPTIONS else "ADMIN OPTION"
    )
    connection.execute(
        sql.SQL(f"GRANT {{}} TO {{}} WITH {options}").format(sql.Identifier(login), sql.Identifier(ACCOUNTS))
    )


def is_superuser(connection: psycopg.Connection[object]) -> bool:
    """Whether who is signed in may do everything."""
    return connection.execute("SELECT rolsuper FROM pg_roles WHERE rolname = current_user").fetchone() == (True,)
