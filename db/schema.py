"""The schema of a database: which revision it has, which the program wants, and the way from one to the other.

Tables come from `db/migrations`. Functions, triggers and grants are code: `db/sql/*.sql`, applied again at every
upgrade in the order of their names. Alembic is imported only to upgrade, so that a start does not wait for it.
"""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path
from typing import Literal

import sqlalchemy as sa

from db.base import SCHEMA

OWNER = "logistics_owner"
USERS = "logistics_user"

MIGRATIONS = Path(__file__).parent / "migrations"
_SQL = Path(__file__).parent / "sql"
_UPGRADE_LOCK = 7_001  # of the advisory locks: one upgrade of a database at a time

State = Literal["missing", "older", "current", "newer"]


class SchemaIsNewerError(Exception):
    """The database was upgraded by a newer program than this one."""


def known_revisions() -> set[str]:
    """The revisions that this program knows; the files of the migrations begin with them."""
    return {file.name.partition("_")[0] for file in (MIGRATIONS / "versions").glob("[0-9]*.py")}


def head_revision() -> str:
    """The revision that this program works with. Revisions are numbered, so it is the highest."""
    return max(known_revisions())


def current_revision(connection: sa.Connection) -> str | None:
    """The revision of the database, or None where there is no schema of ours.

    Whoever may not look gets the error of the database.
    """
    version_table = f"{SCHEMA}.alembic_version"
    if connection.scalar(sa.text("SELECT to_regclass(:name)"), {"name": version_table}) is None:
        return None
    revision: str | None = connection.scalar(sa.text(f"SELECT version_num FROM {version_table}"))  # noqa: S608 - ours
    return revision


def state(connection: sa.Connection) -> State:
    """How the tables of the database stand to this program."""
    revision = current_revision(connection)
    if revision is None:
        return "missing"
    if revision not in known_revisions():
        return "newer"
    return "current" if revision == head_revision() else "older"


def has_our_sql(connection: sa.Connection) -> bool:
    """Whether the functions, triggers and grants of the database are those of this program.

    They may differ between two programs of one revision, and both can work with either.
    """
    said = connection.scalar(
        sa.text("SELECT obj_description(to_regnamespace(:schema), 'pg_namespace')"), {"schema": SCHEMA}
    )
    return bool(said == _fingerprint())


def upgrade(connection: sa.Connection) -> None:
    """Bring the database to `head_revision` and apply `db/sql`, all or nothing, in a transaction of its own.

    `connection` belongs to somebody who may act as the owner role. Two upgrades at once wait for each other. Waits at
    most five seconds for users who hold a table. Raises `SchemaIsNewerError`, or the error of the database.
    """
    with connection.begin():
        connection.execute(sa.text("SET LOCAL lock_timeout = '120s'"))
        connection.execute(sa.text("SELECT pg_advisory_xact_lock(:key)"), {"key": _UPGRADE_LOCK})
        connection.execute(sa.text("SET LOCAL lock_timeout = '5s'"))
        connection.execute(sa.text(f"SET LOCAL ROLE {OWNER}"))
        found = state(connection)
        if found == "newer":
            raise SchemaIsNewerError(current_revision(connection))
        if found != "current":
            connection.execute(sa.text(f"CREATE SCHEMA IF NOT EXISTS {SCHEMA}"))
            _migrate(connection)
        if found != "current" or not has_our_sql(connection):
            _apply_sql(connection)


def _apply_sql(connection: sa.Connection) -> None:
    driver = connection.connection.cursor()  # the driver itself takes several statements at once
    for file in _sql_files():
        driver.execute(file.read_text("utf-8"))
    connection.exec_driver_sql(f"COMMENT ON SCHEMA {SCHEMA} IS '{_fingerprint()}'")


def _migrate(connection: sa.Connection) -> None:
    from alembic import command
    from alembic.config import Config

    config = Config(attributes={"connection": connection})
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    command.upgrade(config, "head")


def _sql_files() -> list[Path]:
    return sorted(_SQL.glob("*.sql"))


@cache
def _fingerprint() -> str:
    digest = hashlib.sha256()
    for file in (*_sql_files(), Path(__file__).with_name("roles.sql")):
        digest.update(file.read_bytes().replace(b"\r\n", b"\n"))
    return digest.hexdigest()
