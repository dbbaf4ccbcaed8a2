"""What the quick search knows about a row."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from logistics_desktop.ledger.initials import LENGTH, VARIANTS, initials
from logistics_desktop.ledger.search import fold, grams, search_text
from logistics_desktop.ledgers import LEDGERS


@pytest.mark.parametrize(
    ("name", "typed"),
    [
        ("办公桌", "bgz"),
        ("重庆", "cq"),
        ("重庆", "zq"),
        ("长城汽车", "ccqc"),
        ("HP打印机（黑白）", "hpdyjhb"),
        ("䶮", "y"),
    ],
)
def test_a_name_is_found_by_its_initials(name: str, typed: str) -> None:
    assert typed in initials(name).split()


def test_a_name_without_chinese_has_no_initials() -> None:
    assert initials("ThinkPad X1") == ""


def test_a_long_name_full_of_readings_stays_small() -> None:
    found = initials("重长行乐" * 100).split()
    assert len(found) <= VARIANTS
    assert {len(one) for one in found} == {LENGTH}


@given(st.text(), st.data())
def test_every_part_of_a_text_has_its_numbers_in_the_text(text: str, data: st.DataObject) -> None:
    folded = fold(text)
    start = data.draw(st.integers(0, len(folded)))
    part = folded[start : data.draw(st.integers(start, len(folded)))]
    assert set(grams(part)) <= set(grams(folded))


@given(st.text(st.characters(min_codepoint=0x4E00, max_codepoint=0x9FFF), min_size=1))
def test_every_chinese_word_has_numbers_to_be_found_by(word: str) -> None:
    numbers = grams(word)
    assert numbers
    assert all(-(2**31) <= number < 2**31 for number in numbers)


def test_only_searched_fields_are_searched() -> None:
    text = search_text(LEDGERS["assets"], {"name": "办公桌", "code": "ZC-１", "note": "秘密", "keeper_id": 4})
    assert text == "zc-1\n办公桌\nbgz"
