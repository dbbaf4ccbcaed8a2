"""Every figure explains itself: rule, source, formula, numbers, rounding."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given

from logistics_desktop import i18n
from logistics_desktop.features.depreciation import running
from logistics_desktop.features.depreciation.explaining import explain, explain_charge
from logistics_desktop.features.depreciation.months import Month
from logistics_desktop.features.depreciation.schedule import schedule
from logistics_desktop.features.depreciation.standards import Method, Standard
from logistics_desktop.features.depreciation.terms import Change, Terms
from tests.unit.depreciation.cases import any_terms, terms


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    before = i18n.language()
    i18n.use("en")
    yield
    i18n.use(before)


def test_straight_line_with_its_rounding() -> None:
    found = explain(terms(cost=Decimal(100), residual=Decimal(0), months=36), [], None, Month(2026, 1))
    assert found.lines == (
        "Straight line: every month charges the same part of what is to be charged.",
        "Source: Accounting Standard for Business Enterprises No. 4",
        "Ready for use on 2025-12-15: charged from the month after, 2026-01.",
        "(value − residual value) ÷ months",
        "Original value: 100.00",
        "Residual value: 0.00",
        "Months to spread over: 36",
        "This is month: 1",
        "(100.00 − 0.00) ÷ 36 = 2.777777…",
        "Rounded half up to the cent: 2.78.",
    )


@pytest.mark.parametrize(
    ("method", "month", "working", "rounding"),
    [
        (Method.STRAIGHT_LINE, "2026-01", "(1,000,000.00 − 4,000.00) ÷ 60 = 16,600", ""),
        (Method.DOUBLE_DECLINING, "2027-03", "600,000 × 2 ÷ 5 = 240,000", ""),
        (
            Method.DOUBLE_DECLINING,
            "2029-12",
            "(216,000 − 4,000.00) ÷ 2 = 106,000",
            "The twelfth month takes the rest of the asset year: 8,833.37.",
        ),
        (
            Method.SUM_OF_YEARS,
            "2027-11",
            "(1,000,000.00 − 4,000.00) × 4 ÷ 15 = 265,600",
            "Rounded half up to the cent: 22,133.33.",
        ),
    ],
)
def test_the_numbers_of_every_method(method: Method, month: str, working: str, rounding: str) -> None:
    found = explain(terms(method), [], None, Month.parse(month))
    assert found.working[0] == working
    assert found.rounding == rounding


def test_the_last_month_says_that_it_takes_what_is_left() -> None:
    found = explain(terms(cost=Decimal(100), residual=Decimal(0), months=3), [], None, Month(2026, 3))
    assert found.rounding == "The last month takes what is left: 33.34."


def test_a_year_that_would_pass_the_residual_value_says_so() -> None:
    asset = terms(Method.DOUBLE_DECLINING, cost=Decimal(100), residual=Decimal(50))
    assert explain(asset, [], None, Month(2027, 3)).working == (
        "60 × 2 ÷ 5 = 24; above what is left to the residual value: 10",
        "Asset year 2 charges 10.00.",
        "10.00 ÷ 12 = 0.833333…",
    )


def test_units_with_what_remains() -> None:
    machine = terms(Method.UNITS_OF_PRODUCTION, total_units=Decimal(300))
    units = {Month(2026, 1): Decimal("7.5"), Month(2026, 2): Decimal(400)}
    assert explain(machine, [], units, Month(2026, 1)).working == ("(1,000,000.00 − 4,000.00) ÷ 300 × 7.5 = 24,900",)
    assert explain(machine, [], units, Month(2026, 2)).rounding == (
        "All units are used; what is left is charged: 971,100.00."
    )


def test_an_opening_balance_and_a_change_tell_where_the_figure_comes_from() -> None:
    asset = terms(opening_accumulated=Decimal(1000), opening_months=3)
    change = Change(Month(2027, 5), cost=Decimal(1_200_000), months=72)
    found = explain(asset, [change], None, Month(2027, 6))
    assert found.origin == (
        "Ready for use on 2025-12-15: charged from the month after, 2026-01.",
        "It came with 1,000.00 charged in 3 months; what was left is spread over the months that remain.",
        "Changed from 2027-05 on: original value 1,200,000.00, life 72 months.",
        "Changes work forward only: after 227,929.82 charged in 16 months, the book value 972,070.18 was spread anew.",
    )
    assert found.working == ("(972,070.18 − 4,000.00) ÷ 56 = 17,286.9675",)
    assert len(explain(asset, [change], None, Month(2027, 4)).origin) == 2, "not yet changed"


@pytest.mark.parametrize(
    ("changes", "month", "why"),
    [
        ({}, Month(2025, 12), "Charging has not begun: the first month is 2026-01."),
        ({}, Month(2031, 1), "Fully depreciated: nothing is left to charge"),
        ({"disposed": date(2026, 5, 1)}, Month(2026, 6), "disposed of on 2026-05-01: the last month is 2026-05."),
        ({"method": Method.NONE}, Month(2026, 6), "set not to be depreciated"),
        (
            {"standard": Standard.GOVERNMENT, "cost": Decimal(1), "residual": Decimal(0)},
            Month(2026, 6),
            "nominal value (1 yuan) is never charged",
        ),
    ],
)
def test_nothing_charged_is_explained_too(changes: dict[str, Any], month: Month, why: str) -> None:
    found = explain(terms(**changes), [], None, month)
    assert found.amount == 0
    assert why in found.rule


@given(any_terms())
def test_every_figure_of_a_schedule_is_explained_as_it_is(asset: Terms) -> None:
    charges = schedule(asset)
    for one in {charges[0], charges[len(charges) // 2], charges[-1]}:
        assert explain(asset, [], None, one.period).amount == one.amount


def test_a_posted_month_is_explained_from_where_the_asset_stood() -> None:
    state = running.replay(terms(), [], [(Month(2026, 1), 1_660_000)], {})
    found = explain_charge(terms(), state, [], Month(2026, 2))
    assert found.amount == Decimal("16600.00")
    assert ("This is month", "2") in found.inputs


def test_in_chinese() -> None:
    i18n.use("zh_CN")
    lines = explain(terms(cost=Decimal(100), residual=Decimal(0), months=36), [], None, Month(2026, 1)).lines
    assert "依据：企业会计准则第4号——固定资产" in lines
    assert "四舍五入到分：2.78。" in lines
