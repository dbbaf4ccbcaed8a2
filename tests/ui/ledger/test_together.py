"""Two people in two windows: each sees what the other does, and neither overwrites the other unseen."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from db.provision import add_user
from db.session import Target, connection_string
from logistics_desktop.context import Office, open_office
from logistics_desktop.ledger import records
from logistics_desktop.ledgers import LEDGERS
from tests.offices import PASSWORD
from tests.ui.ledger.conftest import column
from tests.ui.windows import close_window, show_window
from ui.ledger.merge_dialog import MergeDialog
from ui.ledger.screen import LedgerScreen

ASSETS = LEDGERS["assets"]
OTHER = "office_other"
_ROWS = 4


@pytest.fixture
def others_office(office: Office, database: Target) -> Iterator[Office]:
    add_user(connection_string(database), OTHER, PASSWORD, "administrator")
    with open_office(replace(office.profile, user=OTHER), PASSWORD) as opened:
        yield opened


@pytest.fixture
def theirs(others_office: Office, ids: dict[str, int], qtbot: QtBot) -> Iterator[LedgerScreen]:
    """The assets in the window of somebody else."""
    window = show_window(others_office)
    screen = window.open_module("assets")
    assert isinstance(screen, LedgerScreen)
    qtbot.waitUntil(lambda: screen.model.rowCount() == _ROWS and not window.tasks.busy(), timeout=10_000)
    yield screen
    close_window(window)


Open = Callable[[LedgerScreen, int], None]


@pytest.fixture
def show(qtbot: QtBot) -> Open:
    """Opens a record and waits for it."""

    def show(screen: LedgerScreen, record: int) -> None:
        screen.open_record(record)
        qtbot.waitUntil(lambda: screen.panel.record is not None and screen.panel.record.id == record)

    return show


def write(screen: LedgerScreen, key: str, text: str) -> None:
    screen.panel.form.put(key, text)


def stored(office: Office, record: int) -> dict[str, object]:
    with office.session() as session:
        return records.read(session, LEDGERS, ASSETS, record).values


def save_both(qtbot: QtBot, first: LedgerScreen, second: LedgerScreen) -> None:
    """Save in the first window and then in the second, which was not up to date when it was typed in."""
    first.panel.save()
    qtbot.waitUntil(lambda: not first.panel.form.touched() and not busy(first))
    second.panel.save()
    qtbot.waitUntil(lambda: not busy(second))


def busy(screen: LedgerScreen) -> bool:
    return screen.workspace.tasks.busy()


def dialog_of(screen: LedgerScreen) -> MergeDialog:
    return next(each for each in screen.window().findChildren(MergeDialog) if each.isVisible())


def test_changes_of_different_fields_go_together_by_themselves(
    assets: LedgerScreen, theirs: LedgerScreen, office: Office, ids: dict[str, int], qtbot: QtBot, show: Open
) -> None:
    for screen in (assets, theirs):
        show(screen, ids["ZC001"])
    write(assets, "name", "written by me")
    write(theirs, "maker", "海尔")
    save_both(qtbot, theirs, assets)
    found = stored(office, ids["ZC001"])
    assert (found["name"], found["maker"]) == ("written by me", "海尔")
    assert any(OTHER in text and "Maker" in text for text in assets.workspace.notices.texts())


def test_only_the_fields_that_both_changed_are_asked_about(
    assets: LedgerScreen, theirs: LedgerScreen, office: Office, ids: dict[str, int], qtbot: QtBot, show: Open
) -> None:
    for screen in (assets, theirs):
        show(screen, ids["ZC001"])
    write(assets, "name", "mine")
    write(theirs, "name", "theirs")
    write(theirs, "maker", "海尔")
    save_both(qtbot, theirs, assets)
    dialog = dialog_of(assets)
    assert list(dialog.choices) == ["name"]
    choice = dialog.choices["name"]
    assert (choice.theirs.text(), choice.mine.text()) == ("theirs", "mine")
    assert "办公桌" in {label.text() for label in dialog.findChildren(QLabel)}
    assert not dialog.save_button.isEnabled(), "nothing is decided yet"
    choice.mine.click()
    dialog.save_button.click()
    qtbot.waitUntil(lambda: stored(office, ids["ZC001"])["name"] == "mine")
    assert stored(office, ids["ZC001"])["maker"] == "海尔"


def test_keeping_on_editing_and_dropping_mine_lose_nothing_of_theirs(
    assets: LedgerScreen, theirs: LedgerScreen, office: Office, ids: dict[str, int], qtbot: QtBot, show: Open
) -> None:
    for screen in (assets, theirs):
        show(screen, ids["ZC001"])
        write(screen, "name", f"by {screen.workspace.office.user}")
    save_both(qtbot, theirs, assets)
    dialog_of(assets).back_button.click()
    assert assets.panel.form.editor("name").text() == f"by {office.user}"
    assets.panel.save()
    qtbot.waitUntil(lambda: any(each.isVisible() for each in assets.window().findChildren(MergeDialog)))
    dialog_of(assets).drop_button.click()
    qtbot.waitUntil(lambda: assets.panel.form.editor("name").text() == f"by {OTHER}")
    assert stored(office, ids["ZC001"])["name"] == f"by {OTHER}"
    assert not assets.panel.form.touched()


def test_who_types_into_a_row_is_seen_by_the_others_until_he_is_done(
    assets: LedgerScreen, theirs: LedgerScreen, ids: dict[str, int], qtbot: QtBot, show: Open
) -> None:
    for screen in (assets, theirs):
        show(screen, ids["ZC002"])
    write(assets, "name", "half a na")
    qtbot.waitUntil(lambda: theirs.editors.names == {ids["ZC002"]: assets.workspace.office.user}, timeout=2_000)
    bar = theirs.panel.presence
    assert bar.isVisible()
    assert assets.workspace.office.user in bar.text()
    assert theirs.model.edited_at(theirs.table.row_of(ids["ZC002"]) or 0)
    assert not assets.editors.names, "nobody is told of himself"
    write(assets, "name", "会议桌")
    qtbot.waitUntil(lambda: not theirs.editors.names, timeout=2_000)
    assert not bar.isVisible()


def test_the_sign_of_a_window_that_died_is_gone(
    assets: LedgerScreen, others_office: Office, ids: dict[str, int], qtbot: QtBot, show: Open
) -> None:
    """The server takes it away with the session; a window that shows it looks again by itself."""
    show(assets, ids["ZC002"])
    write(assets, "name", "half a na")
    qtbot.waitUntil(lambda: bool(others_office.editors("asset")), timeout=2_000)
    assets.workspace.changes.close()
    qtbot.waitUntil(lambda: not others_office.editors("asset"), timeout=2_000)


def test_a_change_elsewhere_arrives_within_a_second_and_moves_nothing(
    assets: LedgerScreen, theirs: LedgerScreen, ids: dict[str, int], qtbot: QtBot, show: Open
) -> None:
    show(theirs, ids["ZC003"])
    theirs.panel.form.editor("name").setFocus()
    theirs.table.select_record(2)
    chosen = list(theirs.table.selected_ids())
    theirs.panel.form.verticalScrollBar().setValue(40)
    place = theirs.panel.form.verticalScrollBar().value()
    show(assets, ids["ZC003"])
    write(assets, "maker", "格力")
    assets.panel.save()
    qtbot.waitUntil(lambda: not assets.panel.form.touched() and not busy(assets))
    begun = time.monotonic()
    qtbot.waitUntil(lambda: theirs.panel.form.editor("maker").text() == "格力", timeout=3_000)
    qtbot.waitUntil(lambda: column(theirs, "maker")[2] in ("格力", ""), timeout=3_000)
    assert time.monotonic() - begun < 1
    assert list(theirs.table.selected_ids()) == chosen
    assert theirs.panel.form.verticalScrollBar().value() == place


def test_what_is_being_typed_stays_and_the_news_are_told(
    assets: LedgerScreen, theirs: LedgerScreen, ids: dict[str, int], qtbot: QtBot, show: Open
) -> None:
    for screen in (assets, theirs):
        show(screen, ids["ZC003"])
    write(theirs, "name", "half a na")
    write(assets, "maker", "格力")
    assets.panel.save()
    qtbot.waitUntil(lambda: "Maker" in theirs.panel.presence.text(), timeout=3_000)
    assert theirs.panel.form.editor("name").text() == "half a na"
    assert theirs.panel.form.editor("maker").text() == ""


def test_a_row_that_somebody_deletes_is_said_to_whoever_types_into_it(
    assets: LedgerScreen, theirs: LedgerScreen, others_office: Office, ids: dict[str, int], qtbot: QtBot, show: Open
) -> None:
    show(assets, ids["ZC004"])
    write(assets, "name", "half a na")
    with others_office.session() as session:
        records.delete(session, LEDGERS, ASSETS, ids["ZC004"], 1)
    qtbot.waitUntil(lambda: "deleted" in assets.panel.presence.text(), timeout=3_000)
    assert assets.panel.form.editor("name").text() == "half a na"
