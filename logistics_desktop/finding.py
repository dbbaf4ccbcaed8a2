"""Finding the row that a scanned code means, in any ledger."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from db.base import Searchable
from logistics_desktop.features.labels.links import parse_link
from logistics_desktop.ledger.conditions import id_of
from logistics_desktop.ledger.entity import Entity, Ledgers
from logistics_desktop.ledger.search import fold, found, grams

_MOST_PIECES = 20
_LONGEST = 4_000  # characters; a QR code has no more
_LONGEST_CODE = 200
_MOST = 20
_PIECES = re.compile(r"[\s,;，；|/?&#]+")
_VALUE = re.compile(r"[^:：=]*[:：=]\s*(?P<value>.+)")


@dataclass(frozen=True, slots=True)
class Found:
    """A row: the key of its ledger, its number, and how a person calls it."""

    ledger: str
    id: int
    code: str
    title: str


def find(session: Session, ledgers: Ledgers, text: str) -> list[Found]:
    """The rows that `text` means: a link of ours, a code or serial number, or a text that contains one of these.

    Labels that other programs printed often hold a line such as "Asset no.: ZC001", or an address that ends with the
    number; the first piece of the text that is found counts.
    """
    link = parse_link(text)
    if link is not None:
        entity = ledgers.get(link.ledger)
        return _in(session, entity, link.code) if entity is not None else []
    for piece in _candidates(text):
        found = [each for entity in ledgers if entity.has_code for each in _in(session, entity, piece)]
        if found:
            return found[:_MOST]
    return []


def _candidates(text: str) -> Iterator[str]:
    text = text[:_LONGEST].strip()
    pieces = [text]
    for line in text.splitlines():
        value = _VALUE.fullmatch(line.strip())
        pieces.extend([line.strip(), value["value"].strip() if value else ""])
    for word in _PIECES.split(text):
        value = _VALUE.fullmatch(word)
        pieces.extend([word, value["value"] if value else ""])
    unique = dict.fromkeys(piece for piece in pieces if 0 < len(piece) <= _LONGEST_CODE and "\x00" not in piece)
    yield from list(unique)[:_MOST_PIECES]


def _in(session: Session, entity: Entity, text: str) -> list[Found]:
    """The rows of one ledger whose code or number is `text`, whatever the case and width of its letters."""
    code = entity.by_key[entity.match[-1].key].stored
    title = entity.by_key[entity.title.key].stored
    columns = [code, *(entity.by_key[column.key].stored for column in entity.scanned)]
    statement = sa.select(id_of(entity.model), code, title).where(_is(entity, columns, text))
    rows = session.execute(statement.order_by(id_of(entity.model)).limit(_MOST))
    return [Found(entity.key, *row) for row in rows]


def _is(entity: Entity, columns: list[sa.Column[Any]], text: str) -> sa.ColumnElement[bool]:
    if not grams(fold(text)) or not issubclass(entity.model, Searchable):
        return sa.or_(*(column == text for column in columns))
    # The index of the quick search narrows it down to a few rows; without it every row would be folded.
    same = (sa.func.lower(sa.func.normalize(column, sa.text("NFKC"))) == fold(text) for column in columns)
    return sa.and_(found(entity, [fold(text)], refs=()), sa.or_(*same))
