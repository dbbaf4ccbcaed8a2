"""A window on an office with a row of desks, chairs that wait, and two editions of the class table."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from decimal import Decimal

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QDialog, QMessageBox
from pytestqt.qtbot import QtBot

from logistics_desktop import settings
from logistics_desktop.context import Office
from logistics_desktop.ledger import records
from logistics_desktop.ledgers import LEDGERS
from ui.assets.classes_screen import ClassesScreen
from ui.assets.screen import AssetsScreen
from ui.ledger.screen import LedgerScreen
from ui.main_window import MainWindow

Settle = Callable[[], None]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The window is the same on every server; one is enough here."""
    items[:] = [item for item in items if "tests/ui/assets" not in item.nodeid or "debian" not in item.nodeid]


@pytest.fixture
def ids(office: Office) -> dict[str, int]:
    """What the office has, by name."""
    made: dict[str, int] = {}
    with office.session() as session:

        def put(called: str, ledger: str, **values: object) -> None:
            made[called] = records.create(session, LEDGERS[ledger], values)

        put("wang", "staff", code="R1", name="王芳")
        put("old desk", "classes", edition="2010", code="6010200", name="办公桌", life_months=180, unit="张")
        put("old lamp", "classes", edition="2010", code="6010300", name="台灯")
        put("new desk", "classes", edition="2022", code="A05010201", name="办公桌")
        desk = {"name": "办公桌", "class_id": made["old desk"], "quantity": Decimal(3), "original_value": Decimal(100)}
        put("desks", "assets", code="OLD-1", purchased_on="2025-03-01", keeper_id=made["wang"], **desk)
        put("chair", "assets", name="办公椅", class_id=made["old desk"])
    return made


@pytest.fixture
def window(office: Office, ids: dict[str, int], qtbot: QtBot) -> Iterator[MainWindow]:
    """The program's own window on the office."""
    window = MainWindow(office, settings, office.listen)
    window.resize(1400, 800)
    window.show()
    yield window
    for dialog in window.findChildren(QDialog):
        dialog.close()
    for box in window.findChildren(QMessageBox):
        box.close()
    for screen in window.findChildren(LedgerScreen):
        screen.panel.hide()
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
def assets(window: MainWindow, settle: Settle, qtbot: QtBot) -> AssetsScreen:
    """The screen of the assets."""
    screen = window.open_module("assets")
    assert isinstance(screen, AssetsScreen)
    settle()
    with qtbot.waitActive(window):
        window.activateWindow()
    return screen


@pytest.fixture
def classes(window: MainWindow, settle: Settle) -> ClassesScreen:
    """The screen of the classes."""
    screen = window.open_module("classes")
    assert isinstance(screen, ClassesScreen)
    settle()
    return screen
