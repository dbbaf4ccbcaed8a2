"""What happened to the rows, and the imports that made it happen."""

from __future__ import annotations

import enum
import uuid
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from db.base import Base, Line


class Action(enum.Enum):
    """What was done to a row."""

    INSERT = "I"
    UPDATE = "U"
    DELETE = "D"


class Change(Base):
    """One change of one row, written by trigger (`db/sql/history.sql`) and by nothing else.

    An update keeps only the fields that changed; `batch` names the import it was part of. A row whose key is one
    number has it in `record_id`, any other its key as text in `record_key`.
    """

    __tablename__ = "change"

    id: Mapped[int] = mapped_column(sa.BigInteger, sa.Identity(always=True), primary_key=True)
    at: Mapped[datetime] = mapped_column(server_default=sa.func.now())
    who: Mapped[str] = mapped_column(sa.String(64), server_default=sa.text("session_user"))
    program: Mapped[str] = mapped_column(sa.Text, server_default=sa.text("current_setting('application_name')"))
    host: Mapped[str | None] = mapped_column(sa.Text)
    transaction: Mapped[int] = mapped_column(
        sa.BigInteger, server_default=sa.text("pg_current_xact_id()::text::bigint")
    )
    batch: Mapped[uuid.UUID | None]
    table_name: Mapped[str] = mapped_column(sa.String(64))
    record_id: Mapped[int | None] = mapped_column(sa.BigInteger)
    record_key: Mapped[str | None] = mapped_column(sa.Text)
    action: Mapped[Action]
    before: Mapped[dict[str, Any] | None]
    after: Mapped[dict[str, Any] | None]

    __table_args__ = (
        sa.Index(None, "table_name", "record_id", "id"),
        sa.Index(None, "transaction", "id"),
        sa.Index(None, "at", "id"),
        sa.Index(None, "who", "at", "id"),
        # What happened to the files of a record is found by the record, also after the file is gone.
        sa.Index(
            "ix_change_attachment",
            sa.text("(COALESCE(after, before) ->> 'table_name')"),
            sa.text("(COALESCE(after, before) ->> 'record_id')"),
            postgresql_where=sa.text("table_name = 'attachment'"),
        ),
        sa.Index("ix_change_batch", "batch", postgresql_where=sa.text("batch IS NOT NULL")),
    )


class ImportBatch(Base):
    """One import that was applied; its `id` is the client-made key that makes repeating it harmless."""

    __tablename__ = "import_batch"

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    at: Mapped[datetime] = mapped_column(server_default=sa.func.now(), index=True)
    who: Mapped[str] = mapped_column(sa.String(64), server_default=sa.text("session_user"))
    ledger: Mapped[str] = mapped_column(sa.String(64))
    file_name: Mapped[Line]
    sha256: Mapped[str] = mapped_column(sa.String(64), index=True)
    sheet: Mapped[Line]
    new: Mapped[int]
    changed: Mapped[int]
    unchanged: Mapped[int]
    refused: Mapped[int]
    undone_at: Mapped[datetime | None]
    undone_by: Mapped[str | None] = mapped_column(sa.String(64))


class HeaderMap(Base):
    """Which field a header of the office's own workbooks means, as a user once decided; `""` is: leave out."""

    __tablename__ = "header_map"

    ledger: Mapped[str] = mapped_column(sa.String(64), primary_key=True)
    header: Mapped[str] = mapped_column(sa.String(200), primary_key=True)
    field: Mapped[str] = mapped_column(sa.String(64))
