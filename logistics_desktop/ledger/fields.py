"""A field of a ledger, described once.

Its type, length, whether it must be filled, its choices and what it points to come from the mapped
column. Table, form, filter, totals, history, template, import and export read the same object, so
that labels and formats cannot drift apart.
"""

from __future__ import annotations

import enum
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import InstrumentedAttribute

from db.base import Base


class Kind(enum.Enum):
    """What sort of value a field holds: how it is typed, shown, summed and filtered."""

    TEXT = "text"
    NOTE = "note"
    CODE = "code"  # text that looks like a number: leading zeros stay, Excel gets it as text
    INTEGER = "integer"
    QUANTITY = "quantity"
    MONEY = "money"
    RATE = "rate"  # a fraction, shown in percent
    MONTHS = "months"
    DATE = "date"
    CHOICE = "choice"
    REFERENCE = "reference"


NUMBERS = frozenset({Kind.INTEGER, Kind.QUANTITY, Kind.MONEY, Kind.RATE, Kind.MONTHS})
TEXTS = frozenset({Kind.TEXT, Kind.NOTE, Kind.CODE})


@dataclass(frozen=True, slots=True)
class Choice:
    """One value of a choice: its label, and the words that mean it in workbooks."""

    label: str
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Reference:
    """The value of a reference field: the row pointed to, and how a person calls it."""

    id: int
    title: str

    def __str__(self) -> str:
        return self.title


@dataclass(frozen=True)
class Field:
    """A field; `label`, `help` and `group` are message ids, `width` is in characters.

    `aliases` are headers that mean this field in workbooks; `unit` is what a number without a unit in
    its header means there (years for a life). `group` names the section of the form. `total` sums the
    column below the table. `searched` puts the text into the quick search, `initials` its pinyin too; a
    searched reference finds the row by what it points to.
    `others` is the column for the further names where a cell of a workbook names several people.
    `private` is the column with the value in clear, of a table with the same numbers that fewer people read; the
    column of the ledger itself keeps it masked.
    `monthly` is a date that means its whole month: the database keeps the first day, whichever one is written.
    `weighed` is changed in the form and not cell by cell, because the form shows what follows before it is stored.
    `coded` shows a reference with its code before its name, where many have the same name.
    `shown` puts it into the table of somebody who has not chosen columns yet.
    """

    column: InstrumentedAttribute[Any]
    label: str
    aliases: tuple[str, ...] = ()
    as_kind: Kind | None = None
    choices: Mapping[Any, Choice] | None = None
    width: int = 12
    help: str = ""
    group: str = ""
    unit: str = ""
    total: bool = False
    searched: bool = False
    initials: bool = False
    shown: bool = True
    must: bool = False
    others: InstrumentedAttribute[Any] | None = None
    private: InstrumentedAttribute[Any] | None = None
    coded: bool = False
    monthly: bool = False
    weighed: bool = False

    @cached_property
    def key(self) -> str:
        """The name of the column, which is the name of the field everywhere."""
        return self.column.key

    @cached_property
    def kind(self) -> Kind:
        """The kind, from the column unless said otherwise."""
        return self.as_kind or _kind_of(self.stored)

    @cached_property
    def required(self) -> bool:
        """Whether a record must have a value here; a column with a default fills itself."""
        return self.must or (not self.stored.nullable and self.stored.server_default is None)

    @cached_property
    def nullable(self) -> bool:
        """Whether the value may be cleared."""
        return bool(self.stored.nullable) and not self.must

    @cached_property
    def length(self) -> int | None:
        """The longest text in characters."""
        return self.stored.type.length if isinstance(self.stored.type, sa.String) else None

    @cached_property
    def precision(self) -> tuple[int, int] | None:
        """All digits and decimals of an exact number."""
        kind = self.stored.type
        if isinstance(kind, sa.Numeric) and kind.precision is not None:
            return kind.precision, kind.scale or 0
        return None

    @cached_property
    def target(self) -> type[Base] | None:
        """The mapped class that a reference points to."""
        for key in self.stored.foreign_keys:
            table = key.column.table
            return next(m.class_ for m in Base.registry.mappers if m.local_table is table)
        return None

    @cached_property
    def stored(self) -> sa.Column[Any]:
        """The column of the table, which knows its type and what it may hold."""
        column = self.column.property.columns[0]
        assert isinstance(column, sa.Column)
        return column

    @cached_property
    def read(self) -> sa.ColumnElement[Any]:
        """What to read: the column, or where it is private what of it this user may see."""
        if self.private is None:
            return self.stored
        clear = self.private.property.columns[0]
        same = clear.table.c.id == self.stored.table.c.id
        found = sa.select(clear).where(same).correlate(self.stored.table).scalar_subquery()
        return sa.func.coalesce(found, self.stored, type_=self.stored.type)


def _kind_of(column: sa.Column[Any]) -> Kind:
    if column.foreign_keys:
        return Kind.REFERENCE
    match column.type:
        case sa.Enum():
            return Kind.CHOICE
        case sa.String(length=length):
            return Kind.NOTE if length and length > 1_000 else Kind.TEXT
        case sa.Numeric(scale=scale):
            return {2: Kind.MONEY, 4: Kind.QUANTITY, 6: Kind.RATE}[scale or 0]
        case sa.Integer():
            return Kind.MONTHS if column.key.endswith("_months") else Kind.INTEGER
        case sa.Date():
            return Kind.DATE
    raise TypeError(f"no kind for {column}: {column.type!r}")
