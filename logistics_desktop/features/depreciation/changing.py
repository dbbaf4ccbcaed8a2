"""Storing a change of value of an asset in a book."""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy.orm import Session

from db.models.depreciation import ChangeKind, ValueChange
from logistics_desktop.errors import FieldErrors, UserError
from logistics_desktop.features.depreciation.one_asset import preview_change
from logistics_desktop.features.depreciation.terms import Change
from logistics_desktop.i18n import N_

# By what name a change calls what a column of `value_change` keeps.
_COLUMNS = {"months": "life_months", "residual": "residual_value"}


def record_change(session: Session, book: int, asset: int, change: Change, kind: ChangeKind, reason: str) -> int:
    """Store a change; one of the same month that is stored already gives way field by field. Gives its number.

    Raises `UserError` for one that cannot be, `FieldErrors` without a reason, and `Refused` for a closed month.
    """
    if not reason.strip():
        raise FieldErrors({"reason": UserError(N_("Say why the value changes: the reason is kept."))})
    preview_change(session, book, asset, change)
    values = {_COLUMNS.get(name, name): value for name, value in change.given().items()}
    key = sa.and_(
        ValueChange.book_id == book, ValueChange.asset_id == asset, ValueChange.month == change.month.first_day
    )
    stored = session.scalar(sa.select(ValueChange).where(key).with_for_update())
    if stored is None:
        stored = ValueChange(book_id=book, asset_id=asset, month=change.month.first_day)
        session.add(stored)
    for name, value in {**values, "kind": kind, "reason": reason.strip()}.items():
        setattr(stored, name, value)
    session.flush()
    return stored.id
