"""What a book says of one asset by itself, read and stored as one record of its ledger."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from db.models.depreciation import BookAsset
from logistics_desktop.features.depreciation.one_asset import check_own_terms
from logistics_desktop.features.depreciation.terms_entities import BOOK_ASSETS
from logistics_desktop.ledger import records
from logistics_desktop.ledger.entity import Ledgers
from logistics_desktop.ledger.records import Record


def own_terms(session: Session, ledgers: Ledgers, book: int, asset: int) -> Record | None:
    """The record, if the book says anything of the asset."""
    key = sa.and_(BookAsset.book_id == book, BookAsset.asset_id == asset)
    number = session.scalar(sa.select(BookAsset.id).where(key))
    return None if number is None else records.read(session, ledgers, BOOK_ASSETS, number)


def store_terms(
    session: Session, ledgers: Ledgers, book: int, asset: int, before: Record | None, values: Mapping[str, Any]
) -> None:
    """Store what the book says of an asset; `before` is what was read.

    Raises what `records.update` does, and `FieldErrors` where the asset could not be charged by it.
    """
    if before is None:
        records.create(session, BOOK_ASSETS, {"book_id": book, "asset_id": asset, **values})
    else:
        records.update(session, ledgers, BOOK_ASSETS, before.id, before.version, values)
    check_own_terms(session, book, asset, {key for key, value in values.items() if value is not None})
