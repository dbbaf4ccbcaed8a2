"""Which field a header of somebody's workbook means."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from db.models.history import HeaderMap as Remembered
from logistics_desktop.i18n import in_every_language
from logistics_desktop.ledger.entity import Entity
from logistics_desktop.ledger.fields import Field, Kind
from logistics_desktop.workbook.annotate import PROBLEM_HEADERS
from logistics_desktop.workbook.findings import Column
from logistics_desktop.workbook.headers import Vocabulary, keys, normalise, split_unit

COUNTERS = ("序号", "行号", "序", "项次", "No", "No.", "#", "Row")
"""Headers of columns that only number the rows of the sheet."""

LEAVE_OUT = ""
"""Instead of a field's key: this column is not read."""

_CHOSEN, _REMEMBERED, _NAMED = range(3)
_COMPOSED = 100  # for a name made of an alias and a word before or after it
_LESS_SURE = 1_000  # for each form of the header that had to be tried
_EMPTY = 100_000

_NAME, _NAME_IN_EXPORTS = "名称", ".名称"
_CODES = ("编码", "代码", "编号", ".编码")
"""What may follow the name of a field in a header: 使用部门名称, 使用部门编码, 计量单位.名称."""


@dataclass(frozen=True, slots=True)
class HeaderMap:
    """The columns of a sheet and what they mean, by the column's index.

    `fields` gives the key of the field. `doubles` are columns for a field that another column fills
    better, `quiet` ones that only number rows or hold our own remarks or are to be left out, `unmapped`
    all others.
    """

    columns: tuple[Column, ...]
    fields: Mapping[int, str]
    doubles: Mapping[int, str]
    quiet: frozenset[int]

    @property
    def unmapped(self) -> list[Column]:
        """The columns that mean nothing to the ledger."""
        known = self.fields.keys() | self.doubles.keys() | self.quiet
        return [column for column in self.columns if column.index not in known and column.header]

    def column(self, key: str) -> Column | None:
        """The column that fills a field."""
        return next((column for column in self.columns if self.fields.get(column.index) == key), None)


def map_headers(
    entity: Entity,
    columns: Sequence[Column],
    remembered: Mapping[str, str],
    chosen: Mapping[int, str],
    empty: Collection[int] = (),
) -> HeaderMap:
    """Find the field of every column.

    What the user says (`chosen`, by the column's index) wins; then what some user said about a header
    before (`remembered`, by the normal form of the header); then the fields' keys, their labels in every language
    and their aliases, an earlier alias before a later one. Where several columns mean one field the surest wins, and
    an `empty` one loses to any other. An `empty` one for the number that every record must have is left out, so that
    the program makes the numbers.
    """
    code = entity.by_key[entity.match[-1].key]
    number = None if code.nullable else code.key
    fields: dict[int, str] = {}
    doubles: dict[int, str] = {}
    quiet: set[int] = set()
    names = _names(entity)
    answers = [
        (rank + _EMPTY * (column.index in empty and rank > _CHOSEN), column.index, key)
        for column in columns
        for rank, key in _answer(column, names, entity, remembered, chosen)
    ]
    for _rank, index, key in sorted(answers):
        if key == LEAVE_OUT or (key == number and index in empty and index not in chosen):
            quiet.add(index)
        elif key in fields.values():
            doubles[index] = key
        else:
            fields[index] = key
    return HeaderMap(tuple(columns), dict(sorted(fields.items())), doubles, frozenset(quiet))


def _answer(
    column: Column,
    names: Mapping[str, tuple[int, str]],
    entity: Entity,
    remembered: Mapping[str, str],
    chosen: Mapping[int, str],
) -> Iterator[tuple[int, str]]:
    """How sure the best meaning of a column is (less is surer), and the key it means; nothing if nobody knows."""
    known = remembered.get(normalise(column.header))
    if column.index in chosen:
        yield _CHOSEN, chosen[column.index]
    elif known is not None and (known == LEAVE_OUT or known in entity.by_key):
        yield _REMEMBERED, known
    else:
        forms = enumerate(keys(column.path))
        found = ((*names[form], tried) for tried, form in forms if form in names)
        yield from ((rank + tried * _LESS_SURE, key) for rank, key, tried in islice(found, 1))


def _names(entity: Entity) -> Mapping[str, tuple[int, str]]:
    """How sure a name is and the field it means; the surest has it, of equals the first."""
    names: dict[str, tuple[int, str]] = {}
    for header in (*COUNTERS, *PROBLEM_HEADERS):
        names[normalise(header)] = (_NAMED, LEAVE_OUT)
    for field in entity:
        for rank, name in _ways(entity, field):
            if names.get(_key(name), (rank + 1, ""))[0] > rank:
                names[_key(name)] = (rank, field.key)
    return names


def _ways(entity: Entity, field: Field) -> Iterator[tuple[int, str]]:
    """Every name of a field in a header, and how sure it is."""
    yield from ((_NAMED, name) for name in (field.key, *in_every_language(field.label)))
    for rank, alias in enumerate(field.aliases, _NAMED + 1):
        yield rank, alias
        subjects = () if alias.isascii() else entity.subjects
        yield from ((rank + _COMPOSED, subject + alias) for subject in subjects)
        for name in (alias, *(subject + alias for subject in subjects)):
            yield rank + 2 * _COMPOSED, name + _NAME_IN_EXPORTS
            if field.kind is Kind.REFERENCE:
                yield rank + 2 * _COMPOSED, name + _NAME
                yield from ((rank + 3 * _COMPOSED, name + word) for word in _CODES)


def _key(name: str) -> str:
    """A field's name as the reader looks for it, which splits units off."""
    return normalise(split_unit(name)[0])


def vocabulary(entity: Entity, remembered: Mapping[str, str]) -> Vocabulary:
    """What a workbook's headers may say, by which the reader finds the table of this ledger in it."""
    names = {name: key for name, (_rank, key) in _names(entity).items() if key}
    names |= {header: key for header, key in remembered.items() if key in entity.by_key}
    needed = {entity.title.key, *(column.key for column in entity.match)}
    return Vocabulary(names, frozenset(needed), frozenset(field.key for field in entity if field.total))


def recall(session: Session, entity: Entity) -> dict[str, str]:
    """What users said about headers of this ledger before: normal form of the header to key of the field."""
    rows = session.execute(sa.select(Remembered.header, Remembered.field).where(Remembered.ledger == entity.key))
    return dict(rows.all())


def remember(session: Session, entity: Entity, header_map: HeaderMap, chosen: Mapping[int, str]) -> None:
    """Keep what the user said about the headers for the next workbook."""
    rows = [
        {"ledger": entity.key, "header": normalise(column.header)[:200], "field": chosen[column.index]}
        for column in header_map.columns
        if column.index in chosen and column.header
    ]
    if rows:
        new = insert(Remembered)
        keep = new.on_conflict_do_update(
            index_elements=[Remembered.ledger, Remembered.header], set_={"field": new.excluded.field}
        )
        session.execute(keep, list({row["header"]: row for row in rows}.values()))
