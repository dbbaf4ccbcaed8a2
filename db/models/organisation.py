"""The organisation: departments and locations as trees, and the people."""

from __future__ import annotations

import enum
import uuid
from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from db.base import Base, Code, Line, Name, Note, Record, Searchable, grams_index


class Department(Record, Searchable, Base):
    """A unit of the organisation; `parent_id` is the unit above it."""

    __tablename__ = "department"

    code: Mapped[Code] = mapped_column(unique=True)
    name: Mapped[Name] = mapped_column(index=True)
    parent_id: Mapped[int | None] = mapped_column(sa.ForeignKey("app.department.id"), index=True)
    head_id: Mapped[int | None] = mapped_column(sa.ForeignKey("app.staff.id", use_alter=True), index=True)
    phone: Mapped[Line | None]
    note: Mapped[Note | None]

    __table_args__ = (sa.CheckConstraint("parent_id <> id", name="not_own_parent"), grams_index("department"))


class StaffStatus(enum.Enum):
    """Whether a person still works here."""

    ACTIVE = "active"
    LEFT = "left"


class Staff(Record, Searchable, Base):
    """A person of the organisation; `code` is the staff number, `login` the name that the person signs in with."""

    __tablename__ = "staff"

    code: Mapped[Code] = mapped_column(unique=True)
    name: Mapped[Name] = mapped_column(index=True)
    department_id: Mapped[int | None] = mapped_column(sa.ForeignKey("app.department.id"), index=True)
    post: Mapped[Line | None]
    phone: Mapped[Line | None]
    email: Mapped[Line | None]
    id_number: Mapped[Line | None]
    status: Mapped[StaffStatus] = mapped_column(server_default=StaffStatus.ACTIVE.value)
    joined_on: Mapped[date | None]
    left_on: Mapped[date | None]
    login: Mapped[Code | None] = mapped_column(unique=True)
    note: Mapped[Note | None]

    __table_args__ = (
        sa.CheckConstraint("left_on >= joined_on", name="left_after_joined"),
        grams_index("staff"),
    )


class StaffPrivate(Base):
    """What only those may read who have `staff.sensitive`; `Staff` has it masked, 138****5678.

    Written by trigger (`db/sql/private.sql`) from what is stored in `Staff`.
    """

    __tablename__ = "staff_private"

    id: Mapped[int] = mapped_column(
        sa.BigInteger,
        sa.ForeignKey("app.staff.id", ondelete="CASCADE", deferrable=True, initially="DEFERRED"),
        primary_key=True,
        autoincrement=False,
    )
    phone: Mapped[Line | None]
    id_number: Mapped[Line | None]


class PastPrivate(Base):
    """What `StaffPrivate` said of a person before a step that can be taken back; the history has it masked only."""

    __tablename__ = "past_private"

    batch: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    id: Mapped[int] = mapped_column(sa.BigInteger, primary_key=True, autoincrement=False)
    phone: Mapped[Line | None]
    id_number: Mapped[Line | None]


class Location(Record, Searchable, Base):
    """A place: site, building, floor, room; `parent_id` is the place around it."""

    __tablename__ = "location"

    code: Mapped[Code] = mapped_column(unique=True)
    name: Mapped[Name] = mapped_column(index=True)
    parent_id: Mapped[int | None] = mapped_column(sa.ForeignKey("app.location.id"), index=True)
    department_id: Mapped[int | None] = mapped_column(sa.ForeignKey("app.department.id"), index=True)
    note: Mapped[Note | None]

    __table_args__ = (sa.CheckConstraint("parent_id <> id", name="not_own_parent"), grams_index("location"))
