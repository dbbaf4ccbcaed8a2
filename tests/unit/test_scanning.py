"""A scanner that types is told from a person, by time, prefix and suffix."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from logistics_desktop.scanning import Burst, Scanner, scanner


def typed(burst: Burst, text: str, start: int = 0, gap: int = 5) -> int:
    """Type `text`; answers the time of its last character."""
    at = start
    for place, char in enumerate(text):
        at = start + place * gap
        burst.add(char, at)
    return at


def test_fast_characters_with_an_end_are_a_scan() -> None:
    burst = Burst(Scanner())
    last = typed(burst, "ZC-2026-0001")
    assert burst.ended(last + 5) == "ZC-2026-0001"
    assert burst.ended(last + 6) is None


def test_a_person_is_not_a_scanner() -> None:
    burst = Burst(Scanner())
    last = typed(burst, "ZC-2026-0001", gap=90)
    assert burst.ended(last + 90) is None


def test_a_pause_before_the_end_or_a_short_burst_is_no_scan() -> None:
    burst = Burst(Scanner())
    assert burst.ended(typed(burst, "ZC001") + 300) is None
    assert burst.ended(typed(burst, "abc", 1000) + 5) is None


def test_what_was_typed_before_a_scan_is_not_part_of_it() -> None:
    burst = Burst(Scanner())
    typed(burst, "old", gap=120)
    assert burst.ended(typed(burst, "ZC001", 1000) + 5) == "ZC001"


def test_prefix_and_suffix_are_taken_off_and_asked_for() -> None:
    burst = Burst(Scanner(prefix="~", suffix="#"))
    typed(burst, "~ZC001#")
    assert burst.complete() == "ZC001"
    burst.forget()
    assert burst.ended(typed(burst, "ZC001#", 1000) + 5) is None
    typed(burst, "~ZC0", 2000)
    assert burst.complete() is None
    assert burst.may_be_marked()
    assert burst.silent() is None


def test_silence_ends_a_scan_only_after_a_prefix() -> None:
    marked, plain = Burst(Scanner(prefix="~")), Burst(Scanner())
    typed(marked, "~ZC001")
    typed(plain, "ZC001")
    assert marked.silent() == "ZC001"
    assert plain.silent() is None


@given(st.dictionaries(st.sampled_from(["prefix", "suffix", "gap_ms", "least"]), st.one_of(st.text(), st.integers())))
def test_saved_settings_are_always_usable(data: dict[str, object]) -> None:
    found = scanner(data)
    assert 10 <= found.gap_ms <= 200
    assert 1 <= found.least <= 20
    assert len(found.prefix) <= 8
