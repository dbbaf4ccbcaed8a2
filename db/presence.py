"""Who is at work on which row, said by locks that hold nobody up and that the server takes away with the session.

A shared advisory lock of the connection that listens stands for "somebody has this row open and has typed in it". A
program that is killed, a cable that is pulled: the lock goes with the session, and nothing is left to be cleaned up.
"""

from __future__ import annotations

import threading
from collections.abc import Collection
from typing import Any, NamedTuple

import psycopg
import sqlalchemy as sa

from db.base import SCHEMA

CHANNEL = "ledger"  # as in db/sql/notify.sql


class Row(NamedTuple):
    """A row of a table."""

    table: str
    id: int


def editing_news(table: str) -> str:
    """What is announced when somebody begins or ends to edit a row of `table`."""
    return f"{table}/editing"


# The key holds the table's own number above 31 bits with the row's: rows beyond two thousand million are not shown.
_MOST = 2**31 - 1
_KEY = f"to_regclass('{SCHEMA}.' || quote_ident(%(table)s))::oid::bigint << 31 | %(id)s"
_HOLD = f"SELECT pg_try_advisory_lock_shared({_KEY}), pg_notify('{CHANNEL}', %(news)s)"
_LEAVE = _HOLD.replace("pg_try_advisory_lock_shared", "pg_advisory_unlock_shared")
_EDITORS = sa.text(
    f"""
    SELECT k.key & {_MOST} AS id, coalesce(s.name, a.usename) AS who
      FROM pg_locks l
     CROSS JOIN LATERAL (SELECT l.classid::bigint << 32 | l.objid::bigint AS key) k
      JOIN pg_stat_activity a ON a.pid = l.pid
      LEFT JOIN {SCHEMA}.staff s ON s.login = a.usename
     WHERE l.locktype = 'advisory' AND l.objsubid = 1 AND l.granted AND l.mode = 'ShareLock'
       AND l.database = (SELECT oid FROM pg_database WHERE datname = current_database())
       AND k.key >> 31 = to_regclass('{SCHEMA}.' || quote_ident(:table))::oid::bigint AND l.pid <> :pid
     ORDER BY 1, 2
    """  # noqa: S608 - our own schema
)


class Presence:
    """The rows that this program is at work on; any thread changes them, the one that listens tells the server."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._wanted: dict[Row, int] = {}
        self._held: set[Row] = set()
        self._pid = 0

    def begin(self, row: Row) -> None:
        """Say that somebody here is at work on a row; counted, as two tabs may show the same."""
        with self._lock:
            self._wanted[row] = self._wanted.get(row, 0) + 1

    def end(self, row: Row) -> None:
        """Take back one `begin`."""
        with self._lock:
            left = self._wanted.get(row, 0) - 1
            if left > 0:
                self._wanted[row] = left
            else:
                self._wanted.pop(row, None)

    def connected(self, connection: psycopg.Connection[Any]) -> None:
        """A new connection listens; it holds nothing yet."""
        self._held = set()
        self._pid = connection.info.backend_pid

    def tell(self, connection: psycopg.Connection[Any]) -> None:
        """Bring the server up to date; for the thread that listens."""
        with self._lock:
            wanted = {row for row in self._wanted if row.id <= _MOST}
        for statement, rows in ((_HOLD, wanted - self._held), (_LEAVE, self._held - wanted)):
            for row in rows:
                connection.execute(statement, {"table": row.table, "id": row.id, "news": editing_news(row.table)})
        self._held = wanted

    def editors(self, connection: sa.Connection, table: str) -> dict[int, tuple[str, ...]]:
        """Who else is at work on rows of `table`: names by the row's id."""
        found: dict[int, tuple[str, ...]] = {}
        for row, who in connection.execute(_EDITORS, {"table": table, "pid": self._pid}):
            if who not in found.get(row, ()):
                found[row] = (*found.get(row, ()), who)
        return found


def news_of(tables: Collection[str]) -> frozenset[str]:
    """What may be announced of these tables: their names, and that somebody begins or ends to edit them."""
    return frozenset((*tables, *map(editing_news, tables)))
