"""`init`: make the office's database on a server, with its roles and its first user."""

from __future__ import annotations

import argparse
import getpass
import os
import re
import sys

from logistics_desktop.errors import UserError
from logistics_desktop.i18n import N_, _

PASSWORD_VARIABLE = "LOGISTICS_DESKTOP_NEW_PASSWORD"  # noqa: S105 - the name of a variable

# What can be typed anywhere without quotes and is no name of PostgreSQL's or ours.
_LOGIN = re.compile(r"(?!pg_|logistics_|postgres$)[a-z_][a-z0-9_]{0,62}")


def add_parser(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add `init`."""
    parser = subparsers.add_parser("init", help=_("make the office's database on a server"))
    parser.add_argument(
        "--url",
        required=True,
        help=_("the new database and who makes it: postgresql://OWNER@HOST/DATABASE; OWNER may make databases"),
    )
    parser.add_argument(
        "--admin",
        required=True,
        metavar="LOGIN",
        help=_("the first user; the password is asked for, or taken from {variable}", variable=PASSWORD_VARIABLE),
    )
    parser.add_argument(
        "--no-routes", action="store_true", help=_("without the preset routes for the approval of documents")
    )
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Make the database, or what is missing of it."""
    from db.provision import add_user, prepare_database
    from logistics_desktop.cli.installer import installer, told_in_words
    from logistics_desktop.features.users.policy import ASVS, check

    if not _LOGIN.fullmatch(arguments.admin):
        raise UserError(
            N_("“{login}” cannot be a login: use small letters, digits and _, and begin with a letter."),
            login=arguments.admin,
        )
    owner = installer(arguments.url)
    password = _new_password(arguments.admin)
    check(ASVS, password, login=arguments.admin)
    with told_in_words():
        prepare_database(owner)
        add_user(owner, arguments.admin, password, "administrator")
        if not arguments.no_routes:
            _lay_routes(owner, arguments.admin, password)
    print(_("The database is ready. {login} can sign in.", login=arguments.admin))
    return 0


def _lay_routes(owner: str, login: str, password: str) -> None:
    """Install the preset routes in the name of the first user; those that ask posts nobody holds yet stay drafts."""
    import psycopg
    import sqlalchemy as sa
    from psycopg.conninfo import make_conninfo
    from sqlalchemy.orm import Session

    from logistics_desktop import preset_routes

    own = make_conninfo(owner, user=login, password=password)
    engine = sa.create_engine("postgresql+psycopg://", creator=lambda: psycopg.connect(own), poolclass=sa.pool.NullPool)
    with Session(engine) as session, session.begin():
        waiting = sum(bool(one.problems) for one in preset_routes.install(session))
    if waiting:
        print(
            _(
                "{count} routes of approval lie ready as drafts, to be published when somebody holds their posts.",
                count=waiting,
            )
        )


def _new_password(login: str) -> str:
    given = os.environ.get(PASSWORD_VARIABLE)
    if given:
        return given
    if not sys.stdin.isatty():
        raise UserError(
            N_("There is no terminal to ask for a password. Put it into the variable {variable}."),
            variable=PASSWORD_VARIABLE,
        )
    first = getpass.getpass(_("New password of {login}: ", login=login))
    if not first or first != getpass.getpass(_("The same again: ")):
        raise UserError(N_("The two passwords differ, or there is none. Nothing was changed."))
    return first
