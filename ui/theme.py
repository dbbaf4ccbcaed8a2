"""How the program looks: light and dark colours, one style sheet, icons that follow the colours."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from functools import cache
from string import Template

from PySide6.QtCore import QByteArray, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QIcon, QIconEngine, QPainter, QPalette, QPixmap
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QApplication, QWidget

from logistics_desktop.paths import RESOURCES
from ui.appearance import Theme

_ICONS = RESOURCES / "icons"
_STYLES = RESOURCES / "styles"


@dataclass(frozen=True, slots=True)
class Colours:
    """The colours of one theme, named by what they are for; a test checks their contrast."""

    window: str  # behind everything
    surface: str  # tables, fields, pages
    stripe: str  # every second row
    side: str  # the navigation
    text: str
    muted: str  # labels, hints, what is disabled
    line: str  # separators
    edge: str  # the frame of a field
    hover: str
    chosen: str  # a selected row
    chosen_text: str
    accent: str  # focus, links, the main button
    accent_text: str
    done: str
    warning: str
    danger: str


LIGHT = Colours(
    window="#f3f5f8",
    surface="#ffffff",
    stripe="#f7f9fb",
    side="#e9edf2",
    text="#1b2330",
    muted="#566172",
    line="#d5dbe3",
    edge="#8792a2",
    hover="#e3eaf3",
    chosen="#d3e3f8",
    chosen_text="#0f2a52",
    accent="#1c5fb8",
    accent_text="#ffffff",
    done="#1a6b3b",
    warning="#8a5200",
    danger="#b3261e",
)
DARK = Colours(
    window="#1c1f25",
    surface="#23272f",
    stripe="#272c35",
    side="#171a1f",
    text="#e3e7ed",
    muted="#a3acb9",
    line="#363c47",
    edge="#747f8f",
    hover="#2e3540",
    chosen="#2a4a75",
    chosen_text="#eef4fd",
    accent="#76adf5",
    accent_text="#0c1d36",
    done="#6fcf97",
    warning="#f0b45a",
    danger="#ff8a80",
)


def colours(choice: Theme) -> Colours:
    """The colours of `choice`, asking the system where it is to be followed."""
    dark = choice is Theme.DARK
    if choice is Theme.SYSTEM:
        dark = QApplication.styleHints().colorScheme() == Qt.ColorScheme.Dark
    return DARK if dark else LIGHT


def in_force() -> Colours:
    """The colours that the program has just now."""
    return DARK if QApplication.palette().color(QPalette.ColorRole.Base) == QColor(DARK.surface) else LIGHT


def shown(widget: QWidget) -> Colours:
    """The colours that a widget is painted in just now, for what paints itself."""
    return DARK if widget.palette().color(QPalette.ColorRole.Base).lightness() < 128 else LIGHT


def apply(app: QApplication, choice: Theme) -> None:
    """Show the whole program in the colours of `choice`, from now on."""
    scheme = {Theme.DARK: Qt.ColorScheme.Dark, Theme.LIGHT: Qt.ColorScheme.Light}
    app.styleHints().setColorScheme(scheme.get(choice, Qt.ColorScheme.Unknown))
    chosen = colours(choice)
    app.setPalette(palette(chosen))
    app.setStyleSheet(style_sheet(chosen))


def style_sheet(chosen: Colours) -> str:
    """The program's style sheet filled with the colours of a theme."""
    glyphs = _STYLES / ("dark" if chosen is DARK else "light")
    return Template((_STYLES / "window.qss").read_text("utf-8")).substitute(asdict(chosen), glyphs=glyphs.as_posix())


def palette(chosen: Colours) -> QPalette:
    """Qt's palette in the colours of a theme; what the style sheet does not name follows it."""
    made = QPalette()
    role = QPalette.ColorRole
    for where, colour in {
        role.Window: chosen.window,
        role.WindowText: chosen.text,
        role.Base: chosen.surface,
        role.AlternateBase: chosen.stripe,
        role.Text: chosen.text,
        role.PlaceholderText: chosen.muted,
        role.Button: chosen.window,
        role.ButtonText: chosen.text,
        role.ToolTipBase: chosen.surface,
        role.ToolTipText: chosen.text,
        role.Highlight: chosen.accent,
        role.HighlightedText: chosen.accent_text,
        role.Link: chosen.accent,
        role.LinkVisited: chosen.accent,
        role.Accent: chosen.accent,
        role.Mid: chosen.line,
        role.Light: chosen.surface,
        role.Dark: chosen.edge,
    }.items():
        made.setColor(where, QColor(colour))
    for where in (role.WindowText, role.Text, role.ButtonText):
        made.setColor(QPalette.ColorGroup.Disabled, where, QColor(chosen.edge))
    return made


def icon(name: str) -> QIcon:
    """The icon `name` of resources/icons; it takes the colour of the theme each time it is painted."""
    return QIcon(_ThemedIcon(_drawing(name)))


@cache
def _drawing(name: str) -> bytes:
    return (_ICONS / f"{name}.svg").read_bytes()


class _ThemedIcon(QIconEngine):
    def __init__(self, drawing: bytes) -> None:
        super().__init__()
        self._drawing = drawing

    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, state: QIcon.State) -> None:
        disabled = mode == QIcon.Mode.Disabled
        group = QPalette.ColorGroup.Disabled if disabled else QPalette.ColorGroup.Active
        colour = QApplication.palette().color(group, QPalette.ColorRole.Text).name()
        drawn = QSvgRenderer(QByteArray(self._drawing.replace(b"currentColor", colour.encode())))
        drawn.render(painter, QRectF(rect))

    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        made = QPixmap(size)
        made.fill(Qt.GlobalColor.transparent)
        painter = QPainter(made)
        self.paint(painter, QRect(0, 0, size.width(), size.height()), mode, state)
        painter.end()
        return made

    def clone(self) -> QIconEngine:
        return _ThemedIcon(self._drawing)
