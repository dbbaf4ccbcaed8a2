"""The methods of depreciation, in whole cents.

`base` is what is to be charged in all, `left` what is not charged yet, `done` the months charged so far. Every
charge lies between nothing and what is left, and the last month takes what is left, so that the total is exact.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache

from db.models.assets import Method
from logistics_desktop.features.depreciation.cents import half_up

YEAR = 12


def straight_line(base: int, months: int, done: int, left: int) -> int:
    """The month's charge: the base in equal parts, each rounded."""
    if done >= months - 1:
        return left if done < months else 0
    return min((2 * base + months) // (2 * months), left)


def by_years(years: tuple[int, ...], done: int, left: int) -> int:
    """The month's charge out of the asset years' amounts: a twelfth, rounded; the twelfth month takes the rest."""
    year, month = divmod(done, YEAR)
    if year >= len(years):
        return 0
    amount = years[year]
    twelfth = half_up(amount, YEAR)
    if month == YEAR - 1:
        charge = left if year == len(years) - 1 else max(0, amount - twelfth * month)
    else:
        charge = min(twelfth, max(0, amount - twelfth * month))
    return min(charge, left)


def by_units(base: int, units_left: Fraction, used: Decimal, units: Decimal, left: int) -> int:
    """The month's charge for the units of the month; once all units are used it is what is left."""
    if Fraction(used + units) >= units_left:
        return left
    exact = base * Fraction(units) / units_left
    return min(half_up(exact.numerator, exact.denominator), left)


def exact_years(method: Method, value: int, residual: int, years: int) -> Iterator[Fraction]:
    """What every asset year but the last would charge before it is rounded, in cents: for explaining."""
    exact = _sum_of_years if method is Method.SUM_OF_YEARS else _double_declining
    return (Fraction(*one) for one in exact(value, residual, years))


@lru_cache(maxsize=4096)
def year_amounts(method: Method, value: int, residual: int, years: int) -> tuple[int, ...]:
    """The amounts of the asset years for a book value: exact, then rounded to the cent; the last takes what is left."""
    exact = _sum_of_years if method is Method.SUM_OF_YEARS else _double_declining
    left = value - residual
    amounts = []
    for numerator, denominator in exact(value, residual, years):
        amount = min(half_up(numerator, denominator), left)
        left -= amount
        amounts.append(amount)
    return (*amounts, left)


def _sum_of_years(value: int, residual: int, years: int) -> Iterator[tuple[int, int]]:
    """Every year but the last: base x (N - i + 1) / (1 + 2 + ... + N)."""
    digits = years * (years + 1) // 2
    for remaining in range(years, 1, -1):
        yield (value - residual) * remaining, digits


def _double_declining(value: int, residual: int, years: int) -> Iterator[tuple[int, int]]:
    """Every year but the last: book value x 2 / N, never below the residual; half of what is left before the last."""
    book, scale = value, 1
    for _year in range(years - 2):
        book, scale = book * years, scale * years
        amount = min(book * 2 // years, book - residual * scale)
        yield amount, scale
        book -= amount
    yield book - residual * scale, 2 * scale
