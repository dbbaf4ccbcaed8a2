"""Chance that comes out the same on every run and with every version of Python."""

from __future__ import annotations

import random
from collections.abc import Sequence
from datetime import date, timedelta
from typing import TypeVar

T = TypeVar("T")


class Dice:
    """Made of `random()` alone: only of that does Python promise the same sequence for ever."""

    def __init__(self, seed: int) -> None:
        self._throw = random.Random(seed).random  # noqa: S311 - nothing here is a secret

    def fraction(self) -> float:
        """A number from 0 to below 1."""
        return self._throw()

    def chance(self, probability: float) -> bool:
        """Whether it happens this time."""
        return self._throw() < probability

    def number(self, low: int, high: int) -> int:
        """A whole number, both ends included."""
        return low + int(self._throw() * (high - low + 1))

    def pick(self, things: Sequence[T]) -> T:
        """One of `things`, all equally likely."""
        return things[int(self._throw() * len(things))]

    def weighted(self, things: Sequence[tuple[T, float]]) -> T:
        """One of `things`, as likely as the weight beside it."""
        left = self._throw() * sum(weight for _thing, weight in things)
        for thing, weight in things:
            left -= weight
            if left < 0:
                return thing
        return things[-1][0]

    def day(self, first: date, last: date) -> date:
        """A day, both ends included."""
        return first + timedelta(days=self.number(0, (last - first).days))
