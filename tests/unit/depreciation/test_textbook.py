"""The published examples, worked out by hand."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from logistics_desktop.features.depreciation.months import Month
from logistics_desktop.features.depreciation.schedule import schedule
from logistics_desktop.features.depreciation.standards import Method, Standard
from logistics_desktop.features.depreciation.terms import Change
from tests.unit.depreciation.cases import amounts, by_year, terms

JANUARY = Month(2026, 1)


def test_straight_line_of_the_textbook() -> None:
    """A plant building: 5,000,000, twenty years, 2 % residual; 20,416.67 a month."""
    charges = schedule(terms(cost=Decimal(5_000_000), residual=Decimal(100_000), months=240))
    assert amounts(charges)[:2] == ["20416.67", "20416.67"]
    assert charges[-1].amount == Decimal("20415.87"), "the last month takes what is left"
    assert charges[-1].accumulated == Decimal(4_900_000)
    assert charges[-1].book_value == Decimal(100_000)


def test_double_declining_of_the_textbook() -> None:
    """1,000,000, five years, 4,000 residual: 40 % three times, then half of what is left each."""
    charges = schedule(terms(Method.DOUBLE_DECLINING))
    assert by_year(charges) == [400_000, 240_000, 144_000, 106_000, 106_000]
    assert amounts(charges)[:1] == ["33333.33"]
    assert amounts(charges)[11:13] == ["33333.37", "20000.00"], "the twelfth month takes the rest of the year"
    assert charges[-1].book_value == 4_000


def test_sum_of_the_years_of_the_textbook() -> None:
    """1,000,000, five years, 4,000 residual: 5/15, 4/15, 3/15, 2/15, 1/15 of 996,000."""
    charges = schedule(terms(Method.SUM_OF_YEARS))
    assert by_year(charges) == [332_000, 265_600, 199_200, 132_800, 66_400]
    assert amounts(charges)[10:13] == ["27666.67", "27666.63", "22133.33"]


def test_units_of_production_of_the_textbook() -> None:
    """A lorry: 600,000, 500,000 km, 5 % residual, 4,000 km in the month: 1.14 a kilometre, 4,560."""
    lorry = terms(
        Method.UNITS_OF_PRODUCTION, cost=Decimal(600_000), residual=Decimal(30_000), total_units=Decimal(500_000)
    )
    assert amounts(schedule(lorry, units={JANUARY: Decimal(4_000)})) == ["4560.00"]


def test_units_of_production_that_do_not_divide() -> None:
    """A machine: 680,000, 2,000,000 pieces, 3 % residual, 34,000 pieces: 11,213.20 (0.3298 each)."""
    machine = terms(
        Method.UNITS_OF_PRODUCTION, cost=Decimal(680_000), residual=Decimal(20_400), total_units=Decimal(2_000_000)
    )
    assert amounts(schedule(machine, units={JANUARY: Decimal(34_000)})) == ["11213.20"]


def test_a_vehicle_of_a_public_institution() -> None:
    """Government: 240,000 over eight years without residual, from the month of delivery: 2,500."""
    charges = schedule(terms(standard=Standard.GOVERNMENT, cost=Decimal(240_000), residual=Decimal(0), months=96))
    assert charges[0].period == Month(2025, 12)
    assert set(amounts(charges)) == {"2500.00"}
    assert (charges[-1].period, charges[-1].book_value) == (Month(2033, 11), Decimal(0))


def test_an_impairment_spreads_what_is_left() -> None:
    """120,000 over ten years; after two years 16,000 of impairment leave 80,000 for 96 months: 833.33."""
    asset = terms(cost=Decimal(120_000), residual=Decimal(0), months=120)
    charges = schedule(asset, [Change(Month(2028, 1), impairment=Decimal(16_000))])
    assert amounts(charges)[23:25] == ["1000.00", "833.33"]
    assert charges[23].book_value == 96_000
    assert charges[24].book_value == Decimal("79166.67")
    assert charges[-1].accumulated == 104_000
    assert charges[-1].book_value == 0


def test_a_capitalised_repair_with_a_longer_life() -> None:
    """A line of 568,000 (3 % residual, six years), half way enlarged by 300,000 and to last ten years in all."""
    line = terms(cost=Decimal(568_000), residual=Decimal(17_040), months=72)
    charges = schedule(line, [Change(Month(2029, 1), cost=Decimal(868_000), months=120, residual=Decimal(26_040))])
    assert amounts(charges)[0] == "7652.22"
    charged = Decimal("7652.22") * 36
    assert charges[36].amount == ((Decimal(868_000) - charged - Decimal(26_040)) / 84).quantize(Decimal("0.01"))
    assert len(charges) == 120
    assert charges[-1].book_value == Decimal(26_040)


def test_bought_and_scrapped_in_the_books_of_both_standards() -> None:
    gone = date(2026, 3, 31)
    enterprise = schedule(terms(disposed=gone))
    government = schedule(terms(standard=Standard.GOVERNMENT, residual=Decimal(0), disposed=gone))
    assert [str(one.period) for one in enterprise] == ["2026-01", "2026-02", "2026-03"]
    assert [str(one.period) for one in government] == ["2025-12", "2026-01", "2026-02"]
    assert set(amounts(enterprise)) == {"16600.00"}, "no catch-up charge"
