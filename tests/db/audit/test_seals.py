"""Nobody tampers with the log unseen, not even the superuser; and nobody who works normally raises an alarm."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor, wait
from pathlib import Path

import psycopg
import pytest
import sqlalchemy as sa
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy.orm import Session

from db import sealing
from db.sealing import Broken, Harm, Verdict, first_difference
from db.session import Target, connection_parameters, make_engine
from logistics_desktop.context import Office
from tests.servers import execute

SQL = Path(sealing.__file__).parent / "sql" / "log_seals.sql"


def seal_all(office: Office) -> int:
    sealed = 0
    while True:
        with office.session() as session:
            lines = sealing.seal(session)
        if not lines:
            return sealed
        sealed += lines


def verified(office: Office, known_head: str | None = None) -> Verdict:
    with office.session() as session:
        return sealing.verify(session, known_head)


def suppliers(office: Office, *codes: str) -> None:
    """Each in a transaction of its own."""
    for code in codes:
        with office.session() as session:
            session.execute(sa.text("INSERT INTO app.supplier (code, name) VALUES (:code, 'x')"), {"code": code})


def tamper(database: Target, statement: str) -> None:
    execute(database, f"SET session_replication_role = replica; {statement}")


def line_of(office: Office, code: str) -> int:
    with office.session() as session:
        number: int = session.scalar(
            sa.text("SELECT id FROM app.change WHERE after ->> 'code' = :code"), {"code": code}
        )
        return number


@pytest.fixture
def sealed(office: Office) -> Office:
    """An office with three seals over the history of nine suppliers."""
    seal_all(office)  # what signing in left
    for three in ("ABC", "DEF", "GHI"):
        suppliers(office, *three)
        assert seal_all(office) == 3
    return office


def test_what_nobody_touched_is_whole(sealed: Office) -> None:
    verdict = verified(sealed)
    assert verdict.broken is None
    assert verdict.lines >= 9
    with sealed.session() as session:
        assert sealing.unsealed(session) == 0
        assert sealing.head(session) == verdict.head
    assert seal_all(sealed) == 0


@pytest.mark.parametrize(
    "column", ["at = at + interval '1 second'", "who = 'boss'", "program = ''", "host = NULL", "before = '{}'"]
)
def test_an_edited_line_is_named(sealed: Office, database: Target, column: str) -> None:
    lines = [line_of(sealed, code) for code in "EH"]
    tamper(database, f"UPDATE app.change SET {column} WHERE id IN ({lines[0]}, {lines[1]})")
    broken = verified(sealed).broken
    assert broken is not None
    assert (broken.harm, broken.log, broken.line) == ("edited", "change", lines[0])


def test_a_deleted_line_is_named(sealed: Office, database: Target) -> None:
    line = line_of(sealed, "F")
    tamper(database, f"DELETE FROM app.change WHERE id >= {line}")
    broken = verified(sealed).broken
    assert broken is not None
    assert (broken.harm, broken.log, broken.line) == ("deleted", "change", line)


def test_a_line_slipped_in_is_named(sealed: Office, database: Target) -> None:
    tamper(
        database,
        "INSERT INTO app.change (transaction, table_name, record_id, action)"
        " SELECT transaction, 'supplier', 1, 'D' FROM app.change WHERE after ->> 'code' = 'E'",
    )
    broken = verified(sealed).broken
    assert broken is not None
    assert (broken.harm, broken.log) == ("inserted", "change")
    with sealed.session() as session:
        assert broken.line == session.scalar(sa.text("SELECT max(id) FROM app.change"))


def test_an_edited_event_is_named(office: Office, database: Target) -> None:
    with office.session() as session:
        session.execute(sa.text("SELECT app.note_event('exported', 'assets', '{\"rows\": 100000}')"))
    seal_all(office)
    tamper(database, "UPDATE app.event SET detail = '{\"rows\": 1}' WHERE kind = 'exported'")
    broken = verified(office).broken
    assert broken is not None
    assert (broken.harm, broken.log) == ("edited", "event")


@pytest.mark.parametrize(
    ("statement", "harm"),
    [
        ("UPDATE app.seal SET lines = sha256('') WHERE number = 2", "seal_changed"),
        ("UPDATE app.seal SET until_id = 7 WHERE number = 2", "seal_changed"),
        ("UPDATE app.seal SET hash = sha256('') WHERE number = 2", "seal_changed"),
        ("DELETE FROM app.seal WHERE number = 2", "seal_missing"),
    ],
)
def test_a_changed_seal_is_found(sealed: Office, database: Target, statement: str, harm: str) -> None:
    tamper(database, statement)
    broken = verified(sealed).broken
    assert broken is not None
    assert (broken.harm, broken.seal) == (harm, 2)


def test_a_tail_that_was_cut_off_is_found_by_the_head_kept_elsewhere(sealed: Office, database: Target) -> None:
    kept = verified(sealed).head
    assert kept is not None
    suppliers(sealed, "later")
    seal_all(sealed)
    assert verified(sealed, kept.hash).broken is None
    tamper(
        database,
        f"DELETE FROM app.change WHERE id >= {line_of(sealed, 'I')};"
        f" DELETE FROM app.seal WHERE number >= {kept.number}",
    )
    assert verified(sealed).broken is None  # nothing in the database tells of it
    assert verified(sealed, kept.hash).broken == Broken("head_unknown")
    assert verified(sealed, "no hash").broken == Broken("head_unknown")


def test_pieces_of_a_large_transaction_hang_together(office: Office, database: Target) -> None:
    with office.session() as session:
        session.execute(
            sa.text("INSERT INTO app.supplier (code, name) SELECT n::text, 'x' FROM generate_series(1, 120000) n")
        )
    with office.session() as session:
        assert sealing.seal(session) >= 50_000
    suppliers(office, "meanwhile")
    assert seal_all(office) >= 70_001
    told: list[tuple[int, int]] = []
    with office.session() as session:
        verdict = sealing.verify(session, tell=lambda done, total: told.append((done, total)))
    assert verdict.broken is None
    assert verdict.lines >= 120_001
    assert told[-1] == (verdict.lines, verdict.lines)
    assert len(told) > 1


def test_an_open_transaction_is_not_sealed_over(office: Office, clerk: Target) -> None:
    with psycopg.connect(**connection_parameters(clerk)) as slow:
        slow.execute("INSERT INTO app.supplier (code, name) VALUES ('slow', 'x')")
        suppliers(office, "fast")
        seal_all(office)
        slow.commit()
    assert verified(office).broken is None
    seal_all(office)
    verdict = verified(office)
    assert verdict.broken is None
    with office.session() as session:
        assert verdict.lines == session.scalar(
            sa.text("SELECT (SELECT count(*) FROM app.change) + (SELECT count(*) FROM app.event)")
        )


def write_and_take_back(clerk: Target, person: int) -> None:
    with psycopg.connect(**connection_parameters(clerk)) as connection:
        for number in range(60):
            connection.execute("INSERT INTO app.supplier (code, name) VALUES (%s, 'x')", (f"{person}-{number}",))
            connection.execute("UPDATE app.supplier SET name = 'y' WHERE code = %s", (f"{person}-{number}",))
            if number % 10:
                connection.commit()
            else:
                connection.rollback()


def seal_until(office: Office, done: threading.Event) -> None:
    while not done.is_set():
        with office.session() as session:
            sealing.seal(session)


def test_people_who_write_while_it_is_sealed_raise_no_alarm(office: Office, clerk: Target) -> None:
    done = threading.Event()
    with ThreadPoolExecutor(8) as pool:
        sealers = [pool.submit(seal_until, office, done) for _ in range(2)]
        writers = [pool.submit(write_and_take_back, clerk, person) for person in range(6)]
        wait(writers)
        done.set()
    for work in (*sealers, *writers):
        work.result()
    seal_all(office)
    verdict = verified(office)
    assert verdict.broken is None
    assert verdict.lines >= 6 * 54 * 2
    assert verdict.seals > 2


def test_the_log_goes_on_where_transactions_are_numbered_anew(sealed: Office, database: Target) -> None:
    """As after moving to another server, whose numbers are lower."""
    far = 10**12
    tamper(database, f"UPDATE app.log_shift SET shift = shift + {far}")
    suppliers(sealed, "on the old server", "not sealed there")
    tamper(database, f"UPDATE app.log_shift SET shift = shift - {far}")
    with sealed.session() as session:
        session.execute(sa.text("SELECT app.note_event('signed_in', NULL, NULL)"))
    suppliers(sealed, "on the new server")
    assert seal_all(sealed) == 4
    suppliers(sealed, "later")
    assert seal_all(sealed) == 1
    assert verified(sealed).broken is None


def test_the_log_is_closed_to_its_writers(clerk: Target) -> None:
    with psycopg.connect(autocommit=True, **connection_parameters(clerk)) as connection:
        for statement in (
            "INSERT INTO app.event (kind, transaction) VALUES ('x', 1)",
            "UPDATE app.event SET who = 'boss'",
            "DELETE FROM app.event",
            "INSERT INTO app.seal (number) VALUES (1)",
            "UPDATE app.seal SET at = now()",
            "DELETE FROM app.seal",
            "UPDATE app.log_shift SET shift = 0",
            "DELETE FROM app.log_shift",
            "SELECT app.go_on_counting()",
            "SELECT app.log_transaction()",
            "LOCK TABLE app.seal IN SHARE MODE",
        ):
            with pytest.raises(psycopg.errors.InsufficientPrivilege), connection.transaction():
                connection.execute(statement)


def test_not_even_the_owner_rewrites_it_by_mistake(database: Target) -> None:
    for table in ("change", "event", "seal"):
        for statement in (f"DELETE FROM app.{table}", f"TRUNCATE app.{table}", f"UPDATE app.{table} SET at = now()"):
            with pytest.raises(psycopg.Error) as refused:
                execute(database, statement)
            assert refused.value.sqlstate == "P0403"


def test_sealing_and_checking_speak_the_same_words() -> None:
    written = SQL.read_text("utf-8").replace("''", "'")
    for line in sealing.LINES.values():
        assert line in written


lines = st.lists(st.tuples(st.integers(0, 30), st.binary(max_size=2)), unique_by=lambda line: line[0], max_size=12)


@given(lines, lines)
def test_the_first_difference_is_the_first(sealed: list[tuple[int, bytes]], found: list[tuple[int, bytes]]) -> None:
    sealed, found = sorted(sealed), sorted(found)
    if sealed == found:
        return
    kept, there = dict(sealed), dict(found)
    first = min(number for number in {*kept, *there} if kept.get(number) != there.get(number))
    harm: Harm = "inserted" if first not in kept else "deleted" if first not in there else "edited"
    assert first_difference(sealed, found, 1, "change") == Broken(harm, 1, "change", first)


def test_a_check_needs_no_function_of_the_database(sealed: Office, database: Target) -> None:
    """Whoever rewrites the functions as well hides nothing."""
    execute(database, "DROP FUNCTION app.seal()")
    tamper(database, "UPDATE app.change SET who = 'boss' WHERE after ->> 'code' = 'A'")
    engine = make_engine(database)
    with Session(engine) as session:
        broken = sealing.verify(session).broken
    engine.dispose()
    assert broken is not None
    assert broken.harm == "edited"


def test_private_values_are_on_record_as_changed_and_never_in_clear(office: Office) -> None:
    with office.session() as session:
        session.execute(sa.text("INSERT INTO app.staff (code, name, phone) VALUES ('1', '王芳', '13812345678')"))
    with office.session() as session:
        session.execute(sa.text("UPDATE app.staff SET phone = '13899995678'"))
    with office.session() as session:
        told = session.execute(
            sa.text("SELECT action, before, after FROM app.change WHERE table_name = 'staff_private' ORDER BY id")
        ).all()
        everything = session.scalar(sa.text("SELECT string_agg(c::text, '') FROM app.change c"))
    masked = {"phone": "138****5678"}
    assert [tuple(line) for line in told] == [("I", None, masked), ("U", masked, masked)]
    assert "1234" not in everything
    assert "9999" not in everything
