"""What happened to one record, as a person reads it: who, when, which field, before and after."""

from __future__ import annotations

import json
import uuid
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Protocol, cast

import sqlalchemy as sa
from sqlalchemy.orm import Session

from db.base import Base
from db.models.history import Action, Change
from logistics_desktop.i18n import _
from logistics_desktop.ledger.conditions import id_of
from logistics_desktop.ledger.entity import Entity, Ledgers
from logistics_desktop.ledger.fields import Field, Kind, Reference
from logistics_desktop.ledger.kinds import text_of


@dataclass(frozen=True, slots=True)
class HistoryLine:
    """One field of one change; `label` is translated, `before` and `after` are as the field shows its values.

    `change` is the number that the fields of one change share, `batch` the import that it was part of. `key` names the
    field; `points_to` is the row that a reference pointed to afterwards.
    """

    change: int
    batch: uuid.UUID | None
    at: datetime
    who: str
    program: str
    action: Action
    key: str
    label: str
    before: str
    after: str
    points_to: int | None


# As text, because a number of JSON would come as a binary fraction.
BEFORE = sa.cast(Change.before, sa.Text).label("before")
AFTER = sa.cast(Change.after, sa.Text).label("after")


class Stored(Protocol):
    """A change as it is stored, its documents as text."""

    id: int
    batch: uuid.UUID | None
    at: datetime
    who: str
    program: str
    action: Action
    before: str | None
    after: str | None


def history(session: Session, ledgers: Ledgers, entity: Entity, record_id: int) -> list[HistoryLine]:
    """Give the changes of a record, newest first, the fields of one change in the order of the form."""
    columns = (Change.id, Change.batch, Change.at, Change.who, Change.program, Change.action, BEFORE, AFTER)
    of_record = sa.and_(Change.table_name == entity.table, Change.record_id == record_id)
    found = session.execute(sa.select(*columns).where(of_record).order_by(Change.id.desc()))
    return told(session, ledgers, entity, cast(Iterable[Stored], found))


def told(session: Session, ledgers: Ledgers, entity: Entity, found: Iterable[Stored]) -> list[HistoryLine]:
    """Give stored changes of a ledger's rows in the words of the ledger, in the order that they come in."""
    changes = [(change, fields_of(change.before), fields_of(change.after)) for change in found]
    shown = _Shown(session, ledgers, entity, (values for _change, *both in changes for values in both))
    return [
        HistoryLine(
            change=change.id,
            batch=change.batch,
            at=change.at,
            who=change.who,
            program=change.program,
            action=change.action,
            key=key,
            label=shown.label(key),
            before=shown.text(key, before.get(key)),
            after=shown.text(key, after.get(key)),
            points_to=after.get(key) if _is_reference(entity, key) else None,
        )
        for change, before, after in changes
        for key in sorted({*before, *after}, key=shown.place)
    ]


def _is_reference(entity: Entity, key: str) -> bool:
    field = entity.by_key.get(key)
    return field is not None and field.target is not None


def fields_of(document: str | None) -> dict[str, Any]:
    """The fields of a change and their values, numbers exact."""
    return dict(json.loads(document, parse_float=Decimal)) if document else {}


class _Shown:
    """The values of one ledger's history as text, with the titles of everything that was ever pointed to."""

    def __init__(
        self, session: Session, ledgers: Ledgers, entity: Entity, documents: Iterable[Mapping[str, Any]]
    ) -> None:
        self._fields = entity.by_key
        self._places = {key: at for at, key in enumerate(self._fields)}
        pointed: defaultdict[type[Base], set[int]] = defaultdict(set)
        for document in documents:
            for key, value in document.items():
                field = self._fields.get(key)
                if field is not None and field.target is not None and isinstance(value, int):
                    pointed[field.target].add(value)
        self._titles = {model: _titles(session, ledgers.of(model), ids) for model, ids in pointed.items()}

    def place(self, key: str) -> tuple[int, str]:
        """Where a field stands in the form; fields that are no more come last."""
        return self._places.get(key, len(self._places)), key

    def label(self, key: str) -> str:
        """What a field is called; one that is no more keeps the name it had in the database."""
        field = self._fields.get(key)
        return _(field.label) if field else key

    def text(self, key: str, raw: Any) -> str:
        """What a value of a change is shown as."""
        field = self._fields.get(key)
        if raw is None:
            return ""
        try:
            return text_of(field, self._value(field, raw)) if field else str(raw)
        except (ValueError, TypeError, ArithmeticError, LookupError, StopIteration):
            return str(raw)  # from a time when the field was of another kind

    def _value(self, field: Field, raw: Any) -> Any:
        match field.kind:
            case Kind.REFERENCE:
                return Reference(raw, self._titles[field.target].get(raw, f"#{raw}") if field.target else "")
            case Kind.DATE:
                return date.fromisoformat(raw)
            case Kind.MONEY | Kind.QUANTITY | Kind.RATE:
                return Decimal(raw)
            case Kind.CHOICE:
                return next(value for value in field.choices or () if value.value == raw)
        return raw


def _titles(session: Session, target: Entity, ids: Iterable[int]) -> dict[int, str]:
    number, title = id_of(target.model), target.by_key[target.title.key].stored
    return {row[0]: row[1] for row in session.execute(sa.select(number, title).where(number.in_(ids)))}
