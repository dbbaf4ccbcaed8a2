"""What the user wants changed in many rows: a field and what becomes of it, or what is found and replaced."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QFormLayout, QLineEdit, QWidget

from logistics_desktop.errors import UserError
from logistics_desktop.i18n import N_, _
from logistics_desktop.ledger import kinds
from logistics_desktop.ledger.entity import Entity
from logistics_desktop.ledger.fields import TEXTS, Field, Kind
from logistics_desktop.ledger.many import Add, Change, Give, Replace, Swap, can_add
from ui.ledger.form import editor_for
from ui.workspace import Workspace

_GIVE, _CLEAR, _ADD = range(3)


class FieldBox(QComboBox):
    """One of the fields of a ledger."""

    def __init__(self, entity: Entity, key: str) -> None:
        super().__init__()
        self._fields = entity.fields
        for field in entity:
            self.addItem(_(field.label))
        self.setMaxVisibleItems(24)
        self.setCurrentIndex([field.key for field in entity].index(key))

    def field(self) -> Field:
        """The field chosen."""
        return self._fields[self.currentIndex()]


class ChangeInputs(QWidget):
    """A field, what is done with it, and the value."""

    changed = Signal()

    def __init__(self, workspace: Workspace, entity: Entity, key: str) -> None:
        super().__init__()
        self._workspace = workspace
        self.field = FieldBox(entity, key)
        self.action = QComboBox()
        self.value: Any = QWidget()
        self._form = QFormLayout(self)
        self._form.setContentsMargins(0, 0, 0, 0)
        self._form.addRow(_(N_("Column")), self.field)
        self._form.addRow(_(N_("Change")), self.action)
        self._form.addRow(_(N_("New value")), self.value)
        self.field.currentIndexChanged.connect(lambda _at: self._take_field())
        self.action.currentIndexChanged.connect(lambda _at: self._take_action())
        self._take_field()

    def change(self) -> Change:
        """What is wanted. Raises UserError where the value is none."""
        field = self.field.field()
        action = self.action.currentData()
        if action == _ADD:
            return Add(field.key, _amount(field, self.value.text()))
        if action == _CLEAR:
            return Give(field.key, None)
        value = self.value.value()
        if value is None:
            raise UserError(N_("Type the new value, or choose “Clear”."))
        return Give(field.key, value)

    def fill(self, *texts: str) -> None:
        """Write the value as the user does."""
        (text,) = texts
        self.value.setText(text)
        self.changed.emit()

    def _take_field(self) -> None:
        field = self.field.field()
        self.action.blockSignals(True)
        self.action.clear()
        self.action.addItem(_(N_("Set to")), _GIVE)
        if field.nullable:
            self.action.addItem(_(N_("Clear")), _CLEAR)
        if can_add(field):
            self.action.addItem(_adding(field), _ADD)
        self.action.blockSignals(False)
        self._take_action()

    def _take_action(self) -> None:
        field, action = self.field.field(), self.action.currentData()
        if action == _ADD:
            value: Any = QLineEdit()
            value.textEdited.connect(self.changed)
        else:
            value = editor_for(self._workspace, field)
            value.changed.connect(self.changed)
            value.setEnabled(action == _GIVE)
        self._form.removeRow(self._form.rowCount() - 1)
        self.value = value
        self._form.addRow(_(N_("New value")), value)
        self.changed.emit()


class ReplaceInputs(QWidget):
    """A column, what is looked for in it, and what it becomes."""

    changed = Signal()

    def __init__(self, workspace: Workspace, entity: Entity, key: str) -> None:
        super().__init__()
        self._workspace = workspace
        self.field = FieldBox(entity, key)
        self.find: Any = QWidget()
        self.new: Any = QWidget()
        self.whole = QCheckBox(_(N_("Whole cells only")))
        self.case = QCheckBox(_(N_("Capital and small letters differ")))
        self._form = QFormLayout(self)
        self._form.setContentsMargins(0, 0, 0, 0)
        self._form.addRow(_(N_("Column")), self.field)
        self._form.addRow("", self.whole)
        self._form.addRow("", self.case)
        self._form.addRow(_(N_("Find")), self.find)
        self._form.addRow(_(N_("Replace by")), self.new)
        self.field.currentIndexChanged.connect(lambda _at: self._take_field())
        self.whole.toggled.connect(lambda _on: self.changed.emit())
        self.case.toggled.connect(lambda _on: self.changed.emit())
        self._take_field()

    def change(self) -> Change:
        """What is wanted. Raises UserError where a value is none."""
        field = self.field.field()
        if field.kind in TEXTS:
            find, new = self.find.text(), self.new.text()
            return Replace(field.key, find, new, self.whole.isChecked(), self.case.isChecked())
        return Swap(field.key, self.find.value(), self.new.value())

    def fill(self, *texts: str) -> None:
        """Write what is found, and what it becomes, as the user does."""
        find, new = texts
        self.find.setText(find)
        self.new.setText(new)
        self.changed.emit()

    def _take_field(self) -> None:
        field = self.field.field()
        texts = field.kind in TEXTS
        self.whole.setVisible(texts)
        self.case.setVisible(texts)
        for _row in range(2):
            self._form.removeRow(self._form.rowCount() - 1)
        self.find, self.new = (self._editor(field, texts) for _end in range(2))
        self._form.addRow(_(N_("Find")), self.find)
        self._form.addRow(_(N_("Replace by")), self.new)
        self.changed.emit()

    def _editor(self, field: Field, texts: bool) -> QWidget:
        if texts:
            line = QLineEdit()
            line.textEdited.connect(self.changed)
            return line
        editor = editor_for(self._workspace, field)
        editor.changed.connect(self.changed)
        return editor


def _adding(field: Field) -> str:
    if field.kind in TEXTS:
        return _(N_("Add at the end"))
    return _(N_("Add days")) if field.kind is Kind.DATE else _(N_("Add (a minus takes away)"))


def _amount(field: Field, text: str) -> Any:
    if field.kind in TEXTS:
        return text
    if field.kind is not Kind.DATE:
        return kinds.parse(field, text)
    try:
        return int(text)
    except ValueError:
        raise UserError(N_("“{text}” is no number of days."), text=text) from None
