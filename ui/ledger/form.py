"""The form of one record, made from the fields: sections, two columns where there is room, errors at the fields."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from logistics_desktop.errors import FieldErrors, UserError
from logistics_desktop.i18n import N_, _
from logistics_desktop.ledger import kinds, records
from logistics_desktop.ledger.entity import Entity
from logistics_desktop.ledger.fields import Field, Kind, Reference
from logistics_desktop.ledgers import LEDGERS
from ui.ledger import typed
from ui.ledger.editors import ChoiceEditor, LineEditor, NoteEditor, plain_editor
from ui.ledger.filling import Filling
from ui.ledger.reference_editor import ReferenceEditor
from ui.workspace import Workspace

_TWO_COLUMNS = 560  # pixels from which a second column has room
_GAP = 6


class Form(QScrollArea):
    """Shows the values of a record and gives back what the user made of them.

    A reference comes in as Reference and goes out as its id, which is how records are stored.
    """

    changed = Signal()

    def __init__(self, workspace: Workspace, entity: Entity, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._entity = entity
        self._before: dict[str, Any] = {}
        self._shown: dict[str, str] = {}  # the same as text
        self._refused: dict[str, tuple[UserError, Any]] = {}  # by the database, with the values that it refused
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._lines = {field.key: _Line(workspace, field) for field in entity}
        self._sections = [_Section(group, lines) for group, lines in self._groups()]
        self._columns = 0
        self._filling = Filling(workspace, entity, self)
        self._lay_out()
        for line in self._lines.values():
            line.editor.changed.connect(self.changed)
            line.editor.left.connect(lambda line=line: self._left(line))
            line.editor.changed.connect(lambda key=line.field.key: self._filling.typed(key))

    def editor(self, key: str) -> Any:
        """The editor of a field."""
        return self._lines[key].editor

    def error(self, key: str) -> str:
        """What is said under a field."""
        return self._lines[key].wrong.text()

    def show_values(self, values: Mapping[str, Any]) -> None:
        """Show a record as it is stored."""
        self._before = {key: _stored(value) for key, value in values.items()}
        for key, line in self._lines.items():
            line.editor.set_value(values.get(key))
            line.say("")
            line.whisper("")
            self._shown[key] = kinds.text_of(line.field, values.get(key))
        self._refused = {}
        self._filling.begin()
        self.ensureVisible(0, 0)

    def show_again(self, values: Mapping[str, Any]) -> None:
        """Show the same record as it is stored now, without moving anything: cursor and scroll bar stay."""
        for key, line in self._lines.items():
            text = kinds.text_of(line.field, values.get(key))
            if text != self._shown[key] or _stored(values.get(key)) != self._before.get(key):
                line.editor.set_value(values.get(key))
                self._shown[key] = text
        self._before = {key: _stored(value) for key, value in values.items()}
        self._filling.begin()

    def mine(self) -> dict[str, Any]:
        """The values that differ from what was shown, a reference as Reference: what can be put into a form again."""
        values, _wrong = self._read()
        return {
            key: self.editor(key).chosen if isinstance(self.editor(key), ReferenceEditor) and value else value
            for key, value in values.items()
            if value != self._before.get(key)
        }

    def put(self, key: str, value: Any) -> None:
        """Write a value into a field as if it were typed; a reference as Reference."""
        self._lines[key].editor.set_value(value)
        self._lines[key].say("")
        self.changed.emit()

    def put_all(self, values: Mapping[str, Any]) -> None:
        """Write a whole record over what is shown, from which nothing is to follow by itself."""
        for key, value in values.items():
            self._lines[key].editor.set_value(value)
        self._filling.begin()
        self.changed.emit()

    def whisper(self, key: str, text: str) -> None:
        """Say something quietly under a field, or nothing."""
        self._lines[key].whisper(text)

    def whispered(self, key: str) -> str:
        """What is said quietly under a field."""
        return self._lines[key].quiet.text()

    def readable(self) -> dict[str, Any]:
        """The values that can be read just now."""
        return self._read()[0]

    def is_empty(self, key: str) -> bool:
        """Whether nothing is in a field, not even something that cannot be read."""
        try:
            return self._lines[key].editor.value() is None
        except UserError:
            return False

    def typed(self) -> dict[str, Any]:
        """What differs from what was shown, readable or not, and what was shown: by key, as JSON."""
        values, _wrong = self._read()
        differ = (key for key in self._lines if key not in values or values[key] != self._before.get(key))
        return {key: {"is": typed.typed_in(self.editor(key)), "before": self._shown[key]} for key in differ}

    def type_again(self, kept: Mapping[str, Any]) -> None:
        """Put back what `typed` gave."""
        for key, line in self._lines.items():
            if isinstance(kept.get(key), dict):
                typed.type_into(line.editor, kept[key].get("is"))
        self._filling.begin()
        self.changed.emit()

    def values(self) -> dict[str, Any]:
        """All values; raises FieldErrors, which the form shows as well."""
        values, wrong = self._checked()
        self.show_errors(wrong)
        if wrong:
            raise FieldErrors(wrong)
        return values

    def changes(self) -> dict[str, Any]:
        """The values that differ from what was shown; raises FieldErrors."""
        return {key: value for key, value in self.values().items() if value != self._before.get(key)}

    def touched(self) -> bool:
        """Whether anything differs from what was shown, readable or not."""
        values, wrong = self._read()
        return bool(wrong) or any(value != self._before.get(key) for key, value in values.items())

    def refuse(self, wrong: Mapping[str, UserError]) -> None:
        """Show what the database refuses, until the user changes those fields."""
        values, _wrong = self._read()
        self._refused = {key: (error, values.get(key)) for key, error in wrong.items()}
        self.show_errors(wrong)

    def show_errors(self, wrong: Mapping[str, UserError]) -> None:
        """Say under each field what is wrong with it, and go to the first."""
        for key, line in self._lines.items():
            line.say(str(wrong.get(key, "")))
        first = next((line for key, line in self._lines.items() if key in wrong), None)
        if first is not None:
            self.ensureWidgetVisible(first)
            first.editor.setFocus()

    def focus_first(self) -> None:
        """Put the cursor into the first field."""
        next(iter(self._lines.values())).editor.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter goes to the next field."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
            self.focusNextPrevChild(True)
            return
        super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Use one column or two."""
        super().resizeEvent(event)
        self._arrange()

    def _groups(self) -> Iterator[tuple[str, list[_Line]]]:
        for group in dict.fromkeys(field.group for field in self._entity):
            yield group, [line for line in self._lines.values() if line.field.group == group]

    def _lay_out(self) -> None:
        page = QWidget()
        page.setObjectName("page")
        column = QVBoxLayout(page)
        column.setContentsMargins(12, 6, 14, 12)
        column.setSpacing(_GAP)
        for section in self._sections:
            column.addWidget(section)
        column.addStretch()
        wide = max(line.label.sizeHint().width() for line in self._lines.values())
        for line in self._lines.values():
            line.label.setFixedWidth(wide)
        self.setWidget(page)
        self._arrange()

    def _arrange(self) -> None:
        columns = 2 if self.viewport().width() >= _TWO_COLUMNS else 1
        if columns != self._columns:
            self._columns = columns
            for section in self._sections:
                section.arrange(columns)

    def _read(self) -> tuple[dict[str, Any], dict[str, UserError]]:
        values: dict[str, Any] = {}
        wrong: dict[str, UserError] = {}
        for key, line in self._lines.items():
            try:
                values[key] = line.editor.value()
            except UserError as error:
                wrong[key] = error
        return values, wrong

    def _checked(self) -> tuple[dict[str, Any], dict[str, UserError]]:
        """The values, and what is wrong with them as far as the form itself can tell."""
        values, wrong = self._read()
        try:
            records.check(self._entity, values)
        except FieldErrors as errors:
            wrong = {**errors.by_field, **wrong}
        return values, wrong

    def _left(self, line: _Line) -> None:
        """Say what is wrong with the field that was left, and whether others are still wrong."""
        values, wrong = self._checked()
        still = {key: error for key, (error, value) in self._refused.items() if values.get(key) == value}
        wrong = {**still, **wrong}
        for key, each in self._lines.items():
            if each is line or each.wrong.text():
                each.say(str(wrong.get(key, "")))
        self._filling.left(line.field.key)


class _Line(QWidget):
    """A label, its editor, and what is wrong with it."""

    def __init__(self, workspace: Workspace, field: Field) -> None:
        super().__init__()
        self.field = field
        self.editor = editor_for(workspace, field)
        self.label = QLabel(f"{_(field.label)} *" if field.required else _(field.label))
        self.label.setObjectName("fieldLabel")
        self.label.setBuddy(self.editor)
        if field.required:
            self.label.setToolTip(_(N_("Must be filled in")))
        self.editor.setAccessibleName(_(field.label))
        if field.help:
            self.editor.setToolTip(_(field.help))
        self.wrong = QLabel(wordWrap=True, textFormat=Qt.TextFormat.PlainText)
        self.wrong.setObjectName("bad")
        self.wrong.hide()
        self.quiet = QLabel(wordWrap=True, textFormat=Qt.TextFormat.PlainText)
        self.quiet.setObjectName("hint")
        self.quiet.hide()
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(1)
        grid.addWidget(self.label, 0, 0, Qt.AlignmentFlag.AlignTop)
        grid.addWidget(self.editor, 0, 1)
        grid.addWidget(self.wrong, 1, 1)
        grid.addWidget(self.quiet, 2, 1)
        grid.setColumnStretch(1, 1)
        self.label.setMinimumHeight(self.editor.sizeHint().height() if field.kind is not Kind.NOTE else 0)

    @property
    def wide(self) -> bool:
        """Whether it takes both columns."""
        return self.field.kind is Kind.NOTE

    def say(self, text: str) -> None:
        """Say what is wrong, or nothing."""
        self.wrong.setText(text)
        self.wrong.setVisible(bool(text))
        self.editor.set_wrong(bool(text))

    def whisper(self, text: str) -> None:
        """Say something quietly, or nothing."""
        self.quiet.setText(text)
        self.quiet.setVisible(bool(text))


class _Section(QWidget):
    """The fields of one group below its title."""

    def __init__(self, title: str, lines: list[_Line]) -> None:
        super().__init__()
        self._lines = lines
        self._title = QLabel(_(title))
        self._title.setObjectName("groupTitle")
        self._title.setVisible(bool(title))
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(16)
        self._grid.setVerticalSpacing(_GAP)

    def arrange(self, columns: int) -> None:
        """Lay the fields out anew."""
        while self._grid.takeAt(0):
            pass
        self._grid.addWidget(self._title, 0, 0, 1, 2)
        row, place = 1, 0
        for line in self._lines:
            if place and (line.wide or place == columns):
                row, place = row + 1, 0
            self._grid.addWidget(line, row, place, 1, columns if line.wide else 1, Qt.AlignmentFlag.AlignTop)
            place = columns if line.wide else place + 1
        for column in range(2):
            self._grid.setColumnStretch(column, 1 if column < columns else 0)


def editor_for(workspace: Workspace, field: Field) -> LineEditor | NoteEditor | ChoiceEditor | ReferenceEditor:
    """The editor of a field's kind."""
    if field.kind is Kind.REFERENCE:
        return ReferenceEditor(workspace, LEDGERS.target(field))
    return plain_editor(field)


def _stored(value: Any) -> Any:
    return value.id if isinstance(value, Reference) else value
