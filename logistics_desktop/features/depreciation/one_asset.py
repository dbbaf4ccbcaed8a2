"""One asset in one book: its terms and where they come from, its months past and to come."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from decimal import Decimal

import sqlalchemy as sa
from sqlalchemy.orm import Session

from db.models.assets import Asset, AssetClass, Method
from db.models.depreciation import Entry, Period, PeriodState
from logistics_desktop.errors import FieldErrors, Refused, UserError
from logistics_desktop.features.depreciation.cents import cents, money
from logistics_desktop.features.depreciation.charging import Posted, charges
from logistics_desktop.features.depreciation.classes import Classes, read_classes
from logistics_desktop.features.depreciation.inherited import Altered, Effective, Origin, Rulebook, effective, origins
from logistics_desktop.features.depreciation.months import Month
from logistics_desktop.features.depreciation.reading import Subject, first_day, rulebook, subject_of
from logistics_desktop.features.depreciation.refusals import LONGEST, ChangeRefused, refused, refused_meanwhile
from logistics_desktop.features.depreciation.terms import Change, Terms
from logistics_desktop.i18n import N_

NEVER_ENDING = LONGEST + 12
"""So many months ahead every asset is at its end."""

_SAID_BY = {
    "cost": ("cost",),
    "residual": ("residual_value", "residual_rate", "cost"),
    "months": ("life_months", "method"),
    "method": ("method",),
    "opening_accumulated": ("opening_accumulated",),
    "opening_months": ("opening_months",),
    "total_units": ("total_units", "method"),
}
"""By what is wrong with the terms of an asset: the fields of `BookAsset` that may say so."""

_BEHIND = {"residual": ("cost",), "total_units": ("method",)}
"""By what is wrong: the other fields of a change that may have made it so."""


@dataclass(frozen=True, slots=True)
class Step:
    """A month of an asset: `posted` if it has an entry, `closed` if that is for good."""

    period: Month
    amount: Decimal
    accumulated: Decimal
    book_value: Decimal
    months: int
    posted: bool
    closed: bool


@dataclass(frozen=True, slots=True)
class Sourced:
    """A term of an asset and who says it; `class_name` where a class does."""

    value: object
    origin: Origin
    class_name: str | None = None


@dataclass(frozen=True, slots=True)
class Course:
    """All months of an asset, and what keeps it from being depreciated, if something does."""

    steps: tuple[Step, ...]
    problem: UserError | None = None


@dataclass(frozen=True, slots=True)
class Known:
    """An asset as it stands before the first month that is not closed."""

    book: Rulebook
    classes: Classes
    subject: Subject
    open_month: Month


def read_known(session: Session, book: int, asset: int) -> Known:
    """Read an asset. Raises `Refused` where it or the book is gone."""
    rules = rulebook(session, book)
    closed = session.scalar(
        sa.select(sa.func.max(Period.month)).where(Period.book_id == book, Period.state == PeriodState.CLOSED)
    )
    month = _month(rules.first) if closed is None else Month.of(closed) + 1
    return Known(rules, read_classes(session, book), subject_of(session, rules, asset, month), month)


def terms_of(session: Session, book: int, asset: int) -> dict[str, Sourced]:
    """The terms that hold for an asset now (`cost`, `method`, `life`, `residual`, `total_units`), with their origins.

    Money is in decimals, `life` in months. Empty where a term is missing; `course` says which.
    """
    known = read_known(session, book, asset)
    found = origins(known.book, known.classes, known.subject.card, known.subject.altered)
    classes = [term.class_id for term in found.values() if term.class_id is not None]
    named = sa.select(AssetClass.id, AssetClass.name).where(AssetClass.id.in_(classes))
    names = {row[0]: row[1] for row in session.execute(named)}
    return {
        key: Sourced(
            money(term.value) if key in ("cost", "residual") and isinstance(term.value, int) else term.value,
            term.origin,
            None if term.class_id is None else names.get(term.class_id),
        )
        for key, term in found.items()
    }


def course(session: Session, book: int, asset: int) -> Course:
    """The months of an asset: its entries, then what the terms will charge to the end of its life."""
    known = read_known(session, book, asset)
    past = entries_of(session, book, asset)
    ahead, problem = months_ahead(known)
    posted = {step.period for step in past}
    return Course((*past, *(step for step in ahead if step.period not in posted)), problem)


def preview_change(session: Session, book: int, asset: int, change: Change) -> tuple[Course, Course]:
    """The months to come as they are, and as they would be with a change.

    Raises `ChangeRefused` where a field of the change cannot be, `UserError` where the whole of it cannot.

    Changes of the same month that are stored already give way field by field.
    """
    known = read_known(session, book, asset)
    if change.month < known.open_month:
        raise UserError(
            N_("{month} is closed: posted months never change. Date the change {open} or later."),
            month=change.month,
            open=known.open_month,
        )
    now, problem = months_ahead(known)
    changed = replace(known, subject=_with(known.subject, change))
    _check_terms(changed, change)
    then, wrong = months_ahead(changed)
    if wrong is not None:
        raise wrong
    return Course(tuple(now), problem), Course(tuple(then))


def _check_terms(changed: Known, change: Change) -> None:
    """Refuse terms that a change makes impossible, by its field that does. Raises `ChangeRefused`."""
    subject = changed.subject
    until = tuple(one for one in subject.altered if one.month <= change.month.index)
    terms = effective(changed.book, changed.classes, subject.card, until)
    if isinstance(terms, UserError) or terms.method is Method.NONE:
        return
    found = refused_meanwhile(_as_terms(changed, terms, change.month))
    given = change.given()
    wrong = {name: error for key, error in found.items() for name in (key, *_BEHIND.get(key, ())) if name in given}
    if wrong:
        raise ChangeRefused(wrong)


def check_own_terms(session: Session, book: int, asset: int, given: Collection[str]) -> None:
    """Refuse what a book says of an asset, now that it is stored, where the asset could not be charged by it.

    `given` are the fields of the record that say something. Raises `FieldErrors` by those that are to blame.
    """
    known = read_known(session, book, asset)
    card = known.subject.card
    terms = effective(known.book, known.classes, card)
    if isinstance(terms, UserError) or terms.method is Method.NONE:
        return
    opened = replace(
        _as_terms(known, terms, Month.of(first_day(card.in_service or known.book.first))),
        opening_accumulated=money(card.opening_accumulated or 0),
        opening_months=card.opening_months or 0,
    )
    found = refused(opened)
    wrong = {name: error for key, error in found.items() for name in _SAID_BY.get(key, ()) if name in given}
    if wrong:
        raise FieldErrors(wrong)


def _as_terms(known: Known, terms: Effective, since: Month) -> Terms:
    return Terms(
        known.book.standard,
        terms.method,
        money(terms.cost),
        money(terms.residual),
        terms.life or 0,
        since.first_day,
        total_units=terms.total_units,
    )


def months_ahead(known: Known, last: Month | None = None) -> tuple[list[Step], UserError | None]:
    """What the months from the first one open on will charge, to the end of the life, the disposal, or `last`."""
    first = known.open_month.index
    end = first + NEVER_ENDING if last is None else last.index
    card, before, units, altered = known.subject
    steps: list[Step] = []
    changing = max((one.month for one in altered), default=0)
    problem = None
    for one in charges(known.book, known.classes, card, before, first, end, units, altered):
        if not isinstance(one, Posted):
            problem = problem or (one.problem if one.left_out or one.month in _months(altered) else None)
            continue
        steps.append(_step(one))
        if last is None and one.month >= changing and _is_over(one):
            break
    return steps, problem


def entries_of(session: Session, book: int, asset: int) -> list[Step]:
    """The entries of an asset, the oldest first."""
    columns = (Entry.month, Entry.amount, Entry.accumulated, Entry.book_value, Entry.months, Period.state)
    # By month, as the index goes.
    found = (
        sa.select(*columns)
        .join(Period, sa.and_(Period.book_id == Entry.book_id, Period.month == Entry.month))
        .where(Period.book_id == book, Entry.asset_id == asset)
        .order_by(Entry.month)
    )
    return [
        Step(Month.of(month), amount, accumulated, value, months, True, state is PeriodState.CLOSED)
        for month, amount, accumulated, value, months, state in session.execute(found)
    ]


def _step(posted: Posted) -> Step:
    state = posted.state
    return Step(
        _month(posted.month),
        money(posted.amount),
        money(state.accumulated),
        money(state.book_value),
        posted.months,
        False,
        False,
    )


def _is_over(posted: Posted) -> bool:
    """Whether nothing will be charged any more, as far as is known."""
    if posted.terms.method is Method.UNITS_OF_PRODUCTION:
        return (posted.months > 0 and posted.units is None) or posted.state.left <= 0
    if posted.terms.method is Method.NONE or posted.gone:
        return True
    return posted.state.left <= 0 and (posted.months > 0 or posted.state.months > 0)


def _months(altered: tuple[Altered, ...]) -> set[int]:
    return {one.month for one in altered}


def _with(subject: Subject, change: Change) -> Subject:
    """The asset with one more change of value."""
    new = Altered(
        change.month.index,
        None if change.cost is None else cents(change.cost),
        change.months,
        None if change.residual is None else cents(change.residual),
        None if change.impairment is None else cents(change.impairment),
        change.method,
    )
    same = next((one for one in subject.altered if one.month == new.month), Altered(new.month))
    given = {name: value for name, value in new._asdict().items() if value is not None}
    merged = same._replace(**given)
    others = [one for one in subject.altered if one.month != new.month]
    return subject._replace(altered=tuple(sorted((*others, merged))))


def _month(index: int) -> Month:
    return Month.of(first_day(index))


def named(session: Session, asset: int) -> tuple[str | None, str]:
    """The code and the name of an asset. Raises `Refused` where it is gone."""
    found = session.execute(sa.select(Asset.code, Asset.name).where(Asset.id == asset)).one_or_none()
    if found is None:
        raise Refused(N_("This asset has been deleted meanwhile."))
    return found
