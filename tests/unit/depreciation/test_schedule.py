"""What a schedule is: openings, changes, units, edges of every method."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from logistics_desktop.features.depreciation.months import Month
from logistics_desktop.features.depreciation.schedule import schedule
from logistics_desktop.features.depreciation.standards import Method, Standard
from logistics_desktop.features.depreciation.terms import Change
from tests.unit.depreciation.cases import TIMED, amounts, by_year, terms


def test_a_leap_day_starts_in_march_or_in_february() -> None:
    leap = date(2024, 2, 29)
    assert schedule(terms(in_service=leap))[0].period == Month(2024, 3)
    assert schedule(terms(standard=Standard.GOVERNMENT, residual=Decimal(0), in_service=leap))[0].period == Month(
        2024, 2
    )


def test_the_last_month_takes_what_rounding_left() -> None:
    assert amounts(schedule(terms(cost=Decimal(100), residual=Decimal(0), months=3))) == ["33.33", "33.33", "33.34"]
    assert amounts(schedule(terms(cost=Decimal(200), residual=Decimal(0), months=3))) == ["66.67", "66.67", "66.66"]


def test_rounded_up_charges_end_early_instead_of_passing_the_base() -> None:
    charges = schedule(terms(cost=Decimal("0.07"), residual=Decimal(0), months=12))
    assert amounts(charges) == ["0.01"] * 7 + ["0.00"] * 5


def test_half_a_cent_is_rounded_up() -> None:
    assert amounts(schedule(terms(cost=Decimal("0.05"), residual=Decimal(0), months=2))) == ["0.03", "0.02"]


@pytest.mark.parametrize("months", [12, 24])
def test_double_declining_over_two_years_is_straight_line(months: int) -> None:
    short = terms(Method.DOUBLE_DECLINING, months=months, cost=Decimal(1_000), residual=Decimal(7))
    straight = terms(months=months, cost=Decimal(1_000), residual=Decimal(7))
    assert schedule(short) == schedule(straight)


def test_double_declining_stops_at_the_residual_value() -> None:
    charges = schedule(terms(Method.DOUBLE_DECLINING, cost=Decimal(100), residual=Decimal(50)))
    assert by_year(charges) == [40, 10, 0, 0, 0]
    assert min(one.book_value for one in charges) == 50


def test_year_amounts_are_exact_before_they_are_rounded() -> None:
    """10,000 over seven years: 2/7, 2/7 x 5/7, ... each from the exact book value."""
    charges = schedule(terms(Method.DOUBLE_DECLINING, cost=Decimal(10_000), residual=Decimal(0), months=84))
    exact = [Decimal(10_000) * 2 / 7 * (Decimal(5) / 7) ** year for year in range(5)]
    assert by_year(charges)[:5] == [one.quantize(Decimal("0.01")) for one in exact]


@pytest.mark.parametrize("method", TIMED)
def test_nothing_to_charge_is_listed_as_nothing(method: Method) -> None:
    charges = schedule(terms(method, residual=Decimal(1_000_000)))
    assert amounts(charges) == ["0.00"] * 60


def test_an_opening_balance_is_spread_over_the_months_that_remain() -> None:
    charges = schedule(terms(opening_accumulated=Decimal(200_000), opening_months=12))
    assert charges[0].period == Month(2027, 1)
    assert len(charges) == 48
    assert (charges[0].amount, charges[0].accumulated) == (Decimal("16583.33"), Decimal("216583.33"))
    assert charges[-1].accumulated == 996_000


def test_the_sum_of_the_years_goes_on_after_an_opening_balance_as_if_it_had_been_here() -> None:
    whole = schedule(terms(Method.SUM_OF_YEARS))
    opened = terms(Method.SUM_OF_YEARS, opening_accumulated=Decimal(332_000), opening_months=12)
    assert schedule(opened) == whole[12:]


def test_double_declining_begins_anew_with_what_an_opening_balance_left() -> None:
    """600,000 over the four years that remain: half, half, then half of what is left each."""
    opened = terms(Method.DOUBLE_DECLINING, opening_accumulated=Decimal(400_000), opening_months=12)
    assert by_year(schedule(opened)) == [300_000, 150_000, 73_000, 73_000]


def test_an_asset_that_comes_fully_depreciated_is_not_charged() -> None:
    assert schedule(terms(opening_accumulated=Decimal(996_000), opening_months=75)) == []


def test_an_asset_without_depreciation_has_no_schedule() -> None:
    assert schedule(terms(Method.NONE)) == []


def test_an_asset_scrapped_before_its_first_month_is_not_charged() -> None:
    assert schedule(terms(disposed=date(2025, 12, 20))) == [], "enterprise: it would have started in January"
    government = terms(standard=Standard.GOVERNMENT, residual=Decimal(0), disposed=date(2025, 12, 20))
    assert schedule(government) == []


def test_a_book_may_begin_later_than_the_life() -> None:
    opened = terms(opening_accumulated=Decimal(200_000), opening_months=10, begins=Month(2027, 1))
    charges = schedule(opened)
    assert (charges[0].period, len(charges)) == (Month(2027, 1), 50)


def test_a_change_counts_from_its_month_on_and_leaves_what_was_posted() -> None:
    asset = terms(cost=Decimal(1_200), residual=Decimal(0), months=12)
    before = schedule(asset)
    after = schedule(asset, [Change(Month(2026, 5), months=24)])
    assert after[:4] == before[:4]
    assert amounts(after)[4:6] == ["40.00", "40.00"]
    assert len(after) == 24


def test_changes_of_one_month_are_one_change() -> None:
    month = Month(2026, 7)
    two = [Change(month, months=54), Change(month, residual=Decimal(10_000))]
    charges = schedule(terms(Method.DOUBLE_DECLINING), two)
    assert len(charges) == 54, "six months and four whole years"
    assert charges[6].amount == Decimal("33333.33"), "half of 800,000.02 over a year"
    assert charges == schedule(terms(Method.DOUBLE_DECLINING), [Change(month, months=54, residual=Decimal(10_000))])


def test_a_change_before_the_first_charge_counts_from_the_beginning() -> None:
    charges = schedule(terms(), [Change(Month(2025, 12), residual=Decimal(40_000))])
    assert amounts(charges)[0] == "16000.00"


def test_a_repair_of_a_fully_depreciated_asset_is_charged_after_a_gap() -> None:
    asset = terms(cost=Decimal(1_200), residual=Decimal(0), months=12)
    charges = schedule(asset, [Change(Month(2027, 6), cost=Decimal(1_800), months=18)])
    assert [str(one.period) for one in charges[11:13]] == ["2026-12", "2027-06"]
    assert amounts(charges)[12:] == ["100.00"] * 6
    assert charges[-1].book_value == 0


def test_a_change_of_method() -> None:
    charges = schedule(terms(Method.DOUBLE_DECLINING), [Change(Month(2027, 1), method=Method.STRAIGHT_LINE)])
    assert charges[11].book_value == 600_000
    assert amounts(charges)[12] == "12416.67"


def test_units_never_pass_the_base() -> None:
    machine = terms(Method.UNITS_OF_PRODUCTION, cost=Decimal(100), residual=Decimal(10), total_units=Decimal(30))
    units = {Month(2026, 1): Decimal(7), Month(2026, 3): Decimal(40), Month(2026, 4): Decimal(1)}
    charges = schedule(machine, units=units)
    assert [str(one.period) for one in charges] == ["2026-01", "2026-02", "2026-03", "2026-04"]
    assert amounts(charges) == ["21.00", "0.00", "69.00", "0.00"]
    assert charges[-1].book_value == 10


def test_the_last_units_take_what_is_left() -> None:
    machine = terms(Method.UNITS_OF_PRODUCTION, cost=Decimal(100), residual=Decimal(0), total_units=Decimal(3))
    months = [Month(2026, 1) + at for at in range(3)]
    assert amounts(schedule(machine, units=dict.fromkeys(months, Decimal(1)))) == ["33.33", "33.33", "33.34"]


def test_units_after_an_opening_balance_keep_their_rate() -> None:
    opened = terms(
        Method.UNITS_OF_PRODUCTION,
        cost=Decimal(600_000),
        residual=Decimal(30_000),
        total_units=Decimal(500_000),
        opening_accumulated=Decimal(114_000),
        opening_months=12,
    )
    assert amounts(schedule(opened, units={Month(2027, 1): Decimal(4_000)})) == ["4560.00"]


def test_a_change_of_value_goes_on_by_the_units_that_remain() -> None:
    machine = terms(Method.UNITS_OF_PRODUCTION, cost=Decimal(100), residual=Decimal(0), total_units=Decimal(100))
    units = {Month(2026, 1): Decimal(20), Month(2026, 2): Decimal(20)}
    charges = schedule(machine, [Change(Month(2026, 2), cost=Decimal(180))], units)
    assert amounts(charges) == ["20.00", "40.00"], "160 over the 80 units that remain: 2 each"


def test_units_done_while_nothing_is_left_are_used_up_all_the_same() -> None:
    machine = terms(Method.UNITS_OF_PRODUCTION, cost=Decimal(100), residual=Decimal(0), total_units=Decimal(100))
    months = [Month(2026, 1) + at for at in range(4)]
    units = dict(zip(months, (Decimal(100), Decimal(50), Decimal(25), Decimal(25)), strict=True))
    repaired = [Change(months[2], cost=Decimal(200), total_units=Decimal(200))]
    # 150 of the 200 are done before the repair: 100 over the 50 that remain, 2 each.
    assert amounts(schedule(machine, repaired, units)) == ["100.00", "0.00", "50.00", "50.00"]


def test_months_count_and_compare() -> None:
    month = Month.parse("2026-11")
    assert str(month + 2) == "2027-01"
    assert month - 11 == Month(2025, 12)
    assert Month(2027, 1) - month == 2
    assert (month.first_day, month.last_day) == (date(2026, 11, 1), date(2026, 11, 30))
    assert Month(2025, 12) < Month(2026, 1)
    for text in ("2026-13", "2026-00", "2026-1", "202601", "0000-01", "２０２６-01", ""):
        with pytest.raises(ValueError, match="month"):
            Month.parse(text)
