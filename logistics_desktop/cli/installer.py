"""Signing in as whoever sets up a database on a server."""

from __future__ import annotations

import getpass
import sys
from collections.abc import Iterator
from contextlib import contextmanager

import psycopg
import sqlalchemy as sa
from psycopg.conninfo import conninfo_to_dict, make_conninfo

from db.provision import EncodingError
from db.schema import SchemaIsNewerError
from logistics_desktop.errors import UserError
from logistics_desktop.i18n import N_, _


def installer(url: str) -> str:
    """The connection string for `url`, tried out; asks for the password where the server wants one.

    A password never goes to the server in clear, so that a false one cannot take it. Raises `UserError`.
    """
    try:
        given = conninfo_to_dict(url)
    except psycopg.ProgrammingError as problem:
        raise UserError(N_("This is not the address of a database: {detail}"), detail=str(problem).strip()) from problem
    if not given.get("dbname"):
        raise UserError(N_("Name the database in the address: postgresql://OWNER@HOST/DATABASE."))
    if given.get("password"):
        raise UserError(
            N_("Leave the password out of the address: everybody on this PC can see it there. It is asked for.")
        )
    text = make_conninfo(
        url,
        require_auth=str(given.get("require_auth", "!password,!md5")),
        connect_timeout=str(given.get("connect_timeout", "5")),
    )
    try:
        _try(text)
    except psycopg.OperationalError as problem:
        if not (problem.pgconn and problem.pgconn.needs_password and sys.stdin.isatty()):
            raise UserError(N_("The server does not let the installer in: {detail}"), detail=str(problem)) from problem
        text = make_conninfo(text, password=getpass.getpass(_("Password of the installer: ")))
    return text


@contextmanager
def told_in_words() -> Iterator[None]:
    """Let what goes wrong while setting up leave the block as `UserError`."""
    try:
        yield
    except EncodingError as problem:
        raise UserError(
            N_("The database {name} is there already in an encoding that cannot hold Chinese. Choose another name."),
            name=str(problem),
        ) from problem
    except SchemaIsNewerError as problem:
        raise UserError(
            N_("The database was upgraded by a newer version of this program. Install that version here.")
        ) from problem
    except (psycopg.Error, sa.exc.DBAPIError) as problem:
        raise UserError(N_("The server refused: {detail}"), detail=str(problem).strip()) from problem


def _try(text: str) -> None:
    psycopg.connect(make_conninfo(text, dbname="postgres")).close()
