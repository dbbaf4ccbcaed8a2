"""Depreciation month by month: the one arithmetic, used by runs over all assets and by the schedule of one.

An asset is charged by a *plan*, which begins with its opening or with its last change and never looks further back:
what was posted before stands. Money is in whole cents.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal
from fractions import Fraction
from typing import NamedTuple

from logistics_desktop.errors import UserError
from logistics_desktop.features.depreciation import methods
from logistics_desktop.features.depreciation.cents import cents, money
from logistics_desktop.features.depreciation.methods import YEAR
from logistics_desktop.features.depreciation.months import Month
from logistics_desktop.features.depreciation.refusals import ChangeRefused, broken_years
from logistics_desktop.features.depreciation.standards import ACCELERATED, Method
from logistics_desktop.features.depreciation.terms import Change, Terms, by_month
from logistics_desktop.i18n import N_

NOTHING = Decimal(0)


class Plan(NamedTuple):
    """What an asset is charged by: `value` (its book value when the plan began) down to `residual` in `months`.

    `since_months` and `since_accumulated` are what was charged before the plan; `units_left` remained of `total_units`.
    """

    method: Method
    cost: int
    residual: int
    value: int
    months: int
    since_months: int = 0
    since_accumulated: int = 0
    total_units: Decimal | None = None
    units_left: Fraction | None = None


class State(NamedTuple):
    """Where an asset stands after a month: months and cents charged in all, and the units used under its plan."""

    plan: Plan
    months: int
    accumulated: int
    used: Decimal = NOTHING

    @property
    def book_value(self) -> int:
        """The book value, in cents."""
        return self.plan.value - self.accumulated + self.plan.since_accumulated

    @property
    def left(self) -> int:
        """What is still to be charged, in cents."""
        return self.book_value - self.plan.residual


def begin(terms: Terms) -> State:
    """The state before the first month charged here; `terms` have passed `refusals.check`."""
    cost, residual, accumulated = cents(terms.cost), cents(terms.residual), cents(terms.opening_accumulated)
    units_left = None
    if terms.total_units is not None:
        base = cost - residual
        units_left = Fraction(terms.total_units) * (Fraction(base - accumulated, base) if base else 1)
    plan = Plan(
        terms.method,
        cost,
        residual,
        cost - accumulated,
        terms.months - terms.opening_months,
        terms.opening_months,
        accumulated,
        terms.total_units,
        units_left,
    )
    return State(plan, terms.opening_months, accumulated)


def next_charge(
    terms: Terms, state: State, month: Month, changes: Iterable[Change] = (), units: Decimal = NOTHING
) -> tuple[int, State]:
    """The charge of `month` in cents, and the state after it.

    `changes` are those that begin to count with this month; they have passed `refusals.check_change`. An asset that has
    not started, is gone, or has nothing left to charge gives 0 and its state unchanged but for the changes. Raises
    `ChangeRefused`.
    """
    for change in by_month(changes).values() if changes else ():
        state = changed(state, change)
    if month < terms.first or (terms.disposed is not None and terms.last is not None and month > terms.last):
        return 0, state
    return charge(state, units)


def charge(state: State, units: Decimal = NOTHING) -> tuple[int, State]:
    """Charge one more month: what a run does for every asset that has started and is still there."""
    plan, months, accumulated, used = state
    now_used = used + units if units else used  # also when nothing is left: a repair later finds fewer units to come
    if not is_running(state):
        return 0, State(plan, months, accumulated, now_used)
    amount = charge_of(plan, months, accumulated, used, units)
    return amount, State(plan, months + 1, accumulated + amount, now_used)


def replay(
    terms: Terms, changes: Iterable[Change], posted: Iterable[tuple[Month, int]], units: Mapping[Month, Decimal]
) -> State:
    """The state after posted months, as month and cents in order: what a run needs for an asset that had changes.

    The posted amounts count, whatever they were. Changes that begin to count later are not yet in the state. Raises
    `ChangeRefused`.
    """
    state, pending = begin(terms), by_month(changes)
    for month, amount in posted:
        for due in [one for one in pending if one <= month]:
            state = changed(state, pending.pop(due))
        plan, months, accumulated, used = state
        state = State(plan, months + is_running(state), accumulated + amount, used + units.get(month, NOTHING))
    return state


def charge_of(plan: Plan, months: int, accumulated: int, used: Decimal = NOTHING, units: Decimal = NOTHING) -> int:
    """The amount alone: a run over all assets keeps months and accumulated amounts by itself."""
    method, _cost, residual, value, length, since_months, since_accumulated, _total, units_left = plan
    base = value - residual
    left = base - accumulated + since_accumulated
    done = months - since_months
    if method is Method.STRAIGHT_LINE or (method is Method.DOUBLE_DECLINING and length <= 2 * YEAR):
        return methods.straight_line(base, length, done, left)
    if method is Method.UNITS_OF_PRODUCTION:
        return methods.by_units(base, units_left or Fraction(), used, units, left) if units else 0
    if method is Method.NONE or not left:
        return 0
    return methods.by_years(methods.year_amounts(method, value, residual, length // YEAR), done, left)


def is_running(state: State) -> bool:
    """Whether a month would still count: the life is not over, or units may still come."""
    plan = state.plan
    if plan.method is Method.UNITS_OF_PRODUCTION:
        return state.left > 0
    return plan.method is not Method.NONE and state.months - plan.since_months < plan.months


def changed(state: State, change: Change) -> State:
    """The state with a new plan: what is left of the book value over the months that remain. Raises `ChangeRefused`."""
    old = state.plan
    method = change.method or old.method
    residual = old.residual if change.residual is None else cents(change.residual)
    months = (change.months or old.since_months + old.months) - state.months
    plan = Plan(
        method,
        old.cost if change.cost is None else cents(change.cost),
        residual,
        _value(state, change),
        months,
        state.months,
        state.accumulated,
        change.total_units or old.total_units,
        _units_left(state, change),
    )
    _refuse(change, plan)
    return State(plan, state.months, state.accumulated)


def _value(state: State, change: Change) -> int:
    """The book value after a change. Raises `ChangeRefused` where it would fall below zero."""
    value = state.book_value
    if change.cost is not None:
        value += cents(change.cost) - state.plan.cost
    if value < 0:
        raise _wrong(
            "cost",
            N_(
                "The new original value {cost} of {month} is below what is already charged ({charged}). "
                "Posted months never change."
            ),
            change,
            cost=change.cost,
            charged=money(state.plan.cost - state.book_value),
        )
    if change.impairment is not None:
        if cents(change.impairment) > value:
            raise _wrong(
                "impairment",
                N_("The impairment {impairment} of {month} is above the book value {value}."),
                change,
                impairment=change.impairment,
                value=money(value),
            )
        value -= cents(change.impairment)
    return value


def _units_left(state: State, change: Change) -> Fraction | None:
    old = state.plan
    if old.units_left is None or old.total_units is None:
        return None if change.total_units is None else Fraction(change.total_units)
    return old.units_left - Fraction(state.used) + Fraction((change.total_units or old.total_units) - old.total_units)


def _refuse(change: Change, plan: Plan) -> None:
    """Refuse a plan that cannot be. Raises `ChangeRefused`."""
    left = plan.value - plan.residual
    if left < 0:
        raise _wrong(
            next(key for key in ("residual", "impairment", "cost", "month") if key == "month" or getattr(change, key)),
            N_(
                "After the change of {month} the book value {value} is below the residual value {residual}. "
                "Re-estimate the residual value with it."
            ),
            change,
            value=money(plan.value),
            residual=money(plan.residual),
        )
    if plan.method is Method.UNITS_OF_PRODUCTION:
        if left and not (plan.units_left or 0) > 0:
            raise _wrong("total_units", N_("The change of {month} leaves no units. Give higher total units."), change)
    elif plan.method is not Method.NONE and (left or change.months) and plan.months <= 0:
        raise _wrong(
            "months",
            N_("{charged} months are charged already; with the change of {month} the life has to be longer."),
            change,
            charged=plan.since_months,
        )
    elif plan.method in ACCELERATED and left and plan.months % YEAR:
        raise ChangeRefused({"months" if change.months else "month": broken_years(plan.months)})


def _wrong(field: str, msgid: str, change: Change, **params: object) -> ChangeRefused:
    return ChangeRefused({field: UserError(msgid, month=change.month, **params)})
