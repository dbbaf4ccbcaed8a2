"""Painting the rows of a ledger.

Qt would ask the model for seven things about every cell, each a call into Python; with another thread at work in
Python, on an import for instance, a page then takes long enough to be felt. Here one call paints the page, in a third
of the time.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPalette, QPen
from PySide6.QtWidgets import QApplication, QStyle

from ui import theme

if TYPE_CHECKING:
    from ui.ledger.table import LedgerTable

WAITING = "…"

_PADDING = 4
_LEFT = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine)
_RIGHT = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine)


class _Column(NamedTuple):
    at: int
    left: int
    width: int
    align: int


def paint_rows(table: LedgerTable, event: QPaintEvent) -> None:
    """Paint the rows of `table` that the event is about."""
    painter = QPainter(table.viewport())
    palette = table.palette()
    grid = table.style().styleHint(QStyle.StyleHint.SH_Table_GridLineColor, None, table) & 0xFFFFFFFF
    painter.fillRect(event.rect(), palette.base())
    first, last = _rows(table, event.rect())
    parts = (range(max(part.start, first), min(part.stop, last + 1)) for part in table.selected_ranges())
    chosen = {row for part in parts for row in part}
    columns = _columns(table, event.rect())
    right = max((column.left + column.width for column in columns), default=0)
    for row in range(first, last + 1):
        top, height = table.rowViewportPosition(row), table.rowHeight(row)
        line = QRect(0, top, right, height)
        if row in chosen:
            painter.fillRect(line, palette.highlight())
        elif row % 2:
            painter.fillRect(line, palette.alternateBase())
        painter.setPen(palette.color(QPalette.ColorRole.HighlightedText if row in chosen else QPalette.ColorRole.Text))
        _paint_texts(painter, table.rows.texts_at(row), columns, top, height)
        _paint_refused(painter, table.rows.drafts.refused(table.rows.id_at(row)), columns, top, height)
        painter.setPen(grid)
        painter.drawLine(0, top + height - 1, right - 1, top + height - 1)
    painter.setPen(grid)
    bottom = min(table.rowViewportPosition(table.rows.rowCount() - 1) + table.rowHeight(0), event.rect().bottom())
    for column in columns:
        painter.drawLine(column.left + column.width - 1, 0, column.left + column.width - 1, bottom - 1)
    _paint_focus(table, painter)
    painter.end()


def _rows(table: LedgerTable, dirty: QRect) -> tuple[int, int]:
    """The first and the last row that the event is about; after a step of the wheel that is a strip."""
    last = table.rowAt(dirty.bottom())
    end = table.rows.rowCount() - 1
    return max(table.rowAt(dirty.top()), 0), end if last < 0 else min(last, end)


def _columns(table: LedgerTable, dirty: QRect) -> list[_Column]:
    found = []
    for at, right in enumerate(table.rows.to_the_right):
        left, width = table.columnViewportPosition(at), table.columnWidth(at)
        if width and left + width > dirty.left() and left <= dirty.right():
            found.append(_Column(at, left, width, _RIGHT if right else _LEFT))
    return found


def _paint_texts(
    painter: QPainter, texts: tuple[str, ...] | None, columns: list[_Column], top: int, height: int
) -> None:
    metrics = painter.fontMetrics()
    for at, left, width, align in columns:
        text = WAITING if texts is None else texts[at]
        if text:
            room = width - 2 * _PADDING
            said = metrics.elidedText(text, Qt.TextElideMode.ElideRight, room)
            painter.drawText(QRect(left + _PADDING, top, room, height), align, said)


def _paint_refused(
    painter: QPainter, refused: Mapping[int, str], columns: list[_Column], top: int, height: int
) -> None:
    """Frame the cells whose text could not be stored."""
    for at, left, width, _align in columns:
        if at in refused:
            painter.setPen(QPen(QColor(theme.in_force().danger), 2))
            painter.drawRect(QRect(left + 1, top + 1, width - 3, height - 3))


def _paint_focus(table: LedgerTable, painter: QPainter) -> None:
    """Show where the keyboard is."""
    if table.hasFocus() and table.currentIndex().isValid():
        painter.setPen(QApplication.palette().color(QPalette.ColorRole.Accent))
        painter.drawRect(table.visualRect(table.currentIndex()).adjusted(0, 0, -1, -1))
