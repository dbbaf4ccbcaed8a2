"""Names that no ledger knows, and what is to be done about each."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QHBoxLayout, QLabel, QMenu, QPushButton, QVBoxLayout, QWidget

from logistics_desktop.i18n import N_, _
from logistics_desktop.ledger.fields import Reference
from logistics_desktop.ledgers import LEDGERS
from logistics_desktop.workbook.planned import Missing, Remedy, Use
from ui.ledger.importing.course import Course
from ui.ledger.importing.lines import Lines, LinesView
from ui.ledger.importing.tones import Tone, colour
from ui.ledger.reference_popup import ReferencePopup

_POPUP_WIDTH = 320


class NamesPanel(QWidget):
    """One line for a name with the number of its rows; the buttons decide about the selected ones."""

    def __init__(self, course: Course, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._course = course
        headers = [_(N_("Ledger")), _(N_("Name")), _(N_("Rows")), _(N_("What to do"))]
        self.list: LinesView[Missing] = LinesView(Lines(headers, self._texts, self._colour), (12, 18, 7))
        self.list.chosen.connect(self._enable)
        self.list.opened.connect(lambda _name: self.use_existing())
        hint = QLabel(
            _(N_("These names are in none of the ledgers. Select some, and say what each of them is.")), wordWrap=True
        )
        hint.setObjectName("hint")
        self.create_all = QPushButton(_(N_("Create all")), autoDefault=False)
        self.create_all.clicked.connect(course.create_all)
        self.create_some = QPushButton(_(N_("Create")), autoDefault=False)
        self.create_some.clicked.connect(lambda: course.decide(self.list.selected(), Remedy.CREATE))
        self.use = QPushButton(_(N_("Use an existing one …")), autoDefault=False)
        self.use.clicked.connect(lambda: self.use_existing())
        self.empty = QPushButton(_(N_("Leave empty")), autoDefault=False)
        self.empty.clicked.connect(lambda: course.decide(self.list.selected(), Remedy.EMPTY))
        buttons = QHBoxLayout()
        for button in (self.create_some, self.use, self.empty):
            buttons.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(6, 6, 6, 6)
        column.addWidget(hint)
        column.addWidget(self.create_all, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self.list, 1)
        column.addLayout(buttons)
        self._enable()

    def refresh(self) -> int:
        """Show the names of the plan and give the number of those that wait for a decision."""
        checked = self._course.checked
        missing = checked.plan.missing if checked else ()
        self.list.lines.show(missing)
        self.create_all.setEnabled(bool(checked and checked.plan.undecided))
        self._enable()
        return sum(one.decision is None for one in missing)

    def use_existing(self) -> QMenu | ReferencePopup | None:
        """Choose the record that the selected names mean: one of those with this name, or any."""
        chosen = self.list.selected()
        if not self.use.isEnabled() or not chosen:
            return None
        candidates = chosen[0].candidates if len(chosen) == 1 else ()
        return self._offer(chosen, candidates) if candidates else self._pick(chosen)

    def _offer(self, chosen: list[Missing], candidates: tuple[Reference, ...]) -> QMenu:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for candidate in candidates:
            menu.addAction(candidate.title, partial(self._take, chosen, candidate))
        menu.addSeparator()
        menu.addAction(_(N_("Another one …")), partial(self._pick, chosen))
        menu.popup(self._below_button())
        return menu

    def _pick(self, chosen: list[Missing]) -> ReferencePopup:
        popup = ReferencePopup(self._course.workspace, LEDGERS[chosen[0].ledger], self)
        popup.chosen.connect(partial(self._take, chosen))
        popup.open_at(self._below_button(), _POPUP_WIDTH)
        return popup

    def _take(self, chosen: list[Missing], reference: Reference) -> None:
        self._course.decide(chosen, Use(reference.id))

    def _below_button(self) -> QPoint:
        return self.use.mapToGlobal(QPoint(0, self.use.height() + 2))

    def _enable(self) -> None:
        chosen = self.list.selected()
        self.create_some.setEnabled(bool(chosen) and not any(one.candidates for one in chosen))
        self.empty.setEnabled(bool(chosen))
        self.use.setEnabled(len({one.ledger for one in chosen}) == 1)

    def _texts(self, one: Missing) -> tuple[str, ...]:
        return _(LEDGERS[one.ledger].singular), one.name, f"{len(one.rows):,}", self._decision(one)

    def _decision(self, one: Missing) -> str:
        match one.decision:
            case Use(id=record):
                checked = self._course.checked
                titles = checked.plan.titles.get(one.ledger, {}) if checked else {}
                return _(N_("Use “{name}”"), name=titles.get(record, f"#{record}"))
            case Remedy.CREATE:
                return _(N_("Create"))
            case Remedy.EMPTY:
                return _(N_("Leave empty"))
        if one.candidates:
            return _(N_("{count} have this name: say which"), count=len(one.candidates))
        return _(N_("Not decided"))

    def _colour(self, one: Missing) -> QColor | None:
        return colour(Tone.WRONG if one.candidates else Tone.DOUBTFUL) if one.decision is None else None
