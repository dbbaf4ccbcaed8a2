"""Read a workbook in a process of its own, under limits of time and memory."""

from __future__ import annotations

import multiprocessing
import pickle
import time
from array import array
from collections.abc import Callable, Mapping
from contextlib import suppress
from multiprocessing.connection import Connection
from multiprocessing.context import SpawnProcess
from pathlib import Path

import psutil

from logistics_desktop.errors import UserError
from logistics_desktop.i18n import N_
from logistics_desktop.workbook.cells import Cells
from logistics_desktop.workbook.child import serve
from logistics_desktop.workbook.findings import WorkbookFinding
from logistics_desktop.workbook.headers import Vocabulary

MAX_SECONDS = 60.0
MAX_BYTES = 600 * 2**20
_LOOK_EVERY = 0.03


def read_workbook(
    path: Path,
    vocabulary: Vocabulary,
    headers: Mapping[str, int] | None = None,
    *,
    check: Callable[[], None] | None = None,
) -> WorkbookFinding:
    """Read the tables of a workbook that `vocabulary` knows.

    `headers` are the user's own words (sheet name to the number of its first header row); without them the best sheet
    is taken. `check` is called every few hundredths of a second and stops the reading by raising (`Cancelled`).
    Raises UserError for whatever is wrong with the file, also if reading it kills the process.
    """
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe(duplex=False)
    process = context.Process(target=serve, args=(theirs, path, vocabulary, headers), daemon=True)
    process.start()
    theirs.close()
    watch = _Watch(process, check)
    try:
        return _receive(ours, watch)
    except (EOFError, OSError):
        raise UserError(
            N_("Reading the file failed outright. Copy the table into a new workbook and try again.")
        ) from None
    finally:
        process.kill()
        process.join()
        ours.close()


class _Watch:
    """Sees to it that the reading process stays within its limits and the user can stop it."""

    def __init__(self, process: SpawnProcess, check: Callable[[], None] | None) -> None:
        assert process.pid is not None
        self._pid = process.pid
        self._check = check
        self._deadline = time.monotonic() + MAX_SECONDS

    def wait(self, channel: Connection) -> None:
        """Return when there is something to receive, or the process is gone.

        The user is heard first, also where the file is read before they could be heard again.
        """
        while True:
            if self._check:
                self._check()
            if channel.poll(_LOOK_EVERY):
                return
            if time.monotonic() > self._deadline:
                raise UserError(
                    N_("Reading the file took longer than {seconds} seconds. Split it into several files."),
                    seconds=int(MAX_SECONDS),
                )
            if self._memory() > MAX_BYTES:
                raise UserError(
                    N_("Reading the file took more than {limit} MB of memory. Split it into several files."),
                    limit=MAX_BYTES // 2**20,
                )

    def _memory(self) -> int:
        with suppress(psutil.Error):
            return int(psutil.Process(self._pid).memory_info().rss)
        return 0


def _receive(channel: Connection, watch: _Watch) -> WorkbookFinding:
    watch.wait(channel)
    first = channel.recv()
    if isinstance(first, UserError):
        raise first
    finding, counts = first
    assert isinstance(finding, WorkbookFinding)
    for sheet, count in zip(finding.sheets, counts, strict=True):
        for _ in range(count):
            watch.wait(channel)
            distinct = pickle.loads(channel.recv_bytes())  # noqa: S301 - from our own process
            codes = array("I")
            codes.frombytes(channel.recv_bytes())
            sheet.cells.append(Cells(distinct, codes))
    return finding
