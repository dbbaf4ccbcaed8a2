"""What a chart shows, as plain values."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import Enum


class Shape(Enum):
    """How the values of a series are drawn."""

    LINE = "line"
    DASHED = "dashed"  # what is expected, not posted
    STACK = "stack"  # bars, one series upon the other


@dataclass(frozen=True, slots=True)
class Series:
    """One line, or one layer of the bars; a value that is None is left out. `tone` numbers its colour."""

    label: str
    values: tuple[Decimal | None, ...]
    shape: Shape = Shape.LINE
    tone: int = 0


@dataclass(frozen=True, slots=True)
class Plot:
    """A chart: `categories` from left to right, each series with one value for each; `unit` is said at the axis."""

    categories: tuple[str, ...]
    series: tuple[Series, ...]
    unit: str = ""

    def words(self, at: int) -> str:
        """What is at a category, for a tooltip."""
        values = [(one.label, one.values[at]) for one in reversed(self.series)]
        lines = [f"{label}: {value:,.2f}" for label, value in values if value is not None]
        return "\n".join([self.categories[at], *lines])
