"""How a value of each kind is shown to a person and read from what a person typed.

The two belong together: `parse(field, text_of(field, value)) == value`. Workbooks, which hold much
stranger things than people type into a form, are read by `logistics_desktop.workbook.values`.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping
from datetime import date
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from typing import Any

from logistics_desktop.errors import UserError
from logistics_desktop.i18n import N_, _
from logistics_desktop.ledger.fields import NUMBERS, Field, Kind, Reference

_HUNDRED = Decimal(100)
_CENT = Decimal("0.01")

# What people leave around a number: thousands separators, blanks, currency signs.
_AROUND_NUMBERS = re.compile(r"[,\s¥￥$€]|元$")
_LIFE = re.compile(r"(?:(\d+)\s*(?:年|y|years?))?\s*(?:(\d+)\s*(?:个?月|m|months?)?)?", re.IGNORECASE)
_DATE = re.compile(r"(\d{1,4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?|(\d{4})(\d{2})(\d{2})")


def numeric(field: Field) -> bool:
    """Tell whether the field is shown to the right, summed, and filtered by a range of numbers."""
    return field.kind in NUMBERS


def text_of(field: Field, value: object) -> str:
    """Give `value` as it is shown: money with thousands separators, a rate in percent, a choice's label."""
    return "" if value is None else _SHOWN[field.kind](field, value)


def parse(field: Field, text: str) -> Any:
    """Give the value that a person typed, None for nothing.

    A reference is looked up in its ledger instead (`references.suggest`). Raises `UserError` with what
    the field expects.
    """
    text = text.strip()
    return _TYPED[field.kind](field, text) if text else None


def _plain(_field: Field, value: Any) -> str:
    return str(value)


def _grouped(_field: Field, value: int) -> str:
    return f"{value:,}"


def _money(_field: Field, value: Decimal) -> str:
    return f"{value.quantize(_CENT, ROUND_HALF_UP):,f}"


def _quantity(_field: Field, value: Decimal) -> str:
    return _without_zeros(f"{value:,f}")


def _rate(_field: Field, value: Decimal) -> str:
    return _without_zeros(f"{value * _HUNDRED:f}") + "%"


def _date(_field: Field, value: date) -> str:
    return value.isoformat()


def _choice(field: Field, value: Any) -> str:
    return _(_choices(field)[value].label)


def _reference(_field: Field, value: Reference) -> str:
    return value.title


def _without_zeros(digits: str) -> str:
    return digits.rstrip("0").rstrip(".") if "." in digits else digits


def _choices(field: Field) -> Mapping[Any, Any]:
    assert field.choices is not None, field.key
    return field.choices


def _as_typed(_field: Field, text: str) -> str:
    return text


def _one_line(_field: Field, text: str) -> str:
    return " ".join(text.splitlines())


def _narrow(text: str) -> str:
    """Full-width digits and signs, as Chinese input methods make them, in their narrow form."""
    return unicodedata.normalize("NFKC", text)


def _to_decimal(_field: Field, text: str) -> Decimal:
    try:
        number = Decimal(_AROUND_NUMBERS.sub("", _narrow(text)))
    except InvalidOperation:
        number = Decimal("NaN")
    if not number.is_finite():
        raise UserError(N_("“{text}” is not a number. Write it like 1234.50."), text=text)
    return number


def _to_integer(field: Field, text: str) -> int:
    number = _to_decimal(field, text)
    if number != number.to_integral_value():
        raise UserError(N_("“{text}” is not a whole number."), text=text)
    return int(number)


def _to_months(_field: Field, text: str) -> int:
    found = _LIFE.fullmatch(_narrow(text).strip())
    if found is None or not any(found.groups()):
        raise UserError(N_("“{text}” is not a number of months. Write it like 60 or 5 years."), text=text)
    years, months = (int(part or 0) for part in found.groups())
    return years * 12 + months


def _to_rate(field: Field, text: str) -> Decimal:
    """Read a rate: with or without the sign, a number is percent, but one below 1 without it is a fraction."""
    bare = _narrow(text).rstrip("% ")
    number = _to_decimal(field, bare)
    percent = bare != _narrow(text) or abs(number) >= 1
    return number / _HUNDRED if percent else number


def _to_date(_field: Field, text: str) -> date:
    found = _DATE.fullmatch(_narrow(text))
    try:
        year, month, day = (int(part) for part in (found.groups() if found else ()) if part)
        return date(year, month, day)
    except ValueError:
        raise UserError(N_("“{text}” is not a date. Write it like 2024-03-05."), text=text) from None


def _to_choice(field: Field, text: str) -> Any:
    wanted = _narrow(text).casefold()
    for value, choice in _choices(field).items():
        if wanted in (word.casefold() for word in (_(choice.label), choice.label, *choice.aliases)):
            return value
    known = ", ".join(_(choice.label) for choice in _choices(field).values())
    raise UserError(N_("“{text}” is not one of: {known}."), text=text, known=known)


def _to_reference(field: Field, text: str) -> Any:
    raise TypeError(f"{field.key}: “{text}” is looked up in its ledger, not parsed")


_SHOWN: Mapping[Kind, Callable[[Field, Any], str]] = {
    Kind.TEXT: _plain,
    Kind.NOTE: _plain,
    Kind.CODE: _plain,
    Kind.INTEGER: _grouped,
    Kind.QUANTITY: _quantity,
    Kind.MONEY: _money,
    Kind.RATE: _rate,
    Kind.MONTHS: _plain,
    Kind.DATE: _date,
    Kind.CHOICE: _choice,
    Kind.REFERENCE: _reference,
}

_TYPED: Mapping[Kind, Callable[[Field, str], Any]] = {
    Kind.TEXT: _one_line,
    Kind.NOTE: _as_typed,
    Kind.CODE: _one_line,
    Kind.INTEGER: _to_integer,
    Kind.QUANTITY: _to_decimal,
    Kind.MONEY: _to_decimal,
    Kind.RATE: _to_rate,
    Kind.MONTHS: _to_months,
    Kind.DATE: _to_date,
    Kind.CHOICE: _to_choice,
    Kind.REFERENCE: _to_reference,
}
