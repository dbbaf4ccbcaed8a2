"""Rows of a tree that name other rows of the same sheet: a list of departments with the department above each."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from logistics_desktop.ledger.entity import Entity
from logistics_desktop.ledger.references import Node
from logistics_desktop.workbook.names import Names
from logistics_desktop.workbook.planned import OwnRow
from logistics_desktop.workbook.store import table_of

_DEEPEST = 30


def rows_above(entity: Entity, values: Mapping[str, Sequence[Any]], texts: Sequence[str | None]) -> dict[int, int]:
    """The row of the same sheet that each row names as the one above it, by position; the row itself if it does that.

    What the sheet itself says of a name goes before what the ledger knows. A path such as "A/B" is understood once it
    is known what is above B, so the rows are looked through again until nothing more is found.
    """
    wanted = [place for place, text in enumerate(texts) if text is not None]
    above: dict[int, int] = {}
    for _again in range(_DEEPEST if wanted else 0):
        found = dict(_find(entity, values, texts, wanted, above))
        if found == above:
            break
        above = found
    return above


def _find(
    entity: Entity,
    values: Mapping[str, Sequence[Any]],
    texts: Sequence[str | None],
    wanted: Sequence[int],
    above: Mapping[int, int],
) -> Iterator[tuple[int, int]]:
    nothing = [None] * len(texts)
    codes = values.get(entity.match[-1].key, nothing)
    titles = values.get(entity.title.key, nothing)
    nodes = [Node(n, above.get(n), codes[n] or "", titles[n] or "") for n in range(len(texts)) if codes[n] or titles[n]]
    names = Names(nodes, {})
    for place in wanted:
        rows = names.find(texts[place] or "")
        if len(rows) == 1:
            yield place, rows[0]


def as_values(
    session: Session, entity: Entity, values: Mapping[str, Sequence[Any]], above: Mapping[int, int]
) -> dict[int, Any]:
    """What the field for the record above gets: a record's id, a row that is still to be stored, nothing at the top."""
    match = [column.key for column in entity.match if column.key in values]
    table = table_of(entity)
    stored: dict[tuple[Any, ...], int] = {}
    if entity.match[-1].key in match:
        records = session.execute(sa.select(table.c.id, *(table.c[key] for key in match)))
        stored = {tuple(key): record for record, *key in records}
    titles = values.get(entity.title.key)
    result: dict[int, Any] = {}
    for place, row in above.items():
        key = tuple(values[name][row] for name in match)
        name = str((titles[row] if titles else None) or key[-1])
        result[place] = None if row == place else stored.get(key) or OwnRow(row, name)
    return result


def below(values: Sequence[Any], left_out: set[int]) -> dict[int, int]:
    """The rows that cannot be stored because the row above them is left out, by position, and that row's."""
    waiting = {place: value.position for place, value in enumerate(values) if type(value) is OwnRow}
    found: dict[int, int] = {}
    while more := {place: row for place, row in waiting.items() if row in left_out or row in found}:
        found |= more
        waiting = {place: row for place, row in waiting.items() if place not in more}
    return {place: row for place, row in found.items() if place not in left_out}


def in_rings(values: Sequence[Any]) -> set[int]:
    """The rows that lie above and below each other in a ring."""
    above = {place: value.position for place, value in enumerate(values) if type(value) is OwnRow}
    while ends := {place for place, row in above.items() if row not in above}:
        above = {place: row for place, row in above.items() if place not in ends}
    return set(above)


def generations(places: Sequence[int], values: Sequence[Any] | None) -> Iterator[list[int]]:
    """The rows in the order in which they can be stored: first those that wait for none, then those below them."""
    waiting = list(places)
    while waiting:
        unborn = set(waiting)
        ready = [one for one in waiting if values is None or _waits_for(values[one]) not in unborn]
        assert ready, "rows in a ring are refused when the import is planned"
        yield ready
        waiting = [one for one in waiting if one not in set(ready)] if len(ready) < len(waiting) else []


def _waits_for(value: Any) -> int | None:
    return value.position if type(value) is OwnRow else None
