"""What a clerk does with one record: the form, its errors, history and files."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from logistics_desktop.context import Office
from logistics_desktop.ledgers import LEDGERS
from tests.ui.ledger.conftest import OpenScreen, answer, column
from tests.ui.ledger.hands import CTRL, stored
from tests.ui.windows import Settle
from ui.ledger.reference_popup import ReferencePopup
from ui.ledger.screen import LedgerScreen
from ui.main_window import MainWindow

ASSETS = LEDGERS["assets"]


@pytest.fixture
def desk(assets: LedgerScreen, settle: Settle) -> LedgerScreen:
    """The assets with the first one open, by the key that opens it."""
    assets.table.setFocus()
    assets.table.select_record(0)
    QTest.keyClick(assets.table, Qt.Key.Key_Return)
    settle()
    assert assets.panel.isVisible()
    return assets


def write(screen: LedgerScreen, key: str, text: str) -> None:
    """Type into a field as over what was there, and go on."""
    editor = screen.panel.form.editor(key)
    editor.setFocus()
    editor.selectAll()
    if text.isascii():
        QTest.keyClick(editor, Qt.Key.Key_Delete)
        QTest.keyClicks(editor, text)
    else:
        editor.insert(text)
    QTest.keyClick(editor, Qt.Key.Key_Return)


def test_a_change_is_saved_by_a_key_and_seen_in_table_and_history(
    desk: LedgerScreen, ids: dict[str, int], office: Office, settle: Settle
) -> None:
    assert desk.panel.title.text() == "办公桌"
    write(desk, "original_value", "2500")
    assert desk.panel.form.editor("original_value").text() == "2,500.00"
    write(desk, "in_service_on", "20200306")
    write(desk, "residual_rate", "5")
    write(desk, "life_months", "5y")
    QTest.keyClick(desk.panel, Qt.Key.Key_S, CTRL)
    settle()
    values = stored(office, ids["ZC001"])
    assert values["original_value"] == Decimal("2500.00")
    assert values["in_service_on"] == date(2020, 3, 6)
    assert values["residual_rate"] == Decimal("0.05")
    assert values["life_months"] == 60
    assert column(desk, "original_value")[0] == "2,500.00"
    desk.panel.tabs.setCurrentWidget(desk.panel.history)
    settle()
    table = desk.panel.history.table
    lines = [[str(table.model().index(row, at).data()) for at in range(5)] for row in range(table.rowCount())]
    assert ["Original value", "1,200.50", "2,500.00"] in [line[2:] for line in lines]
    desk.panel.history.fields.setCurrentText("In service on")
    assert {table.model().index(row, 2).data() for row in range(table.rowCount())} == {"In service on"}


def test_what_is_wrong_stands_under_its_field_and_nothing_is_stored(
    desk: LedgerScreen, ids: dict[str, int], office: Office, settle: Settle
) -> None:
    form = desk.panel.form
    write(desk, "in_service_on", "2023-02-30")
    assert "2023-02-30" in form.error("in_service_on")
    write(desk, "original_value", "much")
    assert "much" in form.error("original_value")
    write(desk, "name", "")
    assert form.error("name")
    write(desk, "life_months", "0")
    assert "1,200 months" in form.error("life_months")
    write(desk, "specification", "x" * 201)
    assert "200" in form.error("specification")
    before = stored(office, ids["ZC001"])
    QTest.keyClick(desk.panel, Qt.Key.Key_S, CTRL)
    settle()
    assert stored(office, ids["ZC001"]) == before
    write(desk, "in_service_on", "2023-02-28")
    assert not form.error("in_service_on")
    assert form.error("original_value")


def test_a_code_that_exists_is_told_at_the_field(desk: LedgerScreen, settle: Settle) -> None:
    write(desk, "code", "ZC002")
    QTest.keyClick(desk.panel, Qt.Key.Key_S, CTRL)
    settle()
    assert "Asset code" in desk.panel.form.error("code")
    assert desk.panel.unsaved()


def test_a_reference_is_found_by_initials_and_an_unknown_one_is_refused(
    desk: LedgerScreen, ids: dict[str, int], office: Office, settle: Settle
) -> None:
    editor = desk.panel.form.editor("keeper_id")
    editor.setFocus()
    editor.selectAll()
    QTest.keyClicks(editor, "wf")
    desk.panel.form.editor("users").setFocus()
    settle()
    assert editor.text() == "王芳"
    assert editor.value() == ids["R2"]
    write(desk, "department_id", "nobody knows")
    settle()
    assert "nobody knows" in desk.panel.form.error("department_id")
    write(desk, "department_id", "工程部")
    settle()
    assert not desk.panel.form.error("department_id")
    desk.panel.save()
    settle()
    values = stored(office, ids["ZC001"])
    assert (values["keeper_id"].title, values["department_id"].title) == ("王芳", "工程部")


def test_a_department_is_chosen_from_the_tree(desk: LedgerScreen, ids: dict[str, int], settle: Settle) -> None:
    editor = desk.panel.form.editor("department_id")
    QTest.keyClick(editor, Qt.Key.Key_F4)
    settle()
    popup = desk.window().findChild(ReferencePopup)
    assert popup is not None
    QTest.keyClicks(popup.rows.search, "gcb")
    QTest.keyClick(popup.rows.search, Qt.Key.Key_Return)
    assert editor.value() == ids["02"]


def test_saving_and_beginning_the_next_by_one_key(assets: LedgerScreen, settle: Settle, office: Office) -> None:
    QTest.keyClick(assets.table, Qt.Key.Key_N, CTRL)
    settle()
    write(assets, "code", "ZC010")
    write(assets, "name", "打印机")
    QTest.keyClick(assets.panel, Qt.Key.Key_Return, CTRL)
    settle()
    assert assets.panel.record is None
    assert assets.panel.form.editor("code").text() == ""
    assert column(assets, "code")[-1] == "ZC010"
    assert column(assets, "quantity")[-1] == "1"


def test_unsaved_work_is_asked_about(
    desk: LedgerScreen, ids: dict[str, int], office: Office, settle: Settle, window: MainWindow
) -> None:
    write(desk, "name", "oak desk")
    QTest.keyClick(desk.panel, Qt.Key.Key_Escape)
    assert "not saved" in answer(desk, "Keep editing")
    assert desk.panel.isVisible()
    assert not desk.close_request(), "the tab stays open as well"
    answer(desk, "Save")
    settle()
    assert not desk.panel.isVisible()
    assert stored(office, ids["ZC001"])["name"] == "oak desk"


def test_the_record_has_the_room_that_it_was_given_last(desk: LedgerScreen, settle: Settle, window: MainWindow) -> None:
    desk._split.setSizes([500, 700])
    desk._divide()
    width = desk.panel.width()
    QTest.keyClick(desk.panel, Qt.Key.Key_Escape)
    settle()
    window.tabs.close_tab(window.tabs.keys().index("assets"))
    again = window.open_module("assets")
    settle()
    assert isinstance(again, LedgerScreen)
    again.table.select_record(1)
    again.open_selected()
    settle()
    assert again.panel.width() == width > 600


def test_the_panel_follows_the_table_while_nothing_is_unsaved(desk: LedgerScreen, settle: Settle) -> None:
    desk.table.setFocus()
    QTest.keyClick(desk.table, Qt.Key.Key_Down)
    settle()
    assert desk.panel.title.text() == "会议桌"
    write(desk, "name", "round table")
    desk.table.setFocus()
    QTest.keyClick(desk.table, Qt.Key.Key_Down)
    settle()
    assert desk.panel.title.text() == "会议桌"
    assert desk.panel.form.editor("name").text() == "round table"


def test_files_hang_on_a_record(
    desk: LedgerScreen, office: Office, settle: Settle, tmp_path: Path, window: MainWindow
) -> None:
    picture = tmp_path / "铭牌.png"
    picture.write_bytes(b"\x89PNG\r\n\x1a\n" + b"0" * 2_000)
    desk.panel.tabs.setCurrentWidget(desk.panel.files)
    settle()
    assert desk.panel.files.empty.isVisible()
    desk.panel.files.add_files([picture])
    settle()
    files = desk.panel.files.list
    assert files.topLevelItemCount() == 1
    item = files.topLevelItem(0)
    assert item is not None
    assert item.text(0) == "铭牌.png"
    item.setSelected(True)
    desk.panel.files.remove.click()
    assert "铭牌.png" in answer(desk, "Remove")
    settle()
    assert desk.panel.files.empty.isVisible()
    desk.panel.files.add_files([tmp_path / "gone.png"])
    settle()
    assert window.notices.texts(), "a file that is not there is told"


def test_an_export_writes_what_is_shown_and_offers_to_open_it(
    assets: LedgerScreen, settle: Settle, tmp_path: Path
) -> None:
    target = tmp_path / "assets.csv"
    assets.export_to(target)
    settle()
    assert "4 rows are saved as assets.csv" in answer(assets, "Close")
    lines = target.read_text("utf-8-sig").splitlines()
    assert lines[0].startswith("Asset code,Name")
    assert lines[1].startswith("ZC001,办公桌")


@pytest.mark.parametrize("key", [entity.key for entity in LEDGERS])
def test_every_ledger_opens_and_begins_a_record(key: str, open_screen: OpenScreen, settle: Settle) -> None:
    screen = open_screen(key)
    screen.new_record()
    settle()
    screen.panel.save()
    assert any(screen.panel.form.error(field.key) for field in screen.entity if field.required)
