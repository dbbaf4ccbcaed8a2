"""What a clerk does with views: save and share them, group rows, pin columns, colour rows."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog, QLabel, QMenu
from pytestqt.qtbot import QtBot

from logistics_desktop.context import Office
from logistics_desktop.ledger import records, views
from logistics_desktop.ledger.filters import Query, Sort
from logistics_desktop.ledgers import LEDGERS
from tests.ui.ledger.conftest import OpenScreen, answer
from tests.ui.ledger.hands import CTRL, SHIFT, choose, lines, many, place
from tests.ui.windows import Settle
from ui.ledger.colours_dialog import ColoursDialog
from ui.ledger.filter_editors import RangeFilter
from ui.ledger.rule_dialog import RuleDialog
from ui.ledger.screen import LedgerScreen
from ui.ledger.view_dialogs import NameDialog, ShareDialog
from ui.main_window import MainWindow

Key = Qt.Key


def header_menu(screen: LedgerScreen, key: str, text: str) -> None:
    screen.table.header_menu_wanted.emit(key, screen.mapToGlobal(QPoint()))
    menu = next(menu for menu in screen.findChildren(QMenu) if menu.isVisible())
    choose(menu, text)
    menu.close()
    screen.window().activateWindow()  # as a window system does after a popup


def dialog(screen: LedgerScreen, kind: type[QDialog]) -> QDialog:
    return next(each for each in screen.findChildren(kind) if each.isVisible())


def named(screen: LedgerScreen, name: str, settle: Settle) -> NameDialog:
    asked = dialog(screen, NameDialog)
    assert isinstance(asked, NameDialog)
    QGuiApplication.clipboard().setText(name)
    asked.name.selectAll()
    QTest.keyClick(asked.name, Key.Key_V, CTRL)
    QTest.keyClick(asked.name, Key.Key_Return)
    settle()
    return asked


def test_a_view_is_saved_changed_kept_renamed_and_deleted(
    assets: LedgerScreen, office: Office, window: MainWindow, settle: Settle
) -> None:
    box = assets.views
    assets.filters.sort_by((Sort("name", descending=True),))
    header_menu(assets, "department_id", "Group by this")
    settle()
    choose(box.menu(), "Save as …")
    named(assets, "By department", settle)
    assert box.text() == "By department"
    assets.looks.group_by(())
    settle()
    assert box.text() == "By department •"
    choose(box.menu(), "By department")
    settle()
    assert (box.text(), assets.looks.groups) == ("By department", ("department_id",))
    assets.column_commands.hide("note")
    settle()
    choose(box.menu(), "Save the changes")
    settle()
    assert box.text() == "By department"
    choose(box.menu(), "Rename …")
    named(assets, "部门", settle)
    assert box.text() == "部门"
    choose(box.menu(), "As at the start")
    settle()
    assert (box.text(), assets.looks.groups, assets.filters.query()) == ("Views", (), Query())
    choose(box.menu(), "部门")
    settle()
    assert assets.filters.query().sorts == (Sort("name", descending=True),)
    assert "note" not in [field.key for field in assets.table.shown_fields()]
    choose(box.menu(), "Delete …")
    assert "部门" in answer(assets, "Delete")
    settle()
    assert box.text() == "Views"
    with office.session() as session:
        assert views.read(session, "assets").all == ()


def test_a_name_that_is_taken_is_told_and_stays_to_be_changed(assets: LedgerScreen, settle: Settle) -> None:
    for _turn in range(2):
        assets.views.save_as()
        asked = named(assets, "A", settle)
    assert asked.isVisible()
    assert "already" in asked.wrong.text()
    named(assets, "B", settle)
    assert [saved.name for saved in assets.views.views.all] == ["A", "B"]


def test_the_ledger_opens_with_the_view_of_the_users_choice(
    assets: LedgerScreen, window: MainWindow, settle: Settle
) -> None:
    def reopened() -> LedgerScreen:
        window.tabs.close_tab(window.tabs.keys().index("assets"))
        screen = window.open_module("assets")
        settle()
        assert isinstance(screen, LedgerScreen)
        return screen

    header_menu(assets, "status", "Group by this")
    assets.views.save_as()
    named(assets, "By status", settle)
    assets.looks.group_by(())
    settle()
    screen = reopened()
    assert (screen.looks.groups, screen.views.text()) == ((), "By status •"), "as it was left"
    choose(screen.views.menu(), "Always open with this view")
    settle()
    screen = reopened()
    assert (screen.looks.groups, screen.views.text()) == (("status",), "By status")
    choose(screen.views.menu(), "Always open with this view")
    settle()
    assert screen.views.views.chosen is None


def test_a_view_is_shared_with_a_post(assets: LedgerScreen, office: Office, settle: Settle) -> None:
    with office.session() as session:
        records.create(session, LEDGERS["staff"], {"code": "R7", "name": "李静", "post": "资产管理员"})
    assets.views.save_as()
    named(assets, "A", settle)
    choose(assets.views.menu(), "Share …")
    settle()
    asked = dialog(assets, ShareDialog)
    assert isinstance(asked, ShareDialog)
    assert [asked.who.itemText(at) for at in range(asked.who.count())] == ["Nobody", "Everybody", "资产管理员"]
    assert not asked.opens.isEnabled()
    asked.who.setCurrentIndex(2)
    asked.opens.setChecked(True)
    QTest.keyClick(asked, Key.Key_Return)
    settle()
    (saved,) = assets.views.views.all
    assert (saved.shared_with, saved.opens) == ("资产管理员", True)
    assets.views.menu().aboutToShow.emit()
    assert "A → 资产管理员" in [action.text() for action in assets.views.menu().actions()]


def test_groups_open_and_close_by_keys_and_by_the_mouse(assets: LedgerScreen, settle: Settle) -> None:
    header_menu(assets, "keeper_id", "Group by this")
    settle()
    closed = ["Keeper: 张伟 (1)", "Keeper: 王芳 (2)", "Keeper: (empty) (1)"]
    assert sorted(lines(assets)) == sorted(closed)
    table = assets.table
    table.setFocus()
    row = lines(assets).index("Keeper: 王芳 (2)")
    table.select_record(row)
    QTest.keyClick(table, Key.Key_Right)
    settle()
    assert lines(assets)[row : row + 3] == ["Keeper: 王芳 (2)", "ZC002", "ZC004"]
    assert assets.model.index(row, place(assets, "original_value")).data() == "8,800.00"
    QTest.keyClick(table, Key.Key_Down)
    assert assets.table.current_id() == assets.model.id_at(row + 1)
    QTest.keyClick(table, Key.Key_Up)
    QTest.keyClick(table, Key.Key_Return)
    assert sorted(lines(assets)) == sorted(closed)
    assert not assets.panel.isVisible()
    y = table.rowViewportPosition(row) + 5
    QTest.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(8, y))
    settle()
    assert len(lines(assets)) == 5
    header_menu(assets, "keeper_id", "Open all groups")
    settle()
    assert len(lines(assets)) == 7
    assert assets.totals.texts()[-1][1] is not None
    assert assets.filters.count.text() == "4 rows"
    chip = assets.looks._chip
    assert chip is not None
    assert chip.text.text() == "Grouped by Keeper"
    chip.cross.click()
    settle()
    assert lines(assets) == ["ZC001", "ZC002", "ZC003", "ZC004"]


def test_groups_within_groups_add_up(assets: LedgerScreen, settle: Settle) -> None:
    header_menu(assets, "status", "Group by this")
    header_menu(assets, "in_service_on", "Then group by this")
    settle()
    assert lines(assets) == ["Status: In use (4)"]
    assert assets.model.index(0, place(assets, "original_value")).data() == "13,600.50"
    assets.model.open_all(opened=True)
    settle()
    assert lines(assets) == [
        "Status: In use (4)",
        "In service on: 2020 (1)",
        "ZC001",
        "In service on: 2021 (1)",
        "ZC002",
        "In service on: 2024 (1)",
        "ZC004",
        "In service on: (empty) (1)",
        "ZC003",
    ]


def test_selecting_and_copying_takes_the_records_of_groups(assets: LedgerScreen, settle: Settle) -> None:
    header_menu(assets, "keeper_id", "Group by this")
    settle()
    assets.model.open_all(opened=True)
    settle()
    assets.table.setFocus()
    QTest.keyClick(assets.table, Key.Key_A, CTRL)
    assert assets.filters.count.text() == "4 of 4 rows selected"
    QTest.keyClick(assets.table, Key.Key_C, CTRL | SHIFT)
    settle()
    copied = QGuiApplication.clipboard().text().splitlines()
    assert len(copied) == 5
    codes = [line for line in lines(assets) if line.startswith("ZC")]
    assert [line.split("\t")[0] for line in copied[1:]] == codes


def test_any_row_of_a_large_group_is_reached_and_news_keep_it_open(
    office: Office, open_screen: OpenScreen, settle: Settle, qtbot: QtBot
) -> None:
    many(office, 3_000)
    screen = open_screen("assets")
    header_menu(screen, "status", "Group by this")
    settle()
    assert screen.model.rowCount() == 1
    screen.model.toggle(0)
    settle()
    assert screen.model.rowCount() == 3_001
    screen.table.setFocus()
    QTest.keyClick(screen.table, Key.Key_End, CTRL)
    settle()
    assert screen.model.index(3_000, 0).data() == "N003000"
    with office.session() as session:
        records.create(session, LEDGERS["assets"], {"code": "Z", "name": "new"})
    qtbot.waitUntil(lambda: screen.model.rowCount() == 3_002, timeout=10_000)
    settle()
    assert screen.model.index(3_001, 0).data() == "Z"


def test_too_many_groups_are_told(assets: LedgerScreen, settle: Settle, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("logistics_desktop.ledger.groups.MOST", 2)
    header_menu(assets, "code", "Group by this")
    settle()
    assert any("more than 2 groups" in notice for notice in said_notices(assets))


def said_notices(screen: LedgerScreen) -> list[str]:
    return [label.text() for label in screen.window().findChildren(QLabel) if label.isVisible()]


def test_pinned_columns_stay_while_the_others_scroll(assets: LedgerScreen, settle: Settle, qtbot: QtBot) -> None:
    header_menu(assets, "name", "Pin column on the left")
    settle()
    table = assets.table
    name, note = place(assets, "name"), place(assets, "note")
    assert table.columns()[0].key == "name"
    table.horizontalScrollBar().setValue(table.horizontalScrollBar().maximum())
    assert table.visualRect(assets.model.index(1, name)).left() == 0
    at = QPoint(10, table.rowViewportPosition(1) + 5)
    assert table.indexAt(at).column() == name
    QTest.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=at)
    assert table.currentIndex().row() == 1
    assert table.currentIndex().column() == name
    pinned = table.pins._header
    assert pinned.isVisible()
    QTest.mouseClick(pinned.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(20, pinned.height() // 2))
    settle()
    assert assets.filters.query().sorts == (Sort("name"),)
    code = place(assets, "code")
    table.scrollTo(assets.model.index(0, code))
    assert table.visualRect(assets.model.index(0, code)).left() >= table.pins.width()
    table.horizontalHeader().moveSection(table.horizontalHeader().visualIndex(note), 0)
    qtbot.waitUntil(lambda: table.columns()[0].key == "name")
    header_menu(assets, "name", "Unpin column")
    assert table.pins.width() == 0
    assert not pinned.isVisible()


def test_rows_are_coloured_by_the_rules_that_come_along(
    assets: LedgerScreen, office: Office, ids: dict[str, int], settle: Settle
) -> None:
    with office.session() as session:
        record = records.read(session, LEDGERS, LEDGERS["assets"], ids["ZC001"])
        records.update(session, LEDGERS, LEDGERS["assets"], record.id, record.version, {"life_months": 12})
    assets.toolbar.colours.trigger()
    asked = dialog(assets, ColoursDialog)
    assert isinstance(asked, ColoursDialog)
    items = [asked.list.item(row) for row in range(asked.list.count())]
    assert [item.text() for item in items][:3] == ["Life over", "Warranty over", "No keeper"]
    for item in items:
        item.setCheckState(
            Qt.CheckState.Checked if item.text() in ("Life over", "No keeper") else Qt.CheckState.Unchecked
        )
    QTest.keyClick(asked, Key.Key_Return)
    settle()
    assert assets.looks.legend.labels == ["Life over", "No keeper"]
    assert assets.looks.legend.isVisible()
    assert [assets.model.mark_at(row) for row in range(4)] == [0, None, 1, None]
    picture = assets.table.viewport().grab().toImage()
    ratio = picture.devicePixelRatio()

    def colour(row: int) -> str:
        right = assets.table.viewport().width() - 3
        return picture.pixelColor(QPoint(right, assets.table.rowViewportPosition(row) + 3) * ratio).name()

    assert len({colour(0), colour(1), colour(2)}) == 3


def test_a_rule_of_ones_own(assets: LedgerScreen, settle: Settle) -> None:
    asked = assets.choose_colours()
    assert isinstance(asked, ColoursDialog)
    rule = asked.new_rule()
    rule.field.setCurrentIndex(rule.field.findText("Original value"))
    QTest.keyClick(rule, Key.Key_Return)
    assert "Say what" in rule.wrong.text()
    assert isinstance(rule.editor, RangeFilter)
    rule.editor.low.setText("many")
    QTest.keyClick(rule, Key.Key_Return)
    assert "many" in rule.wrong.text()
    rule.editor.low.setText("3000")
    rule.colour.setCurrentIndex(rule.colour.findText("Green"))
    QTest.keyClick(rule, Key.Key_Return)
    QTest.keyClick(asked, Key.Key_Return)
    settle()
    assert assets.looks.legend.labels == ["Original value: from 3,000.00"]
    assert [assets.model.mark_at(row) for row in range(4)] == [None, 0, 0, None]
    again = assets.choose_colours()
    assert isinstance(again, ColoursDialog)
    again.list.setCurrentRow(0)
    again.edit.click()
    changed = next(each for each in again.findChildren(RuleDialog) if each.isVisible())
    changed.label.setText("dear")
    changed.accept()
    again.accept()
    settle()
    assert assets.looks.legend.labels == ["dear"]


def test_a_view_is_chosen_by_keys_alone(assets: LedgerScreen, settle: Settle, qtbot: QtBot) -> None:
    header_menu(assets, "status", "Group by this")
    assets.views.save_as()
    named(assets, "By status", settle)
    assets.views.start_again()
    settle()
    with qtbot.waitActive(assets.window()):
        assets.window().activateWindow()
    assets.table.setFocus()
    QTest.keyClick(assets.table, Key.Key_G, CTRL)
    menu = assets.views.menu()
    assert menu.isVisible()
    while (action := menu.activeAction()) is None or action.text() != "By status":
        QTest.keyClick(menu, Key.Key_Down)
    QTest.keyClick(menu, Key.Key_Return)
    settle()
    assert not menu.isVisible()
    assert lines(assets) == ["Status: In use (4)"]
