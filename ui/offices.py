"""How the window gets at a database: what a profile is called, and who opens it."""

from __future__ import annotations

from typing import Protocol

from logistics_desktop.i18n import N_, _
from logistics_desktop.jobs import Job
from logistics_desktop.profiles import Profile
from ui.changes import Listen
from ui.workspace import Office

DEMO = Profile("demo", "demo")
LOCAL = Profile("local", "local")


class OpenOffice(Office, Protocol):
    """An office that can be listened to and closed."""

    @property
    def listen(self) -> Listen:
        """Waits for announcements of changes."""

    def close(self) -> None:
        """Close every connection and leave the embedded server; may wait for it."""


class Open(Protocol):
    """Opens the database of a profile in a worker thread; raises UserError with the precise diagnosis."""

    def __call__(self, profile: Profile, password: str | None, job: Job) -> OpenOffice:
        """Start what has to be started, sign in and look whether the database fits the program."""


def title(profile: Profile) -> str:
    """What the user calls a profile."""
    fixed = {"demo": N_("Sample data"), "local": N_("This PC")}
    return _(fixed[profile.kind]) if profile in (DEMO, LOCAL) else profile.name
