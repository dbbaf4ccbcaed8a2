"""A process that is asked to stop ends as if its window had been closed."""

from __future__ import annotations

import signal

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from ui.interrupts import Interrupts


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_ends_the_program_even_while_qt_only_waits(number: signal.Signals, qtbot: QtBot) -> None:
    before = signal.getsignal(number)
    owner = QObject()
    ended: list[bool] = []
    interrupts = Interrupts(lambda: ended.append(True), owner)
    signal.raise_signal(number)
    qtbot.waitUntil(lambda: bool(ended))
    interrupts.close()
    assert signal.getsignal(number) is before
