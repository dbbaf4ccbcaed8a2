"""What an import would do, before it does it: every row's fate, every problem in its cell and in words.

A plan is columnar, as the sheet was read: `values[key][position]` is what the field `key` gets in the
row at `position` (from 0), whose number in the sheet is `row_numbers[position]`.
"""

from __future__ import annotations

import enum
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, TypeAlias

from logistics_desktop.errors import UserError
from logistics_desktop.i18n import N_
from logistics_desktop.ledger.entity import Entity
from logistics_desktop.ledger.fields import Reference
from logistics_desktop.workbook.batches import Batch
from logistics_desktop.workbook.findings import Column, Said, SheetFinding
from logistics_desktop.workbook.mapping import HeaderMap
from logistics_desktop.workbook.values import Problem


class Outcome(enum.IntEnum):
    """What an import does with a row."""

    NEW = 0
    CHANGED = 1
    UNCHANGED = 2
    REFUSED = 3


class Parents(enum.Enum):
    """What says which row of a tree lies in which (values are message ids)."""

    COLUMN = N_("a column names it")
    CODE = N_("the codes: A0201 lies in A02")
    INDENT = N_("the blanks before the names")
    LEVELS = N_("a column for each level")


class Remedy(enum.Enum):
    """What to do about a name that no ledger knows, besides taking a record that is there."""

    CREATE = "create"
    EMPTY = "empty"


@dataclass(frozen=True, slots=True)
class Use:
    """Take the record `id` for a name that no ledger knows."""

    id: int


Decision: TypeAlias = Remedy | Use


@dataclass(frozen=True, slots=True)
class Options:
    """What the user decided about an import; the defaults are what the program decides by itself.

    `columns` is the user's map from a column's index to a field's key, `""` leaves the column out;
    columns that are not named are mapped by themselves. `given` says, by field key, what stands in every row for a
    field without a column (the edition of a class table), `parents` what makes a tree of the rows. An empty
    cell of an existing row leaves the value as it is, and clears it in the fields of `clear`. `words` gives, by
    field key and word, the value of a choice (of its enum) for a word that no alias knows. `decisions` says, by
    ledger key and name, what to do about an unknown name; `create_missing` creates every other one.
    """

    columns: Mapping[int, str] = field(default_factory=dict)
    given: Mapping[str, str] = field(default_factory=dict)
    parents: Parents = Parents.COLUMN
    clear: frozenset[str] = frozenset()
    words: Mapping[tuple[str, str], str] = field(default_factory=dict)
    decisions: Mapping[tuple[str, str], Decision] = field(default_factory=dict)
    create_missing: bool = False


@dataclass(frozen=True, slots=True)
class Missing:
    """A name in the sheet that means no record of `ledger`, or one of several (`candidates`).

    `fields` are the keys of the columns it was found in, `rows` the numbers of the rows. A plan with an
    undecided name (`decision` is None) can be shown, and applied only without the rows it stands in; where
    there are candidates these rows count as refused, since a new record is hardly what is meant.
    """

    ledger: str
    name: str
    fields: tuple[str, ...]
    rows: tuple[int, ...]
    decision: Decision | None
    candidates: tuple[Reference, ...] = ()


@dataclass(frozen=True, slots=True)
class Unmet:
    """The value of a cell whose name is `missing[place]` of the plan: the record is still to come."""

    place: int
    name: str


@dataclass(frozen=True, slots=True)
class InSheet:
    """The value of a cell that names another row of the sheet, the one at `position`, whose record is still to come."""

    position: int
    name: str


@dataclass(frozen=True, slots=True)
class UnknownWord:
    """A word in a column of choices that means none of them; its rows are refused until it is mapped."""

    key: str
    word: str
    rows: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class CellProblem:
    """What is wrong with one cell (or, without a `column`, with the row); `value` is as the sheet shows it."""

    row: int
    column: Column | None
    key: str | None
    value: str
    problem: Problem | UserError


@dataclass(frozen=True, slots=True)
class CellChange:
    """One cell of an existing record before and after; `position` is the row's place in the plan."""

    position: int
    key: str
    before: Any
    after: Any


@dataclass(frozen=True, slots=True)
class Existing:
    """The record that a row means."""

    id: int
    version: int


@dataclass(frozen=True, slots=True)
class Source:
    """Where the rows come from: the file's name and SHA-256 (hex) and the sheet."""

    file_name: str
    sha256: str
    sheet: SheetFinding
    date1904: bool = False


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of the preview: the value as text, what it was before (where it changes), what is wrong with it."""

    text: str
    before: str | None = None
    problem: str = ""
    refused: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """One row of the preview, its cells in the order of `Plan.keys`; `problem` concerns the whole row."""

    row: int
    outcome: Outcome
    cells: tuple[Cell, ...]
    problem: str = ""


@dataclass(frozen=True)
class Plan:
    """Everything an import would do. Made by `plan.make_plan`, shown by `preview.Preview`, done by `apply.apply`.

    `keys` are the fields that are filled, in the order of the sheet's columns. `totals` sums the money
    of the rows that would be accepted, by field key. `earlier` are imports of the same file. `warnings`
    concern the import as a whole. `titles` names the records that references point to, by ledger key.
    """

    entity: Entity
    source: Source
    options: Options
    header: HeaderMap
    keys: tuple[str, ...]
    values: Mapping[str, Sequence[Any]]
    outcomes: Sequence[Outcome]
    existing: Mapping[int, Existing]
    changes: Mapping[int, tuple[CellChange, ...]]
    errors: tuple[CellProblem, ...]
    remarks: tuple[CellProblem, ...]
    missing: tuple[Missing, ...]
    unknown_words: tuple[UnknownWord, ...]
    totals: Mapping[str, Decimal]
    titles: Mapping[str, Mapping[int, str]]
    earlier: tuple[Batch, ...] = ()
    warnings: tuple[Said, ...] = ()

    @property
    def row_numbers(self) -> Sequence[int]:
        """The number of each row in the sheet."""
        return self.source.sheet.row_numbers

    def count(self, outcome: Outcome) -> int:
        """How many rows have this fate."""
        return self.outcomes.count(outcome)

    def positions(self, *outcomes: Outcome) -> list[int]:
        """The places of the rows with one of these fates."""
        return [place for place, outcome in enumerate(self.outcomes) if outcome in outcomes]

    @property
    def undecided(self) -> list[Missing]:
        """The names about which somebody has to decide before everything can be applied."""
        return [one for one in self.missing if one.decision is None and not one.candidates]
