"""Approvals: routes and their versions, cases that run along them, tasks, decisions, copies, stand-ins.

People read these tables and never write them: every step is a function of the database (`db/sql/approval_*.sql`).
Form fields, steps and conditions are JSON; `docs/architecture.md` describes their shape.
"""

from __future__ import annotations

import uuid
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import ARRAY, JSONB, ExcludeConstraint
from sqlalchemy.orm import Mapped, mapped_column

from db.base import Base, Line, Note

_KEY = sa.String(64)

CASE_STATES = ("running", "returned", "approved", "refused", "withdrawn")
LIVE_CASES = ("running", "returned")
TASK_STATES = ("open", "queued", "held", "signed", "approved", "refused", "returned", "skipped", "cancelled")
LIVE_TASKS = ("open", "queued", "held", "signed")
TASK_MODES = ("any", "all", "turn", "added", "delegated", "resubmit")


def _one_of(column: str, values: tuple[str, ...]) -> sa.CheckConstraint:
    listed = ", ".join(f"'{value}'" for value in values)
    return sa.CheckConstraint(f"{column} IN ({listed})", name=column)


def _live(column: str, values: tuple[str, ...]) -> sa.TextClause:
    return sa.text(f"{column} IN ({', '.join(repr(value) for value in values)})")


class ApprovalKind(Base):
    """A kind of document that can be approved: the fields of its form, and the functions that it gives the engine.

    `fields` is a list of `{"key", "label", "type"}`; types are number, text, date, flag, staff, and the trees
    department, location, asset_class. `hook` is what the names of its functions begin with (`approval_50_hooks.sql`).
    """

    __tablename__ = "approval_kind"

    kind: Mapped[str] = mapped_column(_KEY, primary_key=True)
    name: Mapped[Line]
    fields: Mapped[list[dict[str, Any]]] = mapped_column(JSONB)
    hook: Mapped[str] = mapped_column(_KEY)


class ApprovalRoute(Base):
    """The way that documents of one kind go; what it says stands in its versions."""

    __tablename__ = "approval_route"

    id: Mapped[int] = mapped_column(sa.BigInteger, sa.Identity(), primary_key=True)
    kind: Mapped[str] = mapped_column(sa.ForeignKey("app.approval_kind.kind"), unique=True)
    name: Mapped[Line]


class ApprovalVersion(Base):
    """One version of a route: a draft, the published one, or a former one that running cases keep."""

    __tablename__ = "approval_version"

    id: Mapped[int] = mapped_column(sa.BigInteger, sa.Identity(), primary_key=True)
    route_id: Mapped[int] = mapped_column(sa.ForeignKey("app.approval_route.id"))
    number: Mapped[int]
    state: Mapped[str] = mapped_column(sa.String(16), server_default="draft")
    definition: Mapped[dict[str, Any]]
    saved_at: Mapped[datetime] = mapped_column(server_default=sa.func.now())
    saved_by: Mapped[str] = mapped_column(sa.String(64), server_default=sa.text("session_user"))
    published_at: Mapped[datetime | None]
    published_by: Mapped[str | None] = mapped_column(sa.String(64))

    __table_args__ = (
        _one_of("state", ("draft", "published", "former")),
        sa.UniqueConstraint("route_id", "number"),
        sa.Index("uq_approval_version_draft", "route_id", unique=True, postgresql_where=sa.text("state = 'draft'")),
        sa.Index(
            "uq_approval_version_published", "route_id", unique=True, postgresql_where=sa.text("state = 'published'")
        ),
    )


class ApprovalRule(Base):
    """One cell of the truth table: what an action does to a task or a case in a state (`approval_10_rules.sql`)."""

    __tablename__ = "approval_rule"

    mode: Mapped[str] = mapped_column(sa.String(16), primary_key=True)
    state: Mapped[str] = mapped_column(sa.String(16), primary_key=True)
    action: Mapped[str] = mapped_column(sa.String(16), primary_key=True)
    allowed: Mapped[bool]
    outcome: Mapped[str] = mapped_column(sa.String(16))


class ApprovalCase(Base):
    """One document on its way. `form` is what is being approved, frozen; `position` the step of the path it stands at.

    `visit` counts the steps that were opened, so that a step that is come to twice has tasks of its own each time.
    After a return, `back_position` is where the case goes straight back to, and `back_signed` who has signed there.
    """

    __tablename__ = "approval_case"

    id: Mapped[int] = mapped_column(sa.BigInteger, sa.Identity(), primary_key=True)
    request: Mapped[uuid.UUID] = mapped_column(unique=True)
    kind: Mapped[str] = mapped_column(sa.ForeignKey("app.approval_kind.kind"))
    document_id: Mapped[int] = mapped_column(sa.BigInteger)
    number: Mapped[str] = mapped_column(sa.String(64))
    title: Mapped[Line]
    form: Mapped[dict[str, Any]]
    choices: Mapped[dict[str, Any]] = mapped_column(server_default="{}")
    version_id: Mapped[int] = mapped_column(sa.ForeignKey("app.approval_version.id"), index=True)
    requester_id: Mapped[int] = mapped_column(sa.ForeignKey("app.staff.id"))
    department_id: Mapped[int | None] = mapped_column(sa.ForeignKey("app.department.id"))
    state: Mapped[str] = mapped_column(sa.String(16), server_default="running")
    position: Mapped[int] = mapped_column(server_default="0")
    visit: Mapped[int] = mapped_column(server_default="0")
    path_keys: Mapped[list[str]] = mapped_column(ARRAY(sa.Text), server_default="{}")
    back_position: Mapped[int | None]
    back_signed: Mapped[list[int] | None] = mapped_column(ARRAY(sa.BigInteger))
    submitted_at: Mapped[datetime] = mapped_column(server_default=sa.func.now())
    ended_at: Mapped[datetime | None]
    urged_at: Mapped[datetime | None]

    __table_args__ = (
        _one_of("state", CASE_STATES),
        sa.Index(
            "uq_approval_case_live", "kind", "document_id", unique=True, postgresql_where=_live("state", LIVE_CASES)
        ),
        sa.Index("ix_approval_case_document", "kind", "document_id"),
        sa.Index("ix_approval_case_requester", "requester_id", "id"),
    )


class ApprovalTask(Base):
    """What one person is asked to do on a case. `staff_id` whose it is now, `decided_by` who decided it.

    `parent_id` is the task of the person who added this signer or delegated to them.
    """

    __tablename__ = "approval_task"

    id: Mapped[int] = mapped_column(sa.BigInteger, sa.Identity(), primary_key=True)
    case_id: Mapped[int] = mapped_column(sa.ForeignKey("app.approval_case.id"))
    visit: Mapped[int]
    position: Mapped[int]
    step: Mapped[Line]
    mode: Mapped[str] = mapped_column(sa.String(16))
    turn: Mapped[int] = mapped_column(server_default="1")
    staff_id: Mapped[int] = mapped_column(sa.ForeignKey("app.staff.id"))
    parent_id: Mapped[int | None] = mapped_column(sa.ForeignKey("app.approval_task.id"), index=True)
    state: Mapped[str] = mapped_column(sa.String(16))
    why: Mapped[str | None] = mapped_column(sa.String(16))
    together: Mapped[bool] = mapped_column(server_default=sa.false())
    hours: Mapped[int | None]
    late: Mapped[str] = mapped_column(sa.String(16), server_default="remind")
    opened_at: Mapped[datetime | None]
    due_at: Mapped[datetime | None]
    done_at: Mapped[datetime | None]
    decided_by: Mapped[int | None] = mapped_column(sa.ForeignKey("app.staff.id"))

    __table_args__ = (
        _one_of("state", TASK_STATES),
        _one_of("mode", TASK_MODES),
        sa.Index("ix_approval_task_case", "case_id", "visit"),
        sa.Index("ix_approval_task_to_do", "staff_id", "id", postgresql_where=sa.text("state = 'open'")),
        sa.Index("ix_approval_task_live", "staff_id", postgresql_where=_live("state", LIVE_TASKS)),
        sa.Index("ix_approval_task_due", "due_at", postgresql_where=sa.text("state = 'open'")),
    )


class ApprovalDecision(Base):
    """What somebody did to a case; append-only. `for_id` is the person whom `who_id` stood in for.

    `who_id` is empty where the program acted by itself; `details` says to whom, to which step and the like.
    """

    __tablename__ = "approval_decision"

    id: Mapped[int] = mapped_column(sa.BigInteger, sa.Identity(), primary_key=True)
    request: Mapped[uuid.UUID | None] = mapped_column(unique=True)
    case_id: Mapped[int] = mapped_column(sa.ForeignKey("app.approval_case.id"))
    task_id: Mapped[int | None] = mapped_column(sa.ForeignKey("app.approval_task.id"))
    at: Mapped[datetime] = mapped_column(server_default=sa.func.clock_timestamp())
    login: Mapped[str] = mapped_column(sa.String(64), server_default=sa.text("session_user"))
    who_id: Mapped[int | None] = mapped_column(sa.ForeignKey("app.staff.id"))
    for_id: Mapped[int | None] = mapped_column(sa.ForeignKey("app.staff.id"))
    action: Mapped[str] = mapped_column(sa.String(16))
    step: Mapped[Line | None]
    comment: Mapped[Note] = mapped_column(server_default="")
    details: Mapped[dict[str, Any]] = mapped_column(server_default="{}")

    __table_args__ = (
        sa.Index("ix_approval_decision_case", "case_id", "id"),
        sa.Index("ix_approval_decision_who", "who_id", "id"),
    )


class ApprovalCopy(Base):
    """A copy of a case that somebody got to know of it; `read_at` when they looked."""

    __tablename__ = "approval_copy"

    id: Mapped[int] = mapped_column(sa.BigInteger, sa.Identity(), primary_key=True)
    case_id: Mapped[int] = mapped_column(sa.ForeignKey("app.approval_case.id"))
    staff_id: Mapped[int] = mapped_column(sa.ForeignKey("app.staff.id"))
    at: Mapped[datetime] = mapped_column(server_default=sa.func.now())
    by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("app.staff.id"))
    read_at: Mapped[datetime | None]

    __table_args__ = (
        sa.UniqueConstraint("case_id", "staff_id"),
        sa.Index("ix_approval_copy_staff", "staff_id", "id"),
    )


class ApprovalParticipant(Base):
    """Who may see a case: the requester, and whoever ever had a task or a copy. The engine alone writes here."""

    __tablename__ = "approval_participant"

    case_id: Mapped[int] = mapped_column(sa.ForeignKey("app.approval_case.id"), primary_key=True)
    staff_id: Mapped[int] = mapped_column(sa.ForeignKey("app.staff.id"), primary_key=True, index=True)


class ApprovalStandIn(Base):
    """`stand_in_id` decides for `staff_id` on the days from `starts_on` to `ends_on`, both included."""

    __tablename__ = "approval_stand_in"

    id: Mapped[int] = mapped_column(sa.BigInteger, sa.Identity(), primary_key=True)
    staff_id: Mapped[int] = mapped_column(sa.ForeignKey("app.staff.id"))
    stand_in_id: Mapped[int] = mapped_column(sa.ForeignKey("app.staff.id"), index=True)
    starts_on: Mapped[date]
    ends_on: Mapped[date]
    note: Mapped[Line] = mapped_column(server_default="")
    set_at: Mapped[datetime] = mapped_column(server_default=sa.func.now())
    set_by: Mapped[str] = mapped_column(sa.String(64), server_default=sa.text("session_user"))

    __table_args__ = (
        sa.CheckConstraint("staff_id <> stand_in_id", name="not_oneself"),
        sa.CheckConstraint("ends_on >= starts_on", name="ends_after_start"),
        # Two at once would leave open who decides. Ranges of one number stand for equality: no extension is needed.
        ExcludeConstraint(
            (sa.text("int8range(staff_id, staff_id, '[]')"), "&&"),
            (sa.text("daterange(starts_on, ends_on, '[]')"), "&&"),
            name="ex_approval_stand_in_one_at_a_time",
        ),
    )
