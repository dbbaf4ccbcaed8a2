"""A document as it stands on paper: what its layout takes from it, in words, with the signatures."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from sqlalchemy.orm import Session

from db.models.assets import Status
from logistics_desktop.features.approvals import cases
from logistics_desktop.features.approvals.cases import Case, Event
from logistics_desktop.features.assets.asset_ledger import ASSETS
from logistics_desktop.features.documents import layouts, reading
from logistics_desktop.features.documents.layouts import BY_HAND, REQUESTER, STEPS, SUMMED, Layout, Signature
from logistics_desktop.features.documents.reading import Document, Line
from logistics_desktop.features.documents.words import STATES
from logistics_desktop.features.labels.links import Link
from logistics_desktop.i18n import N_, translate

LEDGER = "documents"
"""What the code on a document calls the place where it is found, and the key of its screen."""


@dataclass(frozen=True, slots=True)
class Said:
    """A field with its value; a wide one has the whole width."""

    label: str
    text: str
    wide: bool


@dataclass(frozen=True, slots=True)
class Head:
    """A column of the lines: its heading and its share of the width; numbers stand on the right."""

    label: str
    width: int
    right: bool


@dataclass(frozen=True, slots=True)
class Signed:
    """A box: what for, who signed and when; empty where it is still to be signed, or by hand."""

    label: str
    name: str = ""
    at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Printed:
    """Everything that stands on the paper. `code` is what the QR code says, empty for none.

    `sums` stands below the lines, a text for each column, none where nothing can be summed.
    """

    layout: Layout
    title: str
    number: str
    state: str
    fields: tuple[Said, ...]
    heads: tuple[Head, ...]
    lines: tuple[tuple[str, ...], ...]
    sums: tuple[str, ...]
    signatures: tuple[Signed, ...]
    code: str


def read(session: Session, document: int, layout: Layout | None = None) -> Printed:
    """A document that I may see, laid out as the office wants it, or as `layout` says. Raises `Refused`."""
    found = reading.read(session, document)
    wanted = layout if layout is not None else layouts.read(session, found.kind)
    mine = cases.of_document(session, found.kind.key, found.id)
    return of(session, found, cases.read(session, mine[0]) if mine else None, wanted)


def of(session: Session, document: Document, case: Case | None, layout: Layout) -> Printed:
    """The same of a document and its case that were read before."""
    texts = reading.texts(session, document.kind.fields, document.form) | _general(document)
    labels = layouts.labels(document.kind)
    wide = {field.key for field in document.kind.fields if field.type == "note"}
    heads = layouts.headings(document.kind)
    return Printed(
        layout,
        layout.title or layouts.usual_title(document.kind),
        document.number or "",
        "" if document.state == "effective" else translate(STATES[document.state]),
        tuple(Said(translate(labels[key]), texts[key], key in wide) for key in layout.fields),
        tuple(Head(translate(heads[one.key]), one.width, one.key in layouts.NUMBERS) for one in layout.columns),
        tuple(_line(session, document, line, layout) for line in document.lines),
        _sums(document, layout),
        tuple(_signatures(document, case, layout.signatures)),
        str(Link(LEDGER, document.number)) if document.number and layout.code else "",
    )


def signatures_of(case: Case) -> list[Signed]:
    """Who signed each step of a case, in order, and the steps that nobody has signed yet."""
    waiting = [task.step for task in case.live if task.mode != "resubmit"]
    ahead = [step.name for step in case.ahead if step.kind == "approve" and step.why != "own"]
    returned = max((event.id for event in case.events if event.action == "return"), default=0)
    signed: dict[tuple[str, str], Signed] = {}
    for event in case.events:
        if event.action != "approve" or event.step is None:
            continue
        # What was signed before a return counts, unless the case goes through that step again.
        if event.id > returned or event.step not in (*waiting, *ahead):
            signed[event.step, event.who or ""] = Signed(event.step, _who(event), event.at)
    done = {one.label for one in signed.values()}
    still = [step for step in dict.fromkeys((*waiting, *ahead)) if step not in done]
    return [*signed.values(), *map(Signed, still)]


def _who(event: Event) -> str:
    if event.instead_of and event.instead_of != event.who:
        return translate(N_("{who} for {person}"), who=event.who or "", person=event.instead_of)
    return event.who or ""


def _signatures(document: Document, case: Case | None, boxes: Iterable[Signature]) -> Iterable[Signed]:
    for box in boxes:
        if box.source == REQUESTER:
            yield Signed(box.label, document.requester, document.submitted_at)
        elif box.source == STEPS and case is not None:
            for one in signatures_of(case):
                yield Signed(f"{box.label}{one.label}", one.name, one.at)
        elif box.source == BY_HAND:
            yield Signed(box.label)


def _general(document: Document) -> dict[str, str]:
    values = [Decimal(line.before["original_value"] or 0) for line in document.lines if line.before]
    quantities = [Decimal(line.before["quantity"] or 0) for line in document.lines if line.before]
    return {
        "requester": document.requester,
        "department": document.department,
        "submitted": _minute(document.submitted_at),
        "effective": _minute(document.effective_at),
        "lines": str(len(document.lines)),
        "quantity_sum": _short(sum(quantities, Decimal(0))),
        "value_sum": f"{sum(values, Decimal(0)):,.2f}",
    }


def _line(session: Session, document: Document, line: Line, layout: Layout) -> tuple[str, ...]:
    said = reading.texts(session, document.kind.line_fields, line.said)
    return tuple(said[one.key] if one.key in said else of_asset(line, one.key) for one in layout.columns)


def of_asset(line: Line, key: str) -> str:
    """What a line says of its asset, as it was when the document was sent; in a draft what is known of it."""
    if line.before is None:
        return {"code": line.code, "name": line.name}.get(key, "")
    value = line.before.get(key)
    if value is None:
        return ""
    if key == "status":
        return status_text(str(value))
    if key == "quantity":
        return _short(Decimal(value))
    return f"{Decimal(value):,.2f}" if key in layouts.NUMBERS else str(value)


def status_text(status: str) -> str:
    """How the ledger of assets calls a status."""
    choices = ASSETS.by_key["status"].choices or {}
    return translate(choices[Status(status)].label)


def _sums(document: Document, layout: Layout) -> tuple[str, ...]:
    """The sums below the columns, where there is more than one line and something to sum."""
    if len(document.lines) < 2 or not any(one.key in SUMMED for one in layout.columns):
        return ()
    return tuple(_sum(document.lines, one.key) if one.key in SUMMED else "" for one in layout.columns)


def _sum(lines: Sequence[Line], key: str) -> str:
    values = [line.said[key] if key in line.said else (line.before or {}).get(key) for line in lines]
    total = sum((Decimal(value) for value in values if value not in (None, "")), Decimal(0))
    return _short(total) if key == "quantity" else f"{total:,.2f}"


def _short(number: Decimal) -> str:
    return f"{number.normalize():,f}"


def _minute(at: datetime | None) -> str:
    return f"{at.astimezone():%Y-%m-%d %H:%M}" if at else ""
