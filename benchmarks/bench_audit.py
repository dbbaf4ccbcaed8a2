"""What being on record costs: rows stored and changed with the triggers and without, sealing, checking, searching.

    python -m benchmarks.bench_audit [--rows 100000] [--log 1000000]

Every index is there, the search's too. Times of statements are the least of three runs, rolled back. The log that is
searched has `--log` lines of a hundred people on five ledgers, and one line each that is rare.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable
from datetime import date, timedelta

import psycopg
import sqlalchemy as sa
from sqlalchemy.orm import Session

from benchmarks.fresh import fresh_office
from benchmarks.ledger_data import store
from db import sealing
from db.session import connection_string
from logistics_desktop.features.audit.reading import Search, page, people

_RUNS = 3
_SINGLE = 1_000

Connection = psycopg.Connection[tuple[object, ...]]

_LOG = """
SET session_replication_role = replica;
INSERT INTO app.change (at, who, transaction, table_name, record_id, action, before, after)
SELECT timestamptz '2020-01-01Z' + n * interval '3 minutes', 'person' || n % 100, 1 + n / 100,
       (ARRAY['asset','staff','supplier','department','location'])[1 + n % 5], n % 50000, 'U',
       jsonb_build_object('note', n), jsonb_build_object('note', n + 1) FROM generate_series(1, {lines}) n;
INSERT INTO app.change (at, who, transaction, table_name, record_id, action, before, after)
VALUES ('2020-06-01Z', 'rare', 2, 'setting', NULL, 'U', '{"rare": 1}', '{"rare": 2}');
UPDATE app.change SET before = before || '{"maker": "x"}' WHERE id = 1000;
RESET session_replication_role; ANALYZE app.change;
"""


def seconds(connection: Connection, *statements: str) -> float:
    """How long the last of `statements` takes after the others."""
    best = float("inf")
    for _ in range(_RUNS):
        with connection.transaction(force_rollback=True):
            for statement in statements[:-1]:
                connection.execute(statement)
            begun = time.perf_counter()
            connection.execute(statements[-1])
            best = min(best, time.perf_counter() - begun)
    return best


def main() -> None:
    """Print times, and ratios where the same is done twice."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rows", type=int, default=100_000)
    parser.add_argument("--log", type=int, default=1_000_000)
    arguments = parser.parse_args()
    with fresh_office() as (target, engine, _folder):
        with engine.begin() as filling:
            store(filling, arguments.rows)
        measure_sealing(engine)
        with psycopg.connect(connection_string(target), autocommit=True) as connection:
            measure_single(connection)
            measure_bulk(connection)
            connection.execute(_LOG.replace("{lines}", str(arguments.log)))
        measure_searching(engine, arguments.log)


def measure_bulk(connection: Connection) -> None:
    """Many rows by one statement."""
    connection.execute("CREATE TABLE public.kept AS SELECT * FROM app.asset")
    found = connection.execute(
        "SELECT string_agg(attname, ', ') FROM pg_attribute WHERE attrelid = 'app.asset'::regclass AND attnum > 0"
        " AND attname NOT IN ('id', 'version', 'created_at', 'created_by', 'updated_at', 'updated_by')"
    ).fetchone()
    assert found
    quiet = "; ".join(
        f"ALTER TABLE app.asset DISABLE TRIGGER history_{kind}" for kind in ("insert", "update", "delete")
    )
    empty = "TRUNCATE app.asset CASCADE"
    for name, statement, before in (
        ("insert", f"INSERT INTO app.asset ({found[0]}) SELECT {found[0]} FROM public.kept", [empty]),
        ("update one field", "UPDATE app.asset SET note = 'counted'", []),
        ("delete", "DELETE FROM app.asset", []),
    ):
        without = seconds(connection, quiet, *before, statement)
        recorded = seconds(connection, *before, statement)
        print(f"{name:20}{without:6.2f} s without {recorded:6.2f} s on record, {recorded / without:.2f} times")


def measure_single(connection: Connection) -> None:
    """One row a transaction, as a form saves it."""
    times = []
    for switch in ("DISABLE", "ENABLE"):
        connection.execute(f"ALTER TABLE app.supplier {switch} TRIGGER history_insert")
        begun = time.perf_counter()
        for number in range(_SINGLE):
            connection.execute("INSERT INTO app.supplier (code, name) VALUES (%s, 'x')", (f"{switch}{number}",))
        times.append((time.perf_counter() - begun) / _SINGLE * 1e3)
    without, recorded = times
    print(f"{'insert one':20}{without:6.2f} ms without {recorded:5.2f} ms on record, {recorded / without:.2f} times")


def measure_sealing(engine: sa.Engine) -> None:
    """What is in the log, sealed and checked."""
    begun, lines = time.perf_counter(), 0
    while True:
        with Session(engine) as session, session.begin():
            sealed = sealing.seal(session)
        if not sealed:
            break
        lines += sealed
    between = time.perf_counter()
    with Session(engine) as session:
        verdict = sealing.verify(session)
    assert verdict.broken is None
    assert verdict.lines == lines
    print(
        f"{'seal':20}{between - begun:6.2f} s for {lines:,} lines; {time.perf_counter() - between:.2f} s to check them"
    )


def measure_searching(engine: sa.Engine, lines: int) -> None:
    """Pages of a long log."""
    old = date(2020, 1, 1) + timedelta(days=30)
    print(f"the first page of {lines:,} lines:")
    with Session(engine) as session:
        first = page(session, Search())
        for name, work in (
            ("everything", lambda: page(session, Search())),
            ("the next page", lambda: page(session, Search(), first[-1].place)),
            ("one of 100 people", lambda: page(session, Search(who="person7"))),
            ("a rare person", lambda: page(session, Search(who="rare"))),
            ("a month of 2020", lambda: page(session, Search(first=old, last=old + timedelta(days=30)))),
            ("a rare table", lambda: page(session, Search(table="setting"))),
            ("one thing", lambda: page(session, Search(table="asset", code="#1235"))),
            ("a rare field", lambda: page(session, Search(table="asset", key="maker"))),
            ("an action never done", lambda: page(session, Search(action="D"))),
            ("who is in it", lambda: people(session)),
        ):
            print(f"  {name:24}{_milliseconds(work):8.1f} ms")


def _milliseconds(work: Callable[[], object]) -> float:
    best = float("inf")
    for _ in range(_RUNS):
        begun = time.perf_counter()
        work()
        best = min(best, time.perf_counter() - begun)
    return best * 1e3


if __name__ == "__main__":
    main()
