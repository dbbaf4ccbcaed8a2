"""Painting the rows of a ledger.

Qt would ask the model for seven things about every cell, each a call into Python; with another thread at work in
Python, on an import for instance, a page then takes long enough to be felt. Here one call paints the page, in a third
of the time.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPalette, QPen
from PySide6.QtWidgets import QApplication, QStyle

from ui import theme
from ui.ledger.headings import paint_heading
from ui.ledger.tints import strong, tint

if TYPE_CHECKING:
    from ui.ledger.table import LedgerTable

WAITING = "…"

_PADDING = 4
_STRIP = 4  # pixels of a row's colour at its left edge, seen when the row is selected too
_CORNER = 10  # pixels
_LEFT = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine)
_RIGHT = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine)


class Cells(NamedTuple):
    """One column as it is seen."""

    at: int
    left: int
    width: int
    align: int


def paint_rows(table: LedgerTable, event: QPaintEvent) -> None:
    """Paint the rows of `table` that the event is about."""
    painter = QPainter(table.viewport())
    painter.fillRect(event.rect(), table.palette().base())
    for part, columns in _parts(table, event.rect()):
        painter.setClipRect(part)
        _paint_part(table, painter, part, columns)
    painter.setClipRect(event.rect())
    _paint_focus(table, painter)
    painter.end()


def _parts(table: LedgerTable, dirty: QRect) -> Iterator[tuple[QRect, list[Cells]]]:
    """What scrolls, and what is pinned before it."""
    edge = table.pins.width()
    yield dirty.adjusted(max(edge - dirty.left(), 0), 0, 0, 0), _columns(table, dirty)
    if edge > dirty.left():
        align = table.rows.to_the_right
        pinned = [Cells(at, left, wide, _RIGHT if align[at] else _LEFT) for at, left, wide in table.pins.shown()]
        yield dirty.intersected(QRect(0, dirty.top(), edge, dirty.height())), pinned


def _paint_part(table: LedgerTable, painter: QPainter, part: QRect, columns: list[Cells]) -> None:
    grid = table.style().styleHint(QStyle.StyleHint.SH_Table_GridLineColor, None, table) & 0xFFFFFFFF
    first, last = _rows(table, part)
    chosen = _chosen(table, first, last)
    right = max((column.left + column.width for column in columns), default=0)
    for row in range(first, last + 1):
        line = QRect(0, table.rowViewportPosition(row), right, table.rowHeight(row))
        _paint_ground(table, painter, row, line)
        if table.rows.heading_at(row) is None:
            _paint_record(table, painter, row, line, columns, chosen.get(row, frozenset()))
        else:
            _paint_heading(table, painter, row, line, columns, chosen=row in chosen)
        painter.setPen(grid)
        painter.drawLine(0, line.bottom(), right - 1, line.bottom())
    painter.setPen(grid)
    bottom = min(table.rowViewportPosition(table.rows.rowCount() - 1) + table.rowHeight(0), part.bottom())
    for column in columns:
        if table.rows.grouped:  # lines down would cut the headings
            break
        painter.drawLine(column.left + column.width - 1, 0, column.left + column.width - 1, bottom - 1)
    if columns and columns[-1].at in table.pins.columns:
        painter.drawLine(right - 1, 0, right - 1, bottom - 1)


def _paint_ground(table: LedgerTable, painter: QPainter, row: int, line: QRect) -> None:
    palette = table.palette()
    mark = table.rows.mark_at(row)
    if mark is not None:
        painter.fillRect(line, tint(table.rows.reader.rules[mark].colour, palette))
    elif table.rows.heading_at(row) is not None:
        painter.fillRect(line, QApplication.palette().window())
    elif row % 2:
        painter.fillRect(line, palette.alternateBase())


def _paint_record(
    table: LedgerTable, painter: QPainter, row: int, line: QRect, columns: list[Cells], chosen: frozenset[int]
) -> None:
    palette = table.palette()
    selected = [column for column in columns if column.at in chosen]
    for column in selected:
        painter.fillRect(QRect(column.left, line.top(), column.width, line.height()), palette.highlight())
    mark = table.rows.mark_at(row)
    if mark is not None:
        painter.fillRect(QRect(0, line.top(), _STRIP, line.height()), strong(table.rows.reader.rules[mark].colour))
    if table.rows.edited_at(row):
        _paint_corner(painter, line)
    others = [column for column in columns if column not in selected] if selected else columns
    texts = table.rows.texts_at(row)
    painter.setPen(palette.color(QPalette.ColorRole.Text))
    _paint_texts(painter, texts, others, line.top(), line.height())
    painter.setPen(palette.color(QPalette.ColorRole.HighlightedText))
    _paint_texts(painter, texts, selected, line.top(), line.height())
    _paint_refused(painter, table.rows.drafts.refused(table.rows.id_at(row)), columns, line.top(), line.height())


def _paint_heading(
    table: LedgerTable, painter: QPainter, row: int, line: QRect, columns: list[Cells], *, chosen: bool
) -> None:
    palette = table.palette()
    heading = table.rows.heading_at(row)
    assert heading is not None
    if chosen:
        painter.fillRect(line, palette.highlight())
    painter.setPen(palette.color(QPalette.ColorRole.HighlightedText if chosen else QPalette.ColorRole.Text))
    paint_heading(painter, table, heading, columns, line)


def _paint_corner(painter: QPainter, line: QRect) -> None:
    """Somebody else is at work on the row: the corner is folded down."""
    left, top = line.left(), line.top()
    painter.setBrush(QApplication.palette().color(QPalette.ColorRole.Accent))
    painter.setPen(Qt.PenStyle.NoPen)
    painter.drawPolygon([QPoint(left, top), QPoint(left + _CORNER, top), QPoint(left, top + _CORNER)])


def _rows(table: LedgerTable, dirty: QRect) -> tuple[int, int]:
    """The first and the last row that the event is about; after a step of the wheel that is a strip."""
    last = table.rowAt(dirty.bottom())
    end = table.rows.rowCount() - 1
    return max(table.rowAt(dirty.top()), 0), end if last < 0 else min(last, end)


def _chosen(table: LedgerTable, first: int, last: int) -> dict[int, frozenset[int]]:
    """The selected columns of each row that is painted."""
    chosen = {}
    for band in table.selected_bands():
        columns = frozenset(band.columns)
        for row in range(max(band.rows.start, first), min(band.rows.stop, last + 1)):
            chosen[row] = columns
    return chosen


def _columns(table: LedgerTable, dirty: QRect) -> list[Cells]:
    found = []
    for at, right in enumerate(table.rows.to_the_right):
        left, width = table.columnViewportPosition(at), table.columnWidth(at)
        if width and left + width > dirty.left() and left <= dirty.right():
            found.append(Cells(at, left, width, _RIGHT if right else _LEFT))
    return found


def _paint_texts(painter: QPainter, texts: tuple[str, ...] | None, columns: list[Cells], top: int, height: int) -> None:
    metrics = painter.fontMetrics()
    for at, left, width, align in columns:
        text = WAITING if texts is None else texts[at]
        if text:
            room = width - 2 * _PADDING
            said = metrics.elidedText(text, Qt.TextElideMode.ElideRight, room)
            painter.drawText(QRect(left + _PADDING, top, room, height), align, said)


def _paint_refused(painter: QPainter, refused: Mapping[int, str], columns: list[Cells], top: int, height: int) -> None:
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
