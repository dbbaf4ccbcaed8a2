"""What classes say of how their assets depreciate, in a book and in general; each from the nearest class above."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import NamedTuple

import sqlalchemy as sa
from sqlalchemy.orm import Session

from db.models.assets import AssetClass, Method
from db.models.depreciation import BookClass

MILLION = 1_000_000
"""Residual rates are whole millionths here: exact, and quick to work with."""


class Said(NamedTuple):
    """What one place says; None leaves the field to the next place."""

    method: Method | None = None
    life: int | None = None
    rate: int | None = None


class ClassTerms(NamedTuple):
    """What holds for the assets of a class, from itself or from above."""

    in_book: Said
    general: Said


_NOTHING = ClassTerms(Said(), Said())


@dataclass(frozen=True)
class Classes:
    """The classes of the office and what one book says of them."""

    above: Mapping[int, int | None]
    general: Mapping[int, Said]
    in_book: Mapping[int, Said]
    _known: dict[int, ClassTerms] = field(default_factory=dict, compare=False)

    def terms(self, number: int | None) -> ClassTerms:
        """What holds for a class."""
        if number is None:
            return _NOTHING
        known = self._known.get(number)
        if known is None:
            known = ClassTerms(self._nearest(number, self.in_book), self._nearest(number, self.general))
            self._known[number] = known
        return known

    def giver(self, number: int | None, name: str, *, in_book: bool) -> int | None:
        """The class that gives a field of `Said`: this one or one above."""
        if number is None:
            return None
        said = self.in_book if in_book else self.general
        return next((one for one in self._line(number) if one in said and getattr(said[one], name) is not None), None)

    def below(self, number: int) -> list[int]:
        """The class and all below it."""
        return [one for one in self.above if number in self._line(one)]

    def saying(self, number: int, said: Said, *, in_book: bool) -> Classes:
        """The same with one class saying something else."""
        if in_book:
            return replace(self, in_book={**self.in_book, number: said}, _known={})
        return replace(self, general={**self.general, number: said}, _known={})

    def _nearest(self, number: int, said: Mapping[int, Said]) -> Said:
        nearest = Said()
        for one in reversed(self._line(number)):
            if one in said:
                own = said[one]
                nearest = Said(
                    own.method or nearest.method,
                    own.life or nearest.life,
                    nearest.rate if own.rate is None else own.rate,
                )
        return nearest

    def _line(self, number: int) -> list[int]:
        """The class and those above it, from below; no class twice, whatever the data say."""
        line: dict[int, None] = {}
        at: int | None = number
        while at is not None and at not in line:
            line[at] = None
            at = self.above.get(at)
        return list(line)


def read_classes(session: Session, book: int) -> Classes:
    """Read them all: a class table has some thousand lines at most."""
    own = (AssetClass.id, AssetClass.parent_id, AssetClass.method, AssetClass.life_months, AssetClass.residual_rate)
    rows = session.execute(sa.select(*own)).all()
    theirs = (BookClass.class_id, BookClass.method, BookClass.life_months, BookClass.residual_rate)
    in_book = session.execute(sa.select(*theirs).where(BookClass.book_id == book))
    return Classes(
        {row[0]: row[1] for row in rows},
        {row[0]: Said(row[2], row[3], millionths(row[4])) for row in rows},
        {row[0]: Said(row[1], row[2], millionths(row[3])) for row in in_book},
    )


def millionths(rate: Decimal | None) -> int | None:
    """A rate between 0 and 1 as whole millionths."""
    return None if rate is None else int(rate * MILLION)


def read_tops(session: Session) -> dict[int, tuple[str | None, str]]:
    """Code and name of the class at the top above every class, which may be itself."""
    rows = session.execute(sa.select(AssetClass.id, AssetClass.parent_id, AssetClass.code, AssetClass.name))
    known = {number: (parent, (code, name)) for number, parent, code, name in rows}

    def top(number: int) -> tuple[str | None, str]:
        parent, named = known[number]
        return named if parent is None else top(parent)

    return {number: top(number) for number in known}
