"""What the next 36 months will charge, by top class, class or department: a chart and its figures."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from decimal import Decimal
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QPushButton, QSplitter, QVBoxLayout, QWidget

from logistics_desktop.features.depreciation.ahead import Forecast, ForecastLine
from logistics_desktop.features.depreciation.sheets.kinds import Kind
from logistics_desktop.i18n import N_, _
from ui.charts.chart import Chart
from ui.depreciation import work
from ui.depreciation.export_dialog import open_export
from ui.depreciation.numbers import money
from ui.depreciation.place import Place
from ui.depreciation.plots import forecast_plot
from ui.figures import Column, FigureTable
from ui.theme import icon
from ui.workspace import Workspace

Sums = dict[str, list[Decimal]]

_BY: tuple[tuple[str, Callable[[ForecastLine], str | None]], ...] = (
    (N_("By top class"), lambda line: line.top_class[1] if line.top_class else None),
    (N_("By class"), lambda line: line.class_name),
    (N_("By department"), lambda line: line.department_name),
)


class ForecastPage(QWidget):
    """Worked out when it is first looked at, and again on demand: all assets have to be gone through."""

    def __init__(self, workspace: Workspace) -> None:
        super().__init__()
        self.workspace = workspace
        self.place: Place | None = None
        self.found: Forecast | None = None
        self.by = QComboBox()
        for label, _key in _BY:
            self.by.addItem(_(label))
        self.by.setAccessibleName(_(N_("Put together")))
        self.again = QPushButton(icon("refresh"), _(N_("Work out again")))
        self.copy = QPushButton(_(N_("Copy the figures")))
        self.export = QPushButton(icon("export"), _(N_("Workbook …")))
        self.export.clicked.connect(self.save)
        self.said = QLabel(wordWrap=True)
        self.said.setObjectName("hint")
        self.chart = Chart(workspace.tasks)
        self.table = FigureTable([])
        self.by.currentIndexChanged.connect(lambda _at: self._show_figures())
        self.again.clicked.connect(self.read)
        self.copy.clicked.connect(self._copy)
        self.chart.clicked.connect(self._go_to)
        head = QHBoxLayout()
        head.setContentsMargins(10, 6, 10, 4)
        head.setSpacing(8)
        for widget in (self.by, self.again, self.copy, self.export):
            head.addWidget(widget)
        head.addWidget(self.said, 1)
        split = QSplitter(Qt.Orientation.Vertical)
        split.setHandleWidth(1)
        split.addWidget(self.chart)
        split.addWidget(self.table)
        split.setSizes([300, 300])
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(split, 1)
        self.setFocusProxy(self.table)

    def show_place(self, place: Place) -> None:
        """Work it out for a book, unless that is what is on show."""
        before, self.place = self.place, place
        if before is None or (before.book.id, before.book.open_month) != (place.book.id, place.book.open_month):
            self.read()

    def read(self) -> None:
        """Work it out."""
        if self.place is not None:
            self.said.setText(_(N_("Working it out …")))
            do = partial(work.forecast, self.workspace.office, self.place.book.id)
            title = _(N_("Forecast of {book}"), book=self.place.book.name)
            self.workspace.tasks.run(do, self._show, owner=self, key="forecast", title=title, on_error=self._fail)

    def save(self) -> None:
        """Save the forecast as a workbook."""
        if self.place is not None:
            open_export(self.workspace, self.place.book, self.place.book.open_month, self, Kind.FORECAST)

    def _show(self, found: Forecast) -> None:
        self.found = found
        first, last = found.months[0], found.months[-1]
        self.said.setText(
            _(
                N_("{first} to {last}: {total}, if nothing changes. Units of production go on as their last reading."),
                first=first,
                last=last,
                total=money(sum(found.totals, Decimal())),
            )
        )
        self._show_figures()

    def _fail(self, error: BaseException) -> None:
        self.said.setText("")
        self.workspace.notices.report(error)

    def _show_figures(self) -> None:
        found, place = self.found, self.place
        if found is None or place is None:
            return
        sums = self._sums(found)
        self.chart.show_plot(forecast_plot(found, sums, place.book.currency))
        names = list(sums)
        self.table.set_columns(
            [
                Column(_(N_("Month"))),
                Column(_(N_("Charge")), number=True),
                Column(_(N_("Book value at the end")), number=True),
                *(Column(name, number=True) for name in names),
            ]
        )
        self.table.show_lines(
            [
                (str(month), money(total), money(value), *(money(sums[name][at]) for name in names))
                for at, (month, total, value) in enumerate(
                    zip(found.months, found.totals, found.book_values, strict=True)
                )
            ]
        )

    def _sums(self, found: Forecast) -> Sums:
        """The amounts by what is chosen, in the order of the names, those without any at the end."""
        key, unnamed = _BY[self.by.currentIndex()][1], _(N_("(none)"))
        sums: Sums = defaultdict(lambda: [Decimal("0.00")] * len(found.months))
        for line in found.lines:
            name = key(line) or unnamed
            sums[name] = [old + new for old, new in zip(sums[name], line.amounts, strict=True)]
        return dict(sorted(sums.items(), key=lambda item: (item[0] == unnamed, item[0])))

    def _copy(self) -> None:
        self.table.selectAll()
        self.table.copy()

    def _go_to(self, row: int) -> None:
        self.table.selectRow(row)
        self.table.scrollTo(self.table.figures.index(row, 0))
