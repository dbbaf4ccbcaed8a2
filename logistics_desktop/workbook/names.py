"""How workbooks name the records of a ledger: by code, by name, by path, or by name and code."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.orm import Session

from logistics_desktop.ledger.entity import Entity, Ledgers
from logistics_desktop.ledger.fields import Field, Kind, Reference
from logistics_desktop.ledger.search import fold

_WITH_CODE = re.compile(r"(?P<name>.+?)\s*[(（\[](?P<code>[\w.\-]*\d[\w.\-]*)[)）\]]", re.ASCII)
_CODE_FIRST = re.compile(r"(?P<code>[\w.\-]*\d[\w.\-]*)[\s/:_-]+(?P<name>[^\x00-\x7f].*)", re.ASCII)
_CODE = re.compile(r"[\w.\-]*\d[\w.\-]*", re.ASCII)


@dataclass(frozen=True, slots=True)
class Known:
    """One record: its code, its name, the record it is part of, and the one it belongs to in another ledger."""

    id: int
    code: str
    name: str
    parent: int | None = None
    owner: int | None = None


class Names:
    """The records of one ledger, found by what people write for them."""

    def __init__(self, records: Iterable[Known]) -> None:
        self._by_id = {record.id: record for record in records}
        self._by_code: dict[str, list[int]] = defaultdict(list)
        self._by_name: dict[str, list[int]] = defaultdict(list)
        for record in self._by_id.values():
            self._by_code[plain(record.code)].append(record.id)
            self._by_name[plain(record.name)].append(record.id)

    def find(self, text: str) -> list[int]:
        """The records that `text` may mean: none, one, or several that it does not tell apart."""
        name = plain(text)
        found = self._by_code.get(name) or self._by_name.get(name) or self._at_path(text)
        if found:
            return found
        code, title = code_and_name(text)
        if code is None or title is None:
            return []
        ids = self._by_code.get(plain(code), [])
        return [one for one in ids if plain(self._by_id[one].name) == plain(title)]

    def belonging_to(self, ids: Iterable[int], owner: int) -> list[int]:
        """Those of the records that belong to `owner` of the other ledger."""
        return [one for one in ids if self._by_id[one].owner == owner]

    def title(self, record: int) -> str:
        """The name of a record."""
        return self._by_id[record].name

    def candidates(self, ids: Iterable[int]) -> tuple[Reference, ...]:
        """The records so that a person can tell them apart."""
        return tuple(Reference(one, f"{self._by_id[one].name} ({self._by_id[one].code})") for one in ids)

    def spelled(self, record: int) -> str:
        """The shortest text that means this record alone: its name, its path, or its name and code."""
        known = self._by_id[record]
        path = "/".join(reversed([one.name for one in self._upwards(known)]))
        tries = (known.name, path, f"{known.name} ({known.code})")
        return next((text for text in tries if self.find(text) == [record]), known.code)

    def titles(self) -> dict[int, str]:
        """The names of all records by their ids."""
        return {record.id: record.name for record in self._by_id.values()}

    def all_spelled(self) -> list[str]:
        """What means each record alone, in the order of their codes."""
        return [self.spelled(record.id) for record in sorted(self._by_id.values(), key=lambda one: one.code)]

    def _at_path(self, text: str) -> list[int]:
        parts = [plain(part) for part in path_of(text)]
        if len(parts) < 2:
            return []
        found = self._by_name.get(parts[-1], [])
        return [one for one in found if self._is_under(self._by_id[one], parts)]

    def _is_under(self, record: Known, parts: list[str]) -> bool:
        names = [plain(one.name) for one in self._upwards(record)]
        return names[: len(parts)] == parts[::-1]

    def _upwards(self, record: Known) -> Iterator[Known]:
        yield record
        while record.parent is not None and record.parent in self._by_id:
            record = self._by_id[record.parent]
            yield record


def read_names(session: Session, entity: Entity, owner: Field | None = None) -> Names:
    """The names of every record of a ledger; `owner` is its field that tells records of one name apart."""
    code = entity.match[-1]
    parent = entity.parent.column if entity.parent else sa.null()
    columns = (entity.model.__table__.c.id, code, entity.title, parent, owner.column if owner else sa.null())
    return Names(Known(*row) for row in session.execute(sa.select(*columns)))


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


def code_and_name(text: str) -> tuple[str | None, str | None]:
    """The two parts of "name (code)" or "code name"; a text that can only be a code is one, any other is a name."""
    text = text.strip()
    both = _WITH_CODE.fullmatch(text) or _CODE_FIRST.fullmatch(text)
    if both:
        return both["code"], both["name"].strip()
    return (text, None) if _CODE.fullmatch(text) else (None, text)


def path_of(text: str) -> list[str]:
    """The names in "A/B/C" from the top; also with ＞, >, \\ or → between them."""
    return [part.strip() for part in re.split(r"[/\\>→／＞]", text) if part.strip()]


def plain(text: str) -> str:
    """A name as it is compared: without blanks, width and case of letters."""
    return "".join(fold(text).split())
