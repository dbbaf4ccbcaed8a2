"""What a single value must keep to be stored in its field, and what to tell a person if it does not."""

from __future__ import annotations

import unicodedata
from decimal import Decimal
from typing import Any

from logistics_desktop.errors import UserError
from logistics_desktop.i18n import N_
from logistics_desktop.ledger.fields import TEXTS, Field, Kind

_INTEGER_MOST = 2**31 - 1
_LINE_BREAKS = frozenset("\n\t")
_REFUSED_CATEGORIES = frozenset(("Cc", "Cs"))  # control characters, halves of characters


def trimmed(value: Any) -> Any:
    """Give `value` without blanks at its ends; an empty text is no value."""
    return (value.strip() or None) if isinstance(value, str) else value


def problem(field: Field, value: Any) -> UserError | None:
    """Tell why `value`, already trimmed, cannot be stored in `field`, None if it can."""
    if value is None:
        return UserError(N_("This must be filled in.")) if field.required or not field.nullable else None
    if field.kind in TEXTS:
        return _text_problem(field, value)
    if field.precision is not None:
        return _decimal_problem(field.precision, value)
    if field.kind in (Kind.INTEGER, Kind.MONTHS) and abs(value) > _INTEGER_MOST:
        return UserError(N_("At most {most} fits here."), most=f"{_INTEGER_MOST:,}")
    return None


def _text_problem(field: Field, text: str) -> UserError | None:
    if field.length is not None and len(text) > field.length:
        return UserError(
            N_("At most {most} characters fit here; this has {length}."), most=f"{field.length:,}", length=len(text)
        )
    allowed = _LINE_BREAKS if field.kind is Kind.NOTE else frozenset[str]()
    for at, char in enumerate(text, 1):
        if unicodedata.category(char) in _REFUSED_CATEGORIES and char not in allowed:
            return UserError(
                N_("Character {at} is a control character (U+{code}). Remove it."), at=at, code=f"{ord(char):04X}"
            )
    return None


def _decimal_problem(precision: tuple[int, int], number: Decimal) -> UserError | None:
    digits, decimals = precision
    most = Decimal(10) ** (digits - decimals) - Decimal(10) ** -decimals
    if not number.is_finite():
        return UserError(N_("This is not a number."))
    if abs(number) > most:
        return UserError(N_("At most {most} fits here."), most=f"{most:,f}")
    if number != round(number, decimals):
        return UserError(N_("At most {decimals} decimals fit here."), decimals=decimals)
    return None
