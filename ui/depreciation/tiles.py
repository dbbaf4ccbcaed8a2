"""Twelve months of a book at a glance: a tile for each with its state, assets and total."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QGridLayout, QSizePolicy, QWidget

from db.models.depreciation import PeriodState
from logistics_desktop.features.depreciation.board import MonthLine
from logistics_desktop.features.depreciation.months import Month
from logistics_desktop.i18n import N_, _
from ui.depreciation.numbers import STATES, money, short_name
from ui.theme import Colours, icon, shown

_COLUMNS = 4
_SIZE = QSize(150, 92)
_EDGE = 12
_ROUND = 8.0
_ICONS = {PeriodState.OPEN: "unlock", PeriodState.CALCULATED: "check", PeriodState.CLOSED: "lock"}


class MonthTile(QAbstractButton):
    """One month; chosen by a click, the arrow keys or Space."""

    def __init__(self, line: MonthLine) -> None:
        super().__init__()
        self.line = line
        self.setCheckable(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.show_line(line)

    def show_line(self, line: MonthLine) -> None:
        """Show how the month stands now."""
        self.line = line
        self.setText(str(line.month))
        about = _(N_("{month}: {state}, {count} assets, {total}"), **self._said())
        self.setAccessibleName(about)
        self.setToolTip(about)
        self.update()

    def sizeHint(self) -> QSize:
        """Room for a total of hundreds of millions."""
        return _SIZE

    def paintEvent(self, event: QPaintEvent) -> None:
        """Name and state above, the total large, the number of assets below."""
        painter, colours = QPainter(self), shown(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_ground(painter, colours)
        inside = self.rect().adjusted(_EDGE, _EDGE - 2, -_EDGE, -_EDGE + 2)
        tone = QColor(_tone(self.line.state, colours))
        icon(_ICONS[self.line.state]).paint(painter, inside.right() - 15, inside.top(), 16, 16)
        painter.setPen(QColor(colours.chosen_text if self.isChecked() else colours.text))
        painter.setFont(_font(self.font(), 1.05, bold=True))
        painter.drawText(inside, Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft, short_name(self.line.month))
        calculated = self.line.state is not PeriodState.OPEN
        if calculated:
            painter.setFont(_font(self.font(), 1.2))
            middle = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
            painter.drawText(inside.adjusted(0, 4, 0, 4), middle, money(self.line.total))
        painter.setFont(self.font())
        painter.setPen(tone)
        bottom = Qt.AlignmentFlag.AlignBottom
        painter.drawText(inside, bottom | Qt.AlignmentFlag.AlignLeft, self._said()["state"])
        if calculated:
            painter.setPen(QColor(colours.chosen_text if self.isChecked() else colours.muted))
            count = _(N_("{count} assets"), count=self._said()["count"])
            painter.drawText(inside, bottom | Qt.AlignmentFlag.AlignRight, count)

    def _paint_ground(self, painter: QPainter, colours: Colours) -> None:
        ground = colours.chosen if self.isChecked() else colours.hover if self.underMouse() else colours.surface
        edge = colours.accent if self.hasFocus() or self.isChecked() else colours.line
        painter.setPen(QPen(QColor(edge), 2 if self.hasFocus() else 1))
        painter.setBrush(QColor(ground))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), _ROUND, _ROUND)

    def _said(self) -> dict[str, str]:
        line = self.line
        state = _(STATES[line.state])
        if line.reopened_at is not None and line.state is not PeriodState.CLOSED:
            state = _(N_("{state}, was closed"), state=state)
        return {
            "month": str(line.month),
            "state": state,
            "count": f"{line.entries:,}",
            "total": money(line.total),
        }


class Tiles(QWidget):
    """The tiles of a year; one of them is chosen."""

    chosen = Signal(object)  # Month

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._group = QButtonGroup(self)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(10)
        self.tiles: list[MonthTile] = []
        self._group.buttonClicked.connect(self._choose)

    def show_months(self, lines: Sequence[MonthLine], chosen: Month | None) -> None:
        """Show these months, one of them chosen."""
        if [tile.line.month for tile in self.tiles] != [line.month for line in lines]:
            self._lay_out(lines)
        for tile, line in zip(self.tiles, lines, strict=True):
            tile.show_line(line)
            tile.setChecked(line.month == chosen)

    def tile(self, month: Month) -> MonthTile:
        """The tile of a month on show."""
        return next(tile for tile in self.tiles if tile.line.month == month)

    def _lay_out(self, lines: Sequence[MonthLine]) -> None:
        for tile in self.tiles:
            self._group.removeButton(tile)
            tile.hide()
            tile.deleteLater()
        self.tiles = [MonthTile(line) for line in lines]
        skipped = (lines[0].month.month - 1) if lines else 0  # the book begins within the year
        for place, tile in enumerate(self.tiles, skipped):
            self._grid.addWidget(tile, place // _COLUMNS, place % _COLUMNS)
            self._group.addButton(tile)
        for row in range(3):
            self._grid.setRowStretch(row, 1)
        for column in range(_COLUMNS):
            self._grid.setColumnStretch(column, 1)

    def _choose(self, button: QAbstractButton) -> None:
        assert isinstance(button, MonthTile)
        self.chosen.emit(button.line.month)


def _tone(state: PeriodState, colours: Colours) -> str:
    return {
        PeriodState.OPEN: colours.muted,
        PeriodState.CALCULATED: colours.warning,
        PeriodState.CLOSED: colours.done,
    }[state]


def _font(font: QFont, times: float, *, bold: bool = False) -> QFont:
    made = QFont(font)
    made.setPointSizeF(font.pointSizeF() * times)
    made.setBold(bold)
    return made
