"""The order of rows, the same wherever rows are listed: by the sorts, then by the ledger's order, then by number."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from logistics_desktop.ledger.conditions import id_of
from logistics_desktop.ledger.entity import Entity, Ledgers
from logistics_desktop.ledger.fields import Field
from logistics_desktop.ledger.filters import Query


class Titles:
    """The titles of what rows point to, each reference field joined once and only if it is asked for."""

    def __init__(self, ledgers: Ledgers) -> None:
        self._ledgers = ledgers
        self._joined: dict[str, tuple[Any, Any, sa.ColumnElement[str]]] = {}

    def of(self, field: Field) -> sa.ColumnElement[str]:
        """Give the title of what `field` points to."""
        if field.key not in self._joined:
            target = self._ledgers.target(field)
            other = aliased(target.model, name=f"of_{field.key}")
            columns = sa.inspect(other).selectable.c
            found = columns.id == field.column
            title: sa.ColumnElement[str] = columns[target.title.key]
            if field.coded:
                title = sa.case((columns.id.is_not(None), sa.func.concat_ws(" ", columns.code, title)))
            self._joined[field.key] = other, found, title
        return self._joined[field.key][2]

    def join(self, source: Any) -> Any:
        """Give `source`, the table of the rows, with the joins that the titles need."""
        for other, found, _title in self._joined.values():
            source = sa.outerjoin(source, other, found)
        return source


@dataclass(frozen=True, slots=True)
class Step:
    """One column of an order."""

    column: sa.ColumnElement[Any]
    descending: bool
    may_be_empty: bool

    def named(self, column: sa.ColumnElement[Any]) -> sa.ColumnElement[Any]:
        """Order by `column`, which holds this step's values, with empty ones last."""
        if not self.descending:
            return column.asc()
        return column.desc().nulls_last() if self.may_be_empty else column.desc()


def steps(titles: Titles, entity: Entity, query: Query) -> list[Step]:
    """Give the columns to order by.

    The last step tells any two rows apart and runs the way of the one before, so that an index over both serves
    either direction.
    """
    found = []
    for sort in query.sorts:
        field = entity.by_key[sort.key]
        if field.target is None:
            found.append(Step(field.read, sort.descending, bool(field.stored.nullable)))
        else:
            found.append(Step(titles.of(field), sort.descending, may_be_empty=True))
    if not found:
        usual = (entity.by_key[column.key].stored for column in entity.order)
        found = [Step(column, descending=False, may_be_empty=bool(column.nullable)) for column in usual]
    down = found[-1].descending if found else False
    return [*found, Step(id_of(entity.model), down, may_be_empty=False)]
