"""Queries that the settings keep."""

from __future__ import annotations

import json
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from logistics_desktop.ledger.filters import (
    Between,
    Blank,
    Contains,
    OneOf,
    Query,
    Sort,
    Within,
    from_json,
    to_json,
)
from logistics_desktop.ledgers import LEDGERS

ASSETS = LEDGERS["assets"]

_NUMBERS = st.none() | st.decimals(allow_nan=False, allow_infinity=False)
_DATES = st.none() | st.dates()
_KEYS = st.sampled_from(sorted(ASSETS.by_key))
FILTERS = st.one_of(
    st.builds(Contains, st.sampled_from(["name", "code", "keeper_id"]), st.text()),
    st.builds(Between, st.sampled_from(["original_value", "quantity", "residual_rate"]), _NUMBERS, _NUMBERS),
    st.builds(Between, st.sampled_from(["in_service_on", "purchased_on"]), _DATES, _DATES),
    st.builds(Between, st.just("life_months"), st.none() | st.integers(), st.none() | st.integers()),
    st.builds(OneOf, st.just("status"), st.lists(st.sampled_from(["in_use", "idle", "lent"])).map(tuple)),
    st.builds(
        Within, st.sampled_from(["department_id", "class_id"]), st.lists(st.integers()).map(tuple), st.booleans()
    ),
    st.builds(Blank, _KEYS, st.booleans()),
)
QUERIES = st.builds(
    Query, st.lists(FILTERS).map(tuple), st.text(), st.lists(st.builds(Sort, _KEYS, st.booleans())).map(tuple)
)


@given(QUERIES)
def test_a_query_comes_back_from_the_settings_as_it_was(query: Query) -> None:
    assert from_json(ASSETS, json.loads(json.dumps(to_json(query)))) == query


_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text() | st.sampled_from(["between", "low", "ids"]), inner),
)


@given(st.dictionaries(st.sampled_from(["filters", "search", "sorts", "other"]), _JSON))
def test_damaged_settings_never_stop_a_ledger_from_opening(data: dict[str, Any]) -> None:
    assert isinstance(from_json(ASSETS, data), Query)


def test_what_the_ledger_no_longer_knows_is_left_out() -> None:
    data = {
        "filters": [
            {"contains": "gone", "text": "x"},
            {"between": "original_value", "low": "cheap", "high": None},
            {"between": "name", "low": "1", "high": None},
            {"one_of": "status", "values": ["in_use", "melted"]},
        ],
        "search": "桌",
        "sorts": [["gone", False], ["name", True]],
    }
    assert from_json(ASSETS, data) == Query((OneOf("status", ("in_use",)),), "桌", (Sort("name", True),))
