"""Colours of rows by rule: rules as data, kept with a view, and the rule that each row meets."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from logistics_desktop.i18n import N_
from logistics_desktop.ledger import filters
from logistics_desktop.ledger.conditions import Condition, id_of, numbered, passes
from logistics_desktop.ledger.entity import Entity, Ledgers
from logistics_desktop.ledger.fields import Kind
from logistics_desktop.ledger.filters import Filter

COLOURS: Mapping[str, str] = {
    "red": N_("Red"),
    "amber": N_("Amber"),
    "green": N_("Green"),
    "blue": N_("Blue"),
    "violet": N_("Violet"),
    "grey": N_("Grey"),
}
"""The colours that a rule may have, with their labels; the window knows how they look in light and dark."""

MOST = 12
"""Rules of one view; more could not be told apart."""


@dataclass(frozen=True, slots=True)
class Over:
    """The day `key`, plus the months in the field `months` where one is named, is before today."""

    key: str
    months: str = ""


@dataclass(frozen=True, slots=True)
class Rule:
    """Rows for which `condition` holds get `colour`, a key of `COLOURS`; `label` is said in the legend.

    The label of a rule that comes with the program is a message id.
    """

    label: str
    colour: str
    condition: Filter | Over


def rules_to_json(rules: Sequence[Rule]) -> list[dict[str, Any]]:
    """Give `rules` as plain JSON values."""
    return [{"label": one.label, "colour": one.colour, "if": _to_json(one.condition)} for one in rules]


def rules_from_json(entity: Entity, data: Any) -> tuple[Rule, ...]:
    """Make the rules again; what the ledger no longer knows, or cannot be read, is left out."""
    read = (_rule(entity, one) for one in (data if isinstance(data, list) else []))
    return tuple(rule for rule in read if rule is not None)[:MOST]


def marks(
    session: Session, ledgers: Ledgers, entity: Entity, rules: Sequence[Rule], ids: Sequence[int], today: date
) -> dict[int, int]:
    """Give, for each of the rows `ids` that meets a rule, the place of the first that it meets."""
    if not rules or not ids:
        return {}
    which = first_met(ledgers, entity, rules, today)
    found = session.execute(sa.select(id_of(entity.model), which).where(numbered(entity, ids)))
    return {row: at for row, at in found if at is not None}


def first_met(ledgers: Ledgers, entity: Entity, rules: Sequence[Rule], today: date) -> sa.ColumnElement[int | None]:
    """The place of the first rule that a row meets, or NULL."""
    return sa.case(*((_holds(ledgers, entity, rule.condition, today), at) for at, rule in enumerate(rules)))


def _holds(ledgers: Ledgers, entity: Entity, condition: Filter | Over, today: date) -> Condition:
    if not isinstance(condition, Over):
        return passes(ledgers, entity, condition)
    end: sa.ColumnElement[Any] = entity.by_key[condition.key].stored
    if condition.months:
        end = end + sa.func.make_interval(0, entity.by_key[condition.months].stored)
    return end < sa.cast(today, sa.Date)


def _to_json(condition: Filter | Over) -> dict[str, Any]:
    if isinstance(condition, Over):
        return {"over": condition.key, "months": condition.months}
    return filters.filter_to_json(condition)


def _rule(entity: Entity, data: Any) -> Rule | None:
    match data:
        case {"label": str(label), "colour": str(colour), "if": Mapping() as condition} if label and colour in COLOURS:
            read = _condition(entity, condition)
            return None if read is None else Rule(label, colour, read)
    return None


def _condition(entity: Entity, data: Mapping[str, Any]) -> Filter | Over | None:
    match data:
        case {"over": str(key), "months": str(months)}:
            day, life = entity.by_key.get(key), entity.by_key.get(months)
            known = day is not None and day.kind is Kind.DATE
            fits = not months or (life is not None and life.kind in (Kind.MONTHS, Kind.INTEGER))
            return Over(key, months) if known and fits else None
    return filters.filter_from_json(entity, data)
