"""The document that a code or a number means."""

from __future__ import annotations

import re

import sqlalchemy as sa
from sqlalchemy.orm import Session

from db.models.approvals import ApprovalKind
from db.models.documents import Document

_NUMBER = re.compile(r"[A-Z]{1,8}-\d{6}-\d{4,}")


def by_number(session: Session, text: str) -> tuple[int, str, str] | None:
    """Its number in the table, its own number and the message id of its kind; None where I see no such document."""
    if not _NUMBER.fullmatch(text.strip().upper()):
        return None
    wanted = (
        sa.select(Document.id, Document.number, ApprovalKind.name)
        .join(ApprovalKind, ApprovalKind.kind == Document.kind)
        .where(Document.number == text.strip().upper())
    )
    found = session.execute(wanted).one_or_none()
    return (found[0], str(found[1]), found[2]) if found else None
