"""Many rows changed at once: first said how many and what stands in the way, then done in one transaction.

The rows are found and checked by `look_ahead`, which remembers their versions; `change_rows` changes exactly those, as
one set-based statement wherever the quick search is not touched, so that a hundred thousand rows cost little more than
the bare UPDATE.
"""

from __future__ import annotations

import uuid
from array import array
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Session

from logistics_desktop.errors import Conflict, UserError
from logistics_desktop.i18n import N_, _
from logistics_desktop.jobs import Job
from logistics_desktop.ledger.clashes import Planned, clashes
from logistics_desktop.ledger.conditions import id_of, where
from logistics_desktop.ledger.entity import Entity, Ledgers
from logistics_desktop.ledger.fields import Reference
from logistics_desktop.ledger.filters import Query
from logistics_desktop.ledger.kinds import text_of
from logistics_desktop.ledger.limits import problem
from logistics_desktop.ledger.many import Change, Give, Swap, after, refuse_senseless
from logistics_desktop.ledger.rights import refuse_read_only
from logistics_desktop.ledger.search import grams, search_text
from logistics_desktop.ledger.violations import told_by_field
from logistics_desktop.stopping import stoppable

_FETCHED = 250  # rows at once; more would keep the window waiting for the interpreter
_CHUNK = 5_000
_IDS = 20_000
_SAMPLES = 8
_EXAMPLES = 3

Scope = Query | Sequence[int]


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why some rows cannot be changed: the reason in words, of the first of them, how many, and the first titles."""

    reason: str
    count: int
    examples: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Sample:
    """One row that changes: its title, and the value as text before and after."""

    title: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Outlook:
    """What a change would do: `ids` and `versions` of the rows that change, how many stay, and what is refused."""

    change: Change
    rows: int
    ids: array[int]
    versions: array[int]
    refusals: tuple[Refusal, ...]
    samples: tuple[Sample, ...]

    @property
    def refused(self) -> int:
        """How many rows cannot be changed."""
        return sum(refusal.count for refusal in self.refusals)

    @property
    def same(self) -> int:
        """How many rows have the value already."""
        return self.rows - len(self.ids) - self.refused


def look_ahead(
    session: Session, ledgers: Ledgers, entity: Entity, scope: Scope, change: Change, job: Job | None = None
) -> Outlook:
    """Say what a change of the rows of `scope`, ids or a query, would do, without doing it.

    Raises UserError where it makes sense for no row, Refused where this user may only read the field, Cancelled.
    """
    refuse_senseless(entity, change)
    refuse_read_only(session, entity, (change.key,))
    job = job or Job()
    with stoppable(session, job):
        return _Looking(session, ledgers, entity, change, job).look(scope)


def change_rows(
    session: Session, ledgers: Ledgers, entity: Entity, outlook: Outlook, batch: uuid.UUID, job: Job | None = None
) -> int:
    """Change the rows of `outlook`, all or nothing, and give their number; the history notes them under `batch`.

    Raises Conflict if somebody changed one of them since, FieldErrors where the database refuses, Cancelled.
    """
    job = job or Job()
    session.execute(sa.select(sa.func.set_config("app.batch", str(batch), True)))
    field = entity.by_key[outlook.change.key]
    with stoppable(session, job), told_by_field(entity):
        if field.searched and field.target is None:
            done = _change_searched(session, entity, outlook, job)
        else:
            job.progress(0, 0, _("Storing changes"))
            done = _change_plain(session, entity, outlook)
    if done != len(outlook.ids):
        raise Conflict(
            N_("Somebody changed {count} of these rows meanwhile, so nothing was changed. Look again."),
            count=f"{len(outlook.ids) - done:,}",
        )
    return done


class _Looking:
    """One look ahead."""

    def __init__(self, session: Session, ledgers: Ledgers, entity: Entity, change: Change, job: Job) -> None:
        self._session = session
        self._ledgers = ledgers
        self._entity = entity
        self._change = change
        self._job = job
        self._field = entity.by_key[change.key]
        self._ids, self._versions = array("q"), array("i")
        self._planned: dict[int, Planned] = {}
        self._titles: dict[int, str] = {}
        self._refusals: dict[tuple[str, str], Refusal] = {}  # by the field to blame and the message without its values
        self._seen: list[tuple[str, Any, Any]] = []

    def look(self, scope: Scope) -> Outlook:
        above = self._above()
        unique = self._field.stored.unique or any(column.key == self._change.key for column in self._entity.match)
        total, done = self._count(scope), 0
        keys = [field.key for field in self._entity]
        for number, version, new, *values in self._differing(scope):
            if done % _FETCHED == 0:
                self._job.progress(done, total, _("Checking rows"))
            done += 1
            title = str(values[keys.index(self._entity.title.key)])
            whole = dict(zip(keys, values, strict=True))
            wrong = self._wrong(number, {**whole, self._change.key: new}, above)
            if wrong is not None:
                self._refuse(*wrong, title)
                continue
            self._ids.append(number)
            self._versions.append(version)
            if unique:
                self._planned[len(self._ids) - 1] = Planned(number, {self._change.key: new})
                self._titles[len(self._ids) - 1] = title
            if len(self._seen) < _SAMPLES:
                self._seen.append((title, whole[self._change.key], new))
        self._refuse_clashes()
        return self._outlook(total)

    def _outlook(self, total: int) -> Outlook:
        refusals = tuple(sorted(self._refusals.values(), key=lambda refusal: -refusal.count))
        words = self._words()
        samples = tuple(Sample(title, words(before), words(new)) for title, before, new in self._seen)
        return Outlook(self._change, total, self._ids, self._versions, refusals, samples)

    def _count(self, scope: Scope) -> int:
        count = sa.select(sa.func.count()).select_from(self._entity.model.__table__)
        return sum(self._session.scalars(count.where(part)).one() for part in self._parts(scope))

    def _differing(self, scope: Scope) -> Iterator[Sequence[Any]]:
        """The rows whose value would be another, each locked by nobody: its version tells if it changes."""
        table = self._entity.model.__table__
        new = after(self._entity, self._change)
        columns = [table.c.id, table.c.version, new, *(field.stored for field in self._entity)]
        changes = new.is_distinct_from(self._field.stored)
        for part in self._parts(scope):
            statement = sa.select(*columns).where(part, changes).order_by(table.c.id)
            with self._session.execute(statement, execution_options={"yield_per": _FETCHED}) as result:
                yield from result

    def _parts(self, scope: Scope) -> Iterator[sa.ColumnElement[bool]]:
        if isinstance(scope, Query):
            yield where(self._ledgers, self._entity, scope)
            return
        for start in range(0, len(scope), _IDS):
            yield _among(self._entity, scope[start : start + _IDS])

    def _above(self) -> frozenset[int]:
        """The rows that may not come to lie below the new value: itself and what is above it."""
        change, parent = self._change, self._entity.parent
        value = change.value if isinstance(change, Give) else change.new if isinstance(change, Swap) else None
        if parent is None or change.key != parent.key or value is None:
            return frozenset()
        own = id_of(self._entity.model)
        up = sa.select(own.label("id"), parent.stored.label("above")).where(own == value).cte(recursive=True)
        up = up.union(sa.select(own, parent.stored).where(own == up.c.above))
        return frozenset(self._session.scalars(sa.select(up.c.id)))

    def _wrong(self, number: int, whole: dict[str, Any], above: frozenset[int]) -> tuple[str, UserError] | None:
        """The field to blame and the reason, where a row cannot become `whole`."""
        key = self._change.key
        if number in above:
            return key, UserError(N_("This lies below the row itself. Choose another."))
        wrong = problem(self._field, whole[key])
        if wrong is not None:
            return key, wrong
        return next(iter(self._entity.rule(whole).items()), None)

    def _refuse(self, key: str, error: UserError, title: str) -> None:
        of_kind = (key, error.msgid)
        known = self._refusals.get(of_kind)
        if known is None:
            label = "" if key == self._change.key else f"{_(self._entity.by_key[key].label)}: "
            known = Refusal(f"{label}{error}", 0, ())
        examples = known.examples if len(known.examples) == _EXAMPLES else (*known.examples, title)
        self._refusals[of_kind] = replace(known, count=known.count + 1, examples=examples)

    def _refuse_clashes(self) -> None:
        def again(_place: int) -> UserError:
            return UserError(N_("Another of these rows gets the same."))

        wrong = clashes(self._session, self._entity, self._planned, again)
        for place, (key, error) in wrong.items():
            self._refuse(key, error, self._titles[place])
        if wrong:
            kept = [place for place in range(len(self._ids)) if place not in wrong]
            self._ids = array("q", [self._ids[place] for place in kept])
            self._versions = array("i", [self._versions[place] for place in kept])

    def _words(self) -> Any:
        """A function that gives a value as the field shows it; references by their titles."""
        field = self._field
        if field.target is None:
            return lambda value: text_of(field, value)
        target = self._ledgers.target(field)
        ids = {value for _title, *both in self._seen for value in both if value is not None}
        title = target.by_key[target.title.key].stored
        named = sa.select(id_of(target.model), title.label("title")).where(_among(target, list(ids)))
        titles = {row.id: row.title for row in self._session.execute(named)}
        return lambda value: text_of(field, None if value is None else Reference(value, titles.get(value, "")))


def _change_plain(session: Session, entity: Entity, outlook: Outlook) -> int:
    """All rows in one statement."""
    table = entity.model.__table__
    assert isinstance(table, sa.Table)
    seen = _seen(outlook, 0, len(outlook.ids))
    statement = (
        sa.update(table)
        .values({outlook.change.key: sa.cast(after(entity, outlook.change), table.c[outlook.change.key].type)})
        .where(table.c.id == seen.c.id, table.c.version == seen.c.version)
    )
    result = session.execute(statement)
    assert isinstance(result, sa.CursorResult)
    return int(result.rowcount)


def _change_searched(session: Session, entity: Entity, outlook: Outlook, job: Job) -> int:
    """The rows with what they are found by, which only Python can make of their texts."""
    done = 0
    for start in range(0, len(outlook.ids), _CHUNK):
        job.progress(start, len(outlook.ids), _("Storing changes"))
        done += _change_chunk(session, entity, outlook, start)
    return done


def _change_chunk(session: Session, entity: Entity, outlook: Outlook, start: int) -> int:
    table = entity.model.__table__
    assert isinstance(table, sa.Table)
    key = outlook.change.key
    seen = _seen(outlook, start, start + _CHUNK)
    texts = [field.key for field in entity.searched_texts if field.key != key]
    columns = [table.c.id, table.c.version, after(entity, outlook.change), *(table.c[text] for text in texts)]
    same = sa.and_(table.c.id == seen.c.id, table.c.version == seen.c.version)
    found = session.execute(sa.select(*columns).where(same)).all()
    searches = [search_text(entity, dict(zip((key, *texts), row[2:], strict=True))) for row in found]
    new = (
        sa.func.unnest(
            sa.literal([row[0] for row in found], ARRAY(sa.BigInteger)),
            sa.literal([row[1] for row in found], ARRAY(sa.Integer)),
            sa.literal(searches, ARRAY(sa.Text)),
            sa.literal(["{" + ",".join(map(str, grams(text))) + "}" for text in searches], ARRAY(sa.Text)),
        )
        .table_valued("id", "version", "search", "grams")
        .render_derived(name="new")
    )
    values = {
        key: after(entity, outlook.change),
        "search": new.c.search,
        "grams": sa.cast(new.c.grams, table.c.grams.type),
    }
    # Not locked before: a row that somebody changes in between has another version and is not changed here.
    same = sa.and_(table.c.id == new.c.id, table.c.version == new.c.version)
    result = session.execute(sa.update(table).values(values).where(same))
    assert isinstance(result, sa.CursorResult)
    return int(result.rowcount)


def _seen(outlook: Outlook, start: int, end: int) -> sa.TableValuedAlias:
    """Ids and versions as they were looked at, as a table."""
    ids = sa.literal(list(outlook.ids[start:end]), ARRAY(sa.BigInteger))
    versions = sa.literal(list(outlook.versions[start:end]), ARRAY(sa.Integer))
    return sa.func.unnest(ids, versions).table_valued("id", "version").render_derived(name="seen")


def _among(entity: Entity, ids: Sequence[int]) -> sa.ColumnElement[bool]:
    return id_of(entity.model) == sa.any_(sa.literal(list(ids), ARRAY(sa.BigInteger)))
