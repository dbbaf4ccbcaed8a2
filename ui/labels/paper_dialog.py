"""A sheet of labels that is not in the list, described by its measures."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QDoubleSpinBox, QFormLayout, QLabel, QSpinBox, QWidget

from logistics_desktop.errors import UserError
from logistics_desktop.features.labels.sheets import Sheet, check_sheet
from logistics_desktop.i18n import N_, _
from ui.labels.numbers import number
from ui.labels.start_picker import StartPicker
from ui.spin_box import SpinBox

_MOST = 50


class PaperDialog(QDialog):
    """Asks for the measures of a sheet and shows what it looks like with them."""

    described = Signal(object)  # Sheet

    def __init__(self, sheet: Sheet, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(_(N_("Own paper")))
        self._numbers: dict[str, QDoubleSpinBox] = {}
        self._counts: dict[str, QSpinBox] = {}
        rows = QFormLayout(self)
        for name, label in (
            ("page_width", N_("Paper width")),
            ("page_height", N_("Paper height")),
            ("left", N_("Left edge to first label")),
            ("top", N_("Upper edge to first label")),
            ("width", N_("Label width")),
            ("height", N_("Label height")),
            ("pitch_x", N_("From label to label across")),
            ("pitch_y", N_("From label to label down")),
        ):
            self._numbers[name] = field = number(0, 1000)
            field.setValue(getattr(sheet, name))
            field.valueChanged.connect(self._show)
            rows.addRow(_(label), field)
        for name, label in (("columns", N_("Labels across")), ("rows", N_("Labels down"))):
            self._counts[name] = count = SpinBox(minimum=1, maximum=_MOST)
            count.setValue(getattr(sheet, name))
            count.valueChanged.connect(self._show)
            rows.addRow(_(label), count)
        self.picture = StartPicker(sheet)
        self.picture.setEnabled(False)
        rows.addRow(self.picture)
        self.problem = QLabel(wordWrap=True)
        self.problem.setObjectName("problem")
        rows.addRow(self.problem)
        self.buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel)
        self.buttons.accepted.connect(self.accept)
        self.buttons.rejected.connect(self.reject)
        rows.addRow(self.buttons)
        self._show()

    def sheet(self) -> Sheet:
        """The paper as it is described just now."""
        measure = {name: field.value() for name, field in self._numbers.items()}
        return Sheet(
            _(N_("Own paper")),
            columns=self._counts["columns"].value(),
            rows=self._counts["rows"].value(),
            **measure,
        )

    def set_measure(self, name: str, value: float) -> None:
        """Type a measure."""
        self._numbers[name].setValue(value)

    def accept(self) -> None:
        """Take the paper."""
        self.described.emit(self.sheet())
        super().accept()

    def _show(self) -> None:
        try:
            check_sheet(self.sheet())
            said = ""
        except UserError as problem:
            said = str(problem)
        self.problem.setText(said)
        self.buttons.button(QDialogButtonBox.StandardButton.Ok).setEnabled(not said)
        if not said:
            self.picture.show_sheet(self.sheet(), 1)
