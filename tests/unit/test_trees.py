"""Trees by position: codes, blanks, levels."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from logistics_desktop.workbook.trees import by_codes, by_depth, rings


@pytest.mark.parametrize(
    ("codes", "above"),
    [
        (["A", "A02", "A0201", "A02010104"], [None, 0, 1, 2]),
        (["A02000000", "A02010000", "A02010100", "A02010105"], [None, 0, 1, 2]),
        (["2000000", "2010000", "2010100", "2010104"], [None, 0, 1, 2]),
        (["1", "1.2", "1.20", "1.2.1"], [None, 0, 0, 1]),
        (["B1", "A1", ""], [None, None, None]),
    ],
)
def test_a_code_lies_in_the_longest_one_it_begins_with(codes: list[str], above: list[int | None]) -> None:
    assert by_codes(codes) == above


def test_depth_makes_a_tree() -> None:
    assert by_depth([0, 1, 2, None, 1, 0, 3]) == [None, 0, 1, None, 0, None, 5]


@given(codes=st.lists(st.text("A01", max_size=6)))
def test_codes_never_make_a_ring(codes: list[str]) -> None:
    assert not rings({place: at for place, at in enumerate(by_codes(codes)) if at is not None})


@given(above=st.lists(st.integers(0, 9), min_size=10, max_size=10))
def test_every_map_of_all_rows_has_a_ring_and_each_row_is_in_one_at_most(above: list[int]) -> None:
    found = rings(dict(enumerate(above)))
    rows = [row for ring in found for row in ring]
    assert found
    assert len(rows) == len(set(rows))
    assert all(above[row] == ring[(at + 1) % len(ring)] for ring in found for at, row in enumerate(ring))


def test_a_row_in_itself_is_a_ring() -> None:
    assert rings({0: 1, 1: 1}) == [[1]]
