"""The auditor sees who did what, finds it again, and learns whether the log can be trusted."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import sqlalchemy as sa
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QComboBox

from db.session import Target
from logistics_desktop.context import Office
from logistics_desktop.features.audit.reading import PAGE
from tests.offices import CLERK
from tests.servers import execute
from tests.ui.windows import Settle
from ui.audit.screen import AuditScreen
from ui.ledger.screen import LedgerScreen
from ui.main_window import MainWindow


def shown(screen: AuditScreen, column: int) -> list[str]:
    model = screen.model
    return [model.data(model.index(row, column)) for row in range(model.rowCount())]


def choose(box: QComboBox, data: str) -> None:
    place = box.findData(data)
    assert place >= 0, data
    box.setCurrentIndex(place)


def test_the_newest_stands_on_top_with_before_and_after(screen: AuditScreen) -> None:
    assert shown(screen, 2)[:2] == ["Changed", "Created"]
    assert shown(screen, 4)[0] == "A1 办公桌"
    assert set(shown(screen, 1)) == {CLERK, "postgres"}
    assert [screen.details.item(0, column).text() for column in range(3)] == ["Note", "", "moved"]  # type: ignore[union-attr]


def test_it_is_narrowed_to_a_thing_a_field_and_an_action(screen: AuditScreen, settle: Settle) -> None:
    bar = screen.search
    assert not bar.code.isEnabled()
    choose(bar.table, "asset")
    bar.code.setText("A1")
    settle()
    assert shown(screen, 2) == ["Changed", "Created"]
    choose(bar.key, "note")
    settle()
    assert shown(screen, 2) == ["Changed"]
    choose(bar.table, "")
    choose(bar.action, "signed_in")
    settle()
    assert shown(screen, 2) == ["Signed in"]
    choose(bar.who, "postgres")
    settle()
    assert shown(screen, 2) == []
    assert screen.count.text() == "Nothing was found."
    assert screen.details.rowCount() == 0


def test_days_are_chosen_by_name_or_one_by_one(screen: AuditScreen, settle: Settle) -> None:
    bar = screen.search
    everything = screen.model.rowCount()
    for name in ("today", "week", "this_month", "this_year"):
        choose(bar.days, name)
        settle()
        assert screen.model.rowCount() == everything
    choose(bar.days, "last_year")
    settle()
    assert screen.model.rowCount() == 0
    choose(bar.days, "days")
    settle()
    assert bar.first.isVisible()
    assert screen.model.rowCount() == everything
    bar.last.setDate(bar.last.date().addDays(-1))
    settle()
    assert screen.model.rowCount() == 0


def test_more_comes_as_one_scrolls_down(screen: AuditScreen, office: Office, settle: Settle) -> None:
    with office.session() as session:
        session.execute(
            sa.text("INSERT INTO app.supplier (code, name) SELECT 'S' || n, 'x' FROM generate_series(1, :n) n"),
            {"n": PAGE * 2},
        )
    choose(screen.search.table, "supplier")
    settle()
    seen = screen.model.rowCount()
    assert seen in (PAGE, PAGE * 2)  # the table may ask for a second page by itself
    while screen.model.canFetchMore(screen.model.index(-1, -1)):
        screen.table.scrollToBottom()
        screen.model.fetchMore(screen.model.index(-1, -1))
        settle()
    assert screen.model.rowCount() == PAGE * 2 + 3
    assert len({entry.place for entry in screen.model.entries}) == PAGE * 2 + 3


def test_a_record_is_opened_from_its_entry(screen: AuditScreen, window: MainWindow, settle: Settle) -> None:
    assert screen.open.isEnabled()
    screen.open.click()
    settle()
    (ledger,) = window.findChildren(LedgerScreen)
    assert ledger.isVisible()
    assert ledger.panel.isVisible()
    ledger.panel.hide()


def test_an_event_has_no_record_to_open(screen: AuditScreen, settle: Settle) -> None:
    choose(screen.search.action, "signed_in")
    settle()
    assert not screen.open.isEnabled()
    screen.open_record()


def test_the_log_is_verified_and_its_seal_copied(screen: AuditScreen, settle: Settle) -> None:
    assert "Nothing is sealed yet" in screen.seals.said.text()
    assert not screen.seals.copy.isEnabled()
    screen.seals.verify.click()
    settle()
    assert "are as they were sealed" in screen.seals.said.text()
    screen.seals.copy.click()
    head = QGuiApplication.clipboard().text()
    assert len(head) == 64
    screen.read_again()
    settle()
    assert "Sealed up to" in screen.seals.said.text()
    screen.seals.known.setText(head)
    screen.seals.check()
    settle()
    assert "are as they were sealed" in screen.seals.said.text()


def test_tampering_is_told(screen: AuditScreen, window: MainWindow, database: Target, settle: Settle) -> None:
    screen.seals.check()
    settle()
    execute(database, "SET session_replication_role = replica; DELETE FROM app.change WHERE action = 'U'")
    screen.seals.check()
    settle()
    assert "was deleted after it was sealed" in screen.seals.said.text()
    assert any("was deleted after it was sealed" in text for text in window.notices.texts())


def test_what_is_shown_is_exported(screen: AuditScreen, settle: Settle, tmp_path: Path) -> None:
    choose(screen.search.table, "asset")
    settle()
    dialog = screen.ask_export()
    assert "Audit log" in dialog.selectedFiles()[0]
    dialog.close()
    screen.write_export(tmp_path / "log.xlsx")
    settle()
    rows = list(openpyxl.load_workbook(tmp_path / "log.xlsx").worksheets[0].iter_rows(values_only=True))
    assert rows[1][2:8] == ("Changed", "Fixed assets", "A1 办公桌", "Note", None, "moved")


def test_a_window_seals_by_itself(window: MainWindow, office: Office, settle: Settle) -> None:
    window._sealer.seal()
    settle()
    with office.session() as session:
        assert session.scalar(sa.text("SELECT count(*) FROM app.seal")) > 0


def test_a_window_that_cannot_seal_troubles_nobody(window: MainWindow, database: Target, settle: Settle) -> None:
    execute(database, "DROP FUNCTION app.seal()")
    window._sealer.seal()
    settle()
    assert window.notices.texts() == []
