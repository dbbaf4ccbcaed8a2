"""Two people changed one record: what each of them did, what goes together, and what only a person can decide."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from logistics_desktop.ledger.entity import Entity, Values
from logistics_desktop.ledger.fields import Field, Reference
from logistics_desktop.ledger.limits import trimmed


@dataclass(frozen=True, slots=True)
class Clash:
    """A field that both changed, each in another way."""

    field: Field
    base: Any
    theirs: Any
    mine: Any


@dataclass(frozen=True, slots=True)
class Merge:
    """`kept` are my changes that nothing of theirs is against, by key; `added` the fields that only they changed."""

    kept: Mapping[str, Any]
    added: tuple[Field, ...]
    clashes: tuple[Clash, ...]


def merge(entity: Entity, base: Values, theirs: Values, mine: Mapping[str, Any]) -> Merge:
    """Put `mine`, the fields that I changed, together with `theirs`; both began with `base`."""
    kept: dict[str, Any] = {}
    added: list[Field] = []
    clashes: list[Clash] = []
    for field in entity:
        key = field.key
        old, their = base.get(key), theirs.get(key)
        changed = not same(old, their)
        if key not in mine or same(mine[key], their):
            if changed:
                added.append(field)
        elif changed:
            clashes.append(Clash(field, old, their, mine[key]))
        else:
            kept[key] = mine[key]
    return Merge(kept, tuple(added), tuple(clashes))


def same(one: Any, other: Any) -> bool:
    """Whether two values are the same when they are stored; a reference is its number."""
    return bool(_stored(one) == _stored(other))


def _stored(value: Any) -> Any:
    return value.id if isinstance(value, Reference) else trimmed(value)
