"""What people do beside changing rows, and the seals that show whether anybody tampered with the log."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from db.base import Base, Line


class Event(Base):
    """Something that a person did and the program told of (`app.note_event`); `about` is a ledger, table or screen."""

    __tablename__ = "event"

    id: Mapped[int] = mapped_column(sa.BigInteger, sa.Identity(always=True), primary_key=True)
    at: Mapped[datetime] = mapped_column(server_default=sa.func.now())
    who: Mapped[str] = mapped_column(sa.String(64), server_default=sa.text("session_user"))
    program: Mapped[str] = mapped_column(sa.Text, server_default=sa.text("current_setting('application_name')"))
    host: Mapped[str | None] = mapped_column(sa.Text)
    transaction: Mapped[int] = mapped_column(sa.BigInteger)
    kind: Mapped[str] = mapped_column(sa.String(32))
    about: Mapped[Line | None]
    detail: Mapped[dict[str, Any] | None]

    __table_args__ = (
        sa.CheckConstraint("octet_length(detail::text) <= 10000", name="detail_short"),
        sa.Index(None, "transaction", "id"),
        sa.Index(None, "at", "id"),
        sa.Index(None, "who", "at", "id"),
    )


class Seal(Base):
    """A piece of one of the two logs, sealed (`app.seal`).

    It covers the lines after (`after_transaction`, `after_id`) up to (`until_transaction`, `until_id`). `lines` has
    40 bytes for each: its number, and the hash of what it says. `hash` is over the hash before, the bounds and `lines`.
    """

    __tablename__ = "seal"

    number: Mapped[int] = mapped_column(sa.BigInteger, primary_key=True, autoincrement=False)
    log_name: Mapped[str] = mapped_column(sa.String(16))
    at: Mapped[datetime]
    after_transaction: Mapped[int] = mapped_column(sa.BigInteger)
    after_id: Mapped[int] = mapped_column(sa.BigInteger)
    until_transaction: Mapped[int] = mapped_column(sa.BigInteger)
    until_id: Mapped[int] = mapped_column(sa.BigInteger)
    line_count: Mapped[int] = mapped_column(sa.BigInteger)
    lines: Mapped[bytes]
    hash: Mapped[bytes]

    __table_args__ = (sa.Index(None, "log_name", "number"),)


class LogShift(Base):
    """One row: how far the log's count of transactions is ahead of the server's (`db/sql/log_events.sql`)."""

    __tablename__ = "log_shift"

    shift: Mapped[int] = mapped_column(sa.BigInteger, primary_key=True, autoincrement=False)
