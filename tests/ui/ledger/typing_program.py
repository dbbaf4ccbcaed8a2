"""A program of its own that opens an office, types into a record and waits to be killed.

Arguments: host, port, database, user, password, record (0 begins a new one), the name to type. It says "typed" when
that is in the form, and then only lives on.
"""

from __future__ import annotations

import sys

from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from logistics_desktop import settings
from logistics_desktop.context import open_office
from logistics_desktop.profiles import Profile
from ui.ledger.screen import LedgerScreen
from ui.main_window import MainWindow
from ui.pictures import settle


def main(host: str, port: str, database: str, user: str, password: str, record: str, name: str) -> None:
    """Type and stay."""
    app = QApplication([])
    office = open_office(Profile("test", "server", host, int(port), database, "disable", None, user), password)
    window = MainWindow(office, settings)
    window.show()
    window.activateWindow()
    screen = window.open_module("assets")
    assert isinstance(screen, LedgerScreen)
    settle(window.tasks)
    if int(record):
        screen.open_record(int(record))
    else:
        screen.new_record()
    settle(window.tasks)
    editor = screen.panel.form.editor("name")
    editor.setFocus()
    editor.selectAll()
    QTest.keyClicks(editor, name)
    life = screen.panel.form.editor("life_months")
    life.setFocus()
    QTest.keyClicks(life, "no number")
    print("typed", flush=True)
    app.exec()


if __name__ == "__main__":
    main(*sys.argv[1:])
