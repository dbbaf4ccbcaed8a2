"""The period board: the months of a year, what was done with the chosen one, and what can be done."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from functools import partial

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QToolBar, QVBoxLayout, QWidget

from db.models.depreciation import PeriodState
from logistics_desktop.features.depreciation.board import MonthLine
from logistics_desktop.features.depreciation.months import Month
from logistics_desktop.features.depreciation.runs import Doubt, Run
from logistics_desktop.i18n import N_, _
from ui.actions import bind, make
from ui.depreciation import work
from ui.depreciation.doubts_dialog import DoubtsDialog
from ui.depreciation.export_dialog import ExportDialog, open_export
from ui.depreciation.numbers import STATES, money
from ui.depreciation.place import Place
from ui.depreciation.reconcile_dialog import ReconcileDialog, open_reconcile
from ui.depreciation.reopen_dialog import ReopenDialog
from ui.depreciation.tie_out_dialog import TieOutDialog
from ui.depreciation.tiles import Tiles
from ui.notices import Tone
from ui.workspace import Workspace

RUNS, CLOSES = "depreciation.run", "depreciation.close"

_SIDE = 300  # pixels
_ICON = QSize(16, 16)

_NEXT = {
    PeriodState.OPEN: N_("Next: run depreciation (F9). Months that were missed are calculated with it."),
    PeriodState.CALCULATED: N_("Next: look at the charges (F6), then close the month (F12)."),
    PeriodState.CLOSED: N_("Closed: nobody can change it. A correction goes into a month that is open."),
}


class BoardPage(QWidget):
    """Acts on the month that is chosen; `screen` is where the keys work."""

    moved = Signal(object)  # Month that the user chose
    month_wanted = Signal(object)  # Month whose charges are wanted
    why_wanted = Signal(int, object)  # asset, Month
    card_wanted = Signal(int)  # asset
    changed = Signal()  # a month stands otherwise now

    def __init__(self, workspace: Workspace, screen: QWidget) -> None:
        super().__init__()
        self.workspace = workspace
        self.place: Place | None = None
        self.lines: Sequence[MonthLine] = ()
        self.tools = QToolBar()
        self.tools.setObjectName("ledgerTools")
        self.tools.setIconSize(_ICON)
        self.tools.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.run = self._add("run_depreciation", self.run_month, screen)
        self.undo = self._add("undo_run", self.undo_month, screen)
        self.tools.addSeparator()
        self.close_ = self._add("close_month", self.close_month, screen)
        self.reopen = self._add("reopen_month", self.reopen_month, screen)
        self.tools.addSeparator()
        self.tie = self._add("tie_out", self.show_tie_out, screen)
        self.charges = self._add("month_charges", self.show_charges, screen)
        self.doubts = self._add("doubts", self.show_doubts, screen)
        self.tools.addSeparator()
        self.sheets = self._add("depreciation_sheets", self.export, screen)
        self.compare = self._add("reconcile", self.reconcile, screen)
        self.tiles = Tiles()
        self.tiles.chosen.connect(self.moved)
        self.title, self.facts, self.next = QLabel(), QLabel(wordWrap=True), QLabel(wordWrap=True)
        self.title.setObjectName("recordTitle")
        self.next.setObjectName("hint")
        self.facts.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._lay_out()
        workspace.rights.changed.connect(self._show_allowed)
        self._show_allowed()

    @property
    def line(self) -> MonthLine | None:
        """How the chosen month stands, if it is known."""
        month = self.place.month if self.place else None
        return next((line for line in self.lines if line.month == month), None)

    def show_place(self, place: Place) -> None:
        """Show the year of a month, and this month chosen."""
        self.place = place
        self.refresh()

    def refresh(self) -> None:
        """Read the months again."""
        place = self.place
        if place is not None:
            do = partial(work.months, self.workspace.office, place.book.id, Month(place.month.year, 1))
            self.workspace.tasks.run(do, partial(self._show, place), owner=self, key="months")

    def run_month(self) -> None:
        """Calculate everything up to the chosen month."""
        if self.place is not None and self.run.isEnabled():
            do = partial(work.run, self.workspace.office, self.place.book.id, self.place.month)
            title = _(N_("Depreciation up to {month}"), month=self.place.month)
            self._work(do, self._ran, title)

    def undo_month(self) -> None:
        """Take back the run of the chosen month and of those after it."""
        if self.place is not None and self.undo.isEnabled():
            self._work(partial(work.undo, self.workspace.office, self.place.book.id, self.place.month), self._undone)

    def close_month(self) -> TieOutDialog | None:
        """Show the tie-out and close the chosen month."""
        return self._open_tie_out(closing=True) if self.close_.isEnabled() else None

    def show_tie_out(self) -> TieOutDialog | None:
        """Show the tie-out of the chosen month."""
        return self._open_tie_out(closing=False) if self.tie.isEnabled() else None

    def reopen_month(self) -> ReopenDialog | None:
        """Ask for a reason and open the chosen month again."""
        if self.place is None or not self.reopen.isEnabled():
            return None
        dialog = ReopenDialog(self.workspace, self.place, self)
        dialog.accepted.connect(self.changed)
        dialog.open()
        return dialog

    def show_charges(self) -> None:
        """Show the charges of the chosen month."""
        if self.place is not None and self.charges.isEnabled():
            self.month_wanted.emit(self.place.month)

    def show_doubts(self) -> None:
        """Look for assets that are left out of the chosen month, or doubtful in it."""
        if self.place is not None and self.doubts.isEnabled():
            do = partial(work.doubts, self.workspace.office, self.place.book.id, self.place.month)
            self._work(do, self._show_doubts, _(N_("Looking at the assets")))

    def export(self) -> ExportDialog | None:
        """Choose a workbook or the voucher of the month and save it."""
        if self.place is None or not self.sheets.isEnabled():
            return None
        return open_export(self.workspace, self.place.book, self.place.month, self)

    def reconcile(self) -> ReconcileDialog | None:
        """Compare the month with a workbook of finance."""
        if self.place is None or not self.compare.isEnabled():
            return None
        dialog = open_reconcile(self.workspace, self.place.book, self.place.month, self)
        dialog.why_wanted.connect(self.why_wanted)
        return dialog

    def _lay_out(self) -> None:
        side = QFrame()
        side.setFixedWidth(_SIDE)
        about = QVBoxLayout(side)
        about.setContentsMargins(8, 4, 0, 0)
        about.setSpacing(10)
        for label in (self.title, self.facts, self.next):
            about.addWidget(label)
        about.addStretch()
        row = QHBoxLayout()
        row.setContentsMargins(16, 14, 16, 16)
        row.setSpacing(16)
        row.addWidget(self.tiles, 1)
        row.addWidget(side)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.tools)
        column.addLayout(row, 1)

    def _add(self, key: str, do: Callable[[], object], screen: QWidget) -> QAction:
        action = bind(make(key, self, do), screen, inside=True)
        action.setEnabled(False)
        self.tools.addAction(action)
        return action

    def _show_allowed(self) -> None:
        """Leave out what the database would refuse; what is left out has no key either."""
        rights = self.workspace.rights.now
        for actions, needed in (((self.run, self.undo), RUNS), ((self.close_, self.reopen), CLOSES)):
            for action in actions:
                action.setVisible(rights.may(needed))

    def _open_tie_out(self, *, closing: bool) -> TieOutDialog:
        assert self.place is not None
        dialog = TieOutDialog(self.workspace, self.place, closing=closing, parent=self)
        if closing:
            dialog.accepted.connect(partial(self._closed, self.place.month))
        dialog.month_wanted.connect(self.month_wanted)
        dialog.why_wanted.connect(self.why_wanted)
        dialog.open()
        return dialog

    def _show(self, place: Place, lines: Sequence[MonthLine]) -> None:
        if place != self.place:
            return
        self.lines = lines
        self.tiles.show_months(lines, place.month)
        line = self.line
        state = line.state if line else PeriodState.OPEN
        closed, calculated = state is PeriodState.CLOSED, state is PeriodState.CALCULATED
        for action, can in (
            (self.run, line is not None and not closed),
            (self.undo, calculated),
            (self.close_, calculated and place.month == place.book.open_month),
            (self.reopen, closed and place.month == place.book.open_month - 1),
            (self.tie, calculated or closed),
            (self.charges, calculated or closed),
            (self.sheets, line is not None),
            (self.compare, calculated or closed),
            (self.doubts, line is not None and not closed),
        ):
            action.setEnabled(can)
        self.title.setText(f"{place.month}  {_(STATES[state])}")
        self.facts.setText("\n".join(_facts(line)) if line else "")
        self.next.setText(self._advice(place, state) if line else _(N_("The book does not go back so far.")))

    def _advice(self, place: Place, state: PeriodState) -> str:
        if state is PeriodState.CALCULATED and place.month > place.book.open_month:
            return _(N_("Months are closed in their order: close {month} first."), month=place.book.open_month)
        return _(_NEXT[state])

    def _work(self, do: Callable[..., object], then: Callable[..., object], title: str = "") -> None:
        self.workspace.tasks.run(do, then, owner=self, key="work", title=title)

    def _ran(self, run: Run) -> None:
        listed = ", ".join(str(one.month) for one in run.months)
        last = run.months[-1]
        text = N_("Calculated: {months}. {month} charges {total} for {count} assets.")
        said = _(text, months=listed, month=last.month, total=money(last.total), count=f"{last.entries:,}")
        self.workspace.notices.say(said, Tone.DONE)
        self.changed.emit()
        if run.doubts:
            self._show_doubts(run.doubts)

    def _undone(self, months: int) -> None:
        self.workspace.notices.say(_(N_("The runs of {count} months are taken back."), count=months), Tone.DONE)
        self.changed.emit()

    def _closed(self, month: Month) -> None:
        self.workspace.notices.say(_(N_("{month} is closed."), month=month), Tone.DONE)
        self.changed.emit()

    def _show_doubts(self, doubts: Sequence[Doubt]) -> None:
        if not doubts:
            self.workspace.notices.say(_(N_("Every asset of the month is in order.")), Tone.DONE)
            return
        dialog = DoubtsDialog(doubts, self)
        dialog.opened.connect(self.card_wanted)
        dialog.opened.connect(lambda _asset: dialog.accept())
        dialog.open()


def _facts(line: MonthLine) -> list[str]:
    """What is known of a month, a line each."""
    if line.state is PeriodState.OPEN and line.reopened_at is None:
        return [_(N_("Not calculated yet."))]
    facts = [
        _(N_("Charge: {total}"), total=money(line.total)),
        _(N_("Assets: {count}"), count=f"{line.entries:,}"),
    ]
    for text, at, who in (
        (N_("Calculated {at} by {who}"), line.calculated_at, line.calculated_by),
        (N_("Closed {at} by {who}"), line.closed_at, line.closed_by),
        (N_("Reopened {at} by {who}"), line.reopened_at, line.reopened_by),
    ):
        if at is not None:
            facts.append(_(text, at=_when(at), who=who))
    if line.reopened_reason:
        facts.append(_(N_("Reason: {reason}"), reason=line.reopened_reason))
    return facts


def _when(at: datetime) -> str:
    return at.astimezone().strftime("%Y-%m-%d %H:%M")
