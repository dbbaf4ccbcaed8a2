"""Garbage is looked for in full when the user turns away, not in the middle of work."""

from __future__ import annotations

import gc
import weakref
from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from ui.collecting import collect_when_away


class _Ring:
    """Refers to itself, so that only a collection ends it."""

    def __init__(self) -> None:
        self.me = self


@pytest.fixture
def collecting(qapp: QApplication) -> Iterator[QApplication]:
    before = gc.get_threshold()
    collect_when_away(qapp)
    yield qapp
    qapp.applicationStateChanged.disconnect()
    gc.set_threshold(*before)


def test_a_ring_goes_when_the_user_turns_to_another_program(collecting: QApplication) -> None:
    ring = _Ring()
    gc.collect()  # grown old: the small collections do not look at it any more
    left = weakref.ref(ring)
    del ring
    collecting.applicationStateChanged.emit(Qt.ApplicationState.ApplicationActive)
    assert left() is not None
    collecting.applicationStateChanged.emit(Qt.ApplicationState.ApplicationInactive)
    assert left() is None


def test_work_causes_no_full_collection(collecting: QApplication) -> None:
    full = gc.get_stats()[2]["collections"]
    kept = [[number] for number in range(200_000)]
    assert len(kept) == 200_000
    assert gc.get_stats()[2]["collections"] == full
