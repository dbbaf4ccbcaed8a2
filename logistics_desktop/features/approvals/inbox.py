"""The inbox: what waits for me, what I decided, what I asked for, what I got copies of, whom I stand in for."""

from __future__ import annotations

import enum
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session, aliased

from db.models.approvals import ApprovalCase, ApprovalCopy, ApprovalDecision, ApprovalKind, ApprovalTask
from db.models.organisation import Staff

PAGE = 50

# What counts as having decided; comments and copies do not.
DECIDING = ("approve", "refuse", "return", "hand_over", "delegate", "add_before", "add_after", "resubmit")

_Requester = aliased(Staff)
_Owner = aliased(Staff)


class Box(enum.Enum):
    """A tab of the inbox."""

    TO_DO = "to_do"
    DONE = "done"
    MINE = "mine"
    COPIES = "copies"
    STANDING_IN = "standing_in"


@dataclass(frozen=True, slots=True)
class Item:
    """One line. `key` is what the next page begins after; `kind_name` is a message id; `state` that of the case.

    `task` is what I can decide; `person` whose it is where I stand in for somebody; `action` what I did (done), `read`
    whether I have seen it (copies).
    """

    key: int
    case: int
    task: int | None
    kind: str
    kind_name: str
    number: str
    title: str
    requester: str
    state: str
    submitted_at: datetime
    at: datetime | None
    due_at: datetime | None
    step: str | None
    mode: str | None
    together: bool
    person: str | None
    urged_at: datetime | None
    action: str | None
    read: bool


@dataclass(frozen=True, slots=True)
class Counts:
    """How many lines wait in the tabs, and how many of those to do are late."""

    to_do: int
    late: int
    standing_in: int
    unread: int


def page(session: Session, box: Box, after: int | None = None, limit: int = PAGE) -> list[Item]:
    """A page of a tab, the newest first, beginning after the line with the key `after`."""
    key, wanted = _ASK[box]()
    if after is not None:
        wanted = wanted.where(key < after)
    return [Item(**row._mapping) for row in session.execute(wanted.order_by(key.desc()).limit(limit))]


def counts(session: Session) -> Counts:
    """How many lines wait for me."""
    mine = ApprovalTask.staff_id == _me()
    now = sa.func.now()
    tasks = sa.select(
        sa.func.count().filter(mine),
        sa.func.count().filter(sa.and_(mine, ApprovalTask.due_at < now)),
        sa.func.count().filter(sa.not_(mine)),
    ).where(ApprovalTask.state == "open", ApprovalTask.staff_id.in_(sa.select(sa.func.app.approval_mine())))
    to_do, late, standing_in = session.execute(tasks).one()
    copies = sa.select(sa.func.count()).where(ApprovalCopy.staff_id == _me(), ApprovalCopy.read_at.is_(None))
    return Counts(to_do, late, standing_in, session.scalar(copies) or 0)


def _me() -> sa.ScalarSelect[Any]:
    # As a subquery it is asked once, not for every row.
    return sa.select(sa.func.app.my_staff()).scalar_subquery()


def _items(key: sa.ColumnElement[int], **more: Any) -> sa.Select[Any]:
    none = sa.null()
    columns: dict[str, Any] = {
        "key": key,
        "case": ApprovalCase.id,
        "task": none,
        "kind": ApprovalCase.kind,
        "kind_name": ApprovalKind.name,
        "number": ApprovalCase.number,
        "title": ApprovalCase.title,
        "requester": sa.func.coalesce(_Requester.name, ""),
        "state": ApprovalCase.state,
        "submitted_at": ApprovalCase.submitted_at,
        "at": none,
        "due_at": none,
        "step": none,
        "mode": none,
        "together": sa.false(),
        "person": none,
        "urged_at": ApprovalCase.urged_at,
        "action": none,
        "read": sa.true(),
    } | more
    return sa.select(*(column.label(name) for name, column in columns.items()))


def _from(wanted: sa.Select[Any], start: Any = None, case: Any = None) -> sa.Select[Any]:
    """The rows of `start`, whose column `case` names a case; without it the cases themselves."""
    cases = ApprovalCase.__table__
    source = cases if start is None else sa.join(start, cases, cases.c.id == case)
    kind = sa.join(source, ApprovalKind, ApprovalKind.kind == ApprovalCase.kind)
    return wanted.select_from(kind.outerjoin(_Requester, _Requester.id == ApprovalCase.requester_id))


def _tasks(person: Any) -> sa.Select[Any]:
    wanted = _items(
        ApprovalTask.__table__.c.id,
        task=ApprovalTask.id,
        at=ApprovalTask.opened_at,
        due_at=ApprovalTask.due_at,
        step=ApprovalTask.step,
        mode=ApprovalTask.mode,
        together=ApprovalTask.together,
        person=person,
    )
    return _from(wanted, ApprovalTask.__table__, ApprovalTask.case_id).where(ApprovalTask.state == "open")


_Ask = tuple[sa.ColumnElement[int], sa.Select[Any]]


def _to_do() -> _Ask:
    return ApprovalTask.__table__.c.id, _tasks(sa.null()).where(ApprovalTask.staff_id == _me())


def _standing_in() -> _Ask:
    whose = sa.select(_Owner.name).where(_Owner.id == ApprovalTask.staff_id).scalar_subquery()
    others = sa.select(sa.func.app.approval_mine())
    wanted = _tasks(whose).where(
        ApprovalTask.staff_id.in_(others), ApprovalTask.staff_id != _me(), ApprovalCase.requester_id != _me()
    )
    return ApprovalTask.__table__.c.id, wanted


def _done() -> _Ask:
    whose = sa.select(_Owner.name).where(_Owner.id == ApprovalDecision.for_id).scalar_subquery()
    wanted = _items(
        ApprovalDecision.__table__.c.id,
        at=ApprovalDecision.at,
        step=ApprovalDecision.step,
        action=ApprovalDecision.action,
        person=whose,
    )
    wanted = _from(wanted, ApprovalDecision.__table__, ApprovalDecision.case_id).where(
        ApprovalDecision.who_id == _me(), ApprovalDecision.action.in_(DECIDING)
    )
    return ApprovalDecision.__table__.c.id, wanted


def _mine() -> _Ask:
    key = ApprovalCase.__table__.c.id
    wanted = _items(key, at=ApprovalCase.submitted_at)
    return key, _from(wanted).where(ApprovalCase.requester_id == _me())


def _copies() -> _Ask:
    wanted = _items(ApprovalCopy.__table__.c.id, at=ApprovalCopy.at, read=ApprovalCopy.read_at.is_not(None))
    wanted = _from(wanted, ApprovalCopy.__table__, ApprovalCopy.case_id).where(ApprovalCopy.staff_id == _me())
    return ApprovalCopy.__table__.c.id, wanted


_ASK = {Box.TO_DO: _to_do, Box.STANDING_IN: _standing_in, Box.DONE: _done, Box.MINE: _mine, Box.COPIES: _copies}
