"""How the window gets at a database: what a profile is called, and who opens it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING, Protocol

from logistics_desktop.i18n import N_, _
from logistics_desktop.profiles import LOCAL, Profile

if TYPE_CHECKING:
    from logistics_desktop.context import Office

DEMO = Profile("demo", "demo")


class Open(Protocol):
    """Opens the database of a profile in a worker thread; `logistics_desktop.context.open_office` is one."""

    def __call__(self, profile: Profile, password: str | None, tell: Callable[[str], object]) -> Office:
        """Open it, telling in words what takes long; raises UserError with the precise finding."""


def title(profile: Profile) -> str:
    """What the user calls a profile."""
    fixed = {"demo": N_("Sample data"), "local": N_("This PC")}
    return _(fixed[profile.kind]) if replace(profile, user="") in (DEMO, LOCAL) else profile.name
