"""What the table asks the database, in a worker: rows as the texts that the cells show.

The texts are made here because making them in the window's thread, cell by cell while it paints, is what makes a
table sluggish.
"""

from __future__ import annotations

import struct
from array import array
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field

from logistics_desktop.context import Office
from logistics_desktop.jobs import Job
from logistics_desktop.ledger import kinds, rows
from logistics_desktop.ledger.entity import Entity
from logistics_desktop.ledger.fields import Field
from logistics_desktop.ledger.filters import Query
from logistics_desktop.ledgers import LEDGERS
from logistics_desktop.stopping import stoppable

Texts = tuple[str, ...]
FEW = 120  # rows that are read at once: a few screens full, yet a few milliseconds


@dataclass(frozen=True, slots=True)
class Block:
    """Rows in their order: the id of each and the text of each field of the ledger, empty where not asked for."""

    ids: array[int]
    texts: dict[int, Texts]
    versions: dict[int, int]


@dataclass(frozen=True, slots=True)
class Again:
    """The ledger read again: `same` tells that the rows and their order are as before.

    Where they are not, `places` says where the rows to keep are now, by id. `block` holds the rows from `top` on,
    which the user will see.
    """

    ids: array[int]
    same: bool
    top: int
    block: Block
    places: dict[int, int] = field(default_factory=dict)


@dataclass(frozen=True)
class Reader:
    """Reads one ledger as it is filtered, sorted and shown just now."""

    office: Office
    entity: Entity
    query: Query
    keys: tuple[str, ...]

    def first(self, _job: Job) -> Block:
        """The rows that the user sees at once."""
        with self.office.session() as session:
            found = rows.first_page(session, LEDGERS, self.entity, self.query, self.keys, FEW)
        return self._block(found)

    def ids(self, job: Job) -> array[int]:
        """The ids of all rows, in order."""
        with self.office.session() as session, stoppable(session, job):
            return rows.sorted_ids(session, LEDGERS, self.entity, self.query)

    def totals(self, job: Job) -> rows.Totals:
        """The exact count and the sums over all rows."""
        with self.office.session() as session, stoppable(session, job):
            return rows.totals(session, LEDGERS, self.entity, self.query)

    def some(self, ids: array[int], job: Job) -> Block:
        """The rows with these ids; one that somebody has deleted since is left out."""
        with self.office.session() as session:
            found = rows.page(session, LEDGERS, self.entity, ids, self.keys)
        job.check()  # the user may have scrolled on; then making the texts would only be in the way
        return self._block(found)

    def again(self, before: array[int], keep: Collection[int], top: int, screen: int, job: Job) -> Again:
        """Everything read again, with the `screen` rows that the user will see from row `top` on.

        The row at the top stays at the top, wherever it has gone; one that is gone leaves its row number.
        """
        ids = self.ids(job)
        same = ids == before
        anchor = before[top : top + 1]
        places = {} if same else _places(ids, {*keep, *anchor})
        first = next((places[each] for each in anchor if each in places), top)
        return Again(ids, same, first, self.some(ids[first : first + screen], job), places)

    def _block(self, read: Sequence[rows.Row]) -> Block:
        asked = tuple((self.keys.index(f.key), f) if f.key in self.keys else None for f in self.entity)
        return Block(
            array("q", [row.id for row in read]),
            {row.id: tuple(_text(each, row) for each in asked) for row in read},
            {row.id: row.version for row in read},
        )


def _text(asked: tuple[int, Field] | None, row: rows.Row) -> str:
    if asked is None:
        return ""
    place, described = asked
    return kinds.text_of(described, row.values[place])


def _places(ids: array[int], wanted: Collection[int]) -> dict[int, int]:
    """Where these ids stand. Looks at the bytes: comparing a million numbers would hold up the window."""
    packed = ids.tobytes()
    found = ((each, _find(packed, struct.pack("=q", each))) for each in wanted)
    return {each: place for each, place in found if place is not None}


def _find(packed: bytes, number: bytes) -> int | None:
    at = packed.find(number)
    while at % 8 and at != -1:
        at = packed.find(number, at + 1)
    return None if at == -1 else at // 8
