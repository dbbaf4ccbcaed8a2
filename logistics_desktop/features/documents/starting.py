"""Beginning a document: what the program fills in by itself, in the form and on each line."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy.orm import Session

from logistics_desktop.features.documents import drafts, kinds, proposing
from logistics_desktop.features.documents.drafts import DraftLine
from logistics_desktop.features.documents.kinds import DocumentField
from logistics_desktop.features.documents.proposing import Proposal

_COMPENSATION = ("payer", "basis", "compensation")


def start(session: Session, kind: str, assets: Sequence[int], today: date, *, request: uuid.UUID) -> int:
    """Make a draft about these assets, and give its number in the table.

    A hand-over is from whoever keeps all of them, where that is one person.
    """
    wanted = kinds.kind(session, kind)
    form = defaults(wanted.fields, today)
    found = proposing.propose(session, kind, assets) if assets else []
    keepers = {(one.before or {}).get("keeper_id") for one in found}
    if len(keepers) == 1 and any(field.key == "giver" for field in wanted.fields):
        form["giver"] = keepers.pop()
    usual = defaults(wanted.line_fields, today)
    lines = [DraftLine(one.asset, usual) for one in found if one.problem != "unseen"]
    return drafts.save(session, kind, form, lines, request=request)


def defaults(fields: Iterable[DocumentField], today: date) -> dict[str, Any]:
    """What stands in a form or a line before anybody types."""
    return {
        field.key: today.isoformat() if field.default == "today" else field.default for field in fields if field.default
    }


def appraised(said: Mapping[str, Any], before: Mapping[str, Any] | None, key: str) -> dict[str, Any]:
    """What follows on a line of a scrapping when the field `key` was filled in.

    With human damage the keeper compensates, at the value chosen, unless somebody says otherwise; without it nobody.
    """
    known = dict(before or {})
    line = dict(said)
    if not line.get("human_damage"):
        return line | dict.fromkeys(_COMPENSATION) if key == "human_damage" else line
    if key == "human_damage":
        line["basis"] = line.get("basis") or "book_value"
        line["payer"] = line.get("payer") or known.get("keeper_id")
    if key in ("human_damage", "basis") and line.get("basis"):
        worth = Proposal(0, known, None, None).compensation(line["basis"])
        line["compensation"] = str(worth) if isinstance(worth, Decimal) else line.get("compensation")
    return line
