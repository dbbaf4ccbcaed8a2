"""Finance saves workbooks and vouchers from the window, and compares its own workbook with the book."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from openpyxl import load_workbook
from PySide6.QtWidgets import QComboBox, QLabel, QMessageBox

from db.models.depreciation import Book
from logistics_desktop.context import Office
from logistics_desktop.features.depreciation.differences import Cause
from logistics_desktop.features.depreciation.months import Month
from logistics_desktop.features.depreciation.sheets.kinds import Kind
from logistics_desktop.features.depreciation.sheets.order import Order
from logistics_desktop.features.depreciation.voucher.layout import Part
from logistics_desktop.features.depreciation.voucher.presets import PRESETS
from logistics_desktop.features.depreciation.voucher.store import read_layout
from tests.ui.windows import Settle
from tests.workbooks import book as workbook
from ui.depreciation.export_dialog import ExportDialog, open_export
from ui.depreciation.reconcile_dialog import ReconcileDialog, open_reconcile
from ui.depreciation.screen import DepreciationScreen
from ui.depreciation.voucher_dialog import VoucherDialog
from ui.depreciation.why_popup import WhyPopup
from ui.figures import FigureTable

FEBRUARY = Month(2026, 2)


@pytest.fixture
def accounts(office: Office, two_closed: int) -> int:
    """The book with accounts for every voucher."""
    with office.session() as session:
        found = session.get(Book, two_closed)
        assert found is not None
        found.expense_account, found.depreciation_account = "660201 管理费用", "1602 累计折旧"
    return two_closed


@pytest.fixture
def dialog(accounts: int, screen: DepreciationScreen, settle: Settle) -> Iterator[ExportDialog]:
    """The dialog for February."""
    assert screen.place is not None
    opened = open_export(screen.workspace, screen.place.book, FEBRUARY, screen)
    settle()
    yield opened
    opened.close()


@pytest.fixture
def compared(two_closed: int, screen: DepreciationScreen, settle: Settle) -> Iterator[ReconcileDialog]:
    """The comparison for February."""
    assert screen.place is not None
    opened = open_reconcile(screen.workspace, screen.place.book, FEBRUARY, screen)
    yield opened
    opened.close()


def texts(table: FigureTable, column: int) -> list[str]:
    return [line[column] for line in table.figures.lines]


def test_a_workbook_is_saved_and_offered(dialog: ExportDialog, settle: Settle, tmp_path: Path) -> None:
    assert dialog.month.currentText() == "2026-02"
    dialog.name.setText("江南学院")
    dialog.write(Kind.DETAIL, Order(dialog.book, dialog.month.month()), tmp_path / "二月.xlsx")
    settle()
    said = dialog.findChild(QMessageBox)
    assert said is not None
    assert "3 rows are saved as 二月.xlsx" in said.text()
    sheet = load_workbook(tmp_path / "二月.xlsx").worksheets[0]
    assert "Organisation: 江南学院" in str(sheet["A2"].value)


def test_only_what_a_workbook_needs_is_asked(dialog: ExportDialog, settle: Settle) -> None:
    needs = {
        Kind.DETAIL: (True, False, True),
        Kind.SCHEDULE: (False, True, True),
        Kind.FORECAST: (False, False, True),
        None: (True, False, False),
    }
    for kind, (month, asset, name) in needs.items():
        dialog.choose(kind)
        settle()
        shown = tuple(widget.isVisibleTo(dialog) for widget in (dialog.month, dialog.asset, dialog.name))
        assert shown == (month, asset, name), kind
    dialog.choose(Kind.SCHEDULE)
    dialog.do()
    assert dialog.said.text() == "Choose the asset whose schedule you want."


def test_a_month_that_is_not_calculated_says_so(dialog: ExportDialog, settle: Settle, tmp_path: Path) -> None:
    dialog.write(Kind.CLASSES, Order(dialog.book, Month(2026, 5)), tmp_path / "none.xlsx")
    settle()
    assert "2026-05 is not calculated" in dialog.said.text()
    assert not list(tmp_path.glob("*.xlsx"))


def test_the_voucher_is_seen_before_it_is_saved(dialog: ExportDialog, settle: Settle, tmp_path: Path) -> None:
    dialog.choose(None)
    settle()
    assert texts(dialog.voucher.table, 5) == ["660201", "660201", "1602", "1602"]
    assert dialog.voucher.sums.text() == "4 rows; debit 395.00 = credit 395.00"
    dialog.voucher.number.setText("12")
    assert set(texts(dialog.voucher.table, 2)) == {"12"}
    dialog.write_voucher(dialog.voucher.voucher(), dialog.voucher.layout_, tmp_path / "凭证.xlsx")
    settle()
    rows = list(load_workbook(tmp_path / "凭证.xlsx").worksheets[0].iter_rows(values_only=True))
    assert rows[1][2] == "12"
    assert len(rows) == 5


def test_the_layout_is_changed_in_sight_of_the_voucher(dialog: ExportDialog, settle: Settle, office: Office) -> None:
    dialog.choose(None)
    settle()
    layout = dialog.voucher.change_layout()
    layout.presets.setCurrentIndex(layout.presets.findText("One amount, credit below zero"))
    layout.presets.activated.emit(layout.presets.currentIndex())
    assert texts(layout.table, 5) == ["100.00", "295.00", "-395.00"]
    layout.columns.table.setCurrentCell(0, 1)
    layout.columns.add()
    assert layout.layout_().columns[1].part is Part.PERIOD
    layout.columns.move_by(-1)
    header = layout.columns.table.item(0, 1)
    assert header is not None
    header.setText("期间")
    assert layout.table.figures.columns[0].label == "期间"
    assert texts(layout.table, 0)[0] == "202602"
    layout.do()
    settle()
    with office.session() as session:
        assert [column.header for column in read_layout(session).columns][:2] == ["期间", ""]
    assert dialog.voucher.table.figures.columns[0].label == "期间"


def test_a_layout_that_cannot_be_read_cannot_be_saved(dialog: ExportDialog, settle: Settle) -> None:
    dialog.choose(None)
    settle()
    layout: VoucherDialog = dialog.voucher.change_layout()
    layout.text.setText("{nobody}")
    assert "braces that mean nothing: {nobody}" in layout.said.text()
    assert not layout.act.isEnabled()
    layout.show_layout(PRESETS["two_columns"][1])
    assert layout.act.isEnabled()
    for row in range(layout.columns.table.rowCount() - 1, -1, -1):
        box = layout.columns.table.cellWidget(row, 0)
        assert isinstance(box, QComboBox)
        if box.currentData() is Part.CREDIT:
            layout.columns.table.setCurrentCell(row, 1)
            layout.columns.remove()
    assert "A voucher needs its amounts" in layout.said.text()
    assert not layout.act.isEnabled()
    layout.close()


def test_a_missing_account_is_said_in_place_of_the_voucher(
    two_closed: int, screen: DepreciationScreen, settle: Settle
) -> None:
    assert screen.place is not None
    opened = open_export(screen.workspace, screen.place.book, FEBRUARY, screen, None)
    settle()
    said: QLabel = opened.voucher.sums
    assert said.text().startswith("No expense account for: 办公室, 工程部")
    opened.do()
    assert opened.said.text() == said.text()
    opened.close()


def test_own_figures_are_compared_and_saved(compared: ReconcileDialog, settle: Settle, tmp_path: Path) -> None:
    own = workbook(
        tmp_path / "折旧.xlsx",
        {
            "2月": [
                ["资产编号", "资产名称", "原值", "本月折旧", "累计折旧", "净值"],
                ["ZC001", "办公桌", 1200, 100, 200, 1000],
                ["ZC002", "会议桌", 2400, 190, 380, 2020],
                ["ZC009", "别处的", 500, 5, 10, 490],
            ]
        },
    )
    assert not compared.save.isEnabled()
    compared.compare(own)
    settle()
    assert texts(compared.table, 1) == ["ZC002", "ZC009", "ZC003"]
    assert texts(compared.table, 4) == ["-10.00", "", ""]
    assert compared.words.text().startswith("ZC002 会议桌: ")
    compared.shown.setCurrentIndex(compared.shown.findData(Cause.MISSING_THERE))
    assert texts(compared.table, 1) == ["ZC003"]
    compared.shown.setCurrentIndex(compared.shown.findData("all"))
    assert len(compared.lines) == 4
    compared.save_list(tmp_path / "list.xlsx")
    settle()
    assert load_workbook(tmp_path / "list.xlsx").worksheets[0].max_row == 6
    compared.give_back(tmp_path / "back.xlsx")
    settle()
    assert load_workbook(tmp_path / "back.xlsx")["2月"].max_column == 7


@pytest.mark.usefixtures("two_closed")
def test_a_line_that_differs_answers_why_the_book_has_its_figure(
    screen: DepreciationScreen, settle: Settle, tmp_path: Path
) -> None:
    header = ["资产编号", "资产名称", "原值", "本月折旧"]
    rows: list[list[object]] = [[*header], ["ZC002", "会议桌", 2400, 190], ["ZC009", "别处的", 500, 5]]
    own = workbook(tmp_path / "折旧.xlsx", {"3月": rows})
    screen.board.tiles.tile(Month(2026, 3)).click()
    compared = screen.board.reconcile()
    assert compared is not None
    compared.compare(own)
    settle()
    assert texts(compared.table, 1)[:2] == ["ZC002", "ZC009"]
    compared.table.opened.emit(1)
    settle()
    assert compared.findChild(WhyPopup) is None, "the book has no figure of it"
    compared.table.opened.emit(0)
    settle()
    popup = compared.findChild(WhyPopup)
    assert popup is not None, "over the dialog, not behind it"
    assert popup.isVisible()
    assert "2,400.00" in popup.text()
    compared.close()


def test_a_file_without_a_list_is_refused(compared: ReconcileDialog, settle: Settle, tmp_path: Path) -> None:
    compared.compare(workbook(tmp_path / "letter.xlsx", {"信": [["您好"], ["再见"]]}))
    settle()
    assert compared.said.text()
    assert not compared.save.isEnabled()
