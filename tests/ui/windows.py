"""The program's own window as the tests open it, wait for it and leave it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QDialog
from pytestqt.qtbot import QtBot

from logistics_desktop import settings
from logistics_desktop.context import Office
from ui.ledger.screen import LedgerScreen
from ui.main_window import MainWindow

Settle = Callable[[], None]

_PAUSE_MS = 1_000  # what waits longer is no answer that a test is waiting for


def show_window(office: Office, width: int = 1400, height: int = 800) -> MainWindow:
    """The window on an office, listening for news."""
    window = MainWindow(office, settings, office.listen)
    window.resize(width, height)
    window.show()
    return window


def close_window(window: MainWindow) -> None:
    """Close a window with all that it has open, unsaved or not: it would stay and ask."""
    for dialog in window.findChildren(QDialog):
        dialog.close()
    for screen in window.findChildren(LedgerScreen):
        screen.panel.hide()
    window.close()
    window.deleteLater()


@contextmanager
def shown_window(office: Office, width: int = 1400, height: int = 800) -> Iterator[MainWindow]:
    """The window on an office for as long as a test has it."""
    window = show_window(office, width, height)
    yield window
    close_window(window)


def wait_until_settled(window: MainWindow, qtbot: QtBot, timeout: int = 10_000) -> None:
    """Wait until nothing is under way: no work in the background and no pause before some. `timeout` in ms."""

    def settled() -> bool:
        timers = window.findChildren(QTimer)
        pauses = (timer for timer in timers if timer.isSingleShot() and timer.interval() < _PAUSE_MS)
        return not window.tasks.busy() and not any(timer.isActive() for timer in pauses)

    qtbot.waitUntil(settled, timeout=timeout)
