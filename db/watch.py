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
from contextlib import suppress
from enum import Enum, auto
from typing import Any, TypeVar

import psycopg
from psycopg.abc import PQGen

T = TypeVar("T")

PATIENCE_SECONDS = 4.0  # of silence before the server is asked, and for its answer
_LONGEST_SECONDS = 30.0  # between two questions while a long statement runs
_DOUBT_SECONDS = 0.5  # the answer may be on its way while the server says that it has nothing to do

_STATE = "SELECT state LIKE 'idle%%' FROM pg_stat_activity WHERE pid = %s"
_END = "SELECT pg_terminate_backend(%s)"  # a user may end sessions of his own


class State(Enum):
    """What the server does for a session."""

    WORKING = auto()
    IDLE = auto()  # it waits for us, as we for it
    GONE = auto()  # the session, or the server


class WatchedConnection(psycopg.Connection[Any]):
    """Raises OperationalError, and is closed, once the server neither answers nor works on the answer."""

    ask: Callable[[bool], State] | None = None  # None: silence alone is enough to give up

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
                    state = State.GONE if self.ask is None else self.ask(doubted)
                    if state is State.GONE or (doubted and state is State.IDLE):
                        self._give_up(gen)
                    doubted = state is State.IDLE
                    since, patience = time.monotonic(), min(patience * 2, _LONGEST_SECONDS)
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
    connection.ask = lambda end: _state(parameters, pid, end)
    return connection


def _state(parameters: dict[str, Any], pid: int, end: bool) -> State:
    """What the server does for the session `pid`; one that is idle is ended if `end`, with the locks that it holds."""
    seconds = round(PATIENCE_SECONDS)
    try:
        with WatchedConnection.connect(**{**parameters, "connect_timeout": seconds, "autocommit": True}) as asking:
            match asking.execute(_STATE, (pid,)).fetchone():
                case None:
                    return State.GONE
                case (True,):
                    if end:
                        asking.execute(_END, (pid,))
                    return State.IDLE
            return State.WORKING
    except psycopg.errors.ConnectionTimeout:
        return State.GONE
    except psycopg.OperationalError:  # alive, but full, or just starting: that says nothing of the session
        return State.WORKING if _listens(parameters, seconds) else State.GONE


def _listens(parameters: dict[str, Any], seconds: float) -> bool:
    for host in str(parameters["host"]).split(","):
        with suppress(OSError):
            socket.create_connection((host, int(parameters["port"])), seconds).close()
            return True
    return False
