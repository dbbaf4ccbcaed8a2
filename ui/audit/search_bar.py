"""What the auditor looks for: who, what was done, to which thing and field, and when."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from PySide6.QtCore import QDate, QTimer, Signal
from PySide6.QtWidgets import QComboBox, QDateEdit, QHBoxLayout, QLabel, QLineEdit, QVBoxLayout, QWidget

from logistics_desktop.features.audit.reading import ACTIONS, Search
from logistics_desktop.features.audit.tables import ENTITIES, OTHERS
from logistics_desktop.i18n import N_, _
from ui.ledger import quick_dates

_PAUSE_MS = 250  # after the last key, before it is looked for
_CHOSEN_DAYS = "days"
_DAYS = {"": N_("any time"), "today": N_("Today"), "week": N_("Last 7 days"), **quick_dates.NAMES}


class SearchBar(QWidget):
    """Two rows of choices; `changed` comes a moment after the last change."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.who = _box(N_("Who"), [("", _(N_("everybody")))])
        self.action = _box(N_("Action"), [("", _(N_("anything"))), *((key, _(text)) for key, text in ACTIONS.items())])
        self.table = _box(N_("Ledger"), [("", _(N_("all ledgers"))), *_tables()])
        self.code = QLineEdit(placeholderText=_(N_("Code or name")), clearButtonEnabled=True)
        self.code.setAccessibleName(_(N_("Code or name")))
        self.key = _box(N_("Field"), [("", _(N_("all fields")))])
        days = [*((key, _(text)) for key, text in _DAYS.items()), (_CHOSEN_DAYS, _(N_("from … to …")))]
        self.days = _box(N_("Period"), days)
        self.first, self.last = _day(N_("First day")), _day(N_("Last day"))
        self._pause = QTimer(self, interval=_PAUSE_MS, singleShot=True)
        self._pause.timeout.connect(self.changed)
        self._lay_out()
        self.table.currentIndexChanged.connect(self._show_fields)
        self.days.currentIndexChanged.connect(self._show_days)
        for box in (self.who, self.action, self.table, self.key, self.days):
            box.currentIndexChanged.connect(self._pause.start)
        self.code.textChanged.connect(self._pause.start)
        for edit in (self.first, self.last):
            edit.dateChanged.connect(self._pause.start)
        self._show_fields()
        self._show_days()

    def search(self) -> Search:
        """What is chosen."""
        first, last = self._period()
        return Search(
            self.who.currentData(),
            self.table.currentData(),
            self.code.text().strip(),
            self.key.currentData(),
            self.action.currentData(),
            first,
            last,
        )

    def show_people(self, people: Iterable[tuple[str, str]]) -> None:
        """Offer those who are in the log; who was chosen stays so."""
        chosen = self.who.currentData()
        self.who.blockSignals(True)
        while self.who.count() > 1:
            self.who.removeItem(1)
        for login, name in people:
            self.who.addItem(f"{login} {name}".strip(), login)
        self.who.setCurrentIndex(max(self.who.findData(chosen), 0))
        self.who.blockSignals(False)

    def _period(self) -> tuple[date | None, date | None]:
        today = date.today()  # noqa: DTZ011 - the user's own day
        chosen = self.days.currentData()
        if chosen == _CHOSEN_DAYS:
            return _date(self.first), _date(self.last)
        if chosen in quick_dates.NAMES:
            return quick_dates.days(chosen, today)
        return {"": None, "today": today, "week": today - timedelta(days=6)}[chosen], None

    def _show_fields(self) -> None:
        """Offer the fields of the ledger that is chosen; a thing is looked for in one ledger."""
        entity = ENTITIES.get(self.table.currentData())
        self.key.blockSignals(True)
        while self.key.count() > 1:
            self.key.removeItem(1)
        for field in entity or ():
            self.key.addItem(_(field.label), field.key)
        self.key.blockSignals(False)
        self.key.setEnabled(entity is not None)
        self.code.setEnabled(bool(self.table.currentData()))
        if not self.code.isEnabled():
            self.code.clear()

    def _show_days(self) -> None:
        for edit in (self.first, self.last):
            edit.setVisible(self.days.currentData() == _CHOSEN_DAYS)

    def _lay_out(self) -> None:
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        for widgets in ((self.who, self.action, self.days, self.first, self.last), (self.table, self.code, self.key)):
            row = QHBoxLayout()
            for widget in widgets:
                if isinstance(widget, QComboBox):
                    label = QLabel(widget.accessibleName())
                    label.setBuddy(widget)
                    row.addWidget(label)
                row.addWidget(widget)
            row.addStretch()
            rows.addLayout(row)
        self.code.setMinimumWidth(200)


def _tables() -> list[tuple[str, str]]:
    ledgers = [(table, _(entity.label)) for table, entity in ENTITIES.items()]
    return [*ledgers, *sorted(((table, _(text)) for table, text in OTHERS.items()), key=lambda item: item[1])]


def _box(label: str, choices: Iterable[tuple[str, str]]) -> QComboBox:
    box = QComboBox()
    box.setAccessibleName(_(label))
    box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
    for key, text in choices:
        box.addItem(text, key)
    return box


def _day(label: str) -> QDateEdit:
    edit = QDateEdit(QDate.currentDate())
    edit.setCalendarPopup(True)
    edit.setDisplayFormat("yyyy-MM-dd")
    edit.setAccessibleName(_(label))
    return edit


def _date(edit: QDateEdit) -> date:
    day = edit.date()
    return date(day.year(), day.month(), day.day())
