"""One change of many rows: a value given, cleared, added to, or found and replaced."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from logistics_desktop.errors import UserError
from logistics_desktop.i18n import N_
from logistics_desktop.ledger.entity import Entity
from logistics_desktop.ledger.fields import NUMBERS, TEXTS, Field, Kind
from logistics_desktop.ledger.limits import problem, trimmed

_MOST_DAYS = 100 * 366


@dataclass(frozen=True, slots=True)
class Give:
    """Every row gets `value`; None clears the field."""

    key: str
    value: Any


@dataclass(frozen=True, slots=True)
class Add:
    """A number grows by `amount`, a date by so many days, a text gets `amount` at its end; empty cells stay empty."""

    key: str
    amount: Any


@dataclass(frozen=True, slots=True)
class Replace:
    """In a text `find` becomes `new` wherever it stands; with `whole` only where nothing else does."""

    key: str
    find: str
    new: str
    whole: bool = False
    case: bool = False


@dataclass(frozen=True, slots=True)
class Swap:
    """Rows with the value `old` get `new`; None is an empty cell."""

    key: str
    old: Any
    new: Any


Change = Give | Add | Replace | Swap


def can_add(field: Field) -> bool:
    """Whether something can be added to the values of a field."""
    return field.kind in NUMBERS | TEXTS or field.kind is Kind.DATE


def refuse_senseless(entity: Entity, change: Change) -> None:
    """Raise UserError where a change cannot be meant for any row."""
    field = entity.by_key[change.key]
    match change:
        case Give(_, value) | Swap(_, _, value):
            wrong = problem(field, trimmed(value))
            if wrong is not None:
                raise wrong
        case Add(_, amount):
            if amount is None or amount == "" or amount == 0:
                raise UserError(N_("Say what is to be added."))
            if field.kind is Kind.DATE and abs(amount) > _MOST_DAYS:
                raise UserError(N_("At most {most} days can be added."), most=f"{_MOST_DAYS:,}")
        case Replace(_, find, _, _, _):
            if not find:
                raise UserError(N_("Say what is to be found."))


def after(entity: Entity, change: Change) -> sa.ColumnElement[Any]:
    """Give the value of a row after the change, as SQL."""
    column = entity.by_key[change.key].read
    match change:
        case Give(_, value):
            return _literal(column, value)
        case Add(_, amount):
            return _added(entity.by_key[change.key], amount)
        case Swap(_, old, new):
            return sa.case((column.is_not_distinct_from(_literal(column, old)), _literal(column, new)), else_=column)
        case Replace():
            return _replaced(column, change)


def _literal(column: sa.ColumnElement[Any], value: Any) -> sa.ColumnElement[Any]:
    return sa.cast(sa.literal(trimmed(value), column.type), column.type)


def _added(field: Field, amount: Any) -> sa.ColumnElement[Any]:
    column = field.read
    if field.kind in TEXTS:
        return _tidy(column + sa.literal(amount, sa.Text))
    if field.kind is Kind.DATE:
        return column.op("+", return_type=sa.Date())(sa.cast(int(amount), sa.Integer))
    if field.kind in (Kind.INTEGER, Kind.MONTHS):
        return column + sa.cast(int(amount), sa.BigInteger)
    return column + sa.cast(sa.literal(amount, sa.Numeric), sa.Numeric)


def _replaced(column: sa.ColumnElement[Any], change: Replace) -> sa.ColumnElement[Any]:
    find, new = sa.literal(change.find, sa.Text), sa.literal(change.new, sa.Text)
    if change.whole:
        same = column == find if change.case else sa.func.lower(column) == sa.func.lower(find)
        return sa.case((same, _tidy(new)), else_=column)
    if change.case:
        replaced = sa.func.replace(column, find, new, type_=sa.Text)
    else:
        # "***=" takes all that follows as it is written; in the replacement only the backslash means something.
        literal = sa.literal("***=" + change.find, sa.Text)
        meant = sa.literal(change.new.replace("\\", "\\\\"), sa.Text)
        replaced = sa.func.regexp_replace(column, literal, meant, "gi", type_=sa.Text)
    return sa.case((replaced == column, column), else_=_tidy(replaced))


def _tidy(text: sa.ColumnElement[Any]) -> sa.ColumnElement[Any]:
    """Text without blanks at its ends; empty is no value."""
    return sa.func.nullif(sa.func.btrim(text), "", type_=sa.Text)
