"""What the history costs: many assets stored and changed by one statement, with the triggers and without.

    python -m benchmarks.bench_history [--rows 100000]

Every index is there, the search's too. Each figure is the least of three runs, rolled back.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from pathlib import Path

import psycopg

from benchmarks.ledger_data import store
from db.embedded import running
from db.provision import prepare_database
from db.session import connection_string, embedded_target, make_engine

_RUNS = 3


def seconds(connection: psycopg.Connection[tuple[object, ...]], *statements: str) -> float:
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
    """Print both times and their ratio for an insertion and for an update."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rows", type=int, default=100_000)
    rows = parser.parse_args().rows
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        Path(folder).chmod(0o755)  # run as root, the server has another account
        with running(Path(folder) / "data") as server:
            target = embedded_target(server, "office")
            prepare_database(connection_string(target))
            engine = make_engine(target)
            with engine.begin() as filling:
                store(filling, rows)
            engine.dispose()
            with psycopg.connect(connection_string(target), autocommit=True) as connection:
                measure(connection)


def measure(connection: psycopg.Connection[tuple[object, ...]]) -> None:
    """Measure on the assets that are there."""
    connection.execute("CREATE TABLE public.kept AS SELECT * FROM app.asset")
    found = connection.execute(
        "SELECT string_agg(attname, ', ') FROM pg_attribute WHERE attrelid = 'app.asset'::regclass AND attnum > 0"
        " AND attname NOT IN ('id', 'version', 'created_at', 'created_by', 'updated_at', 'updated_by')"
    ).fetchone()
    assert found
    quiet = "ALTER TABLE app.asset DISABLE TRIGGER USER"
    empty = "TRUNCATE app.asset"
    for name, statement, before in (
        ("insert", f"INSERT INTO app.asset ({found[0]}) SELECT {found[0]} FROM public.kept", [empty]),
        ("update one field", "UPDATE app.asset SET note = 'counted'", []),
        ("delete", "DELETE FROM app.asset", []),
    ):
        without = seconds(connection, quiet, *before, statement)
        recorded = seconds(connection, *before, statement)
        print(f"{name:20}{without:6.2f} s without {recorded:6.2f} s with history, {recorded / without:.2f} times")


if __name__ == "__main__":
    main()
