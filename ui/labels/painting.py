"""Paints a label in the units of a grid, the same on the screen, in a PDF and on a printer. Works in any thread."""

from __future__ import annotations

from functools import lru_cache

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QImage, QPainter, QPainterPath, QPen, QTextOption

from logistics_desktop.errors import UserError
from logistics_desktop.features.labels.design import Align, Code, Design, Element, Frame, Overflow, Picture, Text
from logistics_desktop.features.labels.filling import Label
from logistics_desktop.features.labels.geometry import Grid, Units, place_code
from logistics_desktop.features.labels.symbologies import RULES, Modules, encode
from ui import fonts

_SMALLEST = 4.0  # points; nobody reads less
_STEP = 0.94  # how much smaller letters are tried each time
_CAPTION_FILL = 0.9  # of the caption's height
_ALIGNED = {
    Align.LEFT: Qt.AlignmentFlag.AlignLeft,
    Align.CENTRE: Qt.AlignmentFlag.AlignHCenter,
    Align.RIGHT: Qt.AlignmentFlag.AlignRight,
}
_INK = QColor(0, 0, 0)
_WRONG = QColor("#b3261e")


def paint_label(painter: QPainter, design: Design, label: Label, grid: Grid, left: float = 0, top: float = 0) -> None:
    """Paint a label whose corner lies at `left`, `top` millimetres of the page. Raises `UserError` for a bad code."""
    for element, text in zip(design.elements, label.texts, strict=True):
        paint_element(painter, element, text, grid, left, top)


def preview_label(painter: QPainter, design: Design, label: Label, grid: Grid) -> None:
    """Paint a label on the screen; a code that cannot be is a crossed box instead."""
    for element, text in zip(design.elements, label.texts, strict=True):
        try:
            paint_element(painter, element, text, grid)
        except UserError:
            box = grid.box(element.box)
            area = QRectF(box.x, box.y, box.width, box.height)
            painter.setPen(QPen(_WRONG, max(grid.length(0.3), 1)))
            painter.drawRect(area)
            painter.drawLine(area.topLeft(), area.bottomRight())
            painter.drawLine(area.topRight(), area.bottomLeft())


def paint_element(painter: QPainter, element: Element, text: str, grid: Grid, left: float = 0, top: float = 0) -> None:
    """Paint one element, turned as it is."""
    box = grid.box(element.box, left, top)
    painter.save()
    try:
        _paint_upright(painter, element, text, _turn(painter, box, element.turn), grid)
    finally:
        painter.restore()


def _paint_upright(painter: QPainter, element: Element, text: str, size: tuple[int, int], grid: Grid) -> None:
    width, height = size
    match element:
        case Text():
            _paint_text(painter, element, text, QRectF(0, 0, width, height), grid)
        case Code():
            _paint_code(painter, element, encode(element.symbology, text, element.level), width, height, grid)
        case Picture():
            _paint_picture(painter, element, QRectF(0, 0, width, height))
        case Frame():
            _paint_frame(painter, element, width, height, grid)


def _turn(painter: QPainter, box: Units, turn: int) -> tuple[int, int]:
    """Make the painter's origin the upper left corner of the upright element; answers its width and height.

    The corner itself is moved, not the middle, so that everything stays on whole units.
    """
    corner = {
        0: (box.x, box.y),
        90: (box.x + box.width, box.y),
        180: (box.x + box.width, box.y + box.height),
        270: (box.x, box.y + box.height),
    }[turn]
    painter.translate(QPointF(*corner))
    painter.rotate(turn)
    return (box.height, box.width) if turn % 180 else (box.width, box.height)


def _paint_text(painter: QPainter, text: Text, content: str, area: QRectF, grid: Grid) -> None:
    option = QTextOption(_ALIGNED[text.align] | Qt.AlignmentFlag.AlignVCenter)
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    painter.setFont(_fitting(text, content, area, grid))
    painter.setPen(_INK)
    painter.drawText(area, content, option)


def _fitting(text: Text, content: str, area: QRectF, grid: Grid) -> QFont:
    """The font of a text, smaller where it would not fit and may shrink."""
    size = text.size
    while True:
        font = _font(grid.points(size), text.bold)
        if text.overflow is Overflow.CLIP or size <= _SMALLEST or _fits(font, content, area):
            return font
        size = max(size * _STEP, _SMALLEST)


def _fits(font: QFont, content: str, area: QRectF) -> bool:
    flags = Qt.TextFlag.TextWordWrap | Qt.TextFlag.TextWrapAnywhere
    needed = QFontMetricsF(font).boundingRect(area, int(flags.value), content)
    return needed.width() <= area.width() and needed.height() <= area.height()


def _font(units: int, bold: bool) -> QFont:
    font = QFont()
    font.setFamilies([fonts.FAMILY, *font.families()])
    font.setPixelSize(units)
    font.setBold(bold)
    font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    return font


def _paint_code(painter: QPainter, code: Code, modules: Modules, width: int, height: int, grid: Grid) -> None:
    placed = place_code(code, modules, width, height, grid)
    rules = RULES[code.symbology]
    bars = placed.bars if rules.linear else placed.module
    # Seams show where each module is filled by itself; one path has none.
    path = QPainterPath()
    path.setFillRule(Qt.FillRule.WindingFill)
    for row, cells in enumerate(modules.rows):
        for start, length in _runs(cells):
            path.addRect(placed.x + start * placed.module, placed.y + row * placed.module, length * placed.module, bars)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
    painter.fillPath(path, _INK)
    if placed.caption:
        area = QRectF(0, placed.bars, width, placed.caption)
        font = _font(max(1, round(placed.caption * _CAPTION_FILL / 1.4)), False)
        needed = QFontMetricsF(font).horizontalAdvance(modules.content)
        if needed > width:
            font.setPixelSize(max(1, int(font.pixelSize() * width / needed)))
        painter.setFont(font)
        painter.setPen(_INK)
        painter.drawText(area, modules.content, QTextOption(Qt.AlignmentFlag.AlignCenter))


def _runs(cells: bytes) -> list[tuple[int, int]]:
    """Where dark modules begin and how many follow each other."""
    runs, at = [], cells.find(1)
    while at != -1:
        end = cells.find(0, at)
        end = len(cells) if end == -1 else end
        runs.append((at, end - at))
        at = cells.find(1, end)
    return runs


def _paint_picture(painter: QPainter, picture: Picture, area: QRectF) -> None:
    image = _image(picture.png)
    if image.isNull() or area.isEmpty():
        return
    size = QRectF(image.rect()).size().scaled(area.size(), Qt.AspectRatioMode.KeepAspectRatio)
    target = QRectF(QPointF(0, 0), size)
    target.moveCenter(area.center())
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
    painter.drawImage(target, image)


@lru_cache(maxsize=16)
def _image(png: bytes) -> QImage:
    """The same image for all labels, which a PDF then keeps only once."""
    image = QImage()
    image.loadFromData(png)
    return image


def _paint_frame(painter: QPainter, frame: Frame, width: int, height: int, grid: Grid) -> None:
    line = max(grid.length(frame.line), 1)
    if not width or not height:
        painter.fillRect(QRectF(0, 0, max(width, line), max(height, line)), _INK)
        return
    painter.setPen(QPen(_INK, line, Qt.PenStyle.SolidLine, Qt.PenCapStyle.FlatCap, Qt.PenJoinStyle.MiterJoin))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRect(QRectF(line / 2, line / 2, max(width - line, 1), max(height - line, 1)))
