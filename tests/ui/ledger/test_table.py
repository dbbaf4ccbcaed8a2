"""What a clerk sees in the table of a ledger and does there."""

from __future__ import annotations

import sqlalchemy as sa
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from logistics_desktop.context import Office
from logistics_desktop.ledger import records
from logistics_desktop.ledger.filters import OneOf, Query, Sort, Within
from logistics_desktop.ledgers import LEDGERS
from tests.ui.ledger.conftest import OpenScreen, answer, column
from tests.ui.ledger.hands import CTRL, NO, SHIFT, many
from tests.ui.windows import Settle
from ui.ledger.filter_editors import RangeFilter, ReferenceFilter
from ui.ledger.reference_tree import ReferenceTree
from ui.ledger.screen import LedgerScreen
from ui.main_window import MainWindow


def click_header(screen: LedgerScreen, key: str, modifier: Qt.KeyboardModifier = NO) -> None:
    header = screen.table.horizontalHeader()
    at = [field.key for field in screen.entity].index(key)
    screen.table.scrollTo(screen.model.index(0, at))
    place = QPoint(header.sectionViewportPosition(at) + 20, header.height() // 2)
    QTest.mouseClick(header.viewport(), Qt.MouseButton.LeftButton, modifier, place)


def header(screen: LedgerScreen, key: str) -> str:
    at = [field.key for field in screen.entity].index(key)
    return str(screen.model.headerData(at, Qt.Orientation.Horizontal))


def test_rows_are_shown_as_a_person_reads_them(assets: LedgerScreen) -> None:
    assert column(assets, "code") == ["ZC001", "ZC002", "ZC003", "ZC004"]
    assert column(assets, "original_value") == ["1,200.50", "8,800.00", "3,600.00", ""]
    assert column(assets, "keeper_id") == ["张伟", "王芳", "", "王芳"]
    assert column(assets, "status") == ["In use"] * 4
    assert column(assets, "in_service_on")[0] == "2020-03-05"
    assert assets.filters.count.text() == "4 rows"


def test_the_sums_stand_below_their_columns_wherever_the_table_is_scrolled_to(assets: LedgerScreen) -> None:
    at = [field.key for field in assets.entity].index("original_value")
    for place in (0, 200):
        assets.table.horizontalScrollBar().setValue(place)
        sums = {key: (text, right) for key, text, right in assets.totals.texts()}
        text, right = sums["original_value"]
        assert text == "13,600.50"
        header = assets.table.horizontalHeader()
        edge = assets.table.viewport().x() + header.sectionViewportPosition(at) + header.sectionSize(at)
        assert edge - 10 <= right <= edge
    assert sums["quantity"][0] == "4"


def test_any_row_of_many_is_reached_by_a_key(office: Office, open_screen: OpenScreen, settle: Settle) -> None:
    many(office, 5_000)
    screen = open_screen("assets")
    assert screen.model.rowCount() == 5_000
    screen.table.setFocus()
    QTest.keyClick(screen.table, Qt.Key.Key_End, CTRL)
    settle()
    assert column(screen, "code")[4_999] == "N005000"
    screen.table.select_record(2_500)
    settle()
    assert column(screen, "code")[2_500] == "N002501"
    assert screen.model.index(1_000, 0).data() == "…", "rows that nobody looked at are not read"


def test_a_click_sorts_and_shift_adds_a_column(assets: LedgerScreen, settle: Settle) -> None:
    click_header(assets, "department_id")
    settle()
    assert header(assets, "department_id") == "↑ Department"
    click_header(assets, "code", SHIFT)
    settle()
    click_header(assets, "code", SHIFT)
    settle()
    assert (header(assets, "department_id"), header(assets, "code")) == ("↑1 Department", "↓2 Asset code")
    assert assets.filters.query().sorts == (Sort("department_id"), Sort("code", descending=True))
    names = column(assets, "department_id")
    assert names == sorted(names)
    same = [code for code, name in zip(column(assets, "code"), names, strict=True) if name == "总务科"]
    assert same == ["ZC004", "ZC001"]


def test_search_waits_for_a_pause_and_understands_initials(assets: LedgerScreen, settle: Settle) -> None:
    assets.table.setFocus()
    QTest.keyClick(assets.table, Qt.Key.Key_F, CTRL)
    assert assets.filters.search.hasFocus()
    QTest.keyClicks(assets.filters.search, "bgz")
    assert assets.model.rowCount() == 4, "the database is asked after the last key only"
    settle()
    assert column(assets, "name") == ["办公桌"]
    assert assets.filters.count.text() == "1 row"
    QTest.keyClick(assets.filters.search, Qt.Key.Key_Escape)
    settle()
    assert assets.model.rowCount() == 4


def test_a_tree_filter_takes_what_is_below_and_its_chip_removes_it(assets: LedgerScreen, settle: Settle) -> None:
    popup = assets.filters.edit("department_id")
    settle()
    editor = popup.editor
    assert isinstance(editor, ReferenceFilter)
    assert isinstance(editor.rows, ReferenceTree)
    QTest.keyClicks(editor.rows.search, "xzb")
    QTest.keyClick(editor.rows.search, Qt.Key.Key_Return)
    settle()
    assert column(assets, "code") == ["ZC001", "ZC002", "ZC004"]
    chip = assets.filters._chips["department_id"]
    assert chip.text.text() == "Department: 行政部 and below"
    chip.cross.click()
    settle()
    assert assets.model.rowCount() == 4


def test_a_range_upside_down_is_told_and_a_right_one_filters(assets: LedgerScreen, settle: Settle) -> None:
    popup = assets.filters.edit("in_service_on")
    editor = popup.editor
    assert isinstance(editor, RangeFilter)
    editor.low.setText("2021-12-31")
    editor.high.setText("20200101")
    popup.apply.click()
    assert popup.isVisible()
    assert "above" in popup.wrong.text()
    editor.low.setText("2021年1月1日")
    editor.high.setText("tomorrow")
    popup.apply.click()
    assert "tomorrow" in popup.wrong.text()
    editor.high.setText("2024.2.1")
    popup.apply.click()
    settle()
    assert column(assets, "code") == ["ZC002", "ZC004"]
    assert assets.filters._chips["in_service_on"].text.text() == "In service on: 2021-01-01 to 2024-02-01"


def test_empty_fields_are_found(assets: LedgerScreen, settle: Settle) -> None:
    popup = assets.filters.edit("keeper_id")
    settle()
    popup.how.setCurrentIndex(1)
    popup.apply.click()
    settle()
    assert column(assets, "code") == ["ZC003"]


def test_nothing_found_says_so_and_offers_the_way_back(assets: LedgerScreen, settle: Settle) -> None:
    QGuiApplication.clipboard().setText("龘")
    assets.filters.search.setFocus()
    QTest.keyClick(assets.filters.search, Qt.Key.Key_V, CTRL)
    settle()
    assert assets.empty.isVisible()
    assert assets.empty.said.text() == "Nothing found"
    assets.empty.clear.click()
    settle()
    assert assets.table.isVisible()
    assert assets.model.rowCount() == 4


def test_an_empty_ledger_says_what_to_do_next(open_screen: OpenScreen, settle: Settle) -> None:
    screen = open_screen("suppliers")
    assert screen.empty.isVisible()
    assert screen.empty.import_.isVisible()
    screen.empty.add.click()
    settle()
    assert screen.panel.isVisible()


def test_selected_rows_go_to_the_clipboard_as_a_spreadsheet_takes_them(
    assets: LedgerScreen, office: Office, settle: Settle
) -> None:
    with office.session() as session:
        records.create(session, LEDGERS["assets"], {"code": "ZC005", "name": "=HYPERLINK(1)", "specification": 'a "b"'})
    settle()
    assets.refresh()
    settle()
    shown = ("code", "name", "specification")
    assets._arrange(tuple(type(c)(c.key, c.key in shown) for c in assets.table.columns()))
    settle()
    assets.table.setFocus()
    QTest.keyClick(assets.table, Qt.Key.Key_A, CTRL)
    assert assets.filters.count.text() == "5 of 5 rows selected"
    QTest.keyClick(assets.table, Qt.Key.Key_C, CTRL | SHIFT)
    settle()
    lines = QGuiApplication.clipboard().text().splitlines()
    assert lines[0] == "Asset code\tName\tSpecification"
    assert lines[1] == "ZC001\t办公桌\t"
    assert lines[5] == 'ZC005\t\'=HYPERLINK(1)\t"a ""b"""'


def test_what_somebody_else_does_appears_and_the_user_stays_where_he_is(
    office: Office, open_screen: OpenScreen, settle: Settle, qtbot: QtBot
) -> None:
    many(office, 1_000)
    screen = open_screen("assets")
    screen.table.select_record(500)
    screen.table.verticalScrollBar().setValue(490)
    settle()
    with office.session() as session:
        for number in range(3):
            records.create(session, LEDGERS["assets"], {"code": f"A{number}", "name": "first of all"})
    qtbot.waitUntil(lambda: screen.model.rowCount() == 1_003, timeout=10_000)
    settle()
    assert column(screen, "code")[0] != "A0" or screen.table.verticalScrollBar().value() == 493
    assert screen.table.verticalScrollBar().value() == 493
    assert [screen.model.id_at(row) for part in screen.table.selected_ranges() for row in part] == [
        screen.table.current_id()
    ]
    assert screen.table.currentIndex().row() == 503
    assert column(screen, "code")[503] == "N000501"


def test_a_view_is_found_again_as_it_was_left(
    assets: LedgerScreen, ids: dict[str, int], window: MainWindow, settle: Settle
) -> None:
    header = assets.table.horizontalHeader()
    keys = [field.key for field in assets.entity]
    header.moveSection(header.visualIndex(keys.index("status")), 0)
    header.resizeSection(keys.index("name"), 333)
    assets.column_commands.hide("class_id")
    query = Query(
        (Within("department_id", (ids["0101"],), True), OneOf("status", ("in_use",))), "", (Sort("name", True),)
    )
    assets.show_query(query)
    settle()
    window.tabs.close_tab(window.tabs.keys().index("assets"))
    again = window.open_module("assets")
    settle()
    assert isinstance(again, LedgerScreen)
    assert again is not assets
    assert again.table.columns()[0].key == "status"
    assert again.table.columnWidth(keys.index("name")) == 333
    assert "class_id" not in [field.key for field in again.table.shown_fields()]
    assert again.filters.query() == query
    assert again.filters._chips["department_id"].text.text() == "Department: 行政部 and below"
    assert column(again, "name") == ["办公椅", "办公桌", "会议桌"]


def test_a_column_is_found_ticked_and_filled(assets: LedgerScreen, settle: Settle, office: Office) -> None:
    popup = assets.choose_columns()
    QTest.keyClicks(popup.search, "serial")
    seen = [popup.list.item(row) for row in range(popup.list.count()) if not popup.list.item(row).isHidden()]
    assert [item.text() for item in seen] == ["Serial no."]
    seen[0].setCheckState(Qt.CheckState.Checked)
    popup.close()
    settle()
    assert "serial_number" in [field.key for field in assets.table.shown_fields()]
    assert "serial_number" in assets.model.reader.keys


def test_deleting_names_the_rows_and_can_be_declined(assets: LedgerScreen, settle: Settle, qtbot: QtBot) -> None:
    assets.table.setFocus()
    assets.table.select_record(2)
    QTest.keyClick(assets.table, Qt.Key.Key_Delete)
    settle()
    assert "ZC003  空调" in answer(assets, "Keep")
    settle()
    assert assets.model.rowCount() == 4
    with qtbot.waitActive(assets.window()):
        assets.window().activateWindow()
    QTest.keyClick(assets.table, Qt.Key.Key_Delete)
    settle()
    answer(assets, "Delete")
    settle()
    assert column(assets, "code") == ["ZC001", "ZC002", "ZC004"]


def test_deleting_what_others_refer_to_is_refused_with_the_reason(
    ids: dict[str, int], open_screen: OpenScreen, settle: Settle, office: Office
) -> None:
    screen = open_screen("departments")
    screen.table.setFocus()
    QTest.keyClick(screen.table, Qt.Key.Key_A, CTRL)
    QTest.keyClick(screen.table, Qt.Key.Key_Delete)
    settle()
    answer(screen, "Delete")
    settle()
    said = answer(screen, "Close")
    assert "Nothing was deleted." in said
    assert "总部" in said
    with office.session() as session:
        assert session.scalar(sa.text("SELECT count(*) FROM app.department")) == 4
