"""News of others arrive within a second, and leave where it is whatever the user is at."""

from __future__ import annotations

import time

import pytest
import sqlalchemy as sa
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from db.session import Target
from logistics_desktop.context import Office
from tests.ui.ledger.conftest import column
from tests.ui.ledger.hands import colleague, press, stand, write
from tests.ui.windows import Settle
from ui.assets.screen import AssetsScreen
from ui.ledger.screen import LedgerScreen

_MORE = 200
_MIDDLE = 120


@pytest.fixture(params=["plain", "grouped"])
def long_list(
    request: pytest.FixtureRequest,
    assets: LedgerScreen,
    office: Office,
    ids: dict[str, int],
    settle: Settle,
    qtbot: QtBot,
) -> LedgerScreen:
    """Two hundred assets more, all with one keeper, scrolled to the middle."""
    with office.session() as session:
        session.execute(
            sa.text(
                "INSERT INTO app.asset (code, name, keeper_id)"
                " SELECT 'ZD' || lpad(i::text, 3, '0'), 'desk ' || i, :keeper FROM generate_series(1, :more) i"
            ),
            {"keeper": ids["R1"], "more": _MORE},
        )
    qtbot.waitUntil(lambda: assets.model.rowCount() == _MORE + 4, timeout=10_000)
    settle()
    if request.param == "grouped":
        assets.looks.do("group", "keeper_id")
        settle()
        assets.model.open_all(opened=True)
        settle()
    assets.table.verticalScrollBar().setValue(_MIDDLE)
    qtbot.waitUntil(lambda: all(column(assets, "name")[_MIDDLE : _MIDDLE + 10]), timeout=10_000)
    settle()
    return assets


def record_at(screen: LedgerScreen, row: int) -> int:
    """The number of the record in a row of the table."""
    screen.table.select_record(row)
    found = screen.table.current_id()
    assert found is not None
    return found


def wait_for_news(screen: LedgerScreen, database: Target, record: int, qtbot: QtBot) -> None:
    """Somebody else writes into a record that is in sight, which is seen within a second."""
    begun = time.monotonic()
    colleague(database, record, name="news")
    qtbot.waitUntil(lambda: "news" in column(screen, "name"), timeout=5_000)
    assert time.monotonic() - begun < 1.5, "a second, and what the writing takes"


def test_selection_and_place_stay(long_list: LedgerScreen, database: Target, qtbot: QtBot) -> None:
    other = record_at(long_list, _MIDDLE + 3)
    chosen = record_at(long_list, _MIDDLE + 5)
    place = long_list.table.verticalScrollBar().value()
    assert place > 0
    wait_for_news(long_list, database, other, qtbot)
    assert long_list.table.current_id() == chosen
    assert list(long_list.table.selected_ids()) == [chosen]
    assert long_list.table.verticalScrollBar().value() == place


def test_a_cell_that_is_being_written_stays_open(
    long_list: LedgerScreen, database: Target, qtbot: QtBot, settle: Settle
) -> None:
    other = record_at(long_list, _MIDDLE + 3)
    stand(long_list, _MIDDLE + 5, "name")
    place = long_list.table.verticalScrollBar().value()
    press(Qt.Key.Key_F2)
    write("half a na")
    editor = long_list.cells.editor
    wait_for_news(long_list, database, other, qtbot)
    assert long_list.cells.editor is editor is not None
    assert long_list.table.verticalScrollBar().value() == place
    write("me")
    press(Qt.Key.Key_Return)
    settle()
    assert "half a name" in column(long_list, "name")
    press(Qt.Key.Key_Escape)
    settle()


def test_a_dialog_stays_open(long_list: LedgerScreen, database: Target, qtbot: QtBot) -> None:
    other = record_at(long_list, _MIDDLE + 3)
    chosen = record_at(long_list, _MIDDLE + 5)
    place = long_list.table.verticalScrollBar().value()
    assert isinstance(long_list, AssetsScreen)
    dialog = long_list.show_steps()
    wait_for_news(long_list, database, other, qtbot)
    assert dialog.isVisible()
    dialog.reject()
    assert (long_list.table.current_id(), long_list.table.verticalScrollBar().value()) == (chosen, place)


def test_a_form_that_is_written_stays_as_it_is(
    long_list: LedgerScreen, database: Target, qtbot: QtBot, settle: Settle
) -> None:
    other = record_at(long_list, _MIDDLE + 3)
    mine = record_at(long_list, _MIDDLE + 5)
    long_list.open_record(mine)
    settle()
    long_list.panel.form.put("name", "half a name")
    place = long_list.table.verticalScrollBar().value()
    wait_for_news(long_list, database, other, qtbot)
    assert long_list.panel.form.editor("name").text() == "half a name"
    assert long_list.table.verticalScrollBar().value() == place
