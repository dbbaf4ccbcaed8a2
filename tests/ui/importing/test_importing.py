"""From a workbook to the ledger: what a clerk sees and gets, with real clicks on a real database."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog

from logistics_desktop.workbook.planned import Outcome
from tests.ui.importing.clerk import ROWS, WAIT_MS, Importer, sheet
from tests.workbooks import book
from ui.ledger.importing.course import Stage

_REAL = Path("shared") / "real" / "固定资产.xlsx"
REAL = next((up / _REAL for up in Path(__file__).parents if (up / _REAL).exists()), None)


def test_a_clear_workbook_is_checked_at_once_and_imported(importer: Importer, tmp_path: Path) -> None:
    dialog = importer.assistant(sheet(tmp_path / "资产.xlsx"))
    assert dialog.stage() is Stage.CHECK
    assert dialog.check.fates[Outcome.NEW].text() == "Newly added  3"
    assert "9,200.50" in dialog.check.totals.text()
    assert dialog.check.hints.texts() == ["Columns that are not imported: 领导批示"]
    assert not dialog.go_on.isEnabled()
    assert dialog.why_not.text() == "Say first what the unknown names are."
    importer.click(dialog.check.names.create_all)
    importer.settle(dialog)
    importer.click(dialog.go_on)
    importer.settle(dialog)
    assert dialog.stage() is Stage.DONE
    assert dialog.done_page.summary.text() == (
        "3 new, 0 changed, 0 unchanged, 0 refused.\nCreated on the way: Departments 2."
    )
    assert importer.stored("code", "name", "department_id", "original_value", "purchased_on") == [
        ("A001", "电脑", "财务科", Decimal("5000.00"), date(2019, 3, 5)),
        ("A002", "打印机", "办公室", Decimal("1200.50"), date(2019, 3, 5)),
        ("A003", "空调", "财务科", Decimal("3000.00"), date(2019, 3, 5)),
    ]
    importer.click(dialog.go_on)
    assert not dialog.isVisible()


def test_the_ledger_hears_of_the_import(importer: Importer, tmp_path: Path) -> None:
    heard: set[str] = set()
    importer.workspace.changes.changed.connect(heard.update)
    dialog = importer.import_all(sheet(tmp_path / "资产.xlsx"))
    importer.qtbot.waitUntil(lambda: {"asset", "department"} <= heard, timeout=WAIT_MS)
    dialog.accept()


def test_enter_imports_and_escape_leaves(importer: Importer, tmp_path: Path) -> None:
    importer.import_all(sheet(tmp_path / "1.xlsx")).accept()
    dialog = importer.assistant(sheet(tmp_path / "2.xlsx", [("A009", *ROWS[0][1:])]))
    dialog.go_on.setFocus()
    QTest.keyClick(dialog, Qt.Key.Key_Return)
    importer.settle(dialog)
    assert dialog.stage() is Stage.DONE
    dialog.accept()
    dialog = importer.assistant(sheet(tmp_path / "3.xlsx", [("A010", *ROWS[0][1:])]))
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    assert not dialog.isVisible()
    assert [code for (code,) in importer.stored("code")] == ["A001", "A002", "A003", "A009"]


def test_an_import_is_undone(importer: Importer, tmp_path: Path) -> None:
    dialog = importer.import_all(sheet(tmp_path / "资产.xlsx"))
    importer.click(dialog.done_page.undo)
    importer.settle(dialog)
    assert dialog.done_page.summary.text() == "The import is undone: 5 records deleted, 0 put back as they were."
    assert not dialog.done_page.undo.isVisible()
    assert importer.stored("code") == []
    dialog.accept()


def test_a_second_workbook_shows_each_changed_cell_before_and_after(importer: Importer, tmp_path: Path) -> None:
    importer.import_all(sheet(tmp_path / "1.xlsx")).accept()
    rows = [ROWS[0], (*ROWS[1][:4], 1300, *ROWS[1][5:]), ROWS[2], ("A004", *ROWS[2][1:])]
    dialog = importer.assistant(sheet(tmp_path / "2.xlsx", rows))
    counts = [button.text() for button in dialog.check.fates.values()]
    assert counts == ["Newly added  1", "Changed  1", "Unchanged  2", "Refused  0"]
    importer.click(dialog.check.fates[Outcome.CHANGED])
    table = dialog.check.table.rows
    cell = table.find(4, "original_value")
    assert (table.rowCount(), cell.data()) == (1, "1,200.50 → 1,300.00")
    assert table.headerData(0, Qt.Orientation.Vertical) == 4
    importer.click(dialog.go_on)
    importer.settle(dialog)
    assert dialog.done_page.summary.text().startswith("1 new, 1 changed, 2 unchanged")
    assert importer.stored("code", "original_value")[1] == ("A002", Decimal("1300.00"))
    dialog.accept()


def test_the_same_file_again_is_noticed_and_has_nothing_to_import(importer: Importer, tmp_path: Path) -> None:
    path = sheet(tmp_path / "资产.xlsx")
    importer.import_all(path).accept()
    dialog = importer.assistant(path)
    first = dialog.check.hints.texts()[0]
    assert first.startswith(f"{importer.workspace.office.user} imported this very file on ")
    assert first.endswith("3 new, 0 changed.")
    assert dialog.check.fates[Outcome.UNCHANGED].text() == "Unchanged  3"
    assert not dialog.go_on.isEnabled()
    assert dialog.why_not.text() == "There is nothing to import: the ledger holds all of it already."
    dialog.reject()


def test_the_real_workbook_comes_in_whole_and_only_once(importer: Importer) -> None:
    if REAL is None:
        pytest.skip("the real workbook is not beside this checkout")
    dialog = importer.assistant(REAL)
    assert dialog.stage() is Stage.CHECK
    assert "sheet “固定资产查询”, header in row 3, 42 rows" in dialog.steps.about.text()
    assert "Original value 7,402,650.00" in dialog.check.totals.text()
    importer.click(dialog.check.names.create_all)
    importer.settle(dialog)
    importer.click(dialog.go_on)
    importer.settle(dialog)
    assert dialog.done_page.summary.text().startswith("42 new, 0 changed, 0 unchanged, 0 refused.")
    dialog.accept()
    dialog = importer.assistant(REAL)
    assert dialog.check.fates[Outcome.UNCHANGED].text() == "Unchanged  42"
    dialog.reject()


def test_good_rows_come_in_and_the_refused_ones_go_back_in_the_users_own_file(
    importer: Importer, tmp_path: Path
) -> None:
    rows = [ROWS[0], (*ROWS[1][:4], "两千", *ROWS[1][5:]), ROWS[2]]
    dialog = importer.assistant(sheet(tmp_path / "资产.xlsx", rows))
    importer.click(dialog.check.names.create_all)
    importer.settle(dialog)
    assert not dialog.go_on.isEnabled()
    assert dialog.why_not.text() == "Refused rows: 1."
    importer.click(dialog.good_rows)
    returned = tmp_path / "改.xlsx"
    chooser = dialog.findChildren(QFileDialog)[0]
    chooser.fileSelected.emit(str(returned))
    chooser.close()
    importer.settle(dialog)
    assert dialog.done_page.summary.text().startswith("2 new, 0 changed, 0 unchanged, 1 refused.")
    assert "改.xlsx" in dialog.done_page.returned.text()
    dialog.accept()
    assert [code for (code,) in importer.stored("code")] == ["A001", "A003"]
    corrected = openpyxl.load_workbook(returned)
    page = corrected.active
    assert page is not None
    assert page["I2"].value == "Import problems"
    assert "两千" in str(page["I4"].value)
    page["E4"] = 2000
    corrected.save(returned)
    dialog = importer.assistant(returned)
    assert [button.text() for button in dialog.check.fates.values()][:3] == [
        "Newly added  1",
        "Changed  0",
        "Unchanged  2",
    ]
    dialog.reject()


def test_a_refused_file_that_cannot_be_saved_stops_the_import(importer: Importer, tmp_path: Path) -> None:
    rows = [ROWS[0], (*ROWS[1][:4], "两千", *ROWS[1][5:])]
    dialog = importer.assistant(sheet(tmp_path / "资产.xlsx", rows))
    importer.click(dialog.check.names.create_all)
    importer.settle(dialog)
    dialog.course.store_good(tmp_path / "nowhere" / "改.xlsx")
    importer.settle(dialog)
    assert "nowhere does not exist" in dialog.said.text()
    assert dialog.stage() is Stage.CHECK
    assert importer.stored("code") == []
    dialog.reject()


def test_a_problem_leads_to_its_cell(importer: Importer, tmp_path: Path) -> None:
    rows = [ROWS[0], (*ROWS[1][:4], "两千", *ROWS[1][5:]), ROWS[2]]
    dialog = importer.assistant(sheet(tmp_path / "资产.xlsx", rows))
    importer.click(dialog.check.fates[Outcome.NEW])
    assert dialog.check.table.rows.rowCount() == 2
    problems = dialog.check.problems
    dialog.check.side.setCurrentWidget(problems)
    problems.list.selectRow(0)
    assert problems.whole.text() == str(problems.list.selected()[0].problem)
    QTest.keyClick(problems.list, Qt.Key.Key_Return)
    cell = dialog.check.table.currentIndex()
    assert cell.data() == "两千"
    assert "两千" in cell.data(Qt.ItemDataRole.ToolTipRole)
    assert dialog.check.table.rows.headerData(cell.row(), Qt.Orientation.Vertical) == 4
    dialog.reject()


def test_skipped_rows_are_listed_with_their_reasons(importer: Importer, tmp_path: Path) -> None:
    total = ("合计", None, None, None, 9200.5, None, None, None)
    dialog = importer.assistant(sheet(tmp_path / "资产.xlsx", [*ROWS, total]))
    skipped = dialog.check.skipped.list.lines
    assert (skipped.rowCount(), skipped.index(0, 0).data()) == (1, "6")
    assert skipped.index(0, 1).data()
    dialog.reject()


def test_another_ledgers_workbook_goes_to_the_columns_first(importer: Importer, tmp_path: Path) -> None:
    path = book(tmp_path / "x.xlsx", {"S": [["编号", "物件", "使用部门", "原值"], ["A1", "电脑", "财务科", 1]]})
    dialog = importer.assistant(path)
    assert dialog.stage() is Stage.COLUMNS
    picks = dialog.columns.field_of("物件")
    assert picks.currentText() == "Not imported"
    picks.setCurrentText("Name")
    picks.activated.emit(picks.currentIndex())
    importer.settle(dialog)
    importer.click(dialog.go_on)
    importer.click(dialog.check.names.create_all)
    importer.settle(dialog)
    importer.click(dialog.go_on)
    importer.settle(dialog)
    assert importer.stored("code", "name") == [("A1", "电脑")]
    dialog.accept()
    path = book(tmp_path / "y.xlsx", {"S": [["编号", "物件", "使用部门", "原值"], ["A2", "空调", "财务科", 1]]})
    dialog = importer.assistant(path)
    assert dialog.stage() is Stage.CHECK
    dialog.go_to(Stage.COLUMNS)
    assert dialog.columns.field_of("物件").currentText() == "Name"
    dialog.reject()
