"""Documents of the sample organisation, each at another point of its way."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import date, timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from db.models.approvals import ApprovalTask
from db.models.assets import Asset, Status
from db.models.documents import DocumentLine
from logistics_desktop.features.approvals import actions
from logistics_desktop.features.documents import drafts
from logistics_desktop.features.documents.drafts import DraftLine

SignedIn = Callable[[str], AbstractContextManager[Session]]

ADMINISTRATOR = "demo"
CLERK, HEAD, OFFICE, REPAIRER = "demo_clerk", "demo_department_head", "demo_asset_manager", "demo_maintenance"
_TODAY = date(2026, 11, 23)


def make_documents(signed_in: SignedIn) -> None:
    """Make the documents, each step in the name of whoever takes it; `signed_in` gives a unit of work of a login."""
    with signed_in(CLERK) as session:
        me, department = session.execute(sa.text("SELECT app.my_staff(), app.my_department()")).one()
        finance = session.scalar(sa.text("SELECT id FROM app.department WHERE code = '0104'"))
    taken = {"to_department": department, "to_keeper": me}

    issue = _send(
        signed_in, "asset_issue", Status.IDLE, {**taken, "issued_on": _TODAY, "purpose": "新入职员工办公使用"}
    )
    _approve(signed_in, issue, HEAD)
    repair = _send(signed_in, "asset_repair", Status.IN_USE, {"symptom": "无法开机，风扇异响", "urgency": "urgent"})
    _approve(signed_in, repair, HEAD, REPAIRER)
    moved = {"to_department": finance, "to_keeper": me, "reason": "部门合署办公，随人员划转"}
    _send(signed_in, "asset_transfer", Status.IN_USE, moved)
    old = {"scrapped_on": _TODAY, "reason": "超过使用年限，维修费用高于残值"}
    appraised = {"appraisal": "自然老化，无修复价值", "human_damage": False}
    scrapping = _send(signed_in, "asset_scrapping", Status.IN_USE, old, appraised)
    _approve(signed_in, scrapping, HEAD, OFFICE)
    loan = {"borrower": me, "due_on": _TODAY + timedelta(days=400), "purpose": "年会会务"}
    borrowed = _send(signed_in, "asset_borrow", Status.IDLE, loan)
    with signed_in(HEAD) as session:
        actions.refuse(session, _task(session, borrowed), "会务组已有同类设备", request=uuid.uuid4())
    _ask_administrator(signed_in)
    with signed_in(CLERK) as session:
        back = {"returned_on": _TODAY, "reason": "不再使用"}
        drafts.save(session, "asset_return", back, _lines(session, Status.IN_USE, {}), request=uuid.uuid4())


def _ask_administrator(signed_in: SignedIn) -> None:
    """Let something wait for whoever looks at the sample first: to sign, to know, and of their own."""
    with signed_in(ADMINISTRATOR) as session:
        me, department = session.execute(sa.text("SELECT app.my_staff(), app.my_department()")).one()
    broken = _send(signed_in, "asset_repair", Status.IN_USE, {"symptom": "气压杆失灵", "urgency": "normal"})
    with signed_in(HEAD) as session:
        actions.delegate(session, _task(session, broken), me, "请看是否在保修期内", request=uuid.uuid4())
    loud = _send(signed_in, "asset_repair", Status.IN_USE, {"symptom": "扶手断裂", "urgency": "urgent"})
    with signed_in(HEAD) as session:
        actions.hand_over(session, _task(session, loud), me, "出差，请代为处理", request=uuid.uuid4())
    old = {"scrapped_on": _TODAY, "reason": "底盘开裂，无配件"}
    appraised = {"appraisal": "自然损坏，维修费用高于残值", "human_damage": False}
    worn = _send(signed_in, "asset_scrapping", Status.IN_USE, old, appraised)
    with signed_in(HEAD) as session:
        task = _task(session, worn)
        actions.add_signers(session, task, [me], "请先核对实物", before=True, request=uuid.uuid4())
    known = _send(signed_in, "asset_repair", Status.IN_USE, {"symptom": "椅轮脱落", "urgency": "normal"})
    with signed_in(HEAD) as session:
        actions.send_copy(session, known, [me], "请知悉", request=uuid.uuid4())
    taken = {"to_department": department, "to_keeper": me, "issued_on": _TODAY, "purpose": "会议室使用"}
    _send(signed_in, "asset_issue", Status.IDLE, taken, login=ADMINISTRATOR)
    with signed_in(ADMINISTRATOR) as session:
        loan = {"borrower": me, "due_on": _TODAY + timedelta(days=400), "purpose": "展会使用"}
        drafts.save(session, "asset_borrow", loan, _lines(session, Status.IDLE, {}), request=uuid.uuid4())


def _send(
    signed_in: SignedIn,
    kind: str,
    status: Status,
    form: dict[str, Any],
    said: dict[str, Any] | None = None,
    login: str = CLERK,
) -> int:
    with signed_in(login) as session:
        document = drafts.save(session, kind, form, _lines(session, status, said or {}), request=uuid.uuid4())
        return actions.submit(session, kind, document, request=uuid.uuid4())


def _lines(session: Session, status: Status, said: dict[str, Any]) -> list[DraftLine]:
    """The next asset of the clerk's department, or for idle ones of any, that is on no document yet."""
    if status is Status.IDLE:
        wanted = sa.select(sa.func.app.document_available("", 1).table_valued("id", "code").c.id)
    else:
        wanted = (
            sa.select(Asset.id)
            .where(Asset.status == status, Asset.department_id == sa.func.app.my_department())
            .where(Asset.id.not_in(sa.select(DocumentLine.asset_id)))
            .order_by(Asset.code)
            .limit(1)
        )
    return [DraftLine(asset, said) for asset in session.scalars(wanted)]


def _approve(signed_in: SignedIn, case: int, *logins: str) -> None:
    for login in logins:
        with signed_in(login) as session:
            actions.approve(session, _task(session, case), request=uuid.uuid4())


def _task(session: Session, case: int) -> int:
    mine = ApprovalTask.staff_id == sa.func.app.my_staff()
    return session.scalars(
        sa.select(ApprovalTask.id).where(ApprovalTask.case_id == case, ApprovalTask.state == "open", mine)
    ).one()
