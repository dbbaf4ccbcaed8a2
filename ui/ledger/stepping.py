"""Goes from record to record without closing, through the list as it is sorted and filtered."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QToolButton, QWidget

from logistics_desktop.i18n import N_, _
from ui.ledger.panel import RecordPanel
from ui.ledger.table import LedgerTable

_KEYS: dict[int, int] = {Qt.Key.Key_PageUp: -1, Qt.Key.Key_PageDown: 1}


class Steps(QWidget):
    """Where the record on show stands in the list, and the way to its neighbours (Ctrl+PgUp, Ctrl+PgDown)."""

    def __init__(self, table: LedgerTable, panel: RecordPanel) -> None:
        super().__init__(panel)
        self._table = table
        self._panel = panel
        self.place = QLabel()
        self.place.setObjectName("hint")
        self.back = _button("‹", _(N_("Previous record (Ctrl+PgUp)")))
        self.on = _button("›", _(N_("Next record (Ctrl+PgDown)")))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(2)
        for widget in (self.back, self.place, self.on):
            row.addWidget(widget)
        self.back.clicked.connect(lambda: self.step(-1))
        self.on.clicked.connect(lambda: self.step(1))
        panel.shown.connect(self.show_place)
        table.rows.modelReset.connect(self.show_place)
        panel.installEventFilter(self)

    def step(self, by: int) -> None:
        """Show the record `by` rows further down, after asking about unsaved changes; at the ends nothing happens."""
        row = self._row()
        if row is not None and 0 <= row + by < self._table.rows.rowCount():
            self._panel.unless_unsaved(partial(self._go, self._table.rows.id_at(row + by)))

    def show_place(self) -> None:
        """Say where the record stands."""
        row, count = self._row(), self._table.rows.rowCount()
        self.setVisible(row is not None)
        if row is not None:
            self.place.setText(f"{row + 1:,} / {count:,}")
            self.back.setEnabled(row > 0)
            self.on.setEnabled(row + 1 < count)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take the keys before the window does, whose tabs they turn elsewhere."""
        if isinstance(event, QKeyEvent) and event.modifiers() == Qt.KeyboardModifier.ControlModifier:
            by = _KEYS.get(event.key())
            if by is not None and event.type() == QEvent.Type.ShortcutOverride:
                event.accept()
                return True
            if by is not None and event.type() == QEvent.Type.KeyPress:
                self.step(by)
                return True
        return super().eventFilter(watched, event)

    def _row(self) -> int | None:
        record = self._panel.record
        return None if record is None else self._table.row_of(record.id)

    def _go(self, record: int) -> None:
        row = self._table.row_of(record)
        if row is not None:
            self._table.select_record(row)
        self._panel.load(record)


def _button(sign: str, tip: str) -> QToolButton:
    button = QToolButton()
    button.setText(sign)
    button.setToolTip(tip)
    button.setAccessibleName(tip)
    button.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # the keys are the keyboard's way
    return button
