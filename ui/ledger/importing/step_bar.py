"""Where in the import one is."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QFrame, QHBoxLayout, QLabel, QToolButton, QWidget

from logistics_desktop.i18n import N_, _
from ui.ledger.importing.course import Stage

STEPS: Mapping[Stage, str] = {
    Stage.FILE: N_("File"),
    Stage.COLUMNS: N_("Columns"),
    Stage.CHECK: N_("Check"),
    Stage.DONE: N_("Done"),
}


class StepBar(QFrame):
    """The steps side by side; those that can be gone to are buttons."""

    chosen = Signal(Stage)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("steps")
        row = QHBoxLayout(self)
        row.setContentsMargins(10, 6, 10, 6)
        row.setSpacing(2)
        group = QButtonGroup(self)
        self.buttons: dict[Stage, QToolButton] = {}
        for stage, name in STEPS.items():
            if stage:
                arrow = QLabel("›")
                arrow.setObjectName("hint")
                row.addWidget(arrow)
            button = QToolButton()
            button.setCheckable(True)
            button.setText(f"{stage + 1}  {_(name)}")
            button.setObjectName("step")
            button.clicked.connect(lambda _checked, stage=stage: self.chosen.emit(stage))
            group.addButton(button)
            row.addWidget(button)
            self.buttons[stage] = button
        row.addStretch(1)
        self.about = QLabel()
        self.about.setObjectName("hint")
        row.addWidget(self.about)

    def show_stage(self, current: Stage, reachable: frozenset[Stage]) -> None:
        """Mark the step that one is at, and let go to those that are `reachable`."""
        for stage, button in self.buttons.items():
            button.setChecked(stage is current)
            button.setEnabled(stage is current or stage in reachable)
