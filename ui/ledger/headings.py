"""The headings of groups in the table: how they are painted, and what keys and clicks do there."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, Qt
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPolygon

from logistics_desktop.i18n import N_, _
from ui.ledger.outline import Heading

if TYPE_CHECKING:
    from ui.ledger.painting import Cells
    from ui.ledger.table import LedgerTable

_PADDING = 4
_STEP = 18  # pixels to the right for the groups within groups
_ARROW = 10
_MIDDLE = Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine
_LEFT, _RIGHT = int(_MIDDLE | Qt.AlignmentFlag.AlignLeft), int(_MIDDLE | Qt.AlignmentFlag.AlignRight)
_LEAST = 240  # pixels that the name of a group gets even where sums stand


def words(table: LedgerTable, heading: Heading) -> str:
    """What the heading of a group says."""
    label = _(table.rows.entity.by_key[heading.field].label)
    return _(N_("{field}: {what} ({count})"), field=label, what=heading.title, count=f"{heading.count:,}")


def paint_heading(
    painter: QPainter, table: LedgerTable, heading: Heading, columns: Iterable[Cells], line: QRect
) -> None:
    """Paint the heading of a group: its name at the left, wherever the table is scrolled to, and its sums."""
    painter.save()
    font = painter.font()
    font.setBold(True)
    painter.setFont(font)
    room = table.viewport().width()
    for at, left, width, _align in columns:
        if heading.texts[at]:
            room = min(room, max(left, _LEAST))
            if left >= _LEAST:
                box = QRect(left + _PADDING, line.top(), width - 2 * _PADDING, line.height())
                painter.drawText(box, _RIGHT, heading.texts[at])
    left = _PADDING + _STEP * heading.level
    _paint_arrow(painter, QPoint(left, line.center().y()), opened=table.rows.is_open(heading))
    box = QRect(left + _STEP, line.top(), room - left - _STEP - _PADDING, line.height())
    said = painter.fontMetrics().elidedText(words(table, heading), Qt.TextElideMode.ElideRight, box.width())
    painter.drawText(box, _LEFT, said)
    painter.restore()


def _paint_arrow(painter: QPainter, at: QPoint, *, opened: bool) -> None:
    half = _ARROW // 2
    corners = (
        [(0, -half // 2), (_ARROW, -half // 2), (half, half)] if opened else [(2, -half), (2, half), (half + 3, 0)]
    )
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setBrush(painter.pen().color())
    painter.drawPolygon(QPolygon([at + QPoint(*corner) for corner in corners]))


class HeadingKeys(QObject):
    """Enter, a double click or a click on the arrow opens and closes a group; Left closes, Right opens."""

    def __init__(self, table: LedgerTable) -> None:
        super().__init__(table)
        self._table = table
        table.installEventFilter(self)
        table.viewport().installEventFilter(self)
        table.rows.opened.connect(self._stay)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take what is meant for a heading."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and watched is self._table:
            return self._press(event)
        pressed = event.type() in (QEvent.Type.MouseButtonPress, QEvent.Type.MouseButtonDblClick)
        if isinstance(event, QMouseEvent) and pressed and watched is not self._table:
            return event.button() == Qt.MouseButton.LeftButton and self._click(event)
        return False

    def _press(self, event: QKeyEvent) -> bool:
        row = self._table.currentIndex().row()
        if row < 0 or not self._table.rows.grouped or event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            return False
        heading = self._table.rows.heading_at(row)
        key = event.key()
        if heading is None:
            return False
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self._table.rows.toggle(row)
            return True
        if key not in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            return False
        opened = self._table.rows.is_open(heading)
        above = self._table.rows.above(row)
        if opened == (key == Qt.Key.Key_Left):
            self._table.rows.toggle(row)
        elif not opened and above is not None:
            self._table.select_record(above)
        return True

    def _click(self, event: QMouseEvent) -> bool:
        place = event.position().toPoint()
        row = self._table.rowAt(place.y())
        heading = self._table.rows.heading_at(row) if row >= 0 else None
        if heading is None:
            return False
        on_arrow = place.x() < _PADDING + _STEP * (heading.level + 1)
        double = event.type() == QEvent.Type.MouseButtonDblClick
        if on_arrow or double:
            self._table.select_record(row)
            self._table.setFocus()
            self._table.rows.toggle(row)
        return on_arrow or double

    def _stay(self) -> None:
        """Give the keys a line to start from where opening all lost it."""
        if not self._table.currentIndex().isValid() and self._table.rows.rowCount():
            self._table.select_record(0)
