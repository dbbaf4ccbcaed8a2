"""What the screens of approvals read and do, each in a worker and in one unit of work."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import TYPE_CHECKING

from logistics_desktop.errors import UserError
from logistics_desktop.features.approvals import absence, actions, cases, forms, inbox, routes
from logistics_desktop.features.approvals.absence import StandIn
from logistics_desktop.features.approvals.cases import Case
from logistics_desktop.features.approvals.inbox import Box, Counts, Item
from logistics_desktop.jobs import Job

if TYPE_CHECKING:
    from logistics_desktop.context import Office


Deed = Callable[..., object]
"""Something done to a case, as `actions` has it, with everything filled in but the session and the key `request`."""


@dataclass(frozen=True, slots=True)
class Shown:
    """A case with its form in words: label and text of each field."""

    case: Case
    form: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Several:
    """What became of several decisions: how many were made, and why others were refused, by number of the document."""

    done: int
    refused: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Absences:
    """Who I am, who stands in for whom, and the day it is for the office."""

    me: tuple[int, str] | None
    stand_ins: tuple[StandIn, ...]
    today: date


def page(office: Office, box: Box, after: int | None, limit: int, _job: Job) -> list[Item]:
    """Some lines of a box."""
    with office.session() as session:
        return inbox.page(session, box, after, limit)


def counts(office: Office, _job: Job) -> Counts:
    """What waits for me."""
    with office.session() as session:
        return inbox.counts(session)


def case(office: Office, number: int, _job: Job) -> Shown:
    """A case; my copy of it is read with that."""
    with office.session() as session:
        found = cases.read(session, number)
        called = forms.names(session, forms.pointed_to(found.fields, found.form))
    said = tuple((field.label, forms.text(field, found.form.get(field.key), called)) for field in found.fields)
    return Shown(found, said)


def have_read(office: Office, number: int, _job: Job) -> None:
    """I have looked at my copy."""
    with office.session() as session:
        actions.have_read(session, number)


def do(office: Office, deed: Deed, request: uuid.UUID, job: Job) -> object:
    """Do something to a case; `request` is the key of the click, so that a repetition changes nothing."""
    return office.save(lambda session: deed(session, request=request), job=job)


def decide_several(office: Office, tasks: Sequence[tuple[int, str]], approve: bool, comment: str, job: Job) -> Several:
    """Approve or refuse several tasks, each by itself: one that is refused keeps no other from being decided."""
    done, refused = 0, []
    decide = actions.approve if approve else actions.refuse
    for task, number in tasks:
        job.check()
        request = uuid.uuid4()
        try:
            office.save(partial(decide, task=task, comment=comment, request=request), job=job)
        except UserError as error:
            refused.append((number, str(error)))
        else:
            done += 1
        job.progress(done + len(refused), len(tasks))
    return Several(done, tuple(refused))


def sweep(office: Office, _job: Job) -> int:
    """Pass on what is past its time."""
    with office.session() as session:
        return actions.sweep(session)


def absences(office: Office, _job: Job) -> Absences:
    """Who stands in for whom."""
    with office.session() as session:
        return Absences(absence.myself(session), tuple(absence.stand_ins(session)), absence.today(session))


def stand_in(office: Office, person: int, deputy: int, first: date, last: date, note: str, job: Job) -> Absences:
    """Have somebody stand in."""
    office.save(lambda session: actions.stand_in(session, person, deputy, first, last, note), job=job)
    return absences(office, job)


def end_stand_in(office: Office, number: int, job: Job) -> Absences:
    """End a stand-in."""
    office.save(lambda session: actions.end_stand_in(session, number), job=job)
    return absences(office, job)


def hand_all(office: Office, person: int, successor: int, job: Job) -> tuple[int, list[str]]:
    """Hand all of a leaving person over; gives how many tasks, and the routes that still name them."""
    moved = office.save(lambda session: actions.hand_all(session, person, successor), job=job)
    with office.session() as session:
        return moved, [route.name for route in routes.naming(session, person)]
