"""Filling an empty database with the sample data."""

from __future__ import annotations

import enum
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import psycopg
import sqlalchemy as sa
from sqlalchemy.orm import Session

from db import bulk
from db.models.organisation import Department
from logistics_desktop import organisation
from logistics_desktop.attachments import attach
from logistics_desktop.errors import Refused
from logistics_desktop.i18n import N_
from logistics_desktop.ledger.entity import Entity
from logistics_desktop.ledger.search import grams, search_text
from logistics_desktop.ledgers import LEDGERS
from logistics_desktop.sample.books import keep_book
from logistics_desktop.sample.generate import VERSION, generate

Row = dict[str, Any]
Ids = dict[str, int]  # the number of a row by its code


def load_sample(session: Session) -> None:
    """Store the sample data in the caller's unit of work. Raises `Refused` where there are data already."""
    if any(session.scalar(sa.select(sa.exists().select_from(entity.model))) for entity in LEDGERS):
        raise Refused(N_("There are data in this database already. Sample data go only into an empty one."))
    sample = generate()
    ids: dict[str, Ids] = {}
    for key, rows in sample.rows.items():
        ids[key] = _store(session, LEDGERS[key], rows, ids)
    heads = [{"id": ids["departments"][code], "head_id": ids["staff"][head]} for code, head in sample.heads.items()]
    session.execute(sa.update(Department), heads)
    with tempfile.TemporaryDirectory() as folder:
        for code, name, content in sample.files:
            path = Path(folder) / name
            path.write_bytes(content)
            attach(session, "asset", ids["assets"][code], path)
    keep_book(session, ids["departments"])
    organisation.write(session, organisation.SAMPLE_DATA, VERSION)


def _store(session: Session, entity: Entity, rows: list[Row], ids: dict[str, Ids]) -> Ids:
    """Store the rows of one ledger, for a tree level by level, and give their numbers."""
    own: Ids = {}
    for level in _levels(entity, rows):
        _insert(session, entity, [_resolved(entity, row, {**ids, entity.key: own}) for row in level])
        codes = entity.model.__table__.c
        own.update({row.code: row.id for row in session.execute(sa.select(codes.code, codes.id))})
    return own


def _levels(entity: Entity, rows: list[Row]) -> Iterator[list[Row]]:
    """The rows in groups, each group after the rows that it lies below."""
    if entity.parent is None:
        yield rows
        return
    above: set[str | None] = {None}
    while above:
        level = [row for row in rows if row["parent_id"] in above]
        if level:
            yield level
        above = {row["code"] for row in level}


def _resolved(entity: Entity, row: Row, ids: dict[str, Ids]) -> Row:
    """The row as it is stored: numbers for codes, values for choices, and what the quick search reads."""
    text = search_text(entity, row)
    stored: Row = {"search": text, "grams": grams(text)}
    for key, value in row.items():
        if isinstance(value, enum.Enum):
            stored[key] = value.value
        elif value is not None and entity.by_key[key].target is not None:
            stored[key] = ids[LEDGERS.target(entity.by_key[key]).key][value]
        else:
            stored[key] = value
    return stored


def _insert(session: Session, entity: Entity, rows: Iterable[Row]) -> None:
    driver = session.connection().connection.driver_connection
    assert isinstance(driver, psycopg.Connection)
    rows = list(rows)
    names = list(dict.fromkeys(key for row in rows for key in row))
    bulk.insert_rows(driver, entity.table, names, ([row.get(name) for name in names] for row in rows))
