"""The bars of the preview: the paper and what to do with it above, the pages below."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QProgressBar, QPushButton, QToolButton, QWidget

from logistics_desktop.i18n import N_, _
from logistics_desktop.jobs import Progress
from ui.spin_box import SpinBox
from ui.theme import icon

_FIT_PAGE, _FIT_WIDTH = 0.0, -1.0
_SCREEN_DPI = 96.0
_PROGRESS_WIDTH = 160


class PaperBar(QWidget):
    """Upright or across, where that is free, the options of what is printed, and the two ways out."""

    turned = Signal(bool)  # landscape
    print_wanted = Signal()
    pdf_wanted = Signal()

    def __init__(self, options: Sequence[tuple[str, QWidget]], landscape: bool | None) -> None:
        super().__init__()
        self.orientation = QComboBox()
        self.orientation.addItem(_(N_("A4 portrait")), False)
        self.orientation.addItem(_(N_("A4 landscape")), True)
        self.orientation.setCurrentIndex(int(bool(landscape)))
        self.print = QPushButton(icon("print"), _(N_("Print …")))
        self.print.setToolTip("Ctrl+P")
        self.pdf = QPushButton(icon("export"), _(N_("Save as PDF …")))
        self.pdf.setToolTip("Ctrl+S")
        for button in (self.print, self.pdf):
            button.setAutoDefault(False)  # Enter belongs to the number of the page
        row = QHBoxLayout(self)
        row.setContentsMargins(10, 8, 10, 8)
        paper = [] if landscape is None else [(_(N_("Paper")), self.orientation)]
        for label, widget in (*paper, *options):
            if label:
                row.addWidget(QLabel(label))
            row.addWidget(widget)
        row.addStretch()
        row.addWidget(self.pdf)
        row.addWidget(self.print)
        self.orientation.currentIndexChanged.connect(lambda _at: self.turned.emit(self.landscape()))
        self.print.clicked.connect(self.print_wanted)
        self.pdf.clicked.connect(self.pdf_wanted)

    def landscape(self) -> bool:
        """Whether the paper lies across."""
        return bool(self.orientation.currentData())

    def set_ready(self, ready: bool) -> None:
        """Whether there are pages to print."""
        self.print.setEnabled(ready)
        self.pdf.setEnabled(ready)


class PageBar(QWidget):
    """Which page is looked at, how large, and what is under way."""

    changed = Signal()
    stop_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.previous = _button("‹", _(N_("Previous page (PgUp)")))
        self.next = _button("›", _(N_("Next page (PgDown)")))
        self.spin = SpinBox()
        self.spin.setAccessibleName(_(N_("Page")))
        self.count = QLabel()
        self.zoom = QComboBox()
        self.zoom.setAccessibleName(_(N_("Size on the screen")))
        for text, value in (
            (_(N_("Whole page")), _FIT_PAGE),
            (_(N_("Page width")), _FIT_WIDTH),
            *((f"{percent}%", percent / 100) for percent in (75, 100, 150, 200)),
        ):
            self.zoom.addItem(text, value)
        self.progress = QProgressBar(textVisible=False)
        self.progress.setFixedWidth(_PROGRESS_WIDTH)
        self.doing = QLabel()
        self.stop = QToolButton()
        self.stop.setIcon(icon("stop"))
        self.stop.setToolTip(_(N_("Stop")))
        self.stop.setAccessibleName(_(N_("Stop")))
        row = QHBoxLayout(self)
        row.setContentsMargins(10, 6, 10, 6)
        for widget in (
            self.previous,
            self.spin,
            self.count,
            self.next,
            self.zoom,
            self.progress,
            self.stop,
            self.doing,
        ):
            row.addWidget(widget)
        row.addStretch()
        self.previous.clicked.connect(self.back)
        self.next.clicked.connect(self.forward)
        self.spin.valueChanged.connect(self._turned)
        self.zoom.currentIndexChanged.connect(self.changed)
        self.stop.clicked.connect(self.stop_wanted)
        self.show_progress(None)
        self.show_pages(0)

    def number(self) -> int:
        """The page that is looked at; the first is 0."""
        return max(self.spin.value() - 1, 0)

    def forward(self) -> None:
        """Go to the next page."""
        self.spin.stepUp()

    def back(self) -> None:
        """Go to the page before."""
        self.spin.stepDown()

    def show_pages(self, pages: int) -> None:
        """Say how many pages there are, and stay at the one that is looked at if it still exists."""
        self.spin.blockSignals(True)
        self.spin.setRange(min(pages, 1), pages)
        self.spin.blockSignals(False)
        self.count.setText(_(N_("of {pages}"), pages=f"{pages:,}"))
        self._enable()

    def scale(self, across: float, down: float) -> float:
        """Dots an inch; `across` fills the width of the window, `down` its height."""
        chosen = float(self.zoom.currentData())
        if chosen == _FIT_PAGE:
            return min(across, down)
        return across if chosen == _FIT_WIDTH else chosen * _SCREEN_DPI

    def show_progress(self, progress: Progress | None) -> None:
        """Show how far the work is, or that there is none."""
        for widget in (self.progress, self.stop, self.doing):
            widget.setVisible(progress is not None)
        if progress is not None:
            self.progress.setRange(0, progress.total)
            self.progress.setValue(progress.done)
            self.doing.setText(progress.text)

    def _turned(self) -> None:
        self._enable()
        self.changed.emit()

    def _enable(self) -> None:
        self.previous.setEnabled(self.spin.value() > self.spin.minimum())
        self.next.setEnabled(self.spin.value() < self.spin.maximum())


def _button(sign: str, name: str) -> QToolButton:
    button = QToolButton()
    button.setText(sign)
    button.setToolTip(name)
    button.setAccessibleName(name)
    return button
