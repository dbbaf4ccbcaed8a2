"""Shown while a database is being opened, if that takes a moment: starting the server, loading the sample data."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QLabel, QProgressBar, QVBoxLayout

from logistics_desktop.i18n import N_, _
from ui.tasks import Tasks


class Opening(QDialog):
    """Comes up by itself when the work takes longer than a moment; says what is being done and can be stopped."""

    stopped = Signal()

    def __init__(self, name: str, tasks: Tasks) -> None:
        super().__init__(None, Qt.WindowType.Dialog | Qt.WindowType.CustomizeWindowHint | Qt.WindowType.WindowTitleHint)
        self._tasks = tasks
        self.setWindowTitle(_(N_("Logistics Desktop")))
        self.setMinimumWidth(380)
        self._text = QLabel()
        self._text.setObjectName("hint")
        self._bar = QProgressBar()
        self._bar.setRange(0, 0)
        self._bar.setTextVisible(False)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        buttons.rejected.connect(self.stopped)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 16, 20, 14)
        column.setSpacing(10)
        column.addWidget(QLabel(_(N_("Opening {name}…"), name=name)))
        column.addWidget(self._bar)
        column.addWidget(self._text)
        column.addWidget(buttons)
        tasks.progressed.connect(self._update)

    def reject(self) -> None:
        """Esc stops the opening instead of only hiding it."""
        self.stopped.emit()

    def _update(self) -> None:
        for job in self._tasks.shown():
            self._bar.setRange(0, job.state.total)
            self._bar.setValue(job.state.done)
            self._text.setText(job.state.text)
            self.show()
