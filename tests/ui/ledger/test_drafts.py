"""What was typed and not saved comes back after the program was killed."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import closing

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from db.session import Target
from logistics_desktop.context import Office
from logistics_desktop.drafts import Drafts
from logistics_desktop.ledger import records
from logistics_desktop.ledgers import LEDGERS
from logistics_desktop.paths import home
from tests.offices import PASSWORD
from tests.ui.ledger.conftest import answer
from tests.ui.windows import Settle
from ui.ledger.screen import LedgerScreen
from ui.main_window import MainWindow

CTRL = Qt.KeyboardModifier.ControlModifier
ASSETS = LEDGERS["assets"]
Kill = Callable[[int, str], None]


def kept() -> list[str]:
    """What the drafts hold, whosever they are."""
    file = home() / "drafts.sqlite"
    if not file.exists():
        return []
    with closing(sqlite3.connect(file)) as connection:
        try:
            return [row[0] for row in connection.execute("SELECT typed FROM draft")]
        except sqlite3.OperationalError:  # the table is on its way
            return []


@pytest.fixture
def type_and_be_killed(clerk: Target, office: Office, ids: dict[str, int]) -> Kill:
    """Types a name into a record in another program, which is killed once a draft is written."""

    def run(record: int, name: str) -> None:
        place = (clerk.host, str(clerk.port), clerk.database, str(clerk.user), PASSWORD, str(record), name)
        command = [sys.executable, "-m", "tests.ui.ledger.typing_program", *place]
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as program:
            assert program.stdout is not None
            assert program.stdout.readline() == "typed\n"
            deadline = time.monotonic() + 20
            while not any("no number" in typed for typed in kept()) and time.monotonic() < deadline:
                time.sleep(0.05)
            program.kill()

    return run


def test_what_a_killed_program_had_is_offered_and_can_be_saved(
    type_and_be_killed: Kill,
    ids: dict[str, int],
    office: Office,
    request: pytest.FixtureRequest,
    qtbot: QtBot,
) -> None:
    type_and_be_killed(ids["ZC001"], "oak desk")
    window: MainWindow = request.getfixturevalue("window")
    settle: Settle = request.getfixturevalue("settle")
    screen: LedgerScreen = request.getfixturevalue("open_screen")("assets")
    settle()
    assert any("Fixed assets (1)" in text for text in window.notices.texts())
    assert screen.drafts.isVisible()
    assert "oak desk" in screen.drafts.text.text()
    screen.drafts.open.click()
    settle()
    panel = screen.panel
    assert panel.draft.isVisible()
    assert "Name, Life (months)" in panel.draft.text.text()
    assert panel.form.editor("name").text() == "办公桌", "nothing is taken up unasked"
    panel.draft.take.click()
    settle()
    assert panel.form.editor("name").text() == "oak desk"
    assert panel.form.editor("life_months").text() == "no number", "what cannot be read was typed as well"
    assert panel.unsaved()
    panel.form.editor("life_months").setText("")
    QTest.keyClick(panel, Qt.Key.Key_S, CTRL)
    settle()
    with office.session() as session:
        assert records.read(session, LEDGERS, ASSETS, ids["ZC001"]).values["name"] == "oak desk"
    assert Drafts(office.profile.key, office.user).left_over() == []
    panel.reload()
    settle()
    assert not panel.draft.isVisible()


def test_a_draft_says_what_somebody_else_changed_meanwhile(
    type_and_be_killed: Kill, ids: dict[str, int], office: Office, request: pytest.FixtureRequest
) -> None:
    type_and_be_killed(ids["ZC001"], "oak desk")
    with office.session() as session:
        records.update(session, LEDGERS, ASSETS, ids["ZC001"], 1, {"name": "theirs", "maker": "海尔"})
    settle: Settle = request.getfixturevalue("settle")
    screen: LedgerScreen = request.getfixturevalue("open_screen")("assets")
    screen.open_record(ids["ZC001"])
    settle()
    said = screen.panel.draft.text.text()
    assert f"{office.user} has saved this record since" in said
    assert "Name: 办公桌 → theirs" in said
    assert "海尔" not in said, "only what both have changed"
    screen.panel.draft.drop.click()
    settle()
    assert not screen.panel.draft.isVisible()
    assert Drafts(office.profile.key, office.user).left_over() == []
    assert screen.panel.form.editor("name").text() == "theirs"


def test_a_new_record_comes_back_too(
    type_and_be_killed: Kill, ids: dict[str, int], request: pytest.FixtureRequest
) -> None:
    type_and_be_killed(0, "printer")
    settle: Settle = request.getfixturevalue("settle")
    screen: LedgerScreen = request.getfixturevalue("open_screen")("assets")
    settle()
    assert "New: printer" in screen.drafts.text.text()
    screen.drafts.open.click()
    settle()
    screen.panel.draft.take.click()
    settle()
    assert screen.panel.record is None
    assert screen.panel.form.editor("name").text() == "printer"


def test_a_draft_is_written_when_the_focus_goes_and_goes_with_the_changes(
    assets: LedgerScreen, ids: dict[str, int], office: Office, settle: Settle, qtbot: QtBot
) -> None:
    assets.open_record(ids["ZC002"])
    settle()
    editor = assets.panel.form.editor("name")
    editor.setFocus()
    QTest.keyClicks(editor, "x")
    assert kept() == []
    assets.table.setFocus()
    settle()
    assert len(kept()) == 1
    editor.setFocus()
    QTest.keyClick(assets.panel, Qt.Key.Key_Escape)
    answer(assets, "Do not save")
    settle()
    assert kept() == []
