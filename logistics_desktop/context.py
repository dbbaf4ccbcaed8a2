"""The office that is open: one database, one user, and units of work on it."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from types import TracebackType

import sqlalchemy as sa
from sqlalchemy.orm import Session

from db.listen import listen
from db.session import Target, make_engine
from logistics_desktop import __version__, this_pc
from logistics_desktop.connection import diagnose
from logistics_desktop.errors import UserError
from logistics_desktop.faults import Words, translated
from logistics_desktop.features.approvals.words import REFUSALS
from logistics_desktop.features.permissions import rights
from logistics_desktop.features.permissions.rights import Rights
from logistics_desktop.i18n import N_, _
from logistics_desktop.ledgers import LEDGERS
from logistics_desktop.profiles import Profile

WORDS = Words.of(LEDGERS, refusals=REFUSALS)
"""How tables, columns and refusals are called on the screen."""


class Office:
    """An open connection to one database, for any number of threads; close it, or use it in a `with` statement.

    `user` is the login, `database` the name of the database, `describe` where it is, in words.
    """

    def __init__(self, profile: Profile, target: Target, leave: Callable[[], object]) -> None:
        self.profile = profile
        self.user = target.user
        self.database = target.database
        self.engine = make_engine(target, f"LogisticsDesktop/{__version__}")
        self._target = target
        self._leave = leave

    @property
    def describe(self) -> str:
        """Where the data are, for the status bar."""
        if self.profile.kind == "server":
            return f"{self.database} @ {', '.join(self._target.hosts)}"
        return _("Sample data") if self.profile.kind == "demo" else _("This PC")

    def server_version(self) -> str:
        """The version of the database server; asks it, so not for the window's thread."""
        with translated(WORDS), self.engine.connect() as connection:
            return str(connection.scalar(sa.text("SHOW server_version"))).split()[0]

    @contextmanager
    def session(self) -> Iterator[Session]:
        """One unit of work: committed at the end, rolled back on any error, the database's errors told in words."""
        with translated(WORDS), Session(self.engine, expire_on_commit=False) as session, session.begin():
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
        listen(self._target, on_tables, on_connected, stop)

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
    with translated(WORDS), ExitStack() as stack:
        if profile.kind == "server":
            target = profile.target(password)
            finding = diagnose(target)
            if not finding.ok:
                raise UserError(N_("{problem} {advice}"), problem=finding.text, advice=finding.hint)
        else:
            target = stack.enter_context(this_pc.ready(profile.kind, tell))
        return Office(profile, target, stack.pop_all().close)
