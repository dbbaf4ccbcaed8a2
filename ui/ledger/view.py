"""How a user looks at a ledger: columns, filters, sorts, groups, colours. Remembered and shared as JSON."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from logistics_desktop.ledger import filters
from logistics_desktop.ledger.colours import Rule, rules_from_json, rules_to_json
from logistics_desktop.ledger.entity import Entity
from logistics_desktop.ledger.filters import Query
from logistics_desktop.ledger.groups import LEVELS, groupable

Json = Mapping[str, Any]

PANEL_WIDTH = 600  # pixels
_NARROWEST, _WIDEST = 24, 2_000  # pixels; what is read back comes from a file


@dataclass(frozen=True, slots=True)
class Column:
    """A field in the table; `width` is in pixels, 0 for the field's own. What is `pinned` stays while others scroll."""

    key: str
    shown: bool
    width: int = 0
    pinned: bool = False


@dataclass(frozen=True, slots=True)
class View:
    """The columns from left to right, the hidden ones among them, the question asked, and the record's width.

    `groups` are the fields that rows are grouped by, `rules` colour them, `named` is the saved view that this was.
    """

    columns: tuple[Column, ...]
    query: Query = field(default_factory=Query)
    panel_width: int = PANEL_WIDTH
    groups: tuple[str, ...] = ()
    rules: tuple[Rule, ...] = ()
    named: int | None = None

    @property
    def keys(self) -> tuple[str, ...]:
        """The fields on show, from left to right."""
        return tuple(column.key for column in self.columns if column.shown)


def first_view(entity: Entity) -> View:
    """What somebody sees who has chosen nothing yet."""
    return View(tuple(Column(each.key, each.shown) for each in entity))


def pinned_first(columns: Iterable[Column]) -> tuple[Column, ...]:
    """The columns with those that stay on the left."""
    return tuple(sorted(columns, key=lambda column: not column.pinned))


def document(view: View) -> dict[str, Any]:
    """What a saved view keeps and shares: all but what depends on the user's own window."""
    columns = [{"key": c.key, "shown": c.shown, "width": c.width, "pinned": c.pinned} for c in view.columns]
    return {
        "columns": columns,
        "query": filters.to_json(view.query),
        "groups": list(view.groups),
        "rules": rules_to_json(view.rules),
    }


def to_json(view: View) -> dict[str, Any]:
    """The view as it was left."""
    return {**document(view), "panel": view.panel_width, "named": view.named}


def from_json(entity: Entity, saved: object) -> View:
    """The saved view; fields that no longer exist are left out and new ones come last, as nature made them.

    Anybody may share a view, and has not necessarily made it with this program.
    """
    data: Json = saved if isinstance(saved, dict) else {}
    listed = data.get("columns")
    named_columns = [column for column in map(_column, listed if isinstance(listed, list) else []) if column]
    known = {column.key: column for column in named_columns if column.key in entity.by_key}
    columns = pinned_first((*known.values(), *(c for c in first_view(entity).columns if c.key not in known)))
    if not any(column.shown for column in columns):
        columns = first_view(entity).columns
    width, query, named = data.get("panel"), data.get("query"), data.get("named")
    return View(
        columns,
        filters.from_json(entity, query if isinstance(query, dict) else {}),
        width if isinstance(width, int) and _NARROWEST <= width <= _WIDEST else PANEL_WIDTH,
        _groups(entity, data.get("groups")),
        rules_from_json(entity, data.get("rules")),
        named if isinstance(named, int) else None,
    )


def _groups(entity: Entity, data: object) -> tuple[str, ...]:
    keys = dict.fromkeys(key for key in (data if isinstance(data, list) else []) if isinstance(key, str))
    return tuple(key for key in keys if key in entity.by_key and groupable(entity.by_key[key]))[:LEVELS]


def _column(data: object) -> Column | None:
    match data:
        case {"key": str(key), "shown": bool(shown), "width": int(width), **rest}:
            return Column(key, shown, width if _NARROWEST <= width <= _WIDEST else 0, rest.get("pinned") is True)
    return None
