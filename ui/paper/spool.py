"""The rows of a printout, kept in a temporary file: as they were at one moment, however many, in little memory."""

from __future__ import annotations

import json
import tempfile
import threading
import weakref
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

ROW, GROUP, SUM = "row", "group", "sum"
_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class Entry:
    """One row of the table: a record, the heading of a group (one text), or sums (a text for each column)."""

    kind: str
    texts: tuple[str, ...]


class Spool:
    """Entries written once and read from any place on, also by several threads."""

    def __init__(self) -> None:
        self._file = tempfile.TemporaryFile(prefix="logistics-")  # noqa: SIM115 - open as long as the rows are needed
        self._lock = threading.Lock()
        self.count = 0
        weakref.finalize(self, self._file.close)

    def add(self, kind: str, texts: Sequence[str]) -> None:
        """Write one more at the end."""
        self._file.write(json.dumps([kind, *texts], ensure_ascii=False).encode() + b"\n")
        self.count += 1

    def read(self, place: int = 0, count: int | None = None) -> Iterator[tuple[int, Entry]]:
        """Each entry from `place` on with the place where the next begins; `count` of them or all."""
        left = self.count if count is None else count
        while left:
            with self._lock:
                self._file.seek(place)
                lines = [self._file.readline() for _each in range(min(left, _AT_ONCE))]
            for line in filter(None, lines):
                place += len(line)
                kind, *texts = json.loads(line)
                yield place, Entry(kind, tuple(texts))
            left = left - len(lines) if lines[-1] else 0
