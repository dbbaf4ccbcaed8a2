"""Finance runs a month, looks at it, closes it and opens it again."""

from __future__ import annotations

from decimal import Decimal

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog

from db.models.depreciation import PeriodState
from logistics_desktop.context import Office
from logistics_desktop.features.depreciation.months import Month
from logistics_desktop.features.depreciation.tie_out import Term
from logistics_desktop.ledger.filters import Query, Within
from tests.ui.windows import Settle
from ui.depreciation.doubts_dialog import DoubtsDialog
from ui.depreciation.reopen_dialog import ReopenDialog
from ui.depreciation.screen import DepreciationScreen
from ui.depreciation.tie_out_dialog import TieOutDialog
from ui.depreciation.why_popup import WhyPopup
from ui.ledger.screen import LedgerScreen
from ui.main_window import MainWindow

JANUARY, FEBRUARY, MARCH = (Month(2026, number) for number in (1, 2, 3))


def states(screen: DepreciationScreen) -> list[PeriodState]:
    return [tile.line.state for tile in screen.board.tiles.tiles]


def dialog(screen: DepreciationScreen, kind: type[QDialog]) -> QDialog:
    return next(one for one in screen.findChildren(kind) if one.isVisible())


def column(ledger: LedgerScreen, key: str) -> list[str]:
    at = [field.key for field in ledger.entity].index(key)
    return [str(ledger.model.index(row, at).data()) for row in range(ledger.model.rowCount())]


def test_without_a_book_the_screen_makes_the_first(
    window: MainWindow, ids: dict[str, int], screen: DepreciationScreen, settle: Settle
) -> None:
    assert screen.stack.currentWidget() is screen.none
    screen.none.add.click()
    settle()
    books = window.tabs.currentWidget().findChild(LedgerScreen)
    assert books is not None
    assert books.entity.key == "books"
    form = books.panel.form
    for key, text in (("code", "1"), ("name", "主账"), ("first_month", "2026-01-01")):
        form.editor(key).insert(text)
        form.editor(key).textEdited.emit(text)
    standard = form.editor("standard")
    standard.setCurrentIndex(0)
    standard.activated.emit(0)
    books.panel.save()
    settle()
    window.open_module("depreciation")
    settle()
    assert screen.stack.currentWidget() is screen.pages
    assert len(screen.board.tiles.tiles) == 12


@pytest.mark.usefixtures("book")
def test_a_run_catches_up_missed_months_and_says_which(
    screen: DepreciationScreen, settle: Settle, window: MainWindow
) -> None:
    screen.board.tiles.tile(MARCH).click()
    screen.board.run.trigger()
    settle()
    assert states(screen)[:4] == [PeriodState.CALCULATED] * 3 + [PeriodState.OPEN]
    assert "2026-01, 2026-02, 2026-03" in window.notices.texts()[-1]
    march = screen.board.tiles.tile(MARCH).line
    assert (march.entries, march.total) == (3, Decimal("395.00"))  # 100 + 200 + 95


@pytest.mark.usefixtures("two_closed")
def test_the_months_after_an_undone_one_are_open_again(screen: DepreciationScreen, settle: Settle) -> None:
    assert states(screen)[:3] == [PeriodState.CLOSED, PeriodState.CLOSED, PeriodState.CALCULATED]
    screen.board.undo.trigger()
    settle()
    assert states(screen)[:3] == [PeriodState.CLOSED, PeriodState.CLOSED, PeriodState.OPEN]
    assert not screen.board.undo.isEnabled()


@pytest.mark.usefixtures("two_closed")
def test_only_what_can_be_done_with_a_month_is_offered(screen: DepreciationScreen, settle: Settle) -> None:
    def offered() -> set[str]:
        return {action.objectName() for action in screen.board.tools.actions() if action.isEnabled()} - {""}

    looking = {"tie_out", "month_charges", "depreciation_sheets", "reconcile"}
    assert offered() == {"run_depreciation", "undo_run", "close_month", "doubts", *looking}
    screen.board.tiles.tile(FEBRUARY).click()
    settle()
    assert offered() == {"reopen_month", *looking}
    screen.board.tiles.tile(JANUARY).click()
    settle()
    assert offered() == looking
    screen.board.tiles.tile(Month(2026, 7)).click()
    settle()
    assert offered() == {"run_depreciation", "doubts", "depreciation_sheets"}


@pytest.mark.usefixtures("two_closed")
def test_closing_shows_the_tie_out_whose_terms_open_their_assets(
    screen: DepreciationScreen, settle: Settle, window: MainWindow
) -> None:
    screen.board.tiles.tile(FEBRUARY).click()
    settle()
    screen.board.tie.trigger()
    settle()
    shown = dialog(screen, TieOutDialog)
    assert isinstance(shown, TieOutDialog)
    assert shown.tied is not None
    assert shown.tied.balances
    assert shown.tied.last + shown.tied.sum(Term.STARTED) == shown.tied.this == Decimal("395.00")
    assert [line.code for line in shown.lines] == ["ZC003"]
    shown.table.opened.emit(0)
    settle()
    popup = shown.findChild(WhyPopup)
    assert popup is not None, "over the tie-out, not behind it"
    assert popup.why.explanation.amount == Decimal("95.00")
    popup.close()
    shown.reject()
    screen.board.tiles.tile(MARCH).click()
    settle()
    screen.board.close_.trigger()
    settle()
    closing = dialog(screen, TieOutDialog)
    assert isinstance(closing, TieOutDialog)
    closing.act.click()
    settle()
    assert states(screen)[2] is PeriodState.CLOSED
    assert "2026-03 is closed." in window.notices.texts()
    assert screen.place is not None
    assert screen.place.book.open_month == Month(2026, 4)


@pytest.mark.usefixtures("two_closed")
def test_a_month_whose_cards_changed_is_not_closed_and_the_dialog_says_what_to_do(
    screen: DepreciationScreen, settle: Settle, office: Office, ids: dict[str, int]
) -> None:
    from logistics_desktop.ledger import records
    from logistics_desktop.ledgers import LEDGERS

    with office.session() as session:
        card = records.read(session, LEDGERS, LEDGERS["assets"], ids["ZC001"])
        records.update(session, LEDGERS, LEDGERS["assets"], card.id, card.version, {"original_value": Decimal(1500)})
    screen.board.close_.trigger()
    settle()
    closing = dialog(screen, TieOutDialog)
    assert isinstance(closing, TieOutDialog)
    closing.act.click()
    settle()
    assert closing.isVisible()
    assert "Run it again" in closing.said.text()
    assert states(screen)[2] is PeriodState.CALCULATED


@pytest.mark.usefixtures("two_closed")
def test_a_closed_month_is_reopened_with_a_reason_only(screen: DepreciationScreen, settle: Settle) -> None:
    screen.board.tiles.tile(FEBRUARY).click()
    settle()
    screen.board.reopen.trigger()
    settle()
    asking = dialog(screen, ReopenDialog)
    assert isinstance(asking, ReopenDialog)
    asking.act.click()
    settle()
    assert "reason" in asking.said.text()
    asking.reason.setText("发票补到")
    asking.act.click()
    settle()
    line = screen.board.tiles.tile(FEBRUARY).line
    assert line.state is not PeriodState.CLOSED
    assert line.reopened_reason == "发票补到"
    assert "发票补到" in screen.board.facts.text()


@pytest.mark.usefixtures("two_closed")
def test_the_charges_of_a_month_are_a_ledger_that_is_only_read(
    screen: DepreciationScreen, settle: Settle, ids: dict[str, int]
) -> None:
    screen.board.charges.trigger()
    settle()
    ledger = screen.month.ledger
    assert ledger is not None
    assert column(ledger, "code") == ["ZC001", "ZC002", "ZC003"]
    assert column(ledger, "amount") == ["100.00", "200.00", "95.00"]
    ledger.show_query(Query((Within("department_id", (ids["works"],)),)))
    settle()
    assert column(ledger, "amount") == ["200.00", "95.00"]
    ledger.show_query(Query(search="会议"))
    settle()
    assert column(ledger, "code") == ["ZC002"]
    for writing in (ledger.toolbar.new, ledger.toolbar.delete, ledger.toolbar.edit, ledger.toolbar.paste):
        assert not writing.isVisible()
    screen.month.back.click()
    settle()
    before = screen.month.ledger
    assert before is not None
    assert before is not ledger
    assert screen.month.title.text() == "Charges of 2026-02"
    assert column(before, "code") == ["ZC002"]  # looked at in the same way


@pytest.mark.usefixtures("two_closed")
def test_a_figure_says_why_it_is_what_it_is_and_can_be_copied(screen: DepreciationScreen, settle: Settle) -> None:
    screen.board.charges.trigger()
    settle()
    assert screen.month.ledger is not None
    table = screen.month.ledger.table
    table.select_record(2)
    QTest.keyClick(table, Qt.Key.Key_Return)
    settle()
    popup = screen.window().findChild(WhyPopup)
    assert popup is not None
    assert popup.why.posted
    assert popup.why.explanation.amount == Decimal("95.00")
    popup.copy_button.click()
    copied = QApplication.clipboard().text()
    assert "ZC003 空调" in copied
    assert "(3,600.00 − 180.00) ÷ 36 = 95" in copied
    popup.close()


def test_an_asset_that_cannot_be_charged_is_named_with_what_to_do(
    screen: DepreciationScreen, settle: Settle, office: Office, book: int, window: MainWindow
) -> None:
    from logistics_desktop.ledger import records
    from logistics_desktop.ledgers import LEDGERS

    with office.session() as session:
        lamp = records.create(session, LEDGERS["assets"], {"code": "ZC009", "name": "台灯", "life_months": 12})
    screen.read()
    settle()
    screen.board.run.trigger()
    settle()
    doubts = dialog(screen, DoubtsDialog)
    assert isinstance(doubts, DoubtsDialog)
    assert [(one.code, one.left_out) for one in doubts.doubts] == [("ZC009", True)]
    doubts.table.opened.emit(0)
    settle()
    assets = window.tabs.currentWidget().findChild(LedgerScreen)
    assert assets is not None
    assert assets.panel.record is not None
    assert assets.panel.record.id == lamp
