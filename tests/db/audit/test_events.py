"""What people do beside changing rows is in the log, and telling it keeps nobody from their work."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from db.provision import add_user
from db.session import Target, connection_string
from logistics_desktop import __version__
from logistics_desktop.context import Office, open_office
from logistics_desktop.errors import Refused
from logistics_desktop.ledger.filters import Query
from logistics_desktop.ledgers import LEDGERS
from logistics_desktop.profiles import Profile
from logistics_desktop.workbook.export import export_list
from tests.offices import CLERK, PASSWORD
from tests.servers import execute


def events(office: Office) -> list[Any]:
    with office.session() as session:
        return list(session.execute(sa.text("SELECT * FROM app.event ORDER BY id")).all())


def opened(target: Target, password: str) -> Office:
    profile = Profile("test", "server", target.host, target.port, target.database, "disable", None, target.user)
    return open_office(profile, password)


@pytest.fixture
def auditor(database: Target, maintenance: Target) -> Iterator[Target]:
    add_user(connection_string(database), "office_auditor", "sees all", "auditor")
    yield replace(database, user="office_auditor", password="sees all")
    execute(maintenance, "DROP ROLE office_auditor")


def test_who_comes_and_goes_is_noted(office: Office, clerk: Target) -> None:
    with opened(clerk, PASSWORD):
        pass
    told = [(event.kind, event.who, event.host, event.program) for event in events(office)]
    come, go = ((kind, CLERK, "127.0.0.1", f"LogisticsDesktop/{__version__}") for kind in ("signed_in", "signed_out"))
    assert told == [come, come, go]


def test_a_refusal_is_noted_without_the_values(auditor: Target) -> None:
    with opened(auditor, "sees all") as office:
        with pytest.raises(Refused), office.session() as session:
            session.execute(
                sa.text("INSERT INTO app.supplier (code, name) VALUES (:code, :name)"),
                {"code": "secret", "name": "secret"},
            )
        with pytest.raises(Refused), office.session() as session:
            session.execute(sa.text("DELETE FROM app.change"))
        _come, first, second = events(office)
    assert (first.kind, first.about, first.who) == ("refused", "supplier", "office_auditor")
    assert first.detail["sqlstate"] == "42501"
    assert first.detail["tried"] == "INSERT"
    assert "secret" not in str(first.detail)
    assert (second.about, second.detail["tried"]) == ("change", "DELETE")


def test_a_wrong_value_is_no_refusal(office: Office) -> None:
    new = sa.text("INSERT INTO app.supplier (code, name) VALUES ('S', 'x')")
    with office.session() as session:
        session.execute(new)
    with pytest.raises(Refused), office.session() as session:
        session.execute(new)
    assert [event.kind for event in events(office)] == ["signed_in"]


def test_an_export_is_noted(office: Office, tmp_path: Path) -> None:
    with office.session() as session:
        session.execute(sa.text("INSERT INTO app.supplier (code, name) VALUES ('S', 'x')"))
    for ending in ("xlsx", "csv"):
        with office.session() as session:
            entity = LEDGERS["suppliers"]
            export_list(session, LEDGERS, entity, Query(), ["code", "name"], tmp_path / f"list.{ending}")
    first, second = (event for event in events(office) if event.kind == "exported")
    assert (first.about, first.detail) == ("suppliers", {"file": "list.xlsx", "rows": 1, "fields": ["code", "name"]})
    assert second.detail["file"] == "list.csv"


def test_a_log_that_cannot_be_written_stops_nobody(
    office: Office, database: Target, caplog: pytest.LogCaptureFixture
) -> None:
    execute(database, "DROP FUNCTION app.note_event(text, text, jsonb)")
    office.note("printed", "assets", pages=3)
    assert "not noted: printed assets" in caplog.text
    with pytest.raises(Refused), office.session() as session:
        session.execute(sa.text("DELETE FROM app.change"))


def test_a_server_that_is_gone_does_not_keep_the_program(
    office: Office, database: Target, maintenance: Target, caplog: pytest.LogCaptureFixture
) -> None:
    execute(maintenance, f"DROP DATABASE {database.database} WITH (FORCE)")
    office.close()
    assert "not noted: signed_out" in caplog.text
    execute(maintenance, f"CREATE DATABASE {database.database}")


def test_people_see_their_own_events_and_the_auditor_all(office: Office, database: Target, auditor: Target) -> None:
    with opened(auditor, "sees all") as audited:
        assert {event.who for event in events(audited)} == {CLERK, "office_auditor"}
    execute(database, f"UPDATE app.account_post SET post = 'clerk' WHERE login = '{CLERK}'")
    assert {event.who for event in events(office)} == {CLERK}


def test_a_long_text_is_cut(office: Office) -> None:
    office.note("printed", "assets", what="长" * 5000)
    assert len(events(office)[-1].detail["what"]) == 300
