"""Approvals: routes, cases, tasks, decisions, copies, stand-ins."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0020"
down_revision = "0007"


def upgrade() -> None:
    op.create_table(
        "approval_kind",
        sa.Column("kind", sa.String(length=64), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("fields", postgresql.JSONB(), nullable=False),
        sa.Column("hook", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("kind", name=op.f("pk_approval_kind")),
        schema="app",
    )
    op.create_table(
        "approval_rule",
        sa.Column("mode", sa.String(length=16), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("action", sa.String(length=16), nullable=False),
        sa.Column("allowed", sa.Boolean(), nullable=False),
        sa.Column("outcome", sa.String(length=16), nullable=False),
        sa.PrimaryKeyConstraint("mode", "state", "action", name=op.f("pk_approval_rule")),
        schema="app",
    )
    op.create_table(
        "approval_route",
        sa.Column("id", sa.BigInteger(), sa.Identity(), nullable=False),
        sa.Column("kind", sa.String(length=64), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.ForeignKeyConstraint(["kind"], ["app.approval_kind.kind"], name=op.f("fk_approval_route_kind")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_approval_route")),
        sa.UniqueConstraint("kind", name=op.f("uq_approval_route_kind")),
        schema="app",
    )
    op.create_table(
        "approval_stand_in",
        sa.Column("id", sa.BigInteger(), sa.Identity(), nullable=False),
        sa.Column("staff_id", sa.BigInteger(), nullable=False),
        sa.Column("stand_in_id", sa.BigInteger(), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.Column("note", sa.String(length=200), server_default="", nullable=False),
        sa.Column("set_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("set_by", sa.String(length=64), server_default=sa.text("session_user"), nullable=False),
        postgresql.ExcludeConstraint(
            (sa.text("int8range(staff_id, staff_id, '[]')"), "&&"),
            (sa.text("daterange(starts_on, ends_on, '[]')"), "&&"),
            using="gist",
            name="ex_approval_stand_in_one_at_a_time",
        ),
        sa.CheckConstraint("ends_on >= starts_on", name=op.f("ck_approval_stand_in_ends_after_start")),
        sa.CheckConstraint("staff_id <> stand_in_id", name=op.f("ck_approval_stand_in_not_oneself")),
        sa.ForeignKeyConstraint(["staff_id"], ["app.staff.id"], name=op.f("fk_approval_stand_in_staff_id")),
        sa.ForeignKeyConstraint(["stand_in_id"], ["app.staff.id"], name=op.f("fk_approval_stand_in_stand_in_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_approval_stand_in")),
        schema="app",
    )
    op.create_index(op.f("ix_approval_stand_in_stand_in_id"), "approval_stand_in", ["stand_in_id"], schema="app")
    op.create_table(
        "approval_version",
        sa.Column("id", sa.BigInteger(), sa.Identity(), nullable=False),
        sa.Column("route_id", sa.BigInteger(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=16), server_default="draft", nullable=False),
        sa.Column("definition", postgresql.JSONB(), nullable=False),
        sa.Column("saved_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("saved_by", sa.String(length=64), server_default=sa.text("session_user"), nullable=False),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("published_by", sa.String(length=64), nullable=True),
        sa.CheckConstraint("state IN ('draft', 'published', 'former')", name=op.f("ck_approval_version_state")),
        sa.ForeignKeyConstraint(["route_id"], ["app.approval_route.id"], name=op.f("fk_approval_version_route_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_approval_version")),
        sa.UniqueConstraint("route_id", "number", name=op.f("uq_approval_version_route_id_number")),
        schema="app",
    )
    op.create_index(
        "uq_approval_version_draft",
        "approval_version",
        ["route_id"],
        unique=True,
        schema="app",
        postgresql_where=sa.text("state = 'draft'"),
    )
    op.create_index(
        "uq_approval_version_published",
        "approval_version",
        ["route_id"],
        unique=True,
        schema="app",
        postgresql_where=sa.text("state = 'published'"),
    )
    op.create_table(
        "approval_case",
        sa.Column("id", sa.BigInteger(), sa.Identity(), nullable=False),
        sa.Column("request", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(length=64), nullable=False),
        sa.Column("document_id", sa.BigInteger(), nullable=False),
        sa.Column("number", sa.String(length=64), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("form", postgresql.JSONB(), nullable=False),
        sa.Column("choices", postgresql.JSONB(), server_default="{}", nullable=False),
        sa.Column("version_id", sa.BigInteger(), nullable=False),
        sa.Column("requester_id", sa.BigInteger(), nullable=False),
        sa.Column("department_id", sa.BigInteger(), nullable=True),
        sa.Column("state", sa.String(length=16), server_default="running", nullable=False),
        sa.Column("position", sa.Integer(), server_default="0", nullable=False),
        sa.Column("visit", sa.Integer(), server_default="0", nullable=False),
        sa.Column("path_keys", postgresql.ARRAY(sa.Text()), server_default="{}", nullable=False),
        sa.Column("back_position", sa.Integer(), nullable=True),
        sa.Column("back_signed", postgresql.ARRAY(sa.BigInteger()), nullable=True),
        sa.Column("submitted_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("urged_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "state IN ('running', 'returned', 'approved', 'refused', 'withdrawn')", name=op.f("ck_approval_case_state")
        ),
        sa.ForeignKeyConstraint(["department_id"], ["app.department.id"], name=op.f("fk_approval_case_department_id")),
        sa.ForeignKeyConstraint(["kind"], ["app.approval_kind.kind"], name=op.f("fk_approval_case_kind")),
        sa.ForeignKeyConstraint(["requester_id"], ["app.staff.id"], name=op.f("fk_approval_case_requester_id")),
        sa.ForeignKeyConstraint(["version_id"], ["app.approval_version.id"], name=op.f("fk_approval_case_version_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_approval_case")),
        sa.UniqueConstraint("request", name=op.f("uq_approval_case_request")),
        schema="app",
    )
    op.create_index("ix_approval_case_document", "approval_case", ["kind", "document_id"], schema="app")
    op.create_index("ix_approval_case_requester", "approval_case", ["requester_id", "id"], schema="app")
    op.create_index(op.f("ix_approval_case_version_id"), "approval_case", ["version_id"], schema="app")
    op.create_index(
        "uq_approval_case_live",
        "approval_case",
        ["kind", "document_id"],
        unique=True,
        schema="app",
        postgresql_where=sa.text("state IN ('running', 'returned')"),
    )
    op.create_table(
        "approval_copy",
        sa.Column("id", sa.BigInteger(), sa.Identity(), nullable=False),
        sa.Column("case_id", sa.BigInteger(), nullable=False),
        sa.Column("staff_id", sa.BigInteger(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("by_id", sa.BigInteger(), nullable=True),
        sa.Column("read_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["by_id"], ["app.staff.id"], name=op.f("fk_approval_copy_by_id")),
        sa.ForeignKeyConstraint(["case_id"], ["app.approval_case.id"], name=op.f("fk_approval_copy_case_id")),
        sa.ForeignKeyConstraint(["staff_id"], ["app.staff.id"], name=op.f("fk_approval_copy_staff_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_approval_copy")),
        sa.UniqueConstraint("case_id", "staff_id", name=op.f("uq_approval_copy_case_id_staff_id")),
        schema="app",
    )
    op.create_index("ix_approval_copy_staff", "approval_copy", ["staff_id", "id"], schema="app")
    op.create_table(
        "approval_participant",
        sa.Column("case_id", sa.BigInteger(), nullable=False),
        sa.Column("staff_id", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["app.approval_case.id"], name=op.f("fk_approval_participant_case_id")),
        sa.ForeignKeyConstraint(["staff_id"], ["app.staff.id"], name=op.f("fk_approval_participant_staff_id")),
        sa.PrimaryKeyConstraint("case_id", "staff_id", name=op.f("pk_approval_participant")),
        schema="app",
    )
    op.create_index(op.f("ix_approval_participant_staff_id"), "approval_participant", ["staff_id"], schema="app")
    op.create_table(
        "approval_task",
        sa.Column("id", sa.BigInteger(), sa.Identity(), nullable=False),
        sa.Column("case_id", sa.BigInteger(), nullable=False),
        sa.Column("visit", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("step", sa.String(length=200), nullable=False),
        sa.Column("mode", sa.String(length=16), nullable=False),
        sa.Column("turn", sa.Integer(), server_default="1", nullable=False),
        sa.Column("staff_id", sa.BigInteger(), nullable=False),
        sa.Column("parent_id", sa.BigInteger(), nullable=True),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("why", sa.String(length=16), nullable=True),
        sa.Column("together", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column("hours", sa.Integer(), nullable=True),
        sa.Column("late", sa.String(length=16), server_default="remind", nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("done_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("decided_by", sa.BigInteger(), nullable=True),
        sa.CheckConstraint(
            "mode IN ('any', 'all', 'turn', 'added', 'delegated', 'resubmit')", name=op.f("ck_approval_task_mode")
        ),
        sa.CheckConstraint(
            "state IN ('open', 'queued', 'held', 'signed', 'approved', 'refused', 'returned', 'skipped', 'cancelled')",
            name=op.f("ck_approval_task_state"),
        ),
        sa.ForeignKeyConstraint(["case_id"], ["app.approval_case.id"], name=op.f("fk_approval_task_case_id")),
        sa.ForeignKeyConstraint(["decided_by"], ["app.staff.id"], name=op.f("fk_approval_task_decided_by")),
        sa.ForeignKeyConstraint(["parent_id"], ["app.approval_task.id"], name=op.f("fk_approval_task_parent_id")),
        sa.ForeignKeyConstraint(["staff_id"], ["app.staff.id"], name=op.f("fk_approval_task_staff_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_approval_task")),
        schema="app",
    )
    op.create_index("ix_approval_task_case", "approval_task", ["case_id", "visit"], schema="app")
    op.create_index(
        "ix_approval_task_due", "approval_task", ["due_at"], schema="app", postgresql_where=sa.text("state = 'open'")
    )
    op.create_index(
        "ix_approval_task_live",
        "approval_task",
        ["staff_id"],
        schema="app",
        postgresql_where=sa.text("state IN ('open', 'queued', 'held', 'signed')"),
    )
    op.create_index(op.f("ix_approval_task_parent_id"), "approval_task", ["parent_id"], schema="app")
    op.create_index(
        "ix_approval_task_to_do",
        "approval_task",
        ["staff_id", "id"],
        schema="app",
        postgresql_where=sa.text("state = 'open'"),
    )
    op.create_table(
        "approval_decision",
        sa.Column("id", sa.BigInteger(), sa.Identity(), nullable=False),
        sa.Column("request", sa.Uuid(), nullable=True),
        sa.Column("case_id", sa.BigInteger(), nullable=False),
        sa.Column("task_id", sa.BigInteger(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), server_default=sa.text("clock_timestamp()"), nullable=False),
        sa.Column("login", sa.String(length=64), server_default=sa.text("session_user"), nullable=False),
        sa.Column("who_id", sa.BigInteger(), nullable=True),
        sa.Column("for_id", sa.BigInteger(), nullable=True),
        sa.Column("action", sa.String(length=16), nullable=False),
        sa.Column("step", sa.String(length=200), nullable=True),
        sa.Column("comment", sa.String(length=10000), server_default="", nullable=False),
        sa.Column("details", postgresql.JSONB(), server_default="{}", nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["app.approval_case.id"], name=op.f("fk_approval_decision_case_id")),
        sa.ForeignKeyConstraint(["for_id"], ["app.staff.id"], name=op.f("fk_approval_decision_for_id")),
        sa.ForeignKeyConstraint(["task_id"], ["app.approval_task.id"], name=op.f("fk_approval_decision_task_id")),
        sa.ForeignKeyConstraint(["who_id"], ["app.staff.id"], name=op.f("fk_approval_decision_who_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_approval_decision")),
        sa.UniqueConstraint("request", name=op.f("uq_approval_decision_request")),
        schema="app",
    )
    op.create_index("ix_approval_decision_case", "approval_decision", ["case_id", "id"], schema="app")
    op.create_index("ix_approval_decision_who", "approval_decision", ["who_id", "id"], schema="app")
