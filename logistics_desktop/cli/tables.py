"""A table as lines of a terminal."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence


def columns(rows: Sequence[Sequence[str]]) -> list[str]:
    """The rows as lines, the first column to the left, the others to the right; Chinese takes two places."""
    widths = [max(map(_width, column)) for column in zip(*rows, strict=True)]
    return ["  ".join(_padded(text, widths[at], at == 0) for at, text in enumerate(row)).rstrip() for row in rows]


def _padded(text: str, width: int, left: bool) -> str:
    spaces = " " * (width - _width(text))
    return text + spaces if left else spaces + text


def _width(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(letter) in "WF" else 1 for letter in text)
