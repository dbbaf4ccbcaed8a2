"""Large work does not wake the collector, and nothing stays put aside afterwards."""

from __future__ import annotations

import gc

import pytest

from logistics_desktop.collecting import collect_again, uncollected


def test_what_is_made_in_the_block_is_not_looked_through_until_it_is_taken_back() -> None:
    before = gc.get_freeze_count()
    with uncollected():
        made = [[number] for number in range(1_000)]
        assert not gc.isenabled()
    assert gc.isenabled()
    assert gc.get_freeze_count() >= before + len(made)
    collect_again()
    assert gc.get_freeze_count() == 0


def test_the_collector_works_again_after_an_error() -> None:
    with pytest.raises(ZeroDivisionError), uncollected():
        raise ZeroDivisionError
    assert gc.isenabled()
    collect_again()
