"""Goes from record to record without closing, through the list as it is sorted and filtered."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QToolButton, QWidget

from ui.actions import bind, make
from ui.ledger.panel import RecordPanel
from ui.ledger.table import LedgerTable


class Steps(QWidget):
    """Where the record on show stands in the list, and the way to its neighbours."""

    def __init__(self, table: LedgerTable, panel: RecordPanel) -> None:
        super().__init__(panel)
        self._table = table
        self._panel = panel
        self.place = QLabel()
        self.place.setObjectName("hint")
        self.back = self._button("‹", "previous_record", -1)
        self.on = self._button("›", "next_record", 1)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(2)
        for widget in (self.back, self.place, self.on):
            row.addWidget(widget)
        panel.shown.connect(self.show_place)
        table.rows.modelReset.connect(self.show_place)

    def step(self, by: int) -> None:
        """Show the record `by` rows further down, after asking about unsaved changes; at the ends nothing happens."""
        rows, row = self._table.rows, self._row()
        if row is None:
            return
        row += by
        while 0 <= row < rows.rowCount() and rows.heading_at(row) is not None:
            row += by
        if 0 <= row < rows.rowCount():
            self._panel.unless_unsaved(partial(self._go, rows.id_at(row)))

    def show_place(self) -> None:
        """Say where the record stands."""
        rows, row = self._table.rows, self._row()
        self.setVisible(row is not None)
        if row is not None:
            place, count = (rows.count(range(stop)) for stop in (row + 1, rows.rowCount()))  # headings do not count
            self.place.setText(f"{place:,} / {count:,}")
            self.back.setEnabled(place > 1)
            self.on.setEnabled(place < count)

    def _row(self) -> int | None:
        record = self._panel.record
        return None if record is None else self._table.row_of(record.id)

    def _go(self, record: int) -> None:
        row = self._table.row_of(record)
        if row is not None:
            self._table.select_record(row)
        self._panel.load(record)

    def _button(self, sign: str, key: str, by: int) -> QToolButton:
        action = bind(make(key, self, partial(self.step, by)), self._panel, inside=True)
        button = QToolButton()
        button.clicked.connect(action.trigger)
        button.setText(sign)
        button.setToolTip(action.toolTip())
        button.setAccessibleName(action.text())
        button.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # the keys are the keyboard's way
        return button
