"""A scanner that types, heard anywhere in the window.

The keys are seen at the window, before any widget. Where nothing is typed into, fast keys are held back for a moment:
either they turn out to be a scan, or they go on to where they belong. In a field every key goes on at once, and a scan
fills it as typing would; only what begins with the scanner's prefix, and what is scanned into the quick search, finds
a row from there too.
"""

from __future__ import annotations

import time

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QWindow
from PySide6.QtWidgets import QAbstractSpinBox, QApplication, QComboBox, QLineEdit, QPlainTextEdit, QTextEdit, QWidget

from logistics_desktop.scanning import Burst, Scanner

FINDS = "scanFinds"  # the property of a field in which a scan finds a row

_ENDS = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Tab)
_PLAIN = Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.KeypadModifier
_MODIFIERS = (Qt.Key.Key_Shift, Qt.Key.Key_Control, Qt.Key.Key_Alt, Qt.Key.Key_Meta, Qt.Key.Key_CapsLock)


class Wedge(QObject):
    """Tells of every scan into `window`; what people type goes on as if it were not there."""

    scanned = Signal(str)

    def __init__(self, window: QWidget, setup: Scanner) -> None:
        super().__init__(window)
        self._window = window
        self._handle: QWindow | None = None
        self._held: list[QKeyEvent] = []
        self._passing = False
        self._field: tuple[QLineEdit, str, int] | None = None
        self._scanned_at = 0
        self._pause = QTimer(self, singleShot=True)
        self._pause.timeout.connect(self._silence)
        self.use(setup)
        window.installEventFilter(self)

    def use(self, setup: Scanner) -> None:
        """From now on the scanner is set up like this."""
        self._burst = Burst(setup)
        self._pause.setInterval(setup.gap_ms)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Look at the keys of the window."""
        if watched is self._window and event.type() == QEvent.Type.Show:
            self._watch_handle()
        elif watched is self._handle and isinstance(event, QKeyEvent) and not self._passing:
            if event.type() == QEvent.Type.KeyPress:
                return self._press(event)
            if event.type() == QEvent.Type.KeyRelease and self._held:
                self._held.append(event.clone())
                return True
        return False

    def _watch_handle(self) -> None:
        handle = self._window.windowHandle()
        if handle is not None and handle is not self._handle:
            handle.installEventFilter(self)
            self._handle = handle

    def _press(self, event: QKeyEvent) -> bool:
        key = Qt.Key(event.key())
        if key in _MODIFIERS:
            return False
        chorded = bool(event.modifiers() & ~_PLAIN)
        if chorded or event.isAutoRepeat() or QApplication.activePopupWidget() or QApplication.activeModalWidget():
            return self._not_scanned()
        if key in _ENDS:
            return self._end(event)
        text = event.text()
        if len(text) != 1 or not text.isprintable():
            return self._not_scanned()
        return self._char(text, event)

    def _char(self, char: str, event: QKeyEvent) -> bool:
        field = QApplication.focusWidget()
        if self._burst.add(char, _when(event)):
            self._let_go()
            self._field = _finding(field)
        content = self._burst.complete()
        if content is not None and (self._held or self._field or not _takes_text(field)):
            return self._scan(content, event)
        if _takes_text(field) and not self._burst.may_be_marked():
            self._let_go()
            return False
        self._held.append(event.clone())
        self._pause.start()
        return True

    def _end(self, event: QKeyEvent) -> bool:
        if _when(event) - self._scanned_at <= self._pause.interval():
            return True  # a suffix has ended the scan already
        content = self._burst.ended(_when(event))
        if content is not None and (self._held or self._field):
            return self._scan(content, event)
        return self._not_scanned()

    def _silence(self) -> None:
        content = self._burst.silent()
        if content is not None and self._held:
            self._scan(content, self._held[-1])
        else:
            self._let_go()

    def _scan(self, content: str, last: QKeyEvent) -> bool:
        """The keys were a scan: nobody else gets them, and the quick search is again as it was before."""
        self._scanned_at = _when(last)
        self._held.clear()
        self._pause.stop()
        self._burst.forget()
        if self._field is not None:
            field, before, cursor = self._field
            field.setText(before)
            field.setCursorPosition(cursor)
            self._field = None
        self.scanned.emit(content)
        return True

    def _not_scanned(self) -> bool:
        self._burst.forget()
        self._field = None
        self._let_go()
        return False

    def _let_go(self) -> None:
        """Send what was held back to where it belongs, in its order."""
        self._pause.stop()
        held, self._held = self._held, []
        if self._handle is None:
            return
        self._passing = True
        try:
            for event in held:
                QCoreApplication.sendEvent(self._handle, event)
        finally:
            self._passing = False


def _when(event: QKeyEvent) -> int:
    """When the key was pressed, in milliseconds: what the system says, for this window may have been busy."""
    return event.timestamp() or time.monotonic_ns() // 1_000_000


def _takes_text(widget: QWidget | None) -> bool:
    match widget:
        case QLineEdit() | QTextEdit() | QPlainTextEdit() | QAbstractSpinBox():
            return not widget.isReadOnly()
        case QComboBox():
            return widget.isEditable()
    return False


def _finding(widget: QWidget | None) -> tuple[QLineEdit, str, int] | None:
    """The field as it is before a scan goes into it, where a scan is to find a row from it."""
    if isinstance(widget, QLineEdit) and widget.property(FINDS):
        return widget, widget.text(), widget.cursorPosition()
    return None
