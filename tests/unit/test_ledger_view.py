"""How a user looks at a ledger: sorts, saved views, ranges of days, filters in words, text for the clipboard."""

from __future__ import annotations

from array import array
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from itertools import count
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from logistics_desktop.ledger.colours import COLOURS
from logistics_desktop.ledger.filters import Between, Blank, Contains, Filter, OneOf, Query, Sort, Within
from logistics_desktop.ledger.groups import Group, groupable
from logistics_desktop.ledgers import LEDGERS
from logistics_desktop.ready_rules import READY
from ui import theme
from ui.ledger import quick_dates, tints, view
from ui.ledger.filter_words import in_words
from ui.ledger.outline import Outline, headings
from ui.ledger.sorting import next_sorts, sort_sign
from ui.ledger.view import Column, View

ASSETS = LEDGERS["assets"]
KEYS = [field.key for field in ASSETS]

keys = st.sampled_from(KEYS)
columns = st.permutations(KEYS).flatmap(
    lambda order: st.lists(
        st.tuples(st.booleans(), st.integers(24, 2000)), min_size=len(order), max_size=len(order)
    ).map(lambda looks: tuple(Column(key, shown, width) for key, (shown, width) in zip(order, looks, strict=True)))
)
views = st.builds(
    View,
    columns.filter(lambda made: any(column.shown for column in made)),
    st.builds(Query, st.just(()), st.text(max_size=5), st.lists(st.builds(Sort, keys, st.booleans())).map(tuple)),
    st.integers(24, 2000),
    st.lists(st.sampled_from([f.key for f in ASSETS if groupable(f)]), unique=True, max_size=2).map(tuple),
    st.lists(st.sampled_from(READY["assets"]), max_size=4).map(tuple),
    st.none() | st.integers(1),
)


@given(views)
def test_a_view_is_read_back_as_it_was_saved(made: View) -> None:
    assert view.from_json(ASSETS, view.to_json(made)) == made


@pytest.mark.parametrize(
    "data",
    [
        {},
        [1],
        5,
        {"columns": None, "query": None, "panel": "wide"},
        {"columns": 7, "query": [], "groups": "code", "rules": {}, "named": "x"},
        {"groups": ["note", "gone", 5, "note"], "rules": [{"label": "a"}]},
        {"columns": [{"key": "gone", "shown": True, "width": 5}, 7, {"key": "code"}], "query": {"filters": [3]}},
        {"columns": [{"key": key, "shown": False, "width": 99} for key in KEYS], "panel": 10**9},
    ],
)
def test_settings_that_somebody_spoilt_give_a_table_with_columns(data: Any) -> None:
    made = view.from_json(ASSETS, data)
    assert sorted(column.key for column in made.columns) == sorted(KEYS)
    assert made.keys
    assert made.panel_width == view.PANEL_WIDTH
    assert (made.groups, made.rules, made.named) == ((), (), None)


def test_pinned_columns_are_the_first_and_stay_pinned() -> None:
    made = view.first_view(ASSETS)
    pinned = replace(made, columns=tuple(replace(c, pinned=c.key in ("note", "status")) for c in made.columns))
    read = view.from_json(ASSETS, view.to_json(pinned))
    assert [c.key for c in read.columns if c.pinned] == ["status", "note"]
    assert [c.pinned for c in read.columns][:3] == [True, True, False]


def _luminance(colour: str) -> float:
    parts = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize("colour", list(COLOURS))
def test_what_is_written_on_a_colour_can_be_read(colour: str) -> None:
    for shades, text in ((tints.LIGHT, theme.LIGHT.text), (tints.DARK, theme.DARK.text)):
        low, high = sorted((_luminance(shades[colour]), _luminance(text)))
        assert (high + 0.05) / (low + 0.05) >= 7


lengths = st.lists(st.lists(st.integers(0, 5), min_size=1, max_size=4), max_size=4)


@given(lengths, st.data())
def test_the_lines_of_groups_are_the_headings_and_the_rows_of_the_open_ones(
    sizes: list[list[int]], data: st.DataObject
) -> None:
    number = count(1)
    found, ids = [], {}
    for a, inner in enumerate(sizes):
        for b, size in enumerate(inner):
            found.append(Group((a, b), size, {}))
            ids[a, b] = array("q", [next(number) for _each in range(size)])
    made = headings(ASSETS, ("life_months", "life_months"), found)
    paths = [one.path for one in made]
    open_ = frozenset(data.draw(st.lists(st.sampled_from(paths))) if paths else [])
    outline = Outline(made, ids, open_)
    expected: list[int] = []
    for at, one in enumerate(made):
        if one.level and one.path[:1] not in open_:
            continue
        expected.append(-at - 1)
        if one.last and one.path in open_:
            expected += ids[one.path]
    assert list(outline.lines) == expected
    start = data.draw(st.integers(0, len(expected)))
    part = range(start, data.draw(st.integers(start, len(expected))))
    rows = [line for line in expected[part.start : part.stop] if line > 0]
    assert list(outline.rows(part)) == rows
    assert outline.count(part) == len(rows)
    assert sum(one.count for one in made if not one.level) == sum(map(sum, sizes))


@given(st.lists(st.tuples(keys, st.booleans()), max_size=12))
def test_clicks_on_headers_never_sort_twice_by_one_column(clicks: list[tuple[str, bool]]) -> None:
    sorts: tuple[Sort, ...] = ()
    for key, add in clicks:
        before = sorts
        sorts = next_sorts(sorts, key, add=add)
        assert len({sort.key for sort in sorts}) == len(sorts)
        if add:
            assert [s for s in sorts if s.key != key] == [s for s in before if s.key != key]


def test_three_clicks_go_up_down_and_back() -> None:
    up = next_sorts((), "code", add=False)
    down = next_sorts(up, "code", add=False)
    assert (up, down, next_sorts(down, "code", add=False)) == ((Sort("code"),), (Sort("code", True),), ())
    assert (sort_sign(up, "code"), sort_sign(down, "code"), sort_sign(down, "name")) == ("↑ ", "↓ ", "")
    assert sort_sign((*down, Sort("name")), "name") == "↑2 "


@given(st.dates(date(1, 2, 1), date(9998, 12, 31)), st.sampled_from(list(quick_dates.NAMES)))
def test_a_quick_range_lies_where_its_name_says(today: date, name: str) -> None:
    if today.year == 1:
        today = today.replace(year=2)
    low, high = quick_dates.days(name, today)
    assert high is not None
    if name.startswith("this"):
        assert low is not None
        assert low <= today <= high
    else:
        assert high < today
    if low is not None:
        assert low.day == 1
        assert (high + timedelta(days=1)).day == 1


@pytest.mark.parametrize(
    ("one", "said"),
    [
        (Contains("name", "desk"), "Name: “desk”"),
        (Between("original_value", Decimal(1000), None), "Original value: from 1,000.00"),
        (Between("original_value", None, Decimal("5.5")), "Original value: up to 5.50"),
        (Between("in_service_on", date(2024, 1, 1), date(2024, 1, 1)), "In service on: 2024-01-01"),
        (Between("residual_rate", Decimal(0), Decimal("0.05")), "Residual rate: 0% to 5%"),
        (OneOf("status", ("in_use", "idle", "lent", "scrapped")), "Status: In use, Idle and 2 more"),
        (Within("department_id", (4, 9), True), "Department: 总部, #9 and below"),
        (Blank("keeper_id"), "Keeper: empty"),
        (Blank("keeper_id", empty=False), "Keeper: filled"),
    ],
)
def test_a_filter_is_said_in_words(one: Filter, said: str) -> None:
    assert in_words(ASSETS, one, {4: "总部"}) == said
