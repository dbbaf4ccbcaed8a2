"""Cells as text on the clipboard, as Excel and WPS write and read them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from logistics_desktop.errors import UserError
from logistics_desktop.workbook.pasting import MOST_ROWS, read_block
from logistics_desktop.workbook.tsv import harmless, read_tsv, unmarked, write_tsv

CELLS = st.text(st.sampled_from('ab桌"\t\n =+'), max_size=6)
TABLES = st.integers(1, 4).flatmap(
    lambda width: st.lists(st.lists(CELLS, min_size=width, max_size=width), min_size=1, max_size=5)
)


@given(TABLES)
def test_what_is_copied_is_pasted_as_it_was(table: list[list[str]]) -> None:
    if table[-1] == [""]:
        return  # an empty last line is the end of the one before, as Excel writes it
    assert read_tsv(write_tsv(table)) == table


@pytest.mark.parametrize(
    ("text", "cells"),
    [
        ("a\tb\r\nc\td\r\n", [["a", "b"], ["c", "d"]]),
        ('"两行\n文字"\tx\r\n', [["两行\n文字", "x"]]),
        ('"他说""好""\n走了"\tx', [['他说"好"\n走了', "x"]]),
        ('5" 屏\t"全部"\t"', [['5" 屏', '"全部"', '"']]),
        ("a\r\n\r\nb\r\n", [["a"], [""], ["b"]]),
        ("a\tb\nc", [["a", "b"], ["c", ""]]),
        ("\r\n", [[""]]),
        ("", []),
    ],
)
def test_text_is_read_as_excel_means_it(text: str, cells: list[list[str]]) -> None:
    assert read_tsv(text) == cells


@given(st.text(max_size=8))
def test_the_mark_against_formulas_is_taken_off_again(text: str) -> None:
    if not (text.startswith("'") and unmarked(text) != text):
        assert unmarked(harmless(text)) == text


def test_a_block_comes_by_columns() -> None:
    assert read_block("1\t2\n3\t4\n") == [("1", "3"), ("2", "4")]


@pytest.mark.parametrize(("text", "why"), [("", "holds no text"), ("x\n" * (MOST_ROWS + 1), "more than 100,000 rows")])
def test_nothing_and_too_much_are_refused_in_words(text: str, why: str) -> None:
    with pytest.raises(UserError, match=why):
        read_block(text)
