"""Work on a stranger's file in a process of its own, under limits of time and memory.

A hostile file can make a decoder eat all memory, run forever or abort; here it takes only that process with it.
"""

from __future__ import annotations

import multiprocessing
import time
from collections.abc import Callable
from contextlib import suppress
from multiprocessing.connection import Connection
from typing import Any, TypeVar

import psutil

from logistics_desktop.errors import UserError
from logistics_desktop.i18n import N_
from logistics_desktop.jobs import Job

T = TypeVar("T")

SECONDS = 20.0
MEGABYTES = 500
_LOOK_EVERY = 0.02


def apart(work: Callable[..., T], *arguments: Any, job: Job, seconds: float = SECONDS, megabytes: int = MEGABYTES) -> T:
    """Call `work(*arguments)` in another process and give its value; both must be picklable.

    Raises the `UserError` that `work` raises, one of its own where a limit is passed or the process dies, and
    `Cancelled` when `job` is.
    """
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe(duplex=False)
    process = context.Process(target=_serve, args=(theirs, work, arguments), daemon=True)
    process.start()
    theirs.close()
    deadline = time.monotonic() + seconds
    try:
        while not ours.poll(_LOOK_EVERY):
            job.check()
            if time.monotonic() > deadline or _memory(process.pid) > megabytes * 2**20:
                raise UserError(N_("The file takes too much time or memory to show."))
        answer = ours.recv()
    except (EOFError, OSError):
        raise UserError(N_("The file cannot be shown: it is damaged.")) from None
    finally:
        process.kill()
        process.join()
        ours.close()
    if isinstance(answer, UserError):
        raise answer
    value: T = answer
    return value


def _serve(channel: Connection, work: Callable[..., T], arguments: tuple[Any, ...]) -> None:
    try:
        channel.send(work(*arguments))
    except UserError as error:
        channel.send(error)
    except MemoryError:
        channel.send(UserError(N_("The file takes too much time or memory to show.")))


def _memory(pid: int | None) -> int:
    with suppress(psutil.Error):
        return int(psutil.Process(pid).memory_info().rss)
    return 0
