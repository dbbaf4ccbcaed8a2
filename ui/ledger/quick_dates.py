"""Ranges of days that are asked for again and again."""

from __future__ import annotations

import calendar
from datetime import date

from logistics_desktop.i18n import N_

NAMES = {
    "this_month": N_("This month"),
    "last_month": N_("Last month"),
    "this_year": N_("This year"),
    "last_year": N_("Last year"),
    "before_this_year": N_("Before this year"),
}


def days(name: str, today: date) -> tuple[date | None, date | None]:
    """The first and the last day of the range `name`, one of NAMES; None is open."""
    year, month = today.year, today.month
    match name:
        case "this_month":
            return _month(year, month)
        case "last_month":
            return _month(year, month - 1) if month > 1 else _month(year - 1, 12)
        case "this_year":
            return date(year, 1, 1), date(year, 12, 31)
        case "last_year":
            return date(year - 1, 1, 1), date(year - 1, 12, 31)
        case "before_this_year":
            return None, date(year - 1, 12, 31)
    raise KeyError(name)


def _month(year: int, month: int) -> tuple[date, date]:
    return date(year, month, 1), date(year, month, calendar.monthrange(year, month)[1])
