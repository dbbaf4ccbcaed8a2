"""The sums under the columns."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from logistics_desktop.i18n import N_, _
from logistics_desktop.ledger import kinds
from logistics_desktop.ledger.rows import Totals
from ui.ledger.table import LedgerTable

_PADDING = 5
_SPACE = 10


class TotalsBar(QWidget):
    """Paints each sum exactly below its column, wherever the table is scrolled to."""

    def __init__(self, table: LedgerTable) -> None:
        super().__init__(table.parentWidget())
        self.setObjectName("totals")
        self._table = table
        self._texts: Mapping[str, str] = {}
        if not any(field.total for field in table.rows.entity):
            self.hide()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        table.columns_changed.connect(self.update)
        table.horizontalScrollBar().valueChanged.connect(self.update)
        header = table.horizontalHeader()
        header.geometriesChanged.connect(self.update)

    def show_totals(self, totals: Totals) -> None:
        """Show these sums."""
        by_key = self._table.rows.entity.by_key
        self._texts = {key: kinds.text_of(by_key[key], value) for key, value in totals.sums.items()}
        self.setAccessibleDescription(", ".join(f"{_(by_key[k].label)}: {t}" for k, t in self._texts.items()))
        self.update()

    def clear(self) -> None:
        """The sums are being asked for."""
        self._texts = {}
        self.update()

    def texts(self) -> list[tuple[str, str, int]]:
        """What is painted: field key, text and the right edge in pixels, from left to right."""
        shown = self._table.shown_fields()
        return [(f.key, self._texts[f.key], self._cell(f.key).right()) for f in shown if f.key in self._texts]

    def sizeHint(self) -> QSize:
        """One line."""
        return QSize(200, self.fontMetrics().height() + _SPACE)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the sums, and the word for them where there is room at the left."""
        painter = QPainter(self)
        painter.fillRect(event.rect(), self.palette().window())
        font = self.font()
        font.setBold(True)
        painter.setFont(font)
        align = Qt.AlignmentFlag.AlignVCenter
        left = self.width()
        for key, text, _right in self.texts():
            cell = self._cell(key)
            needed = painter.fontMetrics().horizontalAdvance(text)
            # A sum wider than its column runs over to the left, where no sum is; it is never cut.
            box = cell.adjusted(min(cell.width() - needed, 0), 0, 0, 0)
            left = min(left, box.left())
            painter.drawText(box, int(align | Qt.AlignmentFlag.AlignRight), text)
        word = _(N_("Total"))
        if self._texts and left > painter.fontMetrics().horizontalAdvance(word) + 3 * _PADDING:
            painter.drawText(QRect(_PADDING + 2, 0, left, self.height()), int(align | Qt.AlignmentFlag.AlignLeft), word)
        painter.end()

    def _cell(self, key: str) -> QRect:
        table = self._table
        at = [field.key for field in table.rows.entity].index(key)
        left = table.horizontalHeader().sectionViewportPosition(at) + table.viewport().x()
        return QRect(left, 0, table.columnWidth(at) - _PADDING, self.height())
