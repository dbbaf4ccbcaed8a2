"""Correcting a printer by a page that one prints and measures."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QFormLayout, QLabel, QPushButton, QWidget

from logistics_desktop.errors import UserError
from logistics_desktop.features.labels.printers import (
    MOST_OFFSET,
    Adjustment,
    Calibration,
    Measured,
    calibrated,
    check_adjustment,
)
from logistics_desktop.i18n import N_, _
from ui.labels.numbers import number


class Adjusting(QDialog):
    """Shows the correction of a printer, prints the calibration page, and works the correction out."""

    adjusted = Signal(object)  # Adjustment

    def __init__(
        self,
        printer: str,
        page: Calibration,
        before: Adjustment,
        print_page: Callable[[Adjustment], object],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(_(N_("Adjust “{printer}”"), printer=printer))
        self._page = page
        self._printed_with = before
        self._print_page = print_page
        self.across, self.down = number(0, 500), number(0, 500)
        self.left, self.top = number(-MOST_OFFSET, 100), number(-MOST_OFFSET, 100)
        self.offset_x, self.offset_y = number(-MOST_OFFSET, MOST_OFFSET), number(-MOST_OFFSET, MOST_OFFSET)
        self.stretch_x, self.stretch_y = number(90, 110, " %", 0.1, 3), number(90, 110, " %", 0.1, 3)
        self.problem = QLabel(wordWrap=True)
        self.problem.setObjectName("problem")
        self._lay_out()
        self._show(before)
        for field, value in (
            (self.across, page.across),
            (self.down, page.down),
            (self.left, page.corner),
            (self.top, page.corner),
        ):
            field.setValue(value)
            field.valueChanged.connect(self._measure)

    def adjustment(self) -> Adjustment:
        """The correction as it is just now."""
        return Adjustment(
            self.offset_x.value(), self.offset_y.value(), self.stretch_x.value() / 100, self.stretch_y.value() / 100
        )

    def accept(self) -> None:
        """Take the correction."""
        try:
            check_adjustment(self.adjustment())
        except UserError as problem:
            self.problem.setText(str(problem))
            return
        self.adjusted.emit(self.adjustment())
        super().accept()

    def _lay_out(self) -> None:
        rows = QFormLayout(self)
        said = _(
            N_(
                "Print the calibration page without “fit to page”, measure it with a ruler, and enter what you find. "
                "The lines should be {across} and {down} mm long, and the cross {corner} mm from both edges."
            ),
            across=f"{self._page.across:g}",
            down=f"{self._page.down:g}",
            corner=f"{self._page.corner:g}",
        )
        rows.addRow(QLabel(said, wordWrap=True))
        self.print_button = QPushButton(_(N_("Print the calibration page")))
        self.print_button.setAutoDefault(False)
        self.print_button.clicked.connect(self._print)
        rows.addRow(self.print_button)
        rows.addRow(_(N_("Line across, measured")), self.across)
        rows.addRow(_(N_("Line down, measured")), self.down)
        rows.addRow(_(N_("Cross from the left edge, measured")), self.left)
        rows.addRow(_(N_("Cross from the upper edge, measured")), self.top)
        rows.addRow(_(N_("Move to the right by")), self.offset_x)
        rows.addRow(_(N_("Move down by")), self.offset_y)
        rows.addRow(_(N_("Stretch across to")), self.stretch_x)
        rows.addRow(_(N_("Stretch down to")), self.stretch_y)
        rows.addRow(self.problem)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        rows.addRow(buttons)

    def _print(self) -> None:
        self._printed_with = self.adjustment()
        self._print_page(self._printed_with)

    def _measure(self) -> None:
        found = Measured(self.across.value(), self.down.value(), self.left.value(), self.top.value())
        try:
            self._show(calibrated(self._printed_with, self._page, found))
            self.problem.clear()
        except UserError as problem:
            self.problem.setText(str(problem))

    def _show(self, found: Adjustment) -> None:
        for field, value in (
            (self.offset_x, found.offset_x),
            (self.offset_y, found.offset_y),
            (self.stretch_x, found.stretch_x * 100),
            (self.stretch_y, found.stretch_y * 100),
        ):
            with QSignalBlocker(field):
                field.setValue(value)
