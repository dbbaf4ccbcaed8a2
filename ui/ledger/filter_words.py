"""A filter in words, for its chip."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from logistics_desktop.i18n import N_, _
from logistics_desktop.ledger import kinds
from logistics_desktop.ledger.entity import Entity
from logistics_desktop.ledger.fields import Field
from logistics_desktop.ledger.filters import Between, Blank, Contains, Filter, OneOf, Within

_NAMED = 2  # so many names are said, the rest is counted


def in_words(entity: Entity, one: Filter, names: Mapping[int, str]) -> str:
    """Say a filter; `names` are those of the rows that it refers to."""
    field = entity.by_key[one.key]
    return _(N_("{field}: {what}"), field=_(field.label), what=_what(field, one, names))


def _what(field: Field, one: Filter, names: Mapping[int, str]) -> str:
    match one:
        case Contains(_key, text):
            return _(N_("“{text}”"), text=text)
        case Between(_key, low, high):
            return _range(field, low, high)
        case OneOf(_key, values):
            choices = field.choices or {}
            return _list([_(choice.label) for value, choice in choices.items() if value.value in values])
        case Within(_key, ids, children):
            said = _list([names.get(each, f"#{each}") for each in ids])
            return _(N_("{names} and below"), names=said) if children else said
        case Blank(_key, empty):
            return _(N_("empty")) if empty else _(N_("filled"))


def _range(field: Field, low: Any, high: Any) -> str:
    if high is None:
        return _(N_("from {low}"), low=kinds.text_of(field, low))
    if low is None:
        return _(N_("up to {high}"), high=kinds.text_of(field, high))
    if low == high:
        return kinds.text_of(field, low)
    return _(N_("{low} to {high}"), low=kinds.text_of(field, low), high=kinds.text_of(field, high))


def _list(names: Sequence[str]) -> str:
    said = _(N_(", ")).join(names[:_NAMED])
    if len(names) <= _NAMED:
        return said
    return _(N_("{names} and {count} more"), names=said, count=len(names) - _NAMED)
