"""A connection that notices a server which has gone silent, on every system and whatever the network does.

The kernel of a frozen server still acknowledges what is sent, and a cable that is pulled while an answer is awaited
says nothing at all, so neither TCP nor libpq can tell silence from work. Here the server itself is asked, over a
second connection, whether it is still at work for the first one: a statement may take as long as it needs, and one
that nobody works on any more is given up within seconds.
"""

from __future__ import annotations

import socket
import time
from collections.abc import Callable, Generator
from typing import Any, TypeVar

import psycopg
from psycopg.abc import PQGen

T = TypeVar("T")

PATIENCE_SECONDS = 4.0  # of silence before the server is asked, and for its answer
_LONGEST_SECONDS = 30.0  # between two questions while a long statement runs
_DOUBT_SECONDS = 0.5  # the answer may be on its way while the server says that it has nothing to do

_AT_WORK = "SELECT state NOT LIKE 'idle%%' FROM pg_stat_activity WHERE pid = %s"


class WatchedConnection(psycopg.Connection[Any]):
    """Raises OperationalError, and is closed, once the server neither answers nor works on the answer."""

    still_at_work: Callable[[], bool] | None = None  # None: silence alone is enough to give up

    def wait(self, gen: PQGen[T], interval: float = 0.1, timeout: float | None = None) -> T:
        """Wait as psycopg does, with an eye on the time."""
        return super().wait(self._watched(gen), interval, timeout)

    def _watched(self, gen: PQGen[T]) -> PQGen[T]:
        """The same steps of the protocol; every interval without news passes here as a false `ready`."""
        patience, doubted = PATIENCE_SECONDS, False
        try:
            wanted = next(gen)
            since = time.monotonic()
            while True:
                ready = yield wanted
                if ready:
                    since, patience, doubted = time.monotonic(), PATIENCE_SECONDS, False
                elif time.monotonic() - since > (_DOUBT_SECONDS if doubted else patience):
                    at_work = self.still_at_work is not None and self.still_at_work()
                    if not at_work and (doubted or self.still_at_work is None):
                        self._give_up(gen)
                    since, patience, doubted = time.monotonic(), min(patience * 2, _LONGEST_SECONDS), not at_work
                wanted = gen.send(ready)
        except StopIteration as end:
            value: T = end.value
            return value

    def _give_up(self, gen: Generator[Any, Any, Any]) -> None:
        gen.close()
        self.close()
        raise psycopg.OperationalError("the server has stopped answering")


def watched_connection(parameters: dict[str, Any]) -> WatchedConnection:
    """Connect with these libpq parameters."""
    connection = WatchedConnection.connect(**parameters)
    pid = connection.info.backend_pid
    connection.still_at_work = lambda: _at_work(parameters, pid)
    return connection


def _at_work(parameters: dict[str, Any], pid: int) -> bool:
    """Whether the server works for the session `pid`; a user may always look at sessions of his own."""
    seconds = round(PATIENCE_SECONDS)
    try:
        with WatchedConnection.connect(**{**parameters, "connect_timeout": seconds, "autocommit": True}) as asking:
            found = asking.execute(_AT_WORK, (pid,)).fetchone()
            return found == (True,)
    except psycopg.errors.ConnectionTimeout:
        return False
    except psycopg.OperationalError:
        return _listens(parameters, seconds)  # alive, but full, or just starting: that says nothing of the session


def _listens(parameters: dict[str, Any], seconds: float) -> bool:
    for host in str(parameters["host"]).split(","):
        try:
            socket.create_connection((host, int(parameters["port"])), seconds).close()
        except OSError:
            continue
        return True
    return False
