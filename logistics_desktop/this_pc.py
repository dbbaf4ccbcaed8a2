"""The databases of this one PC: the sample data and the user's own, both on the embedded server."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Literal

import sqlalchemy as sa
from filelock import FileLock
from sqlalchemy.orm import Session

from db import schema
from db.embedded import Server, prepared_place, running
from db.provision import add_user, count_rows, drop_database, prepare_database
from db.session import Target, connection_string, embedded_target, make_engine
from logistics_desktop import organisation
from logistics_desktop.errors import UserError
from logistics_desktop.i18n import N_, _
from logistics_desktop.paths import home
from logistics_desktop.profiles import DEMO_LOGINS

ThisPc = Literal["demo", "local"]

# The database and the login have one name: both are alone on their server.
_NAMES: dict[ThisPc, str] = {"demo": "demo", "local": "office"}


def place() -> Path:
    """The folder that holds the data of the embedded server."""
    return prepared_place(_folder())


def _folder() -> Path:
    return home() / "embedded"


@contextmanager
def ready(kind: ThisPc, tell: Callable[[str], object], login: str = "") -> Iterator[Target]:
    """The database of `kind`, fit for this program, with its user signed in, for as long as the block lasts.

    Made, upgraded and, for the demo, filled where needed; `tell` hears of it in words. `login` is one of `DEMO_LOGINS`,
    for the sample data as another post sees them.
    Raises `UserError` where a newer program has upgraded it.
    """
    tell(_("Starting the database"))
    with running(_folder()) as server:
        target = _target(server, kind)
        with _preparing():
            if not _is_ready(target, kind):
                _prepare(server, target, kind, tell)
        yield _target(server, kind, login) if kind == "demo" and login in DEMO_LOGINS else target


def reset_demo(tell: Callable[[str], object]) -> None:
    """Make the sample data anew; what was done to them is lost."""
    with running(_folder()) as server, _preparing():
        drop_database(_installer(server, "demo"))
        _prepare(server, _target(server, "demo"), "demo", tell)


def _installer(server: Server, kind: ThisPc) -> str:
    """The connection string for whoever sets up the database of `kind`."""
    return connection_string(embedded_target(server, _NAMES[kind]))


def _preparing() -> FileLock:
    """One program at a time looks whether something is missing, and makes it."""
    return FileLock(place() / "preparing.lock")


def _target(server: Server, kind: ThisPc, login: str = "") -> Target:
    """An ordinary user, never the superuser.

    The password is made from the superuser's, which is kept in a private file: it needs no file of its own then, and
    leads nobody back.
    """
    login = login or _NAMES[kind]
    password = hmac.new(server.password.encode(), login.encode(), hashlib.sha256).hexdigest()
    return replace(embedded_target(server, _NAMES[kind]), user=login, password=password)


def _is_ready(target: Target, kind: ThisPc) -> bool:
    engine = make_engine(target)
    try:
        with Session(engine) as session:
            return _fits(session.connection()) and (kind != "demo" or _is_filled(session))
    except sa.exc.OperationalError:  # no such database, or no such user
        return False
    finally:
        engine.dispose()


def _fits(connection: sa.Connection) -> bool:
    state = schema.state(connection)
    if state == "newer":
        raise UserError(
            N_("A newer version of this program has upgraded the data on this PC. Install that version again.")
        )
    return state == "current" and schema.has_our_sql(connection)


def _is_filled(session: Session) -> bool:
    return organisation.read(session, organisation.SAMPLE_DATA) != ""


def _prepare(server: Server, target: Target, kind: ThisPc, tell: Callable[[str], object]) -> None:
    tell(_("Making the database ready"))
    assert target.password is not None
    prepare_database(_installer(server, kind))
    add_user(_installer(server, kind), target.user, target.password, "administrator")
    filled = kind == "demo" and _fill(target, tell)
    for login in DEMO_LOGINS if kind == "demo" else ():
        _add_person(server, login)
    _lay_routes(target)
    if filled:
        _give_documents(server)
        count_rows(_installer(server, kind))


def _add_person(server: Server, login: str) -> None:
    """Somebody whom the sample data can be seen as; the login names the post."""
    person = _target(server, "demo", login)
    post = "administrator" if login == _NAMES["demo"] else login.removeprefix("demo_")
    if person.password is not None:
        add_user(_installer(server, "demo"), login, person.password, post)


def _lay_routes(target: Target) -> None:
    """Give documents their preset routes, as far as they have none."""
    from logistics_desktop import preset_routes  # as the sample: needed once in a lifetime

    with _signed_in(target) as session:
        preset_routes.install(session)


def _give_documents(server: Server) -> None:
    """Let people of the sample have documents under way."""
    from logistics_desktop.sample.documents import make_documents

    make_documents(lambda login: _signed_in(_target(server, "demo", login)))


@contextmanager
def _signed_in(target: Target) -> Iterator[Session]:
    """One unit of work."""
    engine = make_engine(target)
    try:
        with Session(engine) as session, session.begin():
            yield session
    finally:
        engine.dispose()


def _fill(target: Target, tell: Callable[[str], object]) -> bool:
    """Store the sample data unless they are there; says whether it did."""
    from logistics_desktop.sample.load import load_sample  # with its dictionaries of words, needed once in a lifetime

    with _signed_in(target) as session:
        if _is_filled(session):
            return False
        tell(_("Filling in the sample data"))
        load_sample(session)
        return True
