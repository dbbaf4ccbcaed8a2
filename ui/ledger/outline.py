"""The lines of a grouped table: headings of groups, and below the open ones their rows.

A line is a number, so that the model keeps one array of numbers whether there are groups or not: a row has its own
number, a heading one below zero.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property
from itertools import pairwise

from logistics_desktop.ledger import kinds
from logistics_desktop.ledger.entity import Entity
from logistics_desktop.ledger.groups import Group, Path, title_of


@dataclass(frozen=True, slots=True)
class Heading:
    """The line of a group. `texts` are its sums as they are shown, one for each field, empty where there is none."""

    path: Path
    title: str
    field: str  # key of the field that it is a value of
    count: int
    texts: tuple[str, ...]
    last: bool  # rows are below it, not groups

    @property
    def level(self) -> int:
        """0 for the outermost groups."""
        return len(self.path) - 1


Ids = Mapping[Path, "array[int]"]


@dataclass(frozen=True)
class Outline:
    """The headings in their order, the rows of the groups that were read, and which groups are open."""

    headings: tuple[Heading, ...] = ()
    ids: Ids = field(default_factory=dict)
    open: frozenset[Path] = frozenset()

    @cached_property
    def lines(self) -> array[int]:
        """What is on show from the top down."""
        return self._laid_out[0]

    @cached_property
    def places(self) -> list[int]:
        """Where in `lines` the headings are."""
        return self._laid_out[1]

    def heading(self, line: int) -> Heading:
        """The heading that a line below zero stands for."""
        return self.headings[-line - 1]

    def rows(self, part: range) -> array[int]:
        """The rows among consecutive lines; a million of them are copied in a few pieces."""
        found: array[int] = array("q")
        for piece in self.records(part):
            found += self.lines[piece.start : piece.stop]
        return found

    def records(self, part: range) -> list[range]:
        """Consecutive lines without the headings among them."""
        edges = [part.start - 1, *self._between(part), part.stop]
        return [range(one + 1, other) for one, other in pairwise(edges) if one + 1 < other]

    def count(self, part: range) -> int:
        """The number of rows among consecutive lines."""
        return len(part) - len(self._between(part))

    def unread(self, paths: Iterable[Path]) -> list[Path]:
        """Those of the groups that would show rows which were not read yet."""
        last = {heading.path for heading in self.headings if heading.last}
        return [path for path in paths if path in last and path not in self.ids]

    def every(self) -> frozenset[Path]:
        """All groups."""
        return frozenset(heading.path for heading in self.headings)

    def _between(self, part: range) -> Sequence[int]:
        return self.places[bisect_left(self.places, part.start) : bisect_left(self.places, part.stop)]

    @cached_property
    def _laid_out(self) -> tuple[array[int], list[int]]:
        lines: array[int] = array("q")
        places = []
        for at, heading in enumerate(self.headings):
            if heading.level and heading.path[:-1] not in self.open:
                continue
            places.append(len(lines))
            lines.append(-at - 1)
            if heading.last and heading.path in self.open:
                lines += self.ids.get(heading.path, array("q"))
        return lines, places


def headings(entity: Entity, by: Sequence[str], found: Sequence[Group]) -> tuple[Heading, ...]:
    """The headings of groups: of two levels those of the first are made, with what is below added up."""
    made: list[Heading] = []
    for at, group in enumerate(found):
        if len(by) > 1 and (at == 0 or found[at - 1].path[0] != group.path[0]):
            made.append(_above(entity, by[0], list(_same(found, at))))
        made.append(_heading(entity, by[-1], group, last=True))
    return tuple(made)


def _same(found: Sequence[Group], start: int) -> Iterable[Group]:
    for group in found[start:]:
        if group.path[0] != found[start].path[0]:
            return
        yield group


def _above(entity: Entity, key: str, below: Sequence[Group]) -> Heading:
    sums: dict[str, Decimal] = {}
    for group in below:
        for name, amount in group.sums.items():
            sums[name] = sums.get(name, Decimal(0)) + amount
    return _heading(entity, key, Group(below[0].values[:1], sum(group.count for group in below), sums), last=False)


def _heading(entity: Entity, key: str, group: Group, *, last: bool) -> Heading:
    described = entity.by_key[key]
    texts = tuple(kinds.text_of(each, group.sums.get(each.key)) for each in entity)
    return Heading(group.path, title_of(described, group.values[-1]), key, group.count, texts, last)
