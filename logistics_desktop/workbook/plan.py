"""From a sheet to a plan: what an import would do."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import compress
from typing import Any

from sqlalchemy.orm import Session

from logistics_desktop.errors import UserError
from logistics_desktop.i18n import N_, _
from logistics_desktop.jobs import Job
from logistics_desktop.ledger.entity import Entity, Ledgers
from logistics_desktop.ledger.fields import Kind
from logistics_desktop.workbook import trees
from logistics_desktop.workbook.batches import of_file
from logistics_desktop.workbook.cells import Raw
from logistics_desktop.workbook.compare import Comparison, Key, check_new, compare
from logistics_desktop.workbook.findings import Column, Said
from logistics_desktop.workbook.mapping import HeaderMap, map_headers, recall
from logistics_desktop.workbook.planned import CellProblem, InSheet, Options, Outcome, Parents, Plan, Source, Unmet
from logistics_desktop.workbook.resolve import Resolved, resolve
from logistics_desktop.workbook.understand import Understood, add_others, understand
from logistics_desktop.workbook.values import Problem, Severity


def make_plan(
    session: Session, ledgers: Ledgers, entity: Entity, source: Source, options: Options, job: Job | None = None
) -> Plan:
    """Say what an import would do, without doing it; call it again when the user changes `options`.

    A row is refused where a cell cannot be understood, a field that must be filled is empty, the
    ledger's rule is broken, or an earlier row of the sheet has the same key. A sheet without a column for
    the key makes new rows only, which get codes of their own. Raises Cancelled.
    """
    return _Planning(session, ledgers, entity, source, options, job or Job()).plan()


class _Planning:
    """One plan in the making."""

    def __init__(
        self, session: Session, ledgers: Ledgers, entity: Entity, source: Source, options: Options, job: Job
    ) -> None:
        self._session = session
        self._ledgers = ledgers
        self._entity = entity
        self._source = source
        self._options = options
        self._job = job
        self._sheet = source.sheet
        self._said: list[Said] = []
        self._errors: list[CellProblem] = []
        self._remarks: list[CellProblem] = []
        self._refused: set[int] = set()
        self._wrong: set[tuple[int, str | None]] = set()

    def plan(self) -> Plan:
        header = self._complete(self._map())
        self._step(1, _("Understanding the cells"))
        understood = understand(self._entity, self._source, header, self._options)
        self._step(2, _("Looking up names"))
        numbers = self._sheet.row_numbers
        inside = self._inside(header, understood)
        resolved = resolve(self._session, self._ledgers, self._entity, understood.texts, numbers, self._options)
        for key, others in resolved.others.items():
            add_others(self._entity.by_key[key], understood, others)
        self._note(header, understood.problems)
        self._note(header, resolved.problems)
        found = {**understood.values, **resolved.values}
        values = {key: found[key] for key in dict.fromkeys((*header.fields.values(), *found))}
        self._step(3, _("Comparing with the ledger"))
        compared = self._compare_tree(header, values, inside) if inside else self._compare(header, values)
        outcomes = self._outcomes(compared)
        self._step(4, "")
        return self._result(header, values, understood, resolved, compared, outcomes)

    def _step(self, done: int, text: str) -> None:
        self._job.progress(done, 4, text)

    def _map(self) -> HeaderMap:
        columns = list(zip(self._sheet.columns, self._sheet.cells, strict=True))
        empty = {column.index for column, cells in columns if not any(map(_filled, cells.distinct))}
        remembered = recall(self._session, self._entity)
        return map_headers(self._entity, self._sheet.columns, remembered, self._options.columns, empty)

    def _complete(self, header: HeaderMap) -> HeaderMap:
        """Add to the sheet what the user says of all rows, and what their position says about the tree."""
        given = {key: text for key, text in self._options.given.items() if key not in header.fields.values() and text}
        sheet = trees.with_given(self._sheet, given)
        if self._entity.parent is not None and self._options.parents is not Parents.COLUMN:
            try:
                sheet = trees.with_parents(sheet, self._entity, header.fields, self._options.parents)
            except UserError as error:
                self._said.append(Said(error.msgid, error.params))
        if sheet is self._sheet:
            return header
        self._sheet, self._source = sheet, replace(self._source, sheet=sheet)
        return self._map()

    def _inside(self, header: HeaderMap, understood: Understood) -> dict[int, InSheet]:
        """The rows that lie in another row of the sheet; their texts need not be looked up in the ledger."""
        parent = self._entity.parent
        if parent is None or parent.key not in understood.texts:
            return {}
        texts = list(understood.texts[parent.key])
        rows = trees.Rows(self._entity, understood.values, understood.texts[parent.key])
        found: dict[int, InSheet] = {}
        for place, text in enumerate(texts):
            meant = rows.find(text, place) if text else []
            if len(meant) == 1:
                found[place] = InSheet(meant[0], rows.titles[meant[0]])
            if len(meant) > 1:
                numbers = ", ".join(str(self._sheet.row_numbers[at]) for at in meant[:5])
                problem = UserError(N_("“{name}” may be row {rows}. Write the code."), name=text, rows=numbers)
                self._refuse(header, place, parent.key, problem)
            if meant:
                texts[place] = None
        understood.texts[parent.key] = texts
        return found

    def _compare_tree(
        self, header: HeaderMap, values: dict[str, Sequence[Any]], inside: Mapping[int, InSheet]
    ) -> Comparison:
        """Compare where rows lie in rows of the sheet: first find out which of these are known, then the whole."""
        assert self._entity.parent is not None
        key = self._entity.parent.key
        match = {column.key for column in self._entity.match}
        keyed = self._keyed(header, values)
        only = {one: column for one, column in values.items() if one in match}
        known = compare(self._session, self._entity, only, keyed, frozenset(), self._job).existing
        column = list(values[key])
        for place, named in inside.items():
            column[place] = known[named.position].id if named.position in known else named
        values[key] = column
        for ring in trees.rings(trees.places_above(column, known)):
            around = [inside[at].name if at in inside else "…" for at in (ring[-1], *ring)]
            names = " > ".join(around)
            for place in ring:
                self._refuse(header, place, key, UserError(N_("These rows lie in each other: {rows}."), rows=names))
        return self._compare(header, values)

    def _compare(self, header: HeaderMap, values: Mapping[str, Sequence[Any]]) -> Comparison:
        keyed = self._keyed(header, values)
        clear = self._options.clear & frozenset(header.fields.values())
        compared = compare(self._session, self._entity, values, keyed, clear, self._job)
        new = [place for place in range(len(self._sheet.row_numbers)) if place not in compared.existing]
        for wrong in (compared.wrong, check_new(self._entity, values, new)):
            for place, problems in wrong.items():
                for key, problem in problems:
                    self._refuse(header, place, key, problem)
        return compared

    def _keyed(self, header: HeaderMap, values: Mapping[str, Sequence[Any]]) -> dict[Key, int]:
        """The first row of each key; later rows with the same key are refused."""
        match = [column.key for column in self._entity.match if column.key in values]
        if self._entity.match[-1].key not in match:
            return {}
        keyed: dict[Key, int] = {}
        for place, key in enumerate(zip(*(values[name] for name in match), strict=True)):
            if None in key or any(type(part) is Unmet for part in key):
                continue
            first = keyed.setdefault(key, place)
            if first != place:
                again = UserError(N_("Row {row} of the sheet has this already."), row=self._sheet.row_numbers[first])
                self._refuse(header, place, match[-1], again)
        return keyed

    def _note(self, header: HeaderMap, problems: Mapping[str, Mapping[int, Problem]]) -> None:
        for key, by_position in problems.items():
            column = header.column(key)
            for place, problem in by_position.items():
                said = CellProblem(self._sheet.row_numbers[place], column, key, self._shown(column, place), problem)
                if problem.severity is Severity.ERROR:
                    self._errors.append(said)
                    self._refused.add(place)
                    self._wrong.add((place, key))
                else:
                    self._remarks.append(said)

    def _refuse(self, header: HeaderMap, place: int, key: str | None, problem: UserError) -> None:
        """Refuse a row for a cell that has no error yet: what could not be understood is not called empty as well."""
        if (place, key) in self._wrong:
            return
        self._wrong.add((place, key))
        self._refused.add(place)
        column = header.column(key) if key else None
        value = self._shown(column, place)
        self._errors.append(CellProblem(self._sheet.row_numbers[place], column, key, value, problem))

    def _shown(self, column: Column | None, place: int) -> str:
        if column is None:
            return ""
        cells = self._sheet.cells[self._sheet.columns.index(column)]
        raw = cells[place]
        return "" if raw is None else str(raw)

    def _outcomes(self, compared: Comparison) -> list[Outcome]:
        outcomes = [Outcome.NEW] * len(self._sheet.row_numbers)
        for place in compared.existing:
            outcomes[place] = Outcome.CHANGED if place in compared.changes else Outcome.UNCHANGED
        for place in self._refused:
            outcomes[place] = Outcome.REFUSED
        return outcomes

    def _result(
        self,
        header: HeaderMap,
        values: Mapping[str, Sequence[Any]],
        understood: Understood,
        resolved: Resolved,
        compared: Comparison,
        outcomes: list[Outcome],
    ) -> Plan:
        return Plan(
            entity=self._entity,
            source=self._source,
            options=self._options,
            header=header,
            keys=tuple(values),
            values=values,
            outcomes=outcomes,
            existing=compared.existing,
            changes={place: cells for place, cells in compared.changes.items() if place not in self._refused},
            errors=tuple(sorted(self._errors, key=_in_sheet)),
            remarks=tuple(sorted(self._remarks, key=_in_sheet)),
            missing=tuple(resolved.missing),
            unknown_words=tuple(understood.unknown_words),
            totals=self._totals(values, outcomes),
            titles=resolved.titles,
            earlier=tuple(of_file(self._session, self._entity.key, self._source.sha256, self._sheet.name)),
            warnings=tuple(self._warnings(values)),
        )

    def _totals(self, values: Mapping[str, Sequence[Any]], outcomes: list[Outcome]) -> dict[str, Decimal]:
        accepted = [outcome is not Outcome.REFUSED for outcome in outcomes]
        money = (key for key in values if self._entity.by_key[key].kind is Kind.MONEY)
        return {key: sum(filter(None, compress(values[key], accepted)), Decimal("0.00")) for key in money}

    def _warnings(self, values: Mapping[str, Sequence[Any]]) -> list[Said]:
        warnings = [*self._sheet.warnings, *self._said]
        code = self._entity.by_key[self._entity.match[-1].key]
        waiting = sum(one is None for one in values.get(code.key, ()))
        if waiting and code.nullable:
            text = N_(
                "{count} rows have no {label}: each becomes a new record that waits for one. Importing the file "
                "again would make them again."
            )
            warnings.append(Said(text, {"count": waiting, "label": _(code.label)}))
        if self._entity.match[-1].key not in values:
            key = self._entity.by_key[self._entity.match[-1].key]
            warnings.append(
                Said(
                    N_(
                        "No column holds the {label}, so that no row can be recognised: each becomes a new record "
                        "with a number made by the program."
                    ),
                    {"label": _(key.label)},
                )
            )
        return warnings


def _filled(raw: Raw) -> bool:
    return raw is not None and raw != ""


def _in_sheet(problem: CellProblem) -> tuple[int, int]:
    return problem.row, problem.column.index if problem.column else -1
