"""The tie-out of a month: last month + started - finished ± changed = this month, each term with its assets."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from decimal import Decimal
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QLabel, QToolButton, QWidget

from logistics_desktop.features.depreciation.tie_out import AssetLine, Movement, Term, TieOut
from logistics_desktop.i18n import N_, _
from ui.depreciation import work
from ui.depreciation.numbers import money, signed
from ui.depreciation.place import Place
from ui.figures import Column, FigureTable
from ui.work_dialog import WorkDialog
from ui.workspace import Workspace

_SIGNS = {Term.STARTED: "+", Term.FINISHED: "−", Term.CHANGED: "±"}


class TieOutDialog(WorkDialog):
    """Shows the tie-out; with `closing` its button closes the month.

    `month_wanted` asks for the charges of a month, `why_wanted` for the explanation of an asset's.
    """

    month_wanted = Signal(object)
    why_wanted = Signal(int, object)

    def __init__(self, workspace: Workspace, place: Place, *, closing: bool, parent: QWidget | None = None) -> None:
        text = _(N_("Close {month}"), month=place.month) if closing else _(N_("Copy"))
        super().__init__(workspace, _(N_("Tie-out of {month}"), month=place.month), text, parent)
        if closing:
            self.leave.setText(_(N_("Not now")))
        self.place = place
        self.closing = closing
        self.tied: TieOut | None = None
        self.lines: Sequence[AssetLine] = ()
        self.terms: dict[Term, QToolButton] = {}
        self.resize(900, 560)
        self.equation = QHBoxLayout()
        self.equation.setSpacing(8)
        self.state = QLabel(wordWrap=True)
        self.about = QLabel(wordWrap=True)
        self.about.setObjectName("hint")
        self.table = FigureTable(
            [
                Column(_(N_("Why"))),
                Column(_(N_("Asset code"))),
                Column(_(N_("Name")), wide=True),
                Column(_(N_("Last month")), number=True),
                Column(_(N_("This month")), number=True),
                Column(_(N_("Difference")), number=True),
            ]
        )
        self.table.opened.connect(self._ask_why)
        self.page.addLayout(self.equation)
        self.page.addWidget(self.state)
        self.page.addWidget(self.about)
        self.page.addWidget(self.table, 1)
        self.act.setEnabled(False)
        self.work(partial(work.tied, workspace.office, place.book.id, place.month), self._show)

    def do(self) -> None:
        """Close the month, or copy the assets of the term."""
        if not self.closing:
            self.table.selectAll()
            self.table.copy()
            return
        place = self.place
        do = partial(work.close, self.workspace.office, place.book.id, place.month)
        self.work(do, lambda _none: self.accept(), title=_(N_("Closing {month}"), month=place.month))

    def refresh(self) -> None:
        """A month that does not tie is not closed by this program."""
        self.act.setEnabled(self.tied is not None and not self.busy and (self.tied.balances or not self.closing))

    def choose(self, term: Term) -> None:
        """Show the assets of a term."""
        self.terms[term].setChecked(True)
        place = self.place
        do = partial(work.term_lines, self.workspace.office, place.book.id, place.month, term, None)
        self.workspace.tasks.run(do, self._show_lines, owner=self, key="term")

    def _show(self, tied: TieOut) -> None:
        self.tied = tied
        last, this = self.place.month - 1, self.place.month
        self._part("", _(N_("Last month")), tied.last, partial(self._ask_month, last))
        group = QButtonGroup(self)
        for term in Term:
            amount = tied.sum(term)
            shown = -amount if term is Term.FINISHED else amount
            button = self._part(_SIGNS[term], _(term.label), shown, partial(self.choose, term))
            button.setCheckable(True)
            count = sum(line.assets for line in tied.lines if line.term is term)
            button.setToolTip(_(N_("{count} assets"), count=f"{count:,}"))
            button.setEnabled(bool(count))
            group.addButton(button)
            self.terms[term] = button
        self._part("=", _(N_("This month")), tied.this, partial(self._ask_month, this))
        self.equation.addStretch()
        self._tell(tied)
        filled = [term for term in Term if self.terms[term].isEnabled()]
        if filled:
            self.choose(filled[0])

    def _part(self, sign: str, label: str, amount: Decimal, do: Callable[[], object]) -> QToolButton:
        if sign:
            between = QLabel(sign)
            between.setObjectName("recordTitle")
            self.equation.addWidget(between)
        button = QToolButton()
        button.setObjectName("term")
        button.setText(f"{label}\n{money(amount)}")
        button.setAccessibleName(f"{label} {money(amount)}")
        button.clicked.connect(lambda _checked=False: do())
        self.equation.addWidget(button)
        return button

    def _tell(self, tied: TieOut) -> None:
        if tied.balances:
            self.state.setObjectName("good")
            said = N_("It ties: every difference to last month is explained, and every sum is right.")
        else:
            self.state.setObjectName("bad")
            said = N_("It does not tie. Look at the assets that are not explained, correct them, and run it again.")
        self.state.style().polish(self.state)
        self.state.setText(_(said))
        reasons = [
            _(
                N_("{reason}: {count} ({amount})"),
                reason=_(line.reason.label),
                count=line.assets,
                amount=signed(line.amount),
            )
            for line in tied.lines
        ]
        moved = [_movement(_(N_("Original value")), tied.cost), _movement(_(N_("Accumulated")), tied.accumulated)]
        self.about.setText("\n".join(filter(None, ("; ".join(reasons), *moved))))
        self.about.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)

    def _show_lines(self, lines: Sequence[AssetLine]) -> None:
        self.lines = lines
        self.table.show_lines(
            [
                (
                    _(line.reason.label),
                    line.code or "",
                    line.name,
                    money(line.before),
                    money(line.now),
                    signed(line.now - line.before),
                )
                for line in lines
            ]
        )

    def _ask_month(self, month: object) -> None:
        self.month_wanted.emit(month)
        self.reject()

    def _ask_why(self, row: int) -> None:
        self.why_wanted.emit(self.lines[row].asset_id, self.place.month)


def _movement(what: str, moved: Movement) -> str:
    return _(
        N_("{what}: {last} + {arrived} − {gone} ± {changed} = {this}"),
        what=what,
        last=money(moved.last),
        arrived=money(moved.arrived),
        gone=money(moved.gone),
        changed=money(moved.changed),
        this=money(moved.this),
    )
