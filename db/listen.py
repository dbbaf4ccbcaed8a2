"""News from the database: the names of the tables that somebody has just changed."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable

import psycopg

from db.base import Base
from db.presence import CHANNEL, Presence, news_of
from db.session import Target, connection_parameters
from db.watch import WatchedConnection, watched_connection

_LOOK_SECONDS = 0.25  # how soon a stop, or a row that is edited, is noticed
_BEAT_SECONDS = 10.0  # a line that is dead says nothing, and neither does a quiet one
_PAUSES = (0.5, 1, 2, 5, 10)  # seconds before the next attempts to connect again

_log = logging.getLogger(__name__)


def listen(
    target: Callable[[], Target],
    on_tables: Callable[[frozenset[str]], object],
    on_connected: Callable[[bool], object],
    stop: threading.Event,
    presence: Presence,
) -> None:
    """Tell `on_tables` the tables of each change, until `stop` is set; for a thread of its own.

    `on_connected` hears when the connection comes or goes. It is made again by itself, and then every table is told
    as changed, because nobody keeps what was announced meanwhile. `presence` is told to the others on the way. `target`
    is asked each time, since the password may have been changed.
    """
    known = news_of([table.name for table in Base.metadata.tables.values()])
    failures = 0
    lost = False
    while not stop.is_set():
        try:
            with watched_connection({**connection_parameters(target()), "autocommit": True}) as connection:
                connection.execute(f"LISTEN {CHANNEL}")
                presence.connected(connection)
                failures = 0
                on_connected(True)
                if lost:
                    on_tables(known)
                _hear(connection, known, on_tables, stop, presence)
        except psycopg.OperationalError as problem:
            _log.info("no connection for announcements: %s", problem)
            lost = True
            on_connected(False)
            stop.wait(_PAUSES[min(failures, len(_PAUSES) - 1)])
            failures += 1


def _hear(
    connection: WatchedConnection,
    known: frozenset[str],
    on_tables: Callable[[frozenset[str]], object],
    stop: threading.Event,
    presence: Presence,
) -> None:
    beat = time.monotonic() + _BEAT_SECONDS
    while not stop.is_set():
        presence.tell(connection)
        said = {notice.payload for notice in connection.notifies(timeout=_LOOK_SECONDS, stop_after=1)}
        if tables := known & said:  # anybody who is signed in may say anything on the channel
            on_tables(tables)
        if time.monotonic() > beat:
            connection.execute("SELECT 1")
            beat = time.monotonic() + _BEAT_SECONDS
