"""Finance's own figures of a month beside ours: per asset what differs, by how much, and probably why."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from types import MappingProxyType

from logistics_desktop.features.depreciation.differences import (
    Cause,
    Difference,
    Guess,
    Ours,
    Theirs,
    differences,
)
from logistics_desktop.features.depreciation.guessing import guess
from logistics_desktop.features.depreciation.months import Month
from logistics_desktop.i18n import _


@dataclass(frozen=True, slots=True)
class Line:
    """One asset compared; `row` is None where the workbook does not have it, `asset_id` where the book does not.

    Nothing differs where `guess` is None.
    """

    code: str
    name: str
    row: int | None
    differences: tuple[Difference, ...] = ()
    guess: Guess | None = None
    asset_id: int | None = None

    def __str__(self) -> str:
        if self.guess is None:
            return _("agrees")
        parts = [*map(str, self.differences), _("probably: {cause}", cause=self.guess)]
        return "; ".join(parts)


@dataclass(frozen=True, slots=True)
class Total:
    """The sum of one figure over the assets that both sides have it of."""

    field: str
    ours: Decimal
    theirs: Decimal


@dataclass(frozen=True, slots=True)
class Reconciliation:
    """The lines in the order of the workbook, then what it does not have."""

    month: Month
    lines: tuple[Line, ...]
    totals: tuple[Total, ...]

    @property
    def differing(self) -> tuple[Line, ...]:
        """The lines in which something differs."""
        return tuple(line for line in self.lines if line.guess)

    @property
    def causes(self) -> dict[Cause, int]:
        """How many lines each probable cause has, the most frequent first."""
        return dict(Counter(line.guess.cause for line in self.lines if line.guess).most_common())


_NOT_HERE = Guess(Cause.MISSING_HERE)


def reconcile(
    theirs: Iterable[Theirs], ours: Iterable[Ours], month: Month, absent: Mapping[str, Guess] = MappingProxyType({})
) -> Reconciliation:
    """Compare the figures at the end of `month`, matched by the asset's number (see `key`).

    `absent` says, by key, why assets that the office knows are not among `ours`.
    """
    here = {key(one.code): one for one in ours}
    there = list(theirs)
    keys = [key(one.code) for one in there]
    count = Counter(keys)
    lines = [
        _line(one, here.get(at), count[at], month, absent.get(at, _NOT_HERE))
        for at, one in zip(keys, there, strict=True)
    ]
    lines = _of_another_month(lines, there, here, month)
    not_there = Guess(Cause.MISSING_THERE)
    missing = [Line(one.code, one.name, None, (), not_there, one.asset_id) for one in _rest(here, count)]
    return Reconciliation(month, (*lines, *missing), tuple(_totals(there, here)))


def _line(theirs: Theirs, ours: Ours | None, count: int, month: Month, missing: Guess) -> Line:
    found: tuple[Difference, ...] = ()
    reason: Guess | None = None
    if theirs.unreadable:
        reason = Guess(Cause.UNREADABLE)
    elif ours is None:
        reason = missing
    elif count > 1:
        reason = Guess(Cause.TWICE)
    else:
        found = differences(theirs.figures, ours.figures, ours.calendar)
        reason = guess(theirs, ours, found, month)
    name, number = (ours.name, ours.asset_id) if ours else ("", None)
    return Line(theirs.code, theirs.name or name, theirs.row, found, reason, number)


def _of_another_month(
    lines: list[Line], theirs: Sequence[Theirs], here: Mapping[str, Ours], month: Month
) -> list[Line]:
    """The lines, where most assets seem to have started as many months apart: the workbook is of another month."""
    away = {at: _apart(line, one, here) for at, (line, one) in enumerate(zip(lines, theirs, strict=True))}
    together = Counter(months for months in away.values() if months).most_common(1)
    if not together or together[0][1] < 2 or together[0][1] * 2 <= len(lines):
        return lines
    reason = Guess(Cause.EARLIER, {"theirs": month + together[0][0]})
    return [replace(one, guess=reason) if away[at] == together[0][0] else one for at, one in enumerate(lines)]


def _apart(line: Line, theirs: Theirs, here: Mapping[str, Ours]) -> int:
    """How many months more the workbook seems to have charged, where it does not itself state another start."""
    ours, stated = here.get(key(theirs.code)), theirs.stated.get("in_service_on")
    if line.guess is None or line.guess.cause is not Cause.START or ours is None or ours.terms is None:
        return 0
    if stated and Month.of(stated) != Month.of(ours.terms.in_service):
        return 0
    return int(line.guess.params["ours"] - line.guess.params["theirs"])


def _rest(here: Mapping[str, Ours], there: Mapping[str, int]) -> Iterator[Ours]:
    return (one for at, one in here.items() if at not in there)


def _totals(theirs: Sequence[Theirs], here: Mapping[str, Ours]) -> Iterator[Total]:
    for name in ("cost", "amount", "accumulated", "book_value"):
        pairs = [
            (getattr(here[key(one.code)].figures, name), getattr(one.figures, name))
            for one in theirs
            if key(one.code) in here
        ]
        both = [(mine, other) for mine, other in pairs if mine is not None and other is not None]
        if both:
            yield Total(name, sum((one for one, _other in both), Decimal(0)), sum((o for _m, o in both), Decimal(0)))


def key(code: str) -> str:
    """An asset's number as it is compared: without spaces and case."""
    return "".join(code.split()).casefold()
