"""What the database refuses reaches the user in words, with the names from the screen."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import psycopg
import pytest
import sqlalchemy as sa

from db.embedded import EmbeddedError
from db.session import Target, make_engine
from logistics_desktop.errors import ConnectionLost, Refused, UserError
from logistics_desktop.faults import Words, explain, translated
from tests.servers import execute

WORDS = Words(
    tables={"desk": "Desks", "room": "Rooms"},
    columns={("desk", "code"): "Code", ("desk", "room_id"): "Room", ("desk", "name"): "Name", ("room", "name"): "Name"},
    checks={"ck_desk_price_positive": "The price cannot be negative."},
)

TABLES = """
CREATE SCHEMA app;
CREATE TABLE app.room (
  id int CONSTRAINT pk_room PRIMARY KEY, building text, name text,
  CONSTRAINT uq_room_building_name UNIQUE (building, name)
);
CREATE TABLE app.desk (
  id int CONSTRAINT pk_desk PRIMARY KEY,
  code text CONSTRAINT uq_desk_code UNIQUE,
  name varchar(5) NOT NULL,
  room_id int CONSTRAINT fk_desk_room_id REFERENCES app.room,
  price numeric(6, 2) CONSTRAINT ck_desk_price_positive CHECK (price >= 0),
  seats int CONSTRAINT ck_desk_seats CHECK (seats < 10),
  during int4range, CONSTRAINT ex_desk_during EXCLUDE USING gist (during WITH &&)
);
INSERT INTO app.room VALUES (1, 'A', 'hall');
INSERT INTO app.desk VALUES (1, 'D-(1)', 'desk', 1, 1, 1, '[1,5)');
"""


@pytest.fixture
def database(empty_database: Target) -> Target:
    return empty_database


@pytest.fixture
def office(database: Target) -> Iterator[sa.Engine]:
    engine = make_engine(database)
    with engine.begin() as connection:
        connection.execute(sa.text(TABLES))
    yield engine
    engine.dispose()


def told(engine: sa.Engine, statement: str) -> UserError:
    with pytest.raises(UserError) as error, translated(WORDS), engine.begin() as connection:
        connection.execute(sa.text(statement))
    return error.value


@pytest.mark.parametrize(
    ("statement", "words"),
    [
        ("INSERT INTO app.desk VALUES (2, 'D-(1)', 'new')", ("Desks", "Code", "D-(1)")),
        ("INSERT INTO app.room VALUES (2, 'A', 'hall')", ("Rooms", "building, Name", "A, hall")),
        ("DELETE FROM app.room", ("cannot be deleted", "Desks")),
        ("UPDATE app.desk SET room_id = 77", ("Room", "77", "not there any more")),
        ("UPDATE app.desk SET name = NULL", ("Name", "must be filled in")),
        ("UPDATE app.desk SET price = -1", ("The price cannot be negative.",)),
        ("UPDATE app.desk SET seats = 11", ("Desks", "ck_desk_seats")),
        ("UPDATE app.desk SET name = 'far too long'", ("longer",)),
        ("UPDATE app.desk SET price = 1e9", ("larger",)),
        ("INSERT INTO app.desk VALUES (3, 'D-3', 'new', 1, 1, 1, '[4,6)')", ("Desks", "overlaps")),
        ("SET LOCAL statement_timeout = 20; SELECT pg_sleep(60)", ("too long",)),
        ("SET TRANSACTION READ ONLY; DELETE FROM app.desk", ("only be read",)),
    ],
)
def test_a_refusal_names_the_field_and_what_to_do(office: sa.Engine, statement: str, words: tuple[str, ...]) -> None:
    error = told(office, statement)
    assert type(error) is Refused
    for word in words:
        assert word in str(error)


def test_the_values_stay_hidden_where_the_server_hides_them(office: sa.Engine) -> None:
    assert "uq_desk_code" in str(
        told(
            office,
            "CREATE ROLE guest; GRANT USAGE ON SCHEMA app TO guest; GRANT INSERT ON app.desk TO guest;"
            "SET LOCAL ROLE guest; INSERT INTO app.desk VALUES (2, 'D-(1)', 'new')",
        )
    )


def test_what_nobody_granted_is_refused(office: sa.Engine) -> None:
    error = told(office, "CREATE ROLE guest; SET LOCAL ROLE guest; SELECT * FROM app.desk")
    assert type(error) is Refused
    assert "administrator" in str(error)


def test_who_comes_too_late_is_asked_to_try_again(office: sa.Engine) -> None:
    with office.connect() as first, office.connect() as second:
        first.execute(sa.text("LOCK TABLE app.room"))
        second.execute(sa.text("SET LOCAL lock_timeout = 20"))
        with pytest.raises(Refused, match="try again"), translated(WORDS):
            second.execute(sa.text("SELECT * FROM app.room"))
    with office.connect() as first, office.connect() as second:
        for connection in (first, second):
            connection.execute(sa.text("SET TRANSACTION ISOLATION LEVEL SERIALIZABLE"))
            connection.execute(sa.text("SELECT sum(price) FROM app.desk"))
        first.execute(sa.text("UPDATE app.desk SET price = 2"))
        first.commit()
        with pytest.raises(Refused, match="try again"), translated(WORDS):
            second.execute(sa.text("UPDATE app.desk SET price = 3"))


def test_a_lost_line_is_told_as_such(office: sa.Engine, database: Target) -> None:
    with office.connect() as connection:
        pid = connection.scalar(sa.text("SELECT pg_backend_pid()"))
        execute(replace(database, database="postgres"), f"SELECT pg_terminate_backend({pid}, 5000)")
        with pytest.raises(ConnectionLost), translated(WORDS):
            connection.execute(sa.text("SELECT 1"))
    with pytest.raises(ConnectionLost), translated(WORDS):
        psycopg.connect("host=127.0.0.1 port=1 connect_timeout=2")


def test_bugs_stay_bugs(office: sa.Engine) -> None:
    with pytest.raises(sa.exc.ProgrammingError), translated(WORDS), office.connect() as connection:
        connection.execute(sa.text("SELECT nothing FROM nowhere"))
    with pytest.raises(ZeroDivisionError), translated(WORDS):
        raise ZeroDivisionError
    with pytest.raises(sa.exc.StatementError), translated(WORDS), office.connect() as connection:
        connection.execute(sa.text("SELECT :missing"), {})


@pytest.mark.parametrize("reason", ["no_programs", "other_version", "disk_full", "no_port", "no_access", "failed"])
def test_every_failure_of_the_embedded_server_has_words(tmp_path_factory: pytest.TempPathFactory, reason: str) -> None:
    folder = tmp_path_factory.getbasetemp()
    error = explain(EmbeddedError(reason, folder, "detail {x}", made_by="15", program="18"), WORDS)  # type: ignore[arg-type]
    assert isinstance(error, UserError)
    assert str(folder) in str(error) or "detail {x}" in str(error)
