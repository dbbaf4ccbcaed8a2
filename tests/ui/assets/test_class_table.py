"""A class table comes in through the import assistant: its edition and its tree are said there."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from logistics_desktop.context import Office
from logistics_desktop.features.assets import classes as rules
from logistics_desktop.workbook.planned import Parents
from tests.ui.windows import Settle
from tests.workbooks import book
from ui.assets.classes_screen import ClassesScreen
from ui.ledger.import_dialog import ImportAssistant
from ui.ledger.importing.course import Stage

ROWS = [("分类代码", "分类名称", "使用年限"), ("A02000000", "设备", 5), ("A02010000", "计算机", 6)]


def test_edition_and_tree_are_chosen_and_stored(
    classes: ClassesScreen, settle: Settle, tmp_path: Path, office: Office
) -> None:
    assistant = classes.import_workbook(book(tmp_path / "table.xlsx", {"分类": ROWS}))
    assert isinstance(assistant, ImportAssistant)
    settle()
    assistant.go_to(Stage.COLUMNS)
    tree = assistant.columns.tree
    assistant.activateWindow()
    assert QTest.qWaitForWindowActive(assistant)
    tree.given["edition"].setFocus()
    QTest.keyClicks(tree.given["edition"], "GB-2022")
    QTest.keyClick(tree.given["edition"], Qt.Key.Key_Tab)
    settle()
    tree.parents.setCurrentIndex(tree.parents.findData(Parents.CODE))
    tree.parents.activated.emit(tree.parents.currentIndex())
    settle()
    assert not assistant.columns.field_of("分类代码").currentText().startswith("Not")
    assistant.go_to(Stage.CHECK)
    QTest.mouseClick(assistant.go_on, Qt.MouseButton.LeftButton)
    settle()
    with office.session() as session:
        lines = {line.code: line for line in rules.side_by_side(session, "GB-2022", "2010").old}
    assert lines["A02010000"].parent_id == lines["A02000000"].id
    assistant.close()
