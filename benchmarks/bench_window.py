"""How long the window is blocked while a clerk works in a ledger of a million rows.

    python -m benchmarks.bench_window [--rows 1000000]

A timer beats every two milliseconds on the window's thread; the longest gap between two beats is how long
a key or a click would have waited. Beside it stands the longest time within one gap in which this program itself was
computing, in any thread: where the machine is busy with something else, only that tells about the program.
The database is the one of bench_ledger, made once.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import platformdirs
import sqlalchemy as sa
from PySide6.QtCore import QElapsedTimer, QEventLoop, Qt, QTimer
from PySide6.QtTest import QTest
from sqlalchemy.orm import Session

from benchmarks.bench_import import make_file
from benchmarks.bench_ledger import office as database
from db.embedded import running
from logistics_desktop import settings
from logistics_desktop.ledger.filters import OneOf, Query, Sort, Within
from ui import theme
from ui.app import make_application
from ui.appearance import Theme
from ui.ledger.import_dialog import ImportAssistant
from ui.ledger.screen import LedgerScreen
from ui.main_window import MainWindow

_BEAT_MS = 2


class BenchOffice:
    """The benchmark's database as the window sees it; nobody else works there, so there is no news."""

    user = "bench"
    database = "bench"
    describe = "bench"

    def __init__(self, engine: sa.Engine) -> None:
        self._engine = engine

    @contextmanager
    def session(self) -> Iterator[Session]:
        """One unit of work."""
        with Session(self._engine, expire_on_commit=False) as session, session.begin():
            yield session


class Heartbeat:
    """Remembers the longest time that the window's thread was away, and the longest that the program computed then."""

    def __init__(self) -> None:
        self._clock = QElapsedTimer()
        self._timer = QTimer(interval=_BEAT_MS, timerType=Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._beat)
        self.longest = self.computing = 0.0
        self._spent = 0.0

    def start(self) -> None:
        """Begin anew."""
        self.longest = self.computing = 0.0
        self._spent = time.process_time()
        self._clock.start()
        self._timer.start()

    def stop(self) -> None:
        """End."""
        self._beat()
        self._timer.stop()

    def _beat(self) -> None:
        gap = max(self._clock.nsecsElapsed() / 1e6 - _BEAT_MS, 0)
        spent, self._spent = (time.process_time() - self._spent) * 1e3, time.process_time()
        self.longest = max(self.longest, gap)
        self.computing = max(self.computing, min(gap, spent))
        self._clock.restart()


class Clerk:
    """Does one thing after the other and reports the longest block and the time until all was shown."""

    def __init__(self, window: MainWindow, screen: LedgerScreen) -> None:
        self._window = window
        self._screen = screen
        self._heart = Heartbeat()

    def does(self, what: str, act: Callable[[], object]) -> None:
        """Measure `act` and what follows from it."""
        self.settle()
        self._heart.start()
        start = time.perf_counter()
        act()
        self.settle()
        spent = (time.perf_counter() - start) * 1000
        self._heart.stop()
        print(f"  {what:38}{self._heart.longest:15.1f}{self._heart.computing:12.1f}{spent:11.0f}")

    def settle(self) -> None:
        """Wait as the user would, with the loop running."""
        quiet = 0
        while quiet < 3:
            loop = QEventLoop()
            QTimer.singleShot(20, loop.quit)
            loop.exec()
            pauses = (t for t in self._window.findChildren(QTimer) if t.isSingleShot() and t.interval() < 500)
            busy = self._window.tasks.busy() or any(t.isActive() for t in pauses)
            quiet = 0 if busy else quiet + 1

    def scroll(self, steps: int, by: int) -> None:
        """Turn the wheel as fast as the screen is drawn."""
        bar = self._screen.table.verticalScrollBar()
        for _step in range(steps):
            bar.setValue(bar.value() + by)
            loop = QEventLoop()
            QTimer.singleShot(16, loop.quit)
            loop.exec()

    def drag(self) -> None:
        """Pull the handle from the top to the bottom in a second."""
        bar = self._screen.table.verticalScrollBar()
        for step in range(61):
            bar.setValue(bar.maximum() * step // 60)
            loop = QEventLoop()
            QTimer.singleShot(16, loop.quit)
            loop.exec()


def run(window: MainWindow, screen: LedgerScreen, folder: Path) -> None:
    """A clerk's hour in a minute."""
    clerk = Clerk(window, screen)
    table, bar = screen.table, screen.filters
    clerk.settle()
    print(f"{screen.model.rowCount():,} rows{'longest block':>41}{'computing':>12}{'all shown':>11}  ms")
    clerk.does("refresh", screen.refresh)
    clerk.does("wheel, 120 steps of 3 rows", lambda: clerk.scroll(120, 3))
    clerk.does("page down, 60 times", lambda: clerk.scroll(60, 30))
    clerk.does("drag from top to bottom", clerk.drag)
    clerk.does("jump to the middle", lambda: table.select_record(screen.model.rowCount() // 2))
    clerk.does("select all", table.selectAll)
    clerk.does("refresh with all selected", screen.refresh)
    clerk.does("select none", table.clearSelection)
    for text in ("空调", "bgz", "核磁共振"):
        clerk.does(f"search {text}", lambda text=text: _type(screen, text))  # type: ignore[misc]
    clerk.does("clear the search", bar.clear_all)
    clerk.does("sort by value", lambda: bar.sort_by((Sort("original_value", descending=True),)))
    clerk.does("sort by department, then name", lambda: bar.sort_by((Sort("department_id"), Sort("name"))))
    narrow = Query((Within("department_id", (2, 3), True), OneOf("status", ("in_use",))))
    clerk.does("two filters", lambda: screen.show_query(narrow))
    clerk.does("open a record", lambda: screen.panel.open(screen.model.id_at(10)))
    clerk.does("export what is found as xlsx", lambda: screen.export_to(folder / "list.xlsx"))
    _import(clerk, screen, folder / "import.xlsx")


def _import(clerk: Clerk, screen: LedgerScreen, file: Path) -> None:
    """Take a workbook of 100,000 rows × 20 columns in."""
    make_file(file, 100_000)
    assistant = ImportAssistant(screen.workspace, screen.entity, screen)
    assistant.open()
    clerk.does("import: read and check 100,000 rows", lambda: assistant.file.open_file(file))
    clerk.does("import: create what is unknown", assistant.course.create_all)
    clerk.does("import: store", assistant.course.store)
    assistant.accept()


def _type(screen: LedgerScreen, text: str) -> None:
    screen.filters.search.setText(text)
    QTest.keyClick(screen.filters.search, Qt.Key.Key_Return)


def _last_id(engine: sa.Engine) -> int:
    with engine.connect() as connection:
        return int(connection.scalar(sa.text("SELECT max(id) FROM app.asset")) or 0)


def main() -> None:
    """Open the window and work."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--rows", type=int, default=1_000_000)
    asked.add_argument("--folder", type=Path, default=platformdirs.user_cache_path("LogisticsDesktop") / "bench")
    options = asked.parse_args()
    options.folder.mkdir(parents=True, exist_ok=True)
    with (
        tempfile.TemporaryDirectory() as home,
        running(options.folder / "data") as server,
        database(options.folder, server, options.rows) as engine,
    ):
        os.environ["LOGISTICS_DESKTOP_HOME"] = home
        app = make_application()
        theme.apply(app, Theme.LIGHT)
        window = MainWindow(BenchOffice(engine), settings)  # type: ignore[arg-type]  # as much of it as is used
        window.resize(1600, 900)
        window.show()
        screen = window.open_module("assets")
        assert isinstance(screen, LedgerScreen)
        last = _last_id(engine)
        run(window, screen, Path(home))
        window.close()
        with engine.begin() as connection:  # the next run finds the ledger as it was
            connection.execute(sa.text("DELETE FROM app.asset WHERE id > :last"), {"last": last})
    sys.stdout.flush()


if __name__ == "__main__":
    main()
