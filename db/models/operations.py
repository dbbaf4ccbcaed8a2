"""What was done to several rows in one step, and the counters behind the numbers that the program gives."""

from __future__ import annotations

import uuid
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from db.base import Base, Line


class Operation(Base):
    """One step that changed several rows together; the changes in the history carry its `id` as their batch."""

    __tablename__ = "operation"

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    at: Mapped[datetime] = mapped_column(server_default=sa.func.now(), index=True)
    who: Mapped[str] = mapped_column(sa.String(64), server_default=sa.text("session_user"))
    kind: Mapped[str] = mapped_column(sa.String(32))
    ledger: Mapped[str] = mapped_column(sa.String(64))
    title: Mapped[Line]
    rows: Mapped[int]
    undone_at: Mapped[datetime | None]
    undone_by: Mapped[str | None] = mapped_column(sa.String(64))


class NumberCounter(Base):
    """The last serial given under one pattern, such as `A0201-2026-{serial}`; its row makes takers wait in turn."""

    __tablename__ = "number_counter"

    pattern: Mapped[str] = mapped_column(sa.String(200), primary_key=True)
    last: Mapped[int] = mapped_column(sa.BigInteger)
