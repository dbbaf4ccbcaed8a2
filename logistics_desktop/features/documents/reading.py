"""Documents as they are: one with its lines, and lists of them."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session, aliased

from db.models.approvals import ApprovalKind
from db.models.assets import Asset
from db.models.documents import Document as Row
from db.models.documents import DocumentLine
from db.models.organisation import Department, Location, Staff
from logistics_desktop.errors import Refused
from logistics_desktop.features.documents import kinds
from logistics_desktop.features.documents.kinds import DocumentField, Kind
from logistics_desktop.features.documents.words import CHOICES
from logistics_desktop.i18n import N_, translate

PAGE = 50

_NAMED: Mapping[str, Any] = {"staff": Staff, "department": Department, "location": Location}


@dataclass(frozen=True, slots=True)
class Line:
    """An asset on a document. `code` and `name` are those of today; `said` holds the fields of the line.

    `before` is the asset when it was submitted, None in a draft: code, name, specification, unit, quantity,
    original_value, book_value, status, department, keeper, location, the last three also by `…_id`; amounts are text.
    """

    asset: int
    code: str
    name: str
    said: dict[str, Any]
    before: dict[str, Any] | None


@dataclass(frozen=True, slots=True)
class Document:
    """One document; `state` is a key of `words.STATES`, `saves` what `drafts.save` wants to be told."""

    id: int
    kind: Kind
    number: str | None
    state: str
    requester_id: int
    requester: str
    department: str
    form: dict[str, Any]
    lines: tuple[Line, ...]
    saves: int
    made_at: datetime
    submitted_at: datetime | None
    effective_at: datetime | None


@dataclass(frozen=True, slots=True)
class Item:
    """One document in a list; `kind_title` is a message id, `assets` how many it is about."""

    id: int
    kind: str
    kind_title: str
    number: str | None
    state: str
    requester: str
    assets: int
    made_at: datetime
    submitted_at: datetime | None
    effective_at: datetime | None


def read(session: Session, document: int) -> Document:
    """A document that I may see. Raises `Refused` for another."""
    wanted = (
        sa.select(Row, sa.func.coalesce(Staff.name, ""), sa.func.coalesce(Department.name, ""))
        .outerjoin(Staff, Staff.id == Row.requester_id)
        .outerjoin(Department, Department.id == Row.department_id)
        .where(Row.id == document)
    )
    found = session.execute(wanted.execution_options(populate_existing=True)).one_or_none()
    if found is None:
        raise Refused(N_("This document is not there any more, or not yours to see."))
    row, requester, department = found
    return Document(
        row.id,
        kinds.kind(session, row.kind),
        row.number,
        row.state,
        row.requester_id,
        requester,
        department,
        row.form,
        _lines(session, document),
        row.saves,
        row.made_at,
        row.submitted_at,
        row.effective_at,
    )


def page(
    session: Session,
    *,
    kind: str | None = None,
    states: Collection[str] = (),
    mine: bool = False,
    asset: int | None = None,
    before: int | None = None,
    limit: int = PAGE,
) -> list[Item]:
    """Documents that I may see, the newest first, beginning `before` the one with that id."""
    requester = aliased(Staff)
    wanted = (
        sa.select(
            Row.id,
            Row.kind,
            ApprovalKind.name.label("kind_title"),
            Row.number,
            Row.state,
            sa.func.coalesce(requester.name, "").label("requester"),
            sa.func.cardinality(Row.asset_ids).label("assets"),
            Row.made_at,
            Row.submitted_at,
            Row.effective_at,
        )
        .join(ApprovalKind, ApprovalKind.kind == Row.kind)
        .outerjoin(requester, requester.id == Row.requester_id)
    )
    if kind is not None:
        wanted = wanted.where(Row.kind == kind)
    if states:
        wanted = wanted.where(Row.state.in_(states))
    if mine:
        wanted = wanted.where(Row.requester_id == sa.select(sa.func.app.my_staff()).scalar_subquery())
    if asset is not None:
        wanted = wanted.where(Row.id.in_(sa.select(DocumentLine.document_id).where(DocumentLine.asset_id == asset)))
    if before is not None:
        wanted = wanted.where(Row.id < before)
    found = session.execute(wanted.order_by(Row.id.desc()).limit(limit))
    return [Item(**row._mapping) for row in found]


def texts(session: Session, fields: Collection[DocumentField], said: Mapping[str, Any]) -> dict[str, str]:
    """What was said, by field, as a person reads it; for screens and paper."""
    names = _names(session, fields, said)
    return {field.key: _text(field, said.get(field.key), names) for field in fields}


def _text(field: DocumentField, value: Any, names: Mapping[tuple[str, int], str]) -> str:
    if value is None or value == "":
        return ""
    match field.type:
        case "flag":
            return translate(N_("Yes")) if value else translate(N_("No"))
        case "choice":
            return translate(CHOICES[value])
        case "number":
            return f"{Decimal(value):,.2f}"
        case "staff" | "department" | "location":
            return names.get((field.type, int(value)), "")
        case _:
            return str(value)


def _names(session: Session, fields: Collection[DocumentField], said: Mapping[str, Any]) -> dict[tuple[str, int], str]:
    found: dict[tuple[str, int], str] = {}
    for kind, model in _NAMED.items():
        ids = {int(said[one.key]) for one in fields if one.type == kind and said.get(one.key) is not None}
        if ids:
            for number, name in session.execute(sa.select(model.id, model.name).where(model.id.in_(ids))):
                found[kind, number] = name
    return found


def _lines(session: Session, document: int) -> tuple[Line, ...]:
    one = DocumentLine
    wanted = (
        sa.select(one.asset_id, Asset.code, Asset.name, one.said, one.before)
        .outerjoin(Asset, Asset.id == one.asset_id)
        .where(one.document_id == document)
        .order_by(one.place)
    )
    return tuple(
        Line(asset, _or(code, before, "code"), _or(name, before, "name"), said, before)
        for asset, code, name, said, before in session.execute(wanted)
    )


def _or(today: str | None, before: dict[str, Any] | None, key: str) -> str:
    # The asset may be out of sight by now: then the document still says what it was.
    return today or str((before or {}).get(key) or "")
