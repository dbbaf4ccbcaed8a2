"""An administrator says what posts may do, and the window offers a clerk nothing that the database would refuse."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest
import sqlalchemy as sa
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QMenu, QTableWidgetItem
from pytestqt.qtbot import QtBot

from db.provision import add_user
from db.session import Target, connection_string
from logistics_desktop.context import Office, open_office
from logistics_desktop.ledger import records
from logistics_desktop.ledgers import LEDGERS
from logistics_desktop.profiles import Profile
from tests.offices import PASSWORD
from tests.ui.windows import close_window, show_window
from ui.ledger.screen import LedgerScreen
from ui.main_window import MainWindow
from ui.permissions.screen import PermissionsScreen

OpenWindow = Callable[[Office], MainWindow]


@pytest.fixture
def open_window(qtbot: QtBot) -> Iterator[OpenWindow]:
    """Opens the program's window on an office and waits until it knows the rights."""
    made: list[MainWindow] = []

    def open_(office: Office) -> MainWindow:
        window = show_window(office)
        made.append(window)
        qtbot.waitUntil(lambda: not window.rights.now.everything and not window.tasks.busy(), timeout=10_000)
        return window

    yield open_
    for window in made:
        close_window(window)


@pytest.fixture
def auditors_office(database: Target) -> Iterator[Office]:
    """The same office as an auditor opens it."""
    add_user(connection_string(database), "u_auditor", PASSWORD, "auditor")
    target = replace(database, user="u_auditor", password=PASSWORD)
    profile = Profile("audit", "server", target.host, target.port, target.database, "disable", None, target.user)
    with open_office(profile, PASSWORD) as opened:
        yield opened


def hidden(window: MainWindow) -> set[str]:
    """The modules that the navigation leaves out."""
    return {key for key, item in window.navigation._items.items() if item.isHidden()}


def cell(screen: PermissionsScreen, post: str, permission: str) -> tuple[int, int]:
    """Row and column of a post's permission."""
    rows = [one.key for one in screen.matrix.permissions]
    return rows.index(permission), [one.key for one in screen.matrix.posts].index(post)


def item(screen: PermissionsScreen, post: str, permission: str) -> QTableWidgetItem:
    """The cell of a post's permission."""
    found = screen.table.item(*cell(screen, post, permission))
    assert found is not None
    return found


def permissions(window: MainWindow, qtbot: QtBot) -> PermissionsScreen:
    """The screen of permissions, filled."""
    screen = window.open_module("permissions")
    assert isinstance(screen, PermissionsScreen)
    qtbot.waitUntil(lambda: bool(screen.matrix.posts))
    return screen


def pick(screen: PermissionsScreen, post: str, permission: str, text: str) -> None:
    """Choose in a cell as a user does."""
    menu = screen.choose(item(screen, post, permission))
    assert isinstance(menu, QMenu)
    next(action for action in menu.actions() if action.text() == text).trigger()
    menu.close()


def test_the_administrator_changes_what_a_post_may_do(office: Office, open_window: OpenWindow, qtbot: QtBot) -> None:
    window = open_window(office)
    assert hidden(window) == set()
    screen = permissions(window, qtbot)
    assert item(screen, "clerk", "assets.read").text() == "own department"
    pick(screen, "clerk", "assets.read", "all")
    qtbot.waitUntil(lambda: item(screen, "clerk", "assets.read").text() == "all")
    with office.session() as session:
        found = "SELECT scope FROM app.post_permission WHERE post = 'clerk' AND permission = 'assets.read'"
        assert session.scalar(sa.text(found)) == "all"
    pick(screen, "clerk", "assets.read", "no")
    qtbot.waitUntil(lambda: item(screen, "clerk", "assets.read").text() == "")


def test_the_administrators_own_column_is_fixed(office: Office, open_window: OpenWindow, qtbot: QtBot) -> None:
    screen = permissions(open_window(office), qtbot)
    fixed = item(screen, "administrator", "posts.manage")
    assert screen.choose(fixed) is None
    assert not fixed.flags() & Qt.ItemFlag.ItemIsEnabled


def test_a_new_post_begins_like_another_and_can_be_deleted(
    office: Office, open_window: OpenWindow, qtbot: QtBot
) -> None:
    screen = permissions(open_window(office), qtbot)
    screen.table.setCurrentCell(*cell(screen, "finance", "assets.read"))
    ask = screen.ask_new()
    ask.setTextValue("出纳")
    ask.accept()
    qtbot.waitUntil(lambda: "出纳" in [post.title for post in screen.matrix.posts])
    new = next(post for post in screen.matrix.posts if post.title == "出纳")
    scopes = screen.matrix.scopes
    assert scopes[new.key, "assets.read"] is scopes["finance", "assets.read"]
    assert (new.key, "posts.manage") not in scopes
    screen.table.setCurrentCell(*cell(screen, new.key, "assets.read"))
    screen.remove.trigger()
    qtbot.waitUntil(lambda: "出纳" not in [post.title for post in screen.matrix.posts])
    screen.table.setCurrentCell(*cell(screen, "finance", "assets.read"))
    assert not screen.remove.isEnabled()


def test_an_auditor_looks_and_is_offered_nothing_to_change(
    office: Office, auditors_office: Office, open_window: OpenWindow, qtbot: QtBot
) -> None:
    with office.session() as session:
        number = records.create(session, LEDGERS["assets"], {"code": "ZC1", "name": "办公桌"})
    window = open_window(auditors_office)
    assert hidden(window) == {"permissions", "routes", "users"}
    screen = window.open_module("assets")
    assert isinstance(screen, LedgerScreen)
    qtbot.waitUntil(lambda: screen.model.rowCount() == 1)
    tools = screen.toolbar
    assert not any(action.isVisible() for action in (tools.new, tools.delete, tools.import_, tools.paste, tools.edit))
    assert tools.export.isVisible()
    screen.open_record(number)
    qtbot.waitUntil(screen.panel.isVisible)
    assert not screen.panel.save_button.isVisible()
    assert not screen.panel.form.isEnabled()
    screen.panel.hide()


def test_rights_that_are_given_are_offered_at_once(
    office: Office, auditors_office: Office, open_window: OpenWindow, qtbot: QtBot
) -> None:
    window = open_window(auditors_office)
    screen = window.open_module("suppliers")
    assert isinstance(screen, LedgerScreen)
    assert not screen.toolbar.new.isVisible()
    with office.session() as session:
        session.execute(sa.text("INSERT INTO app.post_permission VALUES ('auditor', 'suppliers.write', 'all')"))
    qtbot.waitUntil(screen.toolbar.new.isVisible, timeout=10_000)


def test_a_link_does_not_lead_where_there_is_nothing_to_see(auditors_office: Office, open_window: OpenWindow) -> None:
    window = open_window(auditors_office)
    before = window.tabs.keys()
    for key, title in (("permissions", "Posts and permissions"), ("users", "Users")):
        assert window.open_module(key) is None
        assert any(title in notice.text() for notice in window.findChildren(QLabel))
    assert window.tabs.keys() == before
    assert window.open_module("assets") is not None
