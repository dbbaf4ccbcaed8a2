"""A row divided into cards and put together again keeps every cent."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from logistics_desktop.errors import UserError
from logistics_desktop.features.assets.sharing import differences, even, merge, share, split

CENT = Decimal("0.01")
money = st.decimals(0, 10**9, places=2, allow_nan=False)
parts = st.lists(st.decimals("0.0001", 1000, places=4), min_size=2, max_size=60)


def row(**changes: Any) -> dict[str, Any]:
    values = {
        "code": "A-1",
        "name": "办公桌",
        "serial_number": None,
        "keeper_id": 3,
        "location_id": 4,
        "quantity": Decimal(3),
        "unit_price": Decimal("33.33"),
        "original_value": Decimal("100.00"),
        "residual_value": Decimal("5.00"),
    }
    return {**values, **changes}


@given(total=money, weights=parts)
def test_shares_add_up_and_are_within_a_cent(total: Decimal, weights: list[Decimal]) -> None:
    shares = share(total, weights)
    assert sum(shares) == total
    assert all(abs(got - total * weight / sum(weights)) <= CENT for got, weight in zip(shares, weights, strict=True))


@given(cost=money, rate=st.decimals(0, 1, places=3), quantities=parts)
def test_cards_put_together_again_are_the_row(cost: Decimal, rate: Decimal, quantities: list[Decimal]) -> None:
    whole = row(
        quantity=sum(quantities), original_value=cost, residual_value=(cost * rate).quantize(CENT), serial_number="SN1"
    )
    cards = split(whole, quantities)
    assert merge(cards) == whole
    assert not any(one.forbidden for one in differences(cards))
    assert all(0 <= card["residual_value"] <= card["original_value"] for card in cards)
    assert [card["code"] for card in cards] == ["A-1", *[None] * (len(cards) - 1)]


@given(quantity=st.integers(2, 500), data=st.data())
def test_a_whole_quantity_is_split_into_whole_parts(quantity: int, data: st.DataObject) -> None:
    count = data.draw(st.integers(2, quantity))
    got = even(Decimal(quantity), count)
    assert sum(got) == quantity
    assert max(got) - min(got) <= 1
    assert all(part == part.to_integral_value() and part > 0 for part in got)


def test_a_hundred_yuan_in_three() -> None:
    assert [card["original_value"] for card in split(row(), even(Decimal(3), 3))] == [
        Decimal("33.33"),
        Decimal("33.34"),
        Decimal("33.33"),
    ]


def test_a_row_without_a_cost_stays_without() -> None:
    cards = split(row(original_value=None, residual_value=None), even(Decimal(3), 3))
    assert [card["original_value"] for card in cards] == [None] * 3
    assert merge(cards)["original_value"] is None


def test_serial_numbers_are_dealt_out_and_collected() -> None:
    cards = split(row(serial_number="S1, S2，S3"), even(Decimal(3), 3))
    assert [card["serial_number"] for card in cards] == ["S1", "S2", "S3"]
    assert merge(cards, keep=1)["serial_number"] == "S2, S1, S3"


@pytest.mark.parametrize(
    ("quantities", "said"),
    [
        ([Decimal(1)], "2 to"),
        ([Decimal(1), Decimal(1)], "together"),
        ([Decimal(4), Decimal(-1)], "above zero"),
        ([Decimal(3), Decimal(0)], "above zero"),
    ],
)
def test_what_is_no_split_is_said(quantities: list[Decimal], said: str) -> None:
    with pytest.raises(UserError, match=said):
        split(row(), quantities)


@pytest.mark.parametrize(
    ("quantity", "count"), [(Decimal(3), 4), (Decimal(0), 2), (Decimal(9), 1), (Decimal(9**9), 5001)]
)
def test_what_cannot_be_divided_is_said(quantity: Decimal, count: int) -> None:
    with pytest.raises(UserError):
        even(quantity, count)


def test_cards_that_are_not_alike_say_in_what() -> None:
    cards = [row(), row(code="A-2", name="办公椅", keeper_id=9, residual_value=None)]
    found = {one.key: one for one in differences(cards)}
    assert {key for key, one in found.items() if one.forbidden} == {"name", "residual_value"}
    assert found["keeper_id"].kept == 3
    assert found["code"].values == ("A-1", "A-2")
