"""Work that makes millions of values without Python's collector stopping every other thread, the window's above all."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def uncollected() -> Iterator[None]:
    """Have nothing looked through for cycles during the block, and what it made not afterwards either.

    A full collection walks every object there is with the interpreter locked: 0.3 s with a large import in memory.
    Values go when nobody refers to them any more, as ever; cycles made meanwhile wait for `collect_again`.
    """
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        gc.enable()


def collect_again() -> None:
    """Take back what `uncollected` put aside, when it is no longer in use."""
    gc.unfreeze()
