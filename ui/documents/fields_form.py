"""A form made from the fields of a document or of its lines; what is typed becomes what is stored."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from functools import partial
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QLabel, QVBoxLayout, QWidget

from logistics_desktop.errors import FieldErrors, UserError
from logistics_desktop.features.assets.asset_ledger import ASSETS
from logistics_desktop.features.documents.kinds import DocumentField
from logistics_desktop.features.documents.words import CHOICES
from logistics_desktop.i18n import N_, _
from logistics_desktop.ledger.fields import Choice, Field, Kind, Reference
from logistics_desktop.ledgers import LEDGERS
from ui.ledger.editors import ChoiceEditor, LineEditor, NoteEditor, plain_editor
from ui.ledger.reference_editor import ReferenceEditor
from ui.workspace import Workspace

_LEDGERS = {"staff": "staff", "department": "departments", "location": "locations"}
_YES_NO = {True: Choice(N_("Yes")), False: Choice(N_("No"))}
_NOTE_HIGH = 52  # pixels

DocumentEditor = LineEditor | NoteEditor | ChoiceEditor | ReferenceEditor


class FieldsForm(QWidget):
    """Two columns of fields, errors below each. `changed` tells the key of what was typed."""

    changed = Signal(str)

    def __init__(self, workspace: Workspace, fields: Sequence[DocumentField], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._fields = {field.key: field for field in fields}
        self.editors = {field.key: _editor(workspace, field) for field in fields}
        self._wrong = {field.key: QLabel(wordWrap=True) for field in fields}
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(4)
        for column in (1, 3):
            grid.setColumnStretch(column, 1)
        self._lay_out(grid)
        for key, editor in self.editors.items():
            editor.changed.connect(partial(self._typed, key))

    def show_values(self, values: Mapping[str, Any], texts: Mapping[str, str]) -> None:
        """Show what is stored; `texts` has the names of what is referred to."""
        for key in self.editors:
            self.show_one(key, values.get(key), texts.get(key, ""))

    def show_one(self, key: str, value: Any, text: str) -> None:
        """Show what is stored for one field."""
        editor = self.editors[key]
        editor.blockSignals(True)
        editor.set_value(_shown(self._fields[key], value, text))
        editor.blockSignals(False)
        self.say(key, "")

    def values(self) -> dict[str, Any]:
        """Everything that can be read, as it is stored; what cannot is said below its field and left as None."""
        read = {}
        for key in self.editors:
            try:
                read[key] = self.value(key)
            except UserError as error:
                read[key] = None
                if not self.editors[key].hasFocus():
                    self.say(key, str(error))
            else:
                self.say(key, "")
        return read

    def value(self, key: str) -> Any:
        """What is stored for a field. Raises `UserError` where what was typed means nothing."""
        value = self.editors[key].value()
        return str(value) if isinstance(value, date | Decimal) else value

    def check(self) -> None:
        """Raise `FieldErrors` for what cannot be read, saying it below the fields."""
        wrong = {}
        for key in self.editors:
            try:
                self.value(key)
            except UserError as error:
                wrong[key] = error
        if wrong:
            self.say_all(wrong)
            raise FieldErrors(wrong)

    def say_all(self, errors: Mapping[str, UserError]) -> None:
        """Say what is wrong below the fields, and go to the first."""
        for key in self.editors:
            self.say(key, str(errors[key]) if key in errors else "")
        first = next((key for key in self.editors if key in errors), None)
        if first is not None:
            self.editors[first].setFocus()

    def say(self, key: str, text: str) -> None:
        """Say what is wrong with a field, or nothing."""
        self._wrong[key].setText(text)
        self._wrong[key].setVisible(bool(text))
        self.editors[key].set_wrong(bool(text))

    def said(self, key: str) -> str:
        """What is said below a field."""
        return self._wrong[key].text()

    def _typed(self, key: str) -> None:
        self.say(key, "")
        self.changed.emit(key)

    def _lay_out(self, grid: QGridLayout) -> None:
        row, column = 0, 0
        for key, field in self._fields.items():
            wide = field.type == "note"
            if column and wide:
                row, column = row + 1, 0
            text = _(field.label) + (" *" if field.required else "")
            label = QLabel(text)
            label.setBuddy(self.editors[key])
            grid.addWidget(label, row, column)
            grid.addWidget(self._with_error(key), row, column + 1, 1, 3 if wide else 1)
            column = 0 if wide or column else 2
            row += column == 0

    def _with_error(self, key: str) -> QWidget:
        place = QWidget()
        column = QVBoxLayout(place)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(1)
        editor = self.editors[key]
        editor.setAccessibleName(_(self._fields[key].label))
        column.addWidget(editor)
        self._wrong[key].setObjectName("bad")
        self._wrong[key].hide()
        column.addWidget(self._wrong[key])
        return place


def _editor(workspace: Workspace, field: DocumentField) -> DocumentEditor:
    if field.type in _LEDGERS:
        return ReferenceEditor(workspace, LEDGERS[_LEDGERS[field.type]])
    editor = plain_editor(_like(field))
    if isinstance(editor, NoteEditor):
        editor.setFixedHeight(_NOTE_HIGH)
    return editor


def _like(field: DocumentField) -> Field:
    """A field of the assets that is typed in the same way, called like this one."""
    like = {"number": "original_value", "date": "in_service_on", "note": "note"}.get(field.type, "specification")
    one = replace(ASSETS.by_key[like], label=field.label)
    match field.type:
        case "flag":
            return replace(one, as_kind=Kind.CHOICE, choices=_YES_NO)
        case "choice":
            return replace(one, as_kind=Kind.CHOICE, choices={key: Choice(CHOICES[key]) for key in field.choices})
    return one


def _shown(field: DocumentField, value: Any, text: str) -> Any:
    if value is None or value == "":
        return None
    if field.type in _LEDGERS:
        return Reference(int(value), text)
    if field.type == "number":
        return Decimal(value)
    return date.fromisoformat(value) if field.type == "date" else value
