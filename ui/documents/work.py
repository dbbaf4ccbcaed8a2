"""What the screens of documents have done in workers, each in one unit of work."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from logistics_desktop.context import Office
from logistics_desktop.features.approvals import actions, routes
from logistics_desktop.features.approvals.routes import Choices, PathStep
from logistics_desktop.features.assets.asset_ledger import ASSETS
from logistics_desktop.features.documents import drafts, kinds, layouts, opened, printed, proposing, reading, starting
from logistics_desktop.features.documents.drafts import DraftLine
from logistics_desktop.features.documents.kinds import Kind
from logistics_desktop.features.documents.layouts import Layout
from logistics_desktop.features.documents.of_assets import Loan, Running, running
from logistics_desktop.features.documents.of_assets import loans as all_loans
from logistics_desktop.features.documents.opened import Opened, ShownLine
from logistics_desktop.features.documents.printed import Printed
from logistics_desktop.features.documents.reading import Item
from logistics_desktop.jobs import Job
from logistics_desktop.ledger import references

_SUGGESTED = 50
# Things that one asks for need not be in one's own sight.
_ASKED_FOR = ("asset_issue", "asset_borrow")


@dataclass(frozen=True, slots=True)
class Asked:
    """What the list is to show."""

    kind: str | None = None
    states: tuple[str, ...] = ()
    mine: bool = False
    text: str = ""


@dataclass(frozen=True, slots=True)
class Draft:
    """A draft as it stands on the screen; `seen` is its count of savings."""

    document: int
    kind: str
    form: Mapping[str, Any]
    lines: tuple[DraftLine, ...]
    seen: int
    request: uuid.UUID


def all_kinds(office: Office, _job: Job) -> list[Kind]:
    """All kinds of documents."""
    with office.session() as session:
        return kinds.kinds(session)


def page(office: Office, asked: Asked, before: int | None, _job: Job) -> list[Item]:
    """A page of the list."""
    with office.session() as session:
        return reading.page(
            session, kind=asked.kind, states=asked.states, mine=asked.mine, text=asked.text, before=before
        )


def read(office: Office, document: int, _job: Job) -> Opened:
    """A document with everything that is shown of it."""
    with office.session() as session:
        return opened.read(session, document)


def start(office: Office, kind: str, assets: Sequence[int], job: Job) -> int:
    """Begin a document about these assets."""
    key, today = uuid.uuid4(), date.today()  # noqa: DTZ011 - the user's own day
    return office.save(lambda session: starting.start(session, kind, assets, today, request=key), job=job)


def save(office: Office, draft: Draft, job: Job) -> int:
    """Save a draft; how often it was saved by now."""
    office.save(
        lambda session: drafts.save(
            session,
            draft.kind,
            draft.form,
            draft.lines,
            document=draft.document,
            seen=draft.seen,
            request=draft.request,
        ),
        job=job,
    )
    return draft.seen + 1


def copy(office: Office, document: int, job: Job) -> int:
    """A draft of my own after another document."""
    key = uuid.uuid4()
    return office.save(lambda session: drafts.copy(session, document, request=key), job=job)


def delete(office: Office, document: int, job: Job) -> None:
    """Throw a draft away."""
    office.save(lambda session: drafts.delete(session, document), job=job)


def lines(
    office: Office, kind: Kind, assets: Sequence[int], said: Mapping[str, Any], own: str | None, _job: Job
) -> list[ShownLine]:
    """The lines that assets would make."""
    with office.session() as session:
        return opened.proposed(session, kind, assets, said, own)


def keepers_lines(
    office: Office, kind: Kind, person: int, said: Mapping[str, Any], own: str | None, _job: Job
) -> list[ShownLine]:
    """The lines of everything in somebody's name."""
    with office.session() as session:
        return opened.proposed(session, kind, proposing.all_of(session, person), said, own)


def line_texts(office: Office, kind: Kind, said: Sequence[Mapping[str, Any]], _job: Job) -> list[dict[str, str]]:
    """What was said on lines, with names."""
    with office.session() as session:
        return opened.texts_of(session, kind, said)


def suggest(office: Office, kind: str, text: str, _job: Job) -> list[tuple[int, str]]:
    """The assets that a text may mean for a document of this kind, with what to call them."""
    with office.session() as session:
        if kind in _ASKED_FOR:
            found = proposing.available(session, text, _SUGGESTED)
            return [(one.id, f"{one.code} {one.name} {one.specification}".strip()) for one in found]
        return [(one.id, one.title) for one in references.suggest(session, ASSETS, text, _SUGGESTED)]


def path(office: Office, kind: str, document: int, choices: Choices, _job: Job) -> list[PathStep]:
    """The way that a document would go, with names."""
    with office.session() as session:
        return routes.preview(session, kind, drafts.preview(session, document), choices)


def send(
    office: Office, found: Opened, choices: Choices, comment: str, request: uuid.UUID, job: Job
) -> tuple[int, str | None]:
    """Send a document, or send it again after a return; gives the document and its number."""
    task, one = found.resubmit, found.document

    def work(session: Any) -> None:
        if task is not None:
            actions.resubmit(session, task, choices or None, comment, request=request)
        else:
            actions.submit(session, one.kind.key, one.id, choices, request=request)

    office.save(work, job=job)
    with office.session() as session:
        return one.id, reading.read(session, one.id).number


def withdraw(office: Office, case: int, request: uuid.UUID, job: Job) -> None:
    """Take a document back."""
    office.save(lambda session: actions.withdraw(session, case, request=request), job=job)


def print_out(office: Office, document: int, _job: Job) -> Printed:
    """A document for paper."""
    with office.session() as session:
        return printed.read(session, document)


def layout(office: Office, kind: Kind, _job: Job) -> tuple[Layout, int | None]:
    """The layout in force, and the newest document of the kind to show it with."""
    with office.session() as session:
        newest = reading.page(session, kind=kind.key, limit=1)
        return layouts.read(session, kind), newest[0].id if newest else None


def example(office: Office, document: int, wanted: Layout, _job: Job) -> Printed:
    """A document as it would look in another layout."""
    with office.session() as session:
        return printed.read(session, document, wanted)


def write_layout(office: Office, kind: Kind, wanted: Layout | None, job: Job) -> None:
    """Change the layout of a kind for everybody."""
    office.save(lambda session: layouts.write(session, kind, wanted), job=job)


def loans(office: Office, _job: Job) -> list[Loan]:
    """What is lent now, the first due first."""
    with office.session() as session:
        return all_loans(session, date.today())  # noqa: DTZ011 - the user's own day


def under_way(office: Office, asset: int, _job: Job) -> tuple[Running, ...]:
    """The documents that hold an asset now."""
    with office.session() as session:
        return running(session, [asset]).get(asset, ())
