"""Letters of one size: how wide a text is, and how it is broken into lines.

Printing a long list asks this a million times, so the widths of the letters are kept, and those of short texts too.
"""

from __future__ import annotations

import re
from functools import lru_cache

from PySide6.QtGui import QFont, QFontMetricsF

from ui.fonts import FAMILY

POINT = 20
"""Units in a point."""

_LEADING = 1.3
_KEPT = 50_000
_SHORT = 40  # characters; longer texts hardly repeat
_WIDE = "\u2e80"  # from here on, more or less, a line may break between any two letters
_STICKY = frozenset("，。、；：！？）》」』】〉”’％…,.;:!?)]}%")  # do not begin a line
_OPENING = frozenset("（《「『【〈“‘([{")  # do not end one
_AFTER = frozenset(" -/_,;")  # a line may break after these
_UNPRINTABLE = re.compile(r"[\x00-\x09\x0b-\x1f\x7f\u2028\u2029\ufeff]")


class Face:
    """The program's own font in one size, so that paper looks the same whichever PC prints it."""

    def __init__(self, points: float) -> None:
        self.points = points
        self.font = QFont()
        self.font.setFamilies([FAMILY, *self.font.families()])
        self.font.setPixelSize(round(points * POINT))
        self.font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
        self.font.setKerning(False)
        metrics = QFontMetricsF(self.font)
        self._metrics = metrics
        self.height = points * POINT * _LEADING
        self.ascent = (self.height + metrics.ascent() - metrics.descent()) / 2
        self._letters: dict[str, float] = {}
        self._texts: dict[str, float] = {}

    def width(self, text: str) -> float:
        """How wide a text is on one line."""
        known = self._texts.get(text)
        if known is not None:
            return known
        letters = self._letters
        try:
            wide = sum([letters[letter] for letter in text])
        except KeyError:
            letters.update((letter, self._metrics.horizontalAdvance(letter)) for letter in set(text) - set(letters))
            wide = sum([letters[letter] for letter in text])
        if len(text) <= _SHORT and len(self._texts) < _KEPT:
            self._texts[text] = wide
        return wide

    def wrap(self, text: str, room: float, most: int = 0) -> list[str]:
        """Break a text into lines no wider than `room`, where a reader expects it if that is possible.

        Every line has a letter at least. With `most`, so many lines are given and the last tells of the rest by “…”.
        """
        if "\n" not in text and self.width(text) <= room:
            return [text]
        lines: list[str] = []
        for paragraph in text.split("\n"):
            at = 0
            while at < len(paragraph) or not paragraph:
                end = self._end(paragraph, at, room)
                lines.append(paragraph[at:end].rstrip(" "))
                if most and len(lines) > most:
                    return [*lines[: most - 1], self._cut(lines[most - 1], room)]
                at = end
                if not paragraph:
                    break
        return lines

    def _end(self, text: str, start: int, room: float) -> int:
        """Where the line that begins at `start` ends."""
        used, chance = 0.0, start
        for at in range(start, len(text)):
            if at > start and _may_break(text[at - 1], text[at]):
                chance = at
            used += self.width(text[at])
            if used > room and at > start and text[at] != " ":
                return chance if chance > start else at
        return len(text)

    def _cut(self, line: str, room: float) -> str:
        while line and self.width(line + "…") > room:
            line = line[:-1]
        return line + "…"


def printable(text: str) -> str:
    """A text without what cannot be printed; its lines stay."""
    return _UNPRINTABLE.sub(" ", text.replace("\r\n", "\n").replace("\r", "\n"))


@lru_cache(maxsize=_KEPT)
def _may_break(before: str, after: str) -> bool:
    if after in _STICKY or after == " " or before in _OPENING:
        return False
    return before in _AFTER or before >= _WIDE or after >= _WIDE
