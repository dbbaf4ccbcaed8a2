"""Where a block goes, by the rules that everybody knows from spreadsheets."""

from __future__ import annotations

import pytest

from logistics_desktop.errors import UserError
from ui.ledger.cell_selection import Band, one_block, rows_of, runs
from ui.ledger.paste_target import aim

SHOWN = [4, 0, 2, 7]  # the user moved the columns
BLOCK = [("a", "b"), ("c", "d")]


def test_a_block_begins_at_the_chosen_cell_in_the_order_on_show() -> None:
    target = aim(BLOCK, [range(3, 4)], (0,), SHOWN, [range(3, 10)])
    assert (list(target.rows), target.new) == ([3, 4], 0)
    assert target.columns == {0: ["a", "b"], 2: ["c", "d"]}


def test_one_value_fills_whatever_is_selected() -> None:
    target = aim([("x",)], [range(1, 3), range(5, 6)], (0, 7), SHOWN, [range(1, 10)])
    assert (list(target.rows), target.new) == ([1, 2, 5], 0)
    assert target.columns == {0: ["x"] * 3, 7: ["x"] * 3}


def test_a_selection_that_is_a_multiple_is_filled_with_the_block() -> None:
    target = aim(BLOCK, [range(4)], (4, 0, 2, 7), SHOWN, [range(10)])
    assert target.columns == {4: ["a", "b"] * 2, 0: ["c", "d"] * 2, 2: ["a", "b"] * 2, 7: ["c", "d"] * 2}


def test_the_headings_of_groups_are_left_out() -> None:
    target = aim(BLOCK, [range(3, 4)], (0,), SHOWN, [range(3, 4), range(6, 10)])
    assert (list(target.rows), target.new) == ([3, 6], 0)
    with pytest.raises(UserError, match="heading of a group"):
        aim(BLOCK, [], (0,), SHOWN, [range(3, 4)])


def test_what_goes_below_the_last_row_is_new() -> None:
    target = aim(BLOCK, [range(9, 10)], (4,), SHOWN, [range(9, 10)])
    assert (list(target.rows), target.new) == ([9], 1)


def test_a_block_wider_than_the_table_is_refused_in_words() -> None:
    with pytest.raises(UserError, match="2 columns, but from the chosen cell on the table shows only 1"):
        aim(BLOCK, [range(3, 4)], (7,), SHOWN, [range(3, 10)])


def test_a_value_over_too_many_rows_is_refused_in_words() -> None:
    with pytest.raises(UserError, match="200,000 rows are selected; at most 100,000"):
        aim([("x",)], [range(200_000)], (4,), SHOWN, [range(200_000)])


def test_rows_far_apart_with_the_same_columns_are_one_block() -> None:
    bands = [Band(range(1, 3), (4, 0)), Band(range(3, 4), (4, 0)), Band(range(8, 9), (4, 0))]
    assert one_block(bands) == ([range(1, 4), range(8, 9)], (4, 0))
    assert rows_of(bands) == [range(1, 4), range(8, 9)]


def test_other_columns_in_other_rows_are_no_block() -> None:
    with pytest.raises(UserError, match="Select the same columns in every row"):
        one_block([Band(range(1), (4,)), Band(range(1, 2), (0,))])


def test_numbers_become_ranges() -> None:
    assert runs([1, 2, 3, 7, 9, 10]) == [range(1, 4), range(7, 8), range(9, 11)]
