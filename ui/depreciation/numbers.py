"""How figures and names stand on the screens of depreciation."""

from __future__ import annotations

from decimal import Decimal

from db.models.depreciation import PeriodState
from logistics_desktop.features.depreciation.months import Month
from logistics_desktop.i18n import N_, _

STATES = {
    PeriodState.OPEN: N_("Not calculated"),
    PeriodState.CALCULATED: N_("Calculated"),
    PeriodState.CLOSED: N_("Closed"),
}

MONTHS = (
    *(N_("Jan"), N_("Feb"), N_("Mar"), N_("Apr"), N_("May"), N_("Jun")),
    *(N_("Jul"), N_("Aug"), N_("Sep"), N_("Oct"), N_("Nov"), N_("Dec")),
)


def money(amount: Decimal) -> str:
    """An amount with thousands separators."""
    return f"{amount:,.2f}"


def signed(amount: Decimal) -> str:
    """A difference with its sign."""
    return f"{amount:+,.2f}" if amount else "0.00"


def short_name(month: Month) -> str:
    """A month within its year."""
    return _(MONTHS[month.month - 1])


def called(code: str | None, name: str) -> str:
    """An asset as it is spoken of."""
    return " ".join(filter(None, (code, name)))
