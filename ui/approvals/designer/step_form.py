"""A step or a copy: its name, who, how several sign, how long it may take."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListWidget,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from logistics_desktop.features.approvals import described
from logistics_desktop.features.approvals.definition import Approver, Copy, Step
from logistics_desktop.features.approvals.described import Known
from logistics_desktop.features.approvals.words import MODES
from logistics_desktop.i18n import N_, _
from ui.approvals.designer.approver_form import ApproverForm
from ui.spin_box import SpinBox
from ui.theme import icon
from ui.workspace import Workspace

_MOST_HOURS = 9999
_LATE: Mapping[str, str] = {
    "remind": N_("they are reminded"),
    "administrator": N_("the administrator of the route gets it"),
}


class StepForm(QWidget):
    """`changed` gives the step or copy as it is now."""

    changed = Signal(object)

    def __init__(self, workspace: Workspace) -> None:
        super().__init__()
        self._step: Step | Copy | None = None
        self._known: Known | None = None
        self.name = QLineEdit(maxLength=200)
        self.list = QListWidget()
        self.list.setAccessibleName(_(N_("Approvers")))
        self.list.setMaximumHeight(96)
        self.add = QPushButton(icon("add"), _(N_("Another one")), autoDefault=False)
        self.remove = QPushButton(icon("delete"), _(N_("Remove")), autoDefault=False)
        self.approver = ApproverForm(workspace)
        self.mode, self.late = QComboBox(), QComboBox()
        for box, texts in ((self.mode, {key: MODES[key] for key in ("any", "all", "turn")}), (self.late, _LATE)):
            box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
            for key, text in texts.items():
                box.addItem(_(text), key)
        self.hours = SpinBox(maximum=_MOST_HOURS, suffix=_(N_(" h")))
        self.hours.setSpecialValueText(_(N_("no limit")))
        self.together = QCheckBox(_(N_("Several cases may be decided at once")))
        self._lay_out()
        self._connect()

    def show_step(self, step: Step | Copy, known: Known) -> None:
        """Show a step or a copy."""
        same = self._step is not None and self._step.key == step.key
        row = max(self.list.currentRow(), 0) if same else 0
        self._step, self._known = None, known  # nothing is said while it is filled
        self.name.setText(step.name)
        self.list.clear()
        self.list.addItems([described.approver(one, known) for one in step.approvers])
        signs = isinstance(step, Step)
        for widget in (self.mode, self.hours, self.late, self.together):
            self.form.setRowVisible(widget, signs)
        if isinstance(step, Step):
            self.mode.setCurrentIndex(self.mode.findData(step.mode))
            self.hours.setValue(step.hours or 0)
            self.late.setCurrentIndex(self.late.findData(step.late))
            self.late.setEnabled(step.hours is not None)
            self.together.setChecked(step.together)
        self._step = step
        self.list.setCurrentRow(min(row, len(step.approvers) - 1))
        self._show_approver()

    def _show_approver(self) -> None:
        row, step = self.list.currentRow(), self._step
        there = step is not None and self._known is not None and 0 <= row < len(step.approvers)
        self.approver.setVisible(there)
        self.remove.setEnabled(there)
        if there and step is not None and self._known is not None:
            self.approver.show_approver(step.approvers[row], self._known)

    def _add(self) -> None:
        if self._step is not None:
            self._say(replace(self._step, approvers=(*self._step.approvers, Approver("head"))))
            self.list.setCurrentRow(self.list.count() - 1)

    def _remove(self) -> None:
        row = self.list.currentRow()
        if self._step is not None and row >= 0:
            self._say_approvers(row)

    def _change_approver(self, one: Approver) -> None:
        row = self.list.currentRow()
        if self._step is not None and row >= 0:
            self._say_approvers(row, one)

    def _say(self, changed: Step | Copy) -> None:
        if changed != self._step:
            self.changed.emit(changed)

    def _say_approvers(self, row: int, *instead: Approver) -> None:
        if self._step is not None:
            kept = self._step.approvers
            self._say(replace(self._step, approvers=(*kept[:row], *instead, *kept[row + 1 :])))

    def _say_name(self) -> None:
        if self._step is not None:
            self._say(replace(self._step, name=self.name.text().strip()))

    def _say_sizes(self) -> None:
        if isinstance(self._step, Step):
            changed = replace(
                self._step,
                mode=self.mode.currentData(),
                hours=self.hours.value() or None,
                late=self.late.currentData(),
                together=self.together.isChecked(),
            )
            self._say(changed)

    def _connect(self) -> None:
        self.name.editingFinished.connect(self._say_name)
        self.list.currentRowChanged.connect(lambda _row: self._show_approver())
        self.add.clicked.connect(self._add)
        self.remove.clicked.connect(self._remove)
        self.approver.changed.connect(self._change_approver)
        for box in (self.mode, self.late):
            box.activated.connect(lambda _at: self._say_sizes())
        self.hours.valueChanged.connect(lambda _value: self._say_sizes())
        self.together.toggled.connect(lambda _on: self._say_sizes())

    def _lay_out(self) -> None:
        buttons = QHBoxLayout()
        buttons.addWidget(self.add)
        buttons.addWidget(self.remove)
        buttons.addStretch()
        self.form = QFormLayout()
        self.form.addRow(_(N_("Name of the step")), self.name)
        heading = QLabel(_(N_("Who signs, or gets it")))
        heading.setObjectName("groupTitle")
        self.form.addRow(heading)
        self.form.addRow(self.list)
        self.form.addRow(buttons)
        self.form.addRow(self.approver)
        self.form.addRow(_(N_("If they are several")), self.mode)
        self.form.addRow(_(N_("Late after")), self.hours)
        self.form.addRow(_(N_("Then")), self.late)
        self.form.addRow(self.together)
        column = QVBoxLayout(self)
        column.addLayout(self.form)
        column.addStretch()
