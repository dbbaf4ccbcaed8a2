"""The charges of a month as a ledger, and what one asks about one of them."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, Signal, SignalInstance
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QLabel, QToolButton, QVBoxLayout, QWidget

from logistics_desktop.features.depreciation.month_ledger import month_ledger
from logistics_desktop.i18n import N_, _
from ui.actions import bind, make
from ui.depreciation.place import Place
from ui.ledger.screen import LedgerScreen
from ui.workspace import Workspace

WRITES = "depreciation.write"


class MonthLedger(LedgerScreen):
    """The ledger of one month; a row opens the explanation of its charge."""

    why_wanted = Signal(int)  # asset

    def __init__(self, workspace: Workspace, place: Place, parent: QWidget | None = None) -> None:
        super().__init__(workspace, month_ledger(place.book.id, place.month), parent)
        text = N_("Nothing was charged in {month}. Run its depreciation on the board (F9).")
        self.empty.nothing = _(text, month=place.month)
        self._tables = self._tables | {"depreciation_entry", "depreciation_period"}

    def open_record(self, record: int) -> None:
        """A charge is no record of its own: say why it is what it is."""
        self.why_wanted.emit(record)

    def open_selected(self) -> None:
        """Explain the charge that the keyboard is on."""
        record = self.table.current_id()
        if record is not None:
            self.why_wanted.emit(record)


class MonthPage(QWidget):
    """One month with a way to its neighbours. The signals name the asset that the keyboard is on."""

    moved = Signal(object)  # Month that the user went to
    why_wanted = Signal(int)
    schedule_wanted = Signal(int)
    change_wanted = Signal(int)
    terms_wanted = Signal(int)

    def __init__(self, workspace: Workspace) -> None:
        super().__init__()
        self.workspace = workspace
        self.place: Place | None = None
        self.ledger: MonthLedger | None = None
        self.title = QLabel()
        self.title.setObjectName("recordTitle")
        self.back, self.on = (
            QToolButton(arrowType=arrow) for arrow in (Qt.ArrowType.LeftArrow, Qt.ArrowType.RightArrow)
        )
        self.back.setAccessibleName(_(N_("The month before")))
        self.on.setAccessibleName(_(N_("The month after")))
        self.back.clicked.connect(partial(self.go, -1))
        self.on.clicked.connect(partial(self.go, 1))
        self.asking = [
            self._ask("why", self.why_wanted),
            self._ask("schedule", self.schedule_wanted),
            self._ask("change_value", self.change_wanted),
            self._ask("asset_terms", self.terms_wanted),
        ]
        workspace.rights.changed.connect(self._show_allowed)
        self._show_allowed()
        bind(make("earlier", self, partial(self.go, -1)), self, inside=True)
        bind(make("later", self, partial(self.go, 1)), self, inside=True)
        head = QHBoxLayout()
        head.setContentsMargins(10, 6, 10, 2)
        head.addWidget(self.back)
        head.addWidget(self.title)
        head.addWidget(self.on)
        head.addStretch()
        for action in self.asking:
            button = QToolButton()
            button.setDefaultAction(action)
            button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
            head.addWidget(button)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._column.addLayout(head)

    def show_place(self, place: Place) -> None:
        """Show the charges of a month, looked at as those of the month before."""
        if self.place is not None and (self.place.book.id, self.place.month) == (place.book.id, place.month):
            self.place = place
            return
        self.place = place
        self.title.setText(_(N_("Charges of {month}"), month=place.month))
        self.back.setEnabled(place.month > place.book.first_month)
        before, self.ledger = self.ledger, MonthLedger(self.workspace, place)
        self.ledger.why_wanted.connect(self.why_wanted)
        self.ledger.toolbar.extra = tuple(self.asking)
        if before is not None:
            self.ledger.show_view(before.view())
            self._column.removeWidget(before)
            before.hide()
            before.deleteLater()
        self._column.addWidget(self.ledger, 1)
        self.setFocusProxy(self.ledger)

    def go(self, months: int) -> None:
        """Go to a neighbouring month."""
        if self.place is not None and self.place.month + months >= self.place.book.first_month:
            self.moved.emit(self.place.month + months)

    def asset(self) -> int | None:
        """The asset that the keyboard is on."""
        return self.ledger.table.current_id() if self.ledger is not None else None

    def close_request(self) -> bool:
        """Remember how the ledger is looked at."""
        return self.ledger is None or self.ledger.close_request()

    def _show_allowed(self) -> None:
        for action in self.asking[2:]:
            action.setVisible(self.workspace.rights.now.may(WRITES))

    def _ask(self, key: str, signal: SignalInstance) -> QAction:
        def ask() -> None:
            asset = self.asset()
            if asset is not None:
                signal.emit(asset)

        return bind(make(key, self, ask), self, inside=True)
