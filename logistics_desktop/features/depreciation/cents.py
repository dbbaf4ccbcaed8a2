"""Money as whole cents: exact, and many times faster than decimals where a hundred thousand assets are charged."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

_CENT = Decimal("0.01")


def cents(amount: Decimal) -> int:
    """An amount of money in cents. It has two decimals at most; `terms.check` refuses others."""
    return int(amount.scaleb(2))


def money(whole: int) -> Decimal:
    """Cents as an amount with two decimals."""
    return Decimal(whole).scaleb(-2)


def half_up(numerator: int, denominator: int) -> int:
    """The quotient of two whole numbers, not negative, rounded half up."""
    return (2 * numerator + denominator) // (2 * denominator)


def residual_of(cost: Decimal, rate: Decimal) -> Decimal:
    """The residual value that a rate between 0 and 1 gives."""
    return (cost * rate).quantize(_CENT, ROUND_HALF_UP)
