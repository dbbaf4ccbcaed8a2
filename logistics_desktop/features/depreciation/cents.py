"""Money as whole cents: exact, and many times faster than decimals where a hundred thousand assets are charged."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction


def cents(amount: Decimal) -> int:
    """An amount of money in cents. It has two decimals at most; `refusals.check` refuses others."""
    return int(amount.scaleb(2))


def money(whole: int) -> Decimal:
    """Cents as an amount with two decimals."""
    return Decimal(whole).scaleb(-2)


def half_up(numerator: int, denominator: int) -> int:
    """The quotient of two whole numbers, not negative, rounded half up."""
    return (2 * numerator + denominator) // (2 * denominator)


def residual_of(cost: Decimal, rate: Decimal) -> Decimal:
    """The residual value that a rate between 0 and 1 gives."""
    exact = Fraction(cost) * Fraction(rate) * 100
    return money(half_up(exact.numerator, exact.denominator))
