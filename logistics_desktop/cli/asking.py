"""What the command line asks for: a ledger, its columns, filters and order."""

from __future__ import annotations

import argparse
from typing import NoReturn

from sqlalchemy.orm import Session

from logistics_desktop.errors import UserError
from logistics_desktop.i18n import N_, _
from logistics_desktop.ledger.entity import Entity, Ledgers
from logistics_desktop.ledger.fields import NUMBERS, Field, Kind
from logistics_desktop.ledger.filters import Between, Blank, Contains, Filter, OneOf, Query, Sort, Within
from logistics_desktop.ledger.kinds import parse
from logistics_desktop.ledgers import LEDGERS
from logistics_desktop.workbook.names import read_names


def chosen_ledger(arguments: argparse.Namespace) -> Entity:
    """The ledger that the command line names; ends the program with status 2 where there is none of that name."""
    entity = LEDGERS.get(arguments.ledger)
    if entity is None:
        known = ", ".join(one.key for one in LEDGERS)
        _wrong_usage(
            arguments, _("There is no ledger {name}. The ledgers are: {known}.", name=arguments.ledger, known=known)
        )
    return entity


def chosen_keys(entity: Entity, arguments: argparse.Namespace) -> list[str]:
    """The fields of `--columns`, all of them without it; ends the program with status 2 for a name that is none."""
    if not arguments.columns:
        return [field.key for field in entity]
    return [_field(entity, key.strip(), arguments).key for key in arguments.columns.split(",")]


def chosen_query(session: Session, ledgers: Ledgers, entity: Entity, arguments: argparse.Namespace) -> Query:
    """The query that `--filter`, `--search` and `--sort` make. Raises UserError for a value that is none."""
    filters = []
    for text in arguments.filter:
        key, equals, value = text.partition("=")
        if not equals:
            _wrong_usage(arguments, _("Write a filter as KEY=VALUE, not {text}.", text=text))
        filters.append(_filter(session, ledgers, _field(entity, key.strip(), arguments), value.strip()))
    sorts = [_sort(entity, text.strip(), arguments) for text in arguments.sort.split(",") if text.strip()]
    return Query(tuple(filters), arguments.search, tuple(sorts))


def _sort(entity: Entity, text: str, arguments: argparse.Namespace) -> Sort:
    key, _colon, way = text.partition(":")
    if way not in ("", "asc", "desc"):
        _wrong_usage(arguments, _("Write an order as KEY or KEY:desc, not {text}.", text=text))
    return Sort(_field(entity, key, arguments).key, way == "desc")


def _field(entity: Entity, key: str, arguments: argparse.Namespace) -> Field:
    field = entity.by_key.get(key)
    if field is None:
        known = ", ".join(one.key for one in entity)
        _wrong_usage(arguments, _("There is no field {name}. The fields are: {known}.", name=key, known=known))
    return field


def _filter(session: Session, ledgers: Ledgers, field: Field, value: str) -> Filter:
    if not value:
        return Blank(field.key)
    if field.kind in NUMBERS or field.kind is Kind.DATE:
        low, dots, high = value.partition("..")
        return Between(field.key, parse(field, low), parse(field, high if dots else low))
    if field.kind is Kind.CHOICE:
        return OneOf(field.key, tuple(parse(field, word).value for word in value.split(",")))
    if field.kind is Kind.REFERENCE:
        ids = read_names(session, ledgers.target(field)).find(value)
        if not ids:
            raise UserError(N_("“{name}” is not known."), name=value)
        return Within(field.key, ids, children=True)
    return Contains(field.key, value)


def _wrong_usage(arguments: argparse.Namespace, text: str) -> NoReturn:
    arguments.parser.error(text)
    raise AssertionError("argparse ends the program")
