"""Who may do what: posts, what a post may do and how far, and the accounts that hold posts."""

from __future__ import annotations

import enum
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from db.base import Base, Name


class Scope(enum.Enum):
    """How far a permission reaches: one's own rows, those of one's department, of those below it too, or all."""

    OWN = "own"
    DEPARTMENT = "department"
    BELOW = "below"
    ALL = "all"


class Post(Base):
    """A post that accounts hold; the built-in ones come with the program and are called by their `key`."""

    __tablename__ = "post"

    key: Mapped[str] = mapped_column(sa.String(64), primary_key=True)
    name: Mapped[Name]
    builtin: Mapped[bool] = mapped_column(server_default=sa.false())


class Permission(Base):
    """Something that a post may do; only a `scoped` one can reach less than all."""

    __tablename__ = "permission"

    key: Mapped[str] = mapped_column(sa.String(64), primary_key=True)
    scoped: Mapped[bool]


class PostPermission(Base):
    """What a post may do, and how far."""

    __tablename__ = "post_permission"

    post: Mapped[str] = mapped_column(sa.ForeignKey("app.post.key", ondelete="CASCADE"), primary_key=True)
    permission: Mapped[str] = mapped_column(
        sa.ForeignKey("app.permission.key", ondelete="CASCADE"), primary_key=True, index=True
    )
    scope: Mapped[Scope]


class Account(Base):
    """Somebody who may use the office: `login` is the role of PostgreSQL that the person signs in as.

    A role without an account, or with one that is not `active`, sees nothing and may do nothing. After wrong passwords
    it cannot sign in before `locked_until`; failures before `unlocked_at` count no more.
    """

    __tablename__ = "account"

    login: Mapped[str] = mapped_column(sa.String(64), primary_key=True)
    staff_id: Mapped[int | None] = mapped_column(sa.ForeignKey("app.staff.id"), unique=True)
    active: Mapped[bool] = mapped_column(server_default=sa.true())
    must_change_password: Mapped[bool] = mapped_column(server_default=sa.false())
    password_changed_at: Mapped[datetime | None]
    created_at: Mapped[datetime] = mapped_column(server_default=sa.func.now())
    created_by: Mapped[str] = mapped_column(sa.String(64), server_default=sa.text("session_user"))
    locked_until: Mapped[datetime | None]
    unlocked_at: Mapped[datetime | None]


class AccountPost(Base):
    """A post that an account holds."""

    __tablename__ = "account_post"

    login: Mapped[str] = mapped_column(sa.ForeignKey("app.account.login", ondelete="CASCADE"), primary_key=True)
    post: Mapped[str] = mapped_column(sa.ForeignKey("app.post.key"), primary_key=True, index=True)


class Protection(Base):
    """What one needs for the rows of a table, as `app.protect` made its policies; a table without a row fails a test.

    `readable`, `writable` and `removable` are permissions: None is nobody, `*` everybody with an account. Where a
    permission does not reach all, rows are reached by their `department` and their `owner`, both names of columns.
    `rule` says in words what policies written by hand do.
    """

    __tablename__ = "protection"

    table_name: Mapped[str] = mapped_column(sa.String(64), primary_key=True)
    readable: Mapped[str | None] = mapped_column(sa.String(64))
    writable: Mapped[str | None] = mapped_column(sa.String(64))
    removable: Mapped[str | None] = mapped_column(sa.String(64))
    department: Mapped[str | None] = mapped_column(sa.String(64))
    owner: Mapped[str | None] = mapped_column(sa.String(64))
    rule: Mapped[str | None] = mapped_column(sa.Text)
