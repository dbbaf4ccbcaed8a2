"""A small picture of a sheet on which one clicks the first label that is left."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPalette, QPen
from PySide6.QtWidgets import QWidget

from logistics_desktop.features.labels.sheets import Sheet
from logistics_desktop.i18n import N_, _

_SIZE = QSize(150, 200)
_STEPS = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_Home: -10_000, Qt.Key.Key_End: 10_000}


class StartPicker(QWidget):
    """Shows the places of a sheet, numbered from 1 in rows from the top; those before `start` are used."""

    picked = Signal(int)

    def __init__(self, sheet: Sheet, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._sheet = sheet
        self._start = 1
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(_(N_("First label on the sheet")))

    @property
    def start(self) -> int:
        """The place of the first label."""
        return self._start

    def show_sheet(self, sheet: Sheet, start: int) -> None:
        """Show another sheet or another start."""
        self._sheet, self._start = sheet, min(max(start, 1), sheet.places)
        self.update()

    def place_rect(self, place: int) -> QRectF:
        """Where the place with this number, counted from 1, is on the widget."""
        sheet = self._sheet
        zoom = min((self.width() - 2) / sheet.page_width, (self.height() - 2) / sheet.page_height)
        x, y = sheet.corner(place - 1)
        return QRectF(1 + x * zoom, 1 + y * zoom, sheet.width * zoom, sheet.height * zoom)

    def sizeHint(self) -> QSize:
        """The size of a small page."""
        return _SIZE

    def minimumSizeHint(self) -> QSize:
        """As it is."""
        return _SIZE

    def paintEvent(self, event: QPaintEvent) -> None:
        """The page and its places."""
        painter = QPainter(self)
        palette = self.palette()
        sheet = self._sheet
        zoom = min((self.width() - 2) / sheet.page_width, (self.height() - 2) / sheet.page_height)
        painter.fillRect(QRectF(1, 1, sheet.page_width * zoom, sheet.page_height * zoom), Qt.GlobalColor.white)
        painter.setPen(QPen(palette.color(QPalette.ColorRole.Dark), 1))
        for place in range(1, sheet.places + 1):
            area = self.place_rect(place)
            if place >= self._start:
                painter.fillRect(area, palette.color(QPalette.ColorRole.Highlight).lighter(170))
            painter.drawRect(area)
        painter.setPen(QPen(palette.color(QPalette.ColorRole.Highlight), 2))
        painter.drawRect(self.place_rect(self._start))
        painter.end()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Begin at the place that was clicked."""
        for place in range(1, self._sheet.places + 1):
            if self.place_rect(place).contains(event.position()):
                self._pick(place)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows, Home and End choose the place as well."""
        key = Qt.Key(event.key())
        steps = {**_STEPS, Qt.Key.Key_Up: -self._sheet.columns, Qt.Key.Key_Down: self._sheet.columns}
        if key in steps:
            self._pick(min(max(self._start + steps[key], 1), self._sheet.places))
        else:
            super().keyPressEvent(event)

    def _pick(self, place: int) -> None:
        self._start = place
        self.update()
        self.picked.emit(place)
