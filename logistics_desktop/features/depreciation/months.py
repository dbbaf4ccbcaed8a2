"""A month, the unit in which depreciation counts."""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date
from typing import overload

_WRITTEN = re.compile(r"([0-9]{4})-([0-9]{2})")


@dataclass(frozen=True, order=True, slots=True)
class Month:
    """A month of the calendar; months are ordered, and `month + 3` is three months later."""

    year: int
    month: int

    def __post_init__(self) -> None:
        if not 1 <= self.month <= 12:
            raise ValueError(f"there is no month {self.month}")

    @classmethod
    def of(cls, day: date) -> Month:
        """The month in which a day lies."""
        return cls(day.year, day.month)

    @classmethod
    def parse(cls, text: str) -> Month:
        """Read "2026-05". Raises `ValueError` for anything else."""
        found = _WRITTEN.fullmatch(text)
        if found is None or found[1] == "0000":
            raise ValueError(f"not a month: {text}")
        return cls(int(found[1]), int(found[2]))

    @property
    def index(self) -> int:
        """The months since the beginning of the calendar: what fast loops compare."""
        return self.year * 12 + self.month - 1

    @property
    def first_day(self) -> date:
        """The day under which the database keeps the month."""
        return date(self.year, self.month, 1)

    @property
    def last_day(self) -> date:
        """The day on which the month is closed."""
        return date(self.year, self.month, calendar.monthrange(self.year, self.month)[1])

    def __add__(self, months: int) -> Month:
        year, month = divmod(self.index + months, 12)
        return Month(year, month + 1)

    @overload
    def __sub__(self, other: int) -> Month: ...
    @overload
    def __sub__(self, other: Month) -> int: ...
    def __sub__(self, other: int | Month) -> Month | int:
        if isinstance(other, Month):
            return self.index - other.index
        return self + -other

    def __str__(self) -> str:
        return f"{self.year:04}-{self.month:02}"
