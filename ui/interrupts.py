"""Ctrl+C in the terminal and a polite kill end the program as closing its window does: saved, and the server left."""

from __future__ import annotations

import signal
import socket
from collections.abc import Callable

from PySide6.QtCore import QObject, QSocketNotifier

_SIGNALS = (signal.SIGINT, signal.SIGTERM)


class Interrupts(QObject):
    """Calls `end` on the window's thread when the process is asked to stop.

    Python's own handlers wait for Python code, which may not run for hours while Qt waits for events; a byte in a
    socket wakes Qt.
    """

    def __init__(self, end: Callable[[], object], parent: QObject) -> None:
        super().__init__(parent)
        self._heard, self._told = socket.socketpair()
        self._heard.setblocking(False)
        self._told.setblocking(False)
        self._end = end
        self._before = {number: signal.signal(number, lambda _number, _frame: None) for number in _SIGNALS}
        signal.set_wakeup_fd(self._told.fileno())
        self._notifier = QSocketNotifier(self._heard.fileno(), QSocketNotifier.Type.Read, self)
        self._notifier.activated.connect(self._hear)

    def close(self) -> None:
        """Give the signals back to whoever had them."""
        signal.set_wakeup_fd(-1)
        for number, handler in self._before.items():
            signal.signal(number, handler)
        self._notifier.setEnabled(False)
        self._heard.close()
        self._told.close()

    def _hear(self) -> None:
        self._heard.recv(64)
        self._end()
