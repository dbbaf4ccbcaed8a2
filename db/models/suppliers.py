"""Suppliers."""

from __future__ import annotations

import enum

from sqlalchemy.orm import Mapped, mapped_column

from db.base import Base, Code, Line, Name, Note, Record, Searchable, grams_index


class Grade(enum.Enum):
    """How well a supplier has served, in the office's own three grades."""

    A = "A"
    B = "B"
    C = "C"


class Supplier(Record, Searchable, Base):
    """A company that sells to the organisation; `tax_number` is its unified social credit code."""

    __tablename__ = "supplier"

    code: Mapped[Code] = mapped_column(unique=True)
    name: Mapped[Name] = mapped_column(index=True)
    tax_number: Mapped[Line | None]
    contact: Mapped[Line | None]
    phone: Mapped[Line | None]
    email: Mapped[Line | None]
    address: Mapped[Line | None]
    bank: Mapped[Line | None]
    account: Mapped[Line | None]
    grade: Mapped[Grade | None]
    note: Mapped[Note | None]

    __table_args__ = (grams_index("supplier"),)
