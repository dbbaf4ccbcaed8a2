"""What every test of the window shares: a screen in memory, an office of its own, and nothing left over."""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator
from functools import partial
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")  # before Qt is imported

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QTimer
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from logistics_desktop import i18n
from tests.ui.windows import Settle, wait_until_settled
from ui.main_window import MainWindow


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The screens, a folder each, are the same on every server; one is enough for them."""
    here = Path(__file__).parent
    items[:] = [item for item in items if here not in item.path.parent.parents or "debian" not in item.nodeid]


@pytest.fixture(autouse=True)
def nothing_left_over(qapp: QApplication) -> Iterator[None]:
    """Fail the test that leaves a thread running, a timer ticking or a window open."""
    threads = set(threading.enumerate())
    windows = set(QApplication.topLevelWidgets())
    yield
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    left = [thread.name for thread in threading.enumerate() if thread not in threads and thread.is_alive()]
    open_ = [repr(w) for w in QApplication.topLevelWidgets() if w not in windows and w.isVisible()]
    ticking = [repr(t) for w in QApplication.topLevelWidgets() if w not in windows for t in _ticking(w)]
    assert not left, f"threads left running: {left}"
    assert not open_, f"windows left open: {open_}"
    assert not ticking, f"timers left ticking: {ticking}"


def _ticking(owner: QWidget) -> list[QTimer]:
    return [timer for timer in owner.findChildren(QTimer) if timer.isActive() and not timer.isSingleShot()]


@pytest.fixture(autouse=True)
def a_home_of_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep the settings of the test apart from those of whoever runs it."""
    monkeypatch.setenv("LOGISTICS_DESKTOP_HOME", str(tmp_path / "home"))


@pytest.fixture(autouse=True)
def in_english() -> Iterator[None]:
    """Begin and end in English, whatever the system speaks."""
    i18n.use("en")
    yield
    i18n.use("en")


@pytest.fixture
def settle(window: MainWindow, qtbot: QtBot) -> Settle:
    """Waits until nothing is under way in the window of the test."""
    return partial(wait_until_settled, window, qtbot)
