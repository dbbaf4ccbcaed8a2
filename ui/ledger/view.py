"""How a user looks at a ledger: columns with their order and widths, filters, sorts. Remembered as JSON."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from logistics_desktop.ledger import filters
from logistics_desktop.ledger.entity import Entity
from logistics_desktop.ledger.filters import Query

Json = Mapping[str, Any]

PANEL_WIDTH = 600  # pixels
_NARROWEST, _WIDEST = 24, 2_000  # pixels; what is read back comes from a file


@dataclass(frozen=True, slots=True)
class Column:
    """A field in the table; `width` is in pixels, 0 for the field's own."""

    key: str
    shown: bool
    width: int = 0


@dataclass(frozen=True, slots=True)
class View:
    """The columns from left to right, the hidden ones among them, the question asked, and the record's width."""

    columns: tuple[Column, ...]
    query: Query = field(default_factory=Query)
    panel_width: int = PANEL_WIDTH

    @property
    def keys(self) -> tuple[str, ...]:
        """The fields on show, from left to right."""
        return tuple(column.key for column in self.columns if column.shown)


def first_view(entity: Entity) -> View:
    """What somebody sees who has chosen nothing yet."""
    return View(tuple(Column(each.key, each.shown) for each in entity))


def to_json(view: View) -> dict[str, Any]:
    """The view as it is saved."""
    columns = [{"key": c.key, "shown": c.shown, "width": c.width} for c in view.columns]
    return {"columns": columns, "query": filters.to_json(view.query), "panel": view.panel_width}


def from_json(entity: Entity, data: Json) -> View:
    """The saved view; fields that no longer exist are left out and new ones come last, as nature made them."""
    saved = [column for column in map(_column, data.get("columns") or ()) if column and column.key in entity.by_key]
    known = {column.key: column for column in saved}
    columns = (*known.values(), *(c for c in first_view(entity).columns if c.key not in known))
    if not any(column.shown for column in columns):
        columns = first_view(entity).columns
    width = data.get("panel")
    width = width if isinstance(width, int) and _NARROWEST <= width <= _WIDEST else PANEL_WIDTH
    return View(columns, filters.from_json(entity, data.get("query") or {}), width)


def _column(data: object) -> Column | None:
    match data:
        case {"key": str(key), "shown": bool(shown), "width": int(width)}:
            return Column(key, shown, width if _NARROWEST <= width <= _WIDEST else 0)
    return None
