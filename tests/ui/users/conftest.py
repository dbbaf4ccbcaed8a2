"""The window on a real office, with an administrator signed in."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from pytestqt.qtbot import QtBot

from logistics_desktop.context import Office
from tests.accounts import Join
from tests.ui.windows import shown_window
from ui.main_window import MainWindow
from ui.users.screen import UsersScreen


@pytest.fixture
def window(office: Office, join: Join, qtbot: QtBot) -> Iterator[MainWindow]:
    """The program's own window; accounts made meanwhile are gone after the test."""
    with shown_window(office) as window:
        yield window


@pytest.fixture
def users(window: MainWindow, qtbot: QtBot) -> UsersScreen:
    """The screen of users with its rows."""
    screen = window.open_module("users")
    assert isinstance(screen, UsersScreen)
    qtbot.waitUntil(lambda: screen.table.rowCount() > 0)
    return screen
