"""The schedule of one asset: every month of its life, charged or to be charged."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple

from logistics_desktop.features.depreciation import running
from logistics_desktop.features.depreciation.cents import money
from logistics_desktop.features.depreciation.months import Month
from logistics_desktop.features.depreciation.refusals import check, check_change, check_units
from logistics_desktop.features.depreciation.running import State
from logistics_desktop.features.depreciation.standards import Method
from logistics_desktop.features.depreciation.terms import Change, Terms, by_month


@dataclass(frozen=True, slots=True)
class Charge:
    """What a month charges, and where the asset stands after it."""

    period: Month
    amount: Decimal
    accumulated: Decimal
    book_value: Decimal


def schedule(
    terms: Terms, changes: Iterable[Change] = (), units: Mapping[Month, Decimal] | None = None
) -> list[Charge]:
    """Every month from the first one charged here to the end of the life or the disposal.

    A month within the life in which nothing is left to charge is listed with 0. Units of production end with the last
    month whose units are known. Raises `FieldErrors`, for a change `ChangeRefused`.
    """
    check(terms)
    units = units or {}
    check_units(units)
    together = by_month(changes).values()
    for change in together:
        check_change(terms, change)
    return list(onward(terms, running.begin(terms), terms.first, together, units))


def onward(
    terms: Terms, state: State, month: Month, changes: Iterable[Change], units: Mapping[Month, Decimal]
) -> Iterator[Charge]:
    """The months from `month` on, for an asset that stands at `state`; all has been checked. Raises `ChangeRefused`.

    `changes` are those that the state does not have yet.
    """
    for step in steps(terms, state, month, changes, units):
        yield Charge(step.period, money(step.amount), money(step.after.accumulated), money(step.after.book_value))


class Step(NamedTuple):
    """A month charged, in cents, with the states between which it lies; `before` has the changes of the month."""

    period: Month
    before: State
    amount: int
    after: State


def steps(
    terms: Terms, state: State, month: Month, changes: Iterable[Change], units: Mapping[Month, Decimal]
) -> Iterator[Step]:
    """The same as `onward`, with the states."""
    pending = by_month(changes)
    last_units = max(units, default=None)
    while terms.last is None or month <= terms.last:
        for due in [one for one in pending if one <= month]:
            state = running.changed(state, pending.pop(due))
        if _goes_on(state, month, last_units):
            amount, after = running.charge(state, units.get(month, running.NOTHING))
            yield Step(month, state, amount, after)
            state = after
            month += 1
        elif pending:
            month = next(iter(pending))
        else:
            return


def _goes_on(state: State, month: Month, last_units: Month | None) -> bool:
    if state.plan.method is Method.UNITS_OF_PRODUCTION:
        return last_units is not None and month <= last_units
    return running.is_running(state)
