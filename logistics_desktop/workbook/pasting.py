"""Cells from the clipboard on their way into a ledger, understood and checked as an import is, by their place."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from string import ascii_uppercase
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Session

from logistics_desktop.errors import Conflict, UserError
from logistics_desktop.i18n import N_, _
from logistics_desktop.jobs import Job
from logistics_desktop.ledger.clashes import Planned, clashes
from logistics_desktop.ledger.entity import Entity, Ledgers
from logistics_desktop.ledger.rights import refuse_read_only
from logistics_desktop.ledger.violations import told_by_field
from logistics_desktop.workbook.apply import Applied, store
from logistics_desktop.workbook.cells import Cells
from logistics_desktop.workbook.compare import Comparison, check_new, compare_records
from logistics_desktop.workbook.findings import Column, SheetFinding, Verdict
from logistics_desktop.workbook.mapping import HeaderMap
from logistics_desktop.workbook.planned import CellProblem, Options, Outcome, Plan, Source
from logistics_desktop.workbook.resolve import Resolved, resolve
from logistics_desktop.workbook.store import table_of
from logistics_desktop.workbook.tsv import read_tsv, unmarked
from logistics_desktop.workbook.understand import Understood, understand
from logistics_desktop.workbook.values import Problem, Severity

MOST_ROWS = 100_000
_STEPS = 4


@dataclass(frozen=True, slots=True)
class Pasted:
    """Cells and where they go: `columns` by field key; `records` from the top, None where a new one begins.

    `rows` are the numbers of the rows in the table, from 1, by which problems are told.
    """

    columns: Mapping[str, Sequence[str]]
    records: Sequence[int | None]
    rows: Sequence[int]


def read_block(text: str) -> list[tuple[str, ...]]:
    """Give the columns of a text from the clipboard. Raises UserError where there is none or too much of it."""
    if text.count("\n") > MOST_ROWS:
        raise UserError(
            N_("The clipboard holds more than {most} rows. Nothing was pasted. Save them as a workbook and import it."),
            most=f"{MOST_ROWS:,}",
        )
    rows = read_tsv(text)
    if not rows:
        raise UserError(N_("The clipboard holds no text. Copy cells in Excel or here, then paste them."))
    return [tuple(map(unmarked, column)) for column in zip(*rows, strict=True)]


def plan_paste(
    session: Session, ledgers: Ledgers, entity: Entity, pasted: Pasted, options: Options, job: Job | None = None
) -> Plan:
    """Say what pasting would do, without doing it.

    An empty cell clears the field if that is in `options.clear`. Raises Refused for columns that this user may only
    read, Cancelled.
    """
    refuse_read_only(session, entity, tuple(pasted.columns))
    return _Pasting(session, ledgers, entity, pasted, options, job or Job()).plan()


def store_paste(session: Session, ledgers: Ledgers, plan: Plan, batch: uuid.UUID, job: Job) -> Applied:
    """Store a plan, all or nothing. Raises Conflict if somebody changed one of the records since it was made."""
    try:
        with told_by_field(plan.entity):
            return store(session, ledgers, plan, batch, job)
    except Conflict as conflict:
        raise Conflict(
            N_("Somebody changed these rows since they were checked, so nothing was pasted. Paste again.")
        ) from conflict


class _Pasting:
    """One plan in the making."""

    def __init__(
        self, session: Session, ledgers: Ledgers, entity: Entity, pasted: Pasted, options: Options, job: Job
    ) -> None:
        self._session = session
        self._ledgers = ledgers
        self._entity = entity
        self._pasted = pasted
        self._options = options
        self._job = job
        self._columns = {
            key: Column(at, _letters(at), _(entity.by_key[key].label), None, (entity.by_key[key].label,))
            for at, key in enumerate(pasted.columns)
        }
        self._problems: list[CellProblem] = []
        self._wrong: set[tuple[int, str | None]] = set()
        self._refused: set[int] = set()

    def plan(self) -> Plan:
        source, header = self._source(), self._header()
        self._job.progress(0, _STEPS, _("Understanding the cells"))
        understood = understand(self._entity, source, header, self._options)
        self._job.progress(1, _STEPS, _("Looking up names"))
        rows = self._pasted.rows
        resolved = resolve(self._session, self._ledgers, self._entity, understood.texts, rows, self._options)
        values = {key: resolved.values.get(key) or understood.values[key] for key in self._pasted.columns}
        self._keep_namesakes(resolved, values)
        self._note(understood.problems)
        self._note(resolved.problems)
        self._note_unknown(resolved)
        self._job.progress(2, _STEPS, _("Comparing with the ledger"))
        compared = self._compare(values)
        self._job.progress(3, _STEPS, "")
        self._note_clashes(values, compared)
        return self._result(source, header, values, understood, resolved, compared)

    def _source(self) -> Source:
        sheet = SheetFinding(
            "",
            Verdict.TAKEN,
            None,
            columns=tuple(self._columns.values()),
            row_numbers=list(self._pasted.rows),
            cells=[Cells.of(cell or None for cell in column) for column in self._pasted.columns.values()],
        )
        return Source("", "", sheet)

    def _header(self) -> HeaderMap:
        fields = {column.index: key for key, column in self._columns.items()}
        return HeaderMap(tuple(self._columns.values()), fields, {}, frozenset())

    def _keep_namesakes(self, resolved: Resolved, values: Mapping[str, Sequence[Any]]) -> None:
        """A name that several have means the one who is there: cells that were copied here come back unchanged."""
        places = {row: place for place, row in enumerate(self._pasted.rows)}
        for one in resolved.missing:
            meant = {candidate.id for candidate in one.candidates}
            for key in one.fields if meant else ():
                troubled = [places[row] for row in one.rows if places[row] in resolved.problems[key]]
                for place, now in self._stored(key, troubled).items():
                    if now in meant:
                        cells = values[key]
                        assert isinstance(cells, list)
                        cells[place] = now
                        del resolved.problems[key][place]

    def _stored(self, key: str, places: Sequence[int]) -> dict[int, Any]:
        """What the records at these places hold in a field."""
        table = table_of(self._entity)
        records = {self._pasted.records[place]: place for place in places if self._pasted.records[place] is not None}
        among = table.c.id == sa.any_(sa.literal(list(records), ARRAY(sa.BigInteger)))
        found = self._session.execute(sa.select(table.c.id, self._entity.by_key[key].read).where(among))
        return {records[record]: value for record, value in found}

    def _compare(self, values: Mapping[str, Sequence[Any]]) -> Comparison:
        records = {place: record for place, record in enumerate(self._pasted.records) if record is not None}
        new = [place for place, record in enumerate(self._pasted.records) if record is None]
        compared = compare_records(self._session, self._entity, values, records, self._options.clear, self._job)
        for wrong in (compared.wrong, check_new(self._entity, values, new) if new else {}):
            for place, problems in wrong.items():
                for key, problem in problems:
                    self._refuse(place, key, problem)
        return compared

    def _note(self, problems: Mapping[str, Mapping[int, Problem]]) -> None:
        for key, by_place in problems.items():
            for place, problem in by_place.items():
                self._refuse(place, key, problem)

    def _note_unknown(self, resolved: Resolved) -> None:
        """A name that nobody knows and that is not to be made stands for nothing that could be stored."""
        places = {row: place for place, row in enumerate(self._pasted.rows)}
        for one in resolved.missing:
            if one.decision is None and not one.candidates:
                ledger = _(self._ledgers[one.ledger].label)
                unknown = UserError(N_("“{name}” is not in “{ledger}”."), name=one.name, ledger=ledger)
                for row in one.rows:
                    for key in one.fields:
                        if self._pasted.columns[key][places[row]].strip() == one.name:
                            self._refuse(places[row], key, unknown)

    def _note_clashes(self, values: Mapping[str, Sequence[Any]], compared: Comparison) -> None:
        planned: dict[int, Planned] = {}
        for place, record in enumerate(self._pasted.records):
            if record is None:
                planned[place] = Planned(None, {key: column[place] for key, column in values.items()})
            elif place in compared.changes:
                planned[place] = Planned(record, {cell.key: cell.after for cell in compared.changes[place]})
        for place, (key, problem) in clashes(self._session, self._entity, planned, self._again).items():
            self._refuse(place, key if key in self._columns else None, problem)

    def _again(self, place: int) -> UserError:
        return UserError(N_("Row {row} gets this already."), row=self._pasted.rows[place])

    def _refuse(self, place: int, key: str | None, problem: Problem | UserError) -> None:
        """Note a problem of a cell, the first error of it only: what cannot be understood is not called empty too."""
        doubtful = isinstance(problem, Problem) and problem.severity is Severity.WARNING
        if not doubtful:
            if (place, key) in self._wrong:
                return
            self._wrong.add((place, key))
            self._refused.add(place)
        column = self._columns.get(key or "")
        value = self._pasted.columns[key][place] if key in self._columns and key is not None else ""
        self._problems.append(CellProblem(self._pasted.rows[place], column, key, value, problem))

    def _result(
        self,
        source: Source,
        header: HeaderMap,
        values: Mapping[str, Sequence[Any]],
        understood: Understood,
        resolved: Resolved,
        compared: Comparison,
    ) -> Plan:
        errors = [one for one in self._problems if not _doubtful(one)]
        return Plan(
            entity=self._entity,
            source=source,
            options=self._options,
            header=header,
            keys=tuple(self._pasted.columns),
            values=values,
            outcomes=[self._outcome(place, compared) for place in range(len(self._pasted.rows))],
            existing=compared.existing,
            changes={place: cells for place, cells in compared.changes.items() if place not in self._refused},
            errors=tuple(sorted(errors, key=_in_table)),
            remarks=tuple(sorted(filter(_doubtful, self._problems), key=_in_table)),
            missing=tuple(resolved.missing),
            unknown_words=tuple(understood.unknown_words),
            totals={},
            titles=resolved.titles,
        )

    def _outcome(self, place: int, compared: Comparison) -> Outcome:
        if place in self._refused:
            return Outcome.REFUSED
        if place not in compared.existing:
            return Outcome.NEW
        return Outcome.CHANGED if place in compared.changes else Outcome.UNCHANGED


def _doubtful(one: CellProblem) -> bool:
    return isinstance(one.problem, Problem) and one.problem.severity is Severity.WARNING


def _in_table(one: CellProblem) -> tuple[int, int]:
    return one.row, one.column.index if one.column else -1


def _letters(at: int) -> str:
    """The name of a column as spreadsheets number them: A, B, … Z, AA."""
    return (_letters(at // 26 - 1) if at >= 26 else "") + ascii_uppercase[at % 26]
