"""The widget of a chart: it is drawn beside the window, says what is under the pointer and what was clicked."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QEvent, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QImage, QMouseEvent, QPainter, QPaintEvent, QPalette, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from logistics_desktop.jobs import Job
from ui.charts.plot import Plot
from ui.tasks import Tasks
from ui.theme import DARK, Colours, shown

_WAIT_MS = 40  # while the window is drawn wider, only where it rests is drawn
_HINT = QSize(560, 240)
_LEAST = QSize(240, 120)

# Colours that are told apart by those who see red and green alike, too; on light and on dark ground.
_ON_LIGHT = ("#1c5fb8", "#c2570c", "#1a7f5a", "#8a4fbf", "#b07d00", "#a3195b", "#4b6b8a", "#6b6b6b")
_ON_DARK = ("#76adf5", "#f0a35a", "#6fcf97", "#c79bf0", "#e3c455", "#f08ab4", "#a3bdd6", "#b0b0b0")
TONES = len(_ON_LIGHT)


class Chart(QWidget):
    """Shows a `Plot`. `clicked` gives the number of the category that the user clicked."""

    clicked = Signal(int)

    def __init__(self, tasks: Tasks, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.plot = Plot((), ())
        self.places: tuple[float, ...] = ()
        self._tasks = tasks
        self._image = QImage()
        self._wait = QTimer(self, interval=_WAIT_MS, singleShot=True)
        self._wait.timeout.connect(self._draw)
        self.setMouseTracking(True)
        self.setMinimumSize(_LEAST)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def show_plot(self, plot: Plot) -> None:
        """Show another chart."""
        self.plot = plot
        self.setAccessibleDescription("\n".join(plot.words(at) for at in range(len(plot.categories))))
        if self.isVisible():
            self._draw()
        else:
            self._wait.start()

    def drawn(self) -> bool:
        """Whether the picture is there."""
        return not self._image.isNull()

    def category_at(self, x: float) -> int | None:
        """The category nearest to a place."""
        if not self.places or not self.plot.categories:
            return None
        return min(range(len(self.places)), key=lambda at: abs(self.places[at] - x))

    def sizeHint(self) -> QSize:
        """Wide and low."""
        return _HINT

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint what was drawn last."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), self.palette().color(QPalette.ColorRole.Base))
        if not self._image.isNull():
            painter.drawImage(0, 0, self._image)

    def showEvent(self, event: QShowEvent) -> None:
        """Draw what was to be shown meanwhile."""
        super().showEvent(event)
        self._draw()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Draw anew for the room there is."""
        super().resizeEvent(event)
        self._wait.start()

    def changeEvent(self, event: QEvent) -> None:
        """Draw anew in the colours of the other theme."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self._wait.start()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Say what is under the pointer."""
        at = self.category_at(event.position().x())
        if at is not None:
            QToolTip.showText(event.globalPosition().toPoint(), self.plot.words(at), self)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Say which category was clicked."""
        at = self.category_at(event.position().x())
        if event.button() == Qt.MouseButton.LeftButton and at is not None:
            self.clicked.emit(at)

    def _draw(self) -> None:
        if not self.plot.categories:
            self._image = QImage()
            self.places = ()
            self.update()
            return
        size, ratio = self.size(), self.devicePixelRatioF()
        self._tasks.run(partial(_drawn, self.plot, size, ratio, shown(self)), self._take, owner=self, key="draw")

    def _take(self, drawn: tuple[QImage, tuple[float, ...]]) -> None:
        self._image, self.places = drawn
        self.update()


def _drawn(plot: Plot, size: QSize, ratio: float, chosen: Colours, _job: Job) -> tuple[QImage, tuple[float, ...]]:
    from ui.charts.drawing import Canvas, draw

    tones = _ON_DARK if chosen is DARK else _ON_LIGHT
    canvas = Canvas(size.width(), size.height(), ratio, chosen.surface, chosen.text, chosen.muted, chosen.line, tones)
    picture = draw(plot, canvas)
    image = QImage(picture.pixels, picture.width, picture.height, QImage.Format.Format_RGBA8888).copy()
    image.setDevicePixelRatio(picture.ratio)
    return image, picture.places
