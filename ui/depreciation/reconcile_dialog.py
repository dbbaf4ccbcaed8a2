"""Finance's own workbook beside a month of the book: what differs, and probably why."""

from __future__ import annotations

from decimal import Decimal
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QPushButton, QTabWidget, QVBoxLayout, QWidget

from logistics_desktop.features.depreciation.board import BookLine
from logistics_desktop.features.depreciation.cause_names import CAUSE_NAMES
from logistics_desktop.features.depreciation.differences import COMPARED, LABELS
from logistics_desktop.features.depreciation.months import Month
from logistics_desktop.features.depreciation.reconcile import Line
from logistics_desktop.features.depreciation.reconciling import OldBook
from logistics_desktop.i18n import N_, _
from ui.depreciation import file_work
from ui.depreciation.file_choice import EXCEL, MonthBox, ask_where, ask_which
from ui.depreciation.file_work import Compared
from ui.depreciation.numbers import signed
from ui.figures import Column, FigureTable
from ui.ledger.exporting import offer_to_open
from ui.work_dialog import WorkDialog
from ui.workspace import Workspace

_SIZE = (1160, 660)
_ALL, _DIFFERING = "all", "differing"


class ReconcileDialog(WorkDialog):
    """A line for each asset with its differences (workbook less book); the cause below in words.

    `why_wanted` asks for the explanation of an asset's charge in the book.
    """

    why_wanted = Signal(int, object)

    def __init__(self, workspace: Workspace, book: BookLine, month: Month, parent: QWidget | None = None) -> None:
        super().__init__(workspace, _(N_("Compare with your own workbook")), _(N_("Choose the workbook …")), parent)
        self.resize(*_SIZE)
        self.book = book
        self.compared: Compared | None = None
        self.path: Path | None = None
        self.lines: tuple[Line, ...] = ()
        self.month = MonthBox(book, month)
        self.file = QLabel(textFormat=Qt.TextFormat.PlainText)
        self.shown = QComboBox()
        self.shown.setAccessibleName(_(N_("Cause")))
        self.table = FigureTable(
            [
                Column(_(N_("Row")), number=True),
                Column(_(N_("Asset no."))),
                Column(_(N_("Name")), wide=True),
                *(Column(_(LABELS[name]), number=True) for name in COMPARED),
                Column(_(N_("Probable cause"))),
            ]
        )
        self.words = QLabel(wordWrap=True, textFormat=Qt.TextFormat.PlainText)
        self.words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.sums = QLabel(wordWrap=True, textFormat=Qt.TextFormat.PlainText)
        self.years = FigureTable(
            [Column(_(N_("Sheet"))), Column(_(N_("Row")), number=True), Column(_(N_("Finding")), wide=True)]
        )
        self.save = QPushButton(_(N_("Save the list …")), autoDefault=False)
        self.back = QPushButton(_(N_("Return the workbook …")), autoDefault=False)
        self._lay_out()
        self._connect()
        self._show_nothing()

    def do(self) -> None:
        """Ask which workbook."""
        ask_which(self, self.windowTitle(), self.compare)

    def compare(self, path: Path) -> None:
        """Compare a workbook with the month that is chosen."""
        self.path = path
        do = partial(file_work.compare, self.workspace.office, self.book, self.month.month(), path)
        self.work(do, self._show, _(N_("Comparing {name}"), name=path.name))

    def save_list(self, path: Path) -> None:
        """Write the lines that are on show as a workbook."""
        assert self.compared is not None
        assert self.compared.found is not None
        self._write(partial(file_work.write_lines, self.compared.found, self.lines, path), path)

    def give_back(self, path: Path) -> None:
        """Write the user's workbook with a column that says what differs."""
        assert self.compared is not None
        self._write(partial(file_work.write_returned, self.compared, path), path)

    def refresh(self) -> None:
        """Only what was compared can be saved."""
        listed = self.compared is not None and self.compared.found is not None and not self.busy
        self.save.setEnabled(listed)
        self.back.setEnabled(listed)
        self.shown.setEnabled(listed)

    def _write(self, do: partial[int], path: Path) -> None:
        said = N_("{count} rows are saved as {name}.")
        self.work(do, lambda count: offer_to_open(self, path, _(said, count=f"{count:,}", name=path.name)))

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        for text, widget in ((_(N_("&Month")), self.month), (_(N_("&Show")), self.shown)):
            label = QLabel(text)
            label.setBuddy(widget)
            head.addWidget(label)
            head.addWidget(widget)
        self.shown.setMinimumWidth(260)
        head.addWidget(self.file, 1)
        lists = QWidget()
        column = QVBoxLayout(lists)
        column.setContentsMargins(0, 6, 0, 0)
        column.addWidget(self.table, 1)
        column.addWidget(self.words)
        column.addWidget(self.sums)
        self.tabs = QTabWidget(documentMode=True)
        self.tabs.addTab(lists, _(N_("Assets")))
        self.tabs.addTab(self.years, _(N_("Schedules of single assets")))
        self.foot.insertWidget(1, self.save)
        self.foot.insertWidget(2, self.back)
        self.page.addLayout(head)
        self.page.addWidget(self.tabs, 1)

    def _connect(self) -> None:
        self.month.currentIndexChanged.connect(lambda _at: self._again())
        self.shown.currentIndexChanged.connect(lambda _at: self._show_lines())
        self.table.selectionModel().currentRowChanged.connect(lambda now, _before: self._show_words(now.row()))
        self.table.opened.connect(self._ask_why)
        self.save.clicked.connect(lambda: ask_where(self, self.windowTitle(), self._name(), self.save_list, [EXCEL]))
        self.back.clicked.connect(self._ask_back)

    def _ask_why(self, row: int) -> None:
        asset = self.lines[row].asset_id
        if asset is not None:
            self.why_wanted.emit(asset, self.month.month())

    def _again(self) -> None:
        if self.path is not None:
            self.compare(self.path)

    def _ask_back(self) -> None:
        assert self.path is not None
        name = _(N_("{name} compared"), name=self.path.stem) + self.path.suffix
        kinds = [N_("Workbooks (*.xlsx *.xls *.csv)")]
        ask_where(self, self.windowTitle(), name, self.give_back, kinds)

    def _name(self) -> str:
        return f"{_(N_('Comparison'))} {self.book.name} {self.month.month()}"

    def _show_nothing(self) -> None:
        hint = N_(
            "Choose your own depreciation workbook of this month. Assets are matched by their numbers; nothing in the "
            "book is changed."
        )
        self.words.setText(_(hint))
        self.tabs.setTabVisible(1, False)
        self.refresh()

    def _show(self, compared: Compared) -> None:
        self.compared = compared
        self.file.setText(compared.old.path.name)
        self.shown.blockSignals(True)
        self.shown.clear()
        if compared.found is not None:
            self.shown.addItem(_(N_("What differs ({count})"), count=len(compared.found.differing)), _DIFFERING)
            for cause, count in compared.found.causes.items():
                self.shown.addItem(f"{_(CAUSE_NAMES[cause])} ({count})", cause)
            self.shown.addItem(_(N_("All assets ({count})"), count=len(compared.found.lines)), _ALL)
        self.shown.blockSignals(False)
        self._show_lines()
        self._show_sums()
        self.years.show_lines(_wrong_years(compared.old))
        self.tabs.setTabVisible(0, compared.found is not None)
        self.tabs.setTabVisible(1, bool(compared.old.schedules))
        self.act.setText(_(N_("Another workbook …")))

    def _show_lines(self) -> None:
        found = self.compared.found if self.compared else None
        if found is None:
            return
        wanted = self.shown.currentData()
        if wanted == _ALL:
            self.lines = found.lines
        elif wanted == _DIFFERING:
            self.lines = found.differing
        else:
            self.lines = tuple(line for line in found.differing if line.guess and line.guess.cause is wanted)
        self.table.show_lines([_texts(line) for line in self.lines])
        if self.lines:
            self.table.selectRow(0)
        else:
            self.words.setText(_(N_("Every asset agrees to the cent.")))

    def _show_words(self, row: int) -> None:
        if 0 <= row < len(self.lines):
            line = self.lines[row]
            self.words.setText(f"{line.code} {line.name}: {line}")

    def _show_sums(self) -> None:
        found = self.compared.found if self.compared else None
        if found is None:
            return
        said = N_("{label}: {theirs} there, {ours} here")
        parts = [
            _(said, label=_(LABELS[one.field]), theirs=f"{one.theirs:,.2f}", ours=f"{one.ours:,.2f}")
            for one in found.totals
        ]
        agree = _(
            N_("{agree} of {count} agree."), agree=len(found.lines) - len(found.differing), count=len(found.lines)
        )
        self.sums.setText("    ".join([agree, *parts]))


def _texts(line: Line) -> tuple[str, ...]:
    by_field = {one.field: one for one in line.differences}
    cells = []
    for name in COMPARED:
        one = by_field.get(name)
        if one is None or one.theirs is None or one.ours is None:
            cells.append("")
        elif name == "charged":
            cells.append(f"{one.theirs - one.ours:+}")
        else:
            cells.append(signed(Decimal(one.theirs - one.ours)))
    cause = _(CAUSE_NAMES[line.guess.cause]) if line.guess else ""
    return ("" if line.row is None else str(line.row), line.code, line.name, *cells, cause)


def _wrong_years(old: OldBook) -> list[tuple[str, ...]]:
    lines: list[tuple[str, ...]] = []
    for one in old.schedules:
        title = " ".join(filter(None, (one.old.sheet.strip(), one.old.code, one.old.name)))
        if not one.lines:
            lines.append((title, "", _(N_("The terms above the table do not say enough to check it."))))
        elif not one.wrong:
            lines.append((title, "", _(N_("Every year is right."))))
        lines += [(title, str(year.row), f"{year.year}: {year}") for year in one.wrong]
    return lines


def open_reconcile(workspace: Workspace, book: BookLine, month: Month, parent: QWidget) -> ReconcileDialog:
    """Open the dialog for a month."""
    dialog = ReconcileDialog(workspace, book, month, parent)
    dialog.open()
    return dialog
