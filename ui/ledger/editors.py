"""One editor per kind of field: what a person types becomes a value, or an error that says how to write it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any, Protocol

from PySide6.QtCore import QDate, QPoint, Qt, Signal
from PySide6.QtGui import QAction, QFocusEvent, QKeyEvent, QWheelEvent
from PySide6.QtWidgets import QCalendarWidget, QComboBox, QLabel, QLineEdit, QPlainTextEdit, QVBoxLayout, QWidget

from logistics_desktop.errors import UserError
from logistics_desktop.i18n import N_, _
from logistics_desktop.ledger import kinds
from logistics_desktop.ledger.fields import Field, Kind
from ui.theme import icon

_NOTE_LINES = 4
_CTRL = Qt.KeyboardModifier.ControlModifier


class Editor(Protocol):
    """What the form needs of an editor; every editor is a widget as well."""

    changed: Signal  # the user typed or chose
    left: Signal  # the user went on to something else

    def value(self) -> Any:
        """The value; raises UserError where the text is none."""

    def set_value(self, value: Any) -> None:
        """Show a value."""

    def set_wrong(self, wrong: bool) -> None:
        """Mark the editor."""


def mark(widget: QWidget, wrong: bool) -> None:
    """Have the style sheet draw the widget as wrong, or no longer."""
    if widget.property("wrong") != wrong:
        widget.setProperty("wrong", wrong)
        widget.style().unpolish(widget)
        widget.style().polish(widget)


class LineEditor(QLineEdit):
    """Text, code, number, rate, months: one line that is parsed, and written out properly when it is left."""

    changed = Signal()
    left = Signal()

    def __init__(self, field: Field, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._field = field
        if kinds.numeric(field):
            self.setAlignment(Qt.AlignmentFlag.AlignRight)
        if field.length:
            self.setMaxLength(field.length + 1)  # one more, so that pasting too much is told and not cut in silence
        self.textEdited.connect(self.changed)
        self.editingFinished.connect(self._tidy)

    def value(self) -> Any:
        """The value typed; raises UserError."""
        return kinds.parse(self._field, self.text())

    def set_value(self, value: Any) -> None:
        """Show a value."""
        self.setText(kinds.text_of(self._field, value))
        self.setCursorPosition(0)

    def set_wrong(self, wrong: bool) -> None:
        """Mark the editor."""
        mark(self, wrong)

    def _tidy(self) -> None:
        try:
            value = self.value()
        except UserError:
            pass  # the form says it under the field
        else:
            text = kinds.text_of(self._field, value)
            if text != self.text():
                self.setText(text)
        self.left.emit()


class MonthsEditor(LineEditor):
    """Months, with the years they make shown beside."""

    def __init__(self, field: Field, parent: QWidget | None = None) -> None:
        super().__init__(field, parent)
        self._years = QLabel(self)
        self._years.setObjectName("hint")
        self._years.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._years.move(7, 4)
        self.textChanged.connect(self._show_years)

    def _show_years(self) -> None:
        try:
            months = self.value()
        except UserError:
            months = None
        self._years.setText(in_years(months) if months else "")
        self._years.adjustSize()


def in_years(months: int) -> str:
    """Say a number of months in years."""
    years, rest = divmod(months, 12)
    if not rest:
        return _(N_("= {years} years"), years=years)
    return _(N_("= {years} years {months} months"), years=years, months=rest)


class DateEditor(LineEditor):
    """A day, typed as 2024-3-5 or 20240305, or chosen in a calendar (F4 or Alt+Down); it may be empty."""

    def __init__(self, field: Field, parent: QWidget | None = None) -> None:
        super().__init__(field, parent)
        self.setPlaceholderText(_(N_("Y-M-D")))
        action = QAction(icon("calendar"), _(N_("Calendar")), self)
        action.triggered.connect(self.open_calendar)
        self.addAction(action, QLineEdit.ActionPosition.TrailingPosition)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Open the calendar by its keys."""
        down = event.key() == Qt.Key.Key_Down and event.modifiers() & Qt.KeyboardModifier.AltModifier
        if down or event.key() == Qt.Key.Key_F4:
            self.open_calendar()
            return
        super().keyPressEvent(event)

    def open_calendar(self) -> None:
        """Show the calendar below."""
        try:
            day = self.value()
        except UserError:
            day = None
        calendar = _Calendar(day or date.today(), self._choose, self)  # noqa: DTZ011 - the user's own day
        calendar.move(self.mapToGlobal(QPoint(0, self.height())))
        calendar.show()

    def _choose(self, day: date) -> None:
        self.set_value(day)
        self.changed.emit()
        self.left.emit()
        self.setFocus()


class _Calendar(QWidget):
    def __init__(self, day: date, chosen: Callable[[date], None], parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._chosen = chosen
        self.calendar = QCalendarWidget()
        self.calendar.setVerticalHeaderFormat(QCalendarWidget.VerticalHeaderFormat.NoVerticalHeader)
        self.calendar.setSelectedDate(QDate(day.year, day.month, day.day))
        self.calendar.activated.connect(self._take)
        self.calendar.clicked.connect(self._take)
        column = QVBoxLayout(self)
        column.setContentsMargins(1, 1, 1, 1)
        column.addWidget(self.calendar)

    def _take(self, day: QDate) -> None:
        self.close()
        self._chosen(date(day.year(), day.month(), day.day()))


class NoteEditor(QPlainTextEdit):
    """Text of several lines."""

    changed = Signal()
    left = Signal()

    def __init__(self, field: Field, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._field = field
        self.setTabChangesFocus(True)
        self.setFixedHeight(self.fontMetrics().lineSpacing() * _NOTE_LINES + 14)
        self._quiet = False
        self.textChanged.connect(self._say)

    def value(self) -> str | None:
        """The text."""
        parsed: str | None = kinds.parse(self._field, self.toPlainText())
        return parsed

    def set_value(self, value: Any) -> None:
        """Show a text."""
        self._quiet = True
        self.setPlainText(kinds.text_of(self._field, value))
        self._quiet = False

    def set_wrong(self, wrong: bool) -> None:
        """Mark the editor."""
        mark(self, wrong)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Tell that the text is left."""
        super().focusOutEvent(event)
        self.left.emit()

    def _say(self) -> None:
        if not self._quiet:
            self.changed.emit()


class ChoiceEditor(QComboBox):
    """One of a few."""

    changed = Signal()
    left = Signal()

    def __init__(self, field: Field, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._values: list[Any] = [*([None] if field.nullable else []), *(field.choices or ())]
        for value in self._values:
            self.addItem(kinds.text_of(field, value))
        self.activated.connect(self.changed)
        self.activated.connect(self.left)

    def value(self) -> Any:
        """The choice."""
        return self._values[self.currentIndex()] if self.currentIndex() >= 0 else None

    @property
    def choices(self) -> tuple[Any, ...]:
        """All that may be chosen; None is nothing, where that is allowed."""
        return tuple(self._values)

    def set_value(self, value: Any) -> None:
        """Show a choice."""
        self.setCurrentIndex(self._values.index(value) if value in self._values else -1)

    def set_wrong(self, wrong: bool) -> None:
        """Mark the editor."""
        mark(self, wrong)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Leave the keys that go to the next record to the panel; a combo box would swallow them."""
        if event.modifiers() & _CTRL and event.key() in (Qt.Key.Key_PageUp, Qt.Key.Key_PageDown):
            event.ignore()
            return
        super().keyPressEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Let the form scroll: a wheel must not change a value that the pointer happens to pass."""
        event.ignore()


def plain_editor(field: Field) -> LineEditor | NoteEditor | ChoiceEditor:
    """The editor of a field that refers to no other ledger."""
    match field.kind:
        case Kind.NOTE:
            return NoteEditor(field)
        case Kind.CHOICE:
            return ChoiceEditor(field)
        case Kind.DATE:
            return DateEditor(field)
        case Kind.MONTHS:
            return MonthsEditor(field)
    return LineEditor(field)
