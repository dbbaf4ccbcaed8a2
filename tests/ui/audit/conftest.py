"""A window on an office where something has happened."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QTimer
from pytestqt.qtbot import QtBot

from logistics_desktop import settings
from logistics_desktop.context import Office
from logistics_desktop.ledger import records
from logistics_desktop.ledgers import LEDGERS
from ui.audit.screen import AuditScreen
from ui.main_window import MainWindow

Settle = Callable[[], None]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The window is the same on every server; one is enough here."""
    items[:] = [item for item in items if "tests/ui/audit" not in item.nodeid or "debian" not in item.nodeid]


@pytest.fixture
def window(office: Office) -> Iterator[MainWindow]:
    """The program's own window; a desk was made and got a note, and there are three suppliers."""
    with office.session() as session:
        desk = records.create(session, LEDGERS["assets"], {"code": "A1", "name": "办公桌"})
        for code in "123":
            records.create(session, LEDGERS["suppliers"], {"code": code, "name": "x"})
    with office.session() as session:
        records.update(session, LEDGERS, LEDGERS["assets"], desk, 1, {"note": "moved"})
    window = MainWindow(office, settings, office.listen)
    window.resize(1400, 800)
    window.show()
    yield window
    window.close()
    window.deleteLater()


@pytest.fixture
def settle(window: MainWindow, qtbot: QtBot) -> Settle:
    """Waits until nothing is under way: no work in the background and no pause before some."""

    def settled() -> bool:
        pauses = (timer for timer in window.findChildren(QTimer) if timer.isSingleShot() and timer.interval() < 1_000)
        return not window.tasks.busy() and not any(timer.isActive() for timer in pauses)

    return lambda: qtbot.waitUntil(settled, timeout=10_000)


@pytest.fixture
def screen(window: MainWindow, settle: Settle) -> AuditScreen:
    """The auditor's screen, read."""
    opened = window.open_module("audit")
    assert isinstance(opened, AuditScreen)
    settle()
    return opened
