"""The paper that labels are printed on, and the first place on it that is left."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QPushButton, QVBoxLayout, QWidget

from logistics_desktop.errors import UserError
from logistics_desktop.features.labels.design import Design
from logistics_desktop.features.labels.sheets import SHEETS, Sheet, cut, roll
from logistics_desktop.i18n import N_, _
from ui.labels.paper_dialog import PaperDialog
from ui.labels.remembered import Remembered
from ui.labels.start_picker import StartPicker


class PaperChoice(QWidget):
    """Rolls, sheets to be cut, sheets of the makers, and one of the user's own."""

    changed = Signal()

    def __init__(self, remembered: Remembered, wanted: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._remembered = remembered
        self._wanted = wanted
        self._design: Design | None = None
        self._sheets: list[Sheet] = []
        self.choice = QComboBox()
        self.choice.setAccessibleName(_(N_("Paper")))
        self.own_button = QPushButton(_(N_("Own paper …")), autoDefault=False)
        self.picker = StartPicker(SHEETS[0])
        self.picker.setToolTip(_(N_("Click the first label that is left on a used sheet")))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        for widget in (self.choice, self.own_button, self.picker):
            column.addWidget(widget)
        self.choice.activated.connect(self._chosen)
        self.picker.picked.connect(lambda _place: self.changed.emit())
        self.own_button.clicked.connect(self.describe)

    def sheet(self) -> Sheet | None:
        """The chosen paper; None before there is a design."""
        at = self.choice.currentIndex()
        return self._sheets[at] if 0 <= at < len(self._sheets) else None

    def start(self) -> int:
        """The place of the first label, from 1."""
        return self.picker.start

    def offer(self, design: Design | None) -> None:
        """Offer the paper there is for a design, staying with what was chosen."""
        before, start = self.sheet(), self.start()
        if before is not None:
            self._wanted = before.name
        self._design = design
        self._sheets = _papers(design, self._remembered.paper()) if design is not None else []
        self.choice.clear()
        self.choice.addItems([_(sheet.name) for sheet in self._sheets])
        names = [sheet.name for sheet in self._sheets]
        self.choice.setCurrentIndex(names.index(self._wanted) if self._wanted in names else 0)
        self._show(start if before == self.sheet() else 1)

    def choose(self, name: str) -> None:
        """Choose a paper by its name."""
        self.choice.setCurrentIndex([sheet.name for sheet in self._sheets].index(name))
        self._chosen()

    def describe(self) -> PaperDialog:
        """Ask for the measures of the user's own paper."""
        dialog = PaperDialog(self._remembered.paper() or self.sheet() or SHEETS[0], self)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.described.connect(self._take)
        dialog.open()
        return dialog

    def _take(self, sheet: Sheet) -> None:
        self._remembered.keep_paper(sheet)
        self.offer(self._design)
        if self._sheets:
            self.choose(sheet.name)

    def _chosen(self) -> None:
        self._show(1)
        self.changed.emit()

    def _show(self, start: int) -> None:
        sheet = self.sheet()
        self.picker.setVisible(sheet is not None and sheet.places > 1)
        if sheet is not None:
            self.picker.show_sheet(sheet, start)


def _papers(design: Design, own: Sheet | None) -> list[Sheet]:
    return [roll(design), *_to_be_cut(design), *SHEETS, *([own] if own else [])]


def _to_be_cut(design: Design) -> list[Sheet]:
    """Nothing for a label larger than A4, which a roll may still have."""
    try:
        return [cut(design)]
    except UserError:
        return []
