"""The truth table as a page of the manual: made from the table that the database asks before every action."""

from __future__ import annotations

import itertools
from collections.abc import Mapping

import sqlalchemy as sa

from db.models.approvals import CASE_STATES, TASK_MODES, TASK_STATES, ApprovalRule
from logistics_desktop.features.approvals import words
from logistics_desktop.i18n import N_, _

Rules = Mapping[tuple[str, str, str], tuple[bool, str]]
"""Whether something may be done, and what follows, by mode, state and action."""


def read(connection: sa.Connection) -> Rules:
    """The truth table of a database."""
    rule = ApprovalRule
    found = connection.execute(sa.select(rule.mode, rule.state, rule.action, rule.allowed, rule.outcome))
    return {(row.mode, row.state, row.action): (row.allowed, row.outcome) for row in found}


def page(rules: Rules) -> str:
    """The page of the manual, in the language in force."""
    title = N_("What can be done when")
    intro = N_(
        "This page is made from the table that the database asks before every action, so it is what really happens. A "
        "row is an action, a column a state; a dash is what is not possible there, and bold what may be done."
    )
    lines = [f"# {_(title)}", "", _(intro), ""]
    for mode in TASK_MODES:
        lines += [f"## {_(words.MODES[mode])}", "", *_table(rules, mode, TASK_STATES), ""]
    lines += [f"## {_(words.MODES['case'])}", "", *_table(rules, "case", CASE_STATES), ""]
    return "\n".join([*lines, _(N_("Back to [Approvals](approvals.md).")), ""])


def _table(rules: Rules, mode: str, states: tuple[str, ...]) -> list[str]:
    named = words.CASE_STATES if mode == "case" else words.TASK_STATES
    actions = [action for action in words.ACTIONS if (mode, states[0], action) in rules]
    alike = itertools.groupby(states, key=lambda state: [rules[mode, state, action] for action in actions])
    columns = [(list(group), cells) for cells, group in alike]
    head = [_(N_("Action")), *(_(N_(", ")).join(_(named[state]) for state in group) for group, _cells in columns)]
    rows = [
        [_(words.ACTIONS[action]), *(_cell(*cells[place]) for _group, cells in columns)]
        for place, action in enumerate(actions)
    ]
    return [_row(head), _row(["---"] * len(head)), *(_row(row) for row in rows)]


def _cell(allowed: bool, outcome: str) -> str:
    if outcome == "never":
        return "—"
    said = _(words.OUTCOMES[outcome])
    return f"**{said}**" if allowed else said


def _row(cells: list[str]) -> str:
    return "| " + " | ".join(cells) + " |"
