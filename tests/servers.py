"""Real PostgreSQL for the tests: the wheel's, and the machine's own of version 15 where there is one.

`server` is one server for the whole run, `database` a fresh database for one test, copied from `template_database`.
Another conftest may override `template_database` to fill it (with the tables, with sample data).
"""

from __future__ import annotations

import itertools
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
import pytest
from psycopg import sql

from db.embedded import Server, running
from db.session import Target, connection_parameters, embedded_target

DEBIANS_15 = Path("/usr/lib/postgresql/15/bin")
BIN_DIRS: dict[str, Path | None] = {"embedded": None}
if DEBIANS_15.exists():
    BIN_DIRS["debian15"] = DEBIANS_15

# Nothing of a test needs to outlive the machine.
FAST = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "wal_level": "minimal",
    "max_wal_senders": "0",
    "autovacuum": "off",
}

_numbers = itertools.count(1)


@contextmanager
def open_folder() -> Iterator[Path]:
    """A temporary folder that the server's account can enter even where the tests run as root."""
    folder = Path(tempfile.mkdtemp(prefix="logistics-desktop-"))
    folder.chmod(0o755)
    try:
        yield folder
    finally:
        shutil.rmtree(folder)


def execute(target: Target, statement: str) -> None:
    """Run one statement outside of any transaction."""
    with psycopg.connect(autocommit=True, **connection_parameters(target)) as connection:
        connection.execute(sql.SQL(statement))


@pytest.fixture(scope="session", params=list(BIN_DIRS))
def server(request: pytest.FixtureRequest) -> Iterator[Server]:
    """A server for the whole run."""
    with open_folder() as folder, running(folder / "data", bin_dir=BIN_DIRS[request.param], settings=FAST) as found:
        yield found


@pytest.fixture(scope="session")
def maintenance(server: Server) -> Target:
    """The database from which others are made."""
    return embedded_target(server, "postgres")


@pytest.fixture(scope="session")
def template_database(maintenance: Target) -> str:
    """The name of the database that every test gets a copy of; nobody may be connected to it."""
    execute(maintenance, "CREATE DATABASE office_template")
    return "office_template"


@pytest.fixture
def new_database(server: Server, maintenance: Target) -> Iterator[Callable[[str], Target]]:
    """Makes databases from a template and drops them after the test."""
    made: list[str] = []

    def make(template: str) -> Target:
        name = f"office_{next(_numbers)}"
        execute(maintenance, f"CREATE DATABASE {name} TEMPLATE {template}")
        made.append(name)
        return embedded_target(server, name)

    yield make
    for name in made:
        execute(maintenance, f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture
def database(new_database: Callable[[str], Target], template_database: str) -> Target:
    """A fresh database of this test alone, with the superuser signed in."""
    return new_database(template_database)
