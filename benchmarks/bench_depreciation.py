"""A month of depreciation for many assets against one COPY of the same entries, and the forecast of 36 months.

The copy writes the entries as Python has them, row by row, into the same table with its index and its guards; beside it
stands the copy of a text made beforehand, which is the least that PostgreSQL takes.
"""

from __future__ import annotations

import argparse
import time
import tracemalloc
from collections.abc import Callable
from datetime import date
from functools import partial

import sqlalchemy as sa
from psycopg import Copy
from sqlalchemy.orm import Session

from benchmarks.fresh import fresh_office
from benchmarks.ledger_data import store
from db.models.assets import Asset, Standard
from db.models.depreciation import Book, Entry
from logistics_desktop.features.depreciation import closing, runs
from logistics_desktop.features.depreciation.ahead import forecast
from logistics_desktop.features.depreciation.months import Month
from logistics_desktop.features.depreciation.reading import driver_of
from logistics_desktop.features.depreciation.tie_out import tie_out

BEFORE, MONTH = Month(2026, 1), Month(2026, 2)
TIMES = 3
COLUMNS = ", ".join(column.name for column in Entry.__table__.columns)
COPY = f"COPY app.depreciation_entry ({COLUMNS}) FROM STDIN"


def main() -> None:
    """Print the times."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--assets", type=int, default=100_000)
    assets = parser.parse_args().assets
    with fresh_office() as (_target, engine, _folder):
        book = prepared(engine, assets)
        measure(engine, book)


def prepared(engine: sa.Engine, assets: int) -> int:
    """Fill the office, every asset sound, and close the month before."""
    with engine.begin() as filling:
        store(filling, assets)
        filling.execute(
            sa.update(Asset)
            .where(sa.or_(Asset.in_service_on.is_(None), Asset.original_value.is_(None), Asset.status == "scrapped"))
            .values(in_service_on=date(2024, 3, 1), original_value=1_000, status="in_use")
        )
        filling.execute(
            sa.update(Asset).where(Asset.in_service_on > date(2026, 1, 1)).values(in_service_on=date(2024, 3, 1))
        )
    with Session(engine) as session, session.begin():
        new = Book(code="1", name="账套", standard=Standard.ENTERPRISE, first_month=BEFORE.first_day)
        session.add(new)
        session.flush()
        book = new.id
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(sa.text("VACUUM ANALYZE"))
    for step in (runs.run, closing.close):
        with Session(engine) as session, session.begin():
            step(session, book, BEFORE)
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(sa.text("VACUUM ANALYZE"))
    return book


def measure(engine: sa.Engine, book: int) -> None:
    """Measure runs and copies in turn, so that both meet the same machine, and take the best of each."""
    copies, texts, run_times = [], [], []
    rows: list[tuple[object, ...]] = []
    text = b""
    for turn in range(TIMES):
        run_times.append(timed(engine, lambda session: runs.run(session, book, MONTH)))
        if turn == 0:
            rows, text = written(engine, book)
        with Session(engine) as session, session.begin():
            runs.undo(session, book, MONTH)
        vacuum(engine)
        copies.append(copied(engine, book, partial(write_rows, rows)))
        texts.append(copied(engine, book, partial(write_text, text)))
    copy, run = min(copies), min(run_times)
    print(f"{'one COPY of the same entries':36}{copy:8.2f} s   {len(rows):,} entries")
    print(f"{'one COPY of a text made beforehand':36}{min(texts):8.2f} s")
    print(f"{'run of the month':36}{run:8.2f} s   {run / copy:.2f} times the copy")
    print(f"{'run again':36}{again(engine, book):8.2f} s")
    print(f"{'tie-out':36}{timed(engine, lambda session: tie_out(session, book, MONTH)):8.2f} s")
    print(f"{'close':36}{timed(engine, lambda session: closing.close(session, book, MONTH)):8.2f} s")
    print(f"{'forecast of 36 months':36}{timed(engine, lambda session: forecast(session, book)):8.2f} s")
    tracemalloc.start()
    timed(engine, lambda session: forecast(session, book, 3))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    print(f"{'memory of a forecast, at most':36}{peak / 2**20:8.1f} MB")


def again(engine: sa.Engine, book: int) -> float:
    """The time of a run over a month that is calculated already."""
    timed(engine, lambda session: runs.run(session, book, MONTH))
    return timed(engine, lambda session: runs.run(session, book, MONTH))


def copied(engine: sa.Engine, book: int, write: Callable[[Copy], object]) -> float:
    """The time of a copy alone, with its commit; the month is emptied again."""
    with Session(engine) as session:
        session.execute(sa.select(sa.func.app.depreciation_begin(book, MONTH.first_day)))
        start = time.perf_counter()
        with driver_of(session).cursor() as cursor, cursor.copy(COPY) as copy:
            write(copy)
        session.commit()
        taken = time.perf_counter() - start
        session.execute(sa.select(sa.func.app.depreciation_begin(book, MONTH.first_day)))
        session.commit()
    vacuum(engine)
    return taken


def write_rows(rows: list[tuple[object, ...]], copy: Copy) -> None:
    """Write row by row."""
    for row in rows:
        copy.write_row(row)


def write_text(text: bytes, copy: Copy) -> None:
    """Write what is text already."""
    copy.write(text)


def written(engine: sa.Engine, book: int) -> tuple[list[tuple[object, ...]], bytes]:
    """The entries of the month, as Python has them and as COPY reads them."""
    chosen = f"SELECT {COLUMNS} FROM app.depreciation_entry WHERE book_id = {book} AND month = '{MONTH.first_day}'"
    chosen += " ORDER BY asset_id"
    with Session(engine) as session, driver_of(session).cursor() as cursor:
        rows = cursor.execute(chosen.encode()).fetchall()
        with cursor.copy(f"COPY ({chosen}) TO STDOUT".encode()) as copy:
            return rows, b"".join(copy)


def vacuum(engine: sa.Engine) -> None:
    """Take away what the last turn left behind."""
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(sa.text("VACUUM app.depreciation_entry"))


def timed(engine: sa.Engine, step: Callable[[Session], object]) -> float:
    """The seconds of a unit of work, its commit with it."""
    start = time.perf_counter()
    with Session(engine) as session, session.begin():
        step(session)
    return time.perf_counter() - start


if __name__ == "__main__":
    main()
