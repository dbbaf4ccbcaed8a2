"""A plan as lines of text for the eye."""

from __future__ import annotations

from collections.abc import Iterable

from logistics_desktop.ledger.entity import Ledgers
from logistics_desktop.workbook.planned import Line, Plan


def lines(ledgers: Ledgers, plan: Plan, positions: Iterable[int]) -> list[Line]:
    """The rows at `positions`, their cells in the order of `plan.keys`, as a person reads them."""
    raise NotImplementedError
