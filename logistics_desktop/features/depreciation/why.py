"""Why an asset is charged what it is in a month of a book: the words of `explaining`, from what was posted."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

import sqlalchemy as sa
from sqlalchemy.orm import Session

from db.models.assets import Asset
from db.models.depreciation import Entry
from logistics_desktop.errors import Refused
from logistics_desktop.features.depreciation import running
from logistics_desktop.features.depreciation.cents import cents, money
from logistics_desktop.features.depreciation.charging import Before, Posted, charges
from logistics_desktop.features.depreciation.classes import read_classes
from logistics_desktop.features.depreciation.explaining import Explanation, explain_charge
from logistics_desktop.features.depreciation.inherited import Altered, Effective, Rulebook
from logistics_desktop.features.depreciation.months import Month
from logistics_desktop.features.depreciation.reading import Subject, rulebook, subject_of
from logistics_desktop.features.depreciation.running import NOTHING, State
from logistics_desktop.features.depreciation.terms import Change, Terms
from logistics_desktop.features.depreciation.working import shown
from logistics_desktop.i18n import N_, _


@dataclass(frozen=True, slots=True)
class Why:
    """The charge of an asset in a month, explained; `posted` if it is in the books already."""

    code: str | None
    name: str
    posted: bool
    explanation: Explanation


@dataclass(frozen=True, slots=True)
class _Charge:
    """What is to be explained: the state after the month, the months and the units that were charged in it."""

    terms: Effective
    after: State
    months: int
    amount: int
    units: Decimal


def why(session: Session, book: int, asset: int, month: Month) -> Why:
    """Explain the charge of a month, posted or to come. Raises `Refused` where the asset is not in that month."""
    rules = rulebook(session, book)
    code, name, in_service, disposed = _card(session, asset)
    past = subject_of(session, rules, asset, month + 1)
    posted = past.before is not None and past.before.month == month.index
    charge = _posted(session, rules, past, month) if posted else _to_come(session, rules, past, month)
    terms = _terms(rules, charge.terms, past, in_service, disposed)
    changes = [_change(one) for one in past.altered if one.month <= month.index]
    explained = explain_charge(terms, _before(charge), changes, month, charge.units)
    completed = _completed(explained, charge, changes, terms.opening_months)
    return Why(code, name, posted, completed)


def _card(session: Session, asset: int) -> tuple[str | None, str, date | None, date | None]:
    columns = (Asset.code, Asset.name, Asset.in_service_on, Asset.disposed_on)
    found = session.execute(sa.select(*columns).where(Asset.id == asset)).one_or_none()
    if found is None:
        raise Refused(N_("This asset has been deleted meanwhile."))
    return found


def _posted(session: Session, rules: Rulebook, past: Subject, month: Month) -> _Charge:
    assert past.before is not None
    entry = sa.select(Entry.months, Entry.amount, Entry.units).where(
        Entry.book_id == rules.id, Entry.month == month.first_day, Entry.asset_id == past.card.id
    )
    months, amount, units = session.execute(entry).one()
    return _Charge(past.before.terms, past.before.state, months, cents(amount), units or NOTHING)


def _to_come(session: Session, rules: Rulebook, past: Subject, month: Month) -> _Charge:
    before: Before | None = past.before
    first = rules.first if before is None else before.month + 1
    found = None
    classes = read_classes(session, rules.id)
    for one in charges(rules, classes, past.card, before, first, month.index, past.units, past.altered):
        if isinstance(one, Posted) and one.month == month.index:
            found = _Charge(one.terms, one.state, one.months, one.amount, one.units or NOTHING)
        elif not isinstance(one, Posted) and one.left_out:
            raise one.problem
    if found is None:
        raise Refused(N_("The asset is not in the book in {month}."), month=month)
    return found


def _before(charge: _Charge) -> State:
    """The state that the last month of the charge began with."""
    after = charge.after
    state = State(
        after.plan, after.months - charge.months, after.accumulated - charge.amount, after.used - charge.units
    )
    for _month in range(charge.months - 1):
        state = running.charge(state)[1]
    return state


def _terms(rules: Rulebook, terms: Effective, past: Subject, in_service: date | None, disposed: date | None) -> Terms:
    card = past.card
    return Terms(
        rules.standard,
        terms.method,
        money(terms.cost),
        money(terms.residual),
        terms.life or 0,
        in_service or _month(rules.first).first_day,
        money(card.opening_accumulated or 0),
        card.opening_months or 0,
        disposed,
        terms.total_units,
    )


def _change(one: Altered) -> Change:
    return Change(
        _month(one.month),
        None if one.cost is None else money(one.cost),
        one.life,
        None if one.residual is None else money(one.residual),
        None if one.impairment is None else money(one.impairment),
        one.method,
    )


def _completed(explained: Explanation, charge: _Charge, changes: list[Change], opening: int) -> Explanation:
    """What an entry knows besides: months charged at once, and terms that changed on the card or its class."""
    origin = list(explained.origin)
    plan = charge.after.plan
    if plan.since_months > opening and not changes:
        text = N_("The card or its class changed: after {months} months the book value {value} was spread anew.")
        origin.append(_(text, months=plan.since_months, value=shown(plan.value)))
    if charge.months > 1:
        text = N_("{months} months are charged at once, as the asset was registered late: {amount} in all.")
        origin.append(_(text, months=charge.months, amount=shown(charge.amount)))
    return replace(explained, amount=money(charge.amount), origin=tuple(origin))


def _month(index: int) -> Month:
    year, month = divmod(index, 12)
    return Month(year, month + 1)
