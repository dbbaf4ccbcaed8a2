"""Every module that the window offers, in the order of the navigation."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from PySide6.QtWidgets import QWidget

from logistics_desktop.i18n import N_
from ui.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Module:
    """One entry of the navigation and the tab that it opens.

    key: what the settings remember, so it never changes. title, group: message ids. icon: a file of resources/icons
    without its ending. build: makes the screen when the tab is first shown; it imports what it needs by itself, so
    that the window opens without it. A screen may have `close_request() -> bool`; False keeps it open.
    dialogs: the main dialogs of the module by name, made by themselves for the pictures of the manual.
    """

    key: str
    title: str
    group: str
    icon: str
    build: Callable[[Workspace], QWidget]
    dialogs: Mapping[str, Callable[[Workspace], QWidget]] = field(default_factory=dict)


def _start(workspace: Workspace) -> QWidget:
    from ui.start import StartPage

    return StartPage(MODULES, workspace)


MODULES: tuple[Module, ...] = (Module("start", N_("Start"), N_("Overview"), "start", _start),)
