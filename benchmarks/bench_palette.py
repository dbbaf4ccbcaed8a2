"""How soon the command palette finds records, with a million assets beside the other ledgers.

    python -m benchmarks.bench_palette [--rows 1000000] [--plans]

Each text is asked as it is typed: after one, two, three … characters, as a person without a pause would. The database
is the one of bench_ledger, made once.
"""

from __future__ import annotations

import argparse
import random
import statistics
import time
from collections.abc import Iterator
from pathlib import Path

import platformdirs
import sqlalchemy as sa
from sqlalchemy.orm import Session

from benchmarks.bench_ledger import office
from benchmarks.ledger_data import RARE
from db.embedded import running
from logistics_desktop import palette
from logistics_desktop.ledgers import LEDGERS

WORDS = (
    RARE,
    "空调",
    "办公桌",
    "钢制 沙发",
    "柜",
    "bgz",
    "hcgz",
    "zw",
    "赵伟芳",
    "总务处",
    "行政楼",
    "供应商",
    "2019-0012",
    "ZC-2019-0012",
    "zc-2020",
    "0012",
    "R00017",
    "L0042",
    "打印机 X200",
    "联想",
    "龘龘",
    "nothing at all",
    "qqqq",
    "x200",
    "实木bjb",
)


def texts(engine: sa.Engine) -> Iterator[str]:
    """The words above and the codes and names of some assets, each as it grows under the fingers."""
    dice = random.Random(11)
    with engine.connect() as connection:
        last = connection.scalar(sa.text("SELECT max(id) FROM app.asset"))
        ids = [dice.randint(1, last) for _turn in range(20)]
        rows = connection.execute(sa.text("SELECT code, name FROM app.asset WHERE id = ANY(:ids)"), {"ids": ids})
        known = [text for row in rows for text in row]
    for text in (*WORDS, *known):
        for end in range(1, len(text) + 1):
            yield text[:end]


def main() -> None:
    """Ask everything, say how long it took."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--rows", type=int, default=1_000_000)
    asked.add_argument("--folder", type=Path, default=platformdirs.user_cache_path("LogisticsDesktop") / "bench")
    options = asked.parse_args()
    options.folder.mkdir(parents=True, exist_ok=True)
    with (
        running(options.folder / "data") as server,
        office(options.folder, server, options.rows) as engine,
        Session(engine) as session,
    ):
        found = []
        for text in texts(engine):
            start = time.perf_counter()
            hits = palette.find(session, LEDGERS, text)
            session.rollback()
            found.append(((time.perf_counter() - start) * 1000, text, len(hits)))
        found.sort()
        took = [milliseconds for milliseconds, _text, _hits in found]
        print(f"{len(found)} questions over {options.rows:,} assets")
        print(
            f"  median {statistics.median(took):.1f} ms, p95 {took[len(took) * 95 // 100]:.1f} ms, "
            f"max {took[-1]:.1f} ms"
        )
        print("  slowest: " + ", ".join(f"{text!r} {ms:.0f} ms, {hits} hits" for ms, text, hits in found[-12:]))


if __name__ == "__main__":
    main()
