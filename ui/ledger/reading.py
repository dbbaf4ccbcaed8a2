"""What the table asks the database, in a worker: rows as the texts that the cells show.

The texts are made here because making them in the window's thread, cell by cell while it paints, is what makes a
table sluggish.
"""

from __future__ import annotations

import struct
from array import array
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import date

from logistics_desktop.context import Office
from logistics_desktop.jobs import Job
from logistics_desktop.ledger import colours, groups, kinds, rows
from logistics_desktop.ledger.colours import Rule
from logistics_desktop.ledger.entity import Entity
from logistics_desktop.ledger.fields import Field
from logistics_desktop.ledger.filters import Query
from logistics_desktop.ledger.groups import Path
from logistics_desktop.ledgers import LEDGERS
from logistics_desktop.stopping import stoppable
from ui.ledger.outline import Ids, Outline, headings

Texts = tuple[str, ...]
_SINGLE = 50  # groups whose rows are asked for by name; for more, those of all groups are
FEW = 120  # rows that are read at once: a few screens full, yet a few milliseconds


@dataclass(frozen=True, slots=True)
class Block:
    """Rows in their order: the id of each and the text of each field of the ledger, empty where not asked for.

    `marks` says of the rows that have a colour which rule gives it.
    """

    ids: array[int]
    texts: dict[int, Texts]
    versions: dict[int, int]
    marks: dict[int, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Again:
    """The ledger read again: `same` tells that the rows and their order are as before.

    Where they are not, `places` says where the rows to keep are now, by id. `block` holds the rows from `top` on,
    which the user will see. `ids` are the lines of `outline` where there are groups.
    """

    ids: array[int]
    same: bool
    top: int
    block: Block
    places: dict[int, int] = field(default_factory=dict)
    outline: Outline | None = None


@dataclass(frozen=True)
class Reader:
    """Reads one ledger as it is filtered, sorted, grouped, coloured and shown just now."""

    office: Office
    entity: Entity
    query: Query
    keys: tuple[str, ...]
    groups: tuple[str, ...] = ()
    rules: tuple[Rule, ...] = ()

    def first(self, _job: Job) -> Block:
        """The rows that the user sees at once."""
        with self.office.session() as session:
            found = rows.first_page(session, LEDGERS, self.entity, self.query, self.keys, FEW)
            marks = colours.marks(session, LEDGERS, self.entity, self.rules, [row.id for row in found], _today())
        return self._block(found, marks)

    def outline(self, open_: frozenset[Path], job: Job) -> Outline:
        """The groups, with the rows of those that are open."""
        with self.office.session() as session, stoppable(session, job):
            found = groups.groups(session, LEDGERS, self.entity, self.query, self.groups)
        bare = Outline(headings(self.entity, self.groups, found), {}, open_)
        return Outline(bare.headings, self.ids_in(bare.unread(open_), bare, job), open_ & bare.every())

    def ids_in(self, paths: Sequence[Path], outline: Outline, job: Job) -> Ids:
        """The ids of the rows of groups, in order; of all groups if they are many."""
        if not paths:
            return {}
        wanted = paths if len(paths) <= _SINGLE else None
        with self.office.session() as session, stoppable(session, job):
            found = groups.ids_in(session, LEDGERS, self.entity, self.query, self.groups, wanted)
        # A group may have lost its last row since it was counted.
        return {path: found.get(path, array("q")) for path in (wanted or outline.unread(outline.every()))}

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
            marks = colours.marks(session, LEDGERS, self.entity, self.rules, ids, _today())
        job.check()  # the user may have scrolled on; then making the texts would only be in the way
        return self._block(found, marks)

    def again(
        self,
        before: array[int],
        keep: Collection[int],
        top: int,
        screen: int,
        open_: frozenset[Path],
        job: Job,
    ) -> Again:
        """Everything read again, with the `screen` rows that the user will see from row `top` on.

        The row at the top stays at the top, wherever it has gone; one that is gone leaves its row number.
        """
        outline = self.outline(open_, job) if self.groups else None
        ids = outline.lines if outline else self.ids(job)
        same = ids == before
        anchor = before[top : top + 1]
        places = {} if same else _places(ids, {*keep, *anchor})
        first = next((places[each] for each in anchor if each in places), top)
        seen = array("q", [each for each in ids[first : first + screen] if each > 0])
        return Again(ids, same, first, self.some(seen, job), places, outline)

    def _block(self, read: Sequence[rows.Row], marks: dict[int, int]) -> Block:
        asked = tuple((self.keys.index(f.key), f) if f.key in self.keys else None for f in self.entity)
        return Block(
            array("q", [row.id for row in read]),
            {row.id: tuple(_text(each, row) for each in asked) for row in read},
            {row.id: row.version for row in read},
            marks,
        )


def _today() -> date:
    return date.today()  # noqa: DTZ011 - the user's own day


def _text(asked: tuple[int, Field] | None, row: rows.Row) -> str:
    if asked is None:
        return ""
    place, described = asked
    return kinds.text_of(described, row.values[place])


def record_place(ids: array[int], record: int, likely: int) -> int | None:
    """Where a record stands; `likely` is looked at first and may be -1."""
    if 0 <= likely < len(ids) and ids[likely] == record:
        return likely
    return _find(ids.tobytes(), struct.pack("=q", record))


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
