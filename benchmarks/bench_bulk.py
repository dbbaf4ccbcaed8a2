"""What changing many rows costs beside one bare UPDATE of the same rows, both with the history on.

    python -m benchmarks.bench_bulk [--rows 100000]

A change is looked ahead (each row checked by the ledger's rule), then stored. Each figure is the least of two runs,
rolled back. A name is found by the quick search, whose texts are made anew; a note is not.
"""

from __future__ import annotations

import argparse
import time
import uuid
from collections.abc import Callable

import sqlalchemy as sa
from sqlalchemy.orm import Session

from benchmarks.fresh import fresh_office
from benchmarks.ledger_data import store
from logistics_desktop.ledger.bulk import change_rows, look_ahead
from logistics_desktop.ledger.filters import Query
from logistics_desktop.ledger.many import Add, Change, Give, Replace
from logistics_desktop.ledgers import LEDGERS
from logistics_desktop.workbook.undo import take_back

_RUNS = 2
_ASSETS = LEDGERS["assets"]
_CASES: tuple[tuple[str, Change, str], ...] = (
    ("note := text", Give("note", "counted"), "UPDATE app.asset SET note = 'counted'"),
    ("quantity + 1", Add("quantity", 1), "UPDATE app.asset SET quantity = quantity + 1"),
    ("name at its end", Add("name", "（旧）"), "UPDATE app.asset SET name = name || '（旧）'"),
    ("maker replaced", Replace("maker", "得力", "晨光"), "UPDATE app.asset SET maker = '晨光' WHERE maker = '得力'"),
)


def least(engine: sa.Engine, work: Callable[[Session], float]) -> float:
    """The least time of some runs, each rolled back."""
    times = []
    for _ in range(_RUNS):
        with Session(engine) as session:
            times.append(work(session))
            session.rollback()
    return min(times)


def bare(session: Session, statement: str) -> float:
    """Seconds of one UPDATE."""
    begun = time.perf_counter()
    session.execute(sa.text(statement))
    return time.perf_counter() - begun


def whole(session: Session, change: Change) -> float:
    """Seconds of looking ahead and storing."""
    begun = time.perf_counter()
    outlook = look_ahead(session, LEDGERS, _ASSETS, Query(), change)
    change_rows(session, LEDGERS, _ASSETS, outlook, uuid.uuid4())
    return time.perf_counter() - begun


def undone(session: Session, change: Change) -> float:
    """Seconds of taking a change back by the history."""
    batch = uuid.uuid4()
    outlook = look_ahead(session, LEDGERS, _ASSETS, Query(), change)
    change_rows(session, LEDGERS, _ASSETS, outlook, batch)
    begun = time.perf_counter()
    take_back(session, LEDGERS, batch)
    return time.perf_counter() - begun


def main() -> None:
    """Print the times of each case and their ratio."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rows", type=int, default=100_000)
    rows = parser.parse_args().rows
    with fresh_office() as (_target, engine, _folder):
        with engine.begin() as filling:
            store(filling, rows)
        print(f"{rows:,} rows{'UPDATE':>19}{'whole':>10}{'times':>8}{'undo':>9}")
        for name, change, statement in _CASES:
            base = least(engine, lambda session, statement=statement: bare(session, statement))  # type: ignore[misc]
            full = least(engine, lambda session, change=change: whole(session, change))  # type: ignore[misc]
            back = least(engine, lambda session, change=change: undone(session, change))  # type: ignore[misc]
            print(f"{name:20}{base:8.2f} s{full:8.2f} s{full / base:8.2f}{back:8.2f} s", flush=True)


if __name__ == "__main__":
    main()
