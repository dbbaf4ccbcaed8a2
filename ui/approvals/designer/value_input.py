"""An input for the value of a field of a form, as its type wants it; used by conditions and by the dry run."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QDate, Signal
from PySide6.QtWidgets import QCheckBox, QDateEdit, QHBoxLayout, QLineEdit, QWidget

from logistics_desktop.errors import UserError
from logistics_desktop.features.approvals.routes import FormField
from logistics_desktop.i18n import N_, _
from logistics_desktop.ledger.fields import Reference
from logistics_desktop.ledgers import LEDGERS
from ui.ledger.reference_editor import ReferenceEditor
from ui.workspace import Workspace

_LEDGERS = {"staff": "staff", "department": "departments", "location": "locations", "asset_class": "classes"}


class ValueInput(QWidget):
    """`value` gives what the database compares: a number, a text, a day as text, a flag, or the number of a row."""

    changed = Signal()

    def __init__(self, workspace: Workspace, field: FormField, *, several: bool = False) -> None:
        super().__init__()
        self._field = field
        self._several = several
        self.input = self._make(workspace)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.input)
        self.setFocusProxy(self.input)

    def value(self) -> Any:
        """The value, None where nothing is filled in. Raises `UserError` where the text is none."""
        if isinstance(self.input, QCheckBox):
            return self.input.isChecked()
        if isinstance(self.input, QDateEdit):
            return self.input.date().toString("yyyy-MM-dd")
        if isinstance(self.input, ReferenceEditor):
            return self.input.value()
        said = self.input.text().strip()
        if self._several:
            return [part.strip() for part in said.replace("，", ",").replace("、", ",").split(",") if part.strip()]
        return _number(said) if self._field.type == "number" else said or None

    def set_value(self, value: Any, name: str = "") -> None:
        """Show a value; `name` is what the row is called that it points to."""
        if isinstance(self.input, QCheckBox):
            self.input.setChecked(bool(value))
        elif isinstance(self.input, QDateEdit):
            self.input.setDate(QDate.fromString(str(value), "yyyy-MM-dd"))
        elif isinstance(self.input, ReferenceEditor):
            self.input.set_value(Reference(value, name) if value is not None else None)
        elif self._several:
            self.input.setText(", ".join(str(each) for each in value or ()))
        else:
            self.input.setText("" if value is None else str(value))

    def _make(self, workspace: Workspace) -> QCheckBox | QDateEdit | ReferenceEditor | QLineEdit:
        kind = self._field.type
        if kind == "flag":
            box = QCheckBox(_(N_("yes")))
            box.toggled.connect(lambda _on: self.changed.emit())
            return box
        if kind == "date":
            day = QDateEdit(date=QDate.currentDate())
            day.setCalendarPopup(True)
            day.setDisplayFormat("yyyy-MM-dd")
            day.dateChanged.connect(lambda _day: self.changed.emit())
            return day
        if kind in _LEDGERS:
            row = ReferenceEditor(workspace, LEDGERS[_LEDGERS[kind]])
            row.left.connect(self.changed)
            return row
        line = QLineEdit()
        if self._several:
            line.setPlaceholderText(_(N_("values, separated by commas")))
        line.editingFinished.connect(self.changed)
        return line


def _number(said: str) -> int | float | None:
    """A number as JSON has it; its text is what counts, so nothing is lost."""
    if not said:
        return None
    try:
        return int(said) if said.lstrip("-").isdigit() else float(said.replace(",", ""))
    except ValueError as error:
        raise UserError(N_("“{text}” is not a number."), text=said) from error
