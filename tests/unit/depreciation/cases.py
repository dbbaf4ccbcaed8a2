"""Assets that the tests charge."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from hypothesis import strategies as st

from logistics_desktop.features.depreciation.cents import money
from logistics_desktop.features.depreciation.schedule import Charge
from logistics_desktop.features.depreciation.standards import Method, Standard
from logistics_desktop.features.depreciation.terms import Terms

TIMED = (Method.STRAIGHT_LINE, Method.DOUBLE_DECLINING, Method.SUM_OF_YEARS)
ACCELERATED = TIMED[1:]


def terms(method: Method = Method.STRAIGHT_LINE, **changes: Any) -> Terms:
    """An asset of 1,000,000 with 4,000 left after five years, ready on 15 December 2025."""
    values: dict[str, Any] = {
        "standard": Standard.ENTERPRISE,
        "method": method,
        "cost": Decimal(1_000_000),
        "residual": Decimal(4_000),
        "months": 60,
        "in_service": date(2025, 12, 15),
    }
    return Terms(**{**values, **changes})


def by_year(charges: Sequence[Charge]) -> list[Decimal]:
    """What each twelve months charge."""
    return [sum((one.amount for one in charges[at : at + 12]), Decimal(0)) for at in range(0, len(charges), 12)]


def amounts(charges: Sequence[Charge]) -> list[str]:
    """The monthly amounts as text."""
    return [f"{one.amount:.2f}" for one in charges]


@st.composite
def any_terms(draw: st.DrawFn, methods: Sequence[Method] = TIMED) -> Terms:
    """Terms of the enterprise standard that are not refused, of any amounts down to a cent."""
    method = draw(st.sampled_from(methods))
    cost = draw(st.integers(1, 100) | st.integers(1, 10**10))
    residual = draw(st.integers(0, cost))
    years = method in ACCELERATED
    months = draw(st.integers(1, 40)) * 12 if years else draw(st.integers(1, 480))
    charged = draw(st.integers(0, (months - 1) // (12 if years else 1))) * (12 if years else 1)
    opening = draw(st.integers(0, cost - residual)) if charged else 0
    return Terms(
        Standard.ENTERPRISE,
        method,
        money(cost),
        money(residual),
        months,
        draw(st.dates(date(1990, 1, 1), date(2090, 1, 1))),
        money(opening),
        charged,
    )
