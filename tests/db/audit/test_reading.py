"""The auditor finds who did what to which thing and when, however long the log is."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from db.session import Target
from logistics_desktop.context import Office
from logistics_desktop.features.audit.reading import Entry, Search, everything, page, people
from logistics_desktop.ledger import records
from logistics_desktop.ledgers import LEDGERS
from tests.offices import CLERK
from tests.servers import execute

ASSETS, DEPARTMENTS = LEDGERS["assets"], LEDGERS["departments"]


@pytest.fixture
def lived(office: Office, database: Target) -> Office:
    """A desk was made, moved and deleted, a chair is there, a setting was made, something was printed."""
    with office.session() as session:
        department = records.create(session, DEPARTMENTS, {"code": "01", "name": "办公室"})
    with office.session() as session:
        desk = records.create(session, ASSETS, {"code": "A1", "name": "办公桌"})
        records.create(session, ASSETS, {"code": "A2", "name": "椅子"})
    with office.session() as session:
        records.update(session, LEDGERS, ASSETS, desk, 1, {"department_id": department, "note": "moved"})
    with office.session() as session:
        session.execute(sa.text("DELETE FROM app.asset WHERE id = :id"), {"id": desk})
        session.execute(sa.text("INSERT INTO app.setting VALUES ('numbering', '{\"rule\": \"A{n}\"}')"))
    office.note("printed", "assets", pages=2)
    execute(database, "UPDATE app.asset SET name = 'by somebody else' WHERE code = 'A2'")
    return office


def found(office: Office, **search: object) -> list[Entry]:
    with office.session() as session:
        return page(session, Search(**search))  # type: ignore[arg-type]  # the tests name fields as they are


def told(entries: list[Entry]) -> list[tuple[str, str, str]]:
    return [(entry.action, entry.about, entry.record) for entry in entries]


def test_everything_is_told_newest_first_in_the_words_of_the_ledgers(lived: Office) -> None:
    assert told(found(lived))[:-3] == [  # the last are of the account itself
        ("Changed", "Fixed assets", "A2 by somebody else"),
        ("Printed", "Fixed assets", ""),
        ("Created", "Settings", "numbering"),
        ("Deleted", "Fixed assets", "A1 办公桌"),
        ("Changed", "Fixed assets", "A1 办公桌"),
        ("Created", "Fixed assets", "A2 by somebody else"),
        ("Created", "Fixed assets", "A1 办公桌"),
        ("Created", "Departments", "01 办公室"),
        ("Signed in", "", ""),
    ]


def test_before_and_after_are_shown_as_the_form_shows_them(lived: Office) -> None:
    (moved,) = found(lived, table="asset", code="A1", action="U")
    assert [(line.label, line.before, line.after) for line in moved.lines] == [
        ("Department", "", "办公室"),
        ("Note", "", "moved"),
    ]
    assert moved.summary == "Department, Note"
    (setting,) = found(lived, table="setting")
    assert [(line.label, line.after) for line in setting.lines] == [
        ("Name", "numbering"),
        ("Value", '{"rule": "A{n}"}'),
    ]
    (printed,) = found(lived, action="printed")
    assert [(line.label, line.after) for line in printed.lines] == [("Pages", "2")]


def test_a_thing_is_found_by_its_code_also_when_it_is_gone(lived: Office) -> None:
    assert [entry.action for entry in found(lived, table="asset", code="A1")] == ["Deleted", "Changed", "Created"]
    assert [entry.action for entry in found(lived, table="asset", code="A2")] == ["Changed", "Created"]
    assert [entry.action for entry in found(lived, table="asset", code="椅子")] == ["Changed", "Created"]
    assert found(lived, table="asset", code="A3") == []
    assert len(found(lived, table="setting", code="numbering")) == 1


def test_one_opens_the_record_from_the_log(lived: Office) -> None:
    (made,) = found(lived, table="department")
    assert made.opens is not None
    ledger, number = made.opens
    with lived.session() as session:
        assert records.read(session, LEDGERS, LEDGERS[ledger], number).values["code"] == "01"


def test_it_is_searched_by_person_field_action_and_day(lived: Office) -> None:
    assert {entry.who for entry in found(lived, who="postgres")} == {"postgres"}
    assert [entry.record for entry in found(lived, table="asset", key="note")] == ["A1 办公桌"] * 2
    assert [entry.record for entry in found(lived, table="asset", key="department_id", action="U")] == ["A1 办公桌"]
    assert told(found(lived, action="signed_in")) == [("Signed in", "", "")]
    assert told(found(lived, action="D")) == [("Deleted", "Fixed assets", "A1 办公桌")]
    today = date.today()  # noqa: DTZ011 - the user's own day
    assert len(found(lived, first=today, last=today)) == len(found(lived))
    assert found(lived, last=today - timedelta(days=1)) == []
    assert found(lived, first=today + timedelta(days=1)) == []


def test_the_people_in_the_log_are_named(lived: Office) -> None:
    with lived.session() as session:
        session.execute(
            sa.text("INSERT INTO app.staff (code, name, login) VALUES ('1', '王芳', :login)"), {"login": CLERK}
        )
        assert people(session) == [(CLERK, "王芳"), ("postgres", "")]


@pytest.mark.parametrize("limit", [1, 2, 3, 1000])
def test_page_by_page_nothing_is_lost_or_doubled(lived: Office, database: Target, limit: int) -> None:
    # Of one moment, in both logs.
    execute(
        database, "SET session_replication_role = replica; UPDATE app.change SET at = '2026-01-01Z' WHERE id % 2 = 0"
    )
    execute(database, "SET session_replication_role = replica; UPDATE app.event SET at = '2026-01-01Z'")
    lived.note("signed_out")
    with lived.session() as session:
        whole = page(session, Search())
        pages = [entry for part in everything(session, Search(), limit) for entry in part]
        counts = "SELECT (SELECT count(*) FROM app.change) + (SELECT count(*) FROM app.event)"
        assert len(pages) == session.scalar(sa.text(counts))
    assert pages == whole
    assert pages == sorted(pages, key=lambda entry: entry.place, reverse=True)


def test_others_read_no_more_than_what_they_see_anyway(lived: Office, database: Target) -> None:
    execute(database, f"UPDATE app.account_post SET post = 'dispatcher' WHERE login = '{CLERK}'")
    execute(
        database,
        "SET session_replication_role = replica; UPDATE app.change SET who = 'x'; UPDATE app.event SET who = 'x'",
    )
    seen = {entry.about for entry in found(lived)}
    assert "Fixed assets" not in seen
    assert "Signed in" not in {entry.action for entry in found(lived)}


def test_what_the_log_says_of_kinds_of_later_programs_is_shown(office: Office) -> None:
    with office.session() as session:
        note_of_later(session)
    assert told(found(office))[0] == ("flown", "kites", "")


def note_of_later(session: Session) -> None:
    session.execute(sa.text("SELECT app.note_event('flown', 'kites', NULL)"))


def test_a_search_is_compared_by_what_it_asks() -> None:
    assert replace(Search(), who="x") == Search(who="x") != Search()


def test_no_event_that_anybody_writes_keeps_the_log_from_being_read(lived: Office, database: Target) -> None:
    with pytest.raises(sa.exc.DBAPIError), lived.session() as session:
        session.execute(sa.text("SELECT app.note_event('exported', NULL, '5')"))
    execute(database, "INSERT INTO app.event (kind, transaction, detail) VALUES ('{x} %s', 1, '5'), ('', 1, '[{}]')")
    assert [(entry.action, entry.lines[0].after) for entry in found(lived)[:2]] == [("", "[{}]"), ("{x} %s", "5")]
