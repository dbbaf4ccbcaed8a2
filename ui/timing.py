"""When each part of the start was done, for whoever measures it."""

from __future__ import annotations

import os
import sys
import time

VARIABLE = "LOGISTICS_DESKTOP_TIMING"  # set: print the times, and end once the window can be used


def measuring() -> bool:
    """Whether this start is being measured."""
    return bool(os.environ.get(VARIABLE))


def mark(part: str) -> None:
    """Print that `part` is done and the time of day in seconds."""
    if measuring():
        print(f"timing {time.time():.4f} {part}", file=sys.stderr, flush=True)  # noqa: T201 - read by the benchmark
