"""What documents say of an asset: those that run now, those that were, and what is lent."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import Session

from db.models.approvals import ApprovalKind
from db.models.assets import Asset
from db.models.documents import AssetLoan, Document, DocumentHold, DocumentLine
from db.models.organisation import Staff
from logistics_desktop.features.documents.words import STATES
from logistics_desktop.i18n import N_, translate
from logistics_desktop.ledger.entity import Entity, Ledgers
from logistics_desktop.ledger.timeline import Happening, HappeningKind, Opens

DOCUMENTS = "documents"
"""The key of the screen that opens a document."""

DOCUMENT = HappeningKind("document", N_("Documents"), "template")


@dataclass(frozen=True, slots=True)
class Running:
    """A document that holds an asset while it runs; `kind_title` is a message id, `state` a key of `words.STATES`."""

    document: int
    kind: str
    kind_title: str
    number: str
    state: str

    def __str__(self) -> str:
        title, state = translate(self.kind_title), translate(STATES[self.state])
        return translate(N_("{kind} {number}: {state}"), kind=title, number=self.number, state=state)


@dataclass(frozen=True, slots=True)
class Loan:
    """Something that is lent; `late` where the day when it is due is over."""

    asset: int
    code: str
    name: str
    borrower: str
    due_on: date
    document: int
    number: str
    late: bool


def running(session: Session, assets: Iterable[int]) -> dict[int, tuple[Running, ...]]:
    """The documents under way of each of these assets that has any."""
    wanted = (
        sa.select(DocumentHold.asset_id, Document.id, Document.kind, ApprovalKind.name, Document.number, Document.state)
        .join(Document, Document.id == DocumentHold.document_id)
        .join(ApprovalKind, ApprovalKind.kind == Document.kind)
        .where(DocumentHold.asset_id.in_(list(assets)))
        .distinct()
        .order_by(DocumentHold.asset_id, Document.id)
    )
    found: dict[int, tuple[Running, ...]] = {}
    for asset, document, kind, title, number, state in session.execute(wanted):
        found[asset] = (*found.get(asset, ()), Running(document, kind, title, number or "", state))
    return found


def loans(session: Session, today: date, *, late: bool = False) -> list[Loan]:
    """What is lent now, the first due first; with `late` only what is overdue `today`."""
    wanted = (
        sa.select(AssetLoan, Asset.code, Asset.name, sa.func.coalesce(Staff.name, ""), Document.number)
        .join(Asset, Asset.id == AssetLoan.asset_id)
        .join(Document, Document.id == AssetLoan.document_id)
        .outerjoin(Staff, Staff.id == AssetLoan.borrower_id)
        .where(AssetLoan.returned_by.is_(None))
        .order_by(AssetLoan.due_on, AssetLoan.id)
    )
    if late:
        wanted = wanted.where(AssetLoan.due_on < today)
    return [
        Loan(
            loan.asset_id, code or "", name, borrower, loan.due_on, loan.document_id, number or "", loan.due_on < today
        )
        for loan, code, name, borrower, number in session.execute(wanted)
    ]


def happenings(session: Session, _ledgers: Ledgers, entity: Entity, record: int) -> Iterator[Happening]:
    """The documents of an asset for its time line; each opens its document."""
    if entity.model is not Asset:
        return
    wanted = (
        sa.select(Document, ApprovalKind.name, sa.func.coalesce(Staff.name, ""))
        .join(DocumentLine, DocumentLine.document_id == Document.id)
        .join(ApprovalKind, ApprovalKind.kind == Document.kind)
        .outerjoin(Staff, Staff.id == Document.requester_id)
        .where(DocumentLine.asset_id == record, Document.number.is_not(None))
        .order_by(Document.id.desc())
    )
    for document, title, requester in session.execute(wanted):
        at = document.effective_at or document.submitted_at or document.made_at
        said = str(Running(document.id, document.kind, title, document.number or "", document.state))
        yield Happening(at, requester, DOCUMENT, said, opens=Opens(DOCUMENTS, document.id))
