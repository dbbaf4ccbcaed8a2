"""Posts and permissions read and changed, each in a worker and in one unit of work."""

from __future__ import annotations

from db.models.permissions import Scope
from logistics_desktop.context import Office
from logistics_desktop.features.permissions import posts
from logistics_desktop.features.permissions.posts import KnownPost, Matrix
from logistics_desktop.jobs import Job


def read(office: Office, _job: Job) -> Matrix:
    """Give the whole matrix."""
    with office.session() as session:
        return posts.read(session)


def give(office: Office, post: str, permission: str, scope: Scope | None, _job: Job) -> Matrix:
    """Let a post have a permission, or not."""
    office.save(lambda session: posts.give(session, post, permission, scope))
    return read(office, _job)


def add(office: Office, name: str, like: str | None, _job: Job) -> Matrix:
    """Make a post that may do what another may."""
    office.save(lambda session: posts.add(session, name, like))
    return read(office, _job)


def remove(office: Office, post: KnownPost, _job: Job) -> Matrix:
    """Delete a post."""
    office.save(lambda session: posts.remove(session, post))
    return read(office, _job)
