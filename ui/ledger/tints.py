"""How the colours of rules look: shades to lie under a text, in light and dark."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QSize
from PySide6.QtGui import QColor, QIcon, QPalette, QPixmap
from PySide6.QtWidgets import QApplication

# Under the text of the theme; a test checks that it stays legible, also on a screen that shows greys only.
LIGHT: Mapping[str, str] = {
    "red": "#fbd9d6",
    "amber": "#fde9bd",
    "green": "#d2efda",
    "blue": "#d3e6fb",
    "violet": "#e6dcf8",
    "grey": "#dfe3e8",
}
DARK: Mapping[str, str] = {
    "red": "#5c2624",
    "amber": "#554010",
    "green": "#1c4a2e",
    "blue": "#1d426b",
    "violet": "#44336b",
    "grey": "#434a55",
}

# The same, strong enough for a narrow strip at the edge of a selected row and for the legend.
STRONG: Mapping[str, str] = {
    "red": "#d9453c",
    "amber": "#d99a1c",
    "green": "#2f9e5a",
    "blue": "#3a80d2",
    "violet": "#8a63d2",
    "grey": "#7d8794",
}


def tint(colour: str, palette: QPalette) -> QColor:
    """The shade of a colour below the text of `palette`."""
    dark = palette.color(QPalette.ColorRole.Base).lightness() < 128
    return QColor((DARK if dark else LIGHT)[colour])


def strong(colour: str) -> QColor:
    """The colour by itself."""
    return QColor(STRONG[colour])


def swatch(colour: str) -> QIcon:
    """A sample of the colour, for lists and the legend."""
    ratio = QApplication.primaryScreen().devicePixelRatio()
    picture = QPixmap(QSize(14, 14) * ratio)
    picture.setDevicePixelRatio(ratio)
    picture.fill(strong(colour))
    return QIcon(picture)
