"""From a raw cell to a value: what every kind of value shares.

A parser is a small frozen object. `cell` understands one cell and never raises: what is wrong with it comes back as a
`Problem`. `column` understands a whole column at once, each distinct value once; some kinds decide there what a
single cell cannot tell (whether 5 means 5 % or 500 %).
"""

from __future__ import annotations

import unicodedata
from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Generic, NamedTuple, TypeVar

from logistics_desktop.i18n import N_, translate
from logistics_desktop.workbook.cells import CellError, Cells, Raw, Uncalculated

T = TypeVar("T")

BLANKS = frozenset(
    {
        "",
        "-",
        "--",
        "—",
        "——",
        "–",
        "/",
        "//",
        "\\",
        "无",
        "暂无",
        "不详",
        "不明",
        "未知",
        "待查",
        "待定",
        "n/a",
        "na",
        "null",
    }
)
"""What people type where there is nothing to say; nothing for every kind but text, where it may be meant."""


class Severity(StrEnum):
    """An error refuses the row; a warning is shown and the value taken."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong with a cell, to be translated when it is shown: `str()` gives it in the language in force."""

    msgid: str
    params: Mapping[str, object] = field(default_factory=dict)
    severity: Severity = Severity.ERROR

    def __str__(self) -> str:
        return translate(self.msgid, **self.params)


def warning(msgid: str, **params: object) -> Problem:
    """A problem that does not refuse the row."""
    return Problem(msgid, params, Severity.WARNING)


def error(msgid: str, **params: object) -> Problem:
    """A problem that refuses the row."""
    return Problem(msgid, params)


class Parsed(NamedTuple, Generic[T]):
    """A cell understood: the value (None where the cell is empty or wrong) and what is to be said about it."""

    value: T | None
    problem: Problem | None = None


@dataclass(frozen=True, slots=True)
class ParsedColumn(Generic[T]):
    """A column understood: one value per row, and the problems by position (from 0) in the column."""

    values: list[T | None]
    problems: dict[int, Problem]


class Parser(ABC, Generic[T]):
    """Understands the cells of one kind."""

    __slots__ = ()

    @abstractmethod
    def cell(self, raw: Raw) -> Parsed[T]:
        """Understand one cell."""

    def column(self, raws: Sequence[Raw]) -> ParsedColumn[T]:
        """Understand a column; each distinct value is looked at once."""
        cells = raws if isinstance(raws, Cells) else Cells.of(raws)
        return self._spread(cells, [self.cell(raw) for raw in cells.distinct])

    @staticmethod
    def _spread(cells: Cells, parsed: list[Parsed[T]]) -> ParsedColumn[T]:
        """Give every row its value, and every row of a troubled value its problem."""
        values = list(map([one.value for one in parsed].__getitem__, cells.codes))
        troubled = {code: one.problem for code, one in enumerate(parsed) if one.problem}
        if not troubled:
            return ParsedColumn(values, {})
        return ParsedColumn(values, {row: troubled[code] for row, code in enumerate(cells.codes) if code in troubled})


def unusable(raw: Raw) -> Problem | None:
    """What no kind can use: an error value, a formula without a saved result."""
    if type(raw) is CellError:
        return error(N_("The cell holds the error {code}; mend the formula or type the value."), code=raw.code)
    if type(raw) is Uncalculated:
        return error(
            N_("The formula in this cell has no saved result; open the file in Excel, save it, and try again.")
        )
    return None


def plain(raw: Raw) -> str:
    """A cell's text as it is compared: full-width letters and digits made plain, no spaces, no case."""
    return "".join(unicodedata.normalize("NFKC", str(raw)).split()).casefold()


def says_nothing(raw: Raw) -> bool:
    """Whether a cell is empty or holds one of the marks that people type for nothing."""
    return raw is None or (isinstance(raw, str) and plain(raw) in BLANKS)
