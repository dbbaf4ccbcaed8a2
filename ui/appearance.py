"""The user's choice of theme and language on this PC. Knows nothing of Qt, so that the command line can ask too."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any, Protocol

from logistics_desktop.i18n import LANGUAGES, N_, system_language

SETTINGS = "appearance"


class Settings(Protocol):
    """What is remembered between two starts: one JSON object per name; `logistics_desktop.settings` is one."""

    def load(self, name: str) -> dict[str, Any]:
        """Give what was saved under `name`, or an empty object."""

    def save(self, name: str, value: dict[str, Any]) -> None:
        """Remember `value` under `name`."""


class Theme(StrEnum):
    """What the user may choose."""

    SYSTEM = "system"
    LIGHT = "light"
    DARK = "dark"


THEMES = {Theme.SYSTEM: N_("Follow the system"), Theme.LIGHT: N_("Light"), Theme.DARK: N_("Dark")}


@dataclass(frozen=True, slots=True)
class Appearance:
    """What the program looks like, whoever is signed in."""

    theme: Theme
    language: str


def load(settings: Settings) -> Appearance:
    """The saved choice; what is missing or no longer known follows the system."""
    saved = settings.load(SETTINGS)
    theme, language = saved.get("theme"), saved.get("language")
    return Appearance(
        Theme(theme) if theme in tuple(Theme) else Theme.SYSTEM,
        language if language in LANGUAGES else system_language(),
    )


def save(settings: Settings, appearance: Appearance) -> None:
    """Remember the choice."""
    settings.save(SETTINGS, asdict(appearance))
