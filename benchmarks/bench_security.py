"""What row level security costs: the same work by the owner of the server, whom no policy binds, and by posts.

    python -m benchmarks.bench_security [--rows 1000000]

The database is made once and kept in the user's cache folder. The clerk sees one department of thirty, so beside the
clerk's pages stand the same rows asked for by a filter, without any policy: what they cost by being a thirtieth.
"""

from __future__ import annotations

import argparse
import statistics
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import platformdirs
import psycopg
import sqlalchemy as sa
from sqlalchemy.orm import Session

from benchmarks.bench_ledger import ASSETS, LISTS, SEARCHES, first, office, times
from db import bulk
from db.embedded import Server, running
from db.provision import add_user
from db.session import connection_string, embedded_target, make_engine
from logistics_desktop.ledger import rows
from logistics_desktop.ledger.filters import Filter, Query, Within
from logistics_desktop.ledgers import LEDGERS

PASSWORD = "a benchmark's password"
_DEPARTMENT = 5
_INSERTED = 20_000
_LIMIT = 2.0


def signed_in(server: Server, database: str) -> dict[str, sa.Engine]:
    """An engine for the superuser and one for each post that is measured."""
    installer = connection_string(embedded_target(server, database))
    with psycopg.connect(installer, autocommit=True) as connection:
        connection.execute(
            "UPDATE app.staff SET login = 'bench_clerk'"
            f" WHERE id = (SELECT min(id) FROM app.staff WHERE department_id = {_DEPARTMENT})"
        )
    for post in ("administrator", "clerk"):
        add_user(installer, f"bench_{post}", PASSWORD, post)
    users = {
        post: embedded_target(server, database, user=f"bench_{post}", password=PASSWORD)
        for post in ("administrator", "clerk")
    }
    return {name: make_engine(target) for name, target in {"none": embedded_target(server, database), **users}.items()}


def reading(engine: sa.Engine, *filters: Filter) -> dict[str, Callable[[], object]]:
    """The works of reading that are compared, by name; `filters` are asked with each."""

    def narrowed(query: Query) -> Query:
        return replace(query, filters=(*query.filters, *filters))

    def ids() -> object:
        with Session(engine) as session:
            return rows.sorted_ids(session, LEDGERS, ASSETS, narrowed(Query()))

    def totals() -> object:
        with Session(engine) as session:
            return rows.totals(session, LEDGERS, ASSETS, narrowed(Query()))

    pages = {f"page, {name}": first(engine, narrowed(query)) for name, query in LISTS.items()}
    searches = {f"search, {name}": first(engine, narrowed(Query(search=text))) for name, text in SEARCHES.items()}
    return {**pages, **searches, "numbers of all rows": ids, "totals of all rows": totals}


def inserting(engine: sa.Engine) -> float:
    """Seconds to insert many rows, the best of three, taken back."""
    best = float("inf")
    values = [(f"NEW{number}", "办公桌", "1", "办公桌", "{1,2,3}") for number in range(_INSERTED)]
    for _turn in range(3):
        with engine.connect() as connection:
            driver = connection.connection.driver_connection
            assert isinstance(driver, psycopg.Connection)
            start = time.perf_counter()
            bulk.insert_rows(driver, "asset", ("code", "name", "unit_price", "search", "grams"), values)
            best = min(best, time.perf_counter() - start)
            connection.rollback()
    return best


def main() -> None:
    """Print every work's time without policies and under them."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--rows", type=int, default=1_000_000)
    asked.add_argument("--folder", type=Path, default=platformdirs.user_cache_path("LogisticsDesktop") / "bench")
    options = asked.parse_args()
    options.folder.mkdir(parents=True, exist_ok=True)
    with running(options.folder / "data") as server, office(options.folder, server, options.rows):
        engines = signed_in(server, f"bench_{options.rows}")
        works = {name: reading(engine) for name, engine in engines.items()}
        works["same rows"] = reading(engines["none"], Within("department_id", (_DEPARTMENT,)))
        heads = f"{'no policy':>38}{'administrator':>15}{'ratio':>7}{'same rows':>11}{'clerk':>9}{'ratio':>7}"
        print(f"{options.rows:,} assets, median ms{heads}")
        worst = 0.0
        for name in works["none"]:
            found = {who: statistics.median(times(work[name], 7)) for who, work in works.items()}
            whole, part = found["administrator"] / found["none"], found["clerk"] / found["same rows"]
            worst = max(worst, whole, part)
            print(
                f"  {name:52}{found['none']:9.1f}{found['administrator']:15.1f}{whole:7.2f}"
                f"{found['same rows']:11.1f}{found['clerk']:9.1f}{part:7.2f}"
            )
        bound, free = inserting(engines["administrator"]), inserting(engines["none"])
        print(
            f"  insert of {_INSERTED:,} rows: {free:.2f} s without, {bound:.2f} s under them, {bound / free:.2f} times"
        )
        print(f"worst ratio of reading all: {worst:.2f} (at most {_LIMIT} wanted)")
        for engine in engines.values():
            engine.dispose()


if __name__ == "__main__":
    main()
