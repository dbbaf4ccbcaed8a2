"""The office that is open: one database, one user, and units of work on it."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from types import TracebackType

import sqlalchemy as sa
from sqlalchemy.orm import Session

from db.listen import listen
from db.session import Target, make_engine
from logistics_desktop import __version__, this_pc
from logistics_desktop.connection import Diagnosis, diagnose
from logistics_desktop.errors import UserError
from logistics_desktop.faults import Words, translated
from logistics_desktop.features.permissions import rights
from logistics_desktop.features.permissions.rights import Rights
from logistics_desktop.features.users import accounts
from logistics_desktop.i18n import N_, _
from logistics_desktop.ledgers import LEDGERS
from logistics_desktop.profiles import Profile

_WORDS = Words.of(LEDGERS)


class Office:
    """An open connection to one database, for any number of threads; close it, or use it in a `with` statement.

    `user` is the login, `database` the name of the database, `describe` where it is, in words. The account has to
    choose another password before anything else where `must_change_password` says so.
    """

    def __init__(self, profile: Profile, target: Target, leave: Callable[[], object]) -> None:
        self.profile = profile
        self.user = target.user
        self.database = target.database
        self.must_change_password = False
        self.engine = make_engine(target, f"LogisticsDesktop/{__version__}", now=lambda: self._target)
        self._target = target
        self._leave = leave

    @property
    def asks_password(self) -> bool:
        """Whether the user has a password."""
        return self.profile.asks_password

    @property
    def describe(self) -> str:
        """Where the data are, for the status bar."""
        if self.profile.kind == "server":
            return f"{self.database} @ {', '.join(self._target.hosts)}"
        return _("Sample data") if self.profile.kind == "demo" else _("This PC")

    def server_version(self) -> str:
        """The version of the database server; asks it, so not for the window's thread."""
        with translated(_WORDS), self.engine.connect() as connection:
            return str(connection.scalar(sa.text("SHOW server_version"))).split()[0]

    @contextmanager
    def session(self) -> Iterator[Session]:
        """One unit of work: committed at the end, rolled back on any error, the database's errors told in words."""
        with translated(_WORDS), Session(self.engine, expire_on_commit=False) as session, session.begin():
            yield session

    def rights(self) -> Rights:
        """What the user may do; asks the database, so not for the window's thread."""
        with self.session() as session:
            return rights.read(session)

    def listen(
        self,
        on_tables: Callable[[frozenset[str]], object],
        on_connected: Callable[[bool], object],
        stop: threading.Event,
    ) -> None:
        """Hear which tables change, until `stop` is set: see `db.listen.listen`. For a thread of its own."""
        listen(lambda: self._target, on_tables, on_connected, stop)

    def prove(self, password: str) -> Diagnosis:
        """Sign in once more to see whether `password` is the user's; the finding tells why not."""
        return diagnose(replace(self._target, password=password))

    def change_password(self, password: str) -> None:
        """Give the user another password, here and on the server. Raises `UserError` where the policy forbids it."""
        from logistics_desktop import secrets  # late: most starts need no keyring

        if password == self._target.password:
            raise UserError(N_("The new password is the old one. Choose another."))
        with self.session() as session:
            accounts.change_own_password(session, self.user, password)
        before, self._target = self._target, replace(self._target, password=password)
        self.must_change_password = False
        if secrets.recall(before) is not None:
            secrets.remember(self._target)

    def close(self) -> None:
        """Close the connections and leave the embedded server, which may have to be waited for."""
        self.engine.dispose()
        self._leave()

    def __enter__(self) -> Office:
        """Nothing to do: the office is open."""
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()


def open_office(
    profile: Profile, password: str | None = None, tell: Callable[[str], object] = lambda _text: None
) -> Office:
    """Open the database of `profile`; `password` is for profiles of kind `server`.

    The databases of this PC are made, upgraded and, for the demo, filled on the way; `tell` hears what takes long, in
    words, and may raise to stop it. Raises `UserError` that says precisely what keeps the database from being used.
    """
    with translated(_WORDS), ExitStack() as stack:
        if profile.kind == "server":
            target = profile.target(password)
            finding = diagnose(target)
            if not finding.ok:
                raise UserError(N_("{problem} {advice}"), problem=finding.text, advice=finding.hint)
        else:
            target = stack.enter_context(this_pc.ready(profile.kind, tell, profile.user))
        office = Office(profile, target, stack.pop_all().close)
    try:
        _look_at_account(office)
    except BaseException:
        office.close()
        raise
    return office


def _look_at_account(office: Office) -> None:
    with office.session() as session:
        own = accounts.own(session)
    if not own.active:
        raise UserError(
            N_("{user} has no account in this office, or it was shut. An administrator can open one."), user=office.user
        )
    office.must_change_password = own.must_change_password and office.asks_password
