"""News from the database reaches the screens on the window's thread, gathered."""

from __future__ import annotations

import threading
from collections.abc import Callable

from PySide6.QtCore import QThread
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from ui.changes import Changes


def test_announcements_are_gathered_and_arrive_on_the_windows_thread(qapp: QApplication, qtbot: QtBot) -> None:
    heard: list[tuple[frozenset[str], bool]] = []
    states: list[bool] = []
    main = QThread.currentThread()

    def listen(
        on_tables: Callable[[frozenset[str]], object], on_connected: Callable[[bool], object], stop: threading.Event
    ) -> None:
        on_connected(True)
        on_tables(frozenset({"asset"}))
        on_tables(frozenset({"staff", "asset"}))
        stop.wait(5)
        on_connected(False)

    changes = Changes()
    changes.changed.connect(lambda tables: heard.append((tables, QThread.currentThread() is main)))
    changes.connected.connect(states.append)
    changes.start(listen)
    qtbot.waitUntil(lambda: bool(heard))
    changes.close()
    assert heard == [(frozenset({"asset", "staff"}), True)]
    assert states[0] is True
    assert not [thread for thread in threading.enumerate() if thread.name == "changes"]
