"""Every fault many times in the middle of work: rows acknowledged and rows found.

    python -m benchmarks.bench_faults [--times 20] [--only NAME]

Nothing may be lost or doubled; the exit status is 1 where something was.
"""

from __future__ import annotations

import argparse
import random
import sys
import threading
import time
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path

from db import watch
from tests.db.faults.breaking import Breakable, Wire, small_disk
from tests.db.faults.test_breaking import (
    fail_over,
    full_disk,
    gone_at_start,
    import_killed,
    other_version,
    workbook,
    wrong_clock,
)
from tests.db.faults.working import Count, prepared, signed_in, work_through
from tests.servers import open_folder

watch.PATIENCE_SECONDS = 1.0


def restarted(breakable: Breakable) -> Count:
    """The server is stopped as by its service, and started again."""
    with signed_in(breakable.server) as office:
        return work_through(office, breakable.restart)


def killed(breakable: Breakable) -> Count:
    """The server crashes, and is started again."""
    with signed_in(breakable.server) as office:
        return work_through(office, lambda: breakable.restart(kill=True))


def frozen(breakable: Breakable) -> Count:
    """The server says nothing for three seconds."""

    def fault() -> None:
        breakable.freeze()
        time.sleep(3)
        breakable.thaw()

    with signed_in(breakable.server) as office:
        return work_through(office, fault)


def dead_wire(breakable: Breakable) -> Count:
    """The lines there are carry nothing more, without a word."""
    with Wire(breakable.server.host, breakable.server.port) as wire, signed_in(breakable.server, wire.port) as office:
        return work_through(office, wire.go_dead)


def cable_pulled(breakable: Breakable) -> Count:
    """Nothing is carried for three seconds, on new lines neither."""

    def fault() -> None:
        wire.go_dead(for_all=True)
        time.sleep(3)
        wire.mend()

    with Wire(breakable.server.host, breakable.server.port) as wire, signed_in(breakable.server, wire.port) as office:
        return work_through(office, fault)


def lost_answer(breakable: Breakable) -> Count:
    """The commit arrives, its answer does not."""
    with Wire(breakable.server.host, breakable.server.port) as wire, signed_in(breakable.server, wire.port) as office:
        return work_through(office, wire.lose_answer_to_commit)


def killed_import(breakable: Breakable) -> Count:
    """The program that imports is killed at any moment, and another one imports the same file."""
    with open_folder() as folder, signed_in(breakable.server) as office:
        return import_killed(breakable, office, workbook(Path(folder)), random.uniform(0, 0.6))


def replaced(_breakable: Breakable) -> Count:
    """The server dies, its copy takes over."""
    with open_folder() as first, open_folder() as second:
        return fail_over(Path(first), Path(second))


def full(_breakable: Breakable) -> Count:
    """The disk of the server is full, until somebody makes room. Needs the right to mount a small disk."""
    with open_folder() as folder, open_folder() as disk, small_disk(disk, 48) as is_small:
        if not is_small:
            return Count(0, 0, [PermissionError("no right to mount a small disk")])
        return full_disk(folder, disk)


def older_tables(breakable: Breakable) -> Count:
    """The tables are of an older version than the program."""
    return other_version(breakable, "0001", "older version")


def newer_tables(breakable: Breakable) -> Count:
    """Somebody upgraded the tables with a newer program."""
    return other_version(breakable, "9999", "newer version")


def clock_wrong(breakable: Breakable) -> Count:
    """The clock of the PC is set to any hour of the years around, and the server restarts."""
    return wrong_clock(breakable, random.randint(-100_000, 100_000))


FAULTS: dict[str, Callable[[Breakable], Count]] = {
    fault.__name__: fault
    for fault in (
        restarted,
        killed,
        frozen,
        dead_wire,
        cable_pulled,
        lost_answer,
        killed_import,
        replaced,
        full,
        gone_at_start,
        older_tables,
        newer_tables,
        clock_wrong,
    )
}


def main() -> int:
    """Print a line for each fault."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--times", type=int, default=20)
    parser.add_argument("--only", choices=FAULTS)
    arguments = parser.parse_args()
    wrong = 0
    print(f"{'fault':15} {'times':>5} {'expected':>9} {'found':>9} {'errors':>7} {'s, worst':>9}")
    with ExitStack() as stack:
        folder = stack.enter_context(open_folder())
        breakable = stack.enter_context(Breakable(Path(folder) / "data"))
        prepared(breakable.server)
        for name in [arguments.only] if arguments.only else FAULTS:
            counts, worst = [], 0.0
            for _time in range(arguments.times):
                begun = time.perf_counter()
                counts.append(FAULTS[name](breakable))
                worst = max(worst, time.perf_counter() - begun)
            expected, found = sum(each.expected for each in counts), sum(each.found for each in counts)
            errors = [error for each in counts for error in each.errors]
            wrong += expected != found or bool(errors)
            print(f"{name:15} {arguments.times:5} {expected:9,} {found:9,} {len(errors):7} {worst:9.1f}", flush=True)
            for error in errors:
                print(f"    {type(error).__name__}: {error}")
    assert threading.active_count() == 1
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
