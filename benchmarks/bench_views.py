"""How fast groups and colours answer over a million rows, beside a thousand.

    python -m benchmarks.bench_views [--rows 1000000] [--programs DIR]

The first page of a grouped list is all its groups with their counts and sums: each row must be read, so it grows with
the rows, and stands beside the totals that every list shows. A page of rows with colours is one look by number.
The databases are those of bench_ledger.
"""

from __future__ import annotations

import argparse
import statistics
from collections.abc import Callable
from datetime import date
from pathlib import Path

import platformdirs
import sqlalchemy as sa
from sqlalchemy.orm import Session

from benchmarks.bench_ledger import ASSETS, KEYS, PAGE, SMALL, office, times
from db.embedded import running
from logistics_desktop.ledger import colours, groups, rows
from logistics_desktop.ledger.filters import Query, Within
from logistics_desktop.ledgers import LEDGERS
from logistics_desktop.ready_rules import READY

_TODAY = date(2026, 1, 1)
_REPEATS = 5
_BY = (("department_id",), ("status",), ("keeper_id",), ("in_service_on",), ("department_id", "status"))


def _in(engine: sa.Engine, do: Callable[[Session], object]) -> float:
    """The median in milliseconds."""

    def work() -> object:
        with Session(engine) as session:
            return do(session)

    return statistics.median(times(work, _REPEATS))


def compare(small: sa.Engine, large: sa.Engine) -> None:
    """Each question to both databases."""
    print(f"\nmedian of {_REPEATS}, ms{'small':>47}{'large':>9}{'ratio':>8}")

    def show(name: str, do: Callable[[Session], object]) -> None:
        few, many = _in(small, do), _in(large, do)
        print(f"  {name:52}{few:9.1f}{many:9.1f}{many / few:7.1f}x")

    show("totals of the list, for comparison", lambda s: rows.totals(s, LEDGERS, ASSETS, Query()))
    for by in _BY:
        show(f"groups by {', '.join(by)}", lambda s, by=by: groups.groups(s, LEDGERS, ASSETS, Query(), by))  # type: ignore[misc]
    few = Query((Within("location_id", (3,)),))
    show("groups by status, one location", lambda s: groups.groups(s, LEDGERS, ASSETS, few, ("status",)))
    by_keeper = ("keeper_id",)
    show("the rows of one keeper", lambda s: groups.ids_in(s, LEDGERS, ASSETS, Query(), by_keeper, [(7,)]))
    show("the rows of all keepers", lambda s: groups.ids_in(s, LEDGERS, ASSETS, Query(), by_keeper, None))

    def plain(session: Session) -> object:
        return rows.first_page(session, LEDGERS, ASSETS, Query(), KEYS, PAGE)

    def coloured(session: Session) -> object:
        page = rows.first_page(session, LEDGERS, ASSETS, Query(), KEYS, PAGE)
        return colours.marks(session, LEDGERS, ASSETS, READY["assets"], [row.id for row in page], _TODAY)

    show("first page", plain)
    show("first page with five colours", coloured)


def main() -> None:
    """Run everything."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--rows", type=int, default=1_000_000)
    asked.add_argument("--programs", type=Path, default=None, help="the bin directory of another PostgreSQL")
    asked.add_argument("--folder", type=Path, default=platformdirs.user_cache_path("LogisticsDesktop") / "bench")
    options = asked.parse_args()
    options.folder.mkdir(parents=True, exist_ok=True)
    with (
        running(options.folder / "data", bin_dir=options.programs) as server,
        office(options.folder, server, SMALL) as small,
        office(options.folder, server, options.rows) as large,
    ):
        compare(small, large)


if __name__ == "__main__":
    main()
