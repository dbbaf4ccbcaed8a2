"""A document with everything that a screen shows of it: names, lines as they stand today, its case, what I may do."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from logistics_desktop.features.approvals import cases
from logistics_desktop.features.approvals.cases import Case
from logistics_desktop.features.documents import layouts, proposing, reading
from logistics_desktop.features.documents.kinds import Kind
from logistics_desktop.features.documents.printed import of_asset, status_text
from logistics_desktop.features.documents.reading import Document, Line
from logistics_desktop.features.documents.words import PROBLEMS
from logistics_desktop.i18n import translate

EDITABLE = ("draft", "returned", "withdrawn")


@dataclass(frozen=True, slots=True)
class ShownLine:
    """A line: what it says of the asset by column, what was said on it with names, what keeps it off the document."""

    asset: int
    said: dict[str, Any]
    before: dict[str, Any] | None
    asset_texts: dict[str, str]
    said_texts: dict[str, str]
    problem: str


@dataclass(frozen=True, slots=True)
class Opened:
    """A document read for a screen. `resubmit` is my task after a return, None where there is none."""

    document: Document
    texts: dict[str, str]
    lines: tuple[ShownLine, ...]
    case: Case | None
    mine: bool

    @property
    def editable(self) -> bool:
        """Whether I can change it now."""
        return self.document.state in EDITABLE and (self.mine or self.resubmit is not None)

    @property
    def resubmit(self) -> int | None:
        """The task by which it is sent again."""
        if self.case is None or self.case.state != "returned":
            return None
        return next((task.id for task in self.case.live if "resubmit" in task.actions), None)

    @property
    def withdrawable(self) -> bool:
        """Whether I can take it back."""
        return self.case is not None and self.mine and "withdraw" in self.case.case_actions


def read(session: Session, document: int) -> Opened:
    """A document that I may see. Raises `Refused`."""
    found = reading.read(session, document)
    texts = reading.texts(session, found.kind.fields, found.form)
    of = cases.of_document(session, found.kind.key, document)
    me = session.scalar(sa.select(sa.func.app.my_staff()))
    return Opened(
        found,
        texts | {"requester": found.requester, "department": found.department},
        tuple(_lines(session, found)),
        cases.read(session, of[0]) if of else None,
        found.requester_id == me,
    )


def proposed(
    session: Session, kind: Kind, assets: Sequence[int], said: Mapping[str, Any], own: str | None = None
) -> list[ShownLine]:
    """The lines that these assets would make; `said` stands on each. `own` is the number of the document itself."""
    texts = reading.texts(session, kind.line_fields, said)
    return [
        ShownLine(one.asset, dict(said), one.before, _asset_texts(one.before), texts, _problem(one, own))
        for one in proposing.propose(session, kind.key, assets)
    ]


def texts_of(session: Session, kind: Kind, said: Iterable[Mapping[str, Any]]) -> list[dict[str, str]]:
    """What was said on lines, as a person reads it."""
    return [reading.texts(session, kind.line_fields, one) for one in said]


def _lines(session: Session, document: Document) -> list[ShownLine]:
    if document.state in EDITABLE:
        assets = [line.asset for line in document.lines]
        today = {one.asset: one for one in proposing.propose(session, document.kind.key, assets)}
        problems = {asset: _problem(one, document.number) for asset, one in today.items()}
        before = {asset: one.before for asset, one in today.items()}
    else:
        problems, before = {}, {line.asset: line.before for line in document.lines}
    said = texts_of(session, document.kind, (line.said for line in document.lines))
    return [
        ShownLine(
            line.asset,
            line.said,
            before.get(line.asset) or line.before,
            _named(line, before.get(line.asset) or line.before),
            texts,
            problems.get(line.asset, ""),
        )
        for line, texts in zip(document.lines, said, strict=True)
    ]


def _named(line: Line, before: dict[str, Any] | None) -> dict[str, str]:
    return _asset_texts(before) if before else _asset_texts(None) | {"code": line.code, "name": line.name}


def _asset_texts(before: dict[str, Any] | None) -> dict[str, str]:
    line = Line(0, "", "", {}, before or {})
    return {key: of_asset(line, key) for key in layouts.OF_ASSET}


def _problem(one: proposing.Proposal, own: str | None) -> str:
    if one.problem is None or (one.problem == "held" and one.said == own):
        return ""
    said = status_text(one.said) if one.problem == "state" and one.said else one.said
    return translate(PROBLEMS[one.problem], said=said or "")
