"""A ledger, described once: its table, its fields, how a row is named and recognised."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from sqlalchemy.orm import InstrumentedAttribute

from db.base import Base
from logistics_desktop.errors import UserError
from logistics_desktop.ledger.fields import Field, Kind
from logistics_desktop.ledger.fills import Fill

Values = Mapping[str, Any]
Rule = Callable[[Values], dict[str, UserError]]


def _no_rule(_values: Values) -> dict[str, UserError]:
    return {}


@dataclass(frozen=True)
class Entity:
    """A ledger.

    `key` is its name on the command line and in settings, `label` its title, `singular` one row of it
    (both message ids). `match` recognises a row on import; `title` names a row to a person and is what
    other ledgers show and look up when they point here. `code_prefix` begins the codes that the program
    makes for rows it creates on the way, `made_with` is what those rows hold besides code and title.
    `rule` checks a whole record and answers the wrong fields. `scanned` are the searched texts by which
    a scanner finds a row besides its code, such as a serial number. `subjects` are the words for a row of it
    that people put before the headers of its columns (资产 in 资产状态).
    `fills` fill fields from others while a person types. `own` are the fields that belong to one row alone, so that
    a duplicate does not get them (unique ones never do). `scope` narrows the ledger to the rows whose columns have
    these values, for good: within it the number of a row is unique. Nothing is written into one that is `read_only`.
    `found_in` is the table that the quick search looks in, where that is another one with the same numbers.
    """

    key: str
    model: type[Base]
    label: str
    singular: str
    fields: tuple[Field, ...]
    match: tuple[InstrumentedAttribute[Any], ...]
    title: InstrumentedAttribute[Any]
    code_prefix: str
    icon: str
    order: tuple[InstrumentedAttribute[Any], ...] = ()
    rule: Rule = _no_rule
    scanned: tuple[InstrumentedAttribute[Any], ...] = ()
    made_with: Values = field(default_factory=dict)
    fills: tuple[Fill, ...] = ()
    own: tuple[InstrumentedAttribute[Any], ...] = ()
    subjects: tuple[str, ...] = ()
    scope: Values = field(default_factory=dict)
    read_only: bool = False
    found_in: str = ""

    def __iter__(self) -> Iterator[Field]:
        return iter(self.fields)

    @cached_property
    def table(self) -> str:
        """The name of the table without its schema."""
        return str(self.model.__tablename__)

    @cached_property
    def by_key(self) -> Mapping[str, Field]:
        """The fields by their keys."""
        return {field.key: field for field in self.fields}

    @cached_property
    def has_code(self) -> bool:
        """Whether a row has a code of its own; a row that says something of another is recognised by that one."""
        return self.by_key[self.match[-1].key].target is None

    @cached_property
    def searched_texts(self) -> tuple[Field, ...]:
        """The fields whose text the quick search reads in the row itself."""
        return tuple(field for field in self.fields if field.searched and field.target is None)

    @cached_property
    def searched_references(self) -> tuple[Field, ...]:
        """The references by whose target the quick search finds a row too, an asset by its keeper."""
        return tuple(field for field in self.fields if field.searched and field.target is not None)

    @cached_property
    def parent(self) -> Field | None:
        """The field that makes the ledger a tree, if it is one."""
        return next((f for f in self.fields if f.kind is Kind.REFERENCE and f.target is self.model), None)


class Ledgers:
    """The ledgers of the program, found by key or by mapped class."""

    def __init__(self, entities: tuple[Entity, ...]) -> None:
        self._by_key = {entity.key: entity for entity in entities}
        self._by_model = {entity.model: entity for entity in entities}

    def __iter__(self) -> Iterator[Entity]:
        return iter(self._by_key.values())

    def __getitem__(self, key: str) -> Entity:
        return self._by_key[key]

    def get(self, key: str) -> Entity | None:
        """The ledger named `key`, if there is one."""
        return self._by_key.get(key)

    def of(self, model: type[Base]) -> Entity:
        """The ledger of a mapped class."""
        return self._by_model[model]

    def target(self, field: Field) -> Entity:
        """The ledger that a reference field points to."""
        assert field.target is not None
        return self._by_model[field.target]
