"""An office with purchases to approve, and any number of windows on it, each of somebody else."""

from __future__ import annotations

import itertools
import json
import uuid
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field, replace

import psycopg
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from db.embedded import Server
from db.session import Target, connection_parameters
from logistics_desktop.context import Office, open_office
from logistics_desktop.features.approvals import actions, routes
from logistics_desktop.features.approvals.definition import Approver, Definition
from logistics_desktop.ledger.fields import Reference
from logistics_desktop.profiles import Profile
from tests.db.approvals.conftest import PASSWORD, make_office
from tests.servers import execute
from tests.ui.windows import close_window, show_window
from ui.approvals.designer.screen import RoutesScreen
from ui.approvals.inbox_screen import ApprovalsScreen
from ui.main_window import MainWindow

# login and staff number: name, department, posts
PEOPLE = {
    "win_gm": ("总经理", "HQ", "administrator"),
    "win_li": ("李主任", "OFFICE", "department_head"),
    "win_wang": ("王申请", "OFFICE", "clerk"),
    "win_zhao": ("赵同事", "OFFICE", "clerk"),
    "win_qian": ("钱处长", "FINANCE", "department_head"),
    "win_keeper": ("郑管理", "HQ", "asset_manager"),
}
HEADS = {"HQ": "win_gm", "OFFICE": "win_li", "FINANCE": "win_qian"}


@pytest.fixture(scope="session")
def purchases_template(server: Server, template_database: str, maintenance: Target) -> str:
    """The name of a database with the people above."""
    make_office(server, template_database, maintenance, "purchases_template", PEOPLE, HEADS)
    return "purchases_template"


@dataclass
class World:
    """The office with everybody's own connection; nothing in it is anybody's but the database's."""

    target: Target
    qtbot: QtBot
    open: ExitStack
    staff: dict[str, int]
    offices: dict[str, Office] = field(default_factory=dict)
    windows: list[MainWindow] = field(default_factory=list)
    documents: Iterator[int] = field(default_factory=lambda: itertools.count(1))

    def office(self, login: str) -> Office:
        """The office as somebody opens it."""
        if login not in self.offices:
            at = replace(self.target, user=login, password=PASSWORD)
            profile = Profile(login, "server", at.host, at.port, at.database, "disable", None, at.user)
            self.offices[login] = self.open.enter_context(open_office(profile, PASSWORD))
        return self.offices[login]

    def window(self, login: str) -> MainWindow:
        """Somebody's window."""
        window = show_window(self.office(login), width=1280)
        self.windows.append(window)
        self.qtbot.waitUntil(lambda: not window.rights.now.everything, timeout=10_000)
        return window

    def inbox(self, login: str) -> ApprovalsScreen:
        """Somebody's inbox, filled."""
        screen = self.window(login).open_module("approvals")
        assert isinstance(screen, ApprovalsScreen)
        self.settled(screen)
        return screen

    def designer(self, login: str) -> RoutesScreen:
        """Somebody's designer of routes, filled."""
        screen = self.window(login).open_module("routes")
        assert isinstance(screen, RoutesScreen)
        self.settled(screen)
        screen.kinds.setCurrentIndex(screen.kinds.findData("purchase"))
        screen.kinds.activated.emit(screen.kinds.currentIndex())
        self.settled(screen)
        return screen

    def settled(self, screen: ApprovalsScreen | RoutesScreen) -> None:
        """Wait until a screen has its answers."""
        window = screen.window()
        assert isinstance(window, MainWindow)
        self.qtbot.waitUntil(lambda: not window.tasks.busy(), timeout=10_000)

    def press(self, widget: QWidget, key: Qt.Key, modifiers: Qt.KeyboardModifier) -> None:
        """Press a key in the window of a widget."""
        self.turn_to(widget)
        widget.setFocus()
        QTest.keyClick(widget, key, modifiers)

    def turn_to(self, widget: QWidget) -> None:
        """Bring the window of a widget to the front."""
        widget.window().activateWindow()
        self.qtbot.waitUntil(widget.window().isActiveWindow)

    def publish(self, definition: Definition) -> None:
        """Give purchases this route."""
        with self.office("win_keeper").session() as session:
            routes.publish(session, routes.save(session, "purchase", "采购", definition))

    def submit(self, login: str = "win_wang", **form: object) -> int:
        """A purchase on its way."""
        number = next(self.documents)
        with psycopg.connect(autocommit=True, **connection_parameters(self.target)) as connection:
            place = connection.execute("SELECT id FROM app.department WHERE code = 'OFFICE'").fetchone()
            assert place is not None
            whole = {"amount": 1280, "place": place[0], "kind": "办公家具", "buyer": self.staff["win_zhao"]} | form
            connection.execute(
                "INSERT INTO app.example (id, owner, form) VALUES (%s, %s, %s)",
                (number, self.staff[login], json.dumps(whole)),
            )
        with self.office(login).session() as session:
            return actions.submit(session, "purchase", number, None, request=uuid.uuid4())

    def reference(self, login: str) -> Reference:
        """Somebody as the editors of persons have them."""
        return Reference(self.staff[login], PEOPLE[login][0])

    def approver(self, login: str) -> Approver:
        """Somebody as an approver."""
        return Approver("person", staff=self.staff[login])

    def run(self, statement: str) -> None:
        """Run a statement as the superuser."""
        execute(self.target, statement)


@pytest.fixture
def world(new_database: Callable[[str], Target], purchases_template: str, qtbot: QtBot) -> Iterator[World]:
    """A fresh office; its windows are closed at the end."""
    target = new_database(purchases_template)
    with psycopg.connect(autocommit=True, **connection_parameters(target)) as connection:
        staff = dict(connection.execute("SELECT code, id FROM app.staff").fetchall())
    with ExitStack() as stack:
        found = World(target, qtbot, stack, staff)
        yield found
        for window in found.windows:
            for screen in window.findChildren(RoutesScreen):
                screen.unsaved = False  # or the window would stay and ask
            close_window(window)
