"""Sealing the log, and the question whether anybody tampered with it, answered in words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from db import sealing
from db.models.audit import Event
from db.models.history import Change
from db.sealing import Broken, Head, Verdict
from logistics_desktop.context import Office
from logistics_desktop.doctor import Finding
from logistics_desktop.errors import Refused
from logistics_desktop.features.audit.tables import label_of
from logistics_desktop.i18n import N_, _
from logistics_desktop.jobs import Job
from logistics_desktop.stopping import stoppable

_HARMS = {
    "edited": N_("Line {line} of “{log}” was changed after it was sealed: {what}"),
    "deleted": N_("Line {line} of “{log}” was deleted after it was sealed. It was older than {sealed}."),
    "inserted": N_("Line {line} of “{log}” was slipped in among sealed ones: {what}"),
    "seal_changed": N_("Seal {seal} was changed; what it covers, and all that comes after, proves nothing."),
    "seal_missing": N_("Seal {seal} was deleted; what it covered, and all that comes after, proves nothing."),
    "head_unknown": N_(
        "The seal that you noted is not in the log. Either it was noted from another database, or the end of the log "
        "was cut off or made anew after you noted it."
    ),
}
_LOGS = {"change": N_("Changes"), "event": N_("Events")}


@dataclass(frozen=True, slots=True)
class State:
    """How far the log is sealed: the newest seal, and how many lines came since."""

    head: Head | None
    unsealed: int


@dataclass(frozen=True, slots=True)
class Checked:
    """What a check found; `text` says it in words."""

    ok: bool
    text: str
    verdict: Verdict


def seal_all(office: Office, job: Job | None = None) -> int:
    """Seal what is not sealed yet, in short transactions, and give the number of lines. Everybody may."""
    sealed = 0
    while True:
        with office.session() as session:
            lines = sealing.seal(session)
        if not lines:
            return sealed
        sealed += lines
        (job or Job()).check()


def state(office: Office) -> State:
    """How far the log is sealed. Raises `Refused` for who may not read the log."""
    with office.session() as session:
        _demand_right(session)
        return State(sealing.head(session), sealing.unsealed(session))


def check(office: Office, known_head: str | None = None, job: Job | None = None) -> Checked:
    """Seal what is not sealed yet, then compare the whole log with its seals.

    known_head: the hash of a seal that was noted before and kept elsewhere. The check is itself noted. Raises `Refused`
    for who may not read the whole log, `Cancelled`.
    """
    job = job or Job()
    with office.session() as session:
        _demand_right(session)
    job.progress(0, 0, _(N_("Sealing what is new")))
    seal_all(office, job)
    with office.session() as session, stoppable(session, job):
        verdict = sealing.verify(
            session,
            known_head,
            lambda done, total: job.progress(done, total, _(N_("Comparing the log with its seals"))),
        )
        text = _in_words(session, verdict)
    ok = verdict.broken is None
    office.note("checked", found="whole" if verdict.broken is None else verdict.broken.harm, lines=verdict.lines)
    return Checked(ok, text, verdict)


def examine_log(office: Office, known_head: str | None = None) -> list[Finding]:
    """The check as points of `doctor`: what was found, and the seal to note and keep elsewhere. Raises `UserError`."""
    checked = check(office, known_head)
    advice = _(N_("Keep the database as it is and ask who had the password of its administrator."))
    findings = [Finding("audit", checked.ok, checked.text, "" if checked.ok else advice)]
    head = checked.verdict.head
    if head is not None:
        findings.append(Finding("head", True, f"{head.hash} ({head.number}, {moment(head.at)})"))
    return findings


def _demand_right(session: Session) -> None:
    """Who sees only a part of the log would take what they do not see for deleted."""
    sees_all = "SELECT app.may('audit.read') OR (SELECT rolsuper FROM pg_roles WHERE rolname = session_user)"
    if not session.scalar(sa.text(sees_all)):
        raise Refused(N_("Only who may read the whole log can check it. Ask an auditor or an administrator."))


def _in_words(session: Session, verdict: Verdict) -> str:
    broken = verdict.broken
    if broken is None:
        return _(
            N_("{lines} lines under {seals} seals are as they were sealed."), lines=verdict.lines, seals=verdict.seals
        )
    sealed_at: datetime | None = session.scalar(
        sa.text("SELECT at FROM app.seal WHERE number = :number"), {"number": broken.seal}
    )
    return _(
        _HARMS[broken.harm],
        line=broken.line,
        log=_(_LOGS.get(broken.log, "")),
        seal=broken.seal,
        sealed=moment(sealed_at) if sealed_at else "",
        what=_line_in_words(session, broken),
    )


def _line_in_words(session: Session, broken: Broken) -> str:
    """What the line says now."""
    if broken.log == "event":
        event = session.get(Event, broken.line)
        return f"{event.kind} {event.about or ''}, {event.who}, {moment(event.at)}" if event else ""
    change = session.get(Change, broken.line) if broken.log else None
    if change is None:
        return ""
    row = change.record_key if change.record_id is None else f"#{change.record_id}"
    return f"{label_of(change.table_name)} {row}, {change.who}, {moment(change.at)}"


def moment(at: datetime) -> str:
    """A moment as it is shown, in the time of this PC."""
    return f"{at.astimezone():%Y-%m-%d %H:%M:%S}"
