"""How long a long list takes to become a PDF, what memory it needs, and how long the window waits meanwhile.

    python -m benchmarks.bench_paper [--rows 100000] [--columns 10]

The work is done as the preview does it: in a worker of `Tasks`, while a timer beats on the window's thread. The
database is one of bench_ledger, made once.
"""

from __future__ import annotations

import argparse
import os
import resource
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TypeVar, cast

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import platformdirs
from PySide6.QtCore import QEventLoop, QObject

from benchmarks.bench_ledger import office as database
from benchmarks.bench_window import BenchOffice, Heartbeat
from db.embedded import running
from logistics_desktop.context import Office
from logistics_desktop.jobs import Job
from logistics_desktop.ledger.filters import Query
from logistics_desktop.ledgers import LEDGERS
from ui.app import make_application
from ui.paper.list_page import ListPrintout
from ui.paper.listing import read_listing
from ui.paper.output import to_pdf
from ui.paper.sheet import Sheet
from ui.tasks import Tasks

T = TypeVar("T")
_TEN = 10


def _fail(error: BaseException) -> None:
    raise error


def timed(name: str, tasks: Tasks, owner: QObject, work: Callable[[Job], T]) -> T:
    """Do the work in a worker, and print its seconds, the longest gap on the window's thread, and the peak memory."""
    loop, values = QEventLoop(), list[T]()

    def take(value: T) -> None:
        values.append(value)
        loop.quit()

    heart, begun = Heartbeat(), time.perf_counter()
    heart.start()
    tasks.run(work, take, owner=owner, on_error=_fail)
    loop.exec()
    heart.stop()
    seconds, peak = time.perf_counter() - begun, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"  {name:28}{seconds:8.1f} s   longest gap {heart.longest:6.1f} ms   peak memory {peak:6.0f} MB")
    return values[0]


def main() -> None:
    """Print the figures."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--rows", type=int, default=100_000)
    asked.add_argument("--columns", type=int, default=_TEN)
    asked.add_argument("--folder", type=Path, default=platformdirs.user_cache_path("LogisticsDesktop") / "bench")
    options = asked.parse_args()
    options.folder.mkdir(parents=True, exist_ok=True)
    make_application()
    owner = QObject()
    tasks = Tasks(_fail, owner)
    assets = LEDGERS["assets"]
    keys = [field.key for field in assets if field.shown][: options.columns]
    with (
        running(options.folder / "data") as server,
        database(options.folder, server, options.rows) as engine,
        tempfile.TemporaryDirectory() as folder,
    ):
        office = cast("Office", BenchOffice(engine))
        print(f"{options.rows:,} rows of {len(keys)} columns")
        before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        print(f"  {'before':28}{'':45}peak memory {before:6.0f} MB")
        listing = timed("read", tasks, owner, partial(read_listing, office, assets, Query(), keys, ""))
        printout = timed("laid out", tasks, owner, partial(ListPrintout, listing, Sheet(landscape=True)))
        path = Path(folder) / "list.pdf"
        timed("drawn as a PDF", tasks, owner, partial(to_pdf, printout, path))
        print(f"  {printout.pages:,} pages, {path.stat().st_size / 1e6:.1f} MB")
    tasks.close()


if __name__ == "__main__":
    main()
