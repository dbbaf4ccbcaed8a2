"""What a screen gets to work with."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ui.appearance import Settings
from ui.changes import Changes
from ui.edits import Edits
from ui.notices import Notices
from ui.rights import HeldRights
from ui.tasks import Tasks

if TYPE_CHECKING:
    from logistics_desktop.context import Office


@dataclass(frozen=True, slots=True)
class Workspace:
    """Handed to every screen when it is built; nothing here is global.

    `edits` takes every change of cells, so that it can be undone; `rights` says what to offer. `open_module(key)` shows
    the tab of another module, and `show_totals(text)` uses the room in the status bar that is kept for quick totals.
    """

    office: Office
    tasks: Tasks
    settings: Settings
    notices: Notices
    changes: Changes
    edits: Edits
    rights: HeldRights
    open_module: Callable[[str], object]
    show_totals: Callable[[str], object]
