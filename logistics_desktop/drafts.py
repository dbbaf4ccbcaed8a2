"""What was typed and not saved, kept on this PC so that a crash does not take it.

A small SQLite file in WAL mode: a program that is killed while it writes leaves the draft before. Each editing of a
record has a draft of its own, marked with the process that keeps it; a draft is left over when that process is gone.
"""

from __future__ import annotations

import json
import logging
import os
import sqlite3
import threading
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import psutil

from logistics_desktop.errors import UserError
from logistics_desktop.i18n import N_
from logistics_desktop.paths import home

_log = logging.getLogger(__name__)

KEPT_DAYS = 60
ALWAYS_KEPT = 20  # of a user's drafts, the ones made last, however old they are by a clock that may be wrong
_WAIT_SECONDS = 2.0  # for another program that writes just now
_PRIVATE = 0o600

_TABLE = """
CREATE TABLE IF NOT EXISTS draft (
    id TEXT PRIMARY KEY, profile TEXT NOT NULL, user TEXT NOT NULL, ledger TEXT NOT NULL, record INTEGER NOT NULL,
    version INTEGER NOT NULL, title TEXT NOT NULL, typed TEXT NOT NULL, kept_at REAL NOT NULL,
    pid INTEGER NOT NULL, started REAL NOT NULL
) STRICT
"""
_KEEP = """
INSERT INTO draft VALUES (:id, :profile, :user, :ledger, :record, :version, :title, :typed, :kept_at, :pid, :started)
ON CONFLICT (id) DO UPDATE SET version = excluded.version, title = excluded.title, typed = excluded.typed,
    kept_at = excluded.kept_at, pid = excluded.pid, started = excluded.started
"""
_EXPIRE = """
DELETE FROM draft WHERE kept_at < ? AND rowid NOT IN (
    SELECT d.rowid FROM draft d WHERE d.profile = draft.profile AND d.user = draft.user ORDER BY d.rowid DESC LIMIT ?
)
"""
_COLUMNS = "id, ledger, record, version, title, typed, kept_at, pid, started"
_FIND = f"SELECT {_COLUMNS} FROM draft WHERE profile = ? AND user = ? ORDER BY kept_at DESC, id"  # noqa: S608 - our own words


@dataclass(frozen=True, slots=True)
class Draft:
    """What a form held. `record` is 0 and `version` 0 for a new record; `kept_at` is in seconds since 1970.

    `step` counts its states while one program is at work on it: the clock may be set back in between.
    `typed` holds, by field key and as JSON, what the form makes of it: this module only keeps it.
    """

    id: str
    ledger: str
    record: int
    version: int
    title: str
    typed: dict[str, Any]
    kept_at: float
    step: int = 0


class Drafts:
    """The drafts of one user in one database; may be used from any thread.

    Raises `UserError` where the file cannot be written. A file that is damaged is put aside.
    """

    def __init__(self, profile: str, user: str) -> None:
        self._profile = profile
        self._user = user
        self._lock = threading.Lock()
        self._ended: set[str] = set()
        self._steps: dict[str, int] = {}

    def keep(self, draft: Draft) -> None:
        """Write a draft in place of its older state; an older state or one that was discarded changes nothing."""
        row = {
            "id": draft.id,
            "profile": self._profile,
            "user": self._user,
            "ledger": draft.ledger,
            "record": draft.record,
            "version": draft.version,
            "title": draft.title,
            "typed": json.dumps(draft.typed, ensure_ascii=False),
            "kept_at": draft.kept_at,
            "pid": os.getpid(),
            "started": _started(os.getpid()),
        }
        with self._lock:
            if draft.id not in self._ended and draft.step >= self._steps.get(draft.id, 0):
                self._steps[draft.id] = draft.step
                with _opened() as file:
                    file.execute(_KEEP, row)

    def discard(self, draft_id: str) -> None:
        """Forget a draft, also one that is still on its way."""
        with self._lock:
            self._ended.add(draft_id)
            if _path().exists():
                with _opened() as file:
                    file.execute("DELETE FROM draft WHERE id = ?", (draft_id,))

    def left_over(self, ledger: str = "", record: int | None = None) -> list[Draft]:
        """The drafts that no running program is at work on, the newest first; of one ledger or record if named."""
        if not _path().exists():
            return []
        with self._lock, _opened() as file:
            file.execute(_EXPIRE, (time.time() - KEPT_DAYS * 86_400, ALWAYS_KEPT))
            rows = file.execute(_FIND, (self._profile, self._user)).fetchall()
        found = []
        for draft_id, its_ledger, its_record, version, title, typed, kept_at, pid, started in rows:
            wanted = ledger in ("", its_ledger) and record in (None, its_record)
            if wanted and draft_id not in self._ended and not _runs(pid, started):
                found.append(Draft(draft_id, its_ledger, its_record, version, title, json.loads(typed), kept_at))
        return found


def _runs(pid: int, started: float) -> bool:
    try:
        return abs(_started(pid) - started) < 1.0  # a number is given to another process later
    except psutil.Error:
        return False


def _started(pid: int) -> float:
    return _own_start() if pid == os.getpid() else psutil.Process(pid).create_time()


@cache
def _own_start() -> float:
    return psutil.Process().create_time()


def _path() -> Path:
    return home() / "drafts.sqlite"


@contextmanager
def _opened() -> Iterator[sqlite3.Connection]:
    """One transaction on the file."""
    try:
        try:
            connection = _connected()
        except sqlite3.OperationalError:
            raise  # locked, full, forbidden: the file itself is sound
        except sqlite3.DatabaseError as problem:
            _put_aside(problem)
            connection = _connected()
        with closing(connection), connection:
            yield connection
    except (sqlite3.Error, OSError) as error:
        raise UserError(N_("What you type cannot be kept for the case of a crash: {reason}."), reason=error) from error


def _connected() -> sqlite3.Connection:
    path = _path()
    path.parent.mkdir(parents=True, exist_ok=True)
    if not path.exists():
        path.touch(_PRIVATE)
    connection = sqlite3.connect(path, timeout=_WAIT_SECONDS)
    try:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute(_TABLE)
    except BaseException:
        connection.close()
        raise
    return connection


def _put_aside(problem: Exception) -> None:
    path = _path()
    aside = path.with_suffix(".damaged.sqlite")
    path.replace(aside)
    for ending in ("-wal", "-shm"):
        path.with_name(path.name + ending).unlink(missing_ok=True)
    _log.warning("the drafts cannot be read (%s); kept as %s", problem, aside.name)
