"""Who stands in for whom, now and in days to come; `actions.stand_in` and `actions.end_stand_in` change it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import Session, aliased

from db.models.approvals import ApprovalStandIn
from db.models.organisation import Staff


@dataclass(frozen=True, slots=True)
class StandIn:
    """`deputy` decides for `person` from `first` to `last`, both included; `mine` where I am the one who is away."""

    id: int
    person: str
    deputy: str
    first: date
    last: date
    note: str
    now: bool
    mine: bool


def stand_ins(session: Session) -> list[StandIn]:
    """The stand-ins that are not over, the next first."""
    person, deputy, one = aliased(Staff), aliased(Staff), ApprovalStandIn
    today = sa.func.app.approval_today()
    wanted = (
        sa.select(
            one.id,
            sa.func.coalesce(person.name, ""),
            sa.func.coalesce(deputy.name, ""),
            one.starts_on,
            one.ends_on,
            one.note,
            one.starts_on <= today,
            sa.func.coalesce(one.staff_id == sa.func.app.my_staff(), sa.false()),
        )
        .outerjoin(person, person.id == one.staff_id)
        .outerjoin(deputy, deputy.id == one.stand_in_id)
        .where(one.ends_on >= today)
        .order_by(one.starts_on, one.id)
    )
    return [StandIn(*row) for row in session.execute(wanted)]


def today(session: Session) -> date:
    """The day it is for the office, whatever the clock of this PC says."""
    found: date = session.scalars(sa.select(sa.func.app.approval_today())).one()
    return found


def myself(session: Session) -> tuple[int, str] | None:
    """Number and name of the person whom I am signed in as, None where the account belongs to nobody."""
    found = session.execute(sa.select(Staff.id, Staff.name).where(Staff.id == sa.func.app.my_staff())).one_or_none()
    return (found[0], found[1]) if found is not None else None
