"""The quick search: any part of a code or name, Chinese words of any length, pinyin initials.

Each row keeps `search`, the folded text of its searched fields, and `grams`, the numbers of the
character pairs in it, which a GIN index holds. A word is found by its pairs and proved by LIKE.
Pairs serve the words of two characters that Chinese is made of, where trigrams do not.
"""

from __future__ import annotations

import unicodedata
from array import array
from collections.abc import Mapping, Sequence
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import ARRAY, JSONB

from db.base import Base, Searchable
from logistics_desktop.ledger.entity import Entity
from logistics_desktop.ledger.fields import Field
from logistics_desktop.ledger.initials import initials

# From here on a single character is a word of its own and is worth an entry in the index.
_FIRST_IDEOGRAPH = "\u2e80"


def fold(text: str) -> str:
    """Give `text` as it is compared: full-width letters narrow, capitals small."""
    return unicodedata.normalize("NFKC", text).lower()


def search_text(entity: Entity, values: Mapping[str, Any]) -> str:
    """Give what the row is found by: its searched fields and the initials of its names, a line each."""
    lines = []
    for field in entity.searched_texts:
        text = values.get(field.key)
        if text:
            lines.append(fold(text))
            if field.initials:
                lines.append(initials(text))
    return "\n".join(filter(None, lines))


def grams(text: str) -> list[int]:
    """Number the pairs of neighbours in folded `text`, and its single ideographs.

    A pair is two UTF-16 units, four bytes, so a signed 32-bit number; this keeps the work out of the
    interpreter, where a hundred thousand rows would take many seconds.
    """
    units = text.encode("utf-16-le")
    numbers = {ord(char) for char in set(text) if _FIRST_IDEOGRAPH <= char <= "\uffff"}
    for start in (0, 2):
        whole = (len(units) - start) // 4 * 4
        numbers.update(array("i", units[start : start + whole]))
    return list(numbers)


def condition(entity: Entity, text: str, *, by_index: bool = True, most: int | None = None) -> sa.ColumnElement[bool]:
    """Hold where every word of `text` is found in the row, or in what a searched reference points to.

    With `by_index` the rows are looked up at once, `most` of them if it is given; without, each row is looked at.
    """
    words = fold(text).split()
    if by_index and words:
        return found(entity, words, most=most)
    return sa.and_(sa.true(), *(_has_word(entity, word) for word in words))


def in_row(entity: Entity, text: str, most: int) -> sa.ColumnElement[bool]:
    """Hold for at most `most` rows that have every word of `text` themselves."""
    return found(entity, fold(text).split(), refs=(), most=most)


def found(
    entity: Entity, words: Sequence[str], refs: Sequence[Field] | None = None, most: int | None = None
) -> sa.ColumnElement[bool]:
    """Hold for the rows that have folded `words`, looked up in the index of the quick search by the database."""
    return _id(entity.model).in_(sa.select(_numbers(entity, words, refs, most)))


def counted(entity: Entity, text: str, most: int) -> sa.Select[int]:
    """How many rows have every word of `text`, if there are no more than `most`."""
    return sa.select(sa.func.count(_numbers(entity, fold(text).split(), None, most)))


def _numbers(
    entity: Entity, words: Sequence[str], refs: Sequence[Field] | None, most: int | None
) -> sa.ColumnElement[int]:
    """The numbers of the rows, by the index.

    Under row level security an operator uses an index only if it can tell nothing about hidden rows
    (https://www.postgresql.org/docs/current/rules-privileges.html); `app.found` repeats what the policies ask.
    """
    patterns = [f"%{_escaped(word)}%" for word in words]
    pairs = [f"{{{','.join(map(str, grams(word)))}}}" for word in words]
    pointing = entity.searched_references if refs is None else refs
    targets = {field.key: field.target.__tablename__ for field in pointing if field.target is not None}
    texts = ARRAY(sa.Text)
    numbers = sa.func.app.found(
        entity.found_in or entity.table, sa.cast(patterns, texts), sa.cast(pairs, texts), sa.cast(targets, JSONB), most
    )
    return numbers.column_valued("number")


def _escaped(word: str) -> str:
    return word.replace("/", "//").replace("%", "/%").replace("_", "/_")


def _has_word(entity: Entity, word: str) -> sa.ColumnElement[bool]:
    """Look the pointed-to rows up first, as one array."""
    places = [_in_row(entity.model, word)]
    for field in entity.searched_references:
        assert field.target is not None
        ids = sa.select(_id(field.target)).where(_in_row(field.target, word))
        places.append(field.stored == sa.any_(sa.func.array(ids.scalar_subquery())))
    return sa.or_(*places)


def _in_row(model: type[Base], word: str) -> sa.ColumnElement[bool]:
    assert issubclass(model, Searchable)
    like = model.search.contains(word, autoescape=True)
    numbers = grams(word)
    if not numbers:
        return like
    return sa.and_(model.grams.contains(sa.literal(numbers, ARRAY(sa.Integer))), like)


def _id(model: type[Base]) -> sa.ColumnElement[int]:
    return model.__table__.c.id
