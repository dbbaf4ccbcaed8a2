"""A clerk's office with a few things in it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy.orm import Session

from logistics_desktop.context import Office
from logistics_desktop.features.assets.asset_ledger import ASSETS
from logistics_desktop.ledger import records
from logistics_desktop.ledger.fields import Reference
from logistics_desktop.ledgers import LEDGERS

Add = Callable[..., int]


@pytest.fixture
def add(office: Office) -> Add:
    """Store a record of the ledger named first, and give its number."""

    def store(ledger: str, **values: object) -> int:
        with office.session() as session:
            return records.create(session, LEDGERS[ledger], values)

    return store


def asset(session: Session, number: int) -> dict[str, Any]:
    """An asset as it is stored, references as ids."""
    values = records.read(session, LEDGERS, ASSETS, number).values
    return {key: value.id if isinstance(value, Reference) else value for key, value in values.items()}
