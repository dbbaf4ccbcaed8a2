"""The third step: what the import would do, row by row."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QSplitter, QTabWidget, QVBoxLayout, QWidget

from logistics_desktop.i18n import N_, _
from logistics_desktop.ledger.kinds import text_of
from ui.ledger.importing.course import Course
from ui.ledger.importing.hints import Hints
from ui.ledger.importing.lines import LinesView
from ui.ledger.importing.names_panel import NamesPanel
from ui.ledger.importing.preview_table import PreviewTable
from ui.ledger.importing.problems_panel import ProblemsPanel
from ui.ledger.importing.skipped_panel import SkippedPanel
from ui.ledger.importing.tones import OUTCOMES
from ui.ledger.importing.words_panel import WordsPanel

_TABLE_WIDTH, _SIDE_WIDTH = 700, 440


@dataclass(frozen=True, slots=True)
class _Tab:
    """A panel at the side; `refresh` gives the number that its tab shows."""

    panel: QWidget
    title: str
    refresh: Callable[[], int]
    list: LinesView[Any]


class CheckPage(QWidget):
    """The preview; beside it what waits for a decision, what is wrong, what was skipped."""

    columns_wanted = Signal()

    def __init__(self, course: Course, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._course = course
        self.hints = Hints(course)
        self.hints.columns_wanted.connect(self.columns_wanted)
        self.table = PreviewTable()
        self.names = NamesPanel(course)
        self.words = WordsPanel(course)
        self.problems = ProblemsPanel(course.entity, lambda: course.checked)
        self.skipped = SkippedPanel(course)
        self.problems.wanted.connect(self.go_to)
        self.totals = QLabel(textFormat=Qt.TextFormat.PlainText, wordWrap=True)
        self.totals.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.side = QTabWidget()
        self.fates = {outcome: QPushButton(autoDefault=False) for outcome in OUTCOMES}
        for button in self.fates.values():
            button.setCheckable(True)
            button.setObjectName("fate")
            button.toggled.connect(lambda _on: self._show_rows())
        self._tabs = (
            _Tab(self.names, N_("Unknown names"), self.names.refresh, self.names.list),
            _Tab(self.words, N_("Unknown words"), self.words.refresh, self.words.list),
            _Tab(self.problems, N_("Problems"), self.problems.refresh, self.problems.list),
            _Tab(self.skipped, N_("Skipped rows"), self.skipped.refresh, self.skipped.list),
        )
        self._lay_out()
        course.changed.connect(self.refresh)

    def refresh(self) -> None:
        """Show the plan."""
        checked = self._course.checked
        for outcome, button in self.fates.items():
            count = len(checked.places[outcome]) if checked else 0
            button.setText(f"{_(OUTCOMES[outcome])}  {count:,}")
            button.setEnabled(count > 0)
            if not count:
                button.blockSignals(True)
                button.setChecked(False)
                button.blockSignals(False)
        self.hints.refresh()
        self._show_side()
        self._show_totals()
        self._show_rows()

    def go_to(self, row: int, key: str | None) -> None:
        """Go to a cell, showing all rows again if its row is not among those on show."""
        if not self.table.go_to(row, key):
            for button in self.fates.values():
                button.setChecked(False)
            self.table.go_to(row, key)

    def _lay_out(self) -> None:
        top = QHBoxLayout()
        for button in self.fates.values():
            top.addWidget(button)
        top.addStretch(1)
        split = QSplitter(Qt.Orientation.Horizontal)
        split.setChildrenCollapsible(False)
        split.setHandleWidth(6)
        split.addWidget(self.table)
        split.addWidget(self.side)
        split.setStretchFactor(0, 1)
        split.setSizes([_TABLE_WIDTH, _SIDE_WIDTH])
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 10, 12, 6)
        column.addLayout(top)
        column.addWidget(self.hints)
        column.addWidget(split, 1)
        column.addWidget(self.totals)

    def _show_rows(self) -> None:
        chosen = frozenset(outcome for outcome, button in self.fates.items() if button.isChecked())
        self.table.show_rows(self._course.checked, chosen)

    def _show_side(self) -> None:
        """A tab for each sort of thing there is; the one that the user looks at stays while it has something."""
        place = 0
        for tab in self._tabs:
            count = tab.refresh()
            shown = self.side.indexOf(tab.panel) >= 0
            if tab.list.lines.items:
                text = f"{_(tab.title)} {count:,}" if count else _(tab.title)
                if not shown:
                    self.side.insertTab(place, tab.panel, "")
                self.side.setTabText(place, text)
                place += 1
            elif shown:
                self.side.removeTab(place)
        self.side.setVisible(place > 0)

    def _show_totals(self) -> None:
        checked = self._course.checked
        by_key = self._course.entity.by_key
        totals = checked.plan.totals if checked else {}
        sums = [f"{_(by_key[key].label)} {text_of(by_key[key], value)}" for key, value in totals.items()]
        self.totals.setText(_(N_("Sums of the accepted rows:")) + "   " + "   ".join(sums) if sums else "")
