"""A long piece of work, seen from the one who does it and from the one who watches."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass
from types import TracebackType

from logistics_desktop.errors import Cancelled
from logistics_desktop.i18n import N_


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a job is: `done` of `total` steps (a total of 0 means unknown), and what it does just now."""

    done: int = 0
    total: int = 0
    text: str = ""


class Job:
    """The handle that a worker reports to and that a watcher polls and cancels; safe between threads.

    The worker calls `progress` and `check` now and then, and wraps whatever blocks in `with job.on_cancel(stop):`.
    The watcher reads `state` and calls `cancel`. Outside the window a plain `Job()` serves as well.
    """

    def __init__(self, title: str = "") -> None:
        self.title = title
        self._state = Progress()
        self._cancelled = threading.Event()
        self._lock = threading.RLock()
        self._stops: list[CancelHook] = []

    @property
    def state(self) -> Progress:
        """The latest report."""
        return self._state

    @property
    def cancelled(self) -> bool:
        """Whether somebody asked to stop."""
        return self._cancelled.is_set()

    def progress(self, done: int, total: int = 0, text: str = "") -> None:
        """Report `done` of `total` steps; raises Cancelled when the job was cancelled."""
        self._state = Progress(done, total, text)
        self.check()

    def check(self) -> None:
        """Raise Cancelled when the job was cancelled."""
        if self.cancelled:
            raise Cancelled(N_("Stopped. Nothing was changed."))

    def on_cancel(self, stop: Callable[[], object]) -> CancelHook:
        """Have `stop` called, from another thread, when the job is cancelled: at once if it already is.

        As a context manager the hook is taken back at the end of the block, and the block does not end while `stop`
        runs. That matters for a database connection, which the pool may give to somebody else right after.
        """
        hook = CancelHook(self, stop)
        with self._lock:
            self._stops.append(hook)
            if self.cancelled:
                stop()
        return hook

    def forget(self, hook: CancelHook) -> None:
        """Take a hook back; waits while it is being called."""
        with self._lock:
            if hook in self._stops:
                self._stops.remove(hook)

    def cancel(self) -> None:
        """Ask the worker to stop. Calls the hooks in this thread, so it may take as long as they do."""
        with self._lock:
            if self.cancelled:
                return
            self._cancelled.set()
            for hook in tuple(self._stops):
                hook.stop()


class CancelHook:
    """What `Job.on_cancel` gives back: leave its `with` block to take the hook back."""

    def __init__(self, job: Job, stop: Callable[[], object]) -> None:
        self._job = job
        self.stop = stop

    def __enter__(self) -> None:
        """Nothing to do: the hook is in force since it was made."""

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._job.forget(self)
