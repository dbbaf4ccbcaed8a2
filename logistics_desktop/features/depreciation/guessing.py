"""Why finance's figures differ from ours: which one term, if it were another, would give theirs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from logistics_desktop.features.assets.asset_ledger import ASSETS
from logistics_desktop.features.depreciation import running
from logistics_desktop.features.depreciation.cents import money, residual_of
from logistics_desktop.features.depreciation.differences import CENT, Cause, Difference, Figures, Guess, Ours, Theirs
from logistics_desktop.features.depreciation.months import Month
from logistics_desktop.features.depreciation.refusals import refused
from logistics_desktop.features.depreciation.standards import Method, first_month
from logistics_desktop.features.depreciation.terms import Terms
from logistics_desktop.i18n import _

RATES = tuple(Decimal(rate) / 100 for rate in (0, 5, 3, 4, 10, 2, 1, 20))
"""Residual rates that are usual, the most usual first."""

LIVES = (36, 48, 60, 72, 96, 120, 144, 168, 180, 240, 360, 480, 600, 24, 84, 108, 12, 300)
"""Lives that are usual."""

METHODS = (Method.STRAIGHT_LINE, Method.DOUBLE_DECLINING, Method.SUM_OF_YEARS)
_FIGURES = ("amount", "accumulated", "book_value")


class Variant(NamedTuple):
    """Our terms with one of them different, and what that would be called."""

    terms: Terms
    guess: Guess


def guess(theirs: Theirs, ours: Ours, found: Sequence[Difference], month: Month) -> Guess | None:
    """The probable cause of the differences `found`; None where nothing differs."""
    wrong = wrong_in_itself(theirs.figures)
    if wrong or not found:
        return wrong
    if _is_rounding(theirs.figures, ours, found):
        return Guess(Cause.ROUNDING)
    for one in found:
        if one.field == "cost":
            return Guess(Cause.COST, {"theirs": _money(one.theirs), "ours": _money(one.ours)})
    if ours.terms is None:
        return Guess(Cause.UNKNOWN)
    return (
        _matching(theirs, _stated(theirs, ours.terms), month)
        or _past_life(theirs.figures, ours)
        or _matching(theirs, _usual(ours.terms), month)
        or next((one.guess for one in _stated(theirs, ours.terms)), Guess(Cause.UNKNOWN))
    )


def figures_at(terms: Terms, month: Month) -> Figures:
    """The figures that terms give at the end of a month, from the first month charged on."""
    state, charged, at = running.begin(terms), 0, terms.first
    last = month if terms.last is None else min(month, terms.last)
    while at <= last and running.is_running(state):
        charged, state = running.charge(state)
        at += 1
    amount = charged if at == month + 1 else 0
    return Figures(terms.cost, money(amount), money(state.accumulated), money(state.book_value), state.months)


def wrong_in_itself(figures: Figures) -> Guess | None:
    """What is wrong in the workbook whatever the terms are."""
    cost, accumulated, book_value = figures.cost, figures.accumulated, figures.book_value
    if book_value is not None and book_value <= -CENT:
        return Guess(Cause.BELOW_ZERO)
    if cost is None or accumulated is None or book_value is None or abs(cost - accumulated - book_value) < 2 * CENT:
        return None
    values = {"cost": _money(cost), "accumulated": _money(accumulated), "book_value": _money(book_value)}
    return Guess(Cause.NOT_ADDING, values)


def _is_rounding(theirs: Figures, ours: Ours, found: Sequence[Difference]) -> bool:
    """Whether nothing differs by more than a cent a month."""
    if any(one.field in ("cost", "charged") for one in found):
        return False
    months = max(ours.figures.charged or 1, 1)
    return all(
        abs(Decimal(one.theirs or 0) - Decimal(one.ours or 0)) <= (CENT if one.field == "amount" else CENT * months)
        for one in found
    )


def _past_life(theirs: Figures, ours: Ours) -> Guess | None:
    left = ours.terms is not None and ours.figures.book_value != ours.terms.residual
    if left or ours.figures.amount or not theirs.amount:
        return None
    return Guess(Cause.PAST_LIFE)


def _matching(theirs: Theirs, variants: Iterator[Variant], month: Month) -> Guess | None:
    """The first variant that gives the workbook's figures."""
    for variant in variants:
        if not refused(variant.terms) and _agree(theirs.figures, figures_at(variant.terms, month)):
            return variant.guess
    return None


def _agree(theirs: Figures, ours: Figures) -> bool:
    """Whether all that the workbook says is this, a cent a month aside."""
    said = [name for name in _FIGURES if getattr(theirs, name) is not None]
    slack = {"amount": CENT}
    return bool(said) and all(
        abs(getattr(theirs, name) - getattr(ours, name)) <= slack.get(name, CENT * max(ours.charged or 1, 1))
        for name in said
    )


def _stated(theirs: Theirs, terms: Terms) -> Iterator[Variant]:
    """Our terms with what the workbook itself says otherwise, one at a time, then all together."""
    single = list(_stated_alone(theirs, terms))
    yield from single
    if len(single) > 1:
        together = terms
        for variant in single:
            changed = {
                name: getattr(variant.terms, name)
                for name in ("method", "months", "residual", "in_service")
                if getattr(variant.terms, name) != getattr(terms, name)
            }
            together = replace(together, **changed)
        yield Variant(together, single[0].guess)


def _stated_alone(theirs: Theirs, terms: Terms) -> Iterator[Variant]:
    said = theirs.stated
    method, life, day = said.get("method"), said.get("life_months"), said.get("in_service_on")
    if method is not None and method is not terms.method:
        yield _by_method(terms, method)
    if life is not None and life != terms.months:
        yield _by_life(terms, life)
    residual = said.get("residual_value")
    if residual is None and said.get("residual_rate") is not None:
        residual = residual_of(terms.cost, said["residual_rate"])
    if residual is not None and residual != terms.residual:
        yield _by_residual(terms, residual)
    if day is not None and Month.of(day) != Month.of(terms.in_service):
        yield _by_start(terms, day)


def _usual(terms: Terms) -> Iterator[Variant]:
    """Our terms with one of them as it is elsewhere."""
    for away in (-1, 1):
        yield _by_start(terms, (Month.of(terms.in_service) + away).first_day)
    for rate in RATES:
        if (residual := residual_of(terms.cost, rate)) != terms.residual:
            yield _by_residual(terms, residual)
    for life in LIVES:
        if life != terms.months:
            yield _by_life(terms, life)
    for method in METHODS:
        if method is not terms.method:
            yield _by_method(terms, method)


def _by_method(terms: Terms, method: Method) -> Variant:
    labels = ASSETS.by_key["method"].choices or {}
    named = {"theirs": _(labels[method].label), "ours": _(labels[terms.method].label)}
    return Variant(replace(terms, method=method), Guess(Cause.METHOD, named))


def _by_life(terms: Terms, life: int) -> Variant:
    return Variant(replace(terms, months=life), Guess(Cause.LIFE, {"theirs": life, "ours": terms.months}))


def _by_residual(terms: Terms, residual: Decimal) -> Variant:
    said = {"theirs": _money(residual), "ours": _money(terms.residual)}
    return Variant(replace(terms, residual=residual), Guess(Cause.RESIDUAL, said))


def _by_start(terms: Terms, day: date) -> Variant:
    begins = None if terms.begins is None else terms.begins + (Month.of(day) - Month.of(terms.in_service))
    other = replace(terms, in_service=day, begins=begins)
    said = {"theirs": first_month(other.standard, day), "ours": first_month(terms.standard, terms.in_service)}
    return Variant(other, Guess(Cause.START, said))


def _money(amount: Decimal | int | None) -> str:
    return f"{Decimal(amount or 0):,.2f}"
