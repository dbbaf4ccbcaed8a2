"""How far the work under way is, with a button that stops it."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QLabel, QProgressBar, QPushButton, QWidget

from logistics_desktop.i18n import N_, _
from ui.ledger.importing.course import Course

_BAR_WIDTH = 160


class Progress(QWidget):
    """Shows itself when something takes long."""

    def __init__(self, course: Course, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._course = course
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setFixedWidth(_BAR_WIDTH)
        self.text = QLabel()
        self.text.setObjectName("hint")
        self.stop = QPushButton(_(N_("Stop")), autoDefault=False)
        self.stop.clicked.connect(course.stop)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        for part in (self.bar, self.stop, self.text):
            row.addWidget(part)
        self.hide()
        course.working.connect(lambda _on: self._update())
        course.workspace.tasks.progressed.connect(self._update)

    def _update(self) -> None:
        job = self._course.job
        self.setVisible(job is not None and job in self._course.workspace.tasks.shown())
        if job is not None:
            state = job.state
            self.bar.setRange(0, state.total)
            self.bar.setValue(state.done)
            self.text.setText(state.text or job.title)
            self.stop.setEnabled(not job.cancelled)
