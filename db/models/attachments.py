"""Files that belong to a record: the bytes once per content, in chunks, and who hung them where."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from db.base import Base, Line, Note

CHUNK_BYTES = 1 << 20


class Content(Base):
    """The bytes of a file, stored once, named by their SHA-256 in hex."""

    __tablename__ = "content"

    sha256: Mapped[str] = mapped_column(sa.String(64), primary_key=True)
    size: Mapped[int] = mapped_column(sa.BigInteger)
    media_type: Mapped[Line]


class ContentChunk(Base):
    """A piece of at most `CHUNK_BYTES`, so that neither side holds a large file twice in memory."""

    __tablename__ = "content_chunk"

    sha256: Mapped[str] = mapped_column(sa.ForeignKey("app.content.sha256", ondelete="CASCADE"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    data: Mapped[bytes]


class Attachment(Base):
    """A file on a record of any table."""

    __tablename__ = "attachment"

    id: Mapped[int] = mapped_column(sa.BigInteger, sa.Identity(), primary_key=True)
    table_name: Mapped[str] = mapped_column(sa.String(64))
    record_id: Mapped[int] = mapped_column(sa.BigInteger)
    sha256: Mapped[str] = mapped_column(sa.ForeignKey("app.content.sha256"), index=True)
    file_name: Mapped[Line]
    note: Mapped[Note | None]
    added_at: Mapped[datetime] = mapped_column(server_default=sa.func.now())
    added_by: Mapped[str] = mapped_column(sa.String(64), server_default=sa.text("session_user"))

    __table_args__ = (sa.Index(None, "table_name", "record_id"),)
