"""The schedule of one asset: what was posted, what is to come, its terms and who says them, and a chart."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QPushButton, QSplitter, QVBoxLayout, QWidget

from logistics_desktop.features.depreciation.board import BookLine
from logistics_desktop.features.depreciation.one_asset import Course, Step
from logistics_desktop.features.depreciation.sheets.kinds import Kind
from logistics_desktop.i18n import N_, _
from logistics_desktop.ledger.fields import Reference
from ui.charts.chart import Chart
from ui.depreciation import work
from ui.depreciation.export_dialog import open_export
from ui.depreciation.month_page import WRITES
from ui.depreciation.numbers import called, money
from ui.depreciation.plots import course_plot
from ui.depreciation.terms_words import origin_of, value_of
from ui.depreciation.why_popup import explain
from ui.depreciation.work import AssetInBook
from ui.figures import Column, FigureTable
from ui.work_dialog import WorkDialog
from ui.workspace import Workspace

TERMS = {
    "method": N_("Method"),
    "cost": N_("Original value"),
    "residual": N_("Residual value"),
    "life": N_("Life (months)"),
    "total_units": N_("Total units"),
}


class ScheduleDialog(WorkDialog):
    """Enter on a month explains its charge; `change_wanted` and `terms_wanted` ask for what changes the schedule."""

    change_wanted = Signal(int)
    terms_wanted = Signal(int)

    def __init__(self, workspace: Workspace, book: BookLine, asset: int, parent: QWidget | None = None) -> None:
        super().__init__(workspace, _(N_("Schedule")), _(N_("Why?")), parent)
        self.book = book
        self.asset = asset
        self.found: AssetInBook | None = None
        self.resize(1020, 660)
        self.head = QLabel()
        self.head.setObjectName("recordTitle")
        self.problem = QLabel(wordWrap=True)
        self.problem.setObjectName("warn")
        self.terms = QGridLayout()
        self.terms.setHorizontalSpacing(14)
        self.chart = Chart(workspace.tasks)
        self.table = FigureTable(
            [
                Column(_(N_("Month"))),
                Column(_(N_("State"))),
                Column(_(N_("Charge")), number=True),
                Column(_(N_("Accumulated")), number=True),
                Column(_(N_("Book value")), number=True),
            ]
        )
        self.table.opened.connect(self.explain)
        self.chart.clicked.connect(self._go_to)
        self.change = QPushButton(_(N_("Change of value …")), autoDefault=False)
        self.own = QPushButton(_(N_("Terms …")), autoDefault=False)
        self.change.clicked.connect(lambda: self.change_wanted.emit(asset))
        self.own.clicked.connect(lambda: self.terms_wanted.emit(asset))
        writes = workspace.rights.now.may(WRITES)
        self.change.setVisible(writes)
        self.own.setVisible(writes)
        self.export = QPushButton(_(N_("Workbook …")), autoDefault=False)
        self.export.clicked.connect(self.save)
        self.foot.insertWidget(1, self.export)
        self.foot.insertWidget(1, self.own)
        self.foot.insertWidget(2, self.change)
        self._lay_out()
        self.read()

    def do(self) -> None:
        """Explain the charge of the month that the keyboard is on."""
        row = self.table.current_line()
        if row is not None:
            self.explain(row)

    def refresh(self) -> None:
        """Only a month can be explained."""
        self.act.setEnabled(self.found is not None and bool(self.found.course.steps) and not self.busy)

    def read(self) -> None:
        """Read the asset, again after something changed."""
        self.work(partial(work.asset_in_book, self.workspace.office, self.book.id, self.asset), self._show)

    def save(self) -> None:
        """Save the schedule as a workbook."""
        if self.found is not None:
            asset = Reference(self.asset, called(self.found.code, self.found.name))
            open_export(self.workspace, self.book, self.book.open_month, self, Kind.SCHEDULE, asset)

    def explain(self, row: int) -> None:
        """Say why the charge of a line is what it is."""
        assert self.found is not None
        explain(self.workspace, self.book, self.asset, self.found.course.steps[row].period, self)

    def _lay_out(self) -> None:
        side = QWidget()
        left = QVBoxLayout(side)
        left.setContentsMargins(0, 0, 8, 0)
        left.addWidget(self.chart, 3)
        left.addLayout(self.terms)
        left.addStretch(1)
        split = QSplitter()
        split.setHandleWidth(1)
        split.addWidget(side)
        split.addWidget(self.table)
        split.setSizes([520, 480])
        top = QHBoxLayout()
        top.addWidget(self.head)
        top.addStretch()
        self.page.addLayout(top)
        self.page.addWidget(self.problem)
        self.page.addWidget(split, 1)

    def _show(self, found: AssetInBook) -> None:
        self.found = found
        self.head.setText(f"{called(found.code, found.name)} · {self.book.name}")
        problem = found.course.problem
        self.problem.setText(str(problem) if problem is not None else "")
        self.problem.setVisible(problem is not None)
        self._show_terms(found)
        self.chart.show_plot(course_plot(found.course, self.book.currency))
        self.table.show_lines([_line(step) for step in found.course.steps], _to_come(found.course))
        posted = [row for row, step in enumerate(found.course.steps) if step.posted]
        if found.course.steps:
            self._go_to(posted[-1] if posted else 0)

    def _show_terms(self, found: AssetInBook) -> None:
        while self.terms.count():
            item = self.terms.takeAt(0)
            widget = item.widget() if item is not None else None
            if widget is not None:
                widget.deleteLater()
        for row, (key, label) in enumerate((key, label) for key, label in TERMS.items() if key in found.terms):
            term = found.terms[key]
            origin = QLabel(_(N_("from {origin}"), origin=origin_of(term)))
            origin.setObjectName("hint")
            for column, widget in enumerate((QLabel(_(label)), QLabel(value_of(key, term.value)), origin)):
                self.terms.addWidget(widget, row, column)
        self.terms.setColumnStretch(2, 1)

    def _go_to(self, row: int) -> None:
        self.table.selectRow(row)
        self.table.scrollTo(self.table.figures.index(row, 0), FigureTable.ScrollHint.PositionAtCenter)


def _line(step: Step) -> tuple[str, ...]:
    state = N_("closed") if step.closed else N_("posted") if step.posted else N_("to come")
    figures = (step.amount, step.accumulated, step.book_value)
    return (str(step.period), _(state), *map(money, figures))


def _to_come(course: Course) -> frozenset[int]:
    return frozenset(row for row, step in enumerate(course.steps) if not step.posted)
