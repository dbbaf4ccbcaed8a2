"""Setting up a database on a server: its roles, itself, and who may sign in.

Done by a superuser, or by somebody with CREATEDB and CREATEROLE, whose connection string every function takes. All of
it can be repeated. Everything in the database belongs to a role that nobody signs in as; people are members of a
group that carries the rights (`db/sql/00_grants.sql`), and a third role makes their accounts (`db.roles`).
"""

from __future__ import annotations

from contextlib import suppress

import psycopg
import sqlalchemy as sa
from psycopg import sql
from psycopg.conninfo import conninfo_to_dict, make_conninfo

from db import schema
from db.passwords import verifier
from db.roles import entrust, is_superuser, make_functions, make_roles
from db.schema import OWNER, USERS

_BUILTIN_LOCALE = 170_000  # the version since which PostgreSQL knows characters without the system's help
_PREPARE_LOCK = 7_002  # of the advisory locks of a server: one set-up at a time
# A locale without characters outside ASCII cannot fold or compare them; names and presence differ between systems.
_CHARACTER_TYPES = ("C.UTF-8", "en_US.UTF-8", "C")

# How long a PC that stopped answering may keep others waiting.
_SETTINGS = {
    "search_path": "app, pg_temp",
    "idle_in_transaction_session_timeout": "15s",
    "lock_timeout": "10s",
    # Compiling takes longer than these questions do, most of all those that ask functions.
    "jit": "off",
}


class EncodingError(Exception):
    """The database is there already, in an encoding that cannot hold every character."""


def prepare_database(installer: str) -> None:
    """Make the roles and the database that the connection string names, close it to strangers, upgrade its schema.

    Raises `EncodingError`, `db.schema.SchemaIsNewerError`, or the error of the database.
    """
    database = str(conninfo_to_dict(installer)["dbname"])
    with psycopg.connect(make_conninfo(installer, dbname="postgres"), autocommit=True) as server:
        server.execute("SELECT pg_advisory_lock(%s)", (_PREPARE_LOCK,))  # until the connection is closed
        make_roles(server)
        _make_database(server, database)
        protect_database(server, database)
        with psycopg.connect(installer, autocommit=True) as connection:
            _protect_contents(connection)
        upgrade_database(installer)


def upgrade_database(installer: str) -> None:
    """Bring the database up to this program: see `db.schema.upgrade`."""
    with psycopg.connect(installer, autocommit=True) as connection:
        connection.execute("SELECT pg_advisory_lock(%s)", (_PREPARE_LOCK,))
        make_roles(connection)
        make_functions(connection)
    engine = sa.create_engine(
        "postgresql+psycopg://", creator=lambda: psycopg.connect(installer), poolclass=sa.pool.NullPool
    )
    with engine.connect() as connection:
        schema.upgrade(connection)


def add_user(installer: str, login: str, password: str, *posts: str) -> None:
    """Let `login` sign in with `password` and hold `posts` in the office; an account that is there gets the password.

    Without a post somebody signs in and sees nothing. The server gets only what it needs to check the password: in
    clear it might stand in the server's log.
    """
    with psycopg.connect(installer, autocommit=True) as connection:
        name = sql.Identifier(login)
        with suppress(psycopg.errors.DuplicateObject):
            connection.execute(sql.SQL("CREATE ROLE {}").format(name))
        connection.execute(
            sql.SQL("ALTER ROLE {} LOGIN PASSWORD {}").format(name, verifier(connection, login, password))
        )
        connection.execute(sql.SQL("GRANT {} TO {}").format(sql.Identifier(USERS), name))
        entrust(connection, login)
    appoint(installer, login, *posts)
    with psycopg.connect(installer) as connection:
        connection.execute(sql.SQL("SET LOCAL ROLE {}").format(sql.Identifier(OWNER)))
        connection.execute(
            "UPDATE app.account SET password_changed_at = now(), must_change_password = false, locked_until = NULL"
            " WHERE login = %s",
            (login,),
        )


def appoint(installer: str, login: str, *posts: str) -> None:
    """Make an account for `login`, a role that is there, or take it into use again; it holds `posts` besides its own.

    It is the account of the person with this login in the staff ledger, if there is one.
    """
    with psycopg.connect(installer) as connection:
        connection.execute(sql.SQL("SET LOCAL ROLE {}").format(sql.Identifier(OWNER)))
        connection.execute(
            "INSERT INTO app.account (login, staff_id) VALUES (%(login)s::varchar, (SELECT id FROM app.staff"
            " WHERE login = %(login)s::varchar AND NOT EXISTS (SELECT FROM app.account a WHERE a.staff_id = staff.id)))"
            " ON CONFLICT (login) DO UPDATE"
            " SET active = true, staff_id = coalesce(account.staff_id, excluded.staff_id)",
            {"login": login},
        )
        connection.execute(
            "INSERT INTO app.account_post SELECT %s::varchar, unnest(%s::text[]) ON CONFLICT DO NOTHING",
            (login, list(posts)),
        )


def count_rows(installer: str) -> None:
    """Let the server look at the tables right after many rows were stored; by itself it does so within minutes."""
    with psycopg.connect(installer, autocommit=True) as connection:
        connection.execute("ANALYZE")


def drop_database(installer: str) -> None:
    """Delete the database that the connection string names, with everything in it, whoever is using it."""
    database = str(conninfo_to_dict(installer)["dbname"])
    with psycopg.connect(make_conninfo(installer, dbname="postgres"), autocommit=True) as connection:
        connection.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(database)))


def protect_database(connection: psycopg.Connection[object], database: str) -> None:
    """Let only our users in, without temporary tables of their own, and say how long they may keep others waiting."""
    name = sql.Identifier(database)
    for statement in (
        "REVOKE ALL ON DATABASE {database} FROM PUBLIC",
        "REVOKE TEMPORARY ON DATABASE {database} FROM {users}",
        "GRANT CONNECT ON DATABASE {database} TO {users}",
        "GRANT CONNECT, CREATE ON DATABASE {database} TO {owner}",
    ):
        connection.execute(
            sql.SQL(statement).format(database=name, users=sql.Identifier(USERS), owner=sql.Identifier(OWNER))
        )
    for setting, value in _SETTINGS.items():
        connection.execute(sql.SQL(f"ALTER DATABASE {{}} SET {setting} = {{}}").format(name, sql.SQL(_as_list(value))))


def _as_list(value: str) -> str:
    return ", ".join(f"'{part.strip()}'" for part in value.split(","))


def _make_database(connection: psycopg.Connection[object], database: str) -> None:
    found = connection.execute(
        "SELECT pg_encoding_to_char(encoding) FROM pg_database WHERE datname = %s", (database,)
    ).fetchone()
    if found is not None:
        if found != ("UTF8",):
            raise EncodingError(database)
        return
    builtin = connection.info.server_version >= _BUILTIN_LOCALE
    provider = "builtin BUILTIN_LOCALE 'C.UTF-8'" if builtin else "libc"
    for character_type in _CHARACTER_TYPES:
        statement = (
            f"CREATE DATABASE {{}} OWNER {{}} TEMPLATE template0 ENCODING 'UTF8' LOCALE_PROVIDER {provider} "
            f"LC_COLLATE 'C' LC_CTYPE '{character_type}'"
        )
        try:
            connection.execute(sql.SQL(statement).format(sql.Identifier(database), sql.Identifier(OWNER)))
        except psycopg.errors.WrongObjectType:  # what PostgreSQL calls a locale that the system does not have
            continue
        return


def _protect_contents(connection: psycopg.Connection[object]) -> None:
    """Leave nothing in the database that anybody at all may write.

    One large object of a user would stop every backup that another account makes.
    """
    connection.execute("REVOKE ALL ON SCHEMA public FROM PUBLIC")
    if is_superuser(connection):
        connection.execute(
            "DO $$ DECLARE f regprocedure; BEGIN "
            "FOR f IN SELECT oid FROM pg_proc WHERE pronamespace = 'pg_catalog'::regnamespace "
            "AND (proname LIKE 'lo\\_%' OR proname IN ('loread', 'lowrite')) "
            "LOOP EXECUTE format('REVOKE EXECUTE ON FUNCTION %s FROM PUBLIC', f); END LOOP; END $$"
        )
