"""How the scanner of this PC is set up, with a field to try it."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QFormLayout, QLabel, QLineEdit, QWidget

from logistics_desktop.i18n import N_, _
from logistics_desktop.scanning import GAP_MS, LEAST, LONGEST_MARK, Scanner
from ui.spin_box import SpinBox


class ScannerDialog(QDialog):
    """Asks for prefix and suffix, and how fast and how long a scan is."""

    chosen = Signal(object)  # Scanner

    def __init__(self, setup: Scanner, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(_(N_("Scanner")))
        self.prefix = QLineEdit(setup.prefix, maxLength=LONGEST_MARK)
        self.suffix = QLineEdit(setup.suffix, maxLength=LONGEST_MARK)
        self.gap = SpinBox(minimum=GAP_MS[0], maximum=GAP_MS[1], suffix=_(N_(" ms")))
        self.least = SpinBox(minimum=LEAST[0], maximum=LEAST[1], suffix=_(N_(" characters")))
        self.gap.setValue(setup.gap_ms)
        self.least.setValue(setup.least)
        said = _(
            N_(
                "A scanner that types its codes and ends them with Enter or Tab needs no setting. With a prefix that "
                "nobody types, such as ~, it finds a row even while you type into a field."
            )
        )
        rows = QFormLayout(self)
        rows.addRow(QLabel(said, wordWrap=True))
        rows.addRow(_(N_("Prefix")), self.prefix)
        rows.addRow(_(N_("Suffix")), self.suffix)
        rows.addRow(_(N_("Longest pause between two characters")), self.gap)
        rows.addRow(_(N_("Shortest code")), self.least)
        self.trial = _Trial(placeholderText=_(N_("Scan here to see what the scanner types")))
        rows.addRow(_(N_("Try it")), self.trial)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        rows.addRow(buttons)

    def accept(self) -> None:
        """Take the set-up."""
        self.chosen.emit(Scanner(self.prefix.text(), self.suffix.text(), self.gap.value(), self.least.value()))
        super().accept()


class _Trial(QLineEdit):
    """The scanner's Enter ends a trial, not the dialog."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.selectAll()
        else:
            super().keyPressEvent(event)
