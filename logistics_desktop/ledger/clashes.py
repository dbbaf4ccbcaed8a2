"""Values that must be unique, checked for many records before any of them is stored."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Session

from logistics_desktop.errors import UserError
from logistics_desktop.i18n import N_, _
from logistics_desktop.ledger.entity import Entity, Values

_CHUNK = 5_000


@dataclass(frozen=True, slots=True)
class Planned:
    """What a record is to be: `record` is its id, None for a new one; `values` are the fields that change."""

    record: int | None
    values: Values


def clashes(
    session: Session, entity: Entity, planned: Mapping[int, Planned], again: Callable[[int], UserError]
) -> dict[int, tuple[str, UserError]]:
    """The places of records that would take what another has, with the field to blame and the reason.

    `planned` are the records by place, in order; `again` tells of a value that the record at an earlier place gets
    as well.
    """
    found: dict[int, tuple[str, UserError]] = {}
    for keys in _unique(entity):
        touched = {place: one for place, one in planned.items() if any(key in one.values for key in keys)}
        if touched:
            found.update(_of_keys(session, entity, keys, touched, again))
    return found


def _unique(entity: Entity) -> list[tuple[str, ...]]:
    """The fields that no two records may share, together."""
    table = entity.model.__table__
    assert isinstance(table, sa.Table)
    every = (tuple(one.columns.keys()) for one in table.constraints if isinstance(one, sa.UniqueConstraint))
    return [keys for keys in every if all(key in entity.by_key for key in keys)]


def _of_keys(
    session: Session,
    entity: Entity,
    keys: tuple[str, ...],
    touched: Mapping[int, Planned],
    again: Callable[[int], UserError],
) -> dict[int, tuple[str, UserError]]:
    stored = _stored(session, entity, keys, [one.record for one in touched.values() if one.record is not None])
    wrong: dict[int, tuple[str, UserError]] = {}
    first: dict[tuple[Any, ...], int] = {}
    for place, one in touched.items():
        was = stored.get(one.record, {}) if one.record is not None else {}
        whole = tuple(one.values.get(key, was.get(key)) for key in keys)
        if None in whole:
            continue
        if first.setdefault(whole, place) != place:
            wrong[place] = keys[-1], again(first[whole])
    labels = ", ".join(_(entity.by_key[key].label) for key in keys)
    for whole in _taken(session, entity, keys, list(first), set(stored)):
        wrong[first[whole]] = keys[-1], UserError(N_("Another row already has this: {labels}."), labels=labels)
    return wrong


def _stored(
    session: Session, entity: Entity, keys: tuple[str, ...], ids: Sequence[int]
) -> dict[int, Mapping[str, Any]]:
    table = entity.model.__table__
    found: dict[int, Mapping[str, Any]] = {}
    for start in range(0, len(ids), _CHUNK):
        among = table.c.id == sa.any_(sa.literal(list(ids[start : start + _CHUNK]), ARRAY(sa.BigInteger)))
        rows = session.execute(sa.select(table.c.id, *(table.c[key] for key in keys)).where(among))
        found.update({record: dict(zip(keys, values, strict=True)) for record, *values in rows})
    return found


def _taken(
    session: Session, entity: Entity, keys: tuple[str, ...], wholes: Sequence[tuple[Any, ...]], own: set[int]
) -> set[tuple[Any, ...]]:
    """Those of `wholes` that a record has which does not change itself."""
    table = entity.model.__table__
    last, wanted = table.c[keys[-1]], set(wholes)
    taken: set[tuple[Any, ...]] = set()
    for start in range(0, len(wholes), _CHUNK):
        lasts = [whole[-1] for whole in wholes[start : start + _CHUNK]]
        among = last == sa.any_(sa.literal(lasts, ARRAY(last.type)))
        for record, *values in session.execute(sa.select(table.c.id, *(table.c[key] for key in keys)).where(among)):
            if record not in own and tuple(values) in wanted:
                taken.add(tuple(values))
    return taken
