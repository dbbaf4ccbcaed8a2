"""From the cells of a sheet to typed values, column by column."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from logistics_desktop.i18n import _, in_every_language
from logistics_desktop.ledger.entity import Entity
from logistics_desktop.ledger.fields import Field, Kind
from logistics_desktop.workbook import texts
from logistics_desktop.workbook.amounts import Integer, Number, Rate
from logistics_desktop.workbook.cells import Cells
from logistics_desktop.workbook.dates import Date, Months
from logistics_desktop.workbook.findings import Column
from logistics_desktop.workbook.mapping import HeaderMap
from logistics_desktop.workbook.planned import Options, Source, UnknownWord
from logistics_desktop.workbook.several import joined
from logistics_desktop.workbook.texts import Code, Text
from logistics_desktop.workbook.values import Parser, Problem, Severity, says_nothing

_MONTHS = ("月", "month", "期间数")
_NAME_LENGTH = 1_000
"""Of a name with the names of all that is above it; the name itself is checked where it is stored."""


@dataclass(slots=True)
class Understood:
    """The columns of a sheet by field key: typed `values`, the `texts` of references, problems by position."""

    values: dict[str, Sequence[Any]] = field(default_factory=dict)
    texts: dict[str, Sequence[str | None]] = field(default_factory=dict)
    problems: dict[str, Mapping[int, Problem]] = field(default_factory=dict)
    unknown_words: list[UnknownWord] = field(default_factory=list)


def understand(entity: Entity, source: Source, header: HeaderMap, options: Options) -> Understood:
    """Understand every column that has a field."""
    result = Understood()
    for column, cells in zip(source.sheet.columns, source.sheet.cells, strict=True):
        key = header.fields.get(column.index)
        if key is None:
            continue
        field_ = entity.by_key[key]
        parsed = _parser(field_, column, source, options).column(cells)
        result.problems[key] = parsed.problems
        if field_.kind is Kind.REFERENCE:
            result.texts[key] = _names(parsed.values)
        elif field_.choices is not None:
            by_value = {member.value: member for member in field_.choices}
            result.values[key] = [None if value is None else by_value[value] for value in parsed.values]
            result.unknown_words += _unknown_words(key, cells, parsed.problems, source.sheet.row_numbers)
        elif field_.monthly:
            result.values[key] = [None if day is None else day.replace(day=1) for day in parsed.values]
        else:
            result.values[key] = parsed.values
    return result


def add_others(field_: Field, understood: Understood, others: Sequence[str | None]) -> None:
    """Put the further names of cells that name several people into the field for them, `field_`."""
    own = understood.values.get(field_.key) or [None] * len(others)
    parsed = Text(field_.length).column([joined(one, more) for one, more in zip(own, others, strict=True)])
    understood.values[field_.key] = parsed.values
    understood.problems[field_.key] = {**understood.problems.get(field_.key, {}), **parsed.problems}


def _parser(field_: Field, column: Column, source: Source, options: Options) -> Parser[Any]:
    match field_.kind:
        case Kind.TEXT | Kind.NOTE:
            return Text(field_.length)
        case Kind.REFERENCE:
            return Text(_NAME_LENGTH)
        case Kind.CODE:
            return Code(field_.length)
        case Kind.CHOICE:
            return _choice(field_, options)
        case Kind.DATE:
            return Date(source.sheet.year_hint, source.date1904)
        case _:
            return _numbers(field_, column, source)


def _numbers(field_: Field, column: Column, source: Source) -> Parser[Any]:
    digits, scale = field_.precision or (18, 2)
    match field_.kind:
        case Kind.MONEY:
            return Number(digits, scale, column.unit or source.sheet.money_unit)
        case Kind.RATE:
            return Rate(scale, column.unit)
        case Kind.MONTHS:
            return Months(_unit_of_time(field_, column))
        case Kind.INTEGER:
            return Integer()
        case _:
            return Number(digits, scale, column.unit)


def _unit_of_time(field_: Field, column: Column) -> str:
    """What a bare number counts: months if the header speaks of months, else what the field says."""
    said = "".join((*column.path, column.unit or "")).lower()
    return _MONTHS[0] if any(word in said for word in _MONTHS) else field_.unit


def _choice(field_: Field, options: Options) -> texts.Choice:
    """Every word that means a choice: labels in every language, aliases, and what the user said."""
    assert field_.choices is not None
    ways = {
        member.value: (*in_every_language(choice.label), *choice.aliases) for member, choice in field_.choices.items()
    }
    for (key, word), value in options.words.items():
        if key == field_.key and value in ways:
            ways[value] = (*ways[value], word)
    return texts.Choice.of(ways, [_(choice.label) for choice in field_.choices.values()])


def _unknown_words(
    key: str, cells: Cells, problems: Mapping[int, Problem], row_numbers: Sequence[int]
) -> list[UnknownWord]:
    rows: dict[str, list[int]] = {}
    for position, problem in problems.items():
        raw = cells[position]
        if problem.severity is Severity.ERROR and isinstance(raw, str):
            rows.setdefault(raw.strip(), []).append(row_numbers[position])
    return [UnknownWord(key, word, tuple(found)) for word, found in rows.items()]


def _names(values: Sequence[str | None]) -> list[str | None]:
    """The names without the marks that people type for "nobody"."""
    meant = {value: None if says_nothing(value) else value for value in set(values)}
    return [meant[value] for value in values]
