"""Work beside the window: who gets the result, who does not, and how it is stopped."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from functools import partial

import pytest
from PySide6.QtCore import QObject, QThread
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot
from shiboken6 import delete

from logistics_desktop.errors import Cancelled, UserError
from logistics_desktop.jobs import Job
from ui.tasks import Tasks


def _same(value: object, _job: Job) -> object:
    return value


def _ignore(_value: object) -> None:
    """For a value that the test does not look at."""


class Reports(list[BaseException]):
    """The errors that reached the default notice."""


@pytest.fixture
def reports() -> Reports:
    return Reports()


@pytest.fixture
def tasks(qapp: QApplication, reports: Reports) -> Iterator[Tasks]:
    tasks = Tasks(reports.append)
    yield tasks
    tasks.close()


@pytest.fixture
def owner(qapp: QApplication) -> QObject:
    return QObject()


def test_work_is_done_elsewhere_and_its_value_comes_back_to_the_windows_thread(
    tasks: Tasks, owner: QObject, qtbot: QtBot
) -> None:
    seen: list[tuple[object, bool, bool]] = []
    main = QThread.currentThread()

    def then(value: bool) -> None:
        seen.append((None, value, QThread.currentThread() is main))

    tasks.run(lambda _job: threading.current_thread() is threading.main_thread(), then, owner=owner)
    assert seen == [], "nothing is delivered before the window's loop runs"
    qtbot.waitUntil(lambda: bool(seen))
    assert seen == [(None, False, True)]
    assert not tasks.busy()


def test_none_and_other_values_arrive_as_they_are(tasks: Tasks, owner: QObject, qtbot: QtBot) -> None:
    got: list[object] = []
    for value in (None, 0, "", {"a": 1}, [None]):
        tasks.run(partial(_same, value), got.append, owner=owner)
    qtbot.waitUntil(lambda: len(got) == 5)
    assert sorted(map(repr, got)) == sorted(map(repr, (None, 0, "", {"a": 1}, [None])))


def test_only_the_newest_answer_to_one_question_arrives(tasks: Tasks, owner: QObject, qtbot: QtBot) -> None:
    got: list[int] = []
    release = threading.Event()

    def slow(job: Job) -> int:
        release.wait(5)
        return 1

    older = tasks.run(slow, got.append, owner=owner, key="page")
    tasks.run(lambda _job: 2, got.append, owner=owner, key="page")
    other = QObject()
    tasks.run(lambda _job: 3, got.append, owner=other, key="page")
    qtbot.waitUntil(lambda: len(got) == 2)
    release.set()
    qtbot.waitUntil(lambda: older.cancelled)
    qtbot.wait(20)
    assert sorted(got) == [2, 3]


def test_a_screen_that_is_gone_gets_nothing_and_its_work_is_stopped(tasks: Tasks, qtbot: QtBot) -> None:
    got: list[int] = []
    screen = QWidget()
    stopped = threading.Event()

    def work(job: Job) -> int:
        job.on_cancel(stopped.set)
        stopped.wait(5)
        return 1

    tasks.run(work, got.append, owner=screen)
    delete(screen)
    qtbot.waitUntil(stopped.is_set)
    qtbot.waitUntil(lambda: not tasks.busy())
    assert got == []


def test_a_value_that_is_ready_when_its_screen_goes_is_dropped(tasks: Tasks, qtbot: QtBot) -> None:
    got: list[int] = []
    screen = QWidget()
    ready = threading.Event()

    def work(_job: Job) -> int:
        ready.set()
        return 1

    tasks.run(work, got.append, owner=screen)
    assert ready.wait(5)
    delete(screen)
    qtbot.waitUntil(lambda: not tasks.busy())
    assert got == []


def test_an_error_goes_to_the_screen_or_to_the_default_notice(
    tasks: Tasks, owner: QObject, reports: Reports, qtbot: QtBot
) -> None:
    mine: list[BaseException] = []

    def refuse(_job: Job) -> None:
        raise UserError("No such file: {name}", name="a.xlsx")

    tasks.run(refuse, _ignore, owner=owner, on_error=mine.append)
    tasks.run(refuse, _ignore, owner=owner)
    qtbot.waitUntil(lambda: len(mine) == 1 and len(reports) == 1)
    assert [str(e) for e in (*mine, *reports)] == ["No such file: a.xlsx"] * 2


def test_the_user_can_stop_a_job_and_its_screen_hears_of_it(tasks: Tasks, owner: QObject, qtbot: QtBot) -> None:
    errors: list[BaseException] = []
    started = threading.Event()

    def work(job: Job) -> None:
        with job.on_cancel(started.clear):
            started.set()
            while started.is_set():
                pass
        job.check()

    job = tasks.run(work, _ignore, owner=owner, on_error=errors.append)
    started.wait(5)
    tasks.cancel(job)
    qtbot.waitUntil(lambda: bool(errors))
    assert isinstance(errors[0], Cancelled)


def test_progress_is_shown_only_for_work_that_takes_long(tasks: Tasks, owner: QObject, qtbot: QtBot) -> None:
    release = threading.Event()

    def work(job: Job) -> None:
        job.progress(1, 4, "reading")
        release.wait(5)

    job = tasks.run(work, _ignore, owner=owner, title="Import")
    assert tasks.shown() == ()
    with qtbot.waitSignal(tasks.progressed, check_params_cb=lambda: tasks.shown() == (job,)):
        pass
    assert job.state.done == 1
    release.set()
    qtbot.waitUntil(lambda: tasks.shown() == ())


def test_closing_stops_the_work_and_leaves_no_thread(qapp: QApplication, owner: QObject) -> None:
    before = threading.active_count()
    tasks = Tasks(lambda _error: None)
    got: list[object] = []

    def work(job: Job) -> None:
        stopped = threading.Event()
        job.on_cancel(stopped.set)
        stopped.wait(5)

    for _number in range(10):
        tasks.run(work, got.append, owner=owner)
    tasks.close()
    qapp.processEvents()
    assert threading.active_count() == before
    assert got == []


def test_after_the_end_nothing_is_started_any_more(qapp: QApplication, owner: QObject) -> None:
    tasks = Tasks(lambda _error: None)
    tasks.close()
    calls: list[Job] = []
    assert tasks.run(calls.append, _ignore, owner=owner).cancelled
    qapp.processEvents()
    assert calls == []
