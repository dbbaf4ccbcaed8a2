"""A small panel over the window, gone as soon as the user turns to something else.

It is no window of its own: input methods, which Chinese is typed with, do not work in popup windows on every system,
and some systems put windows where they like.
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QPoint, Qt
from PySide6.QtGui import QHideEvent, QKeyEvent, QShowEvent
from PySide6.QtWidgets import QApplication, QFrame, QWidget

_EDGE = 6


class Popup(QFrame):
    """Lies over the window of `parent`. A click elsewhere, Esc or the loss of the focus closes it, for good."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent.window())
        self._window = parent.window()
        self.opener = parent
        self.setObjectName("popup")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setAutoFillBackground(True)
        self._back_to: QWidget | None = QApplication.focusWidget()
        self.hide()

    def open_over(self, at: QPoint) -> None:
        """Show it with its upper left corner at a point of the screen, moved so that all of it is seen."""
        room = self._window.rect().adjusted(_EDGE, _EDGE, -_EDGE, -_EDGE)
        self.resize(self.size().boundedTo(room.size()))
        here = self._window.mapFromGlobal(at)
        x = max(min(here.x(), room.right() - self.width()), room.left())
        y = max(min(here.y(), room.bottom() - self.height()), room.top())
        self.move(x, y)
        for other in self._window.findChildren(Popup):
            if other is not self:
                other.close()
        self.show()
        self.raise_()

    def showEvent(self, event: QShowEvent) -> None:
        """Begin to watch what the user turns to."""
        super().showEvent(event)
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        app.installEventFilter(self)
        app.focusChanged.connect(self._follow)

    def hideEvent(self, event: QHideEvent) -> None:
        """Stop watching, and give the focus back where it was."""
        super().hideEvent(event)
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        app.removeEventFilter(self)
        app.focusChanged.disconnect(self._follow)
        if self._back_to is not None and self._mine(QApplication.focusWidget()):
            self._back_to.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc closes."""
        if event.key() == Qt.Key.Key_Escape:
            self.close()
            return
        super().keyPressEvent(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Close at a click elsewhere, which does what it would do anyway."""
        elsewhere = isinstance(watched, QWidget) and not self._mine(watched)
        clicked = event.type() == QEvent.Type.MouseButtonPress and elsewhere
        left = event.type() == QEvent.Type.Hide and watched is self.opener  # another tab came to the front
        if clicked or left:
            self.close()
        return False

    def _follow(self, _before: QWidget | None, now: QWidget | None) -> None:
        if now is not None and not self._mine(now):
            self.close()

    def _mine(self, widget: QWidget | None) -> bool:
        """Whether it is the panel or in it; lists and calendars that its fields open belong to it."""
        return belongs(widget, self)


def belongs(widget: QWidget | None, owner: QWidget) -> bool:
    """Whether a widget is `owner`, or in it, or in a panel that was opened from there."""
    while widget is not None:
        if widget is owner:
            return True
        widget = widget.opener if isinstance(widget, Popup) else widget.parentWidget()
    return False
