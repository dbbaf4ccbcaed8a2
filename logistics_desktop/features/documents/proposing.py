"""What the program knows before anybody types: which assets can come on a document, and what they are worth."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Session

from db.models.assets import Asset
from logistics_desktop.features.assets.choices import GONE
from logistics_desktop.ledger.search import fold


@dataclass(frozen=True, slots=True)
class Proposal:
    """An asset that shall come on a document. `before` as in `reading.Line`, None where I have no right to it.

    `problem` is a key of `words.PROBLEMS` that keeps it off, `said` the status or the number of the other document.
    """

    asset: int
    before: dict[str, Any] | None
    problem: str | None
    said: str | None

    def compensation(self, basis: str) -> Decimal | None:
        """What human damage costs at `original_value` or at `book_value`, which is the last month's of depreciation."""
        worth = (self.before or {}).get(basis)
        return Decimal(worth) if worth is not None else None


@dataclass(frozen=True, slots=True)
class Available:
    """An idle thing that can be asked for."""

    id: int
    code: str
    name: str
    specification: str
    department: str


def propose(session: Session, kind: str, assets: Iterable[int]) -> list[Proposal]:
    """The lines that these assets would make on a document of this kind."""
    asked = sa.func.app.document_propose(kind, sa.cast(list(assets), ARRAY(sa.BigInteger)))
    found = session.execute(sa.select(asked.table_valued("asset", "before", "problem", "said")))
    return [Proposal(row.asset, row.before, row.problem, row.said) for row in found]


def all_of(session: Session, person: int) -> list[int]:
    """Everything that is still here in the name of a person, for the sheet that hands it over."""
    wanted = sa.select(Asset.id).where(Asset.keeper_id == person, Asset.status.not_in(GONE))
    return list(session.scalars(wanted.order_by(Asset.location_id, Asset.code, Asset.id)))


def available(session: Session, text: str = "", limit: int = 50) -> list[Available]:
    """Idle things whose code, name or specification contains `text`, wherever they stand; for issues and loans."""
    columns = ("id", "code", "name", "specification", "department")
    found = session.execute(sa.select(sa.func.app.document_available(fold(text), limit).table_valued(*columns)))
    return [Available(row[0], *(value or "" for value in row[1:])) for row in found]
