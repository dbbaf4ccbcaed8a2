"""Why a month's charge is what it is: rule, source, formula, inputs, rounding, in words with the numbers filled in."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from logistics_desktop.features.depreciation import running
from logistics_desktop.features.depreciation.cents import money
from logistics_desktop.features.depreciation.months import Month
from logistics_desktop.features.depreciation.refusals import check, check_change, check_units
from logistics_desktop.features.depreciation.running import State
from logistics_desktop.features.depreciation.schedule import steps
from logistics_desktop.features.depreciation.standards import RULES, Method, Standard, is_nominal
from logistics_desktop.features.depreciation.terms import Change, Terms, by_month
from logistics_desktop.features.depreciation.working import shown, work_out
from logistics_desktop.i18n import N_, _

METHOD_RULES = {
    Method.STRAIGHT_LINE: N_("Straight line: every month charges the same part of what is to be charged."),
    Method.DOUBLE_DECLINING: N_(
        "Double declining balance: every asset year charges twice the straight-line rate of the book value, "
        "the last two years half of what is left each. Over one or two years it is straight line."
    ),
    Method.SUM_OF_YEARS: N_(
        "Sum of the years' digits: an asset year charges by the years that remain, out of the sum of all years."
    ),
    Method.UNITS_OF_PRODUCTION: N_("Units of production: a month charges by its units."),
}

STARTS = {
    Standard.ENTERPRISE: N_("Ready for use on {day}: charged from the month after, {first}."),
    Standard.GOVERNMENT: N_("Ready for use on {day}: charged from that month on, {first}."),
}

CHANGED = {
    "cost": N_("original value {value}"),
    "months": N_("life {value} months"),
    "residual": N_("residual value {value}"),
    "impairment": N_("impairment {value}"),
    "method": N_("another method"),
    "total_units": N_("total units {value}"),
}


@dataclass(frozen=True, slots=True)
class Explanation:
    """The words for the charge of one month, in the language in force.

    `origin` says how the asset came to its plan, `inputs` are labels with values, `working` is the formula with its
    numbers, line by line. Where nothing is charged, `rule` says why and the rest is empty.
    """

    period: Month
    amount: Decimal
    rule: str
    source: str
    origin: tuple[str, ...] = ()
    formula: str = ""
    inputs: tuple[tuple[str, str], ...] = ()
    working: tuple[str, ...] = ()
    rounding: str = ""

    @property
    def lines(self) -> tuple[str, ...]:
        """All of it, to be read from top to bottom or copied."""
        inputs = (_("{label}: {value}", label=label, value=value) for label, value in self.inputs)
        lines = (self.rule, self.source, *self.origin, self.formula, *inputs, *self.working, self.rounding)
        return tuple(line for line in lines if line)


def explain(
    terms: Terms, changes: Iterable[Change], units: Mapping[Month, Decimal] | None, period: Month
) -> Explanation:
    """Explain the charge of `period` in the schedule of these terms. Raises `FieldErrors`, as `schedule` does.

    An asset at nominal value is no error here: that it is never charged is the explanation.
    """
    if is_nominal(terms.standard, terms.cost):
        return _nothing(terms, period, N_("An asset at nominal value (1 yuan) is never charged."))
    check(terms)
    units = units or {}
    check_units(units)
    together = by_month(changes)
    for change in together.values():
        check_change(terms, change)
    before = running.begin(terms)
    for step in steps(terms, before, terms.first, together.values(), units):
        if step.period >= period:
            before = step.before if step.period == period else before
            break
        before = step.after
    return explain_charge(terms, before, together.values(), period, units.get(period, running.NOTHING))


def explain_charge(
    terms: Terms, before: State, changes: Iterable[Change], period: Month, units: Decimal = running.NOTHING
) -> Explanation:
    """Explain the charge of a month from the state before it, as it was posted; the state has the month's changes."""
    reason = _why_nothing(terms, before, period)
    if reason:
        return _nothing(terms, period, reason)
    amount, _after = running.charge(before, units)
    working = work_out(before, amount, units)
    return Explanation(
        period,
        money(amount),
        _(METHOD_RULES[before.plan.method]),
        _source(terms),
        tuple(_origin(terms, before, changes, period)),
        working.formula,
        working.inputs,
        working.lines,
        working.rounding,
    )


def _why_nothing(terms: Terms, before: State, period: Month) -> str:
    if before.plan.method is Method.NONE:
        return N_("The asset is set not to be depreciated.")
    if period < terms.first:
        return N_("Charging has not begun: the first month is {first}.")
    if terms.last is not None and period > terms.last:
        return N_("The asset was disposed of on {disposed}: the last month is {last}. There is no catch-up charge.")
    if not running.is_running(before) or not before.left:
        return N_("Fully depreciated: nothing is left to charge, and what stays in use is not charged again.")
    return ""


def _nothing(terms: Terms, period: Month, reason: str) -> Explanation:
    words = _(reason, first=terms.first, last=terms.last, disposed=terms.disposed)
    return Explanation(period, money(0), words, _source(terms))


def _source(terms: Terms) -> str:
    return _("Source: {source}", source=_(RULES[terms.standard].source))


def _origin(terms: Terms, before: State, changes: Iterable[Change], period: Month) -> Iterator[str]:
    """Where the plan began: with the asset, with its opening balance, with its last change."""
    if terms.begins is None:
        yield _(STARTS[terms.standard], day=terms.in_service, first=terms.first - terms.opening_months)
    if terms.opening_months:
        yield _(
            "It came with {amount} charged in {months} months; what was left is spread over the months that remain.",
            amount=shown(terms.opening_accumulated),
            months=terms.opening_months,
        )
    counted = sorted((one for one in changes if one.month <= period), key=lambda one: one.month)
    for change in counted:
        yield _("Changed from {month} on: {what}.", month=change.month, what=", ".join(_said(change)))
    if counted:
        plan = before.plan
        yield _(
            "Changes work forward only: after {charged} charged in {months} months, "
            "the book value {value} was spread anew.",
            charged=shown(plan.since_accumulated),
            months=plan.since_months,
            value=shown(plan.value),
        )


def _said(change: Change) -> Iterator[str]:
    for field, value in change.given().items():
        yield _(CHANGED[field], value=shown(value) if field in ("cost", "residual", "impairment") else value)
