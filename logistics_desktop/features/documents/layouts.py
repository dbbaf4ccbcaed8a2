"""How a kind of document is laid out on paper: data that the office changes without a programmer.

A layout names fields and columns by key. Keys that a kind does not have (any more) are left out on paper and when the
layout is read, so that an old layout never keeps anybody from printing.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, replace
from typing import Any

from sqlalchemy.orm import Session

from logistics_desktop import organisation
from logistics_desktop.errors import UserError
from logistics_desktop.features.documents.kinds import Kind
from logistics_desktop.i18n import N_, translate
from logistics_desktop.organisation import OrganisationSetting

PAPERS = ("A4", "A5", "half")
"""What a document can be printed on; `half` is half a page of continuous paper, 241 × 140 mm."""

REQUESTER, STEPS, BY_HAND = "requester", "steps", "by_hand"
SOURCES = {
    REQUESTER: N_("The requester"),
    STEPS: N_("Each step of the approval"),
    BY_HAND: N_("Left free, signed by hand"),
}
"""Where the name and the time in a box for a signature come from."""

# What every document has besides the fields of its kind; amounts and quantities are sums over the lines.
GENERAL = {
    "requester": N_("Requester"),
    "department": N_("Department"),
    "submitted": N_("Submitted"),
    "effective": N_("In force"),
    "lines": N_("Number of assets"),
    "quantity_sum": N_("Quantity"),
    "value_sum": N_("Original value"),
}
# What every line has besides the fields of its kind, as it was when the document was sent.
OF_ASSET = {
    "code": N_("Asset no."),
    "name": N_("Name"),
    "specification": N_("Specification"),
    "unit": N_("Unit"),
    "quantity": N_("Quantity"),
    "original_value": N_("Original value"),
    "book_value": N_("Book value"),
    "status": N_("Status"),
    "department": N_("Department"),
    "keeper": N_("Keeper"),
    "location": N_("Location"),
}
NUMBERS = frozenset({"quantity", "original_value", "book_value", "compensation", "proceeds"})
"""Columns that stand on the right and, of these, the amounts have a sum below them."""
SUMMED = ("quantity", "original_value", "book_value", "compensation", "proceeds")

_WIDTHS = {"code": 14, "name": 22, "specification": 18, "unit": 6, "quantity": 8, "status": 9}
_USUAL_WIDTH = 13
_MOST_COPIES, _LONGEST, _WIDEST, _MOST_BOXES = 12, 200, 100, 24
_COLUMNS = ("code", "name", "specification", "unit", "quantity", "original_value", "department", "keeper", "location")
_WITHOUT_PLACE = _COLUMNS[:6]


@dataclass(frozen=True, slots=True)
class Column:
    """A column of the lines; `width` is its share, compared with the other columns."""

    key: str
    width: int = _USUAL_WIDTH


@dataclass(frozen=True, slots=True)
class Signature:
    """A box for a signature; `label` may be empty where the steps of the approval name themselves."""

    label: str
    source: str = BY_HAND


@dataclass(frozen=True, slots=True)
class Layout:
    """The paper, and what stands on it from top to bottom. An empty title is the kind's own name."""

    title: str = ""
    paper: str = "A4"
    landscape: bool = False
    fields: tuple[str, ...] = ()
    columns: tuple[Column, ...] = ()
    signatures: tuple[Signature, ...] = ()
    copies: tuple[str, ...] = ()
    footer: str = ""
    code: bool = True
    empty_lines: int = 0


def usual_title(kind: Kind) -> str:
    """What stands at the top of a document of this kind unless the layout says otherwise."""
    return translate(N_("Fixed assets: {kind}"), kind=translate(kind.title))


def labels(kind: Kind) -> dict[str, str]:
    """The fields that can stand on a document of this kind, by key, with their message ids."""
    return {field.key: field.label for field in kind.fields} | GENERAL


def headings(kind: Kind) -> dict[str, str]:
    """The columns that the lines of a document of this kind can have."""
    return OF_ASSET | {field.key: field.label for field in kind.line_fields}


def usual(kind: Kind) -> Layout:
    """The layout of a kind until the office makes its own, in the language in use."""
    own = tuple(field.key for field in kind.line_fields)
    plain = _COLUMNS if len(own) < 3 else _WITHOUT_PLACE
    return Layout(
        landscape=True,
        fields=("requester", "department", "submitted", *(field.key for field in kind.fields)),
        columns=tuple(Column(key, _WIDTHS.get(key, _USUAL_WIDTH)) for key in (*plain, *own)),
        signatures=(
            Signature(translate(N_("Requester")), REQUESTER),
            Signature("", STEPS),
            Signature(translate(N_("Received by"))),
        ),
        copies=(
            translate(N_("Copy for the files")),
            translate(N_("Copy for finance")),
            translate(N_("Copy for the department")),
        ),
    )


def read(session: Session, kind: Kind) -> Layout:
    """The layout in force; one that cannot be read counts as none."""
    stored = organisation.read(session, _setting(kind))
    if stored:
        try:
            return from_json(kind, json.loads(stored))
        except (ValueError, TypeError, AttributeError, KeyError):
            return usual(kind)
    return usual(kind)


def write(session: Session, kind: Kind, layout: Layout | None) -> None:
    """Change the layout for everybody; None goes back to the usual one. Raises `UserError` for one that is wrong."""
    if layout is not None:
        check(layout)
    said = "" if layout is None else json.dumps(asdict(layout), ensure_ascii=False)
    organisation.write(session, _setting(kind), said)


def check(layout: Layout) -> None:
    """Raise `UserError` where paper could not come of it."""
    if not layout.columns:
        raise UserError(N_("A document needs one column at least. Tick one."))
    if any(len(text) > _LONGEST for text in _texts(layout)):
        raise UserError(N_("A text of the layout is longer than {count} characters. Shorten it."), count=_LONGEST)
    if len(layout.copies) > _MOST_COPIES:
        raise UserError(N_("A document has at most {count} copies. Take some away."), count=_MOST_COPIES)
    if len(layout.signatures) > _MOST_BOXES:
        raise UserError(N_("A document has at most {count} boxes for signatures. Take some away."), count=_MOST_BOXES)


def from_json(kind: Kind, said: Mapping[str, Any]) -> Layout:
    """A layout as it was stored, without what the kind does not know. Raises ValueError, TypeError and the like."""
    fields, columns = labels(kind), headings(kind)
    usual_one = usual(kind)
    made = Layout(
        title=str(said["title"]),
        paper=said["paper"] if said["paper"] in PAPERS else usual_one.paper,
        landscape=bool(said["landscape"]),
        fields=tuple(key for key in _unique(said["fields"]) if key in fields),
        columns=tuple(
            Column(one["key"], min(max(int(one["width"]), 1), _WIDEST))
            for one in said["columns"]
            if one["key"] in columns
        ),
        signatures=tuple(
            Signature(str(one["label"]), one["source"] if one["source"] in SOURCES else BY_HAND)
            for one in said["signatures"]
        ),
        copies=tuple(map(str, said["copies"])),
        footer=str(said["footer"]),
        code=bool(said["code"]),
        empty_lines=min(max(int(said["empty_lines"]), 0), _MOST_BOXES),
    )
    return made if made.columns else replace(made, columns=usual_one.columns)


def _unique(keys: Iterable[str]) -> Iterable[str]:
    return dict.fromkeys(keys)


def _texts(layout: Layout) -> Iterable[str]:
    return (layout.title, layout.footer, *layout.copies, *(one.label for one in layout.signatures))


def _setting(kind: Kind) -> OrganisationSetting[str]:
    return OrganisationSetting(f"document_layout_{kind.key}", "")
