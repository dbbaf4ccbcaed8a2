"""The program's window in the office of the documents' tests, and its people at their own PCs."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from functools import partial

import psycopg
import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from db.embedded import Server
from db.provision import protect_database
from db.session import Target, connection_parameters
from logistics_desktop.context import Office, open_office
from logistics_desktop.ledger.search import grams
from tests.accounts import profile_of
from tests.db.documents.conftest import make_documents_office
from tests.ui.windows import close_window, show_window
from ui import fonts
from ui.documents.screen import DocumentsScreen
from ui.main_window import MainWindow


@pytest.fixture(autouse=True)
def printable(qapp: QApplication) -> None:
    """The program's own font, in which everything is printed."""
    fonts.use(qapp)


@dataclass
class Town:
    """The office's people, and what the database holds."""

    join: Callable[[str], Office]
    target: Target

    def one(self, statement: str, *values: object) -> int:
        """The first value that a statement gives the superuser."""
        with psycopg.connect(**connection_parameters(self.target)) as connection:
            connection.execute("SET search_path TO app, pg_temp")
            row = connection.execute(statement.encode(), values).fetchone()
        assert row is not None
        return int(row[0])

    def texts(self, statement: str, *values: object) -> list[str]:
        """The first column that a statement gives the superuser."""
        with psycopg.connect(**connection_parameters(self.target)) as connection:
            connection.execute("SET search_path TO app, pg_temp")
            return [str(row[0]) for row in connection.execute(statement.encode(), values)]

    def run(self, statement: str, *values: object) -> None:
        """Let the superuser change something."""
        with psycopg.connect(**connection_parameters(self.target)) as connection:
            connection.execute("SET search_path TO app, pg_temp")
            connection.execute(statement.encode(), values)

    def asset(self, code: str) -> int:
        """The number of an asset."""
        return self.one("SELECT id FROM asset WHERE code = %s", code)

    def person(self, login: str) -> int:
        """The number of a person."""
        return self.one("SELECT id FROM staff WHERE code = %s", login)

    def department(self, code: str) -> int:
        """The number of a department."""
        return self.one("SELECT id FROM department WHERE code = %s", code)

    def state(self, document: int) -> str:
        """The state of a document."""
        return self.texts("SELECT state FROM document WHERE id = %s", document)[0]


@pytest.fixture(scope="session")
def window_template(server: Server, template_database: str, maintenance: Target) -> str:
    """The name of a database with the office of the documents' tests."""
    make_documents_office(server, template_database, maintenance, "documents_window")
    return "documents_window"


@pytest.fixture
def town(new_database: Callable[[str], Target], window_template: str, maintenance: Target) -> Iterator[Town]:
    """A fresh office; each person signs in once."""
    target = new_database(window_template)
    with psycopg.connect(autocommit=True, **connection_parameters(maintenance)) as connection:
        protect_database(connection, target.database)
    with psycopg.connect(**connection_parameters(target)) as connection:
        for number, text in connection.execute("SELECT id, search FROM app.asset").fetchall():
            # What the program's own ledger would have written for the quick search.
            connection.execute("UPDATE app.asset SET grams = %s WHERE id = %s", (grams(text), number))
    with ExitStack() as stack:
        there: dict[str, Office] = {}

        def join(login: str) -> Office:
            if login not in there:
                there[login] = stack.enter_context(open_office(profile_of(target, login), "signs"))
            return there[login]

        yield Town(join, target)


def _stored(screen: DocumentsScreen) -> bool:
    return screen.editor is None or not screen.editor.unsaved


OpenWindow = Callable[[str], MainWindow]


@pytest.fixture
def open_window(town: Town, qtbot: QtBot) -> Iterator[OpenWindow]:
    """Opens the program's window for somebody."""
    windows: list[MainWindow] = []

    def open_(login: str) -> MainWindow:
        window = show_window(town.join(login), 1500, 850)
        windows.append(window)
        return window

    yield open_
    for window in windows:
        for screen in window.findChildren(DocumentsScreen):
            qtbot.waitUntil(partial(_stored, screen))
        close_window(window)


@pytest.fixture
def documents(open_window: OpenWindow) -> Callable[[str], DocumentsScreen]:
    """Opens the documents of somebody."""

    def open_(login: str) -> DocumentsScreen:
        screen = open_window(login).open_module("documents")
        assert isinstance(screen, DocumentsScreen)
        return screen

    return open_


def clean(text: str) -> str:
    """A text without line breaks and spaces, as it is compared with what stands in a PDF."""
    return "".join(text.split())
