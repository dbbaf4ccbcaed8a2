"""A clerk of one department at work: everything reaches the own rows alone, and what is not allowed is not offered."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMenu, QToolButton
from pytestqt.qtbot import QtBot

from db.session import Target
from logistics_desktop import settings
from logistics_desktop.context import Office, open_office
from logistics_desktop.features.users import accounts
from tests.accounts import FIRST, profile_of
from tests.ui.ledger.conftest import OpenScreen, column
from tests.ui.ledger.hands import CTRL, SHIFT, back, choose, inputs, paste, press, press_on, stand, stored, write
from tests.ui.ledger.test_views import named
from tests.ui.windows import Settle, shown_window
from ui.cheat_sheet import CheatSheet
from ui.ledger.rows_dialog import RowsDialog
from ui.ledger.screen import LedgerScreen
from ui.main_window import SETTINGS, MainWindow
from ui.palette import Palette

Key = Qt.Key
OWN = ["ZC001", "ZC002"]  # what the clerk keeps, and what the department has
NOT_OFFERED = {"Users", "Posts and permissions", "Routes of approval", "Audit log"}


@pytest.fixture
def clerks_office(office: Office, ids: dict[str, int], clerk: Target, drop_roles: None) -> Iterator[Office]:
    """The office as a clerk opens it, 张伟 of 行政部."""
    with office.session() as session:
        accounts.create(session, "zhang_wei", ids["R1"], ("clerk",), FIRST)
    with open_office(profile_of(clerk, "zhang_wei"), FIRST) as signed_in:
        yield signed_in


@pytest.fixture
def window(clerks_office: Office, qtbot: QtBot) -> Iterator[MainWindow]:
    """The window of the clerk, who had other rights when it was left the last time."""
    left = {"tabs": ["start", "users", "audit", "assets"], "current": "users"}
    settings.save(SETTINGS, {clerks_office.user: left})
    with shown_window(clerks_office) as window:
        qtbot.waitUntil(lambda: not window.rights.now.everything, timeout=10_000)
        yield window


def palette(window: MainWindow, text: str, settle: Settle) -> Palette:
    QTest.keyClick(window, Key.Key_K, CTRL)
    [found] = [one for one in window.findChildren(Palette) if one.isVisible()]
    QTest.keyClicks(found.search, text)
    settle()
    return found


def menu_texts(screen: LedgerScreen) -> set[str]:
    """The menu of the rows as it is seen."""
    menu = QMenu(screen)
    screen.toolbar.fill_menu(menu)
    seen = {action.objectName() for action in menu.actions() if action.isVisible() and not action.isSeparator()}
    menu.aboutToHide.emit()
    menu.deleteLater()
    return seen


def test_cells_are_written_filled_and_taken_back(
    assets: LedgerScreen, ids: dict[str, int], office: Office, settle: Settle
) -> None:
    assert column(assets, "code") == OWN
    stand(assets, 0, "note")
    press(Key.Key_F2)
    write("seen")
    press(Key.Key_Return)
    press(Key.Key_Escape)
    settle()
    stand(assets, 0, "note")
    press(Key.Key_Down, SHIFT)
    press(Key.Key_D, CTRL)
    settle()
    assert column(assets, "note") == ["seen", "seen"]
    press(Key.Key_Z, CTRL)
    settle()
    press(Key.Key_Z, CTRL)
    settle()
    assert column(assets, "note") == ["", ""]
    assert stored(office, ids["ZC001"])["note"] in (None, "")


def test_giving_a_row_to_another_department_is_refused_in_words_and_nothing_is_lost(
    assets: LedgerScreen, ids: dict[str, int], office: Office, settle: Settle
) -> None:
    stand(assets, 1, "department_id")
    press(Key.Key_F2)
    write("02")
    press(Key.Key_Return)
    settle()
    assert stored(office, ids["ZC002"])["department_id"].id == ids["0101"]
    [said] = [text for text in assets.workspace.notices.texts() if "is not stored" in text]
    assert said == (
        "Department “02” is not stored: Your rights do not reach the department or person that it would belong to. "
        "Choose your own, or ask an administrator."
    )
    assert not assets.close_request(), "what was typed is still in its cell"
    stand(assets, 1, "department_id")
    press(Key.Key_F2)
    press(Key.Key_Escape)
    settle()
    assert assets.close_request()


def test_pasting_and_changing_reach_only_the_own_rows(
    assets: LedgerScreen, ids: dict[str, int], office: Office, settle: Settle
) -> None:
    QGuiApplication.clipboard().setText("seen")
    stand(assets, 0, "note")
    press(Key.Key_Down, SHIFT)
    dialog = paste(assets, settle)
    press_on(dialog, Key.Key_Return)
    settle()
    assert column(assets, "note") == ["seen", "seen"]
    back(assets)
    press_on(assets.table, Key.Key_R, CTRL)
    settle()
    change = next(each for each in assets.findChildren(RowsDialog) if each.isVisible())
    change.all.click()
    QTest.keyClicks(inputs(change).value, "done")
    settle()
    assert change.said.text() == "Of 2 rows 2 change, 0 stay as they are."
    change.change.click()
    settle()
    assert column(assets, "note") == ["done", "done"]
    back(assets)
    for _step in range(2):
        press_on(assets.table, Key.Key_Z, CTRL)
        settle()
    assert column(assets, "note") == ["", ""]
    assert stored(office, ids["ZC003"])["note"] in (None, "")


def test_a_view_is_saved_and_shared_and_groups_count_the_own_rows(assets: LedgerScreen, settle: Settle) -> None:
    assets.looks.do("group", "status")
    settle()
    heading = assets.model.heading_at(0)
    assert heading is not None
    assert assets.model.rowCount() == 1
    choose(assets.views.menu(), "Save as …")
    named(assets, "Mine", settle)
    assert assets.views.text() == "Mine"


def test_files_are_hung_on_own_rows(
    assets: LedgerScreen, ids: dict[str, int], office: Office, settle: Settle, tmp_path: Path
) -> None:
    letter = tmp_path / "letter.txt"
    letter.write_text("invoice", encoding="utf-8")
    assets.open_record(ids["ZC001"])
    settle()
    assets.panel.tabs.setCurrentWidget(assets.panel.files)
    settle()
    files = assets.panel.files
    assert files.add.isVisible()
    files.add_files([letter])
    settle()
    assert files.list.topLevelItemCount() == 1


def test_a_ledger_that_one_may_only_read_offers_no_change(
    ids: dict[str, int], open_screen: OpenScreen, window: MainWindow, settle: Settle
) -> None:
    staff = open_screen("staff")
    assert column(staff, "code") == ["R1", "R2"]
    changing = {"edit_cell", "fill_down", "paste", "duplicate", "delete", "change_rows", "replace", "new"}
    assert menu_texts(staff) & changing == set()
    assert not staff.acceptDrops()
    stand(staff, 0, "name")
    for key, modifier in ((Key.Key_F2, Qt.KeyboardModifier.NoModifier), (Key.Key_Delete, CTRL), (Key.Key_V, CTRL)):
        press(key, modifier)
    assert staff.cells.editor is None
    staff.open_record(ids["R1"])
    settle()
    staff.panel.tabs.setCurrentWidget(staff.panel.files)
    settle()
    files = staff.panel.files
    assert [w.isVisible() for w in (files.add, files.paste_button, files.remove, files.scans)] == [False] * 4
    assert (files.acceptDrops(), files.empty.text()) == (False, "No files yet.")
    commands = {text for group, text in palette(window, "", settle).shown() if group == "Commands"}
    assert "Print …" in commands
    assert (
        commands & {"Paste", "Edit cells", "New", "Import …", "Attach what is on the clipboard (under Files)"} == set()
    )


def test_modules_without_anything_to_see_are_nowhere(assets: LedgerScreen, window: MainWindow, settle: Settle) -> None:
    assert window.tabs.keys() == ["start", "assets"], "the tabs of a former post are closed"
    found = palette(window, "", settle)
    assert {text for group, text in found.shown() if group == "Tabs"} & NOT_OFFERED == set()
    found.close()
    go = next(action for action in window.menuBar().actions() if "Go" in action.text())
    listed = {action.text() for action in go.menu().actions() if action.isVisible()}  # type: ignore[attr-defined]
    assert "Fixed assets" in listed
    assert listed & NOT_OFFERED == set()
    window.open_cheat_sheet()
    [sheet] = window.findChildren(CheatSheet)
    assert {does for _keys, does in sheet.lines()} & NOT_OFFERED == set()
    sheet.close()
    start = window.open_module("start")
    assert start is not None
    tiles = {tile.text() for tile in start.findChildren(QToolButton, "tile")}
    assert "Fixed assets" in tiles
    assert tiles & NOT_OFFERED == set()


def test_the_palette_finds_only_own_records(assets: LedgerScreen, window: MainWindow, settle: Settle) -> None:
    found = palette(window, "ZC00", settle)
    titles = {text for _group, text in found.shown()}
    assert {"办公桌", "会议桌"} <= titles
    assert titles & {"空调", "办公椅"} == set()
    found.close()
