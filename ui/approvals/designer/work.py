"""What the designer of routes reads and does, each in a worker and in one unit of work."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from logistics_desktop.features.approvals import described, forms, routes
from logistics_desktop.features.approvals.definition import Definition, Json
from logistics_desktop.features.approvals.described import Known
from logistics_desktop.features.approvals.routes import Choices, Kind, PathStep, Problem, Version
from logistics_desktop.features.permissions import posts
from logistics_desktop.jobs import Job

if TYPE_CHECKING:
    from logistics_desktop.context import Office


@dataclass(frozen=True, slots=True)
class Drawer:
    """All there is to design with: kinds of documents, versions of routes (the newest of each first), posts."""

    kinds: tuple[Kind, ...]
    versions: tuple[Version, ...]
    posts: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Checked:
    """What keeps a route from being published, and what it is told with."""

    problems: tuple[Problem, ...]
    known: Known


def read(office: Office, _job: Job) -> Drawer:
    """All there is to design with."""
    with office.session() as session:
        return Drawer(tuple(routes.kinds(session)), tuple(routes.versions(session)), posts.titles(session))


def check(office: Office, kind: Kind, posts: Mapping[str, str], route: Definition, _job: Job) -> Checked:
    """Look for what keeps a route from being published."""
    fields = {field.key: field for field in kind.fields}
    with office.session() as session:
        names = forms.names(session, described.mentioned(route, fields))
        found = routes.problems(session, kind.key, route)
    return Checked(tuple(found), Known(fields, posts, names))


def save(office: Office, kind: str, name: str, route: Definition, job: Job) -> tuple[int, Drawer]:
    """Save the draft of the route of a kind; gives its number and all there is now."""
    number = office.save(lambda session: routes.save(session, kind, name, route), job=job)
    return number, read(office, job)


def publish(office: Office, kind: str, name: str, route: Definition, job: Job) -> tuple[int, Drawer]:
    """Save the draft and let new documents go along it, both or neither."""
    number = office.save(lambda session: routes.save_and_publish(session, kind, name, route), job=job)
    return number, read(office, job)


def dry_run(
    office: Office, route: Definition, requester: int, form: Json, choices: Choices, _job: Job
) -> list[PathStep]:
    """The path that such a document of this person would go, where they choose these to sign."""
    with office.session() as session:
        return routes.dry_run(session, route, requester, form, choices)
