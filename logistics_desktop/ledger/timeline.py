"""The whole life of one record: everything that happened to it, from wherever it is known, newest first.

A part of the program that does something to records adds a source (see `logistics_desktop/happenings.py`); the time
line, its filter and its screen take it from there.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from logistics_desktop.ledger.entity import Entity, Ledgers


@dataclass(frozen=True, slots=True)
class HappeningKind:
    """A kind of happening that one may look for; `label` is a message id, `icon` a file of resources/icons."""

    key: str
    label: str
    icon: str


@dataclass(frozen=True, slots=True)
class Opens:
    """Where a happening leads: a record of a ledger, or with `files` the files of that record."""

    ledger: str
    record: int
    files: bool = False


@dataclass(frozen=True, slots=True)
class Happening:
    """Something that happened to a record: `text` in one line, all of it in `detail`, both translated."""

    at: datetime
    who: str
    kind: HappeningKind
    text: str
    detail: str = ""
    opens: Opens | None = None


Source = Callable[[Session, Ledgers, Entity, int], Iterable[Happening]]


def timeline(
    session: Session, ledgers: Ledgers, sources: Iterable[Source], entity: Entity, record: int
) -> list[Happening]:
    """Everything that the sources know of a record, newest first; of one moment in the order of the sources."""
    found = [happening for source in sources for happening in source(session, ledgers, entity, record)]
    return sorted(found, key=lambda happening: happening.at, reverse=True)
