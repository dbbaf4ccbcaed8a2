"""Real PostgreSQL for the tests: the wheel's, and the machine's own of version 15 where there is one.

`server` is one server for the whole run, `empty_database` a fresh database of one test without any tables.
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
    "jit": "off",
}

_numbers = itertools.count(1)


# Databases in memory are copied five times as fast; containers often have too little of it.
_MEMORY = Path("/dev/shm")  # noqa: S108 - mkdtemp makes the folder
_MEMORY_NEEDED = 4 * 2**30


@contextmanager
def open_folder(parent: Path | None = None) -> Iterator[Path]:
    """A temporary folder that the server's account can enter even where the tests run as root."""
    folder = Path(tempfile.mkdtemp(prefix="logistics-desktop-", dir=parent))
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
    in_memory = _MEMORY.is_dir() and shutil.disk_usage(_MEMORY).free > _MEMORY_NEEDED
    with (
        open_folder(_MEMORY if in_memory else None) as folder,
        running(folder / "data", bin_dir=BIN_DIRS[request.param], settings=FAST) as found,
    ):
        yield found


@pytest.fixture(scope="session")
def maintenance(server: Server) -> Target:
    """The database from which others are made."""
    return embedded_target(server, "postgres")


@pytest.fixture
def new_database(server: Server, maintenance: Target) -> Iterator[Callable[[str], Target]]:
    """Makes databases from a template and drops them after the test."""
    made: list[str] = []

    def make(template: str) -> Target:
        name = f"office_{next(_numbers)}"
        execute(maintenance, f"CREATE DATABASE {name} TEMPLATE {template} STRATEGY file_copy")
        made.append(name)
        return embedded_target(server, name)

    yield make
    for name in made:
        execute(maintenance, f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture
def empty_database(new_database: Callable[[str], Target]) -> Target:
    """A fresh database of this test alone without any tables, with the superuser signed in."""
    return new_database("template0")
