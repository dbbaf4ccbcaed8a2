"""Changing a route while it is designed: whatever is put in can be taken out, and nothing else moves."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from logistics_desktop.features.approvals import editing
from logistics_desktop.features.approvals.definition import Approver, Branch, Condition, Copy, Definition, Fork, Step

_KEYS = st.integers(0, 999).map(lambda number: f"key{number}")
_NAMES = st.text(max_size=8)
_STEP = st.builds(Step, _KEYS, _NAMES, st.just((Approver("head"),)))
_COPY = st.builds(Copy, _KEYS, _NAMES, st.just((Approver("post", post="finance"),)))
_WHEN = st.sampled_from(((), (Condition("amount", ">", 500),)))


def _forks(inside: st.SearchStrategy[Step | Copy | Fork]) -> st.SearchStrategy[Step | Copy | Fork]:
    branches = st.builds(Branch, _NAMES, _WHEN, st.lists(inside, max_size=3).map(tuple))
    return st.builds(Fork, _KEYS, st.lists(branches, min_size=1, max_size=3).map(tuple))


_STEPS = st.recursive(st.one_of(_STEP, _COPY), _forks, max_leaves=8)
_ROUTES = st.builds(Definition, st.lists(_STEPS, min_size=1, max_size=4).map(tuple))


@given(_ROUTES, st.data())
def test_what_is_put_in_can_be_taken_out(route: Definition, data: st.DataObject) -> None:
    place, found = data.draw(st.sampled_from(list(editing.walk(route.steps))))
    new = Branch("new") if isinstance(found, Branch) else Step(editing.new_key(route), "new", ())
    changed = editing.insert(route, place, new)
    assert editing.at(changed, place) == new
    assert editing.remove(changed, place) == route


@given(_ROUTES, st.data(), st.sampled_from((-1, 1)))
def test_moving_there_and_back_changes_nothing(route: Definition, data: st.DataObject, by: int) -> None:
    place, found = data.draw(st.sampled_from(list(editing.walk(route.steps))))
    changed, there = editing.move(route, place, by)
    assert editing.at(changed, there) == found
    back = editing.move(changed, there, -by)
    assert back == (route, place) if there != place else changed == route


@given(_ROUTES, st.data())
def test_putting_back_what_stands_there_changes_nothing(route: Definition, data: st.DataObject) -> None:
    place, found = data.draw(st.sampled_from(list(editing.walk(route.steps))))
    assert editing.put(route, place, found) == route


@given(_ROUTES)
def test_a_new_key_is_new_and_the_stored_route_reads_back(route: Definition) -> None:
    keys = {editing.key_of(route, place) for place, _one in editing.walk(route.steps)}
    assert editing.new_key(route) not in keys
    assert Definition.from_json(route.to_json()) == route


@pytest.mark.parametrize("place", [(7,), (0, 0), (0, 0, 0)])
def test_a_place_that_is_none_is_told(place: tuple[int, ...]) -> None:
    route = Definition((Step("one", "one", ()),))
    with pytest.raises(IndexError):
        editing.at(route, place)
