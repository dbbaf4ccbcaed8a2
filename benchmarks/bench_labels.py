"""How long a thousand labels take to become a PDF, and how much memory: it must not grow with their number.

    python -m benchmarks.bench_labels [--labels 1000]

Each label has a QR code, six texts and a frame; checked, painted and written as the program does it, in a worker.
The database is the one of bench_ledger, made once.
"""

from __future__ import annotations

import argparse
import os
import tempfile
import threading
import time
from array import array
from dataclasses import replace
from pathlib import Path
from typing import Any

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import platformdirs
import psutil

from benchmarks.bench_ledger import SMALL
from benchmarks.bench_ledger import office as database
from benchmarks.bench_window import BenchOffice
from db.embedded import running
from logistics_desktop.features.labels.batch import Batch
from logistics_desktop.features.labels.sheets import SHEETS, roll
from logistics_desktop.features.labels.starters import starter
from logistics_desktop.jobs import Job
from logistics_desktop.ledger.filters import Query
from logistics_desktop.ledger.rows import sorted_ids
from logistics_desktop.ledgers import LEDGERS
from ui.app import make_application
from ui.labels.rendering import Run, write_pdf

ASSETS = LEDGERS["assets"]
_MB = 1 << 20


def measure(what: str, run: Run, path: Path) -> None:
    """Write one PDF in a worker, watching the memory."""
    process = psutil.Process()
    before = peak = process.memory_info().rss
    start = time.perf_counter()
    worker = threading.Thread(target=write_pdf, args=(run, path, Job()))
    worker.start()
    while worker.is_alive():
        peak = max(peak, process.memory_info().rss)
        worker.join(0.02)
    spent = time.perf_counter() - start
    size = path.stat().st_size
    print(f"  {what:34}{run.batch.count:8,}{spent:9.1f} s{(peak - before) / _MB:9.1f} MB more{size / _MB:8.1f} MB file")


def main() -> None:
    """Measure rolls and sheets, and ten times as many."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--labels", type=int, default=1_000)
    parser.add_argument("--folder", type=Path, default=platformdirs.user_cache_path("LogisticsDesktop") / "bench")
    options = parser.parse_args()
    wanted, folder = options.labels, options.folder
    make_application()
    folder.mkdir(parents=True, exist_ok=True)
    with (
        running(folder / "data") as server,
        database(folder, server, SMALL) as engine,
        tempfile.TemporaryDirectory() as out,
    ):
        office: Any = BenchOffice(engine)
        with office.session() as session:
            ids = sorted_ids(session, LEDGERS, ASSETS, Query())
        some = array("q", [ids[at % len(ids)] for at in range(wanted)])
        sheet, label = starter(ASSETS, 70, 37), starter(ASSETS, 60, 40)
        path = Path(out) / "labels.pdf"
        on_sheets = Run(Batch(office, ASSETS, sheet, some), SHEETS[0], dpi=600)
        measure(
            "the first 24 (fonts are loaded)", replace(on_sheets, batch=replace(on_sheets.batch, ids=some[:24])), path
        )
        measure("A4 sheets of 24, 600 dpi", on_sheets, path)
        measure("label printer, 203 dpi", Run(Batch(office, ASSETS, label, some), roll(label), dpi=203), path)
        measure(
            "A4 sheets of 24, five times as many", replace(on_sheets, batch=replace(on_sheets.batch, copies=5)), path
        )


if __name__ == "__main__":
    main()
