"""What somebody else changed in a record while the user was at work on it, in words."""

from __future__ import annotations

from logistics_desktop.i18n import N_, _
from logistics_desktop.ledger import kinds
from logistics_desktop.ledger.entity import Entity
from logistics_desktop.ledger.records import Record


def conflict_in_words(entity: Entity, before: Record, theirs: Record) -> str:
    """Say when they saved and each field that they changed, with its value before and after."""
    at = f"{theirs.origin.updated_at.astimezone():%Y-%m-%d %H:%M}"
    said = [_(N_("{who} saved this record at {at} and changed:"), who=theirs.origin.updated_by, at=at)]
    for field in entity:
        old, new = before.values[field.key], theirs.values[field.key]
        if old != new:
            texts = (kinds.text_of(field, value) or _(N_("(empty)")) for value in (old, new))
            said.append(f"{_(field.label)}: {' → '.join(texts)}")
    said.append(_(N_("Your changes are not stored. “Show theirs” drops them and shows the record as it is now.")))
    return "\n".join(said)
