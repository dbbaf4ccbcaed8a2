"""What the screen of users has done in workers, each in one unit of work."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from logistics_desktop.context import Office
from logistics_desktop.features.users import accounts
from logistics_desktop.features.users import rules as in_force
from logistics_desktop.features.users.accounts import User
from logistics_desktop.features.users.policy import one_time_password
from logistics_desktop.features.users.rules import Rules
from logistics_desktop.jobs import Job


def read(office: Office, _job: Job) -> tuple[list[User], dict[str, str]]:
    """The accounts, and the names of the posts by their keys."""
    with office.session() as session:
        return accounts.users(session), {post.key: post.name for post in accounts.posts(session)}


def create(
    office: Office, login: str, person: int | None, posts: Sequence[str], known: bool, _job: Job
) -> tuple[str, str | None]:
    """Make an account; its login, and the password for one time where it has no password yet."""
    password = None if known else one_time_password()
    office.save(lambda session: accounts.create(session, login, person, posts, password))
    return login, password


def change(office: Office, login: str, person: int | None, posts: Sequence[str], _job: Job) -> str:
    """Say whose account it is and what it holds."""
    office.save(lambda session: accounts.change(session, login, person, posts))
    return login


def do(office: Office, act: Callable[..., None], login: str, _job: Job) -> str:
    """One of the functions of `accounts` that need a login alone."""
    office.save(lambda session: act(session, login))
    return login


def reset_password(office: Office, login: str, _job: Job) -> tuple[str, str | None]:
    """The login and its password for one time."""
    return login, office.save(lambda session: accounts.reset_password(session, login))


def rules(office: Office, _job: Job) -> Rules:
    """Those in force."""
    with office.session() as session:
        return in_force.read(session)


def write_rules(office: Office, wanted: Rules, _job: Job) -> None:
    """Change them for everybody."""
    office.save(lambda session: in_force.write(session, wanted))
