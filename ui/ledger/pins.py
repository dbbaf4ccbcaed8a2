"""Columns that stay on the left while the others scroll below them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt, QTimer
from PySide6.QtWidgets import QHeaderView

if TYPE_CHECKING:
    from ui.ledger.table import LedgerTable


class Pins:
    """The pinned columns of a table: the first ones in its order, painted and clicked where they stay.

    Only their header is a widget of its own; the cells are the table's, seen at another place.
    """

    def __init__(self, table: LedgerTable) -> None:
        self._table = table
        self.columns: frozenset[int] = frozenset()  # places in the fields of the ledger
        self._header = _PinnedHeader(table)
        self._tidy = QTimer(table, interval=0, singleShot=True)  # a column may be dropped among the pinned ones
        self._tidy.timeout.connect(self._put_in_order)
        across = table.horizontalHeader()
        across.sectionResized.connect(lambda *_what: self.place())
        across.geometriesChanged.connect(self.place)
        across.sectionMoved.connect(lambda *_what: self._tidy.start())
        table.columns_changed.connect(self.place)
        table.horizontalScrollBar().valueChanged.connect(lambda *_what: self._repaint())

    def shown(self) -> list[tuple[int, int, int]]:
        """The pinned columns on show from left to right: column, left edge and width in pixels."""
        across = self._table.horizontalHeader()
        left = 0
        found = []
        for at in sorted(self.columns, key=across.visualIndex):
            if not across.isSectionHidden(at):
                found.append((at, left, across.sectionSize(at)))
                left += across.sectionSize(at)
        return found

    def width(self) -> int:
        """How far to the right the pinned columns reach, in pixels."""
        return sum(width for _at, _left, width in self.shown())

    def holds(self, key: str) -> bool:
        """Whether a field is pinned."""
        return [field.key for field in self._table.rows.entity].index(key) in self.columns

    def left(self, column: int) -> int | None:
        """The left edge of a pinned column on show; None for others."""
        return next((left for at, left, _width in self.shown() if at == column), None)

    def seen_left(self, column: int) -> int:
        """The left edge of any column, as it is seen in the table."""
        left = self.left(column)
        return self._table.columnViewportPosition(column) if left is None else left

    def column_at(self, x: int) -> int | None:
        """The pinned column at a distance from the left, if there is one."""
        return next((at for at, left, width in self.shown() if left <= x < left + width), None)

    def bring_out(self, column: int, before: int) -> None:
        """Scroll a column from under the pinned ones; `before` is how far the table was scrolled before."""
        bar = self._table.horizontalScrollBar()
        if column in self.columns:
            bar.setValue(before)
            return
        under = self.width() - self._table.columnViewportPosition(column)
        if under > 0:
            bar.setValue(bar.value() - under)

    def place(self) -> None:
        """Put the header of the pinned columns over the table's own."""
        across = self._table.horizontalHeader()
        self._header.show_columns(self.shown())
        corner = across.geometry()
        self._header.setGeometry(corner.x(), corner.y(), min(self.width(), corner.width()), corner.height())
        self._header.setVisible(bool(self.columns))
        self._repaint()

    def _repaint(self) -> None:
        if self.columns:  # what scrolled below them left its picture behind
            self._table.viewport().update()

    def _put_in_order(self) -> None:
        columns = self._table.columns()
        pinned = [column.pinned for column in columns]
        if pinned != sorted(pinned, reverse=True):
            self._table.arrange(columns)


class _PinnedHeader(QHeaderView):
    """The headers of the pinned columns; what one does with them is done with the table's own."""

    def __init__(self, table: LedgerTable) -> None:
        super().__init__(Qt.Orientation.Horizontal, table)
        self._table = table
        self.setObjectName("ledgerHeader")
        self.setModel(table.rows)
        self.setSectionsClickable(True)
        self.setHighlightSections(False)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.sectionClicked.connect(table.sort_at)
        self.sectionResized.connect(self._resize)
        self.customContextMenuRequested.connect(self._ask_menu)
        self.hide()

    def show_columns(self, shown: list[tuple[int, int, int]]) -> None:
        """Show these columns, each with its left edge and width."""
        self.blockSignals(True)
        widths = {at: width for at, _left, width in shown}
        for at in range(self.count()):
            self.setSectionHidden(at, at not in widths)
        for place, (at, _left, width) in enumerate(shown):
            self.moveSection(self.visualIndex(at), place)
            self.resizeSection(at, width)
        self.blockSignals(False)
        self.viewport().update()

    def _resize(self, at: int, _old: int, new: int) -> None:
        if new:
            self._table.horizontalHeader().resizeSection(at, new)

    def _ask_menu(self, at: QPoint) -> None:
        place = self.logicalIndexAt(at)
        if place >= 0:
            key = self._table.rows.entity.fields[place].key
            self._table.header_menu_wanted.emit(key, self.mapToGlobal(at))
