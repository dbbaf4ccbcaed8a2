"""What a printed card says: one record with everything about it, read in a worker."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from PySide6.QtCore import QLocale

from logistics_desktop import attachments
from logistics_desktop.attachments import Attached
from logistics_desktop.context import Office
from logistics_desktop.i18n import N_, _
from logistics_desktop.jobs import Job
from logistics_desktop.ledger import kinds, records
from logistics_desktop.ledger.entity import Entity
from logistics_desktop.ledger.fields import Kind
from logistics_desktop.ledger.history import HistoryLine, history
from logistics_desktop.ledgers import LEDGERS
from ui.paper.face import printable

Texts = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Item:
    """A field with its value; a wide one has the whole width."""

    label: str
    text: str
    wide: bool


@dataclass(frozen=True, slots=True)
class Section:
    """The fields of one part of the form."""

    title: str
    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A list on the card: files or history. `shares` are parts of the width."""

    title: str
    headings: Texts
    shares: tuple[float, ...]
    rows: tuple[Texts, ...]


@dataclass(frozen=True, slots=True)
class Card:
    """A record read."""

    kind: str
    name: str
    sections: tuple[Section, ...]
    tables: tuple[Table, ...]
    by: str
    at: datetime


def read_card(office: Office, entity: Entity, record: int, with_history: bool, _job: Job) -> Card:
    """Read a record with its files and, if wanted, what happened to it. Raises Refused if it is gone."""
    with office.session() as session:
        read = records.read(session, LEDGERS, entity, record)
        files = attachments.attached(session, entity.table, record)
        lines = history(session, LEDGERS, entity, record) if with_history else []
    texts = {field.key: printable(kinds.text_of(field, read.values[field.key])) for field in entity}
    tables = [table for table in (_files(files), _history(lines)) if table.rows]
    name = texts[entity.title.key]
    at = datetime.now().astimezone()
    return Card(_(entity.singular), name, tuple(_sections(entity, texts)), tuple(tables), office.user, at)


def _files(files: list[Attached]) -> Table:
    headings = (_(N_("File")), _(N_("Size")), _(N_("Added")), _(N_("By")))
    rows = tuple(
        (printable(each.file_name), QLocale().formattedDataSize(each.size), _minute(each.added_at), each.added_by)
        for each in files
    )
    return Table(_(N_("Files")), headings, (0.55, 0.13, 0.18, 0.14), rows)


def _history(lines: list[HistoryLine]) -> Table:
    headings = (_(N_("When")), _(N_("Who")), _(N_("Field")), _(N_("Before")), _(N_("After")))
    rows = tuple(
        (_minute(line.at), line.who, line.label, printable(line.before), printable(line.after)) for line in lines
    )
    return Table(_(N_("History")), headings, (0.17, 0.13, 0.16, 0.27, 0.27), rows)


def _sections(entity: Entity, texts: dict[str, str]) -> list[Section]:
    return [
        Section(
            _(group),
            tuple(
                Item(_(field.label), texts[field.key], field.kind is Kind.NOTE)
                for field in entity
                if field.group == group
            ),
        )
        for group in dict.fromkeys(field.group for field in entity)
    ]


def _minute(at: datetime) -> str:
    return f"{at.astimezone():%Y-%m-%d %H:%M}"
