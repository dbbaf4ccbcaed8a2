"""A list as it is shown, and an empty template, as a workbook."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from sqlalchemy.orm import Session

from logistics_desktop.events import note
from logistics_desktop.i18n import N_, _
from logistics_desktop.jobs import Job
from logistics_desktop.ledger.colours import Rule, marks
from logistics_desktop.ledger.entity import Entity, Ledgers
from logistics_desktop.ledger.fields import Field, Kind
from logistics_desktop.ledger.filters import Query
from logistics_desktop.ledger.groups import in_group_order
from logistics_desktop.ledger.rows import all_rows, totals
from logistics_desktop.workbook import outgoing
from logistics_desktop.workbook.groups_sheet import groups_sheet
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
    *,
    groups: Sequence[str] = (),
    rules: Sequence[Rule] = (),
) -> int:
    """Write the rows that `query` finds, in its order, with the columns `keys`, to a `.csv` or `.xlsx` file.

    What is written can be read again: a record of another ledger is named so that nothing else is meant. Rows grouped
    by `groups` come in the order of the groups, and a workbook has a second sheet with the subtotals: headings
    between the rows could be neither sorted nor read again. The colour of a row by `rules` is a word in a last column.
    Gives the number of rows. Raises UserError if the file cannot be written, Cancelled.
    """
    job = job or Job()
    count = totals(session, ledgers, entity, query).count
    hidden = [key for key in groups if key not in keys]
    fields = [entity.by_key[key] for key in (*hidden, *keys)]
    columns = [ColumnOut(_(field.label), KINDS[field.kind], field.width, field.total) for field in fields]
    if rules:
        columns.append(ColumnOut(_(N_("Colour mark")), "text", 16))
    parts = groups_sheet(session, ledgers, entity, query, groups) if groups else []
    rows = _rows(session, ledgers, entity, in_group_order(query, groups), fields, rules)

    def tell(done: int) -> None:
        job.progress(done, count, _("Writing rows"))

    tell(0)
    if path.suffix.lower() == ".csv":
        count = write_csv(path, columns, rows, tell)
    else:
        write_table(path, [SheetOut(_(entity.label), columns, rows, frozen=1), *parts], tell)
    note(session, "exported", entity.key, file=path.name, rows=count, fields=list(keys))
    return count


def _rows(
    session: Session, ledgers: Ledgers, entity: Entity, query: Query, fields: Sequence[Field], rules: Sequence[Rule]
) -> Iterator[list[Any]]:
    today = date.today()  # noqa: DTZ011 - the user's own day
    spelling = [(place, _spelling(session, ledgers, field)) for place, field in enumerate(fields)]
    spelled = [(place, spell) for place, spell in spelling if spell is not None]
    for part in all_rows(session, ledgers, entity, query, [field.key for field in fields], _CHUNK):
        met = marks(session, ledgers, entity, rules, [row.id for row in part], today)
        for row in part:
            values = list(row.values)
            for place, spell in spelled:
                if values[place] is not None:
                    values[place] = spell(values[place])
            if rules:
                values.append(_(rules[met[row.id]].label) if row.id in met else None)
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
