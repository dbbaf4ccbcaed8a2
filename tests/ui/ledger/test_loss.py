"""The server goes away under an open window: it is said, nothing that was typed is lost, and all goes on by itself."""

from __future__ import annotations

import time
from collections.abc import Iterator

import pytest
from pytestqt.qtbot import QtBot

from db import watch
from db.schema import head_revision
from db.session import Target, embedded_target
from logistics_desktop import requests, settings
from logistics_desktop.context import Office
from logistics_desktop.ledgers import LEDGERS
from tests.db.faults.breaking import Breakable, Wire
from tests.db.faults.working import prepared, rows, signed_in
from tests.servers import execute, open_folder
from tests.ui.windows import shown_window
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


def test_a_form_outlives_a_cable_that_is_pulled(
    breakable: Breakable, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(watch, "PATIENCE_SECONDS", 0.6)
    monkeypatch.setattr(requests, "TRIED_SECONDS", 0.5)
    with Wire(breakable.server.host, breakable.server.port) as wire, signed_in(breakable.server, wire.port) as office:
        with shown_window(office) as window:
            screen = window.open_module("assets")
            assert isinstance(screen, LedgerScreen)
            screen.new_record()
            screen.panel.form.put("name", "typed over a dead line")
            wire.go_dead(for_all=True)
            screen.panel.save()
            qtbot.waitUntil(lambda: not window.tasks.busy(), timeout=30_000)
            assert said(window, "not known whether") or said(window, "nothing was saved")
            assert screen.panel.form.editor("name").text() == "typed over a dead line"
            wire.mend()
            screen.panel.save()
            qtbot.waitUntil(lambda: screen.panel.record is not None, timeout=30_000)
        assert rows(office, "typed over a dead line") == 1


@pytest.mark.parametrize(
    ("state", "words"),
    [("53100", "disk of the database server is full"), ("53300", "no connection free"), ("25006", "only be read")],
)
def test_what_the_server_cannot_do_now_is_said_and_the_form_keeps_what_was_typed(
    own_window: MainWindow,
    own_office: Office,
    breakable: Breakable,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
    state: str,
    words: str,
) -> None:
    """A disk that is really full is in `tests/db/faults`; here it is said by a trigger."""
    monkeypatch.setattr(requests, "TRIED_SECONDS", 0.2)
    target = embedded_target(breakable.server, "office")
    execute(
        target,
        f"CREATE FUNCTION public.full() RETURNS trigger LANGUAGE plpgsql AS"
        f" $$ BEGIN RAISE EXCEPTION 'full' USING ERRCODE = '{state}'; END $$;"
        " CREATE TRIGGER a_full BEFORE INSERT ON app.asset EXECUTE FUNCTION public.full()",
    )
    name = f"typed at {state}"
    screen = own_window.open_module("assets")
    assert isinstance(screen, LedgerScreen)
    screen.new_record()
    screen.panel.form.put("name", name)
    try:
        screen.panel.save()
        qtbot.waitUntil(lambda: said(own_window, words), timeout=10_000)
    finally:
        execute(target, "DROP FUNCTION public.full() CASCADE")
    assert screen.panel.form.editor("name").text() == name
    screen.panel.save()
    qtbot.waitUntil(lambda: rows(own_office, name) == 1, timeout=10_000)


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


@pytest.mark.parametrize(("revision", "words"), [("9999", "newer version"), ("0001", "does not fit this program")])
def test_a_database_of_another_version_is_said(
    own_window: MainWindow, breakable: Breakable, qtbot: QtBot, revision: str, words: str
) -> None:
    target: Target = embedded_target(breakable.server, "office")
    execute(target, f"UPDATE app.alembic_version SET version_num = '{revision}'")
    try:
        execute(target, "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = 'clerk'")
        qtbot.waitUntil(lambda: said(own_window, words), timeout=10_000)
    finally:
        execute(target, f"UPDATE app.alembic_version SET version_num = '{head_revision()}'")


def test_a_clock_that_is_wrong_is_said(
    own_window: MainWindow, own_office: Office, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = time.time
    monkeypatch.setattr(time, "time", lambda: now() - 3 * 3_600)
    own_window.changes.connected.emit(True)
    qtbot.waitUntil(lambda: said(own_window, "180 minutes behind"), timeout=10_000)
