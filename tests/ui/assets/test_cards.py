"""Cards at the window, with the keys and buttons that a clerk presses."""

from __future__ import annotations

from pathlib import Path
from typing import TypeVar

from openpyxl import load_workbook
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QDialog,
    QPushButton,
    QTableWidget,
    QTableWidgetItem,
    QTreeWidget,
    QTreeWidgetItem,
    QWidget,
)

from tests.ui.windows import Settle
from ui.assets.entry_dialog import EntryDialog
from ui.assets.handover_dialog import HandoverDialog
from ui.assets.merge_dialog import MergeDialog
from ui.assets.numbering_dialog import NumberingDialog
from ui.assets.screen import AssetsScreen
from ui.assets.split_dialog import SplitDialog
from ui.assets.steps_dialog import StepsDialog
from ui.ledger.form import Form

D = TypeVar("D", bound=QDialog)
CTRL_SHIFT = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier


def column(screen: AssetsScreen, key: str) -> list[str]:
    at = [field.key for field in screen.entity].index(key)
    return [str(screen.model.index(row, at).data()) for row in range(screen.model.rowCount())]


def activate(window: QWidget) -> None:
    """Make a window the one that the keyboard works in."""
    for _try in range(200):
        window.activateWindow()
        if window.isActiveWindow():
            return
        QTest.qWait(10)
    raise AssertionError(f"{window} does not become active")


def cell(table: QTableWidget, row: int, column: int) -> QTableWidgetItem:
    item = table.item(row, column)
    assert item is not None
    return item


def line(tree: QTreeWidget, row: int) -> QTreeWidgetItem:
    item = tree.topLevelItem(row)
    assert item is not None
    return item


def press(screen: AssetsScreen, settle: Settle, key: Qt.Key, kind: type[D]) -> D:
    """Press Ctrl+Shift and a key in the table, and give the dialog that opens."""
    screen.window().activateWindow()
    assert QTest.qWaitForWindowActive(screen.window())
    screen.table.setFocus()
    QTest.keyClick(screen.table, key, CTRL_SHIFT)
    settle()
    dialog = next(one for one in screen.findChildren(kind) if one.isVisible())
    activate(dialog)
    return dialog


def click(button: QPushButton, settle: Settle) -> None:
    assert button.isEnabled()
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    settle()


def choose(form: Form, code: str, settle: Settle) -> None:
    """Type the code of a class and go on."""
    activate(form.window())
    editor = form.editor("class_id")
    editor.setFocus()
    QTest.keyClicks(editor, code)
    form.editor("maker").setFocus()
    settle()


def split(screen: AssetsScreen, settle: Settle) -> None:
    screen.table.select_record(0)
    dialog = press(screen, settle, Qt.Key.Key_D, SplitDialog)
    click(dialog.act, settle)


def test_split_merge_and_take_back_with_the_keyboard(assets: AssetsScreen, settle: Settle) -> None:
    assert column(assets, "code") == ["OLD-1", ""]
    assets.table.select_record(0)
    dialog = press(assets, settle, Qt.Key.Key_D, SplitDialog)
    assert dialog.count.value() == 3
    assert [cell(dialog.table, row, 2).text() for row in range(3)] == ["33.33", "33.34", "33.33"]
    click(dialog.act, settle)
    assert column(assets, "code") == ["6010200-2025-0001", "6010200-2025-0002", "OLD-1", ""]
    assets.table.setFocus()
    QTest.keyClick(assets.table, Qt.Key.Key_Home, Qt.KeyboardModifier.ControlModifier)
    for _row in range(2):
        QTest.keyClick(assets.table, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    merging = press(assets, settle, Qt.Key.Key_M, MergeDialog)
    assert line(merging.tree, 0).text(0) == "Asset code"
    assert line(merging.tree, 0).text(2) == "OLD-1"
    click(merging.act, settle)
    assert column(assets, "code") == ["OLD-1", ""]
    assert column(assets, "original_value")[0] == "100.00"
    steps = press(assets, settle, Qt.Key.Key_Z, StepsDialog)
    click(steps.act, settle)
    assert len(column(assets, "code")) == 4
    steps.tree.setCurrentItem(line(steps.tree, 1))
    click(steps.act, settle)
    assert column(assets, "quantity") == ["3", "1"]


def test_uneven_quantities_are_typed_and_must_add_up(assets: AssetsScreen, settle: Settle) -> None:
    assets.table.select_record(0)
    dialog = press(assets, settle, Qt.Key.Key_D, SplitDialog)
    dialog.count.setValue(2)
    assert [cell(dialog.table, row, 1).text() for row in range(2)] == ["2", "1"]
    cell(dialog.table, 0, 1).setText("2.5")
    assert "3.5 together" in dialog.said.text()
    assert not dialog.act.isEnabled()
    cell(dialog.table, 0, 1).setText("abc")
    assert "not a number" in dialog.said.text()
    cell(dialog.table, 0, 1).setText("2.5")
    cell(dialog.table, 1, 1).setText("0.5")
    assert cell(dialog.table, 0, 2).text() == "83.33"
    click(dialog.act, settle)
    assert sorted(column(assets, "original_value")) == ["", "16.67", "83.33"]


def test_what_is_not_alike_is_not_merged(assets: AssetsScreen, settle: Settle) -> None:
    assets.table.selectAll()
    dialog = press(assets, settle, Qt.Key.Key_M, MergeDialog)
    assert "not alike" in dialog.said.text()
    assert not dialog.act.isEnabled()


def test_the_tray_leads_to_what_waits_and_numbers_it(assets: AssetsScreen, settle: Settle) -> None:
    tray = assets.tray
    assert tray.buttons["code"].text() == "without number  1"
    click(tray.buttons["code"], settle)
    assert column(assets, "name") == ["办公椅"]
    assets.table.selectAll()
    click(tray.give, settle)
    assert assets.model.rowCount() == 0
    click(tray.buttons["code"], settle)
    assert not tray.buttons["code"].isVisible()
    assert len([code for code in column(assets, "code") if code.startswith("6010200-")]) == 1


def test_many_cards_from_one_entry(assets: AssetsScreen, settle: Settle, ids: dict[str, int]) -> None:
    dialog = press(assets, settle, Qt.Key.Key_N, EntryDialog)
    click(dialog.act, settle)
    assert "filled in" in dialog.form.error("name") or dialog.said.text()
    QTest.keyClicks(dialog.form.editor("name"), "lamp")
    choose(dialog.form, "6010300", settle)
    QTest.keyClicks(dialog.form.editor("original_value"), "100")
    dialog.count.setValue(3)
    dialog.together.setChecked(True)
    click(dialog.act, settle)
    lamps = [at for at, name in enumerate(column(assets, "name")) if name == "lamp"]
    assert [column(assets, "original_value")[at] for at in lamps] == ["33.33", "33.34", "33.33"]
    assert {column(assets, "code")[at][:8] for at in lamps} == {"6010300-"}


def test_a_class_fills_what_is_empty_and_says_so(assets: AssetsScreen, settle: Settle, ids: dict[str, int]) -> None:
    form = assets.panel.form
    assets.new_record()
    settle()
    QTest.keyClicks(form.editor("unit"), "set")
    choose(form, "6010200", settle)
    assert form.editor("life_months").value() == 180
    assert form.editor("unit").value() == "set"
    assert form.whispered("life_months") == "from the class"


def test_the_rule_is_shown_while_it_is_typed(assets: AssetsScreen, settle: Settle) -> None:
    dialog = assets.edit_rule()
    settle()
    assert isinstance(dialog, NumberingDialog)
    assert dialog.rule.text() == "{class}-{year}-{serial:4}"
    dialog.rule.setText("{year}")
    assert "{serial}" in dialog.said.text()
    assert not dialog.act.isEnabled()
    dialog.rule.clear()
    QTest.keyClicks(dialog.rule, "ZC{serial:3}")
    assert dialog.example.text() == "ZC001  ZC002  ZC003"
    click(dialog.act, settle)
    split(assets, settle)
    assert column(assets, "code")[1:3] == ["ZC001", "ZC002"]


def test_the_hand_over_sheet_of_a_keeper(assets: AssetsScreen, settle: Settle, tmp_path: Path) -> None:
    assets.table.select_record(0)
    dialog = press(assets, settle, Qt.Key.Key_H, HandoverDialog)
    assert dialog.person.text() == "王芳"
    assert cell(dialog.table, 0, 1).text() == "OLD-1"
    assert "100.00" in dialog.total.text()
    dialog.taker.setFocus()
    QTest.keyClicks(dialog.taker, "Li")
    QTest.keyClick(dialog.taker, Qt.Key.Key_Tab)
    settle()
    dialog.save_workbook(tmp_path / "sheet.xlsx")
    settle()
    assert "To: Li" in load_workbook(tmp_path / "sheet.xlsx").worksheets[0]["A2"].value
    dialog.save_pdf(tmp_path / "sheet.pdf")
    assert (tmp_path / "sheet.pdf").read_bytes().startswith(b"%PDF")
    dialog.save_pdf(tmp_path / "nowhere" / "sheet.pdf")
    assert "does not exist" in dialog.said.text()


def test_with_nothing_selected_the_dialog_says_what_to_do(assets: AssetsScreen, settle: Settle) -> None:
    assets.table.clearSelection()
    dialog = assets.merge_selected()
    settle()
    assert isinstance(dialog, MergeDialog)
    assert "Select 2" in dialog.said.text()
    assert not dialog.act.isEnabled()
