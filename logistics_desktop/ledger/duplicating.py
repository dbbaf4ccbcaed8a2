"""A new record made after another one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from logistics_desktop.ledger.entity import Entity, Values
from logistics_desktop.ledger.fields import Field


@dataclass(frozen=True, slots=True)
class Duplicate:
    """The values of the new record, and the fields that were left out although the other one had something there."""

    values: dict[str, Any]
    left_out: tuple[Field, ...]


def duplicate(entity: Entity, values: Values, blank: Values) -> Duplicate:
    """Copy what may be alike in two records; the rest is as in the `blank` one."""
    own = {column.key for column in entity.own} | {field.key for field in entity if field.stored.unique}
    copied = {field.key: blank.get(field.key) if field.key in own else values.get(field.key) for field in entity}
    left_out = tuple(field for field in entity if field.key in own and values.get(field.key) is not None)
    return Duplicate(copied, left_out)
