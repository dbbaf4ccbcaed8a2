"""The settings of a whole route: who administers it, and what holds for every step."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QFormLayout, QLabel, QLineEdit, QVBoxLayout, QWidget

from logistics_desktop.features.approvals.definition import Approver, Definition
from logistics_desktop.features.approvals.described import Known
from logistics_desktop.i18n import N_, _
from ui.approvals.designer.approver_form import ApproverForm
from ui.spin_box import SpinBox
from ui.workspace import Workspace

_CHOICES: Mapping[str, Mapping[str, str]] = {
    "resubmit": {"all": N_("through every step again"), "back": N_("straight back to whoever returned it")},
    "own": {"next_head": N_("the next head up signs"), "skip": N_("the step is left out")},
    "same_person": {"once": N_("they sign once"), "each": N_("they sign each time")},
}
_TITLES = {
    "resubmit": N_("After a return"),
    "own": N_("Own requests"),
    "same_person": N_("The same person twice in a row"),
}
_MOST_MINUTES = 99_999


class SettingsForm(QWidget):
    """`changed` gives the route as it is now, `renamed` its name."""

    changed = Signal(object)
    renamed = Signal(str)

    def __init__(self, workspace: Workspace) -> None:
        super().__init__()
        self._route: Definition | None = None
        self.name = QLineEdit(maxLength=200)
        self.administrator = ApproverForm(workspace, ("post", "person"))
        self.choices = {key: QComboBox() for key in _CHOICES}
        for key, box in self.choices.items():
            box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
            for value, text in _CHOICES[key].items():
                box.addItem(_(text), value)
            box.activated.connect(lambda _at: self._say())
        self.urge = SpinBox(maximum=_MOST_MINUTES, suffix=_(N_(" min")))
        form = QFormLayout(rowWrapPolicy=QFormLayout.RowWrapPolicy.WrapAllRows)  # the panel is narrow
        form.addRow(_(N_("Name of the route")), self.name)
        for key, box in self.choices.items():
            form.addRow(_(_TITLES[key]), box)
        form.addRow(_(N_("Between two urgings")), self.urge)
        heading = QLabel(_(N_("Administrator of the route")))
        heading.setObjectName("groupTitle")
        hint = QLabel(_(N_("Gets what finds nobody else, and what is late where a step says so.")), wordWrap=True)
        hint.setObjectName("hint")
        column = QVBoxLayout(self)
        column.addLayout(form)
        for widget in (heading, hint, self.administrator):
            column.addWidget(widget)
        column.addStretch()
        self.name.editingFinished.connect(lambda: self.renamed.emit(self.name.text().strip()))
        self.administrator.changed.connect(lambda _one: self._say())
        self.urge.valueChanged.connect(lambda _value: self._say())

    def show_route(self, name: str, route: Definition, known: Known) -> None:
        """Show the settings of a route."""
        self._route = None
        self.name.setText(name)
        for key, box in self.choices.items():
            box.setCurrentIndex(box.findData(getattr(route, key)))
        self.urge.setValue(route.urge_minutes)
        self.administrator.show_approver(route.administrator or Approver("post"), known)
        self._route = route

    def _say(self) -> None:
        if self._route is None:
            return
        chosen = {key: box.currentData() for key, box in self.choices.items()}
        administrator = self.administrator.approver()
        changed = replace(self._route, administrator=administrator, urge_minutes=self.urge.value(), **chosen)
        if changed != self._route:
            self.changed.emit(changed)
