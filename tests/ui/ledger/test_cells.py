"""What a clerk does in the cells with the keyboard alone."""

from __future__ import annotations

from decimal import Decimal

import pytest
import sqlalchemy as sa
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from db.session import Target
from logistics_desktop.context import Office
from logistics_desktop.ledger.filters import Query, Sort
from logistics_desktop.ledgers import LEDGERS
from tests.ui.ledger.conftest import OpenScreen, column
from tests.ui.ledger.hands import ALT, CTRL, SHIFT, at, colleague, place, press, stand, stored, write
from tests.ui.windows import Settle
from ui.ledger.screen import LedgerScreen
from ui.main_window import MainWindow

ASSETS = LEDGERS["assets"]


@pytest.fixture
def desk(assets: LedgerScreen) -> LedgerScreen:
    """The four assets with the keyboard on the name of the first."""
    stand(assets, 0, "name")
    return assets


def problem(screen: LedgerScreen) -> str:
    editor = screen.cells.editor
    assert editor is not None
    assert editor.problem.isVisible()
    return editor.problem.text()


def test_a_column_is_written_downwards_without_waiting_and_order_is_kept_until_esc(
    desk: LedgerScreen, ids: dict[str, int], office: Office, settle: Settle
) -> None:
    desk.filters.sort_by((Sort("name"),))
    settle()
    before = column(desk, "code")
    stand(desk, 0, "name")
    press(Qt.Key.Key_F2)
    for text in ("zebra", "yak", "xenon"):
        write(text)
        press(Qt.Key.Key_Return)
    assert at(desk) == (3, "name")
    assert column(desk, "name")[:3] == ["zebra", "yak", "xenon"], "what was typed stands there at once"
    settle()
    assert [stored(office, ids[code])["name"] for code in before[:3]] == ["zebra", "yak", "xenon"]
    assert column(desk, "code") == before, "no row moves away under the hands"
    press(Qt.Key.Key_Escape)
    settle()
    assert column(desk, "name") == sorted(column(desk, "name"))
    assert desk.table.hasFocus()


def test_tab_goes_right_and_enter_returns_below_where_it_began(
    desk: LedgerScreen, ids: dict[str, int], office: Office, settle: Settle
) -> None:
    shown = [field.key for field in desk.table.shown_fields()]
    right = shown[shown.index("name") + 1]
    press(Qt.Key.Key_F2)
    write("desk")
    press(Qt.Key.Key_Tab)
    assert at(desk) == (0, right)
    press(Qt.Key.Key_Tab, SHIFT)
    assert at(desk) == (0, "name")
    press(Qt.Key.Key_Tab)
    press(Qt.Key.Key_Return)
    assert at(desk) == (1, "name")
    press(Qt.Key.Key_Return, SHIFT)
    assert at(desk) == (0, "name")
    press(Qt.Key.Key_Escape)
    settle()
    assert stored(office, ids["ZC001"])["name"] == "desk"
    stand(desk, 0, shown[-1])
    press(Qt.Key.Key_F2)
    press(Qt.Key.Key_Tab)
    assert at(desk) == (1, shown[0])
    press(Qt.Key.Key_Escape)


def test_every_kind_is_written_as_in_the_form(
    desk: LedgerScreen, ids: dict[str, int], office: Office, settle: Settle
) -> None:
    for key, text in (
        ("original_value", "2,500"),
        ("in_service_on", "20240229"),
        ("residual_rate", "5"),
        ("life_months", "5y"),
        ("status", "Idle"),
        ("keeper_id", "wf"),
        ("department_id", "gcb"),
        ("note", "second floor"),
    ):
        stand(desk, 0, key)
        press(Qt.Key.Key_F2)
        write(text)
        press(Qt.Key.Key_Return)
        press(Qt.Key.Key_Escape)
        settle()
        assert not desk.model.drafts.any_refused(), key
    values = stored(office, ids["ZC001"])
    assert values["original_value"] == Decimal(2500)
    assert str(values["in_service_on"]) == "2024-02-29"
    assert (values["residual_rate"], values["life_months"]) == (Decimal("0.05"), 60)
    assert values["status"].value == "idle"
    assert (values["keeper_id"].title, values["department_id"].title) == ("王芳", "工程部")
    assert values["note"] == "second floor"


def test_a_reference_is_chosen_from_the_suggestions(
    desk: LedgerScreen, ids: dict[str, int], office: Office, settle: Settle, qtbot: QtBot
) -> None:
    stand(desk, 0, "keeper_id")
    press(Qt.Key.Key_F2)
    write("w")
    settle()
    assert desk.cells.editor is not None
    popup = desk.cells.editor.editor.completer().popup()
    assert popup.isVisible()
    QTest.keyClick(popup, Qt.Key.Key_Down)
    QTest.keyClick(popup, Qt.Key.Key_Down)
    QTest.keyClick(popup, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: at(desk)[0] == 1)
    settle()
    assert column(desk, "keeper_id")[0] == stored(office, ids["ZC001"])["keeper_id"].title == "王芳"
    press(Qt.Key.Key_Escape)


def test_a_note_takes_lines(desk: LedgerScreen, ids: dict[str, int], office: Office, settle: Settle) -> None:
    stand(desk, 0, "note")
    press(Qt.Key.Key_F2)
    write("one")
    press(Qt.Key.Key_Return, ALT)
    write("two")
    press(Qt.Key.Key_Return)
    press(Qt.Key.Key_Escape)
    settle()
    assert stored(office, ids["ZC001"])["note"] == "one\ntwo"


def test_what_cannot_be_read_is_said_at_the_cell_and_nothing_typed_is_lost(
    desk: LedgerScreen, ids: dict[str, int], office: Office, settle: Settle
) -> None:
    stand(desk, 0, "original_value")
    press(Qt.Key.Key_F2)
    write("much")
    press(Qt.Key.Key_Return)
    assert "much" in problem(desk)
    assert at(desk) == (0, "original_value")
    press(Qt.Key.Key_Tab)
    assert at(desk) == (0, "original_value"), "the cell is not left"
    write("1")
    assert not desk.cells.editor or not desk.cells.editor.problem.isVisible()
    press(Qt.Key.Key_Escape)
    settle()
    assert column(desk, "original_value")[0] == "1,200.50"
    assert stored(office, ids["ZC001"])["original_value"] == Decimal("1200.50")


def test_a_click_elsewhere_keeps_what_cannot_be_read_in_a_red_frame(
    desk: LedgerScreen, window: MainWindow, settle: Settle
) -> None:
    stand(desk, 0, "original_value")
    press(Qt.Key.Key_F2)
    write("much")
    desk.filters.search.setFocus()
    settle()
    assert desk.cells.editor is None
    assert column(desk, "original_value")[0] == "much"
    assert not desk.close_request(), "the tab stays, or it would be lost"
    assert any("not stored" in text for text in window.notices.texts())
    stand(desk, 0, "original_value")
    press(Qt.Key.Key_F2)
    assert "much" in problem(desk)
    press(Qt.Key.Key_Escape)
    assert column(desk, "original_value")[0] == "1,200.50"
    assert desk.close_request()


def test_what_the_database_refuses_comes_back_with_its_reason(
    desk: LedgerScreen, ids: dict[str, int], office: Office, settle: Settle
) -> None:
    stand(desk, 0, "code")
    press(Qt.Key.Key_F2)
    write("ZC002")
    press(Qt.Key.Key_Return)
    assert at(desk) == (1, "code")
    settle()
    assert at(desk) == (0, "code"), "the user was not busy with another cell"
    assert "Asset code" in problem(desk)
    press(Qt.Key.Key_End)
    write("X")
    press(Qt.Key.Key_Return)
    settle()
    press(Qt.Key.Key_Escape)
    assert stored(office, ids["ZC001"])["code"] == "ZC002X"


def test_a_refusal_waits_in_its_cell_while_the_user_writes_in_another(desk: LedgerScreen, settle: Settle) -> None:
    stand(desk, 0, "code")
    press(Qt.Key.Key_F2)
    write("ZC002")
    press(Qt.Key.Key_Return)
    write("ZC0")
    settle()
    assert at(desk) == (1, "code")
    assert QApplication.focusWidget().text() == "ZC0"  # type: ignore[union-attr]
    assert "Asset code" in desk.model.drafts.refused(desk.model.id_at(0))[place(desk, "code")]
    press(Qt.Key.Key_Escape)
    stand(desk, 0, "code")
    press(Qt.Key.Key_F2)
    press(Qt.Key.Key_Escape)
    assert column(desk, "code")[0] == "ZC001"


def test_an_unknown_or_ambiguous_name_is_refused_at_the_cell(desk: LedgerScreen, settle: Settle) -> None:
    stand(desk, 0, "keeper_id")
    press(Qt.Key.Key_F2)
    write("nobody knows")
    press(Qt.Key.Key_Return)
    settle()
    assert "nobody knows" in problem(desk)
    assert at(desk) == (0, "keeper_id")
    press(Qt.Key.Key_Escape)
    assert column(desk, "keeper_id")[0] == "张伟"


def test_somebody_elses_change_is_told_and_enter_stores_over_it(
    desk: LedgerScreen, ids: dict[str, int], office: Office, database: Target, settle: Settle
) -> None:
    press(Qt.Key.Key_F2)
    write("mine")
    colleague(database, ids["ZC001"], name="theirs", maker="海尔")
    settle()
    press(Qt.Key.Key_Return)
    settle()
    assert "has saved this record" in problem(desk)
    assert stored(office, ids["ZC001"])["name"] == "theirs"
    press(Qt.Key.Key_Return)
    settle()
    press(Qt.Key.Key_Escape)
    values = stored(office, ids["ZC001"])
    assert (values["name"], values["maker"]) == ("mine", "海尔")


def test_one_row_is_written_faster_than_it_is_stored(
    desk: LedgerScreen, ids: dict[str, int], office: Office, settle: Settle
) -> None:
    """Each cell of a row is a version of its own; the user's own versions are no clash."""
    stand(desk, 0, "name")
    press(Qt.Key.Key_F2)
    for text in ("a", "b", "c"):
        write(text)
        press(Qt.Key.Key_Return)
        press(Qt.Key.Key_Return, SHIFT)
    press(Qt.Key.Key_Escape)
    settle()
    assert stored(office, ids["ZC001"])["name"] == "c"
    assert not desk.model.drafts.any_refused()


def test_a_letter_in_the_table_changes_nothing(desk: LedgerScreen, settle: Settle) -> None:
    before = column(desk, "name")
    write("x7")
    press(Qt.Key.Key_Space)
    settle()
    assert column(desk, "name") == before
    assert desk.cells.editor is None


def test_ctrl_d_fills_the_selected_rows_or_takes_the_value_from_above(
    desk: LedgerScreen, ids: dict[str, int], office: Office, settle: Settle
) -> None:
    stand(desk, 1, "original_value")
    press(Qt.Key.Key_Down, SHIFT)
    press(Qt.Key.Key_Down, SHIFT)
    press(Qt.Key.Key_D, CTRL)
    settle()
    assert column(desk, "original_value") == ["1,200.50", "8,800.00", "8,800.00", "8,800.00"]
    press(Qt.Key.Key_Z, CTRL)
    settle()
    assert column(desk, "original_value") == ["1,200.50", "8,800.00", "3,600.00", ""]
    stand(desk, 1, "original_value")
    press(Qt.Key.Key_D, CTRL)
    settle()
    assert column(desk, "original_value")[1] == "1,200.50"


def test_undo_goes_back_through_cells_forms_and_fills_and_forth_again(
    desk: LedgerScreen, ids: dict[str, int], office: Office, settle: Settle, window: MainWindow
) -> None:
    press(Qt.Key.Key_F2)
    write("one")
    press(Qt.Key.Key_Return)
    press(Qt.Key.Key_Escape)
    stand(desk, 0, "name")
    press(Qt.Key.Key_Return)
    settle()
    editor = desk.panel.form.editor("maker")
    editor.setFocus()
    write("Haier")
    press(Qt.Key.Key_S, CTRL)
    settle()
    press(Qt.Key.Key_Escape)
    stand(desk, 1, "name")
    press(Qt.Key.Key_D, CTRL)
    settle()
    assert column(desk, "name")[:2] == ["one", "one"]
    for _turn in range(3):
        press(Qt.Key.Key_Z, CTRL)
    settle()
    assert column(desk, "name")[:2] == ["办公桌", "会议桌"]
    assert stored(office, ids["ZC001"])["maker"] is None
    assert any("Maker of “one”" in text for text in window.notices.texts())
    for _turn in range(3):
        press(Qt.Key.Key_Y, CTRL)
    settle()
    assert column(desk, "name")[:2] == ["one", "one"]
    assert stored(office, ids["ZC001"])["maker"] == "Haier"
    press(Qt.Key.Key_Y, CTRL)
    assert window.notices.texts()[-1] == "There is nothing to redo."


def test_a_new_record_is_taken_back(desk: LedgerScreen, settle: Settle) -> None:
    press(Qt.Key.Key_N, CTRL)
    for key, text in (("code", "ZC010"), ("name", "printer")):
        desk.panel.form.editor(key).setFocus()
        write(text)
    press(Qt.Key.Key_S, CTRL)
    settle()
    press(Qt.Key.Key_Escape)
    assert "ZC010" in column(desk, "code")
    press(Qt.Key.Key_Z, CTRL)
    settle()
    assert "ZC010" not in column(desk, "code")


def test_undo_is_refused_over_somebody_elses_work_and_says_whose(
    desk: LedgerScreen, ids: dict[str, int], office: Office, database: Target, settle: Settle, window: MainWindow
) -> None:
    press(Qt.Key.Key_F2)
    write("one")
    press(Qt.Key.Key_Return)
    write("two")
    press(Qt.Key.Key_Return)
    press(Qt.Key.Key_Escape)
    settle()
    colleague(database, ids["ZC002"], maker="海尔")
    settle()
    press(Qt.Key.Key_Z, CTRL)
    settle()
    [said] = [text for text in window.notices.texts() if "Nothing was done" in text]
    assert database.user in said
    assert "Maker" in said
    assert column(desk, "name")[:2] == ["one", "two"]
    press(Qt.Key.Key_Z, CTRL)
    settle()
    assert column(desk, "name")[:2] == ["办公桌", "two"], "the step before can still be undone"


def test_ctrl_z_undoes_typing_first_and_the_last_cell_where_nothing_is_typed(
    desk: LedgerScreen, settle: Settle
) -> None:
    press(Qt.Key.Key_F2)
    write("one")
    press(Qt.Key.Key_Return)
    settle()
    write("abc")
    press(Qt.Key.Key_Z, CTRL)
    settle()
    assert column(desk, "name")[0] == "one"
    press(Qt.Key.Key_Escape)
    stand(desk, 1, "name")
    press(Qt.Key.Key_F2)
    press(Qt.Key.Key_Z, CTRL)
    settle()
    assert column(desk, "name")[0] == "办公桌"
    press(Qt.Key.Key_Escape)


def test_the_keys_of_the_columns(desk: LedgerScreen, settle: Settle) -> None:
    press(Qt.Key.Key_Down, ALT | SHIFT)
    settle()
    assert desk.filters.query() == Query(sorts=(Sort("name", descending=True),))
    stand(desk, 0, "code")
    press(Qt.Key.Key_S, ALT | SHIFT)
    settle()
    assert desk.filters.query().sorts[1] == Sort("code")
    press(Qt.Key.Key_Up, ALT | SHIFT)
    settle()
    assert desk.filters.query().sorts == (Sort("code"),)
    stand(desk, 0, "maker")
    press(Qt.Key.Key_0, CTRL)
    settle()
    assert "maker" not in [field.key for field in desk.table.shown_fields()]


def test_the_last_cell_is_stored_when_the_tab_is_closed(
    desk: LedgerScreen, ids: dict[str, int], office: Office, window: MainWindow, settle: Settle
) -> None:
    press(Qt.Key.Key_F2)
    write("last")
    press(Qt.Key.Key_W, CTRL)
    assert window.tabs.current_key() != "assets"
    assert stored(office, ids["ZC001"])["name"] == "last"


def test_cells_below_what_is_read_open_when_they_come(office: Office, open_screen: OpenScreen, settle: Settle) -> None:
    with office.session() as session:
        session.execute(
            sa.text(
                "INSERT INTO app.asset (code, name) "
                "SELECT 'N' || lpad(n::text, 6, '0'), 'x' FROM generate_series(1, 3000) n"
            )
        )
    screen = open_screen("assets")
    stand(screen, 2_000, "name")
    press(Qt.Key.Key_F2)
    settle()
    assert screen.cells.editor is not None
    write("far")
    press(Qt.Key.Key_Return)
    settle()
    press(Qt.Key.Key_Escape)
    settle()
    assert column(screen, "name")[2_000] == "far"
