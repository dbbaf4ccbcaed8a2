"""What is refused, by which field, and what the message says."""

from __future__ import annotations

import pickle
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from logistics_desktop.errors import FieldErrors
from logistics_desktop.features.depreciation.months import Month
from logistics_desktop.features.depreciation.refusals import ChangeRefused, refused
from logistics_desktop.features.depreciation.schedule import schedule
from logistics_desktop.features.depreciation.standards import Method, Standard
from logistics_desktop.features.depreciation.terms import Change
from tests.unit.depreciation.cases import terms

GOVERNMENT: dict[str, Any] = {"standard": Standard.GOVERNMENT, "residual": Decimal(0)}


@pytest.mark.parametrize(
    ("changes", "field", "says"),
    [
        ({"cost": Decimal(0), "residual": Decimal(0)}, "cost", "above zero"),
        ({"cost": Decimal(-5), "residual": Decimal(0)}, "cost", "above zero"),
        ({"cost": Decimal("1.005"), "residual": Decimal(0)}, "cost", "two decimals"),
        ({"cost": Decimal("NaN")}, "cost", "too large"),
        ({"cost": Decimal("1e40")}, "cost", "too large"),
        ({"residual": Decimal(-1)}, "residual", "below zero"),
        ({"residual": Decimal("1000000.01")}, "residual", "above the original value"),
        ({"months": 0}, "months", "between 1 and 1,200"),
        ({"months": 1201}, "months", "between 1 and 1,200"),
        ({"method": Method.SUM_OF_YEARS, "months": 30}, "months", "whole years"),
        ({"method": Method.DOUBLE_DECLINING, "months": 61}, "months", "whole years"),
        ({**GOVERNMENT, "residual": Decimal("0.01")}, "residual", "no residual value"),
        ({**GOVERNMENT, "method": Method.SUM_OF_YEARS}, "method", "Only straight line and units"),
        ({**GOVERNMENT, "method": Method.DOUBLE_DECLINING}, "method", "Government Accounting Standard No. 3"),
        ({**GOVERNMENT, "cost": Decimal(1)}, "cost", "nominal value"),
        ({"method": Method.UNITS_OF_PRODUCTION}, "total_units", "total units"),
        ({"method": Method.UNITS_OF_PRODUCTION, "total_units": Decimal(0)}, "total_units", "above zero"),
        ({"method": Method.UNITS_OF_PRODUCTION, "total_units": Decimal("NaN")}, "total_units", "above zero"),
        ({"method": Method.UNITS_OF_PRODUCTION, "total_units": Decimal("0.00001")}, "total_units", "four decimals"),
        ({"opening_accumulated": Decimal(5)}, "opening_months", "needs the months already charged"),
        ({"opening_accumulated": Decimal(-5), "opening_months": 1}, "opening_accumulated", "below zero"),
        ({"opening_months": -1}, "opening_months", "below zero"),
        ({"opening_accumulated": Decimal("996000.01"), "opening_months": 12}, "opening_accumulated", "above the base"),
        ({"opening_accumulated": Decimal(500_000), "opening_months": 60}, "opening_months", "no month remains"),
        (
            {"method": Method.SUM_OF_YEARS, "opening_accumulated": Decimal(5), "opening_months": 7},
            "opening_months",
            "53 months remain",
        ),
        ({"disposed": date(2025, 12, 14)}, "disposed", "before the day in service"),
        (
            {"disposed": date(2026, 5, 1), "opening_accumulated": Decimal(5), "opening_months": 12},
            "disposed",
            "last month already charged, 2026-12",
        ),
    ],
)
def test_terms_that_cannot_be(changes: dict[str, Any], field: str, says: str) -> None:
    wrong = refused(terms(**changes))
    assert list(wrong) == [field]
    assert says in str(wrong[field])
    with pytest.raises(FieldErrors, match=says):
        schedule(terms(**changes))


def test_every_wrong_field_is_named_at_once() -> None:
    wrong = refused(terms(Method.SUM_OF_YEARS, standard=Standard.GOVERNMENT))
    assert set(wrong) == {"residual", "method"}


JULY = Month(2026, 7)


@pytest.mark.parametrize(
    ("change", "field", "says"),
    [
        (Change(JULY), "month", "says nothing"),
        (Change(Month(2025, 11), months=72), "month", "before the asset was ready for use"),
        (Change(JULY, months=6), "months", "6 months are charged already"),
        (Change(JULY, months=5), "months", "6 months are charged already"),
        (Change(JULY, months=0), "months", "between 1 and 1,200"),
        (Change(JULY, cost=Decimal(99_599)), "cost", "below what is already charged (99600.00)"),
        (Change(JULY, cost=Decimal(100_000)), "cost", "below the residual value 4000.00"),
        (Change(JULY, cost=Decimal(-1)), "cost", "above zero"),
        (Change(JULY, residual=Decimal(950_000)), "residual", "900400.00 is below the residual value"),
        (Change(JULY, residual=Decimal(-1)), "residual", "below zero"),
        (Change(JULY, impairment=Decimal("900400.01")), "impairment", "above the book value 900400.00"),
        (Change(JULY, impairment=Decimal(900_000)), "impairment", "Re-estimate the residual value"),
        (Change(JULY, impairment=Decimal(0)), "impairment", "above zero"),
        (Change(JULY, method=Method.SUM_OF_YEARS), "month", "54 months remain"),
        (Change(JULY, method=Method.SUM_OF_YEARS, months=61), "months", "55 months remain"),
        (Change(JULY, method=Method.UNITS_OF_PRODUCTION), "total_units", "no units"),
        (Change(JULY, total_units=Decimal(-1)), "total_units", "above zero"),
        (Change(Month(2031, 1), cost=Decimal(1_100_000)), "months", "life has to be longer"),
    ],
)
def test_changes_that_cannot_be(change: Change, field: str, says: str) -> None:
    with pytest.raises(ChangeRefused) as refusal:
        schedule(terms(), [change])
    assert list(refusal.value.by_field) == [field]
    assert says in str(refusal.value)


def test_a_change_of_a_posted_month_is_refused() -> None:
    opened = terms(opening_accumulated=Decimal(199_200), opening_months=12)
    with pytest.raises(ChangeRefused, match="posted months never change") as refusal:
        schedule(opened, [Change(Month(2026, 12), months=72)])
    assert list(refusal.value.by_field) == ["month"]
    assert len(schedule(opened, [Change(Month(2027, 1), months=72)])) == 60


def test_a_change_after_the_disposal_is_refused() -> None:
    with pytest.raises(ChangeRefused, match="after the disposal"):
        schedule(terms(disposed=date(2026, 6, 1)), [Change(JULY, months=72)])


def test_government_changes_follow_the_standard() -> None:
    for change in (Change(JULY, residual=Decimal(5)), Change(JULY, method=Method.SUM_OF_YEARS)):
        with pytest.raises(ChangeRefused, match=r"Only straight line|no residual value"):
            schedule(terms(**GOVERNMENT), [change])


def test_an_accelerated_method_cannot_break_its_year() -> None:
    with pytest.raises(ChangeRefused, match="54 months remain"):
        schedule(terms(Method.SUM_OF_YEARS), [Change(JULY, impairment=Decimal(10))])
    assert schedule(terms(Method.SUM_OF_YEARS), [Change(Month(2027, 1), impairment=Decimal(10))])


def test_the_same_field_twice_in_a_month_is_refused() -> None:
    with pytest.raises(ChangeRefused, match="given twice") as refusal:
        schedule(terms(), [Change(JULY, months=72), Change(JULY, months=84)])
    assert list(refusal.value.by_field) == ["months"]


@pytest.mark.parametrize(("units", "says"), [("-1", "below zero"), ("0.00001", "four decimals"), ("1e20", "15 digits")])
def test_units_that_cannot_be(units: str, says: str) -> None:
    machine = terms(Method.UNITS_OF_PRODUCTION, total_units=Decimal(100))
    with pytest.raises(FieldErrors, match=says) as refusal:
        schedule(machine, units={JULY: Decimal(units)})
    assert list(refusal.value.by_field) == ["units"]


def test_a_refused_change_travels_between_processes() -> None:
    with pytest.raises(ChangeRefused) as refusal:
        schedule(terms(), [Change(JULY)])
    copy = pickle.loads(pickle.dumps(refusal.value))  # noqa: S301 - our own
    assert isinstance(copy, ChangeRefused)
    assert str(copy) == str(refusal.value)
