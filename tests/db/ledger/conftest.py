"""A clerk who is signed in to a real database, and a short way to fill it."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from db.session import Target, make_engine
from logistics_desktop.ledger import records
from logistics_desktop.ledgers import LEDGERS


@pytest.fixture
def engine(clerk: Target) -> Iterator[sa.Engine]:
    """Connections of the clerk."""
    engine = make_engine(clerk)
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
