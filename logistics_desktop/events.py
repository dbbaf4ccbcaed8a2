"""What people do beside changing rows, told to the log that the auditor reads. The database notes changes by itself.

A new kind of event is a line in `KINDS` and a call of `note` where it happens.
"""

from __future__ import annotations

import re

import psycopg
import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Session

from logistics_desktop.i18n import N_

KINDS = {
    "signed_in": N_("Signed in"),
    "signed_out": N_("Signed out"),
    "refused": N_("Was refused"),
    "exported": N_("Exported"),
    "printed": N_("Printed"),
    "checked": N_("Checked the log"),
}
"""What each kind of event is called (message ids)."""

DETAILS = {
    "file": N_("File"),
    "rows": N_("Rows"),
    "fields": N_("Fields"),
    "pages": N_("Pages"),
    "what": N_("What"),
    "tried": N_("Tried"),
    "sqlstate": N_("Code of the refusal"),
    "said": N_("Words of the database"),
    "rule": N_("Rule"),
    "found": N_("Found"),
    "lines": N_("Lines"),
}
"""What the details of events are called (message ids)."""

_LONGEST = 300  # characters of a text that is noted
_TARGET = re.compile(r"\b(?:INTO|UPDATE|FROM|SELECT)\s+app\.(\w+)", re.IGNORECASE)


def note(session: Session, kind: str, about: str | None = None, **detail: object) -> None:
    """Write an event to the log with the transaction of `session`; `about` names the ledger or table it concerns."""
    assert kind in KINDS, kind
    told = {name: value[:_LONGEST] if isinstance(value, str) else value for name, value in detail.items()}
    session.execute(sa.select(sa.func.app.note_event(kind, about, sa.cast(told, JSONB) if told else sa.null())))


def refusal(problem: BaseException) -> tuple[str | None, dict[str, object]] | None:
    """What to note of an error if it is a refusal of the database: the table that it is about, and the details.

    Refused is what a right (42501) or a rule of ours (P04xx) forbids; a value that is wrong or taken is no refusal.
    Values of records stay out of the log.
    """
    cause = problem.orig if isinstance(problem, sa.exc.DBAPIError) else problem
    if not isinstance(cause, psycopg.Error) or not (cause.sqlstate or "").startswith(("42501", "P04")):
        return None
    statement = (problem.statement or "") if isinstance(problem, sa.exc.DBAPIError) else ""
    found = _TARGET.search(statement)
    detail: dict[str, object] = {"sqlstate": cause.sqlstate, "said": cause.diag.message_primary}
    if cause.diag.constraint_name:
        detail["rule"] = cause.diag.constraint_name
    if verb := statement.split(None, 1)[:1]:
        detail["tried"] = verb[0].upper()
    return cause.diag.table_name or (found[1] if found else None), detail
