"""Cards: a row of several things split into them and merged back, many made from one entry, those that still wait.

Each is one step (`logistics_desktop.operations`) that can be taken back.
"""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from db.models.assets import Asset, Status
from db.models.attachments import Attachment
from logistics_desktop import operations
from logistics_desktop.errors import Conflict, Refused, UserError
from logistics_desktop.features.assets.asset_ledger import ASSETS
from logistics_desktop.features.assets.numbering import numbers_for
from logistics_desktop.features.assets.sharing import MOST, Difference, differences, merge, split
from logistics_desktop.i18n import N_, _
from logistics_desktop.jobs import Job
from logistics_desktop.ledger import kinds, records
from logistics_desktop.ledger.entity import Ledgers
from logistics_desktop.ledger.fields import Reference
from logistics_desktop.ledger.filters import Blank, Filter, OneOf
from logistics_desktop.workbook.store import SEARCH_COLUMNS, Update, insert_rows, search_values, update_rows

PRESENT = (Status.IN_USE, Status.IDLE, Status.LENT, Status.IN_REPAIR)
"""An asset that is here; one that is gone waits for nothing."""

WAITS_FOR = {
    "code": N_("without number"),
    "location_id": N_("without place"),
    "keeper_id": N_("without keeper"),
}
"""What a card may still lack (message ids)."""

_KEYS = tuple(field.key for field in ASSETS)
_NAMED = 10


@dataclass(frozen=True, slots=True)
class Card:
    """A card as somebody saw it."""

    id: int
    version: int


@dataclass(frozen=True, slots=True)
class Made:
    """What a step made: its number, by which it is taken back, and the numbers of the new cards in order."""

    step: uuid.UUID
    codes: tuple[str | None, ...]


def split_asset(
    session: Session,
    ledgers: Ledgers,
    card: Card,
    quantities: Sequence[Decimal],
    *,
    numbered: bool,
    job: Job | None = None,
) -> Made:
    """Split a row into cards with these quantities; the row becomes the first of them and keeps its number.

    The others get numbers by the rule if `numbered`, else they wait for them. Files stay with the first card.
    Raises `UserError`, `Refused` and `Conflict`; nothing is stored then.
    """
    row = _read(session, ledgers, card)
    first, *others = split(row, quantities)
    with operations.step(session, "split", ASSETS, row["name"], len(quantities)) as step:
        changes = {key: value for key, value in first.items() if value != row[key]}
        records.update(session, ledgers, ASSETS, card.id, card.version, changes)
        _store(session, others, numbered=numbered, job=job)
    return Made(step, tuple(one["code"] for one in others))


def create_cards(
    session: Session,
    values: Mapping[str, Any],
    quantities: Sequence[Decimal],
    *,
    together: bool,
    numbered: bool,
    job: Job | None = None,
) -> Made:
    """Make a card for each of `quantities` from one entry, references as ids.

    `together` says that the entry's amounts are those of all cards and are divided; otherwise each card has them.
    Raises `FieldErrors`, `UserError` and `Refused`; nothing is stored then.
    """
    if not 1 <= len(quantities) <= MOST:
        raise UserError(N_("From one entry 1 to {most} cards are made."), most=f"{MOST:,}")
    entry = {**dict.fromkeys(_KEYS), "status": Status.IN_USE, **values, "quantity": sum(quantities, Decimal(0))}
    if entry["code"] and (numbered or len(quantities) > 1):
        raise UserError(N_("Several cards cannot have one number. Leave it empty and have numbers given."))
    records.check(ASSETS, entry)
    if together and len(quantities) > 1:
        cards = split(entry, quantities)
    else:
        cards = [{**entry, "quantity": quantity} for quantity in quantities]
    with operations.step(session, "create", ASSETS, entry["name"], len(cards)) as step:
        _store(session, cards, numbered=numbered, job=job)
    return Made(step, tuple(one["code"] for one in cards))


@dataclass(frozen=True, slots=True)
class Merger:
    """What becomes of cards that are to be one row: `whole` by field key, and where they differ, in words."""

    cards: tuple[Card, ...]
    keep: int
    titles: tuple[str, ...]
    whole: dict[str, Any]
    differences: tuple[Difference, ...]

    @property
    def forbidden(self) -> tuple[Difference, ...]:
        """What keeps the cards from becoming one row."""
        return tuple(one for one in self.differences if one.forbidden)


def plan_merge(session: Session, ledgers: Ledgers, ids: Sequence[int], keep: int = 0) -> Merger:
    """Say what would become of the cards `ids`, the one at place `keep` staying; values as the fields show them."""
    if not 2 <= len(ids) <= MOST:
        raise UserError(N_("Select 2 to {most} cards that are to become one row."), most=f"{MOST:,}")
    found = [records.read(session, ledgers, ASSETS, one) for one in sorted(ids)]
    values = [one.values for one in found]
    return Merger(
        tuple(Card(one.id, one.version) for one in found),
        keep,
        tuple(f"{one['code'] or '—'}  {one['name']}" for one in values),
        merge(values, keep),
        tuple(differences(values, keep)),
    )


def merge_cards(session: Session, ledgers: Ledgers, cards: Sequence[Card], keep: int = 0) -> Made:
    """Make one row of `cards`; the one at place `keep` stays and gets the others' amounts and files.

    Raises `Refused` where they differ in what must be the same, or something refers to one that would go, and
    `Conflict` where somebody changed one of them since; nothing is stored then.
    """
    values = [_read(session, ledgers, card) for card in cards]
    forbidden = [one for one in differences(values, keep) if one.forbidden]
    if forbidden:
        labels = ", ".join(_(ASSETS.by_key[one.key].label) for one in forbidden)
        raise Refused(N_("These cards are not alike: {labels} differ."), labels=labels)
    whole = merge(values, keep)
    kept = cards[keep]
    others = [card for card in cards if card != kept]
    with operations.step(session, "merge", ASSETS, whole["name"], len(cards)) as step:
        _gather_files(session, kept, others)
        for card in others:
            records.delete(session, ledgers, ASSETS, card.id, card.version)
        changes = {key: value for key, value in whole.items() if value != values[keep][key]}
        records.update(session, ledgers, ASSETS, kept.id, kept.version, changes)
    return Made(step, (whole["code"],))


def give_numbers(session: Session, ids: Sequence[int]) -> Made:
    """Give numbers by the rule to those of the assets `ids` that have none. Raises `Refused` and `UserError`."""
    table = ASSETS.model.__table__
    columns = [table.c.id, table.c.version, *(table.c[key] for key in _KEYS)]
    found = sa.select(*columns).where(table.c.id.in_(ids), table.c.code.is_(None)).order_by(table.c.id)
    rows = [dict(row) for row in session.execute(found.with_for_update()).mappings()]
    if not rows:
        raise UserError(N_("All of these have a number already."))
    with operations.step(session, "number", ASSETS, _("{count} cards", count=len(rows)), len(rows)) as step:
        codes = numbers_for(session, rows)
        updates = [
            Update(row["id"], row["version"], (code, *search_values(ASSETS, {**row, "code": code})))
            for row, code in zip(rows, codes, strict=True)
        ]
        update_rows(session, ASSETS, ("code", *SEARCH_COLUMNS), updates)
    return Made(step, tuple(codes))


def waiting(session: Session) -> dict[str, int]:
    """How many of the assets that are here lack each of `WAITS_FOR`."""
    counts = [sa.func.count().filter(getattr(Asset, key).is_(None)) for key in WAITS_FOR]
    found = session.execute(sa.select(*counts).select_from(Asset).where(Asset.status.in_(PRESENT))).one()
    return dict(zip(WAITS_FOR, found, strict=True))


def waiting_filters(key: str) -> tuple[Filter, ...]:
    """The filters that show the assets that are here and lack `key`."""
    return (Blank(key, empty=True), OneOf("status", tuple(status.value for status in PRESENT)))


def shown(key: str, value: Any) -> str:
    """A value of an asset as its field shows it, a dash for none."""
    return kinds.text_of(ASSETS.by_key[key], value) or "—"


def _read(session: Session, ledgers: Ledgers, card: Card) -> dict[str, Any]:
    """The stored values of a card, references as ids. Raises `Conflict` where it has another version."""
    record = records.read(session, ledgers, ASSETS, card.id)
    if record.version != card.version:
        raise Conflict(
            N_("{who} has saved “{title}” meanwhile. Look at it again."),
            theirs=record,
            who=record.origin.updated_by,
            title=record.values["name"],
        )
    return {key: value.id if isinstance(value, Reference) else value for key, value in record.values.items()}


def _store(session: Session, cards: list[dict[str, Any]], *, numbered: bool, job: Job | None) -> None:
    if numbered:
        for card, code in zip(cards, numbers_for(session, cards), strict=True):
            card["code"] = code
    rows = (tuple(card[key] for key in _KEYS) for card in cards)
    insert_rows(session, ASSETS, _KEYS, rows, job or Job(), len(cards))


def _gather_files(session: Session, kept: Card, others: Sequence[Card]) -> None:
    """Hang the files of the cards that go on the one that stays, each content once."""
    table, ids = ASSETS.table, [card.id for card in others]
    theirs = sa.and_(Attachment.table_name == table, Attachment.record_id.in_(ids))
    held = sa.select(Attachment.sha256).where(Attachment.table_name == table, Attachment.record_id == kept.id)
    found = (
        sa.select(
            sa.literal(table),
            sa.literal(kept.id),
            Attachment.sha256,
            sa.func.min(Attachment.file_name),
            sa.func.min(Attachment.note),
        )
        .where(theirs, Attachment.sha256.not_in(held))
        .group_by(Attachment.sha256)
    )
    columns = ["table_name", "record_id", "sha256", "file_name", "note"]
    session.execute(sa.insert(Attachment).from_select(columns, found, include_defaults=False))
