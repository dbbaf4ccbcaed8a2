"""Accounts for a test: roles belong to the server, so those that a test makes are dropped after it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import replace

import psycopg
import pytest

from db.session import Target, connection_parameters
from logistics_desktop.context import Office, open_office
from logistics_desktop.features.users import accounts
from logistics_desktop.profiles import Profile
from tests.servers import execute

FIRST = "correct horse battery"

Join = Callable[..., Office]


def profile_of(target: Target, login: str) -> Profile:
    return Profile("test", "server", target.host, target.port, target.database, "disable", None, login)


@pytest.fixture
def drop_roles(maintenance: Target, database: Target) -> Iterator[None]:
    """Drop every role that the test makes."""
    before = _roles(maintenance)
    yield
    for login in _roles(maintenance) - before:
        execute(database, f'DROP OWNED BY "{login}"')
        execute(maintenance, f'DROP ROLE "{login}"')


def _roles(maintenance: Target) -> set[str]:
    with psycopg.connect(**connection_parameters(maintenance)) as connection:
        return {row[0] for row in connection.execute("SELECT rolname FROM pg_roles")}


@pytest.fixture
def join(office: Office, clerk: Target, drop_roles: None) -> Iterator[Join]:
    """Have the administrator make an account, and sign in with it."""
    with ExitStack() as stack:

        def make(login: str, *posts: str) -> Office:
            with office.session() as session:
                accounts.create(session, login, None, posts, FIRST)
            return stack.enter_context(open_office(profile_of(clerk, login), FIRST))

        yield make


@pytest.fixture
def signed_in(clerk: Target) -> Callable[[str, str], Target]:
    """The database as somebody with a password reaches it."""
    return lambda login, password: replace(clerk, user=login, password=password)
