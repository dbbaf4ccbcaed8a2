"""A window on an office with a few assets, for somebody from finance."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

import pytest
from pytestqt.qtbot import QtBot

from db.models.assets import Method, Standard
from logistics_desktop.context import Office
from logistics_desktop.features.depreciation import closing, runs
from logistics_desktop.features.depreciation.months import Month
from logistics_desktop.ledger import records
from logistics_desktop.ledgers import LEDGERS
from tests.ui.windows import Settle, shown_window
from ui.depreciation.screen import DepreciationScreen
from ui.main_window import MainWindow

ASSETS = [  # code, name, class, department, original value, in service on
    ("ZC001", "办公桌", "desk", "office", "1200.00", date(2025, 12, 5)),
    ("ZC002", "会议桌", "desk", "works", "2400.00", date(2025, 12, 20)),
    ("ZC003", "空调", "air", "works", "3600.00", date(2026, 1, 10)),
]


@pytest.fixture
def ids(office: Office) -> dict[str, int]:
    """What the office has, by code or a short name: three assets, two classes, two departments."""
    made: dict[str, int] = {}
    with office.session() as session:

        def put(called: str, ledger: str, **values: object) -> None:
            made[called] = records.create(session, LEDGERS[ledger], values)

        put("office", "departments", code="01", name="办公室")
        put("works", "departments", code="02", name="工程部")
        put("desk", "classes", edition="2022", code="A05", name="家具", life_months=12, method=Method.STRAIGHT_LINE)
        put("machines", "classes", edition="2022", code="A02", name="设备", life_months=36)
        above = {"parent_id": made["machines"], "residual_rate": Decimal("0.05")}
        put("air", "classes", edition="2022", code="A0206", name="空调", **above)
        for code, name, kind, department, cost, day in ASSETS:
            put(
                code,
                "assets",
                code=code,
                name=name,
                class_id=made[kind],
                department_id=made[department],
                original_value=Decimal(cost),
                in_service_on=day,
            )
    return made


@pytest.fixture
def book(office: Office, ids: dict[str, int]) -> int:
    """A book of the enterprise standard from January 2026, without any month calculated."""
    with office.session() as session:
        values = {"code": "1", "name": "主账", "standard": Standard.ENTERPRISE, "first_month": date(2026, 1, 1)}
        return records.create(session, LEDGERS["books"], values)


@pytest.fixture
def two_closed(office: Office, book: int) -> int:
    """The same book with January and February closed and March calculated."""
    for month in (Month(2026, 1), Month(2026, 2), Month(2026, 3)):
        with office.session() as session:
            runs.run(session, book, month)
        if month.month < 3:
            with office.session() as session:
                closing.close(session, book, month)
    return book


@pytest.fixture
def window(office: Office, qtbot: QtBot) -> Iterator[MainWindow]:
    """The program's own window on the office, listening for news."""
    with shown_window(office, height=860) as window:
        yield window


@pytest.fixture
def screen(window: MainWindow, settle: Settle, qtbot: QtBot) -> DepreciationScreen:
    """The screen of depreciation, opened after the other fixtures have filled the office."""
    opened = window.open_module("depreciation")
    assert isinstance(opened, DepreciationScreen)
    settle()
    with qtbot.waitActive(window):
        window.activateWindow()
    return opened
