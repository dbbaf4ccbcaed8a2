"""How long the program takes to a usable window, and which part takes how long.

    python benchmarks/bench_start.py [--profile NAME] [--runs 5]

Each run is a process of its own, in memory instead of on a display; the first, which may have to make the database, is
not counted. Printed is the median of each part in milliseconds since the process was started.
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
import time
from pathlib import Path

MAIN = Path(__file__).resolve().parent.parent / "main.py"


def start(office: list[str]) -> dict[str, float]:
    """Milliseconds from the start of the process to the end of each part, in the order in which they happened."""
    environment = os.environ | {"QT_QPA_PLATFORM": "offscreen", "LOGISTICS_DESKTOP_TIMING": "1"}
    begun = time.time()
    ended = subprocess.run(
        [sys.executable, str(MAIN), *office], env=environment, capture_output=True, text=True, check=True
    )
    marks = (line.split(maxsplit=2) for line in ended.stderr.splitlines() if line.startswith("timing "))
    return {part: (float(moment) - begun) * 1000 for _word, moment, part in marks}


def main() -> None:
    """Start several times and print the medians."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--profile", help="the office to open; the sample data by default")
    parser.add_argument("--runs", type=int, default=5)
    arguments = parser.parse_args()
    office = ["--profile", arguments.profile] if arguments.profile else ["--demo"]
    start(office)
    runs = [start(office) for _run in range(arguments.runs)]
    before = 0.0
    for part in runs[0]:
        reached = statistics.median(run[part] for run in runs)
        print(f"{part:<22}{reached:8.0f} ms  (+{reached - before:.0f})")
        before = reached


if __name__ == "__main__":
    main()
