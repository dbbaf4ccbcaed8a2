"""What a cell of somebody's workbook may hold, before anything is understood."""

from __future__ import annotations

import datetime as dt
from array import array
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TypeAlias, overload


@dataclass(frozen=True, slots=True)
class CellError:
    """A cell in which the spreadsheet program shows an error such as `#N/A` or `#REF!`."""

    code: str


@dataclass(frozen=True, slots=True)
class Uncalculated:
    """A formula whose result was not saved: made by a program that does not calculate."""


Raw: TypeAlias = (
    str | int | float | bool | dt.date | dt.datetime | dt.time | dt.timedelta | CellError | Uncalculated | None
)


class Cells(Sequence[Raw]):
    """One column's cells: every distinct value once, and for each row which of them it is.

    Columns of real ledgers repeat themselves (departments, classes, states), so a column is cheap to hand from the
    reading process and cheap to understand: work on `distinct`, spread by `codes`. `True` and `1` stay distinct.
    """

    __slots__ = ("codes", "distinct")

    def __init__(self, distinct: Sequence[Raw], codes: array[int]) -> None:
        self.distinct = distinct
        self.codes = codes

    @classmethod
    def of(cls, values: Iterable[Raw]) -> Cells:
        """Encode `values` in order."""
        column = tuple(values)
        if bool in set(map(type, column)):
            return cls._typed(column)
        places = {value: place for place, value in enumerate(dict.fromkeys(column))}
        return cls(list(places), array("I", map(places.__getitem__, column)))

    @classmethod
    def _typed(cls, column: tuple[Raw, ...]) -> Cells:
        """The same where a yes/no value would be taken for the number it equals."""
        pairs = [(type(value), value) for value in column]
        places = {pair: place for place, pair in enumerate(dict.fromkeys(pairs))}
        return cls([value for _, value in places], array("I", map(places.__getitem__, pairs)))

    def __len__(self) -> int:
        return len(self.codes)

    @overload
    def __getitem__(self, place: int) -> Raw: ...
    @overload
    def __getitem__(self, place: slice) -> list[Raw]: ...
    def __getitem__(self, place: int | slice) -> Raw | list[Raw]:
        if isinstance(place, slice):
            return [self.distinct[code] for code in self.codes[place]]
        return self.distinct[self.codes[place]]

    def __iter__(self) -> Iterator[Raw]:
        return map(self.distinct.__getitem__, self.codes)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Sequence) or isinstance(other, str):
            return NotImplemented
        return list(self) == list(other)

    __hash__ = None  # type: ignore[assignment]  # mutable arrays inside: not for sets
