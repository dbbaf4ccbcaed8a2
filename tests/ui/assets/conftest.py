"""A window on an office with a row of desks, chairs that wait, and two editions of the class table."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

import pytest
from pytestqt.qtbot import QtBot

from logistics_desktop.context import Office
from logistics_desktop.ledger import records
from logistics_desktop.ledgers import LEDGERS
from tests.ui.windows import Settle, shown_window
from ui.assets.classes_screen import ClassesScreen
from ui.assets.screen import AssetsScreen
from ui.main_window import MainWindow


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
    with shown_window(office) as window:
        yield window


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
