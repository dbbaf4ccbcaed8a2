"""What follows from other fields, as pure rules, and what a duplicate leaves out."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from logistics_desktop.features.assets.fills import original_value, residual_value
from logistics_desktop.ledger import records
from logistics_desktop.ledger.duplicating import duplicate
from logistics_desktop.ledger.entity import Entity
from logistics_desktop.ledgers import LEDGERS

ENTITIES = [pytest.param(entity, id=entity.key) for entity in LEDGERS]
prices = st.decimals(0, 10**9, places=2)
counts = st.decimals(0, 10**4, places=4)
rates = st.decimals(0, 1, places=6)


def test_the_original_value_is_price_times_quantity_to_the_cent() -> None:
    assert original_value({"unit_price": Decimal("33.335"), "quantity": Decimal(3)}, {}) == {
        "original_value": Decimal("100.01")
    }
    assert original_value({"unit_price": Decimal(5)}, {}) == {}
    assert original_value({"unit_price": None, "quantity": Decimal(3)}, {}) == {}
    assert original_value({"unit_price": Decimal(0), "quantity": Decimal(3)}, {}) == {"original_value": Decimal("0.00")}


@given(prices, counts, rates)
def test_amounts_are_in_cents_and_the_residual_is_never_above_the_cost(
    price: Decimal, count: Decimal, rate: Decimal
) -> None:
    cost = original_value({"unit_price": price, "quantity": count}, {})["original_value"]
    assert abs(cost - price * count) <= Decimal("0.005")
    residual = residual_value({"original_value": cost, "residual_rate": rate}, {})["residual_value"]
    assert residual.as_tuple().exponent == -2
    assert 0 <= residual <= cost


@pytest.mark.parametrize("entity", ENTITIES)
def test_every_fill_names_fields_of_its_ledger_and_none_goes_round(entity: Entity) -> None:
    follows = {key: set(fill.gives) for fill in entity.fills for key in fill.watches}
    for fill in entity.fills:
        assert {*fill.watches, *fill.gives} <= set(entity.by_key)
        assert not fill.reference or entity.by_key[fill.reference].target is not None
    for start in follows:
        seen: set[str] = set()
        at = {start}
        while at:
            at = {more for key in at for more in follows.get(key, ())} - seen
            assert start not in at
            seen |= at


@pytest.mark.parametrize("entity", ENTITIES)
def test_a_duplicate_leaves_out_what_must_be_unique_and_says_so(entity: Entity) -> None:
    values = {field.key: f"value of {field.key}" for field in entity}
    blank = records.blank(entity)
    made = duplicate(entity, values, blank)
    left = {field.key for field in made.left_out}
    assert entity.match[-1].key in left
    assert all(made.values[key] == blank[key] for key in left)
    assert all(made.values[key] == values[key] for key in values if key not in left)
    assert duplicate(entity, blank, blank).left_out == ()
