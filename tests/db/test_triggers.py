"""What the database itself records of every change, however it was made."""

from __future__ import annotations

import threading
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from queue import Queue
from typing import Any

import psycopg
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from psycopg.rows import dict_row

from db.base import Base
from db.listen import listen
from db.presence import Presence
from db.session import Target, connection_parameters
from tests.offices import CLERK
from tests.servers import execute

Connection = psycopg.Connection[dict[str, Any]]


@contextmanager
def signed_in(target: Target) -> Iterator[Connection]:
    with psycopg.connect(autocommit=True, row_factory=dict_row, **connection_parameters(target)) as connection:
        yield connection


@pytest.fixture
def connection(clerk: Target) -> Iterator[Connection]:
    with signed_in(clerk) as opened:
        yield opened


def changes(connection: Connection) -> list[dict[str, Any]]:
    return connection.execute("SELECT * FROM app.change WHERE table_name NOT LIKE 'account%' ORDER BY id").fetchall()


def new_asset(connection: Connection, code: str = "A1", **more: Any) -> int:
    row = {"code": code, "name": "办公桌", **more}
    names, places = ", ".join(row), ", ".join(f"%({name})s" for name in row)
    found = connection.execute(f"INSERT INTO app.asset ({names}) VALUES ({places}) RETURNING id", row).fetchone()
    assert found
    number: int = found["id"]
    return number


def test_a_new_row_is_recorded_with_what_it_has(connection: Connection) -> None:
    number = new_asset(connection, unit_price="12.50", purchased_on="2024-02-29", search="a1", grams=[1, 2])
    (change,) = changes(connection)
    assert (change["table_name"], change["record_id"], change["action"]) == ("asset", number, "I")
    assert (change["who"], change["program"], change["host"]) == (CLERK, "LogisticsDesktop", "127.0.0.1")
    assert change["before"] is None
    assert change["after"] == {
        "code": "A1",
        "name": "办公桌",
        "status": "in_use",
        "quantity": 1,
        "unit_price": 12.5,
        "purchased_on": "2024-02-29",
    }


def test_an_update_keeps_only_what_changed(connection: Connection) -> None:
    number = new_asset(connection, note="old", unit_price="10")
    connection.execute(
        "UPDATE app.asset SET name = %s, note = NULL, unit_price = 10.00, maker = 'x' WHERE id = %s",
        ('"桌"\\ {}', number),
    )
    change = changes(connection)[-1]
    assert change["action"] == "U"
    assert change["before"] == {"name": "办公桌", "note": "old", "maker": None}
    assert change["after"] == {"name": '"桌"\\ {}', "note": None, "maker": "x"}


def test_an_update_that_changes_nothing_leaves_no_trace(connection: Connection) -> None:
    number = new_asset(connection)
    connection.execute("UPDATE app.asset SET name = name, search = 'other', grams = '{3}' WHERE id = %s", (number,))
    assert [change["action"] for change in changes(connection)] == ["I"]


def test_a_deleted_row_is_recorded_as_it_was(connection: Connection) -> None:
    number = new_asset(connection, note="gone")
    connection.execute("DELETE FROM app.asset WHERE id = %s", (number,))
    change = changes(connection)[-1]
    assert (change["action"], change["record_id"], change["after"]) == ("D", number, None)
    assert change["before"]["note"] == "gone"


def test_one_statement_records_each_of_its_rows(connection: Connection) -> None:
    connection.execute("INSERT INTO app.asset (code, name) SELECT 'A' || i, 'Desk' FROM generate_series(1, 50) i")
    connection.execute("UPDATE app.asset SET note = 'seen' WHERE code < 'A3'")
    recorded = changes(connection)
    assert len([change for change in recorded if change["action"] == "I"]) == 50
    updated = connection.execute("SELECT count(*) AS rows FROM app.asset WHERE note = 'seen'").fetchone()
    assert updated == {"rows": len([change for change in recorded if change["action"] == "U"])}


def test_an_import_marks_its_changes(connection: Connection) -> None:
    batch = uuid.uuid4()
    with connection.transaction():
        connection.execute("SELECT set_config('app.batch', %s, true)", (str(batch),))
        new_asset(connection, "A1")
    new_asset(connection, "A2")
    assert [change["batch"] for change in changes(connection)] == [batch, None]


def test_what_was_rolled_back_was_not_recorded(connection: Connection) -> None:
    with connection.transaction(force_rollback=True):
        new_asset(connection)
    assert changes(connection) == []


def test_nobody_at_all_rewrites_the_history(connection: Connection, database: Target) -> None:
    new_asset(connection)
    for statement in ("DELETE FROM app.change", "UPDATE app.change SET who = 'x'", "TRUNCATE app.change"):
        with pytest.raises(psycopg.DatabaseError, match="append-only") as refused:
            execute(database, statement)
        assert refused.value.sqlstate == "P0403"


def test_the_database_counts_versions_and_keeps_the_origin(connection: Connection) -> None:
    number = new_asset(connection)
    first = connection.execute("SELECT * FROM app.asset").fetchone()
    connection.execute("UPDATE app.asset SET note = 'x' WHERE id = %s", (number,))
    second = connection.execute("SELECT * FROM app.asset").fetchone()
    assert first
    assert second
    assert (first["version"], second["version"]) == (1, 2)
    assert (first["created_by"], second["updated_by"]) == (CLERK, CLERK)
    assert first["created_at"] == second["created_at"] == first["updated_at"] < second["updated_at"]
    assert isinstance(second["updated_at"], datetime)


def test_not_even_the_administrator_changes_who_made_a_row(connection: Connection, database: Target) -> None:
    new_asset(connection)
    execute(database, "UPDATE app.asset SET created_by = 'boss', created_at = '2001-01-01', version = 70")
    row = connection.execute("SELECT created_by, version, created_at = '2001-01-01' AS old FROM app.asset").fetchone()
    assert row == {"created_by": CLERK, "version": 2, "old": False}


def test_every_ledger_is_watched(database: Target) -> None:
    with signed_in(database) as connection:
        watched = connection.execute(
            "SELECT relname, array_agg(tgname::text ORDER BY tgname) AS triggers FROM pg_trigger t"
            " JOIN pg_class c ON c.oid = tgrelid WHERE NOT tgisinternal AND tgname NOT LIKE 'no_ring%'"
            " AND tgname NOT IN ('depreciated', 'taken_numbers', 'refuse_other_bytes') GROUP BY 1"
        ).fetchall()
    found = {row["relname"]: row["triggers"] for row in watched}
    everything = ["history_delete", "history_insert", "history_update", "tell_windows", "touch"]
    for ledger in ("asset", "asset_class", "department", "location", "supplier"):
        assert found[ledger] == everything
    assert set(everything) < set(found["staff"])
    assert found["attachment"] == everything[:-1]
    assert found["setting"] == [name for name in everything if name != "touch"]
    # What is left out is named in db/sql/history.sql, each with its reason: a new table is watched by itself.
    assert {table.name for table in Base.metadata.tables.values()} - {
        name
        for name, triggers in found.items()
        if {"history_delete", "history_insert", "history_update"} <= set(triggers)
    } == {
        "change",
        "event",
        "seal",
        "log_shift",
        "number_counter",
        "content_chunk",
        "depreciation_entry",
        "request",
        "view_choice",
        "permission",
        "protection",
    }


def test_every_table_has_a_key_that_the_history_can_name(database: Target) -> None:
    with signed_in(database) as connection:
        without = connection.execute(
            "SELECT relname FROM pg_class c WHERE relnamespace = 'app'::regnamespace AND relkind = 'r'"
            " AND NOT EXISTS (SELECT FROM pg_index WHERE indrelid = c.oid AND indisprimary)"
        ).fetchall()
    assert without == []


def test_a_row_without_a_number_is_recorded_by_its_key(connection: Connection) -> None:
    connection.execute("INSERT INTO app.header_map VALUES ('assets', '名字', 'name')")
    connection.execute("UPDATE app.header_map SET field = 'note'")
    connection.execute("DELETE FROM app.header_map")
    told = [
        (change["record_id"], change["record_key"], change["action"], change["before"], change["after"])
        for change in changes(connection)
    ]
    whole = {"ledger": "assets", "header": "名字", "field": "note"}
    assert told == [
        (None, "assets / 名字", "I", None, whole | {"field": "name"}),
        (None, "assets / 名字", "U", {"field": "name"}, {"field": "note"}),
        (None, "assets / 名字", "D", whole, None),
    ]


def test_a_row_that_gets_another_key_is_told_as_one_that_went_and_one_that_came(database: Target) -> None:
    with signed_in(database) as connection:
        connection.execute("INSERT INTO app.setting VALUES ('a', '1'), ('b', '2')")
        connection.execute("UPDATE app.setting SET name = 'c' WHERE name = 'a'")
        told = [
            (change["record_key"], change["action"], change["before"], change["after"])
            for change in changes(connection)[2:]
        ]
    assert sorted(told) == [("a", "D", {"name": "a", "value": 1}, None), ("c", "I", None, {"name": "c", "value": 1})]


@settings(max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=20), min_size=2, max_size=5))
def test_any_text_is_recorded_as_it_is(connection: Connection, notes: list[str]) -> None:
    with connection.transaction(force_rollback=True):
        number = new_asset(connection, note=notes[0])
        expected = [notes[0]]
        for note in notes[1:]:
            connection.execute("UPDATE app.asset SET note = %s WHERE id = %s", (note, number))
            if note != expected[-1]:
                expected.append(note)
        recorded = connection.execute(
            "SELECT after ->> 'note' AS note FROM app.change WHERE record_id = %s ORDER BY id", (number,)
        ).fetchall()
        assert [row["note"] for row in recorded] == expected


def test_windows_hear_the_names_of_the_tables(clerk: Target, database: Target) -> None:
    heard: Queue[frozenset[str]] = Queue()
    states: Queue[bool] = Queue()
    stop = threading.Event()
    thread = threading.Thread(target=listen, args=(lambda: clerk, heard.put, states.put, stop, Presence()))
    thread.start()
    try:
        assert states.get(timeout=10) is True
        with signed_in(clerk) as connection:
            new_asset(connection)
            assert heard.get(timeout=10) == {"asset"}
            connection.execute("NOTIFY ledger, 'not a table'")
            with connection.transaction():
                connection.execute("INSERT INTO app.supplier (code, name) VALUES ('S', 'S')")
                connection.execute("INSERT INTO app.header_map VALUES ('assets', 'x', 'name')")
            told = heard.get(timeout=10)
            while told != {"supplier", "header_map"}:
                told |= heard.get(timeout=10)

            # The line breaks: the windows learn of it, and then that anything may have changed.
            execute(
                database,
                f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE query = 'LISTEN ledger' AND"
                f" datname = '{database.database}'",
            )
            assert states.get(timeout=10) is False
            assert states.get(timeout=10) is True
            assert {"asset", "department"} <= heard.get(timeout=10)
            new_asset(connection, "A2")
            assert heard.get(timeout=10) == {"asset"}
    finally:
        stop.set()
        thread.join(10)
    assert not thread.is_alive()
