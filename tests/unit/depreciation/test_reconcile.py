"""Finance's figures beside ours: what differs, and the guess at the cause."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from logistics_desktop.features.depreciation.cents import residual_of
from logistics_desktop.features.depreciation.differences import Cause, Figures, Ours, Theirs
from logistics_desktop.features.depreciation.guessing import figures_at
from logistics_desktop.features.depreciation.months import Month
from logistics_desktop.features.depreciation.reconcile import Line, reconcile
from logistics_desktop.features.depreciation.standards import Method
from logistics_desktop.features.depreciation.terms import Terms
from tests.unit.depreciation.cases import terms

MAY = Month(2028, 5)


def ours(asset: Terms, code: str = "A-1") -> Ours:
    return Ours(code, "办公桌", figures_at(asset, MAY), asset, 29)


def theirs(figures: Figures, code: str = "A-1", row: int = 4, **stated: Any) -> Theirs:
    return Theirs(row, code, "办公桌", figures, stated)


def compared(asset: Terms, figures: Figures, **stated: Any) -> Line:
    (line,) = reconcile([theirs(figures, **stated)], [ours(asset)], MAY).lines
    return line


def test_the_same_figures_agree() -> None:
    asset = terms()
    line = compared(asset, figures_at(asset, MAY))
    assert line.guess is None
    assert (line.row, line.differences) == (4, ())


def test_figures_without_rounding_agree_or_differ_by_rounding() -> None:
    asset = terms(cost=Decimal(100), residual=Decimal(0), months=36)
    exact = Decimal(100) / 36
    line = compared(asset, Figures(None, exact, exact * 29, 100 - exact * 29))
    assert [one.field for one in line.differences] == ["accumulated", "book_value"]
    assert line.guess is not None
    assert line.guess.cause is Cause.ROUNDING


@pytest.mark.parametrize(
    ("changes", "cause", "says"),
    [
        ({"in_service": date(2025, 11, 15)}, Cause.START, "start month: 2025-12 there, 2026-01 here"),
        ({"in_service": date(2026, 1, 15)}, Cause.START, "start month: 2026-02 there, 2026-01 here"),
        ({"residual": Decimal(0)}, Cause.RESIDUAL, "residual value: 0.00 there, 4,000.00 here"),
        ({"residual": Decimal(50_000)}, Cause.RESIDUAL, "residual value: 50,000.00 there, 4,000.00 here"),
        ({"months": 120}, Cause.LIFE, "life: 120 months there, 60 here"),
        ({"method": Method.SUM_OF_YEARS}, Cause.METHOD, "method: Sum of the years' digits there, Straight line here"),
        ({"method": Method.DOUBLE_DECLINING}, Cause.METHOD, "Double declining balance there"),
    ],
)
def test_the_cause_is_found_from_the_figures_alone(changes: dict[str, Any], cause: Cause, says: str) -> None:
    line = compared(terms(), replace(figures_at(terms(**changes), MAY), charged=None))
    assert line.guess is not None
    assert line.guess.cause is cause
    assert says in str(line)


def test_what_the_workbook_states_is_believed_first() -> None:
    odd = terms(months=77, residual=residual_of(Decimal(1_000_000), Decimal("0.0123")))
    line = compared(terms(months=77), figures_at(odd, MAY), residual_rate=Decimal("0.0123"), life_months=77)
    assert line.guess is not None
    assert (line.guess.cause, line.guess.params["theirs"]) == (Cause.RESIDUAL, "12,300.00")


def test_a_workbook_of_another_month_is_not_taken_for_other_start_months() -> None:
    before = figures_at(terms(), MAY - 1)
    there = [theirs(before, code, row) for row, code in enumerate("ABC")]
    there.append(theirs(figures_at(terms(residual=Decimal(0)), MAY), "D", 9))
    lines = reconcile(there, [ours(terms(), code) for code in "ABCD"], MAY).lines
    assert [line.guess.cause for line in lines if line.guess] == [Cause.EARLIER] * 3 + [Cause.RESIDUAL]
    assert str(lines[0].guess) == "the workbook is as of 2028-04"


def test_another_original_value_is_said_as_such() -> None:
    line = compared(terms(), figures_at(terms(cost=Decimal(2_000_000)), MAY))
    assert line.guess is not None
    assert line.guess.cause is Cause.COST


def test_a_workbook_that_goes_on_after_the_life() -> None:
    asset = terms(months=24)
    line = compared(asset, Figures(Decimal(1_000_000), Decimal(41_500), Decimal(1_203_500)))
    assert line.guess is not None
    assert line.guess.cause is Cause.PAST_LIFE


@pytest.mark.parametrize(
    ("figures", "cause"),
    [
        (Figures(Decimal(1_000_000), None, Decimal(1_200_000), Decimal(-200_000)), Cause.BELOW_ZERO),
        (Figures(Decimal(1_000_000), None, Decimal(481_400), Decimal(600_000)), Cause.NOT_ADDING),
        (Figures(Decimal(1_000_000), Decimal("123.45"), Decimal("77777.77")), Cause.UNKNOWN),
    ],
)
def test_a_workbook_that_is_wrong_in_itself(figures: Figures, cause: Cause) -> None:
    line = compared(terms(), figures)
    assert line.guess is not None
    assert line.guess.cause is cause


def test_months_counted_beyond_the_life_are_no_difference() -> None:
    asset = terms(months=24)
    assert figures_at(asset, MAY).charged == 24
    assert compared(asset, replace(figures_at(asset, MAY), charged=29)).guess is None
    assert [one.field for one in compared(asset, replace(figures_at(asset, MAY), charged=28)).differences] == [
        "charged"
    ]


def test_what_one_side_does_not_have_is_listed() -> None:
    agreed = figures_at(terms(), MAY)
    there = [theirs(agreed, "a -1", 4), theirs(agreed, "B", 5), theirs(agreed, "C", 6), theirs(agreed, "c", 7)]
    there.append(Theirs(8, "D", "", agreed, {}, "a cell holds an error"))
    found = reconcile(there, [ours(terms(), code) for code in ("A-1", "C", "D", "E")], MAY)
    assert [(one.code, one.guess.cause if one.guess else None) for one in found.lines] == [
        ("a -1", None),
        ("B", Cause.MISSING_HERE),
        ("C", Cause.TWICE),
        ("c", Cause.TWICE),
        ("D", Cause.UNREADABLE),
        ("E", Cause.MISSING_THERE),
    ]
    assert found.causes == {
        Cause.TWICE: 2,
        Cause.MISSING_HERE: 1,
        Cause.UNREADABLE: 1,
        Cause.MISSING_THERE: 1,
    }


def test_totals_count_what_both_sides_have() -> None:
    agreed = figures_at(terms(), MAY)
    found = reconcile([theirs(agreed), theirs(agreed, "B", 5)], [ours(terms())], MAY)
    assert {one.field: one.theirs - one.ours for one in found.totals} == dict.fromkeys(
        ("cost", "amount", "accumulated", "book_value"), Decimal(0)
    )
