"""How workbooks name the records of a ledger, so that each is found and none is taken for another."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cache

import sqlalchemy as sa
from sqlalchemy.orm import Session

from logistics_desktop.ledger.entity import Entity, Ledgers
from logistics_desktop.ledger.fields import Field, Kind, Reference
from logistics_desktop.ledger.references import Lookup, Node, tree

_CODE = r"[\w.\-]*\d[\w.\-]*"
_WITH_CODE = re.compile(rf"(?P<name>.+?)\s*[(（\[](?P<code>{_CODE})[)）\]]", re.ASCII)
_CODE_FIRST = re.compile(rf"(?P<code>{_CODE})[\s:_|-]+(?P<name>[^\x00-\x7f].*)", re.ASCII)
_ONLY_CODE = re.compile(_CODE, re.ASCII)


class Names:
    """The records of one ledger by what people write for them; `owners` are the records of another they belong to."""

    def __init__(self, nodes: Iterable[Node], owners: Mapping[int, int]) -> None:
        self._nodes = {node.id: node for node in nodes}
        self._owners = owners
        self._lookup = Lookup(self._nodes.values())

    def find(self, text: str, owner: int | None = None) -> tuple[int, ...]:
        """The records that `text` may mean; of several the one that belongs to `owner`, if that settles it."""
        ids = self._lookup.ids(text) or self._by_both(text)
        own = tuple(one for one in ids if self._owners.get(one) == owner) if owner and len(ids) > 1 else ()
        return own or ids

    def _by_both(self, text: str) -> tuple[int, ...]:
        """The record whose code and name the text gives, however it joins them."""
        code, name = code_and_name(text)
        if not (code and name):
            return ()
        named = set(self._lookup.ids(name))
        return tuple(one for one in self._lookup.ids(code) if one in named and self._nodes[one].code == code)

    def candidates(self, ids: Iterable[int]) -> tuple[Reference, ...]:
        """The records so that a person can tell them apart."""
        return tuple(Reference(one, self._with_code(one)) for one in ids)

    def spelled(self, record: int) -> str:
        """The shortest text that means this record alone: its name, its path, or its name and code."""
        tries = (self._nodes[record].title, self._lookup.path(record), self._with_code(record))
        return next((text for text in tries if self.find(text) == (record,)), self._nodes[record].code)

    def titles(self) -> dict[int, str]:
        """The names of all records by their numbers."""
        return {number: node.title for number, node in self._nodes.items()}

    def all_spelled(self) -> list[str]:
        """What means each record alone, in the ledger's order."""
        return [self.spelled(record) for record in self._nodes]

    def _with_code(self, record: int) -> str:
        return f"{self._nodes[record].title} ({self._nodes[record].code})"


def read_names(session: Session, entity: Entity, owner: Field | None = None) -> Names:
    """The names of every record of a ledger; `owner` is its field that tells records of one name apart."""
    owners: dict[int, int] = {}
    if owner is not None:
        number = entity.model.__table__.c.id
        pairs = session.execute(sa.select(number, owner.stored).where(owner.stored.is_not(None)))
        owners = dict(pairs.all())
    return Names(tree(session, entity), owners)


def owner_fields(ledgers: Ledgers, entity: Entity) -> Mapping[str, tuple[Field, Field]]:
    """The reference fields whose names another field of the row tells apart, by key: that field, and the target's.

    A keeper's name is told from a namesake's by the department of the asset: both the asset and the person have one.
    """
    own = {field.target: field for field in entity if field.kind is Kind.REFERENCE}
    pairs: dict[str, tuple[Field, Field]] = {}
    for field in own.values():
        for theirs in ledgers.target(field):
            teller = own.get(theirs.target) if theirs.kind is Kind.REFERENCE else None
            if teller is not None and theirs.target not in (field.target, entity.model):
                pairs.setdefault(field.key, (teller, theirs))
    return pairs


@cache
def code_and_name(text: str) -> tuple[str | None, str | None]:
    """The two parts of "name (code)" or "code name"; a text that can only be a code is one, any other is a name."""
    both = _WITH_CODE.fullmatch(text.strip()) or _CODE_FIRST.fullmatch(text.strip())
    if both:
        return both["code"], both["name"].strip()
    return (text.strip(), None) if _ONLY_CODE.fullmatch(text.strip()) else (None, text.strip())
