"""Documents of assets: what kinds there are, drafts and their lines, numbers, what they hold, and what is lent.

People read these tables and never write them: every change is a function of the database (`db/sql/document_*.sql`).
"""

from __future__ import annotations

import uuid
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import ARRAY, JSONB
from sqlalchemy.orm import Mapped, mapped_column

from db.base import Base
from db.models.assets import Status

_KEY = sa.String(64)

DOCUMENT_STATES = ("draft", "submitted", "returned", "refused", "withdrawn", "effective")
HELD = ("place", "state")


class DocumentKind(Base):
    """A kind of document, described once (`db/sql/document_10_kinds.sql`) for the form, the approval and the effect.

    `fields` and `line_fields` are lists of `{"key", "label", "type"[, "required", "choices", "default"]}`; types are
    text, note, number, date, flag, choice, staff, department and location. `takes` are the statuses that an asset may
    have, `touches` what of an asset the document holds while it runs. `sets` (columns of the asset by fields of the
    form), `fills` (the same, only where the asset has nothing yet), `clears` and `leaves` (its status) are the effect.
    """

    __tablename__ = "document_kind"

    kind: Mapped[str] = mapped_column(sa.ForeignKey("app.approval_kind.kind"), primary_key=True)
    place: Mapped[int]
    prefix: Mapped[str] = mapped_column(sa.String(8), unique=True)
    fields: Mapped[list[dict[str, Any]]] = mapped_column(JSONB)
    line_fields: Mapped[list[dict[str, Any]]] = mapped_column(JSONB)
    takes: Mapped[list[str]] = mapped_column(ARRAY(sa.Text))
    touches: Mapped[list[str]] = mapped_column(ARRAY(sa.Text))
    sets: Mapped[dict[str, Any]]
    fills: Mapped[dict[str, Any]]
    clears: Mapped[list[str]] = mapped_column(ARRAY(sa.Text))
    leaves: Mapped[str | None] = mapped_column(sa.String(32))


class Document(Base):
    """One document. `form` holds the fields of its kind; `saves` counts the savings and tells two editors apart.

    `request` is the key of the last saving. `number` comes with the first submission and stays. `asset_ids` repeats
    the lines, for the policy of who may read.
    """

    __tablename__ = "document"

    id: Mapped[int] = mapped_column(sa.BigInteger, sa.Identity(), primary_key=True)
    kind: Mapped[str] = mapped_column(sa.ForeignKey("app.document_kind.kind"))
    number: Mapped[str | None] = mapped_column(sa.String(64), unique=True)
    state: Mapped[str] = mapped_column(sa.String(16), server_default="draft")
    requester_id: Mapped[int] = mapped_column(sa.ForeignKey("app.staff.id"), index=True)
    department_id: Mapped[int | None] = mapped_column(sa.ForeignKey("app.department.id"))
    form: Mapped[dict[str, Any]]
    asset_ids: Mapped[list[int]] = mapped_column(ARRAY(sa.BigInteger), server_default="{}")
    saves: Mapped[int] = mapped_column(server_default="1")
    request: Mapped[uuid.UUID] = mapped_column(unique=True)
    made_at: Mapped[datetime] = mapped_column(server_default=sa.func.now())
    saved_at: Mapped[datetime] = mapped_column(server_default=sa.func.now())
    submitted_at: Mapped[datetime | None]
    effective_at: Mapped[datetime | None]

    __table_args__ = (
        sa.CheckConstraint("state IN ({})".format(", ".join(map(repr, DOCUMENT_STATES))), name="state"),
        sa.CheckConstraint("(number IS NULL) = (state = 'draft')", name="numbered_when_submitted"),
        sa.Index("ix_document_kind", "kind", "id"),
    )


class DocumentLine(Base):
    """One asset on a document. `said` holds the fields of the line; `before` is the asset as it was when submitted."""

    __tablename__ = "document_line"

    id: Mapped[int] = mapped_column(sa.BigInteger, sa.Identity(), primary_key=True)
    document_id: Mapped[int] = mapped_column(sa.ForeignKey("app.document.id", ondelete="CASCADE"))
    place: Mapped[int]
    asset_id: Mapped[int] = mapped_column(sa.ForeignKey("app.asset.id"), index=True)
    said: Mapped[dict[str, Any]]
    before: Mapped[dict[str, Any] | None]

    __table_args__ = (sa.UniqueConstraint("document_id", "asset_id"),)


class DocumentCounter(Base):
    """The last number given to a kind in a month; the row is changed in the transaction that uses the number."""

    __tablename__ = "document_counter"

    prefix: Mapped[str] = mapped_column(sa.String(8), primary_key=True)
    month: Mapped[date] = mapped_column(primary_key=True)
    last: Mapped[int]


class DocumentHold(Base):
    """What of an asset a running document holds: its place, its state, or both. Only one document can hold each."""

    __tablename__ = "document_hold"

    asset_id: Mapped[int] = mapped_column(sa.ForeignKey("app.asset.id", ondelete="CASCADE"), primary_key=True)
    held: Mapped[str] = mapped_column(sa.String(8), primary_key=True)
    document_id: Mapped[int] = mapped_column(sa.ForeignKey("app.document.id"), index=True)

    __table_args__ = (sa.CheckConstraint("held IN ({})".format(", ".join(map(repr, HELD))), name="held"),)


class AssetLoan(Base):
    """An asset that was borrowed until `due_on`, and where it stood before; ended by the document that returns it."""

    __tablename__ = "asset_loan"

    id: Mapped[int] = mapped_column(sa.BigInteger, sa.Identity(), primary_key=True)
    asset_id: Mapped[int] = mapped_column(sa.ForeignKey("app.asset.id"))
    document_id: Mapped[int] = mapped_column(sa.ForeignKey("app.document.id"))
    borrower_id: Mapped[int] = mapped_column(sa.ForeignKey("app.staff.id"), index=True)
    due_on: Mapped[date]
    status: Mapped[Status]
    keeper_id: Mapped[int | None] = mapped_column(sa.ForeignKey("app.staff.id"))
    location_id: Mapped[int | None] = mapped_column(sa.ForeignKey("app.location.id"))
    returned_by: Mapped[int | None] = mapped_column(sa.ForeignKey("app.document.id"))
    returned_on: Mapped[date | None]

    __table_args__ = (
        sa.CheckConstraint("(returned_by IS NULL) = (returned_on IS NULL)", name="returned_whole"),
        # A thing is lent to one at a time.
        sa.Index("uq_asset_loan_open", "asset_id", unique=True, postgresql_where=sa.text("returned_by IS NULL")),
        sa.Index("ix_asset_loan_due", "due_on", postgresql_where=sa.text("returned_by IS NULL")),
    )
