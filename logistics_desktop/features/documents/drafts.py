"""Making a document: saving it as a draft, copying an earlier one, throwing it away, the form that routes will see.

A document is sent with `features.approvals.actions.submit(session, kind, document, choices, request=…)`: its number,
what it holds and its effect are the database's work (`db/sql/document_*.sql`).
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Session

from logistics_desktop.features.documents import reading


@dataclass(frozen=True, slots=True)
class DraftLine:
    """An asset on a document that is being made; `said` holds the fields of the line."""

    asset: int
    said: Mapping[str, Any] = field(default_factory=dict)


def save(
    session: Session,
    kind: str,
    form: Mapping[str, Any],
    lines: Iterable[DraftLine],
    *,
    document: int | None = None,
    seen: int | None = None,
    request: uuid.UUID,
) -> int:
    """Save a draft, a new one or `document` as it was `seen` (`Document.saves`), and give its number in the table.

    Fields may hold dates and decimals or what is stored. `request` is a key made once per saving: repeated, nothing is
    saved again. Raises `Refused` where it was saved elsewhere meanwhile, is not mine, or is not open to changes.
    """
    said = [{"asset": line.asset, "said": _stored(line.said)} for line in lines]
    asked = sa.func.app.document_save(document, kind, _json(_stored(form)), _json(said), seen, request)
    return int(session.scalar(sa.select(asked)) or 0)


def copy(session: Session, document: int, *, request: uuid.UUID) -> int:
    """Make a draft of my own with the form and the lines of any document that I may see; days are asked for anew."""
    source = reading.read(session, document)
    days = {one.key for one in source.kind.fields if one.type == "date"}
    form = {key: value for key, value in source.form.items() if key not in days}
    return save(
        session, source.kind.key, form, [DraftLine(line.asset, line.said) for line in source.lines], request=request
    )


def delete(session: Session, document: int) -> None:
    """Throw a draft away. Raises `Refused` where it has a number."""
    session.execute(sa.select(sa.func.app.document_delete(document)))


def preview(session: Session, document: int) -> dict[str, Any]:
    """The form that would be approved, with what follows from the lines: for `features.approvals.routes.preview`."""
    form: dict[str, Any] = session.scalar(sa.select(sa.func.app.document_preview(document))) or {}
    return form


def _stored(said: Mapping[str, Any]) -> dict[str, Any]:
    return {key: str(value) if isinstance(value, date | Decimal) else value for key, value in said.items()}


def _json(value: object) -> Any:
    return sa.cast(sa.literal(value, JSONB), JSONB)
