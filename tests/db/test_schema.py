"""The schema of a database: made once by whoever comes first, the same as the models, safe to repeat."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager

import psycopg
import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy.exc import ProgrammingError

import db.models
from db import schema
from db.base import SCHEMA, Base
from db.provision import EncodingError, add_user, drop_database, prepare_database
from db.session import Target, connection_string, make_engine
from logistics_desktop.context import Office
from tests.servers import execute


@contextmanager
def connected(target: Target) -> Iterator[sa.Connection]:
    engine = make_engine(target)
    try:
        with engine.connect() as connection:
            yield connection
    finally:
        engine.dispose()


def test_the_migrations_make_what_the_models_describe(database: Target) -> None:
    assert db.models.__all__
    with connected(database) as connection:
        connection.execute(sa.text("SET search_path TO public"))
        connection.dialect.default_schema_name = "public"  # or Alembic takes our schema for the unnamed one
        context = MigrationContext.configure(
            connection,
            opts={
                "version_table_schema": SCHEMA,
                "include_schemas": True,
                "include_name": lambda name, kind, _parents: kind != "schema" or name == SCHEMA,
                "compare_server_default": True,
            },
        )
        assert compare_metadata(context, Base.metadata) == []


def test_the_migrations_make_every_check_of_the_models(database: Target) -> None:
    """Alembic does not compare them."""
    described = {
        str(constraint.name)
        for table in Base.metadata.tables.values()
        for constraint in table.constraints
        if isinstance(constraint, sa.CheckConstraint)
    }
    with connected(database) as connection:
        found = connection.scalars(
            sa.text("SELECT conname FROM pg_constraint WHERE contype = 'c' AND connamespace = 'app'::regnamespace")
        )
        assert set(found) == described


def test_the_names_of_the_files_say_the_same_as_alembic() -> None:
    config = Config()
    config.set_main_option("script_location", str(schema.MIGRATIONS))
    scripts = ScriptDirectory.from_config(config)
    assert schema.known_revisions() == {script.revision for script in scripts.walk_revisions()}
    assert schema.head_revision() == scripts.get_current_head()


def test_a_second_upgrade_changes_nothing(database: Target) -> None:
    with connected(database) as connection:
        before = written(connection)
        schema.upgrade(connection)
        assert written(connection) == before


def written(connection: sa.Connection) -> object:
    """Which transaction wrote each of the definitions last."""
    tables = ("pg_class", "pg_proc", "pg_trigger", "pg_description", "pg_default_acl", "pg_namespace")
    union = " UNION ALL ".join(f"SELECT '{table}' AS name, xmin::text::bigint FROM {table}" for table in tables)
    found = connection.execute(
        sa.text(f"SELECT name, max(xmin), count(*) FROM ({union}) rows GROUP BY name ORDER BY 1")
    )
    rows = [tuple(row) for row in found]
    connection.rollback()
    return rows


def test_changed_functions_are_applied_again_and_lost_grants_come_back(database: Target) -> None:
    execute(database, "COMMENT ON SCHEMA app IS 'of another program'; REVOKE ALL ON app.asset FROM logistics_user")
    execute(database, "DROP TRIGGER touch ON app.asset; DROP FUNCTION app.tell_windows() CASCADE")
    with connected(database) as connection:
        assert schema.state(connection) == "current"
        assert not schema.has_our_sql(connection)
        connection.rollback()
        schema.upgrade(connection)
        assert schema.has_our_sql(connection)
        triggers = connection.scalars(sa.text("SELECT tgname FROM pg_trigger WHERE tgrelid = 'app.asset'::regclass"))
        assert {"touch", "tell_windows", "history_insert"} <= set(triggers)
        assert connection.scalar(sa.text("SELECT has_table_privilege('logistics_user', 'app.asset', 'SELECT')"))


def test_a_database_of_a_newer_program_is_left_alone(database: Target) -> None:
    execute(database, "UPDATE app.alembic_version SET version_num = '9999'")
    with connected(database) as connection:
        assert schema.state(connection) == "newer"
        connection.rollback()
        with pytest.raises(schema.SchemaIsNewerError):
            schema.upgrade(connection)


def test_two_who_prepare_one_database_at_once_both_succeed(maintenance: Target) -> None:
    installer = connection_string(on_server(maintenance, "two_at_once"))
    problems: list[Exception] = []

    def prepare() -> None:
        try:
            prepare_database(installer)
        except Exception as problem:
            problems.append(problem)

    threads = [threading.Thread(target=prepare) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    try:
        assert problems == []
        with connected(on_server(maintenance, "two_at_once")) as connection:
            assert schema.state(connection) == "current"
    finally:
        drop_database(installer)


def test_a_database_that_cannot_hold_chinese_is_refused(maintenance: Target) -> None:
    execute(maintenance, "CREATE DATABASE latin TEMPLATE template0 ENCODING 'LATIN1' LOCALE 'C'")
    installer = connection_string(on_server(maintenance, "latin"))
    try:
        with pytest.raises(EncodingError):
            prepare_database(installer)
    finally:
        drop_database(installer)


def test_everything_belongs_to_the_owner_whom_nobody_signs_in_as(database: Target) -> None:
    with connected(database) as connection:
        owners = connection.scalars(
            sa.text(
                "SELECT DISTINCT pg_get_userbyid(relowner)::text FROM pg_class WHERE relnamespace = 'app'::regnamespace"
                " UNION SELECT pg_get_userbyid(proowner) FROM pg_proc WHERE pronamespace = 'app'::regnamespace"
                " UNION SELECT pg_get_userbyid(nspowner) FROM pg_namespace WHERE nspname = 'app'"
            )
        )
        assert set(owners) == {schema.OWNER}
        assert (
            connection.scalar(sa.text("SELECT rolcanlogin FROM pg_roles WHERE rolname = :r"), {"r": schema.OWNER})
            is False
        )


def test_no_function_is_open_to_everybody_or_looks_names_up_where_users_write(database: Target) -> None:
    with connected(database) as connection:
        functions = connection.execute(
            sa.text(
                "SELECT proname, proconfig, has_function_privilege('public', oid, 'EXECUTE')"
                " FROM pg_proc WHERE pronamespace = 'app'::regnamespace"
            )
        ).all()
    assert functions
    assert [row.proname for row in functions if row[2]] == []
    assert [row.proname for row in functions if row.proconfig != ["search_path=app, pg_temp"]] == []


def test_strangers_cannot_come_in(database: Target, maintenance: Target) -> None:
    execute(maintenance, "CREATE ROLE stranger LOGIN PASSWORD 'let me in'")
    try:
        with connected(database) as connection:
            for right in ("CONNECT", "TEMPORARY"):
                question = sa.text("SELECT has_database_privilege('stranger', current_database(), :right)")
                assert connection.scalar(question, {"right": right}) is False
    finally:
        execute(maintenance, "DROP ROLE stranger")


def test_users_have_no_temporary_tables(office: Office) -> None:
    with office.engine.connect() as connection, pytest.raises(ProgrammingError, match="temporary"):
        connection.execute(sa.text("CREATE TEMPORARY TABLE mine (id int)"))


def test_an_installer_who_is_no_superuser_is_enough(maintenance: Target) -> None:
    execute(maintenance, "CREATE ROLE installer LOGIN CREATEDB CREATEROLE PASSWORD 'builds'")
    target = on_server(maintenance, "built_by_installer", user="installer", password="builds")
    execute(maintenance, "GRANT logistics_owner, logistics_user, logistics_accounts TO installer WITH ADMIN OPTION")
    try:
        prepare_database(connection_string(target))
        add_user(connection_string(target), "first_user", "enters", "clerk")
        first = on_server(maintenance, "built_by_installer", user="first_user", password="enters")
        with psycopg.connect(connection_string(first)) as connection:
            assert connection.execute("SELECT count(*) FROM app.asset").fetchone() == (0,)
    finally:
        drop_database(connection_string(on_server(maintenance, "built_by_installer")))
        execute(maintenance, "DROP ROLE first_user")
        execute(maintenance, "REVOKE logistics_owner, logistics_user, logistics_accounts FROM installer CASCADE")
        execute(maintenance, "DROP ROLE installer")


def test_the_server_keeps_no_password_in_clear(database: Target) -> None:
    add_user(connection_string(database), "office_clerk", "clerk's password", "administrator")
    with connected(database) as connection:
        kept = connection.scalar(sa.text("SELECT rolpassword FROM pg_authid WHERE rolname = 'office_clerk'"))
    assert str(kept).startswith("SCRAM-SHA-256$")


def on_server(of: Target, database: str, user: str | None = None, password: str | None = None) -> Target:
    return Target(of.host, of.port, database, user or of.user, password or of.password, of.tls)
