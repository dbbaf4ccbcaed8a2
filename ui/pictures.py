"""Takes the pictures of the command `screenshots`."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtWidgets import QWidget

from logistics_desktop import connection
from logistics_desktop.errors import UserError
from logistics_desktop.i18n import N_
from logistics_desktop.profiles import LOCAL, Profile
from logistics_desktop.scanning import Scanner
from ui import theme
from ui.about import About
from ui.app import make_application
from ui.appearance import Theme
from ui.cheat_sheet import CheatSheet
from ui.error_report import ErrorReport
from ui.first_run import FirstRun
from ui.ledger.pictures import at_work
from ui.log_window import LogWindow
from ui.main_window import MainWindow
from ui.manual import Manual
from ui.offices import Open
from ui.registry import MODULES, Module, NothingToShow
from ui.scanner_dialog import ScannerDialog
from ui.sign_in import SignIn
from ui.tasks import Tasks

_SIZE = (1280, 800)
_QUIET_CHECKS = 3  # a screen may ask for more when its first answer has come
_CHECK_MS = 30


class Forgetful:
    """Settings of one run only, so that the pictures do not depend on what the user did before."""

    def __init__(self) -> None:
        self._kept: dict[str, dict[str, Any]] = {}

    def load(self, name: str) -> dict[str, Any]:
        """Give what this run has saved."""
        return self._kept.get(name, {})

    def save(self, name: str, value: dict[str, Any]) -> None:
        """Keep `value` until the end of the run."""
        self._kept[name] = value


def take(profile: Profile, open_office: Open, folder: Path, modules: Sequence[Module] = MODULES) -> int:
    """Save the pictures of `profile` into `folder`, each in light and dark."""
    folder.mkdir(parents=True, exist_ok=True)
    app = make_application()
    office = open_office(profile, None, lambda _text: None)
    try:
        for choice in (Theme.LIGHT, Theme.DARK):
            theme.apply(app, choice)
            for name, picture in pictures_of(MainWindow(office, Forgetful(), None, modules), modules):
                path = folder / f"{name}-{choice.value}.png"
                if not picture.grab().save(str(path)):
                    raise UserError(N_("The picture {path} cannot be written."), path=path)
                logging.getLogger(__name__).info("saved %s", path)
    finally:
        office.close()
    return 0


def pictures_of(window: MainWindow, modules: Sequence[Module]) -> Iterator[tuple[str, QWidget]]:
    """Each picture's name and the widget to take it of, shown and settled; closes the window at the end."""
    window.resize(*_SIZE)
    window.show()
    for module in modules:
        window.open_module(module.key)
        settle(window.tasks)
        yield module.key, window
        for name, build in module.dialogs.items():
            yield from _dialog(f"{module.key}-{name}", window.tasks, partial(build, window.workspace))
    yield from at_work(window, partial(settle, window.tasks))
    yield from _own_dialogs(window)
    window.close()
    window.deleteLater()


def _own_dialogs(window: MainWindow) -> Iterator[tuple[str, QWidget]]:
    def join() -> QWidget:
        form = FirstRun((), window.tasks, connection.diagnose, True)
        form.show_form()
        return form

    server = Profile("Example", "server", host="db.example", database="logistics", user="u_li")
    known = (server, LOCAL)
    for name, build in (
        ("first-run", lambda: FirstRun(known, window.tasks, connection.diagnose, True)),
        ("join-server", join),
        ("sign-in", lambda: SignIn(server, True)),
        ("about", lambda: About(window.workspace, window)),
        ("manual", lambda: Manual(window)),
        ("cheat-sheet", lambda: CheatSheet(window.modules, window.rights.now, window)),
        ("scanner", lambda: ScannerDialog(Scanner(prefix="~"), window)),
        ("log", lambda: LogWindow(window.workspace, window)),
        ("error-report", lambda: ErrorReport(RuntimeError("example"), window)),
    ):
        yield from _dialog(name, window.tasks, build)


def _dialog(name: str, tasks: Tasks, build: Callable[[], QWidget]) -> Iterator[tuple[str, QWidget]]:
    """A dialog, or a part of the main window with the window around it; none where the office is too empty for it."""
    try:
        dialog = build()
    except NothingToShow:
        return
    if dialog.isWindow():
        dialog.show()
    settle(tasks)
    yield name, dialog.window()
    dialog.close()
    if dialog.isWindow():
        dialog.deleteLater()


def settle(tasks: Tasks) -> None:
    """Let the window work until nothing is under way any more."""
    loop = QEventLoop()
    quiet = [0]

    def look() -> None:
        quiet[0] = 0 if tasks.busy() else quiet[0] + 1
        if quiet[0] >= _QUIET_CHECKS:
            loop.quit()

    timer = QTimer(interval=_CHECK_MS)
    timer.timeout.connect(look)
    timer.start()
    loop.exec()
