"""Which writes have had their effect, so that one that is sent again has none."""

from __future__ import annotations

import uuid
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from db.base import Base


class Request(Base):
    """One unit of work that was stored, by the key that the program gave it before it was sent the first time.

    `number` is what the work gave, such as the id of the record that it made.
    """

    __tablename__ = "request"

    login: Mapped[str] = mapped_column(sa.String(64), primary_key=True, server_default=sa.text("session_user"))
    key: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    at: Mapped[datetime] = mapped_column(server_default=sa.func.now())
    number: Mapped[int | None] = mapped_column(sa.BigInteger)

    __table_args__ = (sa.Index("ix_request_login_at", "login", "at"),)
