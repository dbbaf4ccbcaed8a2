"""The office that is open: one database, one user, and units of work on it."""

from __future__ import annotations

import logging
import threading
import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from types import TracebackType
from typing import TypeVar

import sqlalchemy as sa
from sqlalchemy.orm import Session

from db import schema
from db.listen import listen
from db.presence import Presence
from db.session import Target, make_engine
from logistics_desktop import __version__, events, requests, this_pc
from logistics_desktop.connection import Diagnosis, diagnose
from logistics_desktop.errors import ConnectionLost, Refused, UserError
from logistics_desktop.faults import Words, translated
from logistics_desktop.features.approvals.words import REFUSALS
from logistics_desktop.features.audit.tables import OTHERS
from logistics_desktop.features.depreciation.refused_by_database import REFUSED_BY_DATABASE
from logistics_desktop.features.documents.words import REFUSALS as DOCUMENT_REFUSALS
from logistics_desktop.features.permissions import asking
from logistics_desktop.features.permissions.rights import Rights
from logistics_desktop.features.users import accounts
from logistics_desktop.i18n import N_, _
from logistics_desktop.jobs import Job
from logistics_desktop.ledgers import LEDGERS
from logistics_desktop.profiles import Profile

T = TypeVar("T")

WORDS = Words.of(LEDGERS, refusals={**REFUSALS, **DOCUMENT_REFUSALS, **REFUSED_BY_DATABASE}, tables=OTHERS)
"""How tables, columns and refusals are called on the screen."""
_GOODBYE_SECONDS = 2

_log = logging.getLogger(__name__)


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
        self.presence = Presence()
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
        with translated(WORDS), self.engine.connect() as connection:
            return str(connection.scalar(sa.text("SHOW server_version"))).split()[0]

    def clock_ahead(self, now: float | None = None) -> float:
        """By how many seconds this PC's clock, or `now` in seconds since 1970, is ahead of the server's."""
        with translated(WORDS), self.engine.connect() as connection:
            servers = connection.scalar(sa.text("SELECT extract(epoch FROM clock_timestamp())"))
        return (time.time() if now is None else now) - float(servers or 0)

    def schema_state(self) -> schema.State:
        """Whether the tables still are those of this program: an administrator may upgrade them meanwhile."""
        with translated(WORDS), self.engine.connect() as connection:
            return schema.state(connection)

    @contextmanager
    def session(self) -> Iterator[Session]:
        """One unit of work: committed at the end, rolled back on any error, the database's errors told in words."""
        with (
            translated(WORDS),
            self._refusals_noted(),
            self._new_session() as session,
            session.begin(),
        ):
            yield session

    def save(self, work: Callable[[Session], T], *, request: uuid.UUID | None = None, job: Job | None = None) -> T:
        """One unit of work that writes: as `session`, and done again after faults that pass, with one effect.

        `work` may therefore be called several times. Whoever keeps `request`, the key of this very change, may call
        again after an error, even from another process; raises `AlreadyStored` where that finds it stored.
        `job` can stop the waiting for a server that is away.
        """
        with translated(WORDS), self._refusals_noted():
            return requests.store(self._new_session, work, request or uuid.uuid4(), job)

    def _new_session(self) -> Session:
        return Session(self.engine, expire_on_commit=False)

    def note(self, kind: str, about: str | None = None, **detail: object) -> None:
        """Tell the log what the user did (see `logistics_desktop.events`); asks the database, so not in the window.

        What cannot be noted is only said in the program's own log: it must not keep anybody from their work.
        """
        try:
            with Session(self.engine) as session, session.begin():
                events.note(session, kind, about, **detail)
        except sa.exc.SQLAlchemyError as problem:
            _log.warning("not noted: %s %s: %s", kind, about, type(problem).__name__)

    @contextmanager
    def _refusals_noted(self) -> Iterator[None]:
        """Note what the database refuses, once the work is rolled back."""
        try:
            yield
        except sa.exc.DBAPIError as problem:
            if told := events.refusal(problem):
                self.note("refused", told[0], **told[1])
            raise

    def rights(self) -> Rights:
        """What the user may do; asks the database, so not for the window's thread."""
        with self.session() as session:
            return asking.read(session)

    def listen(
        self,
        on_tables: Callable[[frozenset[str]], object],
        on_connected: Callable[[bool], object],
        stop: threading.Event,
    ) -> None:
        """Hear which tables change, until `stop` is set: see `db.listen.listen`. For a thread of its own."""
        listen(lambda: self._target, on_tables, on_connected, stop, self.presence)

    def editors(self, table: str) -> dict[int, tuple[str, ...]]:
        """Who else has typed into rows of `table` just now, by the row's id; `presence` tells the others of ours."""
        with translated(WORDS), self.engine.connect() as connection:
            return self.presence.editors(connection, table)

    def prove(self, password: str) -> Diagnosis:
        """Sign in once more to see whether `password` is the user's; the finding tells why not."""
        return diagnose(replace(self._target, password=password))

    def change_password(self, password: str) -> None:
        """Give the user another password, here and on the server. Raises `UserError` where the policy forbids it."""
        from logistics_desktop import secrets  # late: most starts need no keyring

        if password == self._target.password:
            raise UserError(N_("The new password is the old one. Choose another."))
        try:
            self.save(lambda session: accounts.change_own_password(session, self.user, password))
        except (ConnectionLost, Refused):
            # It may have arrived, and then the server does not take the old password any more.
            if not self.prove(password).ok:
                raise
        before, self._target = self._target, replace(self._target, password=password)
        self.must_change_password = False
        if secrets.recall(before) is not None:
            secrets.remember(self._target)

    def close(self) -> None:
        """Close the connections and leave the embedded server, which may have to be waited for."""
        # A server that does not answer keeps nobody here.
        goodbye = threading.Thread(target=self.note, args=("signed_out",), name="goodbye", daemon=True)
        goodbye.start()
        goodbye.join(_GOODBYE_SECONDS)
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
            target = stack.enter_context(this_pc.ready(profile.kind, tell, profile.user))
        office = Office(profile, target, stack.pop_all().close)
    try:
        _look_at_account(office)
        with office.session() as session:
            requests.forget_old(session)
    except BaseException:
        office.close()
        raise
    office.note("signed_in")
    return office


def _look_at_account(office: Office) -> None:
    with office.session() as session:
        own = accounts.own(session)
    if not own.active:
        raise UserError(
            N_("{user} has no account in this office, or it was shut. An administrator can open one."), user=office.user
        )
    office.must_change_password = own.must_change_password and office.asks_password
