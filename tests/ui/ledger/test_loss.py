"""The server goes away under an open window: it is said, nothing that was typed is lost, and all goes on by itself."""

from __future__ import annotations

import time
from collections.abc import Iterator

import pytest
from pytestqt.qtbot import QtBot

from db.schema import head_revision
from db.session import Target, embedded_target
from logistics_desktop import requests, settings
from logistics_desktop.context import Office
from logistics_desktop.ledgers import LEDGERS
from tests.db.faults.breaking import Breakable
from tests.db.faults.working import prepared, rows, signed_in
from tests.servers import execute, open_folder
from ui.ledger.screen import LedgerScreen
from ui.main_window import MainWindow

ASSETS = LEDGERS["assets"]


@pytest.fixture(scope="module")
def breakable() -> Iterator[Breakable]:
    with open_folder() as folder, Breakable(folder / "data") as server:
        prepared(server.server)
        yield server


@pytest.fixture
def own_office(breakable: Breakable) -> Iterator[Office]:
    with signed_in(breakable.server) as office:
        yield office


@pytest.fixture
def own_window(own_office: Office, qtbot: QtBot) -> Iterator[MainWindow]:
    window = MainWindow(own_office, settings, own_office.listen)
    window.show()
    qtbot.waitUntil(lambda: not window.tasks.busy(), timeout=5_000)
    yield window
    for screen in window.findChildren(LedgerScreen):
        screen.panel.hide()
    window.close()
    window.deleteLater()


def said(window: MainWindow, words: str) -> bool:
    return any(words in text for text in window.notices.texts())


def test_a_form_outlives_the_loss_of_the_server(
    own_window: MainWindow, own_office: Office, breakable: Breakable, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(requests, "TRIED_SECONDS", 0.5)
    screen = own_window.open_module("assets")
    assert isinstance(screen, LedgerScreen)
    screen.new_record()
    screen.panel.form.put("name", "typed before the loss")
    breakable.stop()
    qtbot.waitUntil(lambda: said(own_window, "does not answer"), timeout=10_000)
    screen.panel.save()
    qtbot.waitUntil(lambda: not own_window.tasks.busy(), timeout=20_000)
    assert said(own_window, "nothing was saved")
    assert screen.panel.form.editor("name").text() == "typed before the loss"
    breakable.start()
    qtbot.waitUntil(lambda: said(own_window, "answers again"), timeout=20_000)
    screen.panel.save()
    qtbot.waitUntil(lambda: rows(own_office, "typed before the loss") == 1, timeout=10_000)


def test_a_save_while_the_server_restarts_only_takes_longer(
    own_window: MainWindow, own_office: Office, breakable: Breakable, qtbot: QtBot
) -> None:
    screen = own_window.open_module("assets")
    assert isinstance(screen, LedgerScreen)
    screen.new_record()
    screen.panel.form.put("name", "typed during a restart")
    breakable.stop()
    screen.panel.save()
    breakable.start()
    qtbot.waitUntil(lambda: screen.panel.record is not None, timeout=20_000)
    assert rows(own_office, "typed during a restart") == 1


def test_a_program_that_dies_after_the_server_has_stored_offers_a_draft_that_is_not_stored_twice(
    own_window: MainWindow, own_office: Office, qtbot: QtBot
) -> None:
    """The draft keeps the key of its saving."""
    screen = own_window.open_module("assets")
    assert isinstance(screen, LedgerScreen)
    screen.new_record()
    screen.panel.form.put("name", "stored once")
    request = screen.panel.keeper.request
    screen.panel.save()
    qtbot.waitUntil(lambda: screen.panel.record is not None, timeout=10_000)
    screen.new_record()
    screen.panel.form.put("name", "stored once")
    screen.panel.form.put("maker", "typed after the crash")
    screen.panel.keeper._id = request.hex  # what taking the draft up does
    screen.panel.save()
    qtbot.waitUntil(lambda: screen.panel.record is not None and not own_window.tasks.busy(), timeout=10_000)
    assert rows(own_office, "stored once") == 1
    assert screen.panel.record is not None
    assert screen.panel.record.values["maker"] == "typed after the crash"


def test_a_database_that_was_upgraded_meanwhile_is_said(
    own_window: MainWindow, breakable: Breakable, qtbot: QtBot
) -> None:
    target: Target = embedded_target(breakable.server, "office")
    execute(target, "UPDATE app.alembic_version SET version_num = '9999'")
    try:
        execute(target, "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = 'clerk'")
        qtbot.waitUntil(lambda: said(own_window, "newer version"), timeout=10_000)
    finally:
        execute(target, f"UPDATE app.alembic_version SET version_num = '{head_revision()}'")


def test_a_clock_that_is_wrong_is_said(
    own_window: MainWindow, own_office: Office, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = time.time
    monkeypatch.setattr(time, "time", lambda: now() - 3 * 3_600)
    own_window.changes.connected.emit(True)
    qtbot.waitUntil(lambda: said(own_window, "180 minutes behind"), timeout=10_000)
