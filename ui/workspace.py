"""What a screen gets to work with."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Any, Protocol

from ui.appearance import Settings
from ui.changes import Changes
from ui.notices import Notices
from ui.tasks import Tasks


class Office(Protocol):
    """The open connection to the office's database, as far as the window itself needs to know it."""

    @property
    def user(self) -> str:
        """Who is signed in, as shown in the status bar."""

    @property
    def database(self) -> str:
        """Which database, as shown in the status bar."""

    def server_version(self) -> str:
        """The version of the database server; asks the server, so not for the window's thread."""

    def session(self) -> AbstractContextManager[Any]:
        """One unit of work, to hand on to the floor below; for workers."""


@dataclass(frozen=True, slots=True)
class Workspace:
    """Handed to every screen when it is built; nothing here is global.

    `open_module(key)` shows the tab of another module, and `show_totals(text)` uses the room in the status bar
    that is kept for quick totals.
    """

    office: Office
    tasks: Tasks
    settings: Settings
    notices: Notices
    changes: Changes
    open_module: Callable[[str], object]
    show_totals: Callable[[str], object]
