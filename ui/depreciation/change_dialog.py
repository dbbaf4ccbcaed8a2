"""A change of value before it is stored: the schedule as it is beside the schedule as it would be."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from decimal import Decimal
from functools import partial
from typing import Any

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QComboBox, QGridLayout, QLabel, QLineEdit, QSplitter, QTabWidget, QVBoxLayout, QWidget

from logistics_desktop.errors import FieldErrors, UserError
from logistics_desktop.features.depreciation.board import BookLine
from logistics_desktop.features.depreciation.months import Month
from logistics_desktop.features.depreciation.one_asset import Course
from logistics_desktop.features.depreciation.terms import Change
from logistics_desktop.features.depreciation.terms_entities import CHANGE_KINDS, VALUE_CHANGES
from logistics_desktop.i18n import N_, _
from ui.charts.chart import Chart
from ui.depreciation import work
from ui.depreciation.numbers import called, money, signed
from ui.depreciation.plots import change_plot
from ui.depreciation.work import AssetInBook
from ui.figures import Column, FigureTable
from ui.ledger.editors import mark, plain_editor
from ui.notices import Tone
from ui.work_dialog import WorkDialog
from ui.workspace import Workspace

_WAIT_MS = 400
_MONTHS = 24  # to choose from; a change further away may be entered in the ledger of changes

# The columns of a change, and what `Change` calls them.
_FIELDS = {
    "cost": "cost",
    "life_months": "months",
    "residual_value": "residual",
    "impairment": "impairment",
    "method": "method",
}


class ChangeDialog(WorkDialog):
    """Every value typed shows its effect at once; the button stores it."""

    def __init__(self, workspace: Workspace, book: BookLine, asset: int, parent: QWidget | None = None) -> None:
        super().__init__(workspace, _(N_("Change of value")), _(N_("Store the change")), parent)
        self.book = book
        self.asset = asset
        self.resize(1080, 680)
        self.head = QLabel()
        self.head.setObjectName("recordTitle")
        self.month, self.kind = QComboBox(), QComboBox()
        for at in range(_MONTHS):
            self.month.addItem(str(book.open_month + at), book.open_month + at)
        for kind, choice in CHANGE_KINDS.items():
            self.kind.addItem(_(choice.label), kind)
        self.editors = {key: plain_editor(VALUE_CHANGES.by_key[key]) for key in _FIELDS}
        self.reason = QLineEdit(placeholderText=_(N_("Why? The reason is kept.")), maxLength=200)
        self.effect = QLabel(wordWrap=True, textFormat=Qt.TextFormat.PlainText)
        self.chart = Chart(workspace.tasks)
        self.years = FigureTable(
            [
                Column(_(N_("Year"))),
                Column(_(N_("As it is")), number=True),
                Column(_(N_("With the change")), number=True),
                Column(_(N_("Difference")), number=True),
            ]
        )
        self.months = FigureTable(
            [
                Column(_(N_("Month"))),
                Column(_(N_("Charge as it is")), number=True),
                Column(_(N_("Charge with the change")), number=True),
                Column(_(N_("Book value as it is")), number=True),
                Column(_(N_("Book value with the change")), number=True),
            ]
        )
        self._wait = QTimer(self, interval=_WAIT_MS, singleShot=True)
        self._wait.timeout.connect(self.preview)
        self._lay_out()
        self.month.currentIndexChanged.connect(lambda _at: self._wait.start())
        for editor in self.editors.values():
            editor.changed.connect(self._wait.start)
        self.work(partial(work.asset_in_book, workspace.office, book.id, asset), self._begin)

    def change(self) -> Change:
        """What was typed. Raises `FieldErrors` by the columns of the change."""
        values: dict[str, Any] = {}
        wrong: dict[str, UserError] = {}
        for key, name in _FIELDS.items():
            try:
                values[name] = self.editors[key].value()
            except UserError as error:
                wrong[key] = error
        for key, editor in self.editors.items():
            editor.set_wrong(key in wrong)
        if wrong:
            raise FieldErrors(wrong)
        return Change(self.month.currentData(), **values)

    def preview(self) -> None:
        """Show what the change would do."""
        try:
            change = self.change()
        except FieldErrors as error:
            self.say(_said(error))
            return
        if not change.given():
            self._clear()
            return
        do = partial(work.preview, self.workspace.office, self.book.id, self.asset, change)
        self.workspace.tasks.run(do, self._show, owner=self, key="preview", on_error=self._not_shown)

    def do(self) -> None:
        """Store the change."""
        try:
            change = self.change()
        except FieldErrors as error:
            self.say(_said(error))
            return
        kind, reason = self.kind.currentData(), self.reason.text()
        do = partial(work.store_change, self.workspace.office, self.book.id, self.asset, change, kind, reason)
        self.work(do, self._stored)

    def refuse(self, error: UserError) -> None:
        """Say what cannot be, and mark the fields that it is about."""
        wrong = error.by_field if isinstance(error, FieldErrors) else {}
        for key, name in _FIELDS.items():
            self.editors[key].set_wrong(name in wrong or key in wrong)
        mark(self.reason, "reason" in wrong)
        self.effect.setText("")
        self.say(_said(error))

    def _lay_out(self) -> None:
        form = QGridLayout()
        form.setHorizontalSpacing(12)
        labels = {key: _(VALUE_CHANGES.by_key[key].label) for key in _FIELDS}
        places: list[tuple[str, QWidget]] = [(_(N_("From month")), self.month), (_(N_("Kind of change")), self.kind)]
        places += [(labels[key], editor) for key, editor in self.editors.items()]
        places.append((_(N_("Reason")), self.reason))
        for row, (text, widget) in enumerate(places):
            label = QLabel(text)
            label.setBuddy(widget)
            widget.setAccessibleName(text)
            form.addWidget(label, row, 0)
            form.addWidget(widget, row, 1)
        hint = QLabel(_(N_("Fill in what changes; what stays empty stays as it is. Posted months never change.")))
        hint.setWordWrap(True)
        hint.setObjectName("hint")
        side = QWidget()
        left = QVBoxLayout(side)
        left.setContentsMargins(0, 0, 8, 0)
        left.addWidget(hint)
        left.addLayout(form)
        left.addWidget(self.effect)
        left.addStretch()
        side.setMinimumWidth(360)
        tabs = QTabWidget(documentMode=True)
        tabs.addTab(self.years, _(N_("By year")))
        tabs.addTab(self.months, _(N_("By month")))
        right = QSplitter(Qt.Orientation.Vertical)
        right.setHandleWidth(1)
        right.addWidget(self.chart)
        right.addWidget(tabs)
        right.setSizes([260, 320])
        split = QSplitter()
        split.setHandleWidth(1)
        split.addWidget(side)
        split.addWidget(right)
        split.setSizes([380, 700])
        self.page.addWidget(self.head)
        self.page.addWidget(split, 1)

    def _begin(self, found: AssetInBook) -> None:
        self.head.setText(f"{called(found.code, found.name)} · {self.book.name}")
        now = {"cost": "cost", "life_months": "life", "residual_value": "residual"}
        for key, name in now.items():
            term = found.terms.get(name)
            editor = self.editors[key]
            if term is not None and isinstance(editor, QLineEdit):
                text = money(term.value) if isinstance(term.value, Decimal) else str(term.value)
                editor.setPlaceholderText(text)
        ahead = tuple(step for step in found.course.steps if not step.closed)
        self._show((Course(ahead), Course(ahead)))
        self.preview()

    def _show(self, courses: tuple[Course, Course]) -> None:
        now, then = courses
        self.say("")
        self.chart.show_plot(change_plot(now, then, self.book.currency))
        years = [_by_year(course) for course in courses]
        both = sorted(years[0].keys() | years[1].keys())
        lines = [(str(year), years[0].get(year, Decimal()), years[1].get(year, Decimal())) for year in both]
        self.years.show_lines([(year, money(old), money(new), signed(new - old)) for year, old, new in lines])
        self.months.show_lines(_monthly(now, then))
        first = now.steps[0].amount if now.steps else Decimal()
        changed = next((step.amount for step in then.steps if step.period >= self.month.currentData()), Decimal())
        text = N_("A month charges {old} as it is and {new} with the change; {first} is the first month to differ.")
        differing = _first_difference(now, then)
        self.effect.setText(
            _(text, old=money(first), new=money(changed), first=differing) if differing else _(N_("Nothing differs."))
        )

    def _clear(self) -> None:
        self.say("")
        self.effect.setText("")

    def _not_shown(self, error: BaseException) -> None:
        if isinstance(error, UserError):
            self.refuse(error)
        else:
            self.workspace.notices.report(error)

    def _stored(self, _number: int) -> None:
        self.workspace.notices.say(_(N_("The change is stored. Run depreciation again.")), Tone.DONE)
        self.accept()


def _said(error: UserError) -> str:
    if not isinstance(error, FieldErrors):
        return str(error)
    return "\n".join(dict.fromkeys(str(one) for one in error.by_field.values()))


def _by_year(course: Course) -> Mapping[int, Decimal]:
    sums: dict[int, Decimal] = defaultdict(Decimal)
    for step in course.steps:
        sums[step.period.year] += step.amount
    return sums


def _monthly(now: Course, then: Course) -> list[tuple[str, ...]]:
    old, new = ({step.period: step for step in course.steps} for course in (now, then))

    def text(step: Any, name: str) -> str:
        return "" if step is None else money(getattr(step, name))

    return [
        (str(month), *(text(side.get(month), name) for name in ("amount", "book_value") for side in (old, new)))
        for month in sorted(old.keys() | new.keys())
    ]


def _first_difference(now: Course, then: Course) -> Month | None:
    old, new = ({step.period: (step.amount, step.book_value) for step in course.steps} for course in (now, then))
    return next((month for month in sorted(old.keys() | new.keys()) if old.get(month) != new.get(month)), None)
