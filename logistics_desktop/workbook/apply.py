"""Do what a plan says, all of it or nothing."""

from __future__ import annotations

import uuid
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import sqlalchemy as sa
from psycopg.errors import UniqueViolation
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Session

from db.base import SCHEMA
from db.models.history import ImportBatch
from logistics_desktop.errors import Conflict, UserError
from logistics_desktop.i18n import N_, _
from logistics_desktop.jobs import Job
from logistics_desktop.ledger.entity import Ledgers
from logistics_desktop.stopping import stoppable
from logistics_desktop.workbook.making import fresh_codes, make_missing
from logistics_desktop.workbook.mapping import remember
from logistics_desktop.workbook.planned import InSheet, Missing, Outcome, Plan, Unmet
from logistics_desktop.workbook.store import (
    SEARCH_COLUMNS,
    Update,
    insert_rows,
    read_searched,
    search_values,
    update_rows,
)

_CHUNK = 5_000
_NAMED = 5  # codes that a message names


@dataclass(frozen=True, slots=True)
class Applied:
    """What an import did; `created` counts the records made on the way, by ledger key."""

    batch: uuid.UUID
    new: int
    changed: int
    unchanged: int
    refused: int
    created: Mapping[str, int]


def apply(
    session: Session, ledgers: Ledgers, plan: Plan, batch: uuid.UUID, *, good_rows: bool = False, job: Job | None = None
) -> Applied:
    """Store a plan in the transaction of `session`; the caller makes `batch`, and a second call with it is harmless.

    Raises UserError if rows are refused or names undecided and not only the `good_rows` are wanted, Conflict
    if somebody changed one of the records since the plan was made, Cancelled. Nothing is stored then, provided
    that the caller rolls back, as a unit of work does.
    """
    done = session.get(ImportBatch, batch)
    if done is not None:
        return Applied(batch, done.new, done.changed, done.unchanged, done.refused, {})
    refused = refusals(ledgers, plan)
    if refused and not good_rows:
        _refuse(ledgers, plan, refused)
    return _Applying(session, ledgers, plan, batch, refused, job or Job()).apply()


def store(session: Session, ledgers: Ledgers, plan: Plan, batch: uuid.UUID, job: Job) -> Applied:
    """Store a plan of cells that come from no file, which is no import to be listed; otherwise as `apply`."""
    refused = refusals(ledgers, plan)
    if refused:
        _refuse(ledgers, plan, refused)
    return _Applying(session, ledgers, plan, batch, refused, job).store()


def refusals(ledgers: Ledgers, plan: Plan) -> dict[int, str]:
    """The rows that would be left out, by number in the sheet, and all that is wrong with each, in words.

    They are the refused rows, and those with a name about which nothing was decided. What `annotate` writes.
    """
    said: dict[int, list[str]] = defaultdict(list)
    for error in plan.errors:
        where = _(plan.entity.by_key[error.key].label) if error.key else ""
        said[error.row].append(f"{where}: {error.problem}" if where else str(error.problem))
    for one in plan.undecided:
        text = _("{ledger}: “{name}” is not known.", ledger=_(ledgers[one.ledger].singular), name=one.name)
        for row in one.rows:
            said[row].append(text)
    _refuse_below(plan, said)
    return {row: " ".join(texts) for row, texts in sorted(said.items())}


def _refuse_below(plan: Plan, said: dict[int, list[str]]) -> None:
    """A row whose place in the tree is below a refused row of the sheet is refused as well."""
    parent = plan.entity.parent
    column = plan.values.get(parent.key, ()) if parent else ()
    below = {place: one.position for place, one in enumerate(column) if isinstance(one, InSheet)}
    numbers = plan.row_numbers
    more = bool(said)
    while more:
        more = False
        for place, above in below.items():
            if numbers[above] in said and numbers[place] not in said:
                said[numbers[place]].append(_("It lies in row {row}, which is refused.", row=numbers[above]))
                more = True


def _refuse(ledgers: Ledgers, plan: Plan, refused: Mapping[int, str]) -> None:
    if plan.undecided:
        names = [f"{_(ledgers[one.ledger].singular)} “{one.name}”" for one in plan.undecided]
        raise UserError(
            N_("{count} names are not known: {names}. Have them created, or map them to records that are there."),
            count=len(names),
            names=_some(names),
        )
    rows = [_("row {row}: {text}", row=row, text=text) for row, text in refused.items()]
    raise UserError(
        N_("{count} rows cannot be taken: {rows}. Correct them, or take only the good rows."),
        count=len(rows),
        rows=_some(rows),
    )


def _some(texts: Sequence[str]) -> str:
    return "; ".join(texts[:5]) + ("; …" if len(texts) > 5 else "")


class _Applying:
    """One import on its way into the database."""

    def __init__(
        self,
        session: Session,
        ledgers: Ledgers,
        plan: Plan,
        batch: uuid.UUID,
        refused: Mapping[int, str],
        job: Job,
    ) -> None:
        self._session = session
        self._ledgers = ledgers
        self._plan = plan
        self._entity = plan.entity
        self._batch = batch
        self._refused = refused
        self._job = job
        self._rows: dict[int, int] = {}

    def apply(self) -> Applied:
        applied = self.store()
        remember(self._session, self._entity, self._plan.header, self._plan.options.columns)
        self._record(applied)
        return applied

    def store(self) -> Applied:
        self._session.execute(sa.select(sa.func.set_config("app.batch", str(self._batch), True)))
        with stoppable(self._session, self._job):
            made = make_missing(self._session, self._ledgers, self._needed())
            new, changed = self._accepted(Outcome.NEW), self._accepted(Outcome.CHANGED)
            self._number(new)
            self._insert(new, made)
            self._update(changed, made)
        unchanged = len(self._accepted(Outcome.UNCHANGED))
        created = Counter(self._plan.missing[place].ledger for place in made)
        return Applied(self._batch, len(new), len(changed), unchanged, len(self._refused), created)

    def _accepted(self, outcome: Outcome) -> list[int]:
        numbers = self._plan.row_numbers
        return [place for place in self._plan.positions(outcome) if numbers[place] not in self._refused]

    def _needed(self) -> list[Missing]:
        """What is missing, without the names that only refused rows speak of: nobody asked for those."""
        return [
            one if any(row not in self._refused for row in one.rows) else replace(one, decision=None)
            for one in self._plan.missing
        ]

    def _number(self, new: Sequence[int]) -> None:
        """Give the new rows of a tree their ids beforehand, as they refer to each other."""
        parent = self._entity.parent
        column = self._plan.values.get(parent.key, ()) if parent else ()
        if any(isinstance(one, InSheet) for one in column):
            sequence = sa.func.pg_get_serial_sequence(f"{SCHEMA}.{self._entity.table}", "id")
            many = sa.select(sa.func.nextval(sequence)).select_from(sa.func.generate_series(1, len(new)))
            self._rows = dict(zip(new, self._session.scalars(many), strict=True))

    def _insert(self, new: Sequence[int], made: Mapping[int, int]) -> None:
        columns = {key: self._with_made(self._plan.values[key], made) for key in self._plan.keys}
        rows = zip(*([column[place] for place in new] for column in columns.values()), strict=True)
        given = {key: value for key, value in self._entity.made_with.items() if key not in columns}
        code = self._entity.match[-1].key
        if code in columns:
            numbered: Iterator[tuple[Any, ...]] = iter(rows)
            keys = (*columns, *given)
        else:
            codes = fresh_codes(self._session, self._entity)
            numbered = ((*row, next(codes)) for row in rows)
            keys = (*columns, code, *given)
        whole = ((*row, *given.values()) for row in numbered)
        self._job.progress(0, len(new), _("Storing new records"))
        ids = [self._rows[place] for place in new] if self._rows else None
        try:
            with self._session.begin_nested():
                insert_rows(self._session, self._entity, keys, whole, self._job, len(new), ids)
        except UniqueViolation as error:
            raise Conflict(
                N_(
                    "Somebody stored one of the new records in the meantime ({detail}); nothing was imported. "
                    "Check the file again."
                ),
                detail=", ".join(self._taken(columns.get(code, ()), new)),
            ) from error

    def _taken(self, codes: Sequence[Any], new: Sequence[int]) -> list[str]:
        """The codes of new rows that others have used; the database itself does not tell, as they may be hidden."""
        column = self._entity.by_key[self._entity.match[-1].key].stored
        given = [codes[place] for place in new] if codes else []
        found = sa.select(column).where(column == sa.any_(sa.literal(given, ARRAY(sa.String))))
        return list(self._session.scalars(found.order_by(column).limit(_NAMED)))

    def _update(self, changed: Sequence[int], made: Mapping[int, int]) -> None:
        """Store the changed rows, those that change the same fields together."""
        groups: dict[tuple[str, ...], list[int]] = defaultdict(list)
        for place in changed:
            groups[tuple(cell.key for cell in self._plan.changes[place])].append(place)
        done = 0
        gone: set[int] = set()
        for keys, places in groups.items():
            for start in range(0, len(places), _CHUNK):
                chunk = places[start : start + _CHUNK]
                self._job.progress(done, len(changed), _("Storing changes"))
                gone |= self._update_chunk(keys, chunk, made)
                done += len(chunk)
        if gone:
            self._conflict(gone)

    def _update_chunk(self, keys: tuple[str, ...], places: Sequence[int], made: Mapping[int, int]) -> set[int]:
        existing = self._plan.existing
        values = {
            existing[place].id: tuple(self._made(cell.after, made) for cell in self._plan.changes[place])
            for place in places
        }
        searched = any(self._entity.by_key[key].searched or self._entity.by_key[key].initials for key in keys)
        if searched:
            values = self._with_search(keys, values)
        updates = [Update(existing[place].id, existing[place].version, values[existing[place].id]) for place in places]
        return update_rows(self._session, self._entity, (*keys, *SEARCH_COLUMNS) if searched else keys, updates)

    def _with_search(self, keys: tuple[str, ...], values: Mapping[int, tuple[Any, ...]]) -> dict[int, tuple[Any, ...]]:
        """The same with the texts for the quick search, for which the fields that stay are needed, too."""
        records = read_searched(self._session, self._entity, list(values))
        return {
            record: (
                *new,
                *search_values(self._entity, {**records.get(record, {}), **dict(zip(keys, new, strict=True))}),
            )
            for record, new in values.items()
        }

    def _with_made(self, values: Sequence[Any], made: Mapping[int, int]) -> Sequence[Any]:
        return [self._made(value, made) for value in values] if made or self._rows else values

    def _made(self, value: Any, made: Mapping[int, int]) -> Any:
        """The value with the record that was made for it; the row of a name that nobody made is refused anyway."""
        if type(value) is Unmet:
            return made.get(value.place)
        return self._rows.get(value.position) if type(value) is InSheet else value

    def _conflict(self, ids: set[int]) -> None:
        rows = [self._plan.row_numbers[place] for place, one in self._plan.existing.items() if one.id in ids]
        raise Conflict(
            N_(
                "Somebody changed the records of rows {rows} since the file was checked; nothing was imported. "
                "Check the file again."
            ),
            rows=", ".join(map(str, sorted(rows)[:20])),
        )

    def _record(self, applied: Applied) -> None:
        source = self._plan.source
        self._session.execute(
            sa.insert(ImportBatch).values(
                id=self._batch,
                ledger=self._entity.key,
                file_name=source.file_name[-200:],
                sha256=source.sha256,
                sheet=source.sheet.name[:200],
                new=applied.new,
                changed=applied.changed,
                unchanged=applied.unchanged,
                refused=applied.refused,
            )
        )
