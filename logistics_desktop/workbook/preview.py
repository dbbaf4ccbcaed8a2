"""A plan as lines of text for the eye."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

from logistics_desktop.ledger.entity import Ledgers
from logistics_desktop.ledger.fields import Kind, Reference
from logistics_desktop.ledger.kinds import text_of
from logistics_desktop.workbook.planned import Cell, CellProblem, InSheet, Line, Plan, Unmet


class Preview:
    """The rows of a plan as a person reads them; what is wrong is found by row, so that any row is quickly shown."""

    def __init__(self, ledgers: Ledgers, plan: Plan) -> None:
        self._ledgers = ledgers
        self._plan = plan
        self._errors = _by_cell(plan.errors)
        self._remarks = _by_cell(plan.remarks)

    def lines(self, positions: Iterable[int]) -> list[Line]:
        """The rows at `positions`, their cells in the order of the plan's keys."""
        return [self._line(position) for position in positions]

    def text(self, key: str, value: Any) -> str:
        """A value of a field as it is shown; a record that is still to come by its name."""
        field = self._plan.entity.by_key[key]
        if isinstance(value, Unmet | InSheet):
            return value.name
        if field.kind is Kind.REFERENCE and value is not None:
            titles: Mapping[int, str] = self._plan.titles.get(self._ledgers.target(field).key, {})
            value = Reference(value, titles.get(value, f"#{value}"))
        return text_of(field, value)

    def _line(self, position: int) -> Line:
        row = self._plan.row_numbers[position]
        outcome = self._plan.outcomes[position]
        before = {change.key: change.before for change in self._plan.changes.get(position, ())}
        cells = tuple(self._cell(position, row, key, before) for key in self._plan.keys)
        shown = set(self._plan.keys)
        elsewhere = [str(one.problem) for one in self._errors.get(row, ()) if one.key not in shown]
        return Line(row, outcome, cells, " ".join(elsewhere))

    def _cell(self, position: int, row: int, key: str, before: Mapping[str, Any]) -> Cell:
        errors = [one for one in self._errors.get(row, ()) if one.key == key]
        remarks = [one for one in self._remarks.get(row, ()) if one.key == key]
        value = self._plan.values[key][position]
        text = errors[0].value if errors and value is None else self.text(key, value)
        problem = " ".join(str(one.problem) for one in (*errors, *remarks))
        was = self.text(key, before[key]) if key in before else None
        return Cell(text, was, problem, refused=bool(errors))


def _by_cell(problems: Iterable[CellProblem]) -> Mapping[int, list[CellProblem]]:
    found: dict[int, list[CellProblem]] = defaultdict(list)
    for problem in problems:
        found[problem.row].append(problem)
    return found
