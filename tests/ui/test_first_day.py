"""A clerk's first day: sign in, add, read the workbook in, correct, hand out a workbook, take the import back."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from db.session import Target
from logistics_desktop import settings
from logistics_desktop.context import open_office
from logistics_desktop.profiles import Profile
from tests.offices import PASSWORD
from tests.ui.importing.clerk import sheet
from tests.ui.ledger.conftest import column
from tests.ui.ledger.test_record import write
from tests.ui.windows import close_window, wait_until_settled
from ui.ledger.import_dialog import ImportAssistant
from ui.ledger.importing.course import Stage
from ui.ledger.screen import LedgerScreen
from ui.main_window import MainWindow
from ui.program import Program
from ui.sign_in import SignIn

CTRL = Qt.KeyboardModifier.ControlModifier
WAIT_MS = 20_000


@pytest.fixture
def program(qapp: QApplication) -> Iterator[Program]:
    """The program with its own way of opening an office."""
    qapp.setQuitOnLastWindowClosed(False)
    program = Program(qapp, settings, open_office)
    yield program
    if program.window is not None:
        close_window(program.window)
    program.end()
    program.deleteLater()


def sign_in(program: Program, clerk: Target, qtbot: QtBot) -> MainWindow:
    profile = Profile("Office", "server", clerk.host, clerk.port, clerk.database, "disable", None, clerk.user)
    program.start(profile)
    qtbot.waitUntil(lambda: any(isinstance(w, SignIn) for w in QApplication.topLevelWidgets()), timeout=WAIT_MS)
    asked = next(w for w in QApplication.topLevelWidgets() if isinstance(w, SignIn))
    QTest.keyClicks(asked.password, PASSWORD)
    QTest.keyClick(asked.password, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: program.window is not None and program.window.isVisible(), timeout=WAIT_MS)
    assert program.window is not None
    return program.window


def save(window: MainWindow, screen: LedgerScreen, qtbot: QtBot) -> None:
    """Save the record by its key, which only the active window hears."""
    with qtbot.waitActive(window):
        window.activateWindow()
    QTest.keyClick(screen.panel, Qt.Key.Key_S, CTRL)
    wait_until_settled(window, qtbot, WAIT_MS)


def test_a_clerks_first_day(program: Program, clerk: Target, qtbot: QtBot, tmp_path: Path) -> None:
    window = sign_in(program, clerk, qtbot)
    screen = window.open_module("assets")
    assert isinstance(screen, LedgerScreen)
    wait_until_settled(window, qtbot, WAIT_MS)
    assert column(screen, "code") == []

    screen.new_record()
    wait_until_settled(window, qtbot, WAIT_MS)
    write(screen, "code", "B001")
    write(screen, "name", "文件柜")
    write(screen, "original_value", "800")
    save(window, screen, qtbot)
    assert column(screen, "code") == ["B001"]

    screen.import_workbook(sheet(tmp_path / "资产.xlsx"))
    dialog = window.findChild(ImportAssistant)
    assert dialog is not None
    qtbot.waitUntil(lambda: dialog.course.job is None and dialog.course.checked is not None, timeout=WAIT_MS)
    dialog.check.names.create_all.click()
    qtbot.waitUntil(lambda: dialog.course.job is None, timeout=WAIT_MS)
    dialog.go_on.click()
    qtbot.waitUntil(lambda: dialog.stage() is Stage.DONE, timeout=WAIT_MS)
    qtbot.waitUntil(lambda: column(screen, "code") == ["A001", "A002", "A003", "B001"], timeout=WAIT_MS)
    dialog.accept()

    wait_until_settled(window, qtbot, WAIT_MS)
    screen.open_record(screen.model.id_at(3))
    wait_until_settled(window, qtbot, WAIT_MS)
    write(screen, "original_value", "950.5")
    save(window, screen, qtbot)
    qtbot.waitUntil(lambda: column(screen, "original_value")[3] == "950.50", timeout=WAIT_MS)

    target = tmp_path / "out.xlsx"
    screen.export_to(target)
    qtbot.waitUntil(target.exists, timeout=WAIT_MS)
    wait_until_settled(window, qtbot, WAIT_MS)
    rows = list(openpyxl.load_workbook(target).worksheets[0].iter_rows(values_only=True))
    written = {row[0]: row for row in rows}
    assert {"A001", "A002", "A003", "B001"} <= set(written)
    assert Decimal(str(written["B001"][rows[0].index("Original value")])) == Decimal("950.5")

    again = screen.import_workbook()
    assert isinstance(again, ImportAssistant)
    past = again.file.open_past()
    wait_until_settled(window, qtbot, WAIT_MS)
    past.list.selectRow(0)
    past.undo.click()
    qtbot.waitUntil(lambda: column(screen, "code") == ["B001"], timeout=WAIT_MS)
    wait_until_settled(window, qtbot, WAIT_MS)
    past.accept()
    again.accept()
