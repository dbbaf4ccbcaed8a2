"""What terms, changes and units may not be, each refused by field and rule."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal
from typing import TYPE_CHECKING

from logistics_desktop.errors import FieldErrors, UserError
from logistics_desktop.features.depreciation.methods import YEAR
from logistics_desktop.features.depreciation.months import Month
from logistics_desktop.features.depreciation.standards import ACCELERATED, RULES, Method, is_nominal
from logistics_desktop.i18n import N_, _

if TYPE_CHECKING:
    from logistics_desktop.features.depreciation.terms import Change, Terms

LONGEST = 1200
"""The longest life, in months."""

_TOO_MUCH = Decimal(10) ** 16
_MOST_UNITS = Decimal(10) ** 14
Found = Iterator[tuple[str, UserError]]


class ChangeRefused(FieldErrors):
    """A change cannot be; `by_field` goes by the fields of `Change`."""

    def __reduce__(self) -> tuple[object, ...]:
        return (ChangeRefused, (self.by_field,))


def refused(terms: Terms) -> dict[str, UserError]:
    """What is wrong with terms, by field; empty where they can be charged."""
    return _first_wrong(terms, _values, _rules, _whole_years, _opening, _disposal)


def refused_meanwhile(terms: Terms) -> dict[str, UserError]:
    """What is wrong with terms that an asset in use changes to: of its life only what remains has to be whole years."""
    return _first_wrong(terms, _values, _rules)


def _first_wrong(terms: Terms, *looks: Callable[[Terms], Found]) -> dict[str, UserError]:
    return next((wrong for wrong in (dict(look(terms)) for look in looks) if wrong), {})


def check(terms: Terms) -> None:
    """Refuse terms that cannot be charged. Raises `FieldErrors`."""
    wrong = refused(terms)
    if wrong:
        raise FieldErrors(wrong)


def check_change(terms: Terms, change: Change) -> None:
    """Refuse a change that no book value could bear. Raises `ChangeRefused`."""
    wrong = {**dict(_change_when(terms, change)), **dict(_change_values(terms, change))}
    if wrong:
        raise ChangeRefused(wrong)


def check_units(units: Mapping[Month, Decimal]) -> None:
    """Refuse units of a month that cannot be. Raises `FieldErrors`."""
    for month, amount in sorted(units.items()):
        if amount < 0:
            error = UserError(
                N_("The units of {month} are {units}: they cannot be below zero."), month=month, units=amount
            )
            raise FieldErrors({"units": error})
        error_of_size = _not_countable(amount)
        if error_of_size:
            raise FieldErrors({"units": error_of_size})


def broken_life(months: int) -> UserError:
    """An accelerated method has a life that is not of whole years."""
    return UserError(
        N_(
            "Double declining balance and the sum of the years' digits go by years and want a life of whole "
            "years; {months} months are not a multiple of 12."
        ),
        months=months,
    )


def broken_years(months: int) -> UserError:
    """An accelerated method would have to go on over months that are not whole years."""
    return UserError(
        N_(
            "The accelerated methods go by asset years and want whole ones, but {months} months remain. "
            "Let it begin with an asset year, choose a life that leaves whole years, or take straight line."
        ),
        months=months,
    )


def _values(terms: Terms) -> Found:
    """What each field may hold by itself."""
    for key in ("cost", "residual", "opening_accumulated"):
        error = _not_money(getattr(terms, key), above_zero=key == "cost")
        if error:
            yield key, error
    if not 1 <= terms.months <= LONGEST:
        yield "months", _no_life(terms.months)
    if terms.opening_months < 0:
        yield "opening_months", UserError(N_("The months already charged cannot be below zero."))
    error = None if terms.total_units is None else _no_total(terms.total_units)
    if error:
        yield "total_units", error


def _rules(terms: Terms) -> Found:
    """What the standard and the method rule."""
    if is_nominal(terms.standard, terms.cost):
        yield (
            "cost",
            UserError(
                N_("An asset at nominal value (1 yuan) is never depreciated ({source})."),
                source=_(RULES[terms.standard].source),
            ),
        )
    error = _no_residual(terms, terms.residual)
    if error:
        yield "residual", error
    elif terms.residual > terms.cost:
        yield (
            "residual",
            UserError(
                N_("The residual value {residual} is above the original value {cost}."),
                residual=terms.residual,
                cost=terms.cost,
            ),
        )
    error = _no_method(terms, terms.method)
    if error:
        yield "method", error
    if terms.method is Method.UNITS_OF_PRODUCTION and terms.total_units is None:
        yield "total_units", UserError(N_("Units of production need the total units of the whole life."))


def _whole_years(terms: Terms) -> Found:
    """How long the accelerated methods go."""
    if terms.method in ACCELERATED and terms.months % YEAR:
        yield "months", broken_life(terms.months)


def _opening(terms: Terms) -> Found:
    """What may have been charged before."""
    base = terms.cost - terms.residual
    left = base - terms.opening_accumulated
    remain = terms.months - terms.opening_months
    if terms.opening_accumulated and not terms.opening_months:
        yield (
            "opening_months",
            UserError(
                N_("An opening accumulated depreciation of {amount} needs the months already charged."),
                amount=terms.opening_accumulated,
            ),
        )
    elif left < 0:
        yield (
            "opening_accumulated",
            UserError(
                N_(
                    "The opening accumulated depreciation {amount} is above the base {base} "
                    "(original value less residual value)."
                ),
                amount=terms.opening_accumulated,
                base=base,
            ),
        )
    elif left and remain <= 0 and terms.method is not Method.UNITS_OF_PRODUCTION:
        yield (
            "opening_months",
            UserError(
                N_(
                    "{charged} months are already charged of a life of {months}, but {left} is not: "
                    "no month remains for it. Correct the opening months or the life."
                ),
                charged=terms.opening_months,
                months=terms.months,
                left=left,
            ),
        )
    elif left and terms.method in ACCELERATED and remain % YEAR:
        yield "opening_months", broken_years(remain)


def _disposal(terms: Terms) -> Found:
    """When an asset may go."""
    if terms.disposed is None or terms.last is None:
        return
    if terms.disposed < terms.in_service:
        yield (
            "disposed",
            UserError(
                N_("The day of disposal {disposed} lies before the day in service {in_service}."),
                disposed=terms.disposed,
                in_service=terms.in_service,
            ),
        )
    elif terms.opening_months and terms.last < terms.first - 1:
        yield (
            "disposed",
            UserError(
                N_("The day of disposal {disposed} lies before the last month already charged, {month}."),
                disposed=terms.disposed,
                month=terms.first - 1,
            ),
        )


def _change_when(terms: Terms, change: Change) -> Found:
    """In which months something may change."""
    if not change.given():
        yield "month", UserError(N_("The change of {month} says nothing."), month=change.month)
    posted = bool(terms.opening_months or terms.begins)
    earliest = terms.first if posted else Month.of(terms.in_service)
    if change.month < earliest and posted:
        yield (
            "month",
            UserError(
                N_(
                    "The change of {month} lies before the first month that is still open, {first}: "
                    "posted months never change. Enter it for {first} or later."
                ),
                month=change.month,
                first=earliest,
            ),
        )
    elif change.month < earliest:
        yield (
            "month",
            UserError(
                N_("The change of {month} lies before the asset was ready for use ({in_service})."),
                month=change.month,
                in_service=terms.in_service,
            ),
        )
    elif terms.disposed and change.month > Month.of(terms.disposed):
        yield (
            "month",
            UserError(
                N_("The change of {month} lies after the disposal ({disposed})."),
                month=change.month,
                disposed=terms.disposed,
            ),
        )


def _change_values(terms: Terms, change: Change) -> Found:
    """What each field of a change may hold by itself."""
    for key in ("cost", "residual", "impairment"):
        amount = getattr(change, key)
        error = None if amount is None else _not_money(amount, above_zero=key != "residual")
        if error:
            yield key, error
    if change.months is not None and not 1 <= change.months <= LONGEST:
        yield "months", _no_life(change.months)
    error = None if change.total_units is None else _no_total(change.total_units)
    if error:
        yield "total_units", error
    error = None if change.residual is None else _no_residual(terms, change.residual)
    if error:
        yield "residual", error
    error = None if change.method is None else _no_method(terms, change.method)
    if error:
        yield "method", error


def _not_money(amount: Decimal, *, above_zero: bool) -> UserError | None:
    if not amount.is_finite() or abs(amount) >= _TOO_MUCH:
        return UserError(N_("The amount {amount} is too large."), amount=amount)
    if amount != amount.quantize(Decimal("0.01")):
        return UserError(N_("Money has two decimals at most, not {amount}."), amount=amount)
    if above_zero and amount <= 0:
        return UserError(N_("The amount {amount} has to be above zero."), amount=amount)
    if amount < 0:
        return UserError(N_("The amount {amount} cannot be below zero."), amount=amount)
    return None


def _no_life(months: int) -> UserError:
    return UserError(
        N_("A life lies between 1 and {longest} months, not {months}."), longest=f"{LONGEST:,}", months=months
    )


def _no_total(units: Decimal) -> UserError | None:
    if units.is_nan() or units <= 0:
        return UserError(N_("The total units have to be above zero."))
    return _not_countable(units)


def _not_countable(units: Decimal) -> UserError | None:
    if units < _MOST_UNITS and units == units.quantize(Decimal("0.0001")):
        return None
    return UserError(N_("Units have four decimals at most and less than 15 digits before them."))


def _no_residual(terms: Terms, residual: Decimal) -> UserError | None:
    rules = RULES[terms.standard]
    if not residual or rules.has_residual:
        return None
    return UserError(
        N_("There is no residual value ({source}): the full original value is depreciated. Enter 0."),
        source=_(rules.source),
    )


def _no_method(terms: Terms, method: Method) -> UserError | None:
    rules = RULES[terms.standard]
    if method in rules.methods:
        return None
    return UserError(N_("Only straight line and units of production are allowed ({source})."), source=_(rules.source))
