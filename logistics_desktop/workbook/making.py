"""Records that an import makes on the way: the departments, classes, people it names and nobody knew."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import count
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from logistics_desktop.ledger.entity import Entity, Ledgers
from logistics_desktop.ledger.references import BETWEEN, path_of, plain
from logistics_desktop.ledger.search import grams, search_text
from logistics_desktop.workbook.names import Names, code_and_name, read_names
from logistics_desktop.workbook.planned import Missing, Remedy
from logistics_desktop.workbook.store import table_of

_DIGITS = 4
"""Digits of the first code the program makes; later ones are as long as those that are there."""


def make_missing(session: Session, ledgers: Ledgers, missing: Sequence[Missing]) -> dict[int, int]:
    """Make the records that were decided to be made; gives the id for each place in `missing`.

    A record gets its name, a code of its own unless the name says one, and what its ledger gives to such records.
    In a tree "A/B" is made below A, which is made as well if it is not there.
    """
    wanted: dict[str, dict[int, str]] = defaultdict(dict)
    for place, one in enumerate(missing):
        if one.decision is Remedy.CREATE:
            wanted[one.ledger][place] = one.name
    made: dict[int, int] = {}
    for ledger, names in wanted.items():
        making = _Making(session, ledgers[ledger])
        ids = making.in_tree(names.values()) if ledgers[ledger].parent else making.all(list(names.values()))
        made |= dict(zip(names, ids, strict=True))
    return made


def fresh_codes(session: Session, entity: Entity) -> Iterator[str]:
    """Codes that follow the greatest of those made so far: the ledger's prefix and a number.

    The ledger is asked at once, not when the first code is taken, as rows may be on their way into it by then.
    """
    last = session.scalar(sa.func.app.greatest_serial(entity.table, entity.match[-1].key, entity.code_prefix, ""))
    greatest = last or "0" * _DIGITS
    return (f"{entity.code_prefix}{number:0{len(greatest)}}" for number in count(int(greatest) + 1))


class _Making:
    """Makes records of one ledger by their names."""

    def __init__(self, session: Session, entity: Entity) -> None:
        self._session = session
        self._entity = entity
        self._codes = fresh_codes(session, entity)
        self._taken = set(session.scalars(sa.select(entity.match[-1])))

    def all(self, names: Sequence[str]) -> list[int]:
        """Make the named records in one statement."""
        return self._insert([self._values(name) for name in names])

    def in_tree(self, names: Iterable[str]) -> list[int]:
        """Make the named records and, where a name is a path, what is above them."""
        known = read_names(self._session, self._entity)
        made: dict[tuple[str, ...], int] = {}
        return [self._at_path(path_of(name), known, made) for name in names]

    def _at_path(self, parts: Sequence[str], known: Names, made: dict[tuple[str, ...], int]) -> int:
        path = tuple(map(plain, parts))
        if path not in made:
            found = known.find(BETWEEN.join(parts))
            number = found[0] if len(found) == 1 else self._below(parts, known, made)
            for start in range(len(path)):  # what is made here is known by the end of its path, too
                made.setdefault(path[start:], number)
        return made[path]

    def _below(self, parts: Sequence[str], known: Names, made: dict[tuple[str, ...], int]) -> int:
        assert self._entity.parent is not None
        above = self._at_path(parts[:-1], known, made) if len(parts) > 1 else None
        return self._insert([{**self._values(parts[-1]), self._entity.parent.key: above}])[0]

    def _values(self, name: str) -> dict[str, Any]:
        """Name and code of a new record; a code that another record has already is only part of the name."""
        code, title = code_and_name(name)
        if code is None or code in self._taken:
            code, title = next(self._codes), name if code else title
        self._taken.add(code)
        return {**self._entity.made_with, self._entity.match[-1].key: code, self._entity.title.key: title or name}

    def _insert(self, rows: Sequence[Mapping[str, Any]]) -> list[int]:
        table = table_of(self._entity)
        texts = [search_text(self._entity, row) for row in rows]
        stored = [{**row, "search": text, "grams": grams(text)} for row, text in zip(rows, texts, strict=True)]
        insert = sa.insert(table).returning(table.c.id, sort_by_parameter_order=True)
        return list(self._session.scalars(insert, stored))
