"""What is written after the options of `depreciation schedule`, read into terms, changes and units.

What cannot be read is refused by option (`refusing.py`); what can be read and must not be, by field, as everywhere.
"""

from __future__ import annotations

import argparse
import re
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from logistics_desktop.errors import FieldErrors, UserError
from logistics_desktop.i18n import N_, _

if TYPE_CHECKING:
    from logistics_desktop.features.depreciation.months import Month
    from logistics_desktop.features.depreciation.terms import Change, Terms

_NUMBER = re.compile(r"[+-]?([0-9]{1,30}(\.[0-9]{1,30})?|\.[0-9]{1,30})")
_WHOLE = re.compile(r"[+-]?[0-9]{1,9}")
_YEAR = re.compile(r"[1-9][0-9]{3}")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_CHANGEABLE = {"cost": "cost", "months": "months", "residual": "residual", "impairment": "impairment"}
_CHANGEABLE["total-units"] = "total_units"


def number(text: str) -> Decimal:
    """A plain decimal number."""
    if not _NUMBER.fullmatch(text):
        raise argparse.ArgumentTypeError(_("“{text}” is not a number; write it as 1234.56.", text=text))
    return Decimal(text)


def whole(text: str) -> int:
    """A whole number."""
    if not _WHOLE.fullmatch(text):
        raise argparse.ArgumentTypeError(_("“{text}” is not a whole number; write it as 60.", text=text))
    return int(text)


def rate(text: str) -> Decimal:
    """A share, as 0.05 or 5%."""
    return number(text[:-1]).scaleb(-2) if text.endswith("%") else number(text)


def day(text: str) -> date:
    """A day of the calendar."""
    try:
        if _DAY.fullmatch(text):
            return date.fromisoformat(text)
    except ValueError:
        pass
    raise argparse.ArgumentTypeError(_("“{text}” is not a day of the calendar; write it as 2026-05-31.", text=text))


def year(text: str) -> int:
    """A year of the calendar."""
    if not _YEAR.fullmatch(text):
        raise argparse.ArgumentTypeError(_("“{text}” is not a year; write it as 2026.", text=text))
    return int(text)


def month(text: str) -> Month:
    """A month of the calendar."""
    from logistics_desktop.features.depreciation.months import Month

    try:
        return Month.parse(text)
    except ValueError:
        raise argparse.ArgumentTypeError(_("“{text}” is not a month; write it as 2026-05.", text=text)) from None


def units(text: str) -> tuple[Month, Decimal]:
    """The units of a month, as 2026-05=1200."""
    when, equals, amount = text.partition("=")
    if not equals:
        raise argparse.ArgumentTypeError(_("“{text}” are no units; write them as 2026-05=1200.", text=text))
    return month(when), number(amount)


def change(text: str) -> Change:
    """A change of one or several fields, as 2026-05:cost=1200 or 2026-05:cost=1200,months=72."""
    from logistics_desktop.features.depreciation.terms import Change

    when, _colon, said = text.partition(":")
    parts = [_changed_field(text, part) for part in said.split(",")]
    at = month(when)
    if len(dict(parts)) < len(parts):
        raise argparse.ArgumentTypeError(_("“{text}” says a field twice.", text=text))
    return Change(at, **dict(parts))


def _changed_field(text: str, part: str) -> tuple[str, Any]:
    name, equals, value = part.partition("=")
    field = _CHANGEABLE.get(name.strip())
    if not equals or field is None:
        known = ", ".join(_CHANGEABLE)
        raise argparse.ArgumentTypeError(
            _("“{text}” is no change; write it as 2026-05:FIELD=N, FIELD being one of {known}.", text=text, known=known)
        )
    return field, whole(value) if field == "months" else number(value)


def terms(arguments: argparse.Namespace) -> Terms:
    """The terms that the command line says. Raises `FieldErrors`."""
    from logistics_desktop.features.depreciation.standards import Method, Standard
    from logistics_desktop.features.depreciation.terms import Terms

    if arguments.opening_months and arguments.opening_accumulated is None:
        error = UserError(N_("Give the amount that the opening months were charged, 0 if nothing was."))
        raise FieldErrors({"opening_accumulated": error})
    return Terms(
        Standard(arguments.standard),
        Method(arguments.method.replace("-", "_")),
        arguments.cost,
        _residual(arguments),
        arguments.months,
        arguments.in_service,
        arguments.opening_accumulated or Decimal(0),
        arguments.opening_months or 0,
        arguments.disposed,
        arguments.total_units,
    )


def _residual(arguments: argparse.Namespace) -> Decimal:
    """The residual value that is given, by itself or by its rate."""
    from logistics_desktop.features.depreciation.cents import residual_of

    if arguments.residual_rate is None:
        return arguments.residual or Decimal(0)
    if not 0 <= arguments.residual_rate <= 1:
        raise FieldErrors({"residual_rate": UserError(N_("A residual rate lies between 0 and 1 (0 % and 100 %)."))})
    if arguments.cost <= 0:
        return Decimal(0)  # the cost itself is refused
    return residual_of(arguments.cost, arguments.residual_rate)


def month_units(arguments: argparse.Namespace, terms: Terms) -> dict[Month, Decimal]:
    """The units by month. Raises `FieldErrors` where they could not be charged by."""
    from logistics_desktop.features.depreciation.standards import Method

    found: dict[Month, Decimal] = {}
    by_units = terms.method is Method.UNITS_OF_PRODUCTION
    for at, amount in arguments.units:
        if at in found:
            raise _wrong_units(N_("The units of {month} are given twice."), at)
        found[at] = amount
    if not by_units and (found or terms.total_units is not None):
        field = "units" if found else "total_units"
        raise FieldErrors({field: UserError(N_("Only units of production (units-of-production) goes by units."))})
    if by_units and not found:
        raise FieldErrors({"units": UserError(N_("Units of production needs the units of each month."))})
    for at in found:
        if at < terms.first:
            raise _wrong_units(N_("The units of {month} lie before the first month charged, {first}."), at, terms.first)
        if terms.last is not None and at > terms.last:
            raise _wrong_units(N_("The units of {month} lie after the last month charged, {first}."), at, terms.last)
    return found


def _wrong_units(msgid: str, at: Month, first: Month | None = None) -> FieldErrors:
    return FieldErrors({"units": UserError(msgid, month=at, first=first)})


def option(field: str, arguments: argparse.Namespace | None = None) -> str:
    """The option of the command line that gives a field of the terms."""
    if field == "residual" and arguments is not None and arguments.residual_rate is not None:
        return "residual-rate"
    return field.replace("_", "-")
