"""The label on which one draws: rulers in millimetres, a grid, and elements that are moved and resized."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import Flag, auto

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPalette, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from logistics_desktop.features.labels.design import Box, Design, Frame
from logistics_desktop.features.labels.filling import Label
from logistics_desktop.features.labels.geometry import Grid
from logistics_desktop.i18n import N_, _
from ui.labels.painting import preview_label
from ui.labels.rulers import RULER, paint_rulers

_MARGIN = 14
_HANDLE = 8
_SCREEN = Grid(203)  # the coarsest printer; letters of more dots would be shown without their bold
_LEAST = 1.0  # millimetres
_LEAST_ZOOM, _MOST_ZOOM = 0.5, 24.0  # pixels a millimetre
_ARROWS = {Qt.Key.Key_Left: (-1, 0), Qt.Key.Key_Right: (1, 0), Qt.Key.Key_Up: (0, -1), Qt.Key.Key_Down: (0, 1)}


class Edge(Flag):
    """The edges of a box that a drag takes along; none of them moves the box."""

    NONE = 0
    LEFT = auto()
    TOP = auto()
    RIGHT = auto()
    BOTTOM = auto()


_CURSORS = {
    Edge.LEFT: Qt.CursorShape.SizeHorCursor,
    Edge.RIGHT: Qt.CursorShape.SizeHorCursor,
    Edge.TOP: Qt.CursorShape.SizeVerCursor,
    Edge.BOTTOM: Qt.CursorShape.SizeVerCursor,
    Edge.LEFT | Edge.TOP: Qt.CursorShape.SizeFDiagCursor,
    Edge.RIGHT | Edge.BOTTOM: Qt.CursorShape.SizeFDiagCursor,
    Edge.RIGHT | Edge.TOP: Qt.CursorShape.SizeBDiagCursor,
    Edge.LEFT | Edge.BOTTOM: Qt.CursorShape.SizeBDiagCursor,
}


@dataclass(frozen=True, slots=True)
class _Drag:
    edges: Edge
    start: QPointF  # in millimetres
    box: Box
    before: Design


class Canvas(QWidget):
    """Shows a design with the texts of a record. Arrows move the chosen element, Shift+arrows resize it."""

    chosen = Signal(int)  # the place of the element that was chosen, -1 for none
    edited = Signal(object, object)  # the new Design, and what kind of step it is
    delete_wanted = Signal()

    def __init__(self, design: Design, label: Label, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._design = design
        self._label = label
        self._place = -1
        self._drag: _Drag | None = None
        self._pointer: QPointF | None = None
        self.step = 1.0  # millimetres between the lines of the grid; 0 leaves everything where it is put
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setAccessibleName(_(N_("Label")))

    @property
    def place(self) -> int:
        """The place of the chosen element, -1 for none."""
        return self._place

    def show_design(self, design: Design, label: Label) -> None:
        """Show a design, keeping what is chosen where it is still there."""
        self._design, self._label = design, label
        if self._place >= len(design.elements):
            self.choose(-1)
        self.update()

    def choose(self, place: int) -> None:
        """Choose the element at a place, -1 for none."""
        if place != self._place:
            self._place = place
            self.chosen.emit(place)
            self.update()

    def zoom(self) -> float:
        """Pixels in a millimetre, so that the whole label is seen."""
        across = (self.width() - RULER - 2 * _MARGIN) / self._design.width
        down = (self.height() - RULER - 2 * _MARGIN) / self._design.height
        return min(max(min(across, down), _LEAST_ZOOM), _MOST_ZOOM)

    def origin(self) -> QPointF:
        """The pixel of the label's upper left corner."""
        zoom = self.zoom()
        left = RULER + (self.width() - RULER - self._design.width * zoom) / 2
        top = RULER + (self.height() - RULER - self._design.height * zoom) / 2
        return QPointF(max(round(left), RULER), max(round(top), RULER))

    def pixel(self, x: float, y: float) -> QPointF:
        """Where a place in millimetres is on the widget."""
        return self.origin() + QPointF(x, y) * self.zoom()

    def sizeHint(self) -> QSize:
        """Large enough to draw on."""
        return QSize(640, 460)

    def minimumSizeHint(self) -> QSize:
        """Still usable."""
        return QSize(320, 240)

    def paintEvent(self, event: QPaintEvent) -> None:
        """The rulers, the paper, the grid, the label, and the handles of what is chosen."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), self.palette().color(QPalette.ColorRole.Window))
        origin, zoom = self.origin(), self.zoom()
        paper = QRectF(origin, QPointF(self._design.width, self._design.height) * zoom + origin)
        painter.fillRect(paper, QColor("white"))
        self._paint_grid(painter, paper, zoom)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.translate(origin)
        painter.scale(zoom / _SCREEN.per_mm, zoom / _SCREEN.per_mm)
        preview_label(painter, self._design, self._label, _SCREEN)
        painter.restore()
        painter.setPen(QPen(self.palette().color(QPalette.ColorRole.Dark), 1))
        painter.drawRect(paper)
        paint_rulers(painter, self, origin, zoom, self._pointer)
        if self._place >= 0:
            self._paint_handles(painter, self._on_screen(self._design.elements[self._place].box))
        painter.end()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Take hold of a handle, or of the uppermost element below the pointer."""
        if event.button() != Qt.MouseButton.LeftButton:
            return
        edges = self._handle_at(event.position())
        if edges is None:
            self.choose(self._element_at(self._millimetres(event.position())))
            edges = Edge.NONE
        if self._place >= 0:
            box = self._design.elements[self._place].box
            self._drag = _Drag(edges, self._millimetres(event.position()), box, self._design)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Move or resize; Alt leaves the grid alone."""
        self._pointer = event.position()
        drag = self._drag
        if drag is not None:
            to = self._millimetres(event.position())
            free = bool(event.modifiers() & Qt.KeyboardModifier.AltModifier)
            by = to - drag.start
            self._put(_dragged(drag.box, drag.edges, by.x(), by.y(), 0.0 if free else self.step), ("drag", id(drag)))
        else:
            edges = self._handle_at(event.position())
            self.setCursor(_CURSORS.get(edges or Edge.NONE, Qt.CursorShape.ArrowCursor))
        self.update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Let go."""
        self._drag = None

    def leaveEvent(self, event: QEvent) -> None:
        """The rulers show the pointer no more."""
        self._pointer = None
        self.update()

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Tab walks through the elements and leaves after the last one."""
        to = self._place + (1 if forward else -1)
        if 0 <= to < len(self._design.elements):
            self.choose(to)
            return True
        return super().focusNextPrevChild(forward)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows move, Shift+arrows resize, Del deletes, Esc lets go."""
        key = Qt.Key(event.key())
        if key == Qt.Key.Key_Escape and self._drag is not None:
            before, self._drag = self._drag.before, None
            self.edited.emit(before, None)
        elif key in _ARROWS and self._place >= 0:
            x, y = (part * (self.step or 0.1) for part in _ARROWS[key])
            resize = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
            box = self._design.elements[self._place].box
            edges = Edge.RIGHT | Edge.BOTTOM if resize else Edge.NONE
            self._put(_dragged(box, edges, x, y, 0.0), ("arrows", self._place))
        elif key == Qt.Key.Key_Delete and self._place >= 0:
            self.delete_wanted.emit()
        else:
            super().keyPressEvent(event)

    def _put(self, box: Box, kind: object) -> None:
        element = replace(self._design.elements[self._place], box=box)
        self.edited.emit(self._design.with_element(self._place, element), kind)

    def _millimetres(self, at: QPointF) -> QPointF:
        return (at - self.origin()) / self.zoom()

    def _on_screen(self, box: Box) -> QRectF:
        return QRectF(self.pixel(box.x, box.y), self.pixel(box.right, box.bottom))

    def _element_at(self, at: QPointF) -> int:
        """The uppermost element at a place; a frame only at its lines, so that one reaches what is in it."""
        near = 4 / self.zoom()
        for place in range(len(self._design.elements) - 1, -1, -1):
            element = self._design.elements[place]
            box = element.box
            outer = Box(box.x - near, box.y - near, box.width + 2 * near, box.height + 2 * near)
            inner = Box(box.x + near, box.y + near, box.width - 2 * near, box.height - 2 * near)
            hollow = isinstance(element, Frame) and inner.holds(at.x(), at.y())
            if outer.holds(at.x(), at.y()) and not hollow:
                return place
        return -1

    def _handle_at(self, at: QPointF) -> Edge | None:
        if self._place < 0:
            return None
        for edges, area in _handles(self._on_screen(self._design.elements[self._place].box)):
            if area.contains(at):
                return edges
        return None

    def _paint_grid(self, painter: QPainter, paper: QRectF, zoom: float) -> None:
        if not self.step or self.step * zoom < 5:
            return
        painter.setPen(QPen(QColor("#e3e8ef"), 1))
        for across in range(1, int(self._design.width / self.step) + 1):
            x = paper.left() + across * self.step * zoom
            painter.drawLine(QPointF(x, paper.top()), QPointF(x, paper.bottom()))
        for down in range(1, int(self._design.height / self.step) + 1):
            y = paper.top() + down * self.step * zoom
            painter.drawLine(QPointF(paper.left(), y), QPointF(paper.right(), y))

    def _paint_handles(self, painter: QPainter, box: QRectF) -> None:
        accent = self.palette().color(QPalette.ColorRole.Highlight)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(accent, 1, Qt.PenStyle.DashLine))
        painter.drawRect(box)
        for _edges, area in _handles(box):
            painter.fillRect(area, accent)


def _handles(box: QRectF) -> list[tuple[Edge, QRectF]]:
    """The eight handles, the corners first."""
    columns = ((Edge.LEFT, box.left()), (Edge.NONE, box.center().x()), (Edge.RIGHT, box.right()))
    rows = ((Edge.TOP, box.top()), (Edge.NONE, box.center().y()), (Edge.BOTTOM, box.bottom()))
    found = [
        (across | down, QRectF(x - _HANDLE / 2, y - _HANDLE / 2, _HANDLE, _HANDLE))
        for across, x in columns
        for down, y in rows
        if across | down
    ]
    return sorted(found, key=lambda handle: handle[0] in (Edge.LEFT, Edge.RIGHT, Edge.TOP, Edge.BOTTOM))


def _dragged(box: Box, edges: Edge, by_x: float, by_y: float, step: float) -> Box:
    """The box with some edges moved, or all of it, to lines of the grid."""
    if not edges:
        return replace(box, x=_snapped(box.x + by_x, step), y=_snapped(box.y + by_y, step))
    left = _snapped(box.x + by_x, step) if Edge.LEFT in edges else box.x
    top = _snapped(box.y + by_y, step) if Edge.TOP in edges else box.y
    right = _snapped(box.right + by_x, step) if Edge.RIGHT in edges else box.right
    bottom = _snapped(box.bottom + by_y, step) if Edge.BOTTOM in edges else box.bottom
    if Edge.LEFT in edges:
        left = min(left, right - _LEAST)
    if Edge.TOP in edges:
        top = min(top, bottom - _LEAST)
    width = max(right - left, _LEAST) if edges & (Edge.LEFT | Edge.RIGHT) else box.width
    height = max(bottom - top, _LEAST) if edges & (Edge.TOP | Edge.BOTTOM) else box.height
    return Box(round(left, 2), round(top, 2), round(width, 2), round(height, 2))


def _snapped(value: float, step: float) -> float:
    return round(round(value / step) * step if step else value, 2)
