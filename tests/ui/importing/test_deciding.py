"""What only the user can know: what names and words mean, what an empty cell means, where the table is."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QMenu

from logistics_desktop.ledger import records
from logistics_desktop.ledger.fields import Reference
from logistics_desktop.ledger.references import suggest
from logistics_desktop.ledgers import LEDGERS
from logistics_desktop.workbook.planned import Outcome
from tests.ui.importing.clerk import HEADER, ROWS, WAIT_MS, Importer, sheet
from tests.workbooks import book
from ui.ledger.import_dialog import ImportAssistant
from ui.ledger.importing.course import Stage
from ui.ledger.reference_popup import ReferencePopup


def _put(importer: Importer, ledger: str, **values: object) -> int:
    with importer.workspace.office.session() as session:
        return records.create(session, LEDGERS[ledger], values)


def _decisions(dialog: ImportAssistant) -> dict[str, str]:
    lines = dialog.check.names.list.lines
    return {lines.index(row, 1).data(): lines.index(row, 3).data() for row in range(lines.rowCount())}


def _select_name(dialog: ImportAssistant, name: str) -> None:
    view = dialog.check.names.list
    view.selectRow(next(row for row, one in enumerate(view.lines.items) if one.name == name))


def test_each_unknown_name_is_created_mapped_or_left_empty(importer: Importer, tmp_path: Path) -> None:
    _put(importer, "departments", code="01", name="财务处")
    rows = [*ROWS, ("A004", "桌子", "后勤", "直线法", 1, None, None, None)]
    dialog = importer.assistant(sheet(tmp_path / "资产.xlsx", rows))
    names = dialog.check.names
    assert dialog.check.side.tabText(0) == "Unknown names 3"
    assert _decisions(dialog) == dict.fromkeys(("财务科", "办公室", "后勤"), "Not decided")
    assert names.list.lines.items[0].rows == (3, 5)
    _select_name(dialog, "办公室")
    importer.click(names.create_some)
    importer.settle(dialog)
    _select_name(dialog, "后勤")
    importer.click(names.empty)
    importer.settle(dialog)
    _select_name(dialog, "财务科")
    popup = names.use_existing()
    assert isinstance(popup, ReferencePopup)
    importer.qtbot.waitUntil(lambda: not importer.workspace.tasks.busy(), timeout=WAIT_MS)
    popup.chosen.emit(_suggested(importer, "财务处"))
    popup.close()
    importer.settle(dialog)
    assert _decisions(dialog) == {"财务科": "Use “财务处”", "办公室": "Create", "后勤": "Leave empty"}
    assert dialog.check.side.tabText(0) == "Unknown names"
    importer.click(dialog.go_on)
    importer.settle(dialog)
    assert importer.stored("code", "department_id") == [
        ("A001", "财务处"),
        ("A002", "办公室"),
        ("A003", "财务处"),
        ("A004", None),
    ]
    dialog.accept()


def _suggested(importer: Importer, name: str) -> Reference:
    with importer.workspace.office.session() as session:
        return suggest(session, LEDGERS["departments"], name)[0]


def test_a_name_that_two_departments_have_is_asked_about(importer: Importer, tmp_path: Path) -> None:
    above = [_put(importer, "departments", code=code, name=f"{code}厂") for code in ("1", "2")]
    for code, parent in zip(("11", "21"), above, strict=True):
        _put(importer, "departments", code=code, name="财务科", parent_id=parent)
    _put(importer, "departments", code="3", name="办公室")
    dialog = importer.assistant(sheet(tmp_path / "资产.xlsx"))
    assert _decisions(dialog) == {"财务科": "2 have this name: say which"}
    assert dialog.check.fates[Outcome.REFUSED].text() == "Refused  2"
    _select_name(dialog, "财务科")
    assert not dialog.check.names.create_some.isEnabled()
    menu = dialog.check.names.use_existing()
    assert isinstance(menu, QMenu)
    importer.choose(menu, "财务科 (21)")
    importer.settle(dialog)
    importer.click(dialog.go_on)
    importer.settle(dialog)
    assert importer.stored("department_id")[0] == ("财务科",)
    dialog.accept()


def test_an_unknown_word_gets_its_meaning_from_the_user(importer: Importer, tmp_path: Path) -> None:
    rows = [
        ("A001", "电脑", None, "老办法", 5000, None, None, None),
        ("A002", "灯", None, "直线法", 5, None, None, None),
    ]
    dialog = importer.assistant(sheet(tmp_path / "资产.xlsx", rows))
    assert dialog.check.fates[Outcome.REFUSED].text() == "Refused  1"
    words = dialog.check.words
    assert [words.list.lines.index(0, column).data() for column in range(4)] == [
        "Depreciation method",
        "老办法",
        "1",
        "Not decided",
    ]
    menu = words.choose()
    assert menu is not None
    importer.choose(menu, "Straight line")
    importer.settle(dialog)
    assert words.list.lines.index(0, 3).data() == "Straight line"
    assert dialog.check.fates[Outcome.NEW].text() == "Newly added  2"
    importer.click(dialog.go_on)
    importer.settle(dialog)
    first, second = importer.stored("method")
    assert first == second
    dialog.accept()


@pytest.mark.parametrize(("choice", "note"), [("Leaves the value", "靠窗"), ("Clears the value", None)])
def test_an_empty_cell_means_what_the_user_says(
    importer: Importer, tmp_path: Path, choice: str, note: str | None
) -> None:
    importer.import_all(sheet(tmp_path / "1.xlsx")).accept()
    changed = [(*ROWS[0][:4], 5001, ROWS[0][5], None, None), *ROWS[1:]]
    dialog = importer.assistant(sheet(tmp_path / "2.xlsx", changed))
    assert "Where a cell is empty, the value that is stored stays." in dialog.check.hints.texts()
    importer.click(dialog.steps.buttons[Stage.COLUMNS])
    pick = dialog.columns.empty_of("备注")
    pick.setCurrentText(choice)
    pick.activated.emit(pick.currentIndex())
    importer.settle(dialog)
    assert not dialog.columns.empty_of("资产编号").isEnabled()
    importer.click(dialog.go_on)
    importer.click(dialog.go_on)
    importer.settle(dialog)
    assert importer.stored("code", "note")[0] == ("A001", note)
    dialog.accept()


def test_a_column_can_be_left_out(importer: Importer, tmp_path: Path) -> None:
    dialog = importer.assistant(sheet(tmp_path / "资产.xlsx"))
    importer.click(dialog.steps.buttons[Stage.COLUMNS])
    pick = dialog.columns.field_of("使用部门")
    pick.setCurrentText("Not imported")
    pick.activated.emit(pick.currentIndex())
    importer.settle(dialog)
    importer.click(dialog.go_on)
    assert dialog.check.side.indexOf(dialog.check.names) < 0
    importer.click(dialog.go_on)
    importer.settle(dialog)
    assert importer.stored("department_id") == [(None,)] * 3
    dialog.accept()


def test_a_field_goes_from_one_column_to_another(importer: Importer, tmp_path: Path) -> None:
    header = ["资产编号", "资产名称", "金额", "原值"]
    dialog = importer.assistant(book(tmp_path / "x.xlsx", {"S": [header, ["A1", "灯", 7, 9]]}))
    importer.click(dialog.steps.buttons[Stage.COLUMNS])
    assert dialog.columns.field_of("原值").currentText() == "Original value"
    pick = dialog.columns.field_of("金额")
    pick.setCurrentText("Original value")
    pick.activated.emit(pick.currentIndex())
    importer.settle(dialog)
    assert dialog.columns.field_of("原值").currentText() == "Not imported"
    assert "7.00" in dialog.check.totals.text()
    dialog.reject()


def test_sheets_are_shown_with_the_reason_and_another_can_be_taken(importer: Importer, tmp_path: Path) -> None:
    rows: dict[str, list[Sequence[object]]] = {
        "资产": [HEADER, *ROWS],
        "说明": [["怎样填表"]],
        "二厂": [HEADER, ("B001", *ROWS[0][1:])],
    }
    dialog = importer.assistant(book(tmp_path / "资产.xlsx", rows))
    importer.click(dialog.steps.buttons[Stage.FILE])
    lines = dialog.file.sheets.lines
    said = {lines.index(row, 0).data(): lines.index(row, 3).data() for row in range(3)}
    assert said["资产"] == "Taken."
    assert said["说明"] == "No row of the sheet looks like the header of this ledger."
    dialog.file.sheets.selectRow(2)
    importer.click(dialog.file.take)
    importer.settle(dialog)
    assert dialog.stage() is Stage.CHECK
    assert "sheet “二厂”" in dialog.steps.about.text()
    assert dialog.check.fates[Outcome.NEW].text() == "Newly added  1"
    dialog.reject()


def test_sheets_of_one_kind_are_imported_one_after_the_other(importer: Importer, tmp_path: Path) -> None:
    rows = {"一月": [HEADER, *ROWS], "二月": [HEADER, ("B001", *ROWS[0][1:])]}
    dialog = importer.import_all(book(tmp_path / "资产.xlsx", rows))
    assert dialog.done_page.next_sheet.text() == "Go on with the sheet 二月"
    importer.click(dialog.done_page.next_sheet)
    importer.settle(dialog)
    importer.click(dialog.go_on)
    importer.settle(dialog)
    assert not dialog.done_page.next_sheet.isVisible()
    assert len(importer.stored("code")) == 4
    dialog.accept()


def test_the_user_points_at_the_header_that_the_program_does_not_know(importer: Importer, tmp_path: Path) -> None:
    rows = [[], [], ["我们的东西"], ["代号", "物件"], ["A1", "灯"]]
    dialog = importer.assistant(book(tmp_path / "x.xlsx", {"S": rows}))
    assert dialog.stage() is Stage.FILE
    assert dialog.said.text().startswith("No table of this ledger was found.")
    dialog.file.sheets.selectRow(0)
    headers = dialog.file.preview.verticalHeaderItem(1)
    assert headers is not None
    assert headers.text() == "4"
    dialog.file.preview.selectRow(1)
    assert dialog.file.header_row.value() == 4
    importer.click(dialog.file.take)
    importer.settle(dialog)
    assert dialog.stage() is Stage.COLUMNS
    assert dialog.columns.field_of("代号").currentText() == "Not imported"
    dialog.reject()


def test_a_workbook_is_dropped_on_the_assistant(importer: Importer, tmp_path: Path) -> None:
    dialog = importer.assistant()
    assert dialog.stage() is Stage.FILE
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(sheet(tmp_path / "资产.xlsx")))])
    buttons, keys, copy = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, Qt.DropAction.CopyAction
    enter = QDragEnterEvent(QPointF(9, 9).toPoint(), copy, mime, buttons, keys)
    dialog.dragEnterEvent(enter)
    assert enter.isAccepted()
    dialog.dropEvent(QDropEvent(QPointF(9, 9), copy, mime, buttons, keys))
    importer.settle(dialog)
    assert dialog.stage() is Stage.CHECK
    dialog.reject()
