"""The empty workbook in which rows for a ledger are typed."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy.orm import Session

from logistics_desktop.i18n import N_, _
from logistics_desktop.ledger.entity import Entity, Ledgers
from logistics_desktop.ledger.fields import Field, Kind
from logistics_desktop.workbook.export import KINDS
from logistics_desktop.workbook.names import read_names
from logistics_desktop.workbook.template import TemplateColumn, write_template

_HOW = {
    Kind.CODE: N_("Letters and digits; leading zeros stay."),
    Kind.INTEGER: N_("A whole number, such as 12."),
    Kind.QUANTITY: N_("A number, such as 1 or 2.5."),
    Kind.MONEY: N_("An amount in yuan, such as 1234.50."),
    Kind.RATE: N_("A rate, such as 5%."),
    Kind.MONTHS: N_("A number of months, such as 60."),
    Kind.DATE: N_("A date, such as 2024-03-05."),
    Kind.CHOICE: N_("One of the list."),
    Kind.REFERENCE: N_("The name or code; where names repeat, “name (code)” or the path “above/below”."),
}


def write_template_for(session: Session, ledgers: Ledgers, entity: Entity, path: Path) -> None:
    """Write an empty workbook for this ledger: headers, notes, and lists of choices and of known names.

    Raises UserError if the file cannot be written.
    """
    write_template(path, _(entity.label), [_column(session, ledgers, field) for field in entity])


def _column(session: Session, ledgers: Ledgers, field: Field) -> TemplateColumn:
    limit = _("At most {limit} characters.", limit=field.length) if field.kind in (Kind.TEXT, Kind.NOTE) else ""
    note = " ".join(filter(None, [_(field.help), _(_HOW.get(field.kind, "")), limit]))
    return TemplateColumn(
        header=_(field.label),
        kind=KINDS[field.kind],
        required=field.required,
        note=note,
        choices=_choices(session, ledgers, field),
        width=field.width,
        open_ended=field.kind is Kind.REFERENCE,
    )


def _choices(session: Session, ledgers: Ledgers, field: Field) -> list[str] | None:
    if field.choices is not None:
        return [_(choice.label) for choice in field.choices.values()]
    if field.kind is Kind.REFERENCE:
        return read_names(session, ledgers.target(field)).all_spelled()
    return None
