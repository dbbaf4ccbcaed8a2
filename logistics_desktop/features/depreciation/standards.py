"""What the accounting standards rule: when depreciation starts and stops, the residual value, the methods.

Enterprise: Accounting Standard for Business Enterprises No. 4, Fixed Assets. Government and institutions: Government
Accounting Standard No. 3, Fixed Assets, and its application guide.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from types import MappingProxyType

from db.models.assets import Method, Standard
from logistics_desktop.features.depreciation.months import Month
from logistics_desktop.i18n import N_

__all__ = [
    "ACCELERATED",
    "NOMINAL",
    "RULES",
    "Method",
    "Rules",
    "Standard",
    "first_month",
    "is_nominal",
    "last_month",
    "months_until",
]


@dataclass(frozen=True, slots=True)
class Rules:
    """What one standard rules; `source` is its name, a message id."""

    source: str
    start_delay: int
    charges_disposal_month: bool
    has_residual: bool
    methods: frozenset[Method]


ACCELERATED = frozenset({Method.DOUBLE_DECLINING, Method.SUM_OF_YEARS})
"""The methods that go by asset years and want whole ones."""

NOMINAL = Decimal(1)
"""The nominal value, in yuan, of what government bodies have without a known cost."""

RULES: Mapping[Standard, Rules] = MappingProxyType(
    {
        Standard.ENTERPRISE: Rules(
            N_("Accounting Standard for Business Enterprises No. 4"), 1, True, True, frozenset(Method)
        ),
        Standard.GOVERNMENT: Rules(
            N_("Government Accounting Standard No. 3"), 0, False, False, frozenset(Method) - ACCELERATED
        ),
    }
)


def first_month(standard: Standard, in_service: date) -> Month:
    """The first month that is charged for an asset ready for use on a day."""
    return Month.of(in_service) + RULES[standard].start_delay


def last_month(standard: Standard, disposed: date) -> Month:
    """The last month that may be charged for an asset disposed of on a day."""
    return Month.of(disposed) - (0 if RULES[standard].charges_disposal_month else 1)


def months_until(standard: Standard, in_service: date, month: Month) -> int:
    """How many months the calendar has to charge up to `month` and with it, however long the life is."""
    return max(0, month - first_month(standard, in_service) + 1)


def is_nominal(standard: Standard, cost: Decimal) -> bool:
    """Whether an asset stands at nominal value, so that it is never depreciated."""
    return standard is Standard.GOVERNMENT and cost == NOMINAL
