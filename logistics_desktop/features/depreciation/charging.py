"""The months of one asset in a book: what is charged in each, as a run, a forecast and a preview all ask it.

Months are numbers as `Month.index` gives them, money is in cents.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import NamedTuple

from db.models.assets import Method
from logistics_desktop.errors import UserError
from logistics_desktop.features.depreciation import running
from logistics_desktop.features.depreciation.cents import money
from logistics_desktop.features.depreciation.classes import Classes
from logistics_desktop.features.depreciation.inherited import Altered, Card, Effective, Rulebook, effective
from logistics_desktop.features.depreciation.methods import straight_line
from logistics_desktop.features.depreciation.months import Month
from logistics_desktop.features.depreciation.refusals import refused, refused_meanwhile
from logistics_desktop.features.depreciation.running import NOTHING, Plan, State
from logistics_desktop.features.depreciation.terms import Change, Terms
from logistics_desktop.i18n import N_


class Posted(NamedTuple):
    """What one month charges an asset; `months` is how many months that makes, `gone` that it left in this month."""

    month: int
    months: int
    amount: int
    units: Decimal | None
    gone: bool
    terms: Effective
    state: State


class Before(NamedTuple):
    """The last entry of an asset: where the next month goes on from."""

    month: int
    gone: bool
    terms: Effective
    state: State


class Finding(NamedTuple):
    """What finance should know of an asset in a month; `left_out` when it is not in the month because of it."""

    month: int
    left_out: bool
    problem: UserError


Units = Mapping[int, Decimal]
_NO_UNITS: Units = {}
_NO_READING = UserError(
    N_("There is no reading of its units for this month, so nothing is charged. Enter the reading.")
)


def charges(
    book: Rulebook,
    classes: Classes,
    card: Card,
    before: Before | None,
    first: int,
    last: int,
    units: Units = _NO_UNITS,
    altered: tuple[Altered, ...] = (),
) -> Iterator[Posted | Finding]:
    """Give the months `first` to `last` of an asset: those that it is in the book, and what is wrong with it.

    `units` and `altered` are those known of it, of all months. An asset that was registered after months were closed
    has these charged in its first entry.
    """
    as_ever = not altered and card.disposed is None and not card.is_gone
    as_ever = as_ever and card.in_service is not None and first >= card.in_service + book.start_delay
    if as_ever and before is not None and not before.gone:
        terms = effective(book, classes, card)
        if terms == before.terms and before.month == first - 1 and terms.method is not Method.UNITS_OF_PRODUCTION:
            return _as_before(before, first, last)
    return _Asset(book, classes, card, before, units, altered).months(first, last)


def _as_before(before: Before, first: int, last: int) -> Iterator[Posted]:
    """The months where nothing happens, which are nearly all."""
    terms, state = before.terms, before.state
    for month in range(first, last + 1):
        amount, after = running.charge(state)
        yield Posted(month, after.months - state.months, amount, None, False, terms, after)
        state = after


class _Asset:
    """An asset on its way through the months."""

    def __init__(
        self,
        book: Rulebook,
        classes: Classes,
        card: Card,
        before: Before | None,
        units: Units,
        altered: tuple[Altered, ...],
    ) -> None:
        self._book = book
        self._classes = classes
        self._card = card
        self._before = before
        self._units = units
        self._altered = altered
        self._disposed = card.disposed

    def months(self, first: int, last: int) -> Iterator[Posted | Finding]:
        """The months from `first` to `last`."""
        before, card = self._before, self._card
        if before is not None:
            if before.gone and (card.is_gone or card.disposed is not None):
                return
            if card.is_gone and card.disposed is None:  # nobody wrote the day: it is seen to be gone now
                self._disposed = first
            yield from self._from(before.terms, before.state, before.month + 1, first, last)
            return
        if card.is_gone and card.disposed is None:
            return
        if card.in_service is None:
            yield Finding(first, True, UserError(N_("It has no day in service. Fill it in on the card.")))
            return
        arrival = max(self._book.first, card.in_service, card.starts or 0)
        if arrival > last or (card.disposed is not None and card.disposed < max(arrival, first)):
            return
        try:
            terms, state = self._opening(arrival)
        except UserError as problem:
            yield Finding(max(arrival, first), True, problem)
            return
        yield from self._from(terms, state, arrival, first, last)

    def _from(self, terms: Effective, state: State, since: int, first: int, last: int) -> Iterator[Posted | Finding]:
        """The entries of `first` to `last`; what was missed since the month `since` is charged in the first of them."""
        late_months = late_amount = 0
        for month in range(since, last + 1):
            terms, state, problem = self._changed(terms, state, month)
            if problem is not None:
                yield Finding(month, False, problem)
            units = self._units.get(month)
            amount, after = self._charge(state, month, units)
            months, state = after.months - state.months, after
            if month < first:
                late_months, late_amount = late_months + months, late_amount + amount
                continue
            if months and units is None and terms.method is Method.UNITS_OF_PRODUCTION:
                yield Finding(month, False, _NO_READING)
            gone = self._disposed is not None and month >= self._disposed
            yield Posted(month, months + late_months, amount + late_amount, units, gone, terms, state)
            if gone:
                return
            late_months = late_amount = 0

    def _charge(self, state: State, month: int, units: Decimal | None) -> tuple[int, State]:
        if not self._is_charged(month):
            return 0, state
        return running.charge(state, units or NOTHING)

    def _is_charged(self, month: int) -> bool:
        service = self._card.in_service
        if service is None or month < service + self._book.start_delay:
            return service is None and self._before is not None
        return self._disposed is None or month < self._disposed + self._book.grace

    def _changed(self, terms: Effective, state: State, month: int) -> tuple[Effective, State, UserError | None]:
        """The terms and the state with what changed in a month; with a problem where that cannot be."""
        now = effective(self._book, self._classes, self._card, self._until(month))
        if isinstance(now, UserError):
            return terms, state, now
        impaired = sum(one.impairment or 0 for one in self._altered if one.month == month)
        if now == terms and not impaired:
            return terms, state, None
        change = Change(
            _month(month),
            None if now.cost == terms.cost else money(now.cost),
            None if now.life == terms.life else now.life,
            None if now.residual == terms.residual else money(now.residual),
            money(impaired) if impaired else None,
            None if now.method is terms.method else now.method,
            None if now.total_units == terms.total_units else now.total_units,
        )
        wrong = refused_meanwhile(self._terms(now)) if now.method is not Method.NONE else {}
        try:
            if wrong:
                raise next(iter(wrong.values()))
            return now, running.changed(state, change), None
        except UserError as problem:
            return terms, state, problem

    def _until(self, month: int) -> tuple[Altered, ...]:
        return tuple(one for one in self._altered if one.month <= month)

    def _opening(self, arrival: int) -> tuple[Effective, State]:
        """The terms at first and the state before `arrival`. Raises `UserError`.

        Without opening balances it is what the terms would have charged until then.
        """
        card = self._card
        terms = effective(self._book, self._classes, card, ())
        if isinstance(terms, UserError):
            raise terms
        if terms.method is Method.NONE:
            return terms, State(Plan(Method.NONE, terms.cost, 0, terms.cost, 0), 0, 0)
        given = self._terms(terms)
        if card.opening_accumulated is not None:
            given = self._terms(terms, card.opening_accumulated, card.opening_months or 0)
        wrong = refused(given)
        if wrong:
            raise next(iter(wrong.values()))
        state = running.begin(given)
        assert card.in_service is not None
        if card.opening_accumulated is None:
            terms, state = self._before_arrival(terms, state, card.in_service + self._book.start_delay, arrival)
        return terms, state

    def _before_arrival(self, terms: Effective, state: State, start: int, arrival: int) -> tuple[Effective, State]:
        simple = terms.method is Method.STRAIGHT_LINE and not any(one.month < arrival for one in self._altered)
        if simple and arrival > start:
            return terms, straight(state, arrival - start)
        for month in range(min(start, arrival), arrival):
            terms, state, problem = self._changed(terms, state, month)
            if problem is not None:
                raise problem
            _amount, state = running.charge(state, self._units.get(month, NOTHING))
        return terms, state

    def _terms(self, terms: Effective, accumulated: int = 0, months: int = 0) -> Terms:
        service = self._card.in_service
        return Terms(
            self._book.standard,
            terms.method,
            money(terms.cost),
            money(terms.residual),
            terms.life or 0,
            _month(self._book.first if service is None else service).first_day,
            money(accumulated),
            months,
            total_units=terms.total_units,
        )


def straight(state: State, months: int) -> State:
    """The state of a straight line that is at its beginning after so many months, in one step."""
    plan = state.plan
    base = plan.value - plan.residual
    if months >= plan.months:
        return State(plan, plan.since_months + plan.months, plan.since_accumulated + base)
    charged = min(straight_line(base, plan.months, 0, base) * months, base)
    return State(plan, plan.since_months + months, plan.since_accumulated + charged)


def _month(index: int) -> Month:
    year, month = divmod(index, 12)
    return Month(year, month + 1)
