"""What a sheet says about records that are there already: the same, or which cells differ."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Session

from logistics_desktop.errors import UserError
from logistics_desktop.i18n import N_
from logistics_desktop.jobs import Job
from logistics_desktop.ledger.entity import Entity
from logistics_desktop.workbook.planned import CellChange, Existing
from logistics_desktop.workbook.store import table_of

_CHUNK = 5_000
"""Rows whose records are fetched at once, so that a large sheet never meets a whole ledger in memory."""

_FETCHED = 250
"""Rows fetched at once by their ids; more would keep the window waiting for the interpreter."""

Key = tuple[Any, ...]
Check = Callable[[Mapping[str, Any]], Mapping[str, UserError]]


@dataclass(slots=True)
class Comparison:
    """By position: the record that a row means, its cells that differ, and what is wrong (by field's key or None)."""

    existing: dict[int, Existing] = field(default_factory=dict)
    changes: dict[int, tuple[CellChange, ...]] = field(default_factory=dict)
    wrong: dict[int, list[tuple[str | None, UserError]]] = field(default_factory=dict)


def compare(
    session: Session,
    entity: Entity,
    values: Mapping[str, Sequence[Any]],
    keyed: Mapping[Key, int],
    clear: frozenset[str],
    job: Job,
) -> Comparison:
    """Compare the rows of `keyed` (values of the match fields that the sheet has, to position) with the records.

    An empty cell leaves a record's value, unless its field is in `clear`. A row that changes something
    is checked as the record it makes, by the ledger's own rule.
    """
    match = [column.key for column in entity.match if column.key in values]
    result = Comparison()
    if not match:
        return result
    comparing = _Comparing(entity, values, clear, result)
    pairs = list(keyed.items())
    for start in range(0, len(pairs), _CHUNK):
        job.progress(start, len(pairs), job.state.text)
        chunk = dict(pairs[start : start + _CHUNK])
        for key, records in _records(session, entity, match, chunk).items():
            comparing.row(chunk[key], records)
    return result


def compare_records(
    session: Session,
    entity: Entity,
    values: Mapping[str, Sequence[Any]],
    records: Mapping[int, int],
    clear: frozenset[str],
    job: Job,
) -> Comparison:
    """Compare the rows at the positions in `records` with the records of these ids, as `compare` does."""
    result = Comparison()
    comparing = _Comparing(entity, values, clear, result)
    table = table_of(entity)
    statement = sa.select(table.c.id, table.c.version, *(one.read for one in entity))
    pairs = list(records.items())
    for start in range(0, len(pairs), _FETCHED):
        job.progress(start, len(pairs), job.state.text)
        chunk = pairs[start : start + _FETCHED]
        among = table.c.id == sa.any_(sa.literal([record for _place, record in chunk], ARRAY(sa.BigInteger)))
        found = {record["id"]: record for record in session.execute(statement.where(among)).mappings()}
        for position, number in chunk:
            if number in found:
                comparing.row(position, [found[number]])
            else:
                result.wrong[position] = [(None, UserError(N_("This record has been deleted meanwhile.")))]
    return result


def _records(
    session: Session, entity: Entity, match: list[str], wanted: Mapping[Key, int]
) -> dict[Key, list[sa.RowMapping]]:
    table = table_of(entity)
    last = table.c[match[-1]]
    columns = [table.c.id, table.c.version, *(one.read for one in entity)]
    # Joined, as the server would compare each row with each of an array of thousands.
    sent, sent_as = [key[-1] for key in wanted], sa.Text() if entity.has_code else last.type
    codes = sa.func.unnest(sa.literal(sent, ARRAY(sent_as))).table_valued("code").render_derived()
    statement = sa.select(*columns).join_from(table, codes, last == codes.c.code)
    found: dict[Key, list[sa.RowMapping]] = defaultdict(list)
    for record in session.execute(statement).mappings():
        key = tuple(record[name] for name in match)
        if key in wanted:
            found[key].append(record)
    return found


class _Comparing:
    """Compares row by row; what is the same for all rows is prepared once."""

    def __init__(
        self, entity: Entity, values: Mapping[str, Sequence[Any]], clear: frozenset[str], result: Comparison
    ) -> None:
        self._entity = entity
        self._columns = [(key, column, key in clear) for key, column in values.items()]
        self._result = result

    def row(self, position: int, records: Sequence[sa.RowMapping]) -> None:
        record = records[0]
        if len(records) > 1:
            self._refuse(position, None, UserError(N_("This code stands for {count} records."), count=len(records)))
            return
        self._result.existing[position] = Existing(record["id"], record["version"])
        changes = tuple(self._changes(position, record))
        if changes:
            self._result.changes[position] = changes
            self._check(position, record, changes)

    def _changes(self, position: int, record: sa.RowMapping) -> Iterator[CellChange]:
        for key, column, clears in self._columns:
            after, before = column[position], record[key]
            if after != before and (after is not None or clears):
                yield CellChange(position, key, before, after)

    def _check(self, position: int, record: sa.RowMapping, changes: Sequence[CellChange]) -> None:
        for change in changes:
            if change.after is None and not self._entity.by_key[change.key].nullable:
                self._refuse(position, change.key, UserError(N_("This must be filled in.")))
                return
        made = {**record, **{change.key: change.after for change in changes}}
        for key, problem in self._entity.rule(made).items():
            self._refuse(position, key, problem)

    def _refuse(self, position: int, key: str | None, problem: UserError) -> None:
        self._result.wrong.setdefault(position, []).append((key, problem))


def check_new(
    entity: Entity, values: Mapping[str, Sequence[Any]], positions: Sequence[int]
) -> dict[int, list[tuple[str | None, UserError]]]:
    """What keeps rows from becoming new records: required fields without a value, and the ledger's own rule.

    A field that the sheet does not have may be filled by the program (a number of its own, what the ledger
    gives to the records made on the way).
    """
    wrong: dict[int, list[tuple[str | None, UserError]]] = {}
    for key in _must(entity, values):
        column = values.get(key)
        for place in positions:
            if column is None or column[place] is None:
                wrong.setdefault(place, []).append((key, UserError(N_("This must be filled in."))))
    keys, rows = tuple(values), list(zip(*values.values(), strict=True))
    for place in positions:
        row = rows[place] if keys else ()
        for name, problem in entity.rule(dict(zip(keys, row, strict=True))).items():
            wrong.setdefault(place, []).append((name, problem))
    return wrong


def _must(entity: Entity, values: Mapping[str, Sequence[Any]]) -> list[str]:
    filled = {*entity.made_with, *((entity.match[-1].key,) if entity.has_code else ())}
    return [one.key for one in entity if one.required and (one.key in values or one.key not in filled)]
