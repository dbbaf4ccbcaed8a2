"""The editor of one cell, laid over the table: the same as in the form, with what is wrong below it."""

from __future__ import annotations

from enum import Enum
from typing import Any

from PySide6.QtCore import QEvent, QObject, QRect, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QApplication, QComboBox, QFrame, QLabel, QLineEdit, QPlainTextEdit, QVBoxLayout, QWidget

from logistics_desktop.errors import UserError
from logistics_desktop.ledger.edits import Named
from logistics_desktop.ledger.fields import Field
from logistics_desktop.ledger.limits import problem, trimmed
from ui.ledger.form import editor_for
from ui.ledger.popup import belongs
from ui.ledger.reference_editor import ReferenceEditor
from ui.workspace import Workspace

_NARROWEST = 90
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class Move(Enum):
    """Where the user goes from a cell: columns to the right, rows down."""

    STAY = (0, 0)
    DOWN = (0, 1)
    UP = (0, -1)
    RIGHT = (1, 0)
    LEFT = (-1, 0)


_BY_KEY = {
    Qt.Key.Key_Return: Move.DOWN,
    Qt.Key.Key_Enter: Move.DOWN,
    Qt.Key.Key_Tab: Move.RIGHT,
    Qt.Key.Key_Backtab: Move.LEFT,
}


class CellEditor(QFrame):
    """Edits the text of a cell until it is left; what cannot be read stays, with the reason below.

    `taken` comes with where to go and, if the user changed anything, the value and its text in a tuple.
    """

    taken = Signal(object, object)  # Move, tuple[value, text] | None
    dropped = Signal()

    def __init__(self, workspace: Workspace, field: Field, text: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.field = field
        self._table_room = parent
        self._first = text
        self._again = False  # what was refused before is stored again, changed or not
        self._over = False
        self.editor: Any = editor_for(workspace, field)
        self.problem = QLabel(wordWrap=True, textFormat=Qt.TextFormat.PlainText)
        self.problem.setObjectName("cellProblem")
        self.problem.hide()
        self._cell = QRect()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.editor)
        column.addWidget(self.problem)
        self.setFocusProxy(self.editor)
        self._put(text)
        self.editor.changed.connect(lambda: self.say(""))
        self.editor.installEventFilter(self)
        self._suggestions = self.editor.completer().popup() if isinstance(self.editor, ReferenceEditor) else None
        if self._suggestions is not None:
            self._suggestions.installEventFilter(self)
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        app.focusChanged.connect(self._follow_focus)

    @property
    def touched(self) -> bool:
        """Whether the user changed anything."""
        return self._again or self.text() != self._first

    def text(self) -> str:
        """What stands in the editor."""
        match self.editor:
            case QLineEdit():
                return self.editor.text()
            case QPlainTextEdit():
                return self.editor.toPlainText()
            case QComboBox():
                return self.editor.currentText()
        raise TypeError(f"no text in {self.editor!r}")

    def show_stored(self, text: str) -> None:
        """Show what somebody else made of the cell, unless the user is at work on it."""
        if not self.touched and text != self._first:
            self._first = text
            self._put(text)
            self.select_all()

    def show_draft(self, text: str, why: str) -> None:
        """Show what was typed before and refused."""
        self._put(text)
        self._again = True
        self.say(why)

    def select_all(self) -> None:
        """Have the next key write over the text."""
        if isinstance(self.editor, QLineEdit | QPlainTextEdit):
            self.editor.selectAll()

    def say(self, why: str) -> None:
        """Say below the cell what is wrong with it."""
        if why == self.problem.text():
            return
        self.problem.setText(why)
        self.problem.setVisible(bool(why))
        self.editor.set_wrong(bool(why))
        self.lay_over(self._cell)

    def lay_over(self, cell: QRect) -> None:
        """Lie over a cell of the table, moved so that all of it is seen."""
        self._cell = cell
        room = self._table_room.rect()
        width = min(max(cell.width(), _NARROWEST, self.editor.minimumSizeHint().width()), room.width())
        said = self.problem.heightForWidth(width) if self.problem.text() else 0
        height = max(cell.height(), self.editor.sizeHint().height()) + said
        x = max(min(cell.x(), room.right() - width), 0)
        y = max(min(cell.y(), room.bottom() - height), 0)
        self.setGeometry(x, y, width, height)

    def take(self, move: Move) -> None:
        """Give the value and go on, if it can be read."""
        if self._over:
            return
        if not self.touched:
            self._end(move, None)
            return
        try:
            value = self._value()
        except UserError as error:
            if move is Move.STAY:  # the user is elsewhere already
                self._end(move, (error, self.text()))
            else:
                self.say(str(error))
            return
        self._end(move, (value, self.text()))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter takes the value, Esc drops it, F2 goes into the text."""
        shift = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        if event.key() in _ENTER:
            self.take(Move.UP if shift else Move.DOWN)
        elif event.key() == Qt.Key.Key_Escape:
            self._over = True
            self.dropped.emit()
        elif event.key() == Qt.Key.Key_F2 and isinstance(self.editor, QLineEdit):
            self.editor.end(False)
        elif event.key() not in (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown):
            super().keyPressEvent(event)

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Tab and Shift+Tab go to the next cell; whatever in the editor has the focus asks here."""
        if self._suggestions is None or not self._suggestions.isVisible():
            self.take(Move.RIGHT if forward else Move.LEFT)
        return True

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Give Enter in a note to the cell, and undoing to the window where nothing was typed."""
        if not isinstance(event, QKeyEvent):
            return False
        if watched is self._suggestions:
            if event.type() == QEvent.Type.KeyPress:
                self._take_soon(event)
            return False
        undoing = event.matches(QKeySequence.StandardKey.Undo) or event.matches(QKeySequence.StandardKey.Redo)
        if event.type() == QEvent.Type.ShortcutOverride and undoing and not self.touched:
            event.ignore()
            return True
        if event.type() == QEvent.Type.KeyPress and event.key() in _ENTER and isinstance(watched, QPlainTextEdit):
            if event.modifiers() & Qt.KeyboardModifier.AltModifier:
                watched.insertPlainText("\n")
            else:
                self.keyPressEvent(event)
            return True
        return False

    def end_quietly(self) -> None:
        """Hear nothing of the focus any more, before it is deleted."""
        self._over = True
        self.editor.removeEventFilter(self)
        if self._suggestions is not None:
            self._suggestions.removeEventFilter(self)
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        app.focusChanged.disconnect(self._follow_focus)

    def _take_soon(self, event: QKeyEvent) -> None:
        """Go on by Enter or Tab in the list of suggestions, once it has given the line that is chosen in it."""
        move = _BY_KEY.get(Qt.Key(event.key()))
        if move is not None:
            QTimer.singleShot(0, self, lambda: self.take(move))

    def _value(self) -> Any:
        try:
            value = trimmed(self.editor.value())
        except UserError:
            if isinstance(self.editor, ReferenceEditor):
                return Named(self.text())  # looked up when it is stored, so that the user need not wait for it
            raise
        wrong = problem(self.field, value)
        if wrong is not None:
            raise wrong
        return value

    def _end(self, move: Move, what: tuple[Any, str] | None) -> None:
        self._over = True
        self.taken.emit(move, what)

    def _put(self, text: str) -> None:
        match self.editor:
            case QLineEdit():
                self.editor.setText(text)
                self.editor.setCursorPosition(0)
            case QPlainTextEdit():
                self.editor.blockSignals(True)
                self.editor.setPlainText(text)
                self.editor.blockSignals(False)
            case QComboBox():
                self.editor.setCurrentIndex(self.editor.findText(text))

    def _follow_focus(self, _before: QWidget | None, now: QWidget | None) -> None:
        if now is not None and not self._over and not belongs(now, self):
            self.take(Move.STAY)
