"""Routes: what kinds of documents there are, drafts, the check before publishing, and the path with names.

Every path comes from the same function of the database: the dry run's, the preview's and the running case's.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from db.models.approvals import ApprovalKind, ApprovalRoute, ApprovalVersion
from logistics_desktop.features.approvals.definition import Definition, Json
from logistics_desktop.features.approvals.words import ABOUT_FIELDS, PROBLEMS
from logistics_desktop.features.permissions import posts
from logistics_desktop.i18n import _, translate

Choices = Mapping[str, Iterable[int]]
"""Whom the requester chose, by the key of the step."""


@dataclass(frozen=True, slots=True)
class FormField:
    """A field of a form: type is number, text, date, flag, staff, department, location or asset_class."""

    key: str
    label: str
    type: str
    required: bool = False


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of document; `name` and the labels of its fields are message ids."""

    key: str
    name: str
    fields: tuple[FormField, ...]


@dataclass(frozen=True, slots=True)
class Version:
    """A version of a route; state is draft, published or former."""

    id: int
    kind: str
    name: str
    number: int
    state: str
    definition: Definition
    saved_at: datetime
    saved_by: str
    published_at: datetime | None
    published_by: str | None


@dataclass(frozen=True, slots=True)
class Problem:
    """What keeps a route from being published; `step` is the key of the step, None for the route as a whole."""

    code: str
    step: str | None
    said: str | None

    def __str__(self) -> str:
        return translate(PROBLEMS[self.code], said=self.said or "")


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody of the staff ledger."""

    id: int
    name: str


@dataclass(frozen=True, slots=True)
class PathStep:
    """A step of a path with its persons; `why` is a key of `words.WHY` where something is unusual.

    `kind` is approve or copy, `mode` any, all or turn.
    """

    place: int
    key: str
    name: str
    kind: str
    mode: str
    people: tuple[Person, ...]
    why: str | None


def kinds(session: Session) -> list[Kind]:
    """The kinds of documents that can be approved."""
    found = session.scalars(sa.select(ApprovalKind).order_by(ApprovalKind.kind))
    return [Kind(one.kind, one.name, tuple(FormField(**said) for said in one.fields)) for one in found]


def versions(session: Session, kind: str | None = None) -> list[Version]:
    """The versions of the route of a kind, or of all routes, the newest of each first."""
    wanted = sa.select(ApprovalVersion, ApprovalRoute).join(ApprovalRoute, ApprovalRoute.id == ApprovalVersion.route_id)
    if kind is not None:
        wanted = wanted.where(ApprovalRoute.kind == kind)
    found = session.execute(wanted.order_by(ApprovalRoute.kind, ApprovalVersion.number.desc()))
    return [_version(version, route) for version, route in found]


def naming(session: Session, person: int) -> list[Version]:
    """The published routes that name a person as an approver, for instance because they leave."""
    return [one for one in versions(session) if one.state == "published" and person in one.definition.persons()]


def save(session: Session, kind: str, name: str, definition: Definition) -> int:
    """Save the draft of the route of a kind, and give its number. Needs the permission approvals.routes."""
    return int(_ask(session, sa.func.app.approval_save(kind, name, _json(definition.to_json()))))


def publish(session: Session, version: int) -> None:
    """Let new cases go along a draft. Raises `Refused` where the check finds a problem."""
    _ask(session, sa.func.app.approval_publish(version))


def save_and_publish(session: Session, kind: str, name: str, definition: Definition) -> int:
    """Save the draft and publish it; raises `Refused` where the check finds a problem, and then nothing is saved."""
    version = save(session, kind, name, definition)
    publish(session, version)
    return version


def problems(session: Session, kind: str, definition: Definition) -> list[Problem]:
    """Everything that keeps a route from being published, none if it can be."""
    found = _rows(session, sa.func.app.approval_problems(kind, _json(definition.to_json())), "problem", "step", "said")
    titles, labels = posts.titles(session), _labels(session, kind)
    called = {"post_empty": titles, **dict.fromkeys(ABOUT_FIELDS, labels)}
    return [Problem(row.problem, row.step, called.get(row.problem, {}).get(row.said, row.said)) for row in found]


def _labels(session: Session, kind: str) -> dict[str, str]:
    """What the fields of a form are called, by their keys."""
    return {field.key: _(field.label) for one in kinds(session) if one.key == kind for field in one.fields}


def dry_run(
    session: Session, definition: Definition, requester: int, form: Json, choices: Choices | None = None
) -> list[PathStep]:
    """The path that a document with this form would go if `requester` submitted it. Needs approvals.routes."""
    asked = sa.func.app.approval_dry_run(_json(definition.to_json()), requester, _json(form), chosen(choices))
    return path(session, asked)


def preview(session: Session, kind: str, form: Json, choices: Choices | None = None) -> list[PathStep]:
    """The path that my own document would go now. Raises `Refused` where no route is published."""
    return path(session, sa.func.app.approval_preview(kind, _json(form), chosen(choices)))


def path(session: Session, asked: sa.FunctionElement[Any]) -> list[PathStep]:
    """The steps that a function of the database answers."""
    found = _rows(session, asked, *PathStep.__dataclass_fields__)
    return [
        PathStep(row.place, row.key, row.name, row.kind, row.mode, tuple(Person(**one) for one in row.people), row.why)
        for row in sorted(found, key=lambda row: row.place)
    ]


def chosen(choices: Choices | None) -> Any:
    """Choices as the database reads them."""
    return _json({step: list(people) for step, people in (choices or {}).items()})


def _json(value: Json) -> Any:
    return sa.cast(sa.literal(value, sa.dialects.postgresql.JSONB), sa.dialects.postgresql.JSONB)


def _rows(session: Session, asked: sa.FunctionElement[Any], *columns: str) -> list[sa.Row[Any]]:
    table = asked.table_valued(*columns)
    return list(session.execute(sa.select(table)))


def _ask(session: Session, asked: sa.FunctionElement[Any]) -> Any:
    return session.scalar(sa.select(asked))


def _version(one: ApprovalVersion, route: ApprovalRoute) -> Version:
    return Version(
        one.id,
        route.kind,
        route.name,
        one.number,
        one.state,
        Definition.from_json(one.definition),
        one.saved_at,
        one.saved_by,
        one.published_at,
        one.published_by,
    )
