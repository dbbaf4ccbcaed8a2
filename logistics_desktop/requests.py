"""Writing so that a fault in between neither loses nor doubles anything.

Every unit of work that writes has a key, made before it is sent the first time. The key is stored in the same
transaction as the work, so whoever sends it again, not knowing whether it arrived, finds out. Only what the server or
the network spoilt is sent again, never what the database refused.
"""

from __future__ import annotations

import random
import time
import uuid
from collections.abc import Callable
from typing import Generic, TypeVar

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from db.models.requests import Request
from logistics_desktop.errors import ConnectionLost, UserError
from logistics_desktop.faults import is_passing
from logistics_desktop.i18n import N_
from logistics_desktop.jobs import Job

T = TypeVar("T")

TRIED_SECONDS = 20.0  # after the first failure: what a PC that was cut off holds is given free after fifteen
_FIRST_PAUSE, _LONGEST_PAUSE = 0.1, 2.0
_STEP = 0.1  # how soon a job that is stopped is noticed
_KEPT_DAYS = 60  # as long as drafts

_UNSURE = N_(
    "The connection broke at the very moment of saving, so it is not known whether the change was stored. When the "
    "database answers again, save once more: nothing is stored twice."
)


class AlreadyStored(UserError):
    """The effect of this request is stored, by an attempt before; `number` is what that attempt gave."""

    def __init__(self, number: int | None = None) -> None:
        super().__init__(N_("This was stored already; it is not stored a second time."))
        self.number = number

    def __reduce__(self) -> tuple[object, ...]:
        return (AlreadyStored, (self.number,))


def store(
    new_session: Callable[[], Session], work: Callable[[Session], T], request: uuid.UUID, job: Job | None = None
) -> T:
    """Do `work` as one unit of work that has its effect once, however often this is called with the same `request`.

    Faults that pass are waited for; `job` can stop the waiting. Raises the error of the database, `ConnectionLost`
    where it stays open whether the work was stored, and `AlreadyStored` where somebody else had it stored before.
    """
    attempts = _Attempts(new_session, work, request)
    pause, until = _FIRST_PAUSE, 0.0
    while True:
        try:
            return attempts.once()
        except Exception as problem:
            until = until or time.monotonic() + TRIED_SECONDS
            if not is_passing(problem):
                raise
            if time.monotonic() > until:
                if attempts.unsure:
                    raise ConnectionLost(_UNSURE) from problem
                raise
        _wait(random.uniform(pause / 2, pause), job)  # noqa: S311 - so that many PCs do not come back at once
        pause = min(pause * 2, _LONGEST_PAUSE)


class _Attempts(Generic[T]):
    """The attempts at one unit of work, and what is known of the last."""

    def __init__(self, new_session: Callable[[], Session], work: Callable[[Session], T], request: uuid.UUID) -> None:
        self._new_session = new_session
        self._work = work
        self._request = request
        self._sent: list[T] = []  # the value of an attempt that was sent to be committed

    @property
    def unsure(self) -> bool:
        """Whether an attempt was sent to be committed and nobody said what became of it."""
        return bool(self._sent)

    def once(self) -> T:
        with self._new_session() as session, session.begin():
            done = _begin(session, self._request)
            if done is not None:
                if self._sent:
                    return self._sent[0]
                raise AlreadyStored(done.number)
            self._sent = []  # what was sent before never arrived
            value = self._work(session)
            session.flush()
            if isinstance(value, int):
                session.execute(sa.update(Request).where(Request.key == self._request).values(number=value))
            self._sent = [value]
        return value


def forget_old(session: Session) -> None:
    """Remove one's own keys that nobody can come back with any more."""
    age = sa.func.now() - sa.func.make_interval(0, 0, 0, _KEPT_DAYS)
    session.execute(sa.delete(Request).where(Request.at < age))  # the policy of the table leaves those of others out


def _begin(session: Session, request: uuid.UUID) -> Request | None:
    """Put the key down; gives what is there if it was stored before. Waits for an attempt that is still under way."""
    statement = insert(Request).values(key=request).on_conflict_do_nothing().returning(Request.key)
    if session.scalar(statement) is not None:
        return None
    return session.scalars(sa.select(Request).where(Request.key == request)).one()


def _wait(seconds: float, job: Job | None) -> None:
    until = time.monotonic() + seconds
    while (left := until - time.monotonic()) > 0:
        if job is not None:
            job.check()
        time.sleep(min(left, _STEP))
