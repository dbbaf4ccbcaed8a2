"""Rulers in millimetres along two edges of the canvas."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFont, QPainter, QPalette, QPen
from PySide6.QtWidgets import QWidget

RULER = 22  # pixels
_CLOSE = 4.0  # pixels between two lines that the eye still tells apart
_LETTERS = 9


def paint_rulers(painter: QPainter, widget: QWidget, origin: QPointF, zoom: float, pointer: QPointF | None) -> None:
    """Paint both rulers with their zero at `origin`; `pointer` is marked on them."""
    palette = widget.palette()
    painter.fillRect(QRectF(0, 0, widget.width(), RULER), palette.color(QPalette.ColorRole.Base))
    painter.fillRect(QRectF(0, 0, RULER, widget.height()), palette.color(QPalette.ColorRole.Base))
    font = QFont(widget.font())
    font.setPixelSize(_LETTERS)
    painter.setFont(font)
    painter.setPen(QPen(palette.color(QPalette.ColorRole.Text), 1))
    for at in _ticks(origin.x(), widget.width(), zoom):
        x = origin.x() + at * zoom
        painter.drawLine(QPointF(x, RULER), QPointF(x, RULER - _length(at)))
        if at % 10 == 0:
            painter.drawText(QPointF(x + 2, _LETTERS + 1), str(at))
    for at in _ticks(origin.y(), widget.height(), zoom):
        y = origin.y() + at * zoom
        painter.drawLine(QPointF(RULER, y), QPointF(RULER - _length(at), y))
        if at % 10 == 0:
            painter.drawText(QRectF(0, y + 1, RULER - 6, _LETTERS + 2), Qt.AlignmentFlag.AlignLeft, str(at))
    if pointer is not None:
        painter.setPen(QPen(palette.color(QPalette.ColorRole.Highlight), 1))
        painter.drawLine(QPointF(pointer.x(), 0), QPointF(pointer.x(), RULER))
        painter.drawLine(QPointF(0, pointer.y()), QPointF(RULER, pointer.y()))


def _ticks(zero: float, end: int, zoom: float) -> range:
    """The millimetres that get a line."""
    step = next(step for step in (1, 5, 10, 50, 100) if step * zoom >= _CLOSE or step == 100)
    first = -int((zero - RULER) / zoom) // step * step
    return range(first, int((end - zero) / zoom) + 1, step)


def _length(at: int) -> int:
    return 12 if at % 10 == 0 else 8 if at % 5 == 0 else 4
