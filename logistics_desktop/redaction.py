"""Text for a stranger's eyes: without names of people, logins, numbers of people, servers, paths and secrets.

Rules recognise what has a form (numbers, addresses, paths, values in quotes, parameters of SQL). A name has none, so
names are masked if they are known, and any Chinese that is not the program's own words is taken for a name. Where a
rule is in doubt it masks: a log that tells a little less is better than one that tells on somebody.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

from babel.messages.mofile import read_mo

from logistics_desktop import logs
from logistics_desktop.paths import RESOURCES

MASK = "***"

_SHORTEST = 2  # letters of a known word; shorter ones are in every text
_CHINESE = re.compile(r"[\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]+")
_SOURCE = re.compile(r'^\s*File "(?P<path>[^"\n]*)", line \d+')
_OURS = re.compile(r"(?:^|[\\/])((?:ui|logistics_desktop|db|site-packages|dist-packages|lib|importlib)[\\/].*)$")
_ENDING = re.compile(r"\.[A-Za-z0-9]{1,5}$")

# The last part of a path may have blanks in it; then only an ending tells where it stops.
_PART = r"[^\\/\n:*?\"<>|]"
_LAST = rf"(?:{_PART}*\.\w{{1,5}}\b|[^\s\\/:*?\"<>|]*)"
_PEOPLES_FOLDER = rf"(?:[A-Za-z]:)?[\\/]+(?:Users|home)[\\/]+{_PART}*(?:[\\/]+{_PART}*)*"
_PATHS = (
    re.compile(_PEOPLES_FOLDER),
    re.compile(rf"(?<![A-Za-z])[A-Za-z]:[\\/]+(?:{_PART}*[\\/]+)*{_LAST}"),
    re.compile(rf"\\\\[^\s\\/]+(?:[\\/]+{_PART}*)*"),
    re.compile(rf"(?<![\w.:/*])/(?:{_PART}+/)+{_LAST}"),
)

_FORMS: tuple[tuple[re.Pattern[str], str], ...] = (
    # What the database says about rows, and what it was asked with.
    (re.compile(r"(\[parameters: ).*"), rf"\1{MASK}]"),
    (re.compile(r"(\)=)\(.*?\)(?=\s|$|\.)"), rf"\1({MASK})"),
    (re.compile(r"(Failing row contains ).*"), rf"\1({MASK})"),
    (re.compile(r"\b(CONTEXT|QUERY|STATEMENT):.*"), rf"\1: {MASK}"),
    # Values are quoted, in whichever way.
    (re.compile(r"“[^”\n]*”?"), f"“{MASK}”"),
    (re.compile(r"「[^」\n]*」?"), f"「{MASK}」"),
    (re.compile(r"‘[^’\n]*’?"), f"‘{MASK}’"),
    (re.compile(r'"[^"\n]*"?'), f'"{MASK}"'),
    (re.compile(r"(?<!\w)'[^\n]*?'(?!\w)"), f"'{MASK}'"),
    # Addresses.
    (re.compile(r"\b([a-z][a-z0-9+.-]*://)\S+", re.IGNORECASE), rf"\1{MASK}"),
    (re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)*"), MASK),
    (re.compile(r"( @ ).*"), rf"\1{MASK}"),
    (
        re.compile(
            r"\b(host|hostaddr|user|username|login|role|dbname|database|server|computer|workstation|domain)"
            r"(\s*[=:]\s*)[^\s,;)\]}]+",
            re.IGNORECASE,
        ),
        rf"\1\2{MASK}",
    ),
    (
        re.compile(
            r"\b(?:[\w-]+\.)+(?:com|cn|net|org|edu|gov|local|lan|corp|internal|intra|home|example|test)\b",
            re.IGNORECASE,
        ),
        MASK,
    ),
    (re.compile(r"(?<![\w:])(?:[0-9A-Fa-f]{1,4}:){5,7}[0-9A-Fa-f]{1,4}|(?<![\w:])[0-9A-Fa-f:]*::[0-9A-Fa-f:]*"), MASK),
    (re.compile(r"(?<!\d)\d{1,3}(?:\.\d{1,3}){3}(?!\d)"), MASK),
)
# Telephone, identity, bank and staff numbers, with or without blanks and dashes in them.
_NUMBER = re.compile(r"(?<!\d)\+?\d(?:[ .-]?\d){6,}[Xx]?")


class Redactor:
    """Masks everything that is or may be personal or secret; `known` are words to mask besides."""

    def __init__(self, known: Iterable[str] = ()) -> None:
        self._known = _Known(known)

    def __call__(self, text: str) -> str:
        """The text masked. Lines of a trace keep the place in the program's own files and its code."""
        lines = []
        code = False  # whether this line is the program's code below the place it is from
        for line in logs.masked(text).split("\n"):
            source = _SOURCE.match(line)
            if source:
                line = line.replace(source["path"], _place(source["path"]))
            elif not (code and line.startswith("    ")):
                line = _formless(line)
            lines.append(_CHINESE.sub(_unless_ours, self._known(line)))
            code = bool(source)
        return "\n".join(lines)


def _formless(line: str) -> str:
    for pattern in _PATHS:
        line = pattern.sub(_path, line)
    for pattern, replacement in _FORMS:
        line = pattern.sub(replacement, line)
    return _NUMBER.sub(MASK, line)


def _path(found: re.Match[str]) -> str:
    """A path without its folders and its name; what kind of file it is may stay."""
    ending = _ENDING.search(found[0])
    return MASK + (ending[0] if ending else "")


def _place(path: str) -> str:
    ours = _OURS.search(path)
    if ours:
        return ours[1]
    ending = _ENDING.search(path)
    return path if path.startswith("<") else MASK + (ending[0] if ending else "")


def _unless_ours(found: re.Match[str]) -> str:
    return found[0] if found[0] in _own_chinese() else MASK


@cache
def _own_chinese() -> frozenset[str]:
    """Every unbroken piece of Chinese in the program's translations."""
    with (RESOURCES / "locale" / "zh_CN" / "LC_MESSAGES" / "messages.mo").open("rb") as file:
        return frozenset(piece for message in read_mo(file) for piece in _CHINESE.findall(str(message.string)))


class _Known:
    """Masks given words, the longest first, whole words only where they are of Latin letters."""

    def __init__(self, words: Iterable[str]) -> None:
        self._words = frozenset(folded for word in words if len(folded := _folded(word.strip())) >= _SHORTEST)
        self._lengths = sorted({len(word) for word in self._words}, reverse=True)
        self._firsts = frozenset(word[0] for word in self._words)

    def __call__(self, line: str) -> str:
        """The line with the words masked."""
        if not self._words:
            return line
        folded, kept, at = _folded(line), list[str](), 0
        while at < len(line):
            length = self._length_at(folded, at) if folded[at] in self._firsts else 0
            kept.append(MASK if length else line[at])
            at += length or 1
        return "".join(kept)

    def _length_at(self, line: str, at: int) -> int:
        """How long the known word is that begins here; 0 if there is none."""
        for length in self._lengths:
            if line[at : at + length] in self._words and _whole(line, at, at + length):
                return length
        return 0


def _whole(line: str, start: int, end: int) -> bool:
    """Whether a word of Latin letters or digits is not a part of a longer one: li is not masked in client."""
    before, after = line[start - 1 : start], line[end : end + 1]
    return not (_joins(before) and _joins(line[start])) and not (_joins(after) and _joins(line[end - 1]))


def _joins(letter: str) -> bool:
    return letter.isascii() and (letter.isalnum() or letter == "_")


def _folded(text: str) -> str:
    """In small letters, of the same length."""
    return "".join(small if len(small := letter.lower()) == 1 else letter for letter in text)
