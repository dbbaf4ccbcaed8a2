"""The table of rows that are to be imported."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QFont, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from logistics_desktop.ledger.kinds import numeric
from logistics_desktop.workbook.planned import Outcome
from ui.ledger.importing.preview_model import LOOK, Look, PreviewModel
from ui.ledger.importing.tones import Tone, colour, shade
from ui.ledger.importing.work import Checked

_ROW_PADDING = 9
_CELL_PADDING = 24
_WIDEST = 260
_MEASURED = 12  # rows that decide how wide a column is
_GAP = 6


class PreviewTable(QTableView):
    """Shows a PreviewModel; a cell that changes shows what it was, struck out, before what it will be."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.rows = PreviewModel(self)
        self.setModel(self.rows)
        self.setItemDelegate(_CellDelegate(self))
        self.setAlternatingRowColors(True)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setCornerButtonEnabled(False)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        down, across = self.verticalHeader(), self.horizontalHeader()
        down.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        down.setDefaultSectionSize(self.fontMetrics().height() + _ROW_PADDING)
        across.setHighlightSections(False)
        across.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self._arranged: tuple[str, ...] = ()

    def show_rows(self, checked: Checked | None, outcomes: frozenset[Outcome]) -> None:
        """Show the rows with one of these fates, all where none is named; columns only get wider."""
        top = self.verticalScrollBar().value()
        self.rows.show(checked, outcomes)
        keys = checked.plan.keys if checked else ()
        for column in range(self.rows.columnCount()):
            least = self.columnWidth(column) if keys == self._arranged else 0
            self.setColumnWidth(column, max(self._width(column), least))
        self._arranged = keys
        self.verticalScrollBar().setValue(top)

    def go_to(self, row: int, key: str | None) -> bool:
        """Go to the cell of a field in a row of the sheet; tells whether it is on show."""
        index = self.rows.find(row, key)
        if index.isValid():
            self.setCurrentIndex(index)
            self.scrollTo(index, QAbstractItemView.ScrollHint.PositionAtCenter)
            self.setFocus()
        return index.isValid()

    def _width(self, column: int) -> int:
        metrics = self.fontMetrics()
        rows = range(min(self.rows.rowCount(), _MEASURED))
        texts = [str(self.rows.index(row, column).data()) for row in rows]
        texts.append(str(self.rows.headerData(column, Qt.Orientation.Horizontal)))
        return min(max(map(metrics.horizontalAdvance, texts)) + _CELL_PADDING, _WIDEST)


class _CellDelegate(QStyledItemDelegate):
    """Paints a cell in its tone."""

    def __init__(self, table: PreviewTable) -> None:
        super().__init__(table)
        self._table = table

    def initStyleOption(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> None:
        """Numbers stand to the right."""
        super().initStyleOption(option, index)
        fields = self._table.rows.fields
        if index.column() and numeric(fields[index.column() - 1]):
            option.displayAlignment = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """The tone lies under the text; a change is painted in two parts."""
        look: Look = index.data(LOOK)
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        if look.tone is not None and not selected:
            painter.fillRect(option.rect, shade(look.tone))
        if look.before is None or selected:
            super().paint(painter, option, index)
            return
        painter.save()
        self._paint_change(painter, option.rect.adjusted(_GAP, 0, -_GAP, 0), option.font, look)
        painter.restore()

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        """As wide as both parts of a change."""
        return super().sizeHint(option, index) + QSize(_GAP, 0)

    def _paint_change(self, painter: QPainter, place: QRect, font: QFont, look: Look) -> None:
        struck, strong = QFont(font), QFont(font)
        struck.setStrikeOut(True)
        strong.setBold(True)
        left = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        for text, face, tone in (
            (look.before or "∅", struck, Tone.MUTED),
            ("→", font, Tone.MUTED),
            (look.after or "∅", strong, Tone.CHANGED),
        ):
            painter.setFont(face)
            painter.setPen(colour(tone))
            shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, max(place.width(), 0))
            painter.drawText(place, left, shown)
            place.setLeft(place.left() + painter.fontMetrics().horizontalAdvance(shown) + _GAP)
