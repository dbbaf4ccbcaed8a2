"""From the names in a sheet to the records they mean, and the list of those that nobody knows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from sqlalchemy.orm import Session

from logistics_desktop.i18n import N_
from logistics_desktop.ledger.entity import Entity, Ledgers
from logistics_desktop.ledger.fields import Field
from logistics_desktop.ledger.references import path_of, plain
from logistics_desktop.workbook.names import Names, code_and_name, owner_fields, read_names
from logistics_desktop.workbook.planned import Missing, Options, Remedy, Unmet, Use
from logistics_desktop.workbook.several import first_and_others
from logistics_desktop.workbook.values import Problem, error


@dataclass(slots=True)
class Resolved:
    """The columns of references as ids (or Unmet, or None), what is wrong by key and position, and what is missing.

    `others` are the further names in cells that name several people, by the key of the field for them.
    """

    values: dict[str, list[Any]] = field(default_factory=dict)
    problems: dict[str, dict[int, Problem]] = field(default_factory=dict)
    missing: list[Missing] = field(default_factory=list)
    titles: dict[str, Mapping[int, str]] = field(default_factory=dict)
    others: dict[str, list[str | None]] = field(default_factory=dict)


def resolve(
    session: Session,
    ledgers: Ledgers,
    entity: Entity,
    texts: Mapping[str, Sequence[str | None]],
    row_numbers: Sequence[int],
    options: Options,
) -> Resolved:
    """Find the records that the columns `texts` (by field key) mean.

    The field that tells namesakes apart is resolved before the field it tells apart.
    """
    owners = owner_fields(ledgers, entity)
    result = Resolved()
    places: dict[tuple[str, str], int] = {}
    for key in sorted(texts, key=lambda key: key in owners):
        target = ledgers.target(entity.by_key[key])
        teller, theirs = owners.get(key, (None, None))
        names = read_names(session, target, theirs)
        column = _Column(key, target, names, options, result, places)
        column.resolve(_first(entity.by_key[key], texts[key], names, result), _tellers(result, teller), row_numbers)
        result.titles[target.key] = {**result.titles.get(target.key, {}), **names.titles()}
    return result


def _first(field_: Field, texts: Sequence[str | None], names: Names, result: Resolved) -> Sequence[str | None]:
    """The one name of each cell that is looked up; the others are put by where the ledger has a field for them."""
    if field_.others is None:
        return texts
    firsts, others = first_and_others(texts, names.find)
    if any(others):
        result.others[field_.others.key] = others
    return firsts


def _tellers(result: Resolved, teller: Field | None) -> Sequence[Any] | None:
    return result.values.get(teller.key) if teller else None


class _Column:
    """One column of names on its way to ids."""

    def __init__(
        self,
        key: str,
        target: Entity,
        names: Names,
        options: Options,
        result: Resolved,
        places: dict[tuple[str, str], int],
    ) -> None:
        self._key = key
        self._target = target
        self._names = names
        self._options = options
        self._result = result
        self._places = places
        self._rows: dict[int, list[int]] = {}

    def resolve(self, texts: Sequence[str | None], tellers: Sequence[Any] | None, row_numbers: Sequence[int]) -> None:
        """Give every row its record; each pair of name and owner is looked up once."""
        found: dict[tuple[str, Any], _Meant] = {}
        values: list[Any] = []
        problems: dict[int, Problem] = {}
        for position, text in enumerate(texts):
            if text is None:
                values.append(None)
                continue
            pair = (text, tellers[position] if tellers else None)
            meant = found.get(pair)
            if meant is None:
                meant = found[pair] = self._meant(*pair)
            values.append(meant.value)
            if meant.problem:
                problems[position] = meant.problem
            if meant.place is not None:
                self._rows.setdefault(meant.place, []).append(row_numbers[position])
        self._result.values[self._key] = values
        self._result.problems[self._key] = problems
        self._note_rows()

    def _meant(self, text: str, owner: Any) -> _Meant:
        ids = self._names.find(text, owner if isinstance(owner, int) else None)
        if len(ids) == 1:
            return _Meant(ids[0])
        too_long = None if ids else self._too_long(text)
        if too_long:
            return _Meant(None, None, too_long)
        place = self._place(text, ids)
        decision = self._result.missing[place].decision
        if isinstance(decision, Use):
            return _Meant(decision.id, place)
        if decision is Remedy.EMPTY:
            return _Meant(None, place)
        if ids and decision is None:
            return _Meant(None, place, self._ambiguous(text, ids))
        return _Meant(Unmet(place, text), place)

    def _place(self, text: str, ids: tuple[int, ...]) -> int:
        """The place of a name in the list of what is missing, where every spelling and column shares it."""
        name = (self._target.key, plain(text))
        if name not in self._places:
            self._places[name] = len(self._result.missing)
            created = Remedy.CREATE if self._options.create_missing and not ids else None
            decision = self._options.decisions.get((self._target.key, text), created)
            candidates = self._names.candidates(ids)
            self._result.missing.append(Missing(self._target.key, text, (), (), decision, candidates))
        return self._places[name]

    def _too_long(self, text: str) -> Problem | None:
        """Why no record can have this name: a record's name and code have their limits."""
        names = path_of(text) if self._target.parent else [text]
        for code, title in map(code_and_name, names):
            for part, column in ((title, self._target.title), (code, self._target.match[-1])):
                limit = self._target.by_key[column.key].length
                if part and limit and len(part) > limit:
                    return error(
                        N_("The text has {length} characters; the limit is {limit}."), length=len(part), limit=limit
                    )
        return None

    def _ambiguous(self, text: str, ids: tuple[int, ...]) -> Problem:
        known = ", ".join(one.title for one in self._names.candidates(ids[:5]))
        return error(
            N_("“{name}” may be any of: {known}. Write the code, or the name and the code."), name=text, known=known
        )

    def _note_rows(self) -> None:
        for place, rows in self._rows.items():
            one = self._result.missing[place]
            self._result.missing[place] = replace(one, fields=(*one.fields, self._key), rows=(*one.rows, *rows))


@dataclass(frozen=True, slots=True)
class _Meant:
    """What a name in a cell means: its value, its place among the missing, and why it cannot be taken."""

    value: Any
    place: int | None = None
    problem: Problem | None = None
