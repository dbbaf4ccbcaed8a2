"""A list as it is shown, and an empty template, as a workbook."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from sqlalchemy.orm import Session

from logistics_desktop.i18n import _
from logistics_desktop.jobs import Job
from logistics_desktop.ledger.entity import Entity, Ledgers
from logistics_desktop.ledger.fields import Field, Kind
from logistics_desktop.ledger.filters import Query
from logistics_desktop.ledger.rows import all_rows, totals
from logistics_desktop.workbook import outgoing
from logistics_desktop.workbook.names import read_names
from logistics_desktop.workbook.write import ColumnOut, SheetOut, write_table
from logistics_desktop.workbook.write_csv import write_csv

_CHUNK = 2_000

KINDS: Mapping[Kind, outgoing.Kind] = {
    Kind.TEXT: "text",
    Kind.NOTE: "text",
    Kind.CODE: "code",
    Kind.INTEGER: "integer",
    Kind.QUANTITY: "quantity",
    Kind.MONEY: "money",
    Kind.RATE: "rate",
    Kind.MONTHS: "integer",
    Kind.DATE: "date",
    Kind.CHOICE: "text",
    Kind.REFERENCE: "text",
}
"""How the values of each kind of field go into a workbook."""


def export_list(
    session: Session,
    ledgers: Ledgers,
    entity: Entity,
    query: Query,
    keys: Sequence[str],
    path: Path,
    job: Job | None = None,
) -> int:
    """Write the rows that `query` finds, in its order, with the columns `keys`, to a `.csv` or `.xlsx` file.

    What is written can be read again: a record of another ledger is named so that nothing else is meant.
    Gives the number of rows. Raises UserError if the file cannot be written, Cancelled.
    """
    job = job or Job()
    count = totals(session, ledgers, entity, query).count
    fields = [entity.by_key[key] for key in keys]
    columns = [ColumnOut(_(field.label), KINDS[field.kind], field.width, field.total) for field in fields]
    rows = _rows(session, ledgers, entity, query, fields)

    def tell(done: int) -> None:
        job.progress(done, count, _("Writing rows"))

    tell(0)
    if path.suffix.lower() == ".csv":
        return write_csv(path, columns, rows, tell)
    return write_table(path, [SheetOut(_(entity.label), columns, rows, frozen=1)], tell)


def _rows(
    session: Session, ledgers: Ledgers, entity: Entity, query: Query, fields: Sequence[Field]
) -> Iterator[list[Any]]:
    spelling = [(place, _spelling(session, ledgers, field)) for place, field in enumerate(fields)]
    spelled = [(place, spell) for place, spell in spelling if spell is not None]
    for part in all_rows(session, ledgers, entity, query, [field.key for field in fields], _CHUNK):
        for row in part:
            values = list(row.values)
            for place, spell in spelled:
                if values[place] is not None:
                    values[place] = spell(values[place])
            yield values


def _spelling(session: Session, ledgers: Ledgers, field: Field) -> Callable[[Any], str] | None:
    """How a value is written where it is neither text nor number; the same value is thought about once."""
    if field.choices is not None:
        labels = {member: _(choice.label) for member, choice in field.choices.items()}
        return labels.__getitem__
    if field.kind is not Kind.REFERENCE:
        return None
    names = read_names(session, ledgers.target(field))
    known: dict[int, str] = {}

    def spell(reference: Any) -> str:
        text = known.get(reference.id)
        if text is None:
            text = known[reference.id] = names.spelled(reference.id)
        return text

    return spell
