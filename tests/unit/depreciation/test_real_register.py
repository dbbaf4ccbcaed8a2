"""A real register of 42 assets, as of 4 June 2024: the months already charged and the straight-line figures agree."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from logistics_desktop.features.depreciation.cents import residual_of
from logistics_desktop.features.depreciation.months import Month
from logistics_desktop.features.depreciation.schedule import schedule
from logistics_desktop.features.depreciation.standards import Method, Standard, months_until
from logistics_desktop.features.depreciation.terms import Terms
from tests.unit.depreciation.cases import by_year

SL, SYD, DDB = Method.STRAIGHT_LINE, Method.SUM_OF_YEARS, Method.DOUBLE_DECLINING

Row = tuple[int, Method, str, int, int, str, int]

REGISTER: list[
    Row
] = [  # number, method, in service, life in years, original value, residual rate, months already charged
    (1, SYD, "2005-12-30", 40, 130000, "0.2", 221),
    (2, SYD, "2006-02-27", 14, 3950, "0.05", 219),
    (3, SYD, "2006-10-30", 14, 21920, "0.05", 211),
    (4, DDB, "2006-12-30", 40, 125000, "0.2", 209),
    (5, SL, "2006-12-31", 14, 3080, "0.05", 209),
    (6, SL, "2007-12-30", 40, 43408, "0.2", 197),
    (7, DDB, "2007-12-30", 14, 4944, "0.05", 197),
    (8, SYD, "2007-12-30", 14, 2704, "0.05", 197),
    (9, SYD, "2008-03-30", 14, 10130, "0.05", 194),
    (10, SL, "2008-06-28", 40, 61800, "0.2", 191),
    (11, SYD, "2008-06-28", 40, 30000, "0.2", 191),
    (12, DDB, "2008-06-29", 40, 13432, "0.2", 191),
    (13, DDB, "2010-12-31", 40, 380000, "0.2", 161),
    (14, SYD, "2010-12-31", 40, 400000, "0.2", 161),
    (15, DDB, "2011-08-31", 10, 500000, "0.05", 153),
    (16, SYD, "2011-09-29", 10, 169840, "0.05", 152),
    (17, DDB, "2011-10-30", 10, 188670, "0.05", 151),
    (18, DDB, "2011-11-30", 40, 220000, "0.2", 150),
    (19, SL, "2012-04-29", 5, 6080, "0.05", 145),
    (20, DDB, "2014-08-30", 5, 16472, "0.05", 117),
    (21, DDB, "2014-09-29", 10, 3960, "0.05", 116),
    (22, DDB, "2014-12-30", 40, 1219100, "0.2", 113),
    (23, DDB, "2014-12-30", 40, 1998900, "0.2", 113),
    (24, DDB, "2014-12-30", 40, 196400, "0.2", 113),
    (25, SYD, "2014-12-30", 5, 27840, "0.05", 113),
    (26, DDB, "2014-12-30", 4, 570, "0.05", 113),
    (27, SL, "2015-06-30", 14, 10100, "0.05", 107),
    (28, SL, "2015-06-30", 14, 10700, "0.05", 107),
    (29, SL, "2015-06-30", 14, 4670, "0.05", 107),
    (30, SYD, "2015-06-30", 14, 4670, "0.05", 107),
    (31, SYD, "2015-06-30", 14, 4670, "0.05", 107),
    (32, SL, "2015-12-30", 14, 930000, "0.05", 101),
    (33, SL, "2016-04-29", 5, 196690, "0.05", 97),
    (34, SL, "2016-11-29", 14, 90000, "0.05", 90),
    (35, SL, "2016-11-29", 14, 9000, "0.05", 90),
    (36, DDB, "2017-03-30", 5, 12000, "0.05", 86),
    (37, DDB, "2017-03-30", 5, 8800, "0.05", 86),
    (38, SL, "2017-10-30", 5, 10500, "0.05", 79),
    (39, SYD, "2020-09-28", 5, 11920, "0.05", 44),
    (40, DDB, "2022-05-03", 10, 4530, "0.05", 24),
    (41, SL, "2022-05-30", 14, 255760, "0.05", 24),
    (42, SYD, "2024-05-25", 4, 60440, "0.05", 0),
]


def of(row: Row) -> Terms:
    _number, method, in_service, years, cost, rate, _charged = row
    value = Decimal(cost)
    residual = residual_of(value, Decimal(rate))
    return Terms(Standard.ENTERPRISE, method, value, residual, years * 12, date.fromisoformat(in_service))


@pytest.mark.parametrize("row", REGISTER, ids=lambda row: str(row[0]))
def test_the_months_already_charged_are_those_of_the_register(row: Row) -> None:
    asset = of(row)
    may = Month(2024, 5)
    assert months_until(asset.standard, asset.in_service, may) == row[-1]
    charged = [one for one in schedule(asset) if one.period <= may]
    assert len(charged) == min(row[-1], asset.months), "never longer than the life"


def test_the_whole_register_is_charged_down_to_its_residual_values() -> None:
    assert len(REGISTER) == 42
    assert sum(of(row).cost for row in REGISTER) == 7_402_650
    for row in REGISTER:
        assert schedule(of(row))[-1].book_value == of(row).residual


def test_the_straight_line_sheet_of_asset_3() -> None:
    """The sheet has 123.952380952381 a month, 1,487.42857142857 a year and 20,824 in all."""
    cost = Decimal(21_920)
    asset = Terms(Standard.ENTERPRISE, SL, cost, residual_of(cost, Decimal("0.05")), 168, date(2006, 10, 30))
    charges = schedule(asset)
    assert {one.amount for one in charges[:-1]} == {Decimal("123.95")}
    assert all(abs(year - Decimal("1487.42857142857")) < Decimal("0.5") for year in by_year(charges))
    assert charges[-1].accumulated == 20_824


def test_the_first_year_of_the_accelerated_sheets() -> None:
    """Their first years are right: 4,878.05 by the sum of the years, 3,131.43 by double declining balance."""
    (four,) = (row for row in REGISTER if row[0] == 4)
    (three,) = (row for row in REGISTER if row[0] == 3)
    assert by_year(schedule(of((4, SYD, *four[2:]))))[0] == Decimal("4878.05")
    assert by_year(schedule(of((3, DDB, *three[2:]))))[:3] == [
        Decimal("3131.43"),
        Decimal("2684.08"),
        Decimal("2300.64"),
    ]
