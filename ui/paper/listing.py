"""What a printed list says: read from the database as the table shows it, once, in a worker."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal

from logistics_desktop.context import Office
from logistics_desktop.i18n import N_, _
from logistics_desktop.jobs import Job
from logistics_desktop.ledger import kinds, rows
from logistics_desktop.ledger.entity import Entity
from logistics_desktop.ledger.fields import Field, Kind
from logistics_desktop.ledger.filters import Query, Sort, Within
from logistics_desktop.ledgers import LEDGERS
from logistics_desktop.stopping import stoppable
from ui.ledger.filter_words import in_words
from ui.ledger.names import read_names
from ui.paper.columns import USUAL, Need
from ui.paper.face import Face, printable
from ui.paper.spool import GROUP, ROW, SUM, Spool

_CHUNK = 500
_WIDEST = 26  # characters as wide as high; a longer text is wrapped rather than making the others small
_LEAST = 4
_LEAST_CODE = 6
_GROUPABLE = frozenset({Kind.CHOICE, Kind.REFERENCE, Kind.TEXT, Kind.CODE, Kind.DATE})


@dataclass(frozen=True, slots=True)
class Heading:
    """A column: its title, whether it stands to the right, and the width it wants."""

    label: str
    right: bool
    need: Need


@dataclass(frozen=True, slots=True)
class Listing:
    """A list read: its title, the filter and order in words, the columns, and the rows in `spool`."""

    title: str
    told: tuple[str, ...]
    headings: tuple[Heading, ...]
    spool: Spool
    by: str
    at: datetime


def groupable(entity: Entity) -> list[Field]:
    """The fields that a printed list may be grouped by."""
    return [field for field in entity if field.kind in _GROUPABLE]


def read_listing(office: Office, entity: Entity, query: Query, keys: Sequence[str], group: str, job: Job) -> Listing:
    """Read the rows of `query` with the fields `keys`; `group` names the field whose values get headings, or is empty.

    Raises Cancelled.
    """
    at = datetime.now().astimezone()
    if group:
        own = next((sort for sort in query.sorts if sort.key == group), Sort(group))
        query = replace(query, sorts=(own, *(sort for sort in query.sorts if sort.key != group)))
    told = tuple(_told(office, entity, query, group, job))
    writing = _Writing(entity, keys, group)
    with office.session() as session, stoppable(session, job):
        total = rows.totals(session, LEDGERS, entity, query).count
        for part in rows.all_rows(session, LEDGERS, entity, query, writing.keys, _CHUNK):
            for row in part:
                writing.add(row)
            job.progress(writing.total.count, total, _(N_("Reading the rows")))
    writing.end()
    return Listing(_(entity.label), told, writing.headings(), writing.spool, office.user, at)


def _told(office: Office, entity: Entity, query: Query, group: str, job: Job) -> Iterator[str]:
    said = []
    for one in query.filters:
        names = read_names(office, entity.by_key[one.key], one.ids, job) if isinstance(one, Within) else {}
        said.append(in_words(entity, one, names))
    if query.search:
        said.append(_(N_("search “{text}”"), text=query.search))
    yield _(N_("Only: {filters}"), filters=_(N_("; ")).join(said)) if said else _(N_("All rows"))
    if group:
        yield _(N_("Grouped by {field}"), field=_(entity.by_key[group].label))
    order = [_order(entity, sort) for sort in query.sorts if sort.key != group]
    if order:
        yield _(N_("Sorted by {fields}"), fields=_(N_(", ")).join(order))


def _order(entity: Entity, sort: Sort) -> str:
    label = _(entity.by_key[sort.key].label)
    return _(N_("{field}, descending"), field=label) if sort.descending else label


class _Sums:
    """How many rows, and the sums of what is summed."""

    def __init__(self, summed: Sequence[int]) -> None:
        self.count = 0
        self.sums = dict.fromkeys(summed, Decimal(0))

    def add(self, values: Sequence[object]) -> None:
        self.count += 1
        for place in self.sums:
            value = values[place]
            if value is not None:
                self.sums[place] += Decimal(str(value))


class _Writing:
    """Turns rows into texts, keeps sums, and watches how wide the columns get."""

    def __init__(self, entity: Entity, keys: Sequence[str], group: str) -> None:
        self.spool = Spool()
        self.keys = (*keys, group) if group and group not in keys else tuple(keys)
        self._fields = [entity.by_key[key] for key in keys]
        self._group = entity.by_key[group] if group else None
        self._place = self.keys.index(group) if group else 0
        self._heading: str | None = None
        self._summed = [place for place, field in enumerate(self._fields) if field.total]
        self.total, self._part = _Sums(self._summed), _Sums(self._summed)
        self._face = Face(USUAL)
        self._widest = [0.0] * len(self._fields)

    def add(self, row: rows.Row) -> None:
        """Write one row, and the heading of its group if it is the first there."""
        if self._group is not None:
            heading = printable(kinds.text_of(self._group, row.values[self._place])) or _(N_("(empty)"))
            if heading != self._heading:
                self._end_group()
                self._heading = heading
                self.spool.add(GROUP, [_(N_("{field}: {what}"), field=_(self._group.label), what=heading)])
        texts = [printable(kinds.text_of(field, row.values[at])) for at, field in enumerate(self._fields)]
        self._watch(texts)
        self.spool.add(ROW, texts)
        self.total.add(row.values)
        self._part.add(row.values)

    def end(self) -> None:
        """Write what stands below the last row."""
        self._end_group()
        self._write_sums(self.total, _(N_("Total: {count} rows"), count=f"{self.total.count:,}"))

    def headings(self) -> tuple[Heading, ...]:
        """The columns, when all rows are known."""
        return tuple(self._heading_of(at, field) for at, field in enumerate(self._fields))

    def _end_group(self) -> None:
        if self._part.count:
            self._write_sums(self._part, _(N_("Subtotal: {count} rows"), count=f"{self._part.count:,}"))
        self._part = _Sums(self._summed)

    def _write_sums(self, sums: _Sums, said: str) -> None:
        texts = [""] * len(self._fields)
        for place, amount in sums.sums.items():
            texts[place] = kinds.text_of(self._fields[place], amount)
        self._watch(texts)
        self.spool.add(SUM, [said, *texts])

    def _watch(self, texts: Sequence[str]) -> None:
        width = self._face.width
        for place, text in enumerate(texts):
            wide = width(text) if "\n" not in text else max(map(width, text.split("\n")))
            if wide > self._widest[place]:
                self._widest[place] = wide

    def _unbroken(self, word: str, em: float) -> float:
        """The room that a word of a title needs: Chinese may be broken, other words may not."""
        wide = self._face.width(word)
        return wide if word.isascii() else min(wide, _LEAST * em)

    def _heading_of(self, place: int, field: Field) -> Heading:
        em = self._face.width("国")
        label = _(field.label)
        word = max((self._unbroken(word, em) for word in label.split()), default=em)
        right = kinds.numeric(field)
        if right or field.kind is Kind.DATE:  # never broken, so never narrower than the widest of them
            firm = max(self._widest[place], word) + em / 10
            return Heading(label, right, Need(firm, firm))
        wanted = max(min(self._widest[place], _WIDEST * em), word) + em / 10
        least = max((_LEAST_CODE if field.kind is Kind.CODE else _LEAST) * em, word)
        return Heading(label, right, Need(wanted, min(wanted, least)))
