"""From raw cells to text, codes, yes or no, and choices."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from logistics_desktop.i18n import N_
from logistics_desktop.workbook.cells import Raw
from logistics_desktop.workbook.values import BLANKS, Parsed, Parser, error, plain, says_nothing, unusable, warning

MAX_EXACT_DIGITS = 15
"""Excel keeps 15 digits of a number; further ones have become zeros when the file was saved."""

_LINE_ENDS = re.compile(r"\r\n?|\u2028|\u2029")
_CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ufffe\uffff]")
_INVISIBLE = re.compile("[\u200b\u200e\u200f\u2060\ufeff\u00ad]")
_SCIENTIFIC = re.compile(r"\d(?:\.\d+)?[eE]\+\d{2,3}")
_AS_TEXT = re.compile("^['’‘](?=\\d)")
"""The mark by which a spreadsheet program is told that a number is text, where it was exported with it."""
_POINT_ZERO = re.compile(r"(\d+)\.0+")


def shown(raw: Raw) -> str:
    """A cell as the text that a person sees in it: 1.0 as "1", a date as 2019-03-05."""
    if isinstance(raw, bool):
        return "TRUE" if raw else "FALSE"
    if isinstance(raw, float):
        return str(int(raw)) if raw.is_integer() and abs(raw) < 1e21 else repr(raw)
    if isinstance(raw, dt.datetime):
        return raw.isoformat(" ", "minutes")
    return "" if raw is None else str(raw)


@dataclass(frozen=True, slots=True)
class Text(Parser[str]):
    """Words. `max_length` counts characters; `wide` keeps full-width letters and digits as they were typed."""

    max_length: int | None = None
    wide: bool = True

    def cell(self, raw: Raw) -> Parsed[str]:
        """Trimmed; line ends as "\\n"; control characters and too long texts are refused."""
        if (
            type(raw) is str
            and self.wide
            and raw.isprintable()
            and (not self.max_length or len(raw) <= self.max_length)
        ):
            return Parsed(raw.strip() or None)
        problem = unusable(raw)
        if problem:
            return Parsed(None, problem)
        text = _INVISIBLE.sub("", _LINE_ENDS.sub("\n", shown(raw))).strip()
        if not self.wide:
            text = unicodedata.normalize("NFKC", text)
        if found := _CONTROLS.search(text):
            return Parsed(
                None, error(N_("The text holds an invisible control character ({code})."), code=hex(ord(found[0])))
            )
        if any("\ud800" <= letter <= "\udfff" for letter in text):
            return Parsed(None, error(N_("The text holds a broken character.")))
        if self.max_length is not None and len(text) > self.max_length:
            return Parsed(
                None,
                error(
                    N_("The text has {length} characters; the limit is {limit}."),
                    length=len(text),
                    limit=self.max_length,
                ),
            )
        return Parsed(text or None)


@dataclass(frozen=True, slots=True)
class Code(Parser[str]):
    """Numbers of things: kept as text with their leading zeros, mended where Excel took them for numbers."""

    max_length: int | None = None

    def cell(self, raw: Raw) -> Parsed[str]:
        """1.0 and "1.0" are "1"; 4.19E+07 is "41900000" with a warning, for its last digits may be lost."""
        if (
            type(raw) is str
            and raw.isascii()
            and raw.isalnum()
            and (not self.max_length or len(raw) <= self.max_length)
        ):
            return Parsed(None if raw.lower() in BLANKS else raw)
        text, problem = Text(self.max_length, wide=False).cell(raw)
        if problem or text is None or says_nothing(text):
            return Parsed(None, problem)
        text = _AS_TEXT.sub("", text)
        if found := _POINT_ZERO.fullmatch(text):
            return Parsed(found[1])
        if _SCIENTIFIC.fullmatch(text):
            figure = int(float(text))
            return Parsed(
                str(figure), warning(N_("Excel shortened this code to {text}; check {code}."), text=text, code=figure)
            )
        if isinstance(raw, int | float) and not isinstance(raw, bool) and len(text) > MAX_EXACT_DIGITS:
            return Parsed(text, warning(N_("Excel keeps 15 digits; the last digits of {code} may be lost."), code=text))
        return Parsed(text)


_REMARK = re.compile(r"[(\[【].*?[)\]】]")
_BETWEEN = "、,，;/+&-_和且及 "

_YES = frozenset({"是", "有", "对", "真", "√", "✓", "✔", "☑", "■", "1", "1.0", "y", "yes", "true", "t", "已"})
_NO = frozenset(
    {"否", "无", "没有", "错", "假", "×", "x", "✗", "✘", "☐", "□", "0", "0.0", "n", "no", "false", "f", "未"}
)


@dataclass(frozen=True, slots=True)
class YesNo(Parser[bool]):
    """Yes or no."""

    def cell(self, raw: Raw) -> Parsed[bool]:
        """是, √, Y and 1 are yes; 否, ×, N and 0 are no."""
        problem = unusable(raw)
        if problem or raw is None:
            return Parsed(None, problem)
        word = plain(raw)
        if word in _YES or word in _NO:
            return Parsed(word in _YES)
        return (
            Parsed(None)
            if says_nothing(raw)
            else Parsed(None, error(N_("{value} is neither yes nor no."), value=shown(raw)))
        )


@dataclass(frozen=True, slots=True)
class Choice(Parser[str]):
    """One of a few values. `aliases` maps every way to write one, in `plain` form, to the value; `labels` shows all."""

    aliases: Mapping[str, str] = field(default_factory=dict)
    labels: str = ""

    @classmethod
    def of(cls, ways: Mapping[str, tuple[str, ...]], labels: Iterable[str] = ()) -> Choice:
        """From each value to the ways in which people write it; `labels` are what a person is told to write."""
        aliases = {plain(way): value for value, all_ways in ways.items() for way in (value, *all_ways)}
        return cls(aliases, ", ".join(labels or ways))

    def cell(self, raw: Raw) -> Parsed[str]:
        """The value that is meant; what nobody knows is refused by name."""
        problem = unusable(raw)
        if problem or raw is None:
            return Parsed(None, problem)
        word = plain(shown(raw))
        value = self.aliases.get(word) or self._composed(word)
        if value is not None or says_nothing(raw):
            return Parsed(value)
        return Parsed(None, error(N_("{value} is not one of: {choices}."), value=shown(raw), choices=self.labels))

    def _composed(self, word: str) -> str | None:
        """What a word with a remark in brackets means, or one made of words that all mean the same: 在用良好."""
        bare = _REMARK.sub("", word)
        if bare != word and bare in self.aliases:
            return self.aliases[bare]
        meant = {self.aliases.get(part) for part in self._parts(bare)}
        return meant.pop() if len(meant) == 1 else None

    def _parts(self, word: str) -> list[str]:
        """The known words that a word is made of, each as long as can be; the rest is one unknown word."""
        parts = []
        while word := word.strip(_BETWEEN):
            ends = (end for end in range(len(word), 0, -1) if word[:end] in self.aliases)
            end = next(ends, len(word))
            parts.append(word[:end])
            word = word[end:]
        return parts
