"""One case in one view: the form as it was submitted, what happened, what waits for whom, and the path still ahead."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session, aliased

from db.models.approvals import (
    ApprovalCase,
    ApprovalDecision,
    ApprovalKind,
    ApprovalRule,
    ApprovalTask,
    ApprovalVersion,
)
from db.models.organisation import Staff
from logistics_desktop.errors import Refused
from logistics_desktop.features.approvals import routes
from logistics_desktop.features.approvals.routes import FormField, PathStep
from logistics_desktop.features.approvals.words import REFUSALS

_LIVE = ("open", "queued", "held", "signed")


@dataclass(frozen=True, slots=True)
class Task:
    """What somebody is asked to do. `actions` is what I may do with it now, empty where it is not mine.

    `parent` is the task of whoever added or delegated it, `why` a key of `words.WHY`.
    """

    id: int
    step: str
    place: int
    mode: str
    state: str
    person: str
    staff: int
    parent: int | None
    why: str | None
    opened_at: datetime | None
    due_at: datetime | None
    together: bool
    actions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened. `who` is None where the program acted by itself; `instead_of` whom they stood in for."""

    id: int
    at: datetime
    action: str
    who: str | None
    instead_of: str | None
    step: str | None
    comment: str
    details: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Case:
    """A case as I see it: `live` tasks, `events` in order, `ahead` the steps that follow, `behind` those to return to.

    `form` and the labels of `fields` are what the document's kind says; `case_actions` what I may do to the whole.
    """

    id: int
    kind: str
    kind_name: str
    document: int
    number: str
    title: str
    requester: str
    requester_id: int
    state: str
    submitted_at: datetime
    ended_at: datetime | None
    urged_at: datetime | None
    fields: tuple[FormField, ...]
    form: dict[str, Any]
    version: int
    route_number: int
    live: tuple[Task, ...]
    events: tuple[Event, ...]
    ahead: tuple[PathStep, ...]
    behind: tuple[tuple[int, str], ...]
    case_actions: tuple[str, ...]


def read(session: Session, case: int) -> Case:
    """A case that I may see. Raises `Refused` for another."""
    wanted = (
        sa.select(ApprovalCase, ApprovalKind, ApprovalVersion.number, Staff.name)
        .join(ApprovalKind, ApprovalKind.kind == ApprovalCase.kind)
        .join(ApprovalVersion, ApprovalVersion.id == ApprovalCase.version_id)
        .outerjoin(Staff, Staff.id == ApprovalCase.requester_id)
        .where(ApprovalCase.id == case)
    )
    found = session.execute(wanted).one_or_none()
    if found is None:
        not_mine = REFUSALS["P0450"]
        raise Refused(not_mine)
    one, kind, number, requester = found
    me = session.scalar(sa.select(sa.func.app.my_staff()))
    return Case(
        one.id,
        one.kind,
        kind.name,
        one.document_id,
        one.number,
        one.title,
        requester or "",
        one.requester_id,
        one.state,
        one.submitted_at,
        one.ended_at,
        one.urged_at,
        tuple(FormField(**said) for said in kind.fields),
        one.form,
        one.version_id,
        number,
        _live(session, one, me),
        _events(session, case),
        tuple(routes.path(session, sa.func.app.approval_ahead(case))),
        _behind(session, one),
        _allowed(session, "case", one.state, mine=one.requester_id == me),
    )


def of_document(session: Session, kind: str, document: int) -> list[int]:
    """The cases of a document that I may see, the latest first."""
    wanted = sa.select(ApprovalCase.id).where(ApprovalCase.kind == kind, ApprovalCase.document_id == document)
    return list(session.scalars(wanted.order_by(ApprovalCase.id.desc())))


def _live(session: Session, case: ApprovalCase, me: int | None) -> tuple[Task, ...]:
    mine = set(session.scalars(sa.select(sa.func.app.approval_mine())))
    wanted = (
        sa.select(ApprovalTask, Staff.name)
        .outerjoin(Staff, Staff.id == ApprovalTask.staff_id)
        .where(ApprovalTask.case_id == case.id, ApprovalTask.visit == case.visit, ApprovalTask.state.in_(_LIVE))
        .order_by(ApprovalTask.turn, ApprovalTask.id)
    )
    tasks = []
    for task, name in session.execute(wanted):
        mine_now = task.staff_id in mine and (task.mode == "resubmit" or case.requester_id not in (me, task.staff_id))
        tasks.append(
            Task(
                task.id,
                task.step,
                task.position,
                task.mode,
                task.state,
                name or "",
                task.staff_id,
                task.parent_id,
                task.why,
                task.opened_at,
                task.due_at,
                task.together,
                _allowed(session, task.mode, task.state, mine=True) if mine_now else (),
            )
        )
    return tuple(tasks)


def _allowed(session: Session, mode: str, state: str, *, mine: bool) -> tuple[str, ...]:
    """What the truth table allows; of the actions on a whole case, withdrawing and urging are the requester's."""
    wanted = sa.select(ApprovalRule.action).where(
        ApprovalRule.mode == mode, ApprovalRule.state == state, ApprovalRule.allowed
    )
    return tuple(action for action in sorted(session.scalars(wanted)) if mine or action in ("comment", "copy"))


def _events(session: Session, case: int) -> tuple[Event, ...]:
    who, instead = aliased(Staff), aliased(Staff)
    one = ApprovalDecision
    wanted = (
        sa.select(one.id, one.at, one.action, who.name, instead.name, one.step, one.comment, one.details)
        .outerjoin(who, who.id == one.who_id)
        .outerjoin(instead, instead.id == one.for_id)
        .where(one.case_id == case)
        .order_by(one.id)
    )
    return tuple(Event(*row) for row in session.execute(wanted))


def _behind(session: Session, case: ApprovalCase) -> tuple[tuple[int, str], ...]:
    """The places and names of the steps that were signed before the present one."""
    wanted = (
        sa.select(ApprovalTask.position, ApprovalTask.step)
        .where(
            ApprovalTask.case_id == case.id,
            ApprovalTask.position < case.position,
            ApprovalTask.position > 0,
            ApprovalTask.state.in_(("approved", "skipped", "returned")),
        )
        .distinct()
        .order_by(ApprovalTask.position)
    )
    return tuple((place, name) for place, name in session.execute(wanted))
