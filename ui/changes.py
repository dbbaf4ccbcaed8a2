"""News from the database: which tables somebody, perhaps this window, has just changed."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Protocol

from PySide6.QtCore import QObject, Qt, QTimer, Signal

_GATHER_MS = 50  # one transaction announces several tables; the screens need to hear of it once


class Listen(Protocol):
    """Waits for announcements until `stop` is set, reconnecting by itself; called in a thread of its own."""

    def __call__(
        self,
        on_tables: Callable[[frozenset[str]], object],
        on_connected: Callable[[bool], object],
        stop: threading.Event,
    ) -> object:
        """Tell `on_tables` of each announcement, `on_connected` when the connection comes or goes."""


class Changes(QObject):
    """Tells the screens, on the window's thread, which tables have changed and whether the database is reached."""

    changed = Signal(frozenset)  # names of tables
    connected = Signal(bool)
    _heard = Signal(frozenset)
    _reached = Signal(bool)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._gathered: set[str] = set()
        self._stop = threading.Event()
        self._thread: threading.Thread | None = None
        self._gather = QTimer(self, interval=_GATHER_MS, singleShot=True)
        self._gather.timeout.connect(self._announce)
        self._heard.connect(self.announce, Qt.ConnectionType.QueuedConnection)
        self._reached.connect(self.connected, Qt.ConnectionType.QueuedConnection)

    def start(self, listen: Listen) -> None:
        """Listen in a thread until `close`."""
        self._thread = threading.Thread(
            target=listen, args=(self._heard.emit, self._reached.emit, self._stop), name="changes", daemon=True
        )
        self._thread.start()

    def announce(self, tables: frozenset[str]) -> None:
        """Have `changed` sent for these tables in a moment."""
        self._gathered |= tables
        self._gather.start()

    def close(self) -> None:
        """Stop listening and wait for the thread."""
        self._gather.stop()
        self._stop.set()
        if self._thread is not None:
            self._thread.join()
            self._thread = None

    def _announce(self) -> None:
        tables, self._gathered = frozenset(self._gathered), set()
        self.changed.emit(tables)
