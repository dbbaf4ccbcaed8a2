"""Quiet messages at the window's edge, and what happens to errors that no screen takes."""

from __future__ import annotations

import logging
from enum import StrEnum

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QToolButton, QWidget

from logistics_desktop.errors import Cancelled, UserError
from logistics_desktop.i18n import N_, _

_log = logging.getLogger(__name__)

_SECONDS = 6
_MARGIN = 16
_GAP = 8
_WIDTH = 380
_MOST = 4


class Tone(StrEnum):
    """How a notice looks and whether it goes away by itself."""

    INFO = "info"
    DONE = "done"
    WARNING = "warning"
    ERROR = "error"


class Notices(QObject):
    """Shows notices over the lower right corner of `host`, the newest at the bottom."""

    def __init__(self, host: QWidget) -> None:
        super().__init__(host)
        self._host = host
        self._shown: list[_Notice] = []
        host.installEventFilter(self)

    def say(self, text: str, tone: Tone = Tone.INFO) -> None:
        """Show `text`. Warnings and errors stay until they are closed."""
        notice = _Notice(text, tone, self._host)
        notice.closed.connect(lambda: self._remove(notice))
        self._shown.append(notice)
        if len(self._shown) > _MOST:
            self._remove(self._shown[0])
        notice.show()
        self._place()

    def report(self, error: BaseException) -> None:
        """Tell of an error: the user's to mend in plain words, a bug as a report that can be copied."""
        if isinstance(error, Cancelled):
            return
        if isinstance(error, UserError):
            self.say(str(error), Tone.ERROR)
            return
        _log.error("An unexpected error", exc_info=error)
        from ui.error_report import ErrorReport

        ErrorReport(error, self._host).open()

    def texts(self) -> list[str]:
        """What is on show, oldest first."""
        return [notice.text for notice in self._shown]

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keep the notices in their corner."""
        if event.type() == QEvent.Type.Resize:
            self._place()
        return super().eventFilter(watched, event)

    def _remove(self, notice: _Notice) -> None:
        if notice in self._shown:
            self._shown.remove(notice)
            notice.hide()
            notice.deleteLater()
            self._place()

    def _place(self) -> None:
        bottom = self._host.height() - _MARGIN - _GAP * 2
        for notice in reversed(self._shown):
            notice.resize(_WIDTH, notice.heightForWidth(_WIDTH))
            notice.move(self._host.width() - _WIDTH - _MARGIN, bottom - notice.height())
            notice.raise_()
            bottom -= notice.height() + _GAP


class _Notice(QFrame):
    closed = Signal()

    def __init__(self, text: str, tone: Tone, host: QWidget) -> None:
        super().__init__(host)
        self.setObjectName("notice")
        self.text = text
        self.setProperty("tone", tone.value)
        label = QLabel(text, wordWrap=True, textFormat=Qt.TextFormat.PlainText)
        label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        close = QToolButton(autoRaise=True)
        close.setText("×")
        close.setAccessibleName(_(N_("Close")))
        close.clicked.connect(self.closed)
        row = QHBoxLayout(self)
        row.setContentsMargins(14, 10, 8, 10)
        row.addWidget(label, 1)
        row.addWidget(close, 0, Qt.AlignmentFlag.AlignTop)
        if tone in (Tone.INFO, Tone.DONE):
            QTimer.singleShot(_SECONDS * 1000, self, self.closed.emit)
