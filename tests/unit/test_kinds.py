"""What people type and see."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.models.assets import Method, Status
from logistics_desktop.errors import UserError
from logistics_desktop.ledger.fields import Kind, Reference
from logistics_desktop.ledger.kinds import numeric, parse, text_of
from logistics_desktop.ledgers import LEDGERS

ASSET = LEDGERS["assets"].by_key


def _decimals(places: int, most: int) -> st.SearchStrategy[Decimal]:
    return st.decimals(-most, most, places=places, allow_nan=False, allow_infinity=False)


_LINE = st.text(st.characters(exclude_categories=("Cc", "Cs", "Zl", "Zp")), min_size=1).map(str.strip).filter(bool)
VALUES: dict[str, st.SearchStrategy[Any]] = {
    "name": _LINE,
    "code": _LINE,
    "note": _LINE,
    "life_months": st.integers(0, 2**31 - 1),
    "quantity": _decimals(4, 10**13),
    "original_value": _decimals(2, 10**15),
    "residual_rate": _decimals(6, 100),
    "in_service_on": st.dates(),
    "method": st.sampled_from(Method),
    "status": st.sampled_from(Status),
}


@given(st.sampled_from(sorted(VALUES)).flatmap(lambda key: st.tuples(st.just(key), VALUES[key])))
def test_what_is_shown_can_be_typed_again(pair: tuple[str, Any]) -> None:
    key, value = pair
    assert parse(ASSET[key], text_of(ASSET[key], value)) == value


@pytest.mark.parametrize(
    ("key", "value", "text"),
    [
        ("original_value", Decimal("1234567.5"), "1,234,567.50"),
        ("original_value", Decimal("-0.005"), "-0.01"),
        ("quantity", Decimal("1200.5000"), "1,200.5"),
        ("quantity", Decimal("100"), "100"),
        ("residual_rate", Decimal("0.050000"), "5%"),
        ("in_service_on", date(1, 2, 3), "0001-02-03"),
        ("method", Method.STRAIGHT_LINE, "Straight line"),
        ("keeper_id", Reference(7, "张伟"), "张伟"),
        ("note", None, ""),
    ],
)
def test_values_are_shown_as_people_write_them(key: str, value: object, text: str) -> None:
    assert text_of(ASSET[key], value) == text


@pytest.mark.parametrize(
    ("key", "typed", "value"),
    [
        ("original_value", "￥１，２３４．５０", Decimal("1234.50")),
        ("original_value", "1 234.50元", Decimal("1234.50")),
        ("residual_rate", "5", Decimal("0.05")),
        ("residual_rate", "5 %", Decimal("0.05")),
        ("residual_rate", "0.05", Decimal("0.05")),
        ("residual_rate", "0.5%", Decimal("0.005")),
        ("life_months", "5年6个月", 66),
        ("life_months", "5 years", 60),
        ("life_months", "60", 60),
        ("in_service_on", "2019年3月5日", date(2019, 3, 5)),
        ("in_service_on", "20190305", date(2019, 3, 5)),
        ("in_service_on", "2019.3.5", date(2019, 3, 5)),
        ("method", "平均年限法", Method.STRAIGHT_LINE),
        ("status", "in use", Status.IN_USE),
        ("name", "  办公桌 ", "办公桌"),
        ("name", "   ", None),
    ],
)
def test_people_may_type_in_their_own_way(key: str, typed: str, value: object) -> None:
    assert parse(ASSET[key], typed) == value


@pytest.mark.parametrize(
    ("key", "typed"),
    [
        ("original_value", "abc"),
        ("original_value", "NaN"),
        ("original_value", "1e99999999999999999999"),
        ("original_value", "Infinity"),
        ("life_months", "年"),
        ("life_months", "1.5"),
        ("in_service_on", "2019-02-30"),
        ("in_service_on", "2019"),
        ("method", "magic"),
    ],
)
def test_what_makes_no_sense_is_refused_in_words(key: str, typed: str) -> None:
    with pytest.raises(UserError) as refused:
        parse(ASSET[key], typed)
    assert typed in str(refused.value)


def test_numbers_are_told_from_the_rest() -> None:
    numbers = {field.kind for field in LEDGERS["assets"] if numeric(field)}
    assert numbers == {Kind.QUANTITY, Kind.MONEY, Kind.RATE, Kind.MONTHS}
