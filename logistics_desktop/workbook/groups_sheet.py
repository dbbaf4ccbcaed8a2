"""The sheet with the groups of a list: their counts and sums."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy.orm import Session

from logistics_desktop.i18n import N_, _
from logistics_desktop.ledger.entity import Entity, Ledgers
from logistics_desktop.ledger.fields import Field, Kind
from logistics_desktop.ledger.filters import Query
from logistics_desktop.ledger.groups import groups, title_of
from logistics_desktop.workbook.outgoing import Kind as CellKind
from logistics_desktop.workbook.write import ColumnOut, SheetOut


def groups_sheet(session: Session, ledgers: Ledgers, entity: Entity, query: Query, by: Sequence[str]) -> list[SheetOut]:
    """Give the sheet for the groups of `query` by the fields `by`. Raises `UserError` where there are too many."""
    named = [entity.by_key[key] for key in by]
    summed = [field for field in entity if field.total]
    columns = [
        *(ColumnOut(_(field.label), "text", field.width) for field in named),
        ColumnOut(_(N_("Rows")), "integer", 8, total=True),
        *(ColumnOut(_(field.label), _kind(field), field.width, total=True) for field in summed),
    ]
    rows: list[list[Any]] = [
        [
            *(title_of(field, value) for field, value in zip(named, group.values, strict=True)),
            group.count,
            *(group.sums[field.key] for field in summed),
        ]
        for group in groups(session, ledgers, entity, query, by)
    ]
    return [SheetOut(_(N_("Subtotals")), columns, rows, frozen=len(named))]


def _kind(field: Field) -> CellKind:
    return "money" if field.kind is Kind.MONEY else "quantity"
