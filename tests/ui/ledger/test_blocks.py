"""Cells as in a spreadsheet: a clerk selects, copies, pastes, changes many, and takes it back, by real keys."""

from __future__ import annotations

import pytest
import sqlalchemy as sa
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication, QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QTableView, QWidget

from logistics_desktop.context import Office
from tests.ui.ledger.conftest import OpenScreen, answer, column
from tests.ui.ledger.hands import CTRL, NO, SHIFT, back, inputs, paste, press_on
from tests.ui.windows import Settle
from ui.ledger.paste_dialog import PasteDialog
from ui.ledger.rows_dialog import RowsDialog
from ui.ledger.screen import LedgerScreen

KEYS = ("code", "name", "original_value", "note")


@pytest.fixture
def screen(assets: LedgerScreen, settle: Settle) -> LedgerScreen:
    """The four assets with four columns, the keyboard in the table."""
    shown = sorted(assets.table.columns(), key=lambda c: KEYS.index(c.key) if c.key in KEYS else 99)
    assets._arrange(tuple(type(c)(c.key, c.key in KEYS) for c in shown))
    settle()
    assets.table.setFocus()
    return assets


def cell(screen: LedgerScreen, row: int, key: str) -> QPoint:
    at = [field.key for field in screen.entity].index(key)
    return screen.table.visualRect(screen.model.index(row, at)).center()


def click(screen: LedgerScreen, row: int, key: str, modifier: Qt.KeyboardModifier = NO) -> None:
    QTest.mouseClick(screen.table.viewport(), Qt.MouseButton.LeftButton, modifier, cell(screen, row, key))


def copy(text: str) -> None:
    QGuiApplication.clipboard().setText(text)


def clipboard() -> str:
    return QGuiApplication.clipboard().text()


def undo(screen: LedgerScreen, settle: Settle, key: Qt.Key = Qt.Key.Key_Z) -> None:
    back(screen)
    press_on(screen.table, key, CTRL)
    settle()


def write(editor: QWidget, text: str) -> None:
    """Type as an input method does, which Chinese is typed with."""
    event = QInputMethodEvent()
    event.setCommitString(text)
    QGuiApplication.sendEvent(editor, event)


def changes(table: QTableView) -> list[list[str]]:
    model = table.model()
    assert model is not None
    return [[str(model.index(row, at).data()) for at in range(model.columnCount())] for row in range(model.rowCount())]


def said(screen: LedgerScreen) -> list[str]:
    return screen.workspace.notices.texts()


def totals(screen: LedgerScreen) -> str:
    found = screen.window().findChild(QLabel, "quickTotals")
    assert isinstance(found, QLabel)
    return found.text()


def test_a_range_is_drawn_by_keys_and_copied_with_leading_zeros(
    screen: LedgerScreen, settle: Settle, office: Office
) -> None:
    with office.session() as session:
        session.execute(sa.text("UPDATE app.asset SET note = '007' WHERE code = 'ZC002'"))
    screen.refresh()
    settle()
    click(screen, 1, "original_value")
    press_on(screen.table, Qt.Key.Key_Right, SHIFT)
    press_on(screen.table, Qt.Key.Key_Down, SHIFT)
    press_on(screen.table, Qt.Key.Key_C, CTRL)
    settle()
    assert clipboard() == "8,800.00\t007\n3,600.00\t\n"
    html = QGuiApplication.clipboard().mimeData().html()
    assert "<td>8,800.00<td class=t>007" in html
    assert 'mso-number-format:"\\@"' in html


def test_the_status_bar_sums_what_is_selected(screen: LedgerScreen, settle: Settle) -> None:
    click(screen, 0, "original_value")
    settle()
    assert totals(screen) == ""
    click(screen, 2, "original_value", SHIFT)
    settle()
    assert totals(screen) == "Filled cells: 3   Sum: 13,600.50   Average: 4,533.50   Min: 1,200.50   Max: 8,800.00"
    click(screen, 0, "name", CTRL)
    settle()
    assert totals(screen).startswith("Filled cells: 4   Sum: 13,600.50")
    press_on(screen.table, Qt.Key.Key_Space, CTRL)
    press_on(screen.table, Qt.Key.Key_Space, SHIFT)
    settle()
    assert screen.table.whole_rows()
    assert totals(screen).startswith("Filled cells: 11")


def test_a_block_is_shown_before_it_is_pasted_and_can_be_undone(screen: LedgerScreen, settle: Settle) -> None:
    copy("圆桌\t１，５００\r\n会议桌\t￥9000\r\n")
    click(screen, 0, "name")
    dialog = paste(screen, settle)
    assert dialog.said.text() == "3 cells change in 2 rows; 0 rows are new; 0 rows stay as they are."
    assert changes(dialog.table) == [
        ["Changed", "办公桌 → 圆桌", "1,200.50 → 1,500.00"],
        ["Changed", "会议桌", "8,800.00 → 9,000.00"],
    ]
    assert column(screen, "name")[0] == "办公桌", "nothing is stored before it is confirmed"
    press_on(dialog, Qt.Key.Key_Return)
    settle()
    assert column(screen, "name") == ["圆桌", "会议桌", "空调", "办公椅"]
    assert column(screen, "original_value")[:2] == ["1,500.00", "9,000.00"]
    undo(screen, settle)
    assert column(screen, "name")[0] == "办公桌"
    assert column(screen, "original_value")[:2] == ["1,200.50", "8,800.00"]
    undo(screen, settle, Qt.Key.Key_Y)
    assert column(screen, "name")[0] == "圆桌"


def test_text_in_a_number_cell_stops_the_whole_block(screen: LedgerScreen, settle: Settle) -> None:
    copy("圆桌\t很贵\n方桌\t5\n")
    click(screen, 0, "name")
    dialog = paste(screen, settle)
    assert not dialog.paste.isEnabled()
    assert "1 cells cannot be taken, so nothing can be pasted" in dialog.said.text()
    assert [item.value for item in dialog.problems.list.lines.items] == ["很贵"]
    press_on(dialog, Qt.Key.Key_Escape)
    settle()
    assert column(screen, "name")[:2] == ["办公桌", "会议桌"]


def test_one_value_goes_into_many_cells(screen: LedgerScreen, settle: Settle) -> None:
    copy("已盘点")
    click(screen, 0, "note")
    click(screen, 2, "note", SHIFT)
    dialog = paste(screen, settle)
    press_on(dialog, Qt.Key.Key_Return)
    settle()
    assert column(screen, "note") == ["已盘点", "已盘点", "已盘点", ""]


def test_one_cell_needs_no_question(screen: LedgerScreen, settle: Settle) -> None:
    copy('"两行\n备注"')
    click(screen, 3, "note")
    press_on(screen.table, Qt.Key.Key_V, CTRL)
    settle()
    assert column(screen, "note")[3] == "两行\n备注"
    assert "1 rows changed, 0 new." in said(screen)


def test_what_goes_below_the_last_row_is_offered_as_new_rows(screen: LedgerScreen, settle: Settle) -> None:
    copy("办公椅\t7\n投影仪\t8\n音箱\t9\n")
    click(screen, 3, "name")
    dialog = paste(screen, settle)
    assert dialog.new_rows.text() == "Create 2 new rows from what goes beyond the last row"
    assert "1 cells change in 1 rows; 2 rows are new" in dialog.said.text()
    dialog.new_rows.click()
    settle()
    assert "0 rows are new" in dialog.said.text()
    dialog.new_rows.click()
    settle()
    press_on(dialog, Qt.Key.Key_Return)
    settle()
    assert set(column(screen, "name")) >= {"投影仪", "音箱"}
    undo(screen, settle)
    assert column(screen, "name") == ["办公桌", "会议桌", "空调", "办公椅"]


def test_a_block_wider_than_the_table_is_refused_in_words(screen: LedgerScreen, settle: Settle) -> None:
    copy("1\t2\t3\n")
    click(screen, 0, "original_value")
    press_on(screen.table, Qt.Key.Key_V, CTRL)
    settle()
    assert any("3 columns, but from the chosen cell on the table shows only 2" in text for text in said(screen))


def test_del_clears_cells_and_deletes_only_whole_rows(screen: LedgerScreen, settle: Settle) -> None:
    click(screen, 1, "original_value")
    press_on(screen.table, Qt.Key.Key_Delete)
    settle()
    assert column(screen, "original_value")[1] == ""
    click(screen, 1, "name")
    press_on(screen.table, Qt.Key.Key_Delete)
    settle()
    dialog = next(dialog for dialog in screen.findChildren(PasteDialog) if dialog.isVisible())
    assert [str(item.problem) for item in dialog.problems.list.lines.items] == ["This must be filled in."]
    dialog.reject()
    back(screen)
    press_on(screen.table, Qt.Key.Key_Space, SHIFT)
    press_on(screen.table, Qt.Key.Key_Delete)
    settle()
    assert "Delete this row?" in answer(screen, "Keep")


def test_all_rows_of_the_filter_are_changed_after_saying_how_many(screen: LedgerScreen, settle: Settle) -> None:
    click(screen, 0, "note")
    press_on(screen, Qt.Key.Key_R, CTRL)
    settle()
    dialog = next(dialog for dialog in screen.findChildren(RowsDialog) if dialog.isVisible())
    assert dialog.all.isChecked()
    QTest.keyClicks(inputs(dialog).value, "x")
    settle()
    assert dialog.said.text() == "Of 4 rows 4 change, 0 stay as they are."
    assert dialog.change.text() == "Change 4 rows"
    dialog.some.click()
    settle()
    assert dialog.said.text() == "Of 1 rows 1 change, 0 stay as they are."
    dialog.all.click()
    settle()
    dialog.change.click()
    settle()
    assert column(screen, "note") == ["x"] * 4
    undo(screen, settle)
    assert column(screen, "note") == [""] * 4


def test_adding_says_what_the_ledger_refuses(screen: LedgerScreen, settle: Settle) -> None:
    click(screen, 0, "original_value")
    dialog = screen.blocks.change_rows()
    inputs(dialog).action.setCurrentIndex(2)
    QTest.keyClicks(inputs(dialog).value, "-2000")
    settle()
    assert dialog.said.text() == ("Of 4 rows 2 change, 1 stay as they are. 1 cannot be changed and are left out.")
    assert changes(dialog.refusals) == [["1", "Must not be below zero.", "办公桌"]]
    assert changes(dialog.samples)[0] == ["会议桌", "8,800.00", "6,800.00"]
    dialog.reject()


def test_find_and_replace_in_a_column(screen: LedgerScreen, settle: Settle) -> None:
    click(screen, 0, "name")
    press_on(screen, Qt.Key.Key_H, CTRL)
    settle()
    dialog = next(dialog for dialog in screen.findChildren(RowsDialog) if dialog.isVisible())
    write(inputs(dialog).find, "办公")
    write(inputs(dialog).new, "学生")
    settle()
    assert dialog.said.text() == "Of 4 rows 2 change, 2 stay as they are."
    inputs(dialog).whole.click()
    settle()
    assert not dialog.change.isEnabled()
    inputs(dialog).whole.click()
    settle()
    dialog.change.click()
    settle()
    assert column(screen, "name") == ["学生桌", "会议桌", "空调", "学生椅"]


def test_thousands_of_rows_change_and_come_back(office: Office, open_screen: OpenScreen, settle: Settle) -> None:
    with office.session() as session:
        session.execute(
            sa.text(
                "INSERT INTO app.asset (code, name) SELECT 'N' || lpad(n::text, 6, '0'), 'chair' "
                "FROM generate_series(1, 5000) n"
            )
        )
    screen = open_screen("assets")
    screen.table.setFocus()
    click(screen, 0, "name")
    dialog = screen.blocks.change_rows()
    inputs(dialog).value.selectAll()
    QTest.keyClicks(inputs(dialog).value, "table")
    settle()
    dialog.change.click()
    settle()
    assert column(screen, "name")[0] == "table"
    for key, name in ((Qt.Key.Key_Z, "chair"), (Qt.Key.Key_Y, "table"), (Qt.Key.Key_Z, "chair")):
        undo(screen, settle, key)
        assert column(screen, "name")[0] == name


def test_a_selection_stays_on_its_rows_when_somebody_adds_others(
    screen: LedgerScreen, settle: Settle, office: Office
) -> None:
    click(screen, 1, "name")
    click(screen, 2, "original_value", SHIFT)
    with office.session() as session:
        session.execute(sa.text("INSERT INTO app.asset (code, name) VALUES ('A', 'first')"))
    screen.refresh()
    settle()
    press_on(screen.table, Qt.Key.Key_C, CTRL)
    settle()
    assert clipboard() == "会议桌\t8,800.00\n空调\t3,600.00\n"
