"""Everything that is wrong with the cells, as a list that leads to them."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from logistics_desktop.i18n import N_, _
from logistics_desktop.ledger.entity import Entity
from logistics_desktop.workbook.planned import CellProblem
from logistics_desktop.workbook.values import Problem, Severity
from ui.ledger.importing.lines import Lines, LinesView
from ui.ledger.importing.tones import Tone, colour
from ui.ledger.importing.work import Checked

_VALUE_LENGTH = 60


class ProblemsPanel(QWidget):
    """Row, column, value, what is wrong; a double click or Enter goes to the cell."""

    wanted = Signal(int, object)  # row in the sheet, key of the field or None

    def __init__(self, entity: Entity, checked: Callable[[], Checked | None], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._entity = entity
        self._checked = checked
        headers = [_(N_("Row")), _(N_("Column")), _(N_("In the cell")), _(N_("What is wrong"))]
        self.list: LinesView[CellProblem] = LinesView(Lines(headers, self._texts, _colour), (7, 13, 13))
        self.list.opened.connect(lambda problem: self.wanted.emit(problem.row, problem.key))
        self.list.chosen.connect(self._explain)
        self.whole = QLabel(wordWrap=True, textFormat=Qt.TextFormat.PlainText)
        self.whole.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        column = QVBoxLayout(self)
        column.setContentsMargins(6, 6, 6, 6)
        column.addWidget(self.list, 1)
        column.addWidget(self.whole)

    def refresh(self) -> int:
        """Show the problems of the plan and give their number."""
        checked = self._checked()
        self.list.lines.show(checked.problems if checked else ())
        self._explain()
        return len(self.list.lines.items)

    def _texts(self, problem: CellProblem) -> tuple[str, ...]:
        label = _(self._entity.by_key[problem.key].label) if problem.key else ""
        header = problem.column.header if problem.column else label
        return f"{problem.row:,}", header, problem.value[:_VALUE_LENGTH], str(problem.problem)

    def _explain(self) -> None:
        """Say the problem that is selected in full: what is wrong and what to do."""
        chosen = self.list.selected()[:1]
        self.whole.setText(str(chosen[0].problem) if chosen else _(N_("A double click leads to the cell.")))


def _colour(problem: CellProblem) -> QColor | None:
    doubtful = isinstance(problem.problem, Problem) and problem.problem.severity is Severity.WARNING
    return colour(Tone.DOUBTFUL) if doubtful else None
