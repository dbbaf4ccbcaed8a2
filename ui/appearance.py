"""The user's choice of theme and language on this PC."""

from __future__ import annotations

from dataclasses import asdict, dataclass

from logistics_desktop.i18n import LANGUAGES, system_language
from ui.theme import Choice
from ui.workspace import Settings

SETTINGS = "appearance"


@dataclass(frozen=True, slots=True)
class Appearance:
    """What the program looks like, whoever is signed in."""

    theme: Choice
    language: str


def load(settings: Settings) -> Appearance:
    """The saved choice; what is missing or no longer known follows the system."""
    saved = settings.load(SETTINGS)
    theme, language = saved.get("theme"), saved.get("language")
    return Appearance(
        Choice(theme) if theme in tuple(Choice) else Choice.SYSTEM,
        language if language in LANGUAGES else system_language(),
    )


def save(settings: Settings, appearance: Appearance) -> None:
    """Remember the choice."""
    settings.save(SETTINGS, asdict(appearance))
