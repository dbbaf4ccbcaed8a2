"""Cells that name several people where the ledger has a place for one, as "张三、李四" does."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Sequence

SEPARATOR = "、"

_STRONG = re.compile(r"\s*[、;/|\n]\s*")
_WEAK = re.compile(r"\s*[,&+]\s*|\s+")
_CHINESE_NAME = re.compile(r"[\u3400-\u9fff\U00020000-\U0003ffff·]{2,}")


def part(text: str) -> list[str]:
    """The names in a cell.

    A comma, a plus or a space parts only Chinese names of two characters or more: "Smith, John" and "张 三" are one
    person each.
    """
    plain = unicodedata.normalize("NFKC", text)
    parts = [name for name in _STRONG.split(plain) if name]
    return [name for one in parts for name in _part_weakly(one)] if parts else [text]


def _part_weakly(text: str) -> list[str]:
    names = [name for name in _WEAK.split(text) if name]
    return names if all(map(_CHINESE_NAME.fullmatch, names)) else [text]


def first_and_others(
    texts: Sequence[str | None], known: Callable[[str], object]
) -> tuple[list[str | None], list[str | None]]:
    """The first name of each cell, and the others in one text; what is `known` whole stays as it was written."""
    parted = {text: [text] if known(text) else part(text) for text in set(texts) if text is not None}
    firsts = {text: names[0] if len(names) > 1 else text for text, names in parted.items()}
    others = {text: SEPARATOR.join(names[1:]) or None for text, names in parted.items()}
    return [firsts[text] if text else None for text in texts], [others[text] if text else None for text in texts]


def joined(own: str | None, more: str | None) -> str | None:
    """Two texts of names as one, each name once."""
    names = dict.fromkeys(name for text in (own, more) if text for name in part(text))
    return own if more is None else SEPARATOR.join(names)
