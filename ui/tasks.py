"""Work away from the window's thread.

A screen gives `Tasks.run` a plain function and says what to do with its value. The function runs in a worker thread and
touches no widget; the value comes back on the window's thread, unless the screen is gone or has asked again since.
"""

from __future__ import annotations

import time
import weakref
from collections.abc import Callable, Hashable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from itertools import count
from typing import Any, TypeVar

from PySide6.QtCore import QObject, Qt, QTimer, Signal
from shiboken6 import isValid

from logistics_desktop.jobs import Job

T = TypeVar("T")

SHOWN_AFTER = 0.6  # seconds; work that is done sooner shows no progress, which would only flicker
_POLL_MS = 100
_WORKERS = 4


@dataclass(frozen=True, slots=True)
class _Running:
    job: Job
    owner: weakref.ref[QObject]
    key: tuple[int, Hashable] | None
    future: Future[Any]
    then: Callable[[Any], object]
    on_error: Callable[[BaseException], object]
    since: float


class Tasks(QObject):
    """Everything that runs beside the window: one thread pool, results handed over on the window's thread."""

    progressed = Signal()  # the list given by `shown()`, or the state of a job in it, may have changed
    _finished = Signal(int)

    def __init__(self, report: Callable[[BaseException], object], parent: QObject | None = None) -> None:
        """`report` is told of the errors that no screen takes."""
        super().__init__(parent)
        self._report = report
        self._pool = ThreadPoolExecutor(_WORKERS, thread_name_prefix="task")
        # Cancelling may wait for the network, and the pool may be full of what is to be cancelled.
        self._canceller = ThreadPoolExecutor(1, thread_name_prefix="cancel")
        self._ids = count(1)
        self._running: dict[int, _Running] = {}
        self._closed = False
        self._poll = QTimer(self, interval=_POLL_MS)
        self._poll.timeout.connect(self._watch)
        # A future may call back in the thread that asked, so only a queued signal is sure to arrive later and here.
        self._finished.connect(self._deliver, Qt.ConnectionType.QueuedConnection)

    def run(
        self,
        work: Callable[[Job], T],
        then: Callable[[T], object],
        *,
        owner: QObject,
        key: Hashable = None,
        on_error: Callable[[BaseException], object] | None = None,
        title: str = "",
    ) -> Job:
        """Call `work(job)` in a worker thread and then `then(value)` on the window's thread.

        owner: the screen that asks; once it is destroyed the work is cancelled and its value dropped.
        key: names the question within its owner: asking again cancels and drops the older one.
        on_error: takes the exception instead of the default notice, also Cancelled when the user stopped the job.
        title: what the progress line says, in the user's language.
        """
        full_key = None if key is None else (id(owner), key)
        for number, older in tuple(self._running.items()):
            if full_key is not None and older.key == full_key:
                self._drop(number)
        job = Job(title)
        if self._closed:  # a closed window's screens may still tick until they are destroyed
            job.cancel()
            return job
        number = next(self._ids)
        future = self._pool.submit(work, job)
        self._running[number] = _Running(
            job, weakref.ref(owner), full_key, future, then, on_error or self._report, time.monotonic()
        )
        future.add_done_callback(lambda _future: self._finished.emit(number))
        self._poll.start()
        return job

    def cancel(self, job: Job) -> None:
        """Ask a job to stop, without waiting; its screen hears of it through `on_error`."""
        self._canceller.submit(job.cancel)

    def shown(self) -> tuple[Job, ...]:
        """The jobs that run long enough to be worth a progress line, oldest first."""
        now = time.monotonic()
        return tuple(r.job for r in self._running.values() if now - r.since >= SHOWN_AFTER)

    def busy(self) -> bool:
        """Whether any work is under way."""
        return bool(self._running)

    def close(self) -> None:
        """Cancel everything and wait until the threads have ended. Nothing is delivered afterwards."""
        self._closed = True
        self._poll.stop()
        running, self._running = self._running, {}
        for each in running.values():
            self._canceller.submit(each.job.cancel)
        self._pool.shutdown(wait=True, cancel_futures=True)
        self._canceller.shutdown(wait=True)

    def _drop(self, number: int) -> None:
        dropped = self._running.pop(number)
        if not dropped.future.cancel():
            self.cancel(dropped.job)

    def _watch(self) -> None:
        for number, running in tuple(self._running.items()):
            if not _alive(running.owner):
                self._drop(number)
        self.progressed.emit()
        if not self._running:
            self._poll.stop()

    def _deliver(self, number: int) -> None:
        running = self._running.pop(number, None)
        if running is None or not _alive(running.owner):
            return
        if not self._running:
            self._poll.stop()
        self.progressed.emit()
        error = running.future.exception()
        if error is None:
            running.then(running.future.result())
        else:
            running.on_error(error)


def _alive(owner: weakref.ref[QObject]) -> bool:
    widget = owner()
    return widget is not None and isValid(widget)
