"""Everything that is done to a case. The database does it, under its own rules; this gives the calls their types.

Each takes a key that the caller makes once per click (`uuid.uuid4()`) and keeps for repeating the call after a lost
connection: repeated, it changes nothing. Each raises `Refused` with the reason, and answers the state of the case.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Session

from logistics_desktop.features.approvals.routes import Choices, chosen


def submit(session: Session, kind: str, document: int, choices: Choices | None = None, *, request: uuid.UUID) -> int:
    """Send a document on its way, and give the number of the case."""
    return int(_ask(session, "submit", kind, document, chosen(choices), request))


def resubmit(
    session: Session, task: int, choices: Choices | None = None, comment: str = "", *, request: uuid.UUID
) -> str:
    """Send a returned document, as it is now, on its way again; without `choices` those from before hold."""
    said = chosen(choices) if choices is not None else sa.null()
    return str(_ask(session, "resubmit", task, said, comment, request))


def withdraw(session: Session, case: int, comment: str = "", *, request: uuid.UUID) -> str:
    """Take my request back."""
    return str(_ask(session, "withdraw", case, comment, request))


def approve(session: Session, task: int, comment: str = "", *, request: uuid.UUID) -> str:
    """Agree. With the last signature the document takes effect, in the same transaction."""
    return str(_ask(session, "approve", task, comment, request))


def refuse(session: Session, task: int, comment: str, *, request: uuid.UUID) -> str:
    """Refuse, which ends the case; a delegate's refusal is an opinion. Needs words."""
    return str(_ask(session, "refuse", task, comment, request))


def give_back(session: Session, task: int, comment: str, place: int | None = None, *, request: uuid.UUID) -> str:
    """Return the case to the requester, or to the step at an earlier `place` of its path. Needs words."""
    return str(_ask(session, "return", task, place, comment, request))


def hand_over(session: Session, task: int, person: int, comment: str = "", *, request: uuid.UUID) -> str:
    """Give the task to somebody else for good."""
    return str(_ask(session, "hand_over", task, person, comment, request))


def delegate(session: Session, task: int, person: int, comment: str = "", *, request: uuid.UUID) -> str:
    """Let somebody else look at it; it comes back to me with their opinion."""
    return str(_ask(session, "delegate", task, person, comment, request))


def add_signers(
    session: Session, task: int, people: Iterable[int], comment: str = "", *, before: bool, request: uuid.UUID
) -> str:
    """Let others sign too: before me, or after me, which approves it on my part."""
    who = sa.cast(list(people), ARRAY(sa.BigInteger))
    return str(_ask(session, "add_signers", task, who, before, comment, request))


def take_back(session: Session, task: int, comment: str = "", *, request: uuid.UUID) -> str:
    """Take back what I delegated or added signers before, while they have not spoken."""
    return str(_ask(session, "take_back", task, comment, request))


def urge(session: Session, case: int, *, request: uuid.UUID) -> str:
    """Remind those who have to sign."""
    return str(_ask(session, "urge", case, request))


def comment(session: Session, case: int, words: str, *, request: uuid.UUID) -> str:
    """Say something to all who see the case."""
    return str(_ask(session, "comment", case, words, request))


def send_copy(session: Session, case: int, people: Iterable[int], words: str = "", *, request: uuid.UUID) -> str:
    """Let others see the case."""
    return str(_ask(session, "copy_to", case, sa.cast(list(people), ARRAY(sa.BigInteger)), words, request))


def have_read(session: Session, case: int) -> None:
    """My copy of the case is read."""
    _ask(session, "read", case)


def stand_in(session: Session, person: int, deputy: int, first: date, last: date, note: str = "") -> int:
    """Let `deputy` decide for `person` on these days, both included; for others than me with approvals.manage."""
    return int(_ask(session, "stand_in_set", person, deputy, first, last, note))


def end_stand_in(session: Session, number: int) -> None:
    """End it as of yesterday."""
    _ask(session, "stand_in_end", number)


def hand_all(session: Session, person: int, successor: int) -> int:
    """Hand all that waits for a leaving person to another; says how many tasks. Needs approvals.manage."""
    return int(_ask(session, "hand_all", person, successor))


def sweep(session: Session) -> int:
    """Pass on what is past its time where routes say so. Any open window may ask, as often as it likes."""
    return int(_ask(session, "sweep"))


def _ask(session: Session, what: str, *said: Any) -> Any:
    return session.scalar(sa.select(getattr(sa.func.app, f"approval_{what}")(*said)))
