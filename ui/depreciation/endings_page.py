"""The assets that reach the end of their life soon, or have reached it and are still in use."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from logistics_desktop.features.depreciation.ahead import Ending
from logistics_desktop.i18n import N_, _
from ui.depreciation import work
from ui.depreciation.numbers import money
from ui.depreciation.place import Place
from ui.figures import Column, FigureTable
from ui.spin_box import SpinBox
from ui.workspace import Workspace

_MONTHS = 12
_MOST = 120


class EndingsPage(QWidget):
    """The soonest first; Enter opens the schedule of an asset."""

    schedule_wanted = Signal(int)

    def __init__(self, workspace: Workspace) -> None:
        super().__init__()
        self.workspace = workspace
        self.place: Place | None = None
        self.endings: Sequence[Ending] = ()
        self.months = SpinBox(minimum=0, maximum=_MOST, value=_MONTHS)
        self.months.setAccessibleName(_(N_("Months ahead")))
        self.read_button = QPushButton(_(N_("List")))
        self.copy = QPushButton(_(N_("Copy the figures")))
        self.said = QLabel(wordWrap=True)
        self.said.setObjectName("hint")
        self.table = FigureTable(
            [
                Column(_(N_("Ends in"))),
                Column(_(N_("Asset code"))),
                Column(_(N_("Name")), wide=True),
                Column(_(N_("Class"))),
                Column(_(N_("Department"))),
                Column(_(N_("Original value")), number=True),
                Column(_(N_("Value that remains")), number=True),
            ]
        )
        self.table.opened.connect(lambda row: self.schedule_wanted.emit(self.endings[row].asset_id))
        self.months.editingFinished.connect(self.read)
        self.read_button.clicked.connect(self.read)
        self.copy.clicked.connect(self._copy)
        head = QHBoxLayout()
        head.setContentsMargins(10, 6, 10, 4)
        head.setSpacing(8)
        head.addWidget(QLabel(_(N_("Charged for the last time within the next"))))
        head.addWidget(self.months)
        head.addWidget(QLabel(_(N_("months"))))
        head.addWidget(self.read_button)
        head.addWidget(self.copy)
        head.addWidget(self.said, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(self.table, 1)
        self.setFocusProxy(self.table)

    def show_place(self, place: Place) -> None:
        """List those of a book, unless they are on show."""
        before, self.place = self.place, place
        if before is None or (before.book.id, before.book.open_month) != (place.book.id, place.book.open_month):
            self.read()

    def read(self) -> None:
        """Go through the assets."""
        if self.place is not None:
            self.said.setText(_(N_("Working it out …")))
            until = self.place.book.open_month + max(self.months.value() - 1, 0)
            do = partial(work.endings, self.workspace.office, self.place.book.id, until)
            title = _(N_("Looking at the assets"))
            self.workspace.tasks.run(do, self._show, owner=self, key="endings", title=title, on_error=self._fail)

    def _show(self, endings: Sequence[Ending]) -> None:
        self.endings = endings
        total = sum((one.cost for one in endings), Decimal("0.00"))
        text = N_("{count} assets, original value {total}. Those already at their end are among them.")
        none = N_("No asset reaches the end of its life by then.")
        said = _(text, count=f"{len(endings):,}", total=money(total)) if endings else _(none)
        self.said.setText(said)
        self.table.show_lines(
            [
                (
                    _(N_("before {month}"), month=one.month) if one.before else str(one.month),
                    one.code or "",
                    one.name,
                    one.class_name or "",
                    one.department_name or "",
                    money(one.cost),
                    money(one.value),
                )
                for one in endings
            ]
        )

    def _fail(self, error: BaseException) -> None:
        self.said.setText("")
        self.workspace.notices.report(error)

    def _copy(self) -> None:
        self.table.selectAll()
        self.table.copy()
