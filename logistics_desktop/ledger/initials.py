"""Pinyin initials of Chinese text, so that "bgz" finds 办公桌.

A character with several readings counts with each of the two commonest: 重庆 is found by "cq" and by
"zq". The readings come from pypinyin's table of single characters; its phrase dictionary would guess
one reading per word at a hundred times the cost.
"""

from __future__ import annotations

import unicodedata
from functools import cache, lru_cache
from itertools import islice, product
from math import prod

READINGS = 2
VARIANTS = 16
LENGTH = 64


@lru_cache(maxsize=1 << 16)
def initials(text: str) -> str:
    """Give the initials of `text`, variants separated by blanks, or "" where it has no Chinese.

    Letters and digits stay, signs fall away. Only the first `LENGTH` characters count. A text with
    more than `VARIANTS` combinations of readings keeps those that differ from the commonest in one place.
    """
    table = _table()
    chars = unicodedata.normalize("NFKC", text[:LENGTH]).lower()
    if not any(ord(char) in table for char in chars):
        return ""
    letters = [table.get(ord(char), char) for char in chars if char.isalnum()]
    if prod(map(len, letters)) <= VARIANTS:
        return " ".join("".join(one) for one in product(*letters))
    first = "".join(one[0] for one in letters)
    others = (first[:at] + other + first[at + 1 :] for at, one in enumerate(letters) for other in one[1:])
    return " ".join([first, *islice(others, VARIANTS - 1)])


@cache
def _table() -> dict[int, str]:
    """Map code points to the initials of their readings, commonest first; loaded on the first search."""
    from pypinyin.pinyin_dict import pinyin_dict

    return {point: _initials_of(readings) for point, readings in pinyin_dict.items()}


def _initials_of(readings: str) -> str:
    plain = (unicodedata.normalize("NFD", reading)[:1] for reading in readings.split(","))
    return "".join(dict.fromkeys(letter for letter in plain if letter.isalpha()))[:READINGS]
