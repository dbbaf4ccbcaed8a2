"""Finding anything by a few letters: records of all ledgers at once, and commands by their names."""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from logistics_desktop.ledger import search
from logistics_desktop.ledger.conditions import id_of
from logistics_desktop.ledger.entity import Entity, Ledgers
from logistics_desktop.ledger.initials import initials

MOST = 5  # hits of one ledger
WEAK = 3  # the rank of a name that has what was typed somewhere

_LAST = "\U0010ffff"  # sorts behind everything that a text may go on with
_EXACT, _CODE, _NAME, _ANYWHERE = range(4)


@dataclass(frozen=True, slots=True)
class Hit:
    """A record that may be meant: its ledger's key, number, code and name."""

    ledger: str
    id: int
    code: str
    title: str


def find(session: Session, ledgers: Ledgers, text: str, most: int = MOST) -> list[Hit]:
    """Give up to `most` records of each ledger, the likeliest first, ledgers in their order.

    First the one whose code it is, then those whose code or name begins with it, then those that have every word of it
    somewhere in their text or pinyin initials.
    """
    typed = unicodedata.normalize("NFKC", text).strip()
    if not typed:
        return []
    named = [entity for entity in ledgers if entity.has_code and isinstance(_title(entity).type, sa.String)]
    found: defaultdict[str, dict[int, Hit]] = defaultdict(dict)
    told_by_code = set()  # whoever types a code wants no row that happens to have its digits elsewhere
    for key, place, number, code, title in session.execute(_near(named, typed, most)):
        found[key].setdefault(number, Hit(key, number, code, title))
        if place <= _CODE:
            told_by_code.add(key)
    if len(typed) > 1 or not typed.isascii():  # one Latin letter is in almost every row
        for entity in named:
            if len(found[entity.key]) < most and entity.key not in told_by_code:
                for hit in _anywhere(session, entity, typed, most):
                    found[entity.key].setdefault(hit.id, hit)
    return [hit for entity in named for hit in list(found[entity.key].values())[:most]]


def rank(text: str, name: str) -> int | None:
    """Tell how well the name of a command fits what was typed: 0 begins with it, more is worse, None does not fit.

    A name fits by its beginning, by the beginning of a word, by any part, or by pinyin initials.
    """
    typed, said = search.fold(text).strip(), search.fold(name)
    if said.startswith(typed):
        return 0
    if any(word.startswith(typed) for word in said.split()):
        return 1
    letters = initials(name).split()
    if any(one.startswith(typed) for one in letters):
        return 2
    if all(word in said or any(word in one for one in letters) for word in typed.split()):
        return WEAK
    return None


def _near(ledgers: Iterable[Entity], typed: str, most: int) -> sa.Select[Any]:
    """The records whose code or name begins with what was typed: a few steps in an index for each."""
    branches = [branch for entity in ledgers for branch in _beginnings(entity, typed, most)]
    union = sa.union_all(*(sa.select(branch.subquery()) for branch in branches)).subquery()
    return sa.select(union).order_by(union.c.rank, union.c.code)


def _beginnings(entity: Entity, typed: str, most: int) -> Iterator[sa.Select[Any]]:
    code, title = _code(entity), _title(entity)
    written = list(dict.fromkeys((typed, typed.upper(), typed.lower())))
    yield _select(entity, _EXACT).where(code.in_(written)).limit(most)
    for column, place in ((code, _CODE), (title, _NAME)):
        for text in written:
            # Not LIKE, which the server can use an index for only where it sees the text when it plans.
            begins = sa.and_(column >= text, column < text + _LAST)
            yield _select(entity, place).where(begins).order_by(column).limit(most)


def _anywhere(session: Session, entity: Entity, typed: str, most: int) -> list[Hit]:
    found = _select(entity, _ANYWHERE).where(search.in_row(entity, typed, most))
    return [Hit(entity.key, number, code, title) for _key, _rank, number, code, title in session.execute(found)]


def _select(entity: Entity, place: int) -> sa.Select[Any]:
    return sa.select(
        sa.literal(entity.key, sa.Text).label("ledger"),
        sa.literal(place, sa.Integer).label("rank"),
        id_of(entity.model).label("id"),
        _code(entity).label("code"),
        _title(entity).label("title"),
    )


def _code(entity: Entity) -> sa.Column[Any]:
    return entity.by_key[entity.match[-1].key].stored


def _title(entity: Entity) -> sa.Column[Any]:
    return entity.by_key[entity.title.key].stored


def groups(hits: Sequence[Hit]) -> dict[str, list[Hit]]:
    """Give the hits of each ledger that has any."""
    found: dict[str, list[Hit]] = {}
    for hit in hits:
        found.setdefault(hit.ledger, []).append(hit)
    return found
