"""The log as the auditor reads it: changes and events in one list, the newest first, a page at a time."""

from __future__ import annotations

import json
import uuid
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any, Literal, NamedTuple

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Session

from db.models.audit import Event
from db.models.history import Action, Change
from logistics_desktop.events import DETAILS, KINDS
from logistics_desktop.features.audit.tables import ENTITIES, NAMES, column_label, label_of
from logistics_desktop.i18n import N_, _
from logistics_desktop.ledger.conditions import id_of
from logistics_desktop.ledger.entity import Entity
from logistics_desktop.ledger.history import AFTER, BEFORE, HistoryLine, fields_of, told
from logistics_desktop.ledgers import LEDGERS

Log = Literal["change", "event"]

ACTIONS = {"I": N_("Created"), "U": N_("Changed"), "D": N_("Deleted"), **KINDS}
"""What may be looked for: the actions of changes and the kinds of events (message ids)."""

PAGE = 200


class Place(NamedTuple):
    """Where an entry stands in the list; later ones come first."""

    at: datetime
    log: Log
    id: int


@dataclass(frozen=True, slots=True)
class Search:
    """What to look for; empty means any. `first` and `last` are days of this PC's calendar, both included.

    `table` with `code` names one thing, by its code or what else recognises it; `key` is a field of the table.
    """

    who: str = ""
    table: str = ""
    code: str = ""
    key: str = ""
    action: str = ""
    first: date | None = None
    last: date | None = None


@dataclass(frozen=True, slots=True)
class FieldLine:
    """One field of a change, or one detail of an event, as it is shown."""

    label: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing that somebody did, in words; `opens` is the ledger and the number of the record, where it is one."""

    place: Place
    who: str
    program: str
    host: str
    action: str
    about: str
    record: str
    lines: list[FieldLine] = field(default_factory=list)
    opens: tuple[str, int] | None = None

    @property
    def summary(self) -> str:
        """What was changed, in one line."""
        return _(N_(", ")).join(line.label for line in self.lines)


class _Row(NamedTuple):
    at: datetime
    log: Log
    id: int
    who: str
    program: str
    host: str | None
    action: str
    about: str | None
    record_id: int | None
    record_key: str | None
    batch: uuid.UUID | None
    before: str | None
    after: str | None


def page(session: Session, search: Search, after: Place | None = None, limit: int = PAGE) -> list[Entry]:
    """The next `limit` entries that `search` finds, from the newest on or from `after` on."""
    found = [_Row(*row) for row in session.execute(_question(session, search, after, limit))]
    return _entries(session, found)


def everything(session: Session, search: Search, chunk: int = 1_000) -> Iterator[list[Entry]]:
    """All entries that `search` finds, the newest first, some at a time."""
    after: Place | None = None
    while entries := page(session, search, after, chunk):
        yield entries
        after = entries[-1].place


_PEOPLE = """
WITH RECURSIVE changer (who) AS (
    SELECT min(who)::text FROM app.change
    UNION ALL SELECT (SELECT min(who) FROM app.change WHERE who > changer.who) FROM changer WHERE who IS NOT NULL),
doer (who) AS (
    SELECT min(who)::text FROM app.event
    UNION ALL SELECT (SELECT min(who) FROM app.event WHERE who > doer.who) FROM doer WHERE who IS NOT NULL)
SELECT found.who, coalesce(s.name, '') FROM (SELECT who FROM changer UNION SELECT who FROM doer) found
    LEFT JOIN app.staff s ON s.login = found.who WHERE found.who IS NOT NULL ORDER BY 1"""


def people(session: Session) -> list[tuple[str, str]]:
    """Everybody who is in the log: login, and name where the staff ledger knows one.

    It takes a step in the index for each of them, however long the log is.
    """
    return [(who, name) for who, name in session.execute(sa.text(_PEOPLE))]


def _question(session: Session, search: Search, after: Place | None, limit: int) -> sa.Select[*tuple[Any, ...]]:
    parts = [_changes(session, search, after, limit)] if search.action not in KINDS else []
    if search.action in ("", *KINDS) and not search.key and not search.code:
        parts.append(_events(search, after, limit))
    both = sa.union_all(*(sa.select(part.subquery()) for part in parts)).subquery()
    order = (both.c.at.desc(), both.c.log.desc(), both.c.id.desc())
    return sa.select(both).order_by(*order).limit(limit)


def _changes(session: Session, search: Search, after: Place | None, limit: int) -> sa.Select[*tuple[Any, ...]]:
    columns = (
        Change.at,
        sa.literal("change").label("log"),
        Change.id,
        Change.who,
        Change.program,
        Change.host,
        sa.cast(Change.action, sa.Text).label("action"),
        Change.table_name.label("about"),
        Change.record_id,
        Change.record_key,
        Change.batch,
        BEFORE,
        AFTER,
    )
    asked = sa.select(*columns).where(*_common(Change, search, after))
    if search.action:
        asked = asked.where(Change.action == Action(search.action))
    if search.table:
        asked = asked.where(Change.table_name == search.table)
    if search.code:
        asked = asked.where(_of_record(session, search))
    if search.key:
        either = [sa.type_coerce(column, JSONB).has_key(search.key) for column in (Change.before, Change.after)]
        asked = asked.where(sa.or_(*either))
    return asked.order_by(Change.at.desc(), Change.id.desc()).limit(limit)


def _events(search: Search, after: Place | None, limit: int) -> sa.Select[*tuple[Any, ...]]:
    nothing = [sa.null().cast(kind) for kind in (sa.BigInteger, sa.Text, sa.Uuid, sa.Text)]
    columns = (
        Event.at,
        sa.literal("event").label("log"),
        Event.id,
        Event.who,
        Event.program,
        Event.host,
        Event.kind.label("action"),
        Event.about,
        *(part.label(name) for part, name in zip(nothing, ("record_id", "record_key", "batch", "before"), strict=True)),
        sa.cast(Event.detail, sa.Text).label("after"),
    )
    asked = sa.select(*columns).where(*_common(Event, search, after))
    if search.action:
        asked = asked.where(Event.kind == search.action)
    if search.table:
        entity = ENTITIES.get(search.table)
        asked = asked.where(Event.about.in_([search.table, *([entity.key] if entity else [])]))
    return asked.order_by(Event.at.desc(), Event.id.desc()).limit(limit)


def _common(log: type[Change] | type[Event], search: Search, after: Place | None) -> Iterator[sa.ColumnElement[bool]]:
    if search.who:
        yield log.who == search.who
    if search.first:
        yield log.at >= _midnight(search.first)
    if search.last:
        yield log.at < _midnight(search.last + timedelta(days=1))
    if after is None:
        return
    name = log.__tablename__
    if after.log == name:
        yield sa.tuple_(log.at, log.id) < sa.tuple_(sa.literal(after.at), sa.literal(after.id))
    else:  # of one moment, events stand above changes
        yield log.at <= after.at if after.log > name else log.at < after.at


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time()).astimezone()


def _of_record(session: Session, search: Search) -> sa.ColumnElement[bool]:
    """The changes of one thing, also after it is gone or is called otherwise."""
    code = search.code.strip()
    entity = ENTITIES.get(search.table)
    if entity is None:
        return sa.or_(Change.record_key == code, sa.cast(Change.record_id, sa.Text) == code.removeprefix("#"))
    names = _naming(entity)
    table = entity.model.__table__
    there = sa.select(id_of(entity.model)).where(sa.or_(*(sa.cast(table.c[name], sa.Text) == code for name in names)))
    before = sa.type_coerce(Change.before, JSONB)
    was = sa.select(Change.record_id).where(
        Change.table_name == search.table,
        Change.action != Action.INSERT,
        sa.or_(*(before[name].astext == code for name in names)),
    )
    numbers = {number for asked in (there, was) for number in session.scalars(asked)}
    if code.startswith("#") and code[1:].isdecimal():
        numbers.add(int(code[1:]))
    return Change.record_id.in_(numbers)


def _entries(session: Session, rows: Sequence[_Row]) -> list[Entry]:
    changes = [row for row in rows if row.log == "change"]
    lines, titles = _lines(session, changes), _titles(session, changes)
    return [_event(row) if row.log == "event" else _change(row, lines[row.id], titles) for row in rows]


def _change(row: _Row, lines: list[FieldLine], titles: dict[tuple[str, int], str]) -> Entry:
    entity = ENTITIES.get(row.about or "")
    title, opens = row.record_key or "", None
    if row.record_id is not None:
        title = titles.get((row.about or "", row.record_id)) or _called(row) or f"#{row.record_id}"
        opens = (entity.key, row.record_id) if entity else None
    return Entry(
        Place(row.at, "change", row.id),
        row.who,
        row.program,
        row.host or "",
        _(ACTIONS[row.action]),
        label_of(row.about),
        title,
        lines,
        opens,
    )


def _called(row: _Row) -> str:
    """The name of a row of a table that is no ledger, where the change tells it."""
    values = fields_of(row.before) | fields_of(row.after)
    return next((str(values[name]) for name in NAMES if values.get(name)), "") if row.about not in ENTITIES else ""


def _event(row: _Row) -> Entry:
    details = fields_of(row.after) if (row.after or "{").startswith("{") else {"what": row.after}
    lines = [FieldLine(_(DETAILS.get(key, key)), "", _plain(value)) for key, value in details.items()]
    kind = _(ACTIONS.get(row.action, row.action))
    return Entry(
        Place(row.at, "event", row.id), row.who, row.program, row.host or "", kind, label_of(row.about), "", lines
    )


def _lines(session: Session, changes: Sequence[_Row]) -> dict[int, list[FieldLine]]:
    """The fields of each change, in the words of its ledger or, where it is none, by the names of the columns."""
    found: defaultdict[int, list[FieldLine]] = defaultdict(list)
    by_table: defaultdict[str, list[Any]] = defaultdict(list)
    for row in changes:
        by_table[row.about or ""].append(row)
    for table, rows in by_table.items():
        if entity := ENTITIES.get(table):
            for line in told(session, LEDGERS, entity, rows):
                found[line.change].append(_shown(line))
        else:
            for row in rows:
                before, after = fields_of(row.before), fields_of(row.after)
                keys = dict.fromkeys((*before, *after))
                found[row.id] = [
                    FieldLine(column_label(key), _plain(before.get(key)), _plain(after.get(key))) for key in keys
                ]
    return found


def _shown(line: HistoryLine) -> FieldLine:
    return FieldLine(line.label, line.before, line.after)


def _plain(value: Any) -> str:
    if value is None:
        return ""
    return json.dumps(value, ensure_ascii=False, default=str) if isinstance(value, dict | list) else str(value)


def _titles(session: Session, changes: Sequence[_Row]) -> dict[tuple[str, int], str]:
    """What the records of ledgers are called now, or were when they went."""
    numbers: defaultdict[str, set[int]] = defaultdict(set)
    for row in changes:
        if row.record_id is not None and row.about in ENTITIES:
            numbers[row.about].add(row.record_id)
    return {
        (table, number): title for table, ids in numbers.items() for number, title in _titles_of(session, table, ids)
    }


def _titles_of(session: Session, table: str, ids: set[int]) -> Iterator[tuple[int, str]]:
    entity = ENTITIES[table]
    columns = entity.model.__table__.c
    there = sa.select(columns.id, *(columns[name] for name in _naming(entity))).where(columns.id.in_(ids))
    missing = set(ids)
    for values in session.execute(there).mappings():
        missing.discard(values["id"])
        yield values["id"], _named(entity, dict(values))
    gone = sa.select(Change.record_id, BEFORE).where(
        Change.table_name == table, Change.record_id.in_(missing), Change.action == Action.DELETE
    )
    for number, before in session.execute(gone):
        if number is not None:
            yield number, _named(entity, fields_of(before))


def _naming(entity: Entity) -> Iterable[str]:
    return dict.fromkeys([*(column.key for column in entity.match), entity.title.key])


def _named(entity: Entity, values: Mapping[str, Any]) -> str:
    return " ".join(str(values[name]) for name in _naming(entity) if values.get(name) not in (None, ""))
