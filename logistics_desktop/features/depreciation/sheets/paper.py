"""The head and the foot that the workbooks have in common: whose, which book and month, and who signs."""

from __future__ import annotations

from collections.abc import Sequence

import sqlalchemy as sa
from sqlalchemy.orm import Session

from db.models.depreciation import PeriodState
from db.models.organisation import Department
from logistics_desktop import organisation
from logistics_desktop.features.depreciation.board import BookLine
from logistics_desktop.features.depreciation.entities import STANDARDS
from logistics_desktop.features.depreciation.months import Month
from logistics_desktop.i18n import N_, _
from logistics_desktop.workbook.write import Form

_GAP = " " * 8


def organisation_name(session: Session) -> str:
    """What the organisation is called on its documents: what was set, else the department above all others."""
    said = organisation.read(session, organisation.ORGANISATION_NAME)
    if said:
        return said
    tops = session.scalars(sa.select(Department.name).where(Department.parent_id.is_(None)).limit(2)).all()
    return tops[0] if len(tops) == 1 else ""


def form(
    session: Session, book: BookLine, month: Month | str, state: PeriodState | None = None, *more: Sequence[str]
) -> Form:
    """The lines below the title: organisation, book, standard, month, currency, and `more` lines of parts.

    A month that is not closed says so: its figures may still change.
    """
    parts = [
        (N_("Organisation: {text}"), organisation_name(session)),
        (N_("Book: {text}"), f"{book.code} {book.name}"),
        (N_("Accounting standard: {text}"), _(STANDARDS[book.standard].label)),
        (N_("Month: {text}"), str(month)),
        (N_("Currency: {text}"), book.currency),
    ]
    said = [_(msgid, text=text) for msgid, text in parts if text]
    if state is PeriodState.CALCULATED:
        said.append(_(N_("not closed yet")))
    lines = [_GAP.join(said), *(_GAP.join(line) for line in more)]
    return Form(lines, (_GAP * 3).join(_(text) for text in (N_("Prepared by:"), N_("Checked by:"), N_("Head:"))))
