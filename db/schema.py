"""Which state of the tables a database is in, and which one this program is made for."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import sqlalchemy as sa
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory

from db.base import SCHEMA

_MIGRATIONS = Path(__file__).parent / "migrations"


def current_revision(connection: sa.Connection) -> str | None:
    """The revision that the database is at; None if the tables were never made in it."""
    return MigrationContext.configure(connection, opts={"version_table_schema": SCHEMA}).get_current_revision()


def head_revision() -> str:
    """The revision that this program works with."""
    head = _scripts().get_current_head()
    assert head is not None, "there are no migrations"
    return head


def known_revisions() -> set[str]:
    """Every revision that this program can upgrade from, and its own."""
    return {script.revision for script in _scripts().walk_revisions()}


@cache
def _scripts() -> ScriptDirectory:
    return ScriptDirectory(str(_MIGRATIONS))
