"""A job can be watched and stopped from another thread."""

from __future__ import annotations

import threading

import pytest

from logistics_desktop.errors import Cancelled
from logistics_desktop.jobs import Job, Progress


def test_the_watcher_sees_the_latest_report() -> None:
    job = Job("Reading")
    job.progress(3, 10, "sheet 2")
    assert job.state == Progress(3, 10, "sheet 2")


def test_a_cancelled_job_stops_at_its_next_report() -> None:
    job = Job()
    job.cancel()
    with pytest.raises(Cancelled):
        job.progress(1)


def test_cancelling_calls_the_hook_once() -> None:
    calls: list[str] = []
    job = Job()
    with job.on_cancel(lambda: calls.append("stop")):
        job.cancel()
        job.cancel()
    assert calls == ["stop"]


def test_a_hook_that_comes_after_the_cancel_is_called_at_once() -> None:
    calls: list[str] = []
    job = Job()
    job.cancel()
    job.on_cancel(lambda: calls.append("stop"))
    assert calls == ["stop"]


def test_a_hook_that_was_taken_back_is_not_called() -> None:
    calls: list[str] = []
    job = Job()
    with job.on_cancel(lambda: calls.append("stop")):
        pass
    job.cancel()
    assert calls == []


def test_the_block_waits_while_its_hook_is_being_called() -> None:
    """Otherwise the hook could cancel the next query of a connection that went back to the pool."""
    job = Job()
    called, go_on, left = threading.Event(), threading.Event(), threading.Event()

    def stop() -> None:
        called.set()
        go_on.wait(5)

    def work() -> None:
        with job.on_cancel(stop):
            called.wait(5)
        left.set()

    threads = [threading.Thread(target=work)]
    threads[0].start()
    threads.append(threading.Thread(target=job.cancel))
    threads[1].start()
    assert called.wait(5)
    assert not left.wait(0.05)
    go_on.set()
    for thread in threads:
        thread.join(5)
    assert left.is_set()
