"""The status bar: work under way on the left, quick totals, then who, where and whether the database answers."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QLabel, QProgressBar, QStatusBar, QToolButton, QWidget

from logistics_desktop.i18n import N_, _
from logistics_desktop.jobs import Job
from ui.tasks import Tasks
from ui.theme import icon

_BAR_WIDTH = 180


class StatusLine(QStatusBar):
    """What is true of the whole window just now."""

    def __init__(self, user: str, database: str, tasks: Tasks, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizeGripEnabled(False)
        self._totals = QLabel()
        self._totals.setObjectName("quickTotals")
        self._connection = QLabel()
        self._connection.setObjectName("connection")
        self.addWidget(_ProgressLine(tasks))
        self.addPermanentWidget(self._totals)
        self.addPermanentWidget(QLabel(user))
        self.addPermanentWidget(QLabel(database))
        self.addPermanentWidget(self._connection)
        self.show_connected(True)

    def show_totals(self, text: str) -> None:
        """Show the sums of what is selected; an empty text clears the place."""
        self._totals.setText(text)

    def show_connected(self, connected: bool) -> None:
        """Say whether the database answers."""
        self._connection.setText(_(N_("Connected")) if connected else _(N_("Connection lost, trying again")))
        self._connection.setProperty("state", "on" if connected else "off")
        self._connection.style().unpolish(self._connection)
        self._connection.style().polish(self._connection)


class _ProgressLine(QWidget):
    """The oldest of the jobs that take long, with a button that stops it."""

    def __init__(self, tasks: Tasks) -> None:
        super().__init__()
        self._tasks = tasks
        self._job: Job | None = None
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._bar.setFixedWidth(_BAR_WIDTH)
        self._text = QLabel()
        self._stop = QToolButton()
        self._stop.setIcon(icon("stop"))
        self._stop.setToolTip(_(N_("Stop")))
        self._stop.setAccessibleName(_(N_("Stop")))
        self._stop.clicked.connect(self._cancel)
        row = QHBoxLayout(self)
        row.setContentsMargins(6, 0, 0, 0)
        for part in (self._bar, self._stop, self._text):
            row.addWidget(part)
        self.hide()
        tasks.progressed.connect(self._update)

    def _update(self) -> None:
        jobs = self._tasks.shown()
        self._job = jobs[0] if jobs else None
        self.setVisible(self._job is not None)
        if self._job is None:
            return
        state = self._job.state
        self._bar.setRange(0, state.total)
        self._bar.setValue(state.done)
        more = _(N_("and {count} more"), count=len(jobs) - 1) if len(jobs) > 1 else ""
        self._text.setText("   ".join(part for part in (self._job.title, state.text, more) if part))
        self._stop.setEnabled(not self._job.cancelled)

    def _cancel(self) -> None:
        if self._job is not None:
            self._tasks.cancel(self._job)
            self._stop.setEnabled(False)
