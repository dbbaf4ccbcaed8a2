"""An office for a test: a database with the tables of this program, and an ordinary user signed in to it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

import psycopg
import pytest

from db.embedded import Server
from db.provision import add_user, prepare_database, protect_database
from db.session import Target, connection_parameters, connection_string, embedded_target
from logistics_desktop.context import Office, open_office
from logistics_desktop.profiles import Profile

CLERK = "office_clerk"
PASSWORD = "clerk's password"


@pytest.fixture(scope="session")
def template_database(server: Server) -> str:
    """The name of the database with the tables and nothing in them that tests get copies of."""
    installer = connection_string(embedded_target(server, "office_template"))
    prepare_database(installer)
    add_user(installer, CLERK, PASSWORD, "administrator")
    return "office_template"


@pytest.fixture
def database(new_database: Callable[[str], Target], template_database: str, maintenance: Target) -> Target:
    """A fresh database of this test alone, with the superuser signed in."""
    target = new_database(template_database)
    with psycopg.connect(autocommit=True, **connection_parameters(maintenance)) as connection:
        protect_database(connection, target.database)  # a copy does not inherit what is said of its original
    return target


@pytest.fixture
def clerk(database: Target) -> Target:
    """The same database, with an ordinary user signed in."""
    return replace(database, user=CLERK, password=PASSWORD)


@pytest.fixture
def office(clerk: Target) -> Iterator[Office]:
    """The same as the program opens it."""
    profile = Profile("test", "server", clerk.host, clerk.port, clerk.database, "disable", None, clerk.user)
    with open_office(profile, PASSWORD) as opened:
        yield opened
