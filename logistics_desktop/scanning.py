"""Telling a scanner that types from a person who types.

A scanner types a whole code faster than anybody can, and usually ends it with Enter or Tab. It may be set up to put a
prefix before the code and a suffix after it, which makes it unmistakable.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

GAP_MS = (10, 200)
LEAST = (1, 20)
LONGEST_MARK = 8
_LONGEST_SCAN = 4_000


@dataclass(frozen=True, slots=True)
class Scanner:
    """How the scanner of this PC is set up.

    gap_ms: the longest time between two of its characters. least: the shortest code, in characters.
    """

    prefix: str = ""
    suffix: str = ""
    gap_ms: int = 50
    least: int = 4


def scanner(data: Mapping[str, Any]) -> Scanner:
    """The set-up that was saved on this PC; what makes no sense is as it was at first."""
    plain = Scanner()
    prefix, suffix = (str(data.get(name, ""))[:LONGEST_MARK] for name in ("prefix", "suffix"))
    gap, least = data.get("gap_ms"), data.get("least")
    return Scanner(
        prefix,
        suffix,
        gap if isinstance(gap, int) and GAP_MS[0] <= gap <= GAP_MS[1] else plain.gap_ms,
        least if isinstance(least, int) and LEAST[0] <= least <= LEAST[1] else plain.least,
    )


class Burst:
    """Characters that came one after the other without a pause; times are in milliseconds of any clock."""

    def __init__(self, setup: Scanner) -> None:
        self._setup = setup
        self._text = ""
        self._last = 0

    @property
    def begun(self) -> bool:
        """Whether there is a character."""
        return bool(self._text)

    def add(self, char: str, at: int) -> bool:
        """Take a character that was typed at a time; answers whether it begins a new burst."""
        new = not self._text or at - self._last > self._setup.gap_ms or len(self._text) >= _LONGEST_SCAN
        self._text = char if new else self._text + char
        self._last = at
        return new

    def may_be_marked(self) -> bool:
        """Whether it begins as only the scanner does, with the prefix or a part of it."""
        prefix = self._setup.prefix
        return bool(prefix) and (self._text.startswith(prefix) or prefix.startswith(self._text))

    def complete(self) -> str | None:
        """The code, if the suffix has just come."""
        return self._content() if self._setup.suffix and self._text.endswith(self._setup.suffix) else None

    def ended(self, at: int) -> str | None:
        """The code, if Enter or Tab at this time ends one; the burst begins anew."""
        found = self._content() if at - self._last <= self._setup.gap_ms else None
        self.forget()
        return found

    def silent(self) -> str | None:
        """The code, if a pause ends one, which it does only after a prefix; the burst begins anew."""
        found = self._content() if self._setup.prefix else None
        self.forget()
        return found

    def forget(self) -> None:
        """Begin anew."""
        self._text = ""

    def _content(self) -> str | None:
        setup = self._setup
        if not self._text.startswith(setup.prefix):
            return None
        content = self._text.removeprefix(setup.prefix).removesuffix(setup.suffix).strip()
        return content if len(content) >= setup.least else None
