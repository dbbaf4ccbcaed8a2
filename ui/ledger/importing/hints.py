"""What somebody should know before an import, each in a line with the way to do something about it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from logistics_desktop.i18n import N_, _
from logistics_desktop.workbook.mapping import LEAVE_OUT
from ui.ledger.importing.course import Course
from ui.ledger.importing.words import moment

_NAMED = 6


@dataclass(frozen=True, slots=True)
class _Hint:
    text: str
    way: str = ""
    warning: bool = False


class Hints(QFrame):
    """Nothing where there is nothing to say."""

    columns_wanted = Signal()

    def __init__(self, course: Course, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._course = course
        self._shown: list[_Hint] = []
        self._lines: list[QWidget] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(2)

    def refresh(self) -> None:
        """Say what is to be said of the plan."""
        hints = list(self._hints())
        if hints == self._shown:
            return
        self._shown = hints
        for line in self._lines:
            self._column.removeWidget(line)
            line.hide()
            line.deleteLater()
        self._lines = [self._line(hint) for hint in hints]
        for line in self._lines:
            self._column.addWidget(line)
        self.setVisible(bool(self._lines))

    def texts(self) -> list[str]:
        """What is said."""
        return [hint.text for hint in self._shown]

    def _line(self, hint: _Hint) -> QWidget:
        line = QWidget()
        row = QHBoxLayout(line)
        row.setContentsMargins(0, 0, 0, 0)
        text = QLabel(hint.text, wordWrap=True, textFormat=Qt.TextFormat.PlainText)
        text.setObjectName("warn" if hint.warning else "hint")
        row.addWidget(text, 1)
        if hint.way:
            way = QPushButton(hint.way, flat=True, autoDefault=False)
            way.setObjectName("way")
            way.clicked.connect(self.columns_wanted)
            row.addWidget(way, 0, Qt.AlignmentFlag.AlignTop)
        return line

    def _hints(self) -> Iterator[_Hint]:
        for say in (self._earlier, self._warnings, self._unmapped, self._empties):
            yield from say()

    def _earlier(self) -> Iterator[_Hint]:
        checked = self._course.checked
        for batch in checked.plan.earlier[:1] if checked else ():
            yield _Hint(
                _(
                    N_("{who} imported this very file on {at}: {new} new, {changed} changed."),
                    who=batch.who,
                    at=moment(batch.at),
                    new=f"{batch.new:,}",
                    changed=f"{batch.changed:,}",
                ),
                warning=True,
            )

    def _warnings(self) -> Iterator[_Hint]:
        intake, checked = self._course.intake, self._course.checked
        if intake is not None and checked is not None:
            for said in (*intake.workbook.warnings, *checked.plan.source.sheet.warnings, *checked.plan.warnings):
                yield _Hint(str(said), warning=True)

    def _unmapped(self) -> Iterator[_Hint]:
        checked = self._course.checked
        chosen = self._course.options.columns
        columns = checked.plan.header.unmapped if checked else []
        headers = [column.header for column in columns if chosen.get(column.index) != LEAVE_OUT]
        if headers:
            named = ", ".join(headers[:_NAMED]) + (" …" if len(headers) > _NAMED else "")
            yield _Hint(
                _(N_("Columns that are not imported: {headers}"), headers=named.replace("\n", " ")), _(N_("Columns …"))
            )

    def _empties(self) -> Iterator[_Hint]:
        checked = self._course.checked
        if checked is None or not checked.empties:
            return
        by_key = self._course.entity.by_key
        clearing = [
            _(by_key[key].label) for key in checked.plan.keys if key in checked.empties & self._course.options.clear
        ]
        if clearing:
            said = _(N_("Empty cells clear the value in: {fields}. Elsewhere it stays."), fields=", ".join(clearing))
        else:
            said = _(N_("Where a cell is empty, the value that is stored stays."))
        yield _Hint(said, _(N_("Change …")))
