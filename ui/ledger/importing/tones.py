"""What a row's or a cell's fate looks like."""

from __future__ import annotations

import enum
from collections.abc import Mapping

from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QApplication

from logistics_desktop.i18n import N_
from logistics_desktop.workbook.planned import Outcome
from ui.theme import DARK, LIGHT, Colours

OUTCOMES: Mapping[Outcome, str] = {
    Outcome.NEW: N_("Newly added"),
    Outcome.CHANGED: N_("Changed"),
    Outcome.UNCHANGED: N_("Unchanged"),
    Outcome.REFUSED: N_("Refused"),
}
"""What the fates of rows are called."""

_SHADE = 46  # of 255: what is written on it stays easy to read


class Tone(enum.Enum):
    """What is to be said about a cell by its colour; the value is the name of the colour."""

    WRONG = "danger"
    DOUBTFUL = "warning"
    CHANGED = "accent"
    NEW_NAME = "done"
    MUTED = "muted"


def colour(tone: Tone) -> QColor:
    """The colour to write in."""
    return QColor(getattr(_colours(), tone.value))


def shade(tone: Tone) -> QColor:
    """The colour to lie under a text."""
    shaded = colour(tone)
    shaded.setAlpha(_SHADE)
    return shaded


def _colours() -> Colours:
    return DARK if QApplication.palette().color(QPalette.ColorRole.Base) == QColor(DARK.surface) else LIGHT
