"""What kinds of documents there are, as the database describes them: the form, the lines, what they take and do."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from db.models.approvals import ApprovalKind
from db.models.assets import Status
from db.models.documents import DocumentKind
from logistics_desktop.errors import FieldErrors, UserError
from logistics_desktop.i18n import N_, translate


@dataclass(frozen=True, slots=True)
class DocumentField:
    """A field of a form or a line; `label` is a message id, `choices` are keys of `words.CHOICES`.

    `type` is text, note, number, date, flag, choice, staff, department or location. What is stored is JSON: numbers as
    text with two decimals, days as YYYY-MM-DD, references as numbers. `default` is a choice, or "today".
    """

    key: str
    label: str
    type: str
    required: bool = False
    choices: tuple[str, ...] = ()
    default: str | None = None


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of document; `title` is a message id. `takes` are the statuses of assets that it is for, `leaves` the
    status that they have when it is in force, None where it stays.
    """

    key: str
    title: str
    prefix: str
    fields: tuple[DocumentField, ...]
    line_fields: tuple[DocumentField, ...]
    takes: tuple[Status, ...]
    leaves: Status | None


def kinds(session: Session) -> list[Kind]:
    """All kinds, in the order of an asset's life."""
    wanted = sa.select(DocumentKind, ApprovalKind.name).join(ApprovalKind, ApprovalKind.kind == DocumentKind.kind)
    return [_kind(one, title) for one, title in session.execute(wanted.order_by(DocumentKind.place))]


def kind(session: Session, key: str) -> Kind:
    """The kind called `key`."""
    return next(one for one in kinds(session) if one.key == key)


def check(kind: Kind, form: Mapping[str, Any]) -> None:
    """Raise `FieldErrors` with each field that must be filled in before the document can be sent and is not."""
    raise_for({field.key: field for field in kind.fields}, form)


def check_line(kind: Kind, said: Mapping[str, Any]) -> None:
    """The same for the fields of a line."""
    raise_for({field.key: field for field in kind.line_fields}, said)


def raise_for(fields: Mapping[str, DocumentField], said: Mapping[str, Any]) -> None:
    """Raise `FieldErrors` for the required ones among `fields` that nobody filled in."""
    lacking = {
        key: UserError(N_("{field} must be filled in."), field=translate(field.label))
        for key, field in fields.items()
        if field.required and said.get(key) in (None, "")
    }
    if lacking:
        raise FieldErrors(lacking)


def _kind(one: DocumentKind, title: str) -> Kind:
    return Kind(
        one.kind,
        title,
        one.prefix,
        _fields(one.fields),
        _fields(one.line_fields),
        tuple(map(Status, one.takes)),
        Status(one.leaves) if one.leaves else None,
    )


def _fields(said: Iterable[Mapping[str, Any]]) -> tuple[DocumentField, ...]:
    return tuple(DocumentField(**{**one, "choices": tuple(one.get("choices", ()))}) for one in said)
