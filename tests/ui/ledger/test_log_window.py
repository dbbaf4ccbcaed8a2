"""The program's log on the screen, and what of it may be sent to somebody else."""

from __future__ import annotations

import logging
import sys
import threading
from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from logistics_desktop import logs
from tests.ui.windows import Settle
from ui.log_window import LogWindow
from ui.main_window import MainWindow

CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture(autouse=True)
def logging_to_the_file() -> Iterator[None]:
    """The program writes its log, as it does when it is started."""
    root = logging.getLogger()
    before = root.level, list(root.handlers), sys.excepthook, threading.excepthook
    logs.start()
    yield
    for handler in set(root.handlers) - set(before[1]):
        root.removeHandler(handler)
        handler.close()
    root.setLevel(before[0])
    sys.excepthook, threading.excepthook = before[2], before[3]


@pytest.fixture
def log(window: MainWindow, ids: dict[str, int], settle: Settle, qtbot: QtBot) -> LogWindow:
    """The log's window, opened by its key."""
    logging.getLogger("office").info("first")
    with qtbot.waitActive(window):
        window.activateWindow()
    QTest.keyClick(window, Qt.Key.Key_L, CTRL | Qt.KeyboardModifier.ShiftModifier)
    settle()
    (found,) = window.findChildren(LogWindow)
    assert found.isVisible()
    return found


def messages(log: LogWindow) -> list[str]:
    return [str(log.model.index(row, 3).data()) for row in range(log.model.rowCount())]


def test_what_is_logged_is_seen_while_it_is_followed(log: LogWindow, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: "first" in messages(log))
    logging.getLogger("office").error("second\nwith a trace")
    qtbot.waitUntil(lambda: "second" in messages(log), timeout=5_000)
    log.table.selectRow(messages(log).index("second"))
    assert log.whole.toPlainText() == "second\nwith a trace"


def test_levels_and_words_narrow_the_log(log: LogWindow, qtbot: QtBot, settle: Settle) -> None:
    logging.getLogger("office").error("the disk is full")
    qtbot.waitUntil(lambda: "the disk is full" in messages(log), timeout=5_000)
    log.level.setCurrentIndex(log.level.findData("ERROR"))
    assert messages(log) == ["the disk is full"]
    log.level.setCurrentIndex(log.level.findData("INFO"))
    QTest.keyClick(log, Qt.Key.Key_F, CTRL)
    QTest.keyClicks(log.search, "FIRST")
    settle()
    assert messages(log) == ["first"]


def test_the_copy_names_nobody(log: LogWindow, qtbot: QtBot, settle: Settle) -> None:
    office = log._workspace.office
    logging.getLogger("office").error(
        "用户 %s could not save 张伟 (Li Lei, 13800001111) to /home/li/工资.xlsx at %s, password=GEHEIM",
        office.user,
        "10.1.2.3",
    )
    qtbot.waitUntil(lambda: any("could not save" in text for text in messages(log)), timeout=5_000)
    QGuiApplication.clipboard().clear()
    log.table.setFocus()
    QTest.keyClick(log.table, Qt.Key.Key_C, CTRL)
    settle()
    text = QGuiApplication.clipboard().text()
    assert "could not save" in text
    assert f"PostgreSQL: {office.server_version()}" in text
    for secret in (office.user, "张伟", "13800001111", "/home", "li/", "工资", "10.1.2.3", "GEHEIM"):
        assert secret not in text
    assert "Read them through" in log.said.text()


def test_it_closes_with_escape_and_opens_again(log: LogWindow, window: MainWindow, settle: Settle) -> None:
    QTest.keyClick(log, Qt.Key.Key_Escape)
    assert not log.isVisible()
    assert window.open_log() is log
    settle()
    assert log.isVisible()
