"""A window on an office with a few departments, people and assets."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from decimal import Decimal

import pytest
import sqlalchemy as sa
from PySide6.QtWidgets import QMessageBox
from pytestqt.qtbot import QtBot

from logistics_desktop.context import Office
from logistics_desktop.ledger import records
from logistics_desktop.ledgers import LEDGERS
from tests.ui.windows import Settle, shown_window
from ui.ledger.screen import LedgerScreen
from ui.main_window import MainWindow

OpenScreen = Callable[[str], LedgerScreen]

ASSETS = [  # code, name, department, keeper, original value, in service on
    ("ZC001", "办公桌", "010101", "R1", "1200.50", date(2020, 3, 5)),
    ("ZC002", "会议桌", "0101", "R2", "8800.00", date(2021, 7, 1)),
    ("ZC003", "空调", "02", None, "3600.00", None),
    ("ZC004", "办公椅", "010101", "R2", None, date(2024, 1, 31)),
]


@pytest.fixture
def ids(office: Office) -> dict[str, int]:
    """The ids of what the office has, by code."""
    made: dict[str, int] = {}

    def put(session: sa.orm.Session, ledger: str, **values: object) -> None:
        made[str(values["code"])] = records.create(session, LEDGERS[ledger], values)

    with office.session() as session:
        put(session, "departments", code="01", name="总部")
        put(session, "departments", code="0101", name="行政部", parent_id=made["01"])
        put(session, "departments", code="010101", name="总务科", parent_id=made["0101"])
        put(session, "departments", code="02", name="工程部")
        put(session, "staff", code="R1", name="张伟", department_id=made["0101"])
        put(session, "staff", code="R2", name="王芳", department_id=made["02"])
        for code, name, department, keeper, value, day in ASSETS:
            put(
                session,
                "assets",
                code=code,
                name=name,
                department_id=made[department],
                keeper_id=made.get(keeper or ""),
                original_value=Decimal(value) if value else None,
                in_service_on=day,
            )
    return made


@pytest.fixture
def window(office: Office, qtbot: QtBot) -> Iterator[MainWindow]:
    """The program's own window on the office, listening for news."""
    with shown_window(office) as window:
        yield window


@pytest.fixture
def open_screen(window: MainWindow, settle: Settle, qtbot: QtBot) -> OpenScreen:
    """Opens a ledger and waits for its rows; the window is the active one, so that shortcuts reach it."""

    def open_(key: str) -> LedgerScreen:
        screen = window.open_module(key)
        assert isinstance(screen, LedgerScreen)
        settle()
        with qtbot.waitActive(window):
            window.activateWindow()
        return screen

    return open_


@pytest.fixture
def assets(ids: dict[str, int], open_screen: OpenScreen) -> LedgerScreen:
    """The screen of the four assets."""
    return open_screen("assets")


def column(screen: LedgerScreen, key: str) -> list[str]:
    """The texts of a column from the top down."""
    at = [field.key for field in screen.entity].index(key)
    return [str(screen.model.index(row, at).data()) for row in range(screen.model.rowCount())]


def question(screen: LedgerScreen) -> QMessageBox:
    """The question on show."""
    return next(box for box in screen.window().findChildren(QMessageBox) if box.isVisible())


def answer(screen: LedgerScreen, label: str) -> str:
    """Press a button of the question on show; gives what it said."""
    box = question(screen)
    said = f"{box.text()}\n{box.informativeText()}"
    next(button for button in box.buttons() if button.text() == label).click()
    return said
