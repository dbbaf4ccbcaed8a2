"""The window on a real office, with an administrator signed in."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QDialog
from pytestqt.qtbot import QtBot

from logistics_desktop import settings
from logistics_desktop.context import Office
from tests.accounts import Join
from ui.main_window import MainWindow
from ui.users.screen import UsersScreen


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The window is the same on every server; one is enough here."""
    items[:] = [item for item in items if "tests/ui/users" not in item.nodeid or "debian" not in item.nodeid]


@pytest.fixture
def window(office: Office, join: Join, qtbot: QtBot) -> Iterator[MainWindow]:
    """The program's own window; accounts made meanwhile are gone after the test."""
    window = MainWindow(office, settings, office.listen)
    window.show()
    yield window
    for dialog in window.findChildren(QDialog):
        dialog.close()
    window.close()
    window.deleteLater()


@pytest.fixture
def users(window: MainWindow, qtbot: QtBot) -> UsersScreen:
    """The screen of users with its rows."""
    screen = window.open_module("users")
    assert isinstance(screen, UsersScreen)
    qtbot.waitUntil(lambda: screen.table.rowCount() > 0)
    return screen
