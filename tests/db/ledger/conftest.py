"""A small organisation in a real database, and a clerk who is signed in to it."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from db import schema
from db.embedded import Server
from db.session import Target, embedded_target, make_engine
from logistics_desktop.ledger import records
from logistics_desktop.ledgers import LEDGERS
from tests.servers import execute

CLERK, PASSWORD = "clerk", "a password for tests"


@pytest.fixture(scope="session")
def template_database(server: Server, maintenance: Target) -> str:
    """A database with every table, and a user who has a user's rights and no more."""
    for statement in (
        "CREATE ROLE logistics_owner NOLOGIN",
        "CREATE ROLE logistics_user NOLOGIN",
        f"CREATE ROLE {CLERK} LOGIN PASSWORD '{PASSWORD}' IN ROLE logistics_user",
        "CREATE DATABASE ledger_template OWNER logistics_owner",
    ):
        execute(maintenance, statement)
    engine = make_engine(embedded_target(server, "ledger_template"))
    with engine.connect() as connection:
        schema.upgrade(connection)
    engine.dispose()
    return "ledger_template"


@pytest.fixture
def engine(server: Server, database: Target) -> Iterator[sa.Engine]:
    """Connections of the clerk."""
    engine = make_engine(embedded_target(server, database.database, user=CLERK, password=PASSWORD))
    yield engine
    engine.dispose()


@pytest.fixture
def session(engine: sa.Engine) -> Iterator[Session]:
    """One piece of the clerk's work."""
    with Session(engine) as session:
        yield session


Add = Callable[..., int]


@pytest.fixture
def add(session: Session) -> Add:
    """Store a record of the ledger named first and give its number."""

    def store(ledger: str, **values: object) -> int:
        return records.create(session, LEDGERS[ledger], values)

    return store
