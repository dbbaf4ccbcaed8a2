"""The monthly detail of many assets as a workbook, beside the export of the asset ledger with as many columns.

    python -m benchmarks.bench_depreciation_sheets [--assets 100000]

Seconds are of the processor of this program, and of the clock, in which the database's work counts too.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy.orm import Session

from benchmarks.bench_depreciation import BEFORE, prepared
from benchmarks.fresh import fresh_office
from logistics_desktop.features.depreciation.board import book_line
from logistics_desktop.features.depreciation.sheets.kinds import Kind, export
from logistics_desktop.features.depreciation.sheets.order import Order
from logistics_desktop.ledger.filters import Query
from logistics_desktop.ledgers import LEDGERS
from logistics_desktop.workbook.export import export_list

KEYS = (
    *("code", "name", "specification", "class_id", "department_id", "in_service_on", "method", "life_months"),
    *("quantity", "unit", "original_value", "residual_rate", "status", "location_id", "keeper_id", "note"),
)
TIMES = 3


def main() -> None:
    """Print the times."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--assets", type=int, default=100_000)
    assets = parser.parse_args().assets
    with fresh_office() as (_target, engine, folder):
        book = prepared(engine, assets)
        print(f"{assets:,} assets, {len(KEYS)} columns each")
        ledger = measure(lambda: export_ledger(engine, Path(folder, "ledger.xlsx")))
        detail = measure(lambda: export_detail(engine, book, Path(folder, "detail.xlsx")))
        for name, (cpu, clock) in {"asset ledger": ledger, "monthly detail": detail}.items():
            print(f"{name:16}{cpu:7.2f} s processor {clock:7.2f} s clock {clock / ledger[1]:6.2f} x the ledger")


def export_ledger(engine: sa.Engine, path: Path) -> None:
    """Export the asset ledger."""
    with Session(engine) as session:
        export_list(session, LEDGERS, LEDGERS["assets"], Query(), KEYS, path)


def export_detail(engine: sa.Engine, book: int, path: Path) -> None:
    """Export the monthly detail."""
    with Session(engine) as session:
        export(session, Kind.DETAIL, Order(book_line(session, book), BEFORE), path)


def measure(do: Callable[[], object]) -> tuple[float, float]:
    """The best of some runs: seconds of the processor, seconds of the clock."""
    best = (float("inf"), float("inf"))
    for _ in range(TIMES):
        cpu, clock = time.process_time(), time.perf_counter()
        do()
        best = min(best, (time.process_time() - cpu, time.perf_counter() - clock), key=lambda one: one[1])
    return best


if __name__ == "__main__":
    main()
