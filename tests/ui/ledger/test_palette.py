"""Finding anything by Ctrl+K, with the keyboard alone, and the keys themselves."""

from __future__ import annotations

from collections.abc import Callable

import pytest
import sqlalchemy as sa
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QMenu
from pytestqt.qtbot import QtBot

from logistics_desktop import i18n, palette
from logistics_desktop.context import Office
from logistics_desktop.ledger import records
from logistics_desktop.ledgers import LEDGERS
from tests.ui.windows import Settle
from ui.actions import BY_KEY, COMMANDS, NUMBERED, Command, Place, conflicts, keys_in_words
from ui.assets.screen import AssetsScreen
from ui.cheat_sheet import CheatSheet
from ui.ledger.screen import LedgerScreen
from ui.main_window import MainWindow
from ui.manual import Manual
from ui.palette import Palette
from ui.registry import MODULES

CTRL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier

Find = Callable[[str], Palette]


@pytest.fixture
def find(assets: LedgerScreen, window: MainWindow, settle: Settle) -> Find:
    """Opens the palette over the assets by its key and types."""

    def find_(text: str) -> Palette:
        assets.table.setFocus()
        QTest.keyClick(assets.table, Qt.Key.Key_K, CTRL)
        [found] = [one for one in window.findChildren(Palette) if one.isVisible()]
        QTest.keyClicks(found.search, text) if text.isascii() else found.search.insert(text)
        settle()
        return found

    return find_


def press(found: Palette, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    QTest.keyClick(found.search, key, modifier)


def current(found: Palette) -> str:
    item = found.lines.currentItem()
    assert item is not None
    return item.text(0)


def test_everything_is_there_before_anything_is_typed(find: Find) -> None:
    lines = find("").shown()
    assert {"Commands", "Tabs", "Settings"} == {group for group, _text in lines}
    texts = [text for _group, text in lines]
    assert {"Export …", "Fill down", "Edit cells", "Undo", "Quit", "Fixed assets", "Theme: dark"} <= set(texts)
    assert "Save" not in texts, "no record is open"


def test_a_record_is_opened_in_its_own_tab_by_initials(find: Find, window: MainWindow, settle: Settle) -> None:
    found = find("wf")
    assert ("Staff", "王芳") in found.shown()
    assert found.lines.currentItem() is not None
    while current(found) != "王芳":
        press(found, Qt.Key.Key_Down)
    press(found, Qt.Key.Key_Return)
    settle()
    assert window.tabs.current_key() == "staff"
    screen = window.open_module("staff")
    assert isinstance(screen, LedgerScreen)
    assert screen.panel.title.text() == "王芳"


def test_enter_may_come_before_the_answer(assets: LedgerScreen, window: MainWindow, settle: Settle) -> None:
    QTest.keyClick(assets.table, Qt.Key.Key_K, CTRL)
    [found] = window.findChildren(Palette)
    QTest.keyClicks(found.search, "zc003")
    QTest.keyClick(found.search, Qt.Key.Key_Return)
    settle()
    assert assets.panel.title.text() == "空调"


def test_a_name_that_merely_has_the_letters_comes_after_the_records(
    find: Find, office: Office, assets: LedgerScreen, window: MainWindow, settle: Settle
) -> None:
    with office.session() as session:
        records.create(session, LEDGERS["assets"], {"code": "ILL1", "name": "柜"})
    found = find("ill")
    assert found.shown()[0] == ("Fixed assets", "柜")
    assert ("Less likely", "Fill down") in found.shown()
    press(found, Qt.Key.Key_Escape)
    QTest.keyClick(assets.table, Qt.Key.Key_K, CTRL)
    [found] = [one for one in window.findChildren(Palette) if one.isVisible()]
    QTest.keyClicks(found.search, "ill")
    press(found, Qt.Key.Key_Return)
    settle()
    assert assets.panel.title.text() == "柜", "Enter before the answer waits for it"


def test_a_command_is_done_where_the_keyboard_was(find: Find, assets: LedgerScreen, settle: Settle) -> None:
    assets.table.stand_on(assets.model.index(0, 1))
    press(find("edit cells"), Qt.Key.Key_Return)
    assert assets.cells.editor is not None
    QTest.keyClick(assets.cells.editor.editor, Qt.Key.Key_Escape)


def test_settings_and_tabs_are_found_in_chinese_by_initials(
    assets: LedgerScreen, window: MainWindow, qtbot: QtBot, settle: Settle
) -> None:
    i18n.use("zh_CN")
    found = Palette(window)
    found.open_below(window.menuBar())
    QTest.keyClicks(found.search, "ztss")
    settle()
    assert current(found) == "主题：深色"
    QTest.keyClick(found.search, Qt.Key.Key_Escape)


def test_tab_goes_from_group_to_group_and_esc_gives_the_focus_back(find: Find, assets: LedgerScreen) -> None:
    found = find("o")
    groups = list(dict.fromkeys(group for group, _text in found.shown()))
    assert len(groups) > 1
    first = current(found)
    press(found, Qt.Key.Key_Tab)
    assert next(text for group, text in found.shown() if group == groups[1]) == current(found)
    press(found, Qt.Key.Key_Tab, SHIFT)
    assert current(found) == first
    press(found, Qt.Key.Key_Escape)
    assert not found.isVisible()
    assert assets.table.hasFocus()


def test_what_nobody_knows_is_said(find: Find) -> None:
    found = find("no such thing")
    assert found.shown() == []
    assert found.told.text() == "Nothing is called so."
    press(found, Qt.Key.Key_Return)
    assert found.isVisible()
    press(found, Qt.Key.Key_Escape)


def test_the_likeliest_record_comes_first(office: Office, ids: dict[str, int]) -> None:
    with office.session() as session:
        session.execute(
            sa.text("INSERT INTO app.asset (code, name) SELECT 'ZC001-' || n, '办公桌' FROM generate_series(1, 9) n")
        )

    def codes(text: str) -> list[str]:
        with office.session() as session:
            return [hit.code for hit in palette.find(session, LEDGERS, text)]

    assert codes("zc001") == ["ZC001", "ZC001-1", "ZC001-2", "ZC001-3", "ZC001-4"]
    assert codes("ＺＣ００２") == ["ZC002"], "full-width letters of an input method"
    assert codes("会议") == ["ZC002"]
    assert codes("议") == ["ZC002"]
    assert codes("hyz") == ["ZC002"]
    assert codes("工程") == ["02"]
    assert codes("%") == codes("'; DROP") == codes("  ") == []


@pytest.mark.parametrize(
    ("typed", "name", "rank"),
    [
        ("exp", "Export …", 0),
        ("cells", "Edit cells", 1),
        ("dc", "导出…", 2),
        ("xxtc", "向下填充", 2),
        ("tc", "向下填充", 3),
        ("xct", "向下填充", None),
        ("own fi", "Fill down", 3),
        ("zzz", "Export …", None),
    ],
)
def test_names_of_commands_are_ranked(typed: str, name: str, rank: int | None) -> None:
    assert palette.rank(typed, name) == rank


def test_no_key_means_two_things_at_the_same_moment() -> None:
    assert list(conflicts()) == []
    twice = Command("x", "X", Place.TABLE, ("F5",))
    assert [pair[0].key for pair in conflicts((*COMMANDS, twice))] == ["refresh"]


def test_every_action_of_the_window_is_declared_has_a_key_and_shows_it(
    assets: LedgerScreen, window: MainWindow, settle: Settle
) -> None:
    for key in ("classes", "depreciation", "approvals", "routes", "documents"):
        window.open_module(key)
        settle()
    window.open_module("assets")
    assets.new_record()
    settle()
    keyed = [action for action in window.findChildren(QAction) if not action.shortcut().isEmpty()]
    undeclared = {action.text() for action in keyed if action.objectName() not in BY_KEY}
    assert undeclared <= {""}, "Qt's own actions of text fields have no name of ours"
    made = {action.objectName() for action in keyed}
    elsewhere = (Place.PREVIEW, Place.DESIGNER, Place.LOG)  # windows of their own
    missing = [c.key for c in COMMANDS if c.key not in made and not c.by_itself and c.place not in elsewhere]
    assert set(missing) <= {f"module_{number}" for number in range(len(MODULES) + 1, NUMBERED + 1)}
    in_menus = [
        action
        for menu in window.menuBar().actions()
        for action in menu.menu().actions()  # type: ignore[attr-defined]
        if not action.isSeparator() and action.menu() is None
    ]
    assert [action.text() for action in in_menus if action.shortcut().isEmpty()] == []
    for action in keyed:
        if action.objectName() in BY_KEY:
            assert keys_in_words(BY_KEY[action.objectName()]) in action.toolTip()


def test_every_entry_of_the_menus_that_a_right_click_opens_shows_its_key(assets: LedgerScreen) -> None:
    at = assets.mapToGlobal(QPoint())
    assets.table.menu_wanted.emit(at)
    assets.table.header_menu_wanted.emit("keeper_id", at)
    assets.views.menu().aboutToShow.emit()
    assert isinstance(assets, AssetsScreen)
    opened = [menu for menu in assets.findChildren(QMenu) if menu.isVisible()]
    assert len(opened) == 2
    entries = [action for menu in (*opened, assets.cards) for action in menu.actions() if not action.isSeparator()]
    entries += [action for action in assets.views.menu().actions() if action.objectName()]
    assert len(entries) > 40
    assert [action.text() for action in entries if action.shortcut().isEmpty()] == []
    assert all(action.isShortcutVisibleInContextMenu() for action in entries)
    for menu in opened:
        menu.close()


def test_f1_once_is_the_manual_and_twice_the_keys(assets: LedgerScreen, window: MainWindow, qtbot: QtBot) -> None:
    QTest.keyClick(assets.table, Qt.Key.Key_F1)
    [manual] = window.findChildren(Manual)
    assert manual.isVisible()
    assert not window.findChildren(CheatSheet)
    QTest.keyClick(manual.contents, Qt.Key.Key_F1)
    [sheet] = window.findChildren(CheatSheet)
    assert ("F2", "Edit cells") in sheet.lines()
    assert ("Alt+3", "Fixed assets") in sheet.lines()
    assert len(sheet.lines()) == len(COMMANDS) - max(0, NUMBERED - len(MODULES))
    QTest.keyClicks(sheet.search, "fill down")
    assert sheet.lines() == [("Ctrl+D", "Fill down")]
    QTest.keyClick(sheet, Qt.Key.Key_F1)
    assert not sheet.isVisible()
    manual.close()
    window.activateWindow()
    window._last_help = -1.0
    QTest.keyClick(assets.table, Qt.Key.Key_F1)
    QTest.keyClick(assets.table, Qt.Key.Key_F1)
    assert [one for one in window.findChildren(CheatSheet) if one.isVisible()]
    for one in window.findChildren(CheatSheet):
        one.close()
    for label in window.findChildren(QLabel):
        assert "&" not in label.text()
