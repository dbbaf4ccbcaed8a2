"""How fast a ledger of a million rows answers, beside one of a thousand.

    python -m benchmarks.bench_ledger [--rows 1000000] [--programs DIR] [--plans]

The databases are made once and kept in the user's cache folder.
"""

from __future__ import annotations

import argparse
import random
import statistics
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from decimal import Decimal
from pathlib import Path
from typing import Any

import platformdirs
import sqlalchemy as sa
from sqlalchemy.orm import Session

from benchmarks.ledger_data import RARE, fill
from db.embedded import Server, running
from db.provision import prepare_database
from db.session import connection_string, embedded_target, make_engine
from logistics_desktop.ledger import rows
from logistics_desktop.ledger.filters import Between, OneOf, Query, Sort, Within
from logistics_desktop.ledgers import LEDGERS

ASSETS = LEDGERS["assets"]
KEYS = [field.key for field in ASSETS if field.shown]
PAGE = 100
SMALL = 1_000

_HERE = Within("department_id", (2, 3), children=True)
_DEAR = Between("original_value", Decimal(1_000), Decimal(90_000))
_USED = OneOf("status", ("in_use",))
_BY_VALUE = (Sort("original_value", descending=True),)

LISTS = {
    "as it opens": Query(),
    "by name": Query(sorts=(Sort("name"),)),
    "by name, descending": Query(sorts=(Sort("name", descending=True),)),
    "by value, descending": Query(sorts=_BY_VALUE),
    "by value, in use": Query((_USED,), sorts=_BY_VALUE),
    "by value, two departments and below, in use": Query((_HERE, _USED), sorts=_BY_VALUE),
    "by name, three filters": Query((_HERE, _DEAR, _USED), sorts=(Sort("name"),)),
    "by date, three filters": Query((_HERE, _DEAR, _USED), sorts=(Sort("in_service_on", descending=True),)),
    "by status": Query(sorts=(Sort("status"),)),
    "by department": Query(sorts=(Sort("department_id"),)),
    "by maker (no index)": Query(sorts=(Sort("maker"),)),
}
SEARCHES = {
    "rare word": RARE,
    "two characters, in 1 of 17": "空调",
    "two characters, in 3 of 17": "办公",
    "two characters and a sort": "钢制 沙发",
    "one character": "柜",
    "pinyin initials": "bgz",
    "part of a code": "2019-0012",
    "keeper's name": "赵伟芳",
    "keeper's initials": "zwf",
    "nothing has it": "龘龘",
}


@contextmanager
def office(folder: Path, server: Server, count: int) -> Iterator[sa.Engine]:
    """An engine on a database with `count` assets, which is filled the first time."""
    name = f"bench_{count}"
    prepare_database(connection_string(embedded_target(server, name)))
    engine = make_engine(embedded_target(server, name))
    filled = folder / f"{name}.filled"
    if not filled.exists():
        print(f"filling {count:,} assets …")
        fill(engine, count)
        filled.touch()
    yield engine
    engine.dispose()


def times(work: Callable[[], object], repeats: int) -> list[float]:
    """Milliseconds of each run, after one that warms up."""
    work()
    found = []
    for _turn in range(repeats):
        start = time.perf_counter()
        work()
        found.append((time.perf_counter() - start) * 1000)
    return found


def first(engine: sa.Engine, query: Query) -> Callable[[], object]:
    """The work of showing the first page of `query`."""

    def work() -> object:
        with Session(engine) as session:
            return rows.first_page(session, LEDGERS, ASSETS, query, KEYS, PAGE)

    return work


def compare_lists(small: sa.Engine, large: sa.Engine) -> None:
    """First pages of the large database beside the small one's."""
    print(f"\nfirst page of {PAGE}, median of 15, ms" + f"{'small':>29}{'large':>9}{'ratio':>8}")
    for name, query in LISTS.items():
        few, many = (statistics.median(times(first(engine, query), 15)) for engine in (small, large))
        print(f"  {name:52}{few:9.1f}{many:9.1f}{many / few:7.1f}x")


def search_large(large: sa.Engine) -> None:
    """First pages of searches."""
    print(f"\nsearch, first page, of 20, ms{'median':>37}{'p95':>9}")
    for name, text in SEARCHES.items():
        for order, sorts in (("by code", ()), ("by value", _BY_VALUE)):
            found = sorted(times(first(large, Query(search=text, sorts=sorts)), 20))
            print(f"  {name + ', ' + order:52}{statistics.median(found):11.1f}{found[18]:9.1f}")


def jumps(large: sa.Engine) -> None:
    """The id list, jumps into it, totals."""
    dice = random.Random(1)
    with Session(large) as session:
        for name in ("as it opens", "by name", "by value, descending", "by department"):
            query = LISTS[name]
            found = times(lambda query=query: rows.sorted_ids(session, LEDGERS, ASSETS, query), 3)  # type: ignore[misc]
            print(f"  all ids {name:44}{statistics.median(found):11.1f}")
        ids = rows.sorted_ids(session, LEDGERS, ASSETS, LISTS["by value, descending"])

        def jump() -> object:
            at = dice.randrange(len(ids))
            return rows.page(session, LEDGERS, ASSETS, ids[at : at + PAGE], KEYS)

        found = sorted(times(jump, 100))
        print(f"  jump, median {statistics.median(found):.1f} ms, p95 {found[95]:.1f} ms")
        for name in ("as it opens", "by name, three filters"):
            query = LISTS[name]
            found = times(lambda query=query: rows.totals(session, LEDGERS, ASSETS, query), 5)  # type: ignore[misc]
            print(f"  totals {name:45}{statistics.median(found):11.1f}")


def show_plans(large: sa.Engine) -> None:
    """How the server answers each search: every statement of its first page, with what it really took."""
    for name, text in SEARCHES.items():
        sent: list[tuple[str, Any]] = []

        @sa.event.listens_for(large, "before_cursor_execute")
        def note(_c: Any, _k: Any, statement: str, values: Any, *_more: Any, sent: list[Any] = sent) -> None:
            sent.append((statement, values))

        first(large, Query(search=text))()
        sa.event.remove(large, "before_cursor_execute", note)
        with large.connect() as connection:
            for statement, values in sent:
                print(f"\n-- {name}: {text}")
                for line in connection.exec_driver_sql(f"EXPLAIN (ANALYZE, BUFFERS) {statement}", values).scalars():
                    print(f"   {line[:200]}")


def main() -> None:
    """Run everything."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--rows", type=int, default=1_000_000)
    asked.add_argument("--programs", type=Path, default=None, help="the bin directory of another PostgreSQL")
    asked.add_argument("--folder", type=Path, default=platformdirs.user_cache_path("LogisticsDesktop") / "bench")
    asked.add_argument("--plans", action="store_true", help="show how the server answered each search")
    options = asked.parse_args()
    options.folder.mkdir(parents=True, exist_ok=True)
    with (
        running(options.folder / "data", bin_dir=options.programs) as server,
        office(options.folder, server, SMALL) as small,
        office(options.folder, server, options.rows) as large,
    ):
        compare_lists(small, large)
        search_large(large)
        jumps(large)
        if options.plans:
            show_plans(large)


if __name__ == "__main__":
    main()
