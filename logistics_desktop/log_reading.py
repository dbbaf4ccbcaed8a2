"""The log files read back: entries with their times and levels, and what has been added since."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path

LEVELS = ("DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL")
"""From the least to the worst."""

_HEAD = re.compile(
    r"(?P<at>\d{4}-\d\d-\d\d \d\d:\d\d:\d\d),\d+ (?P<process>\d+) (?P<level>[A-Z]+) (?P<place>[^:]*): (?P<text>.*)"
)


@dataclass(frozen=True, slots=True)
class LogEntry:
    """One message; `at` is local time as written, `place` the part of the program, `text` may have many lines."""

    at: str
    process: str
    level: str
    place: str
    text: str

    @property
    def severity(self) -> int:
        """The place in `LEVELS`; what another program wrote counts as information."""
        return LEVELS.index(self.level) if self.level in LEVELS else LEVELS.index("INFO")


@dataclass(frozen=True, slots=True)
class LogNews:
    """From the entry numbered `since` on, the entries are these."""

    since: int
    entries: tuple[LogEntry, ...]


class LogReader:
    """Reads the log files of a folder, the old ones too, and then what is added. For one thread at a time."""

    def __init__(self, path: Path) -> None:
        """`path` is the file that is written to; its older ones lie beside it with a number behind the name."""
        self._path = path
        self._place = 0
        self._entries: list[LogEntry] = []
        self._started = False

    def more(self) -> LogNews | None:
        """What is new since the last call; all of it at first and after the files were changed for new ones."""
        size = self._path.stat().st_size if self._path.exists() else 0
        if self._started and size == self._place:
            return None
        if not self._started or size < self._place:
            self._started, self._place, self._entries = True, 0, []
            for old in sorted(self._path.parent.glob(f"{self._path.name}.*"), key=_age, reverse=True):
                self._add(old.read_bytes())
            self._read_on()
            return LogNews(0, tuple(self._entries))
        since = max(len(self._entries) - 1, 0)  # the last one may go on
        self._read_on()
        return LogNews(since, tuple(self._entries[since:]))

    def _read_on(self) -> None:
        if self._path.exists():
            with self._path.open("rb") as file:
                file.seek(self._place)
                new = file.read()
            new = new[: new.rfind(b"\n") + 1]  # a line that is not whole yet is read next time
            self._place += len(new)
            self._add(new)

    def _add(self, data: bytes) -> None:
        for line in data.decode("utf-8", "replace").splitlines():
            head = _HEAD.fullmatch(line)
            if head:
                self._entries.append(LogEntry(**head.groupdict()))
            elif self._entries:
                last = self._entries[-1]
                self._entries[-1] = replace(last, text=f"{last.text}\n{line}")


def chosen(entries: Iterable[LogEntry], level: str, words: str) -> list[LogEntry]:
    """The entries of at least this level that have all the words, in whatever letters."""
    least, wanted = LEVELS.index(level), words.casefold().split()
    return [
        entry
        for entry in entries
        if entry.severity >= least
        and all(word in f"{entry.at} {entry.level} {entry.place} {entry.text}".casefold() for word in wanted)
    ]


def _age(path: Path) -> int:
    ending = path.suffix[1:]
    return int(ending) if ending.isdigit() else 0
