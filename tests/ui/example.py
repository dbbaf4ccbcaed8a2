"""An office and modules to fill the window with, where a test is about the window itself."""

from __future__ import annotations

import threading
from collections.abc import Callable

from PySide6.QtWidgets import QLabel, QTableWidget, QTableWidgetItem, QWidget

from db.schema import State
from logistics_desktop.context import Office
from logistics_desktop.features.permissions.rights import EVERYTHING, Rights
from logistics_desktop.i18n import N_
from logistics_desktop.profiles import Profile
from ui.registry import Module
from ui.start import StartPage
from ui.workspace import Workspace


class ExampleOffice(Office):
    """An office that no database is behind, so that nothing but the window is tested."""

    def __init__(self, user: str = "u_li", name: str = "示例集团") -> None:
        self.closed = False
        profile = Profile(name, "server", host="db.example", database=name, user=user)
        super().__init__(profile, profile.target(None), lambda: None)

    asks_password = False

    def server_version(self) -> str:
        return "18.6"

    def rights(self) -> Rights:
        return EVERYTHING

    def clock_ahead(self, now: float | None = None) -> float:
        return 0.0

    def schema_state(self) -> State:
        return "current"

    def listen(
        self,
        on_tables: Callable[[frozenset[str]], object],
        on_connected: Callable[[bool], object],
        stop: threading.Event,
    ) -> None:
        on_connected(True)
        stop.wait()

    def close(self) -> None:
        super().close()
        self.closed = True


def table_screen(workspace: Workspace) -> QWidget:
    table = QTableWidget(40, 6)
    table.setAlternatingRowColors(True)
    table.setHorizontalHeaderLabels(["资产编号", "资产名称", "规格型号", "使用部门", "原值", "启用日期"])
    for row in range(40):
        values = (f"GD-2026-{row:04}", "办公桌 䶮𬭚", "1400×700", "后勤管理处", f"{row * 1234.5:,.2f}", "2026-03-05")
        for column, text in enumerate(values):
            table.setItem(row, column, QTableWidgetItem(text))
    table.resizeColumnsToContents()
    table.verticalHeader().setDefaultSectionSize(24)
    return table


def label_screen(workspace: Workspace) -> QWidget:
    return QLabel("label")


def start_screen(workspace: Workspace) -> QWidget:
    return StartPage(EXAMPLE_MODULES, workspace)


EXAMPLE_MODULES: tuple[Module, ...] = (
    Module("start", N_("Start"), N_("Overview"), "start", start_screen),
    Module("assets", N_("Assets"), N_("Assets"), "assets", table_screen),
    Module("classes", N_("Classes"), N_("Assets"), "classes", label_screen),
    Module("suppliers", N_("Suppliers"), N_("Assets"), "suppliers", label_screen),
    Module("departments", N_("Departments"), N_("Organisation"), "departments", label_screen),
    Module("staff", N_("Staff"), N_("Organisation"), "staff", label_screen),
    Module("locations", N_("Locations"), N_("Organisation"), "locations", label_screen),
)
