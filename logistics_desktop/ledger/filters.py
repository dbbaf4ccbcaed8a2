"""What a person asks of a ledger: which rows, in which order. Plain values, kept in the settings as JSON.

`conditions` turns them into SQL.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from logistics_desktop.ledger.entity import Entity
from logistics_desktop.ledger.fields import Field, Kind


@dataclass(frozen=True, slots=True)
class Contains:
    """The text of the field, or the title of what it points to, has `text` in it."""

    key: str
    text: str


@dataclass(frozen=True, slots=True)
class Between:
    """The number or date lies from `low` to `high`, both included; None is open."""

    key: str
    low: Any = None
    high: Any = None


@dataclass(frozen=True, slots=True)
class OneOf:
    """The choice is one of `values`, each an enum's value as it is stored (`"in_use"`)."""

    key: str
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Within:
    """The reference is one of `ids` or, with `children`, anything below them in their tree."""

    key: str
    ids: tuple[int, ...]
    children: bool = False


@dataclass(frozen=True, slots=True)
class Blank:
    """The field is empty, or with `empty=False` it is filled."""

    key: str
    empty: bool = True


Filter = Contains | Between | OneOf | Within | Blank


@dataclass(frozen=True, slots=True)
class Sort:
    """Order by a field, empty ones last either way."""

    key: str
    descending: bool = False


@dataclass(frozen=True, slots=True)
class Query:
    """Rows that pass every filter and hold every word of `search`, sorted by `sorts`, then by the ledger's order."""

    filters: tuple[Filter, ...] = ()
    search: str = ""
    sorts: tuple[Sort, ...] = ()


def to_json(query: Query) -> dict[str, Any]:
    """Give `query` as plain JSON values."""
    return {
        "filters": [filter_to_json(one) for one in query.filters],
        "search": query.search,
        "sorts": [[sort.key, sort.descending] for sort in query.sorts],
    }


def from_json(entity: Entity, data: Mapping[str, Any]) -> Query:
    """Make the query again; what the ledger no longer knows, or cannot be read, is left out."""
    filters = (filter_from_json(entity, one) for one in _list(data.get("filters")))
    sorts = (_sort_from_json(entity, one) for one in _list(data.get("sorts")))
    search = data.get("search")
    return Query(
        tuple(one for one in filters if one is not None),
        search if isinstance(search, str) else "",
        tuple(one for one in sorts if one is not None),
    )


def filter_to_json(one: Filter) -> dict[str, Any]:
    """Give one filter as plain JSON values."""
    match one:
        case Contains(key, text):
            return {"contains": key, "text": text}
        case Between(key, low, high):
            return {"between": key, "low": _bound_to_json(low), "high": _bound_to_json(high)}
        case OneOf(key, values):
            return {"one_of": key, "values": list(values)}
        case Within(key, ids, children):
            return {"within": key, "ids": list(ids), "children": children}
        case Blank(key, empty):
            return {"blank": key, "empty": empty}


def _bound_to_json(bound: Any) -> str | None:
    return None if bound is None else str(bound)


def filter_from_json(entity: Entity, data: Any) -> Filter | None:
    """Make one filter again, None where it cannot be read."""
    if not isinstance(data, Mapping):
        return None
    for name, read in _READERS.items():
        if name in data:
            try:
                return read(entity.by_key[data[name]], data)
            except (ValueError, TypeError, KeyError, InvalidOperation):
                return None
    return None


def _read_between(field: Field, data: Mapping[str, Any]) -> Between:
    return Between(field.key, *(_bound_from_json(field, data[end]) for end in ("low", "high")))


def _read_one_of(field: Field, data: Mapping[str, Any]) -> OneOf:
    known = {choice.value for choice in field.choices or ()}
    return OneOf(field.key, tuple(value for value in data["values"] if value in known))


def _read_within(field: Field, data: Mapping[str, Any]) -> Within:
    return Within(field.key, tuple(int(one) for one in data["ids"]), bool(data["children"]))


_READERS: Mapping[str, Callable[[Field, Mapping[str, Any]], Filter]] = {
    "contains": lambda field, data: Contains(field.key, str(data["text"])),
    "between": _read_between,
    "one_of": _read_one_of,
    "within": _read_within,
    "blank": lambda field, data: Blank(field.key, bool(data["empty"])),
}


def _bound_from_json(field: Field, bound: str | None) -> Any:
    if bound is None:
        return None
    match field.kind:
        case Kind.DATE:
            return date.fromisoformat(bound)
        case Kind.INTEGER | Kind.MONTHS:
            return int(bound)
        case Kind.MONEY | Kind.QUANTITY | Kind.RATE:
            return Decimal(bound)
    raise ValueError(f"{field.key} has no range")


def _sort_from_json(entity: Entity, data: Any) -> Sort | None:
    match data:
        case [str(key), bool(descending)] if key in entity.by_key:
            return Sort(key, descending)
    return None


def _list(data: Any) -> list[Any]:
    return data if isinstance(data, list) else []
