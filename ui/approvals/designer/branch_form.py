"""A branch: its name, and the conditions on the fields of the form under which it is taken."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QFormLayout, QHBoxLayout, QLabel, QLineEdit, QPushButton, QVBoxLayout, QWidget

from logistics_desktop.errors import UserError
from logistics_desktop.features.approvals.definition import Branch, Condition
from logistics_desktop.features.approvals.described import OPERATORS, Known, operators
from logistics_desktop.i18n import N_, _
from ui.approvals.designer.value_input import ValueInput
from ui.theme import icon
from ui.workspace import Workspace

_WITHOUT_VALUE = ("empty", "filled")
_OF_SEVERAL = ("in", "not in")


class ConditionRow(QWidget):
    """Field, comparison, value; `changed` gives the condition as it is now, `removed` that it is to go."""

    changed = Signal(object)
    removed = Signal()
    failed = Signal(str)

    def __init__(self, workspace: Workspace, condition: Condition, known: Known) -> None:
        super().__init__()
        self._condition = condition
        self.field, self.op = QComboBox(), QComboBox()
        for key, field in known.fields.items():
            self.field.addItem(_(field.label), key)
        if condition.field not in known.fields:
            self.field.addItem(condition.field, condition.field)
        self.field.setCurrentIndex(self.field.findData(condition.field))
        shown = known.fields.get(condition.field)
        for op in operators(shown.type if shown else "text"):
            self.op.addItem(_(OPERATORS[op]), op)
        self.op.setCurrentIndex(max(self.op.findData(condition.op), 0))
        self._type = shown.type if shown is not None else None
        self.value: ValueInput | None = None
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.field, 2)
        row.addWidget(self.op, 2)
        if shown is not None and condition.op not in _WITHOUT_VALUE:
            self.value = ValueInput(workspace, shown, several=condition.op in _OF_SEVERAL)
            name = known.names.get((shown.type, condition.value), "") if isinstance(condition.value, int) else ""
            self.value.set_value(condition.value, name)
            self.value.changed.connect(self._say)
            row.addWidget(self.value, 3)
        remove = QPushButton(icon("delete"), "", autoDefault=False)
        remove.setAccessibleName(_(N_("Remove the condition")))
        remove.setToolTip(remove.accessibleName())
        remove.clicked.connect(self.removed)
        row.addWidget(remove)
        self.field.activated.connect(lambda _at: self.changed.emit(first_condition(known, self.field.currentData())))
        self.op.activated.connect(lambda _at: self._choose_op())

    def _choose_op(self) -> None:
        op = self.op.currentData()
        alike = (op in _OF_SEVERAL) == (self._condition.op in _OF_SEVERAL) and op not in _WITHOUT_VALUE
        value = self._condition.value if alike else None
        self.changed.emit(replace(self._condition, op=op, value=value, tree=self._tree(op)))

    def _say(self) -> None:
        assert self.value is not None
        try:
            value = self.value.value()
        except UserError as error:
            self.failed.emit(str(error))
            return
        if value != self._condition.value:
            self.changed.emit(replace(self._condition, value=value, tree=self._tree(self._condition.op)))

    def _tree(self, op: str) -> str | None:
        return self._type if op == "below" else None


class BranchForm(QWidget):
    """`changed` gives the branch as it is now."""

    changed = Signal(object)

    def __init__(self, workspace: Workspace) -> None:
        super().__init__()
        self._workspace = workspace
        self._branch: Branch | None = None
        self._known: Known | None = None
        self.rows: list[ConditionRow] = []
        self.name = QLineEdit(maxLength=200)
        self.add = QPushButton(icon("add"), _(N_("Add a condition")), autoDefault=False)
        self.hint = QLabel(wordWrap=True)
        self.hint.setObjectName("hint")
        self.said = QLabel(wordWrap=True)
        self.said.setObjectName("bad")
        heading = QLabel(_(N_("Taken when all of this holds")))
        heading.setObjectName("groupTitle")
        form = QFormLayout()
        form.addRow(_(N_("Name of the branch")), self.name)
        self.conditions = QVBoxLayout()
        column = QVBoxLayout(self)
        column.addLayout(form)
        column.addWidget(heading)
        column.addLayout(self.conditions)
        column.addWidget(self.add)
        column.addWidget(self.hint)
        column.addWidget(self.said)
        column.addStretch()
        self.name.editingFinished.connect(self._say_name)
        self.add.clicked.connect(self._add)

    def show_branch(self, branch: Branch, known: Known) -> None:
        """Show a branch."""
        self._branch, self._known = None, known
        self.name.setText(branch.name)
        self.said.clear()
        for row in self.rows:
            self.conditions.removeWidget(row)
            row.hide()
            row.deleteLater()
        self.rows = [ConditionRow(self._workspace, one, known) for one in branch.when]
        for at, row in enumerate(self.rows):
            row.changed.connect(partial(self._change, at))
            row.removed.connect(partial(self._remove, at))
            row.failed.connect(self.said.setText)
            self.conditions.addWidget(row)
        self.hint.setText(
            "" if branch.when else _(N_("Without conditions it takes all that come to it. Make it the last."))
        )
        self._branch = branch

    def _add(self) -> None:
        if self._branch is not None and self._known is not None and self._known.fields:
            self._say_when((*self._branch.when, first_condition(self._known, next(iter(self._known.fields)))))

    def _change(self, at: int, condition: Condition) -> None:
        if self._branch is not None:
            when = self._branch.when
            self._say_when((*when[:at], condition, *when[at + 1 :]))

    def _remove(self, at: int) -> None:
        if self._branch is not None:
            self._say_when((*self._branch.when[:at], *self._branch.when[at + 1 :]))

    def _say_when(self, when: tuple[Condition, ...]) -> None:
        self._say(replace(self._branch, when=when) if self._branch is not None else None)

    def _say_name(self) -> None:
        self._say(replace(self._branch, name=self.name.text().strip()) if self._branch is not None else None)

    def _say(self, changed: Branch | None) -> None:
        if changed is not None and changed != self._branch:
            self.changed.emit(changed)


def first_condition(known: Known, key: str) -> Condition:
    """A condition on a field to begin with."""
    field = known.fields[key]
    value = True if field.type == "flag" else None
    return Condition(key, operators(field.type)[0], value)
