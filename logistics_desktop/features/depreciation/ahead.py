"""What lies ahead for the assets of a book: the forecast, those at the end of their life, the effect of a class."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

import sqlalchemy as sa
from sqlalchemy.orm import Session

from db.models.assets import Asset, AssetClass, Method
from db.models.organisation import Department
from logistics_desktop.collecting import uncollected
from logistics_desktop.features.depreciation import swift
from logistics_desktop.features.depreciation.board import book_line
from logistics_desktop.features.depreciation.cents import money
from logistics_desktop.features.depreciation.charging import Posted, charges
from logistics_desktop.features.depreciation.classes import Classes, Said, millionths, read_classes
from logistics_desktop.features.depreciation.inherited import Rulebook
from logistics_desktop.features.depreciation.months import Month
from logistics_desktop.features.depreciation.reading import Chunk, Subject, in_chunks, rulebook
from logistics_desktop.features.depreciation.running import State
from logistics_desktop.i18n import N_, _
from logistics_desktop.jobs import Job
from logistics_desktop.stopping import stoppable

FORECAST = 36


@dataclass(frozen=True, slots=True)
class ForecastLine:
    """What the assets of one class in one department will be charged, month by month."""

    class_id: int | None
    class_name: str | None
    department_id: int | None
    department_name: str | None
    amounts: tuple[Decimal, ...]


@dataclass(frozen=True, slots=True)
class Forecast:
    """The months ahead, from the first one that is not closed; `book_values` are those at the end of each."""

    months: tuple[Month, ...]
    lines: tuple[ForecastLine, ...]
    totals: tuple[Decimal, ...]
    book_values: tuple[Decimal, ...]


@dataclass(frozen=True, slots=True)
class Ending:
    """An asset that is charged for the last time in `month`; `value` is what it stands at then.

    One that was charged for the last time `before` the first open month has that month.
    """

    asset_id: int
    code: str | None
    name: str
    class_name: str | None
    department_name: str | None
    month: Month
    cost: Decimal
    value: Decimal
    before: bool = False


@dataclass(frozen=True, slots=True)
class Affected:
    """An asset whose charge of the first open month changes with its class, before and after."""

    asset_id: int
    code: str | None
    name: str
    before: Decimal
    after: Decimal
    before_months: int
    after_months: int
    problem: str = ""


def forecast(session: Session, book: int, months: int = FORECAST, job: Job | None = None) -> Forecast:
    """What the months from the first open one on will charge, by class and department, if nothing changes.

    Units of production go on as their last reading. A few thousand assets are in memory at once. Raises `Cancelled`.
    """
    first = book_line(session, book).open_month
    amounts: dict[tuple[int | None, int | None], Counter[int]] = {}
    values: Counter[int] = Counter()
    last = first.index + months - 1
    for rules, classes, chunk in _chunks(session, book, first, job, _(N_("Forecast"))):
        for row, entry in chunk.rows:
            sums = amounts.setdefault((row[1], row[2]), Counter())
            special = row[0] in chunk.special
            if entry is not None and not special and swift.is_unchanged(rules, classes, row, entry, first.index):
                for month, (amount, value) in enumerate(swift.amounts(entry, months), first.index):
                    sums[month] += amount
                    values[month] += value
                continue
            card, before, units, altered = chunk.subject(row, entry)
            known = _continued(units, first.index, last) if units else units
            for one in charges(rules, classes, card, before, first.index, last, known, altered):
                if isinstance(one, Posted):
                    sums[one.month] += one.amount
                    values[one.month] += 0 if one.gone else one.state.book_value
    span = range(first.index, last + 1)
    classes_named, departments_named = _names(session, AssetClass), _names(session, Department)
    lines = [
        ForecastLine(
            kind,
            classes_named.get(kind or 0),
            department,
            departments_named.get(department or 0),
            tuple(money(sums[month]) for month in span),
        )
        for (kind, department), sums in amounts.items()
        if any(sums.values())
    ]
    lines.sort(key=lambda line: (line.class_name or "", line.department_name or ""))
    totals = tuple(sum((line.amounts[at] for line in lines), Decimal("0.00")) for at in range(months))
    return Forecast(
        tuple(first + number for number in range(months)),
        tuple(lines),
        totals,
        tuple(money(values[month]) for month in span),
    )


def ends_of_life(session: Session, book: int, until: Month, job: Job | None = None) -> list[Ending]:
    """The assets still in use that are charged for the last time until a month, or were before; the soonest first."""
    first = book_line(session, book).open_month
    found: list[tuple[int, int, Decimal, Decimal, bool]] = []
    for rules, classes, subject in _everything(session, book, first, job, _(N_("End of life"))):
        card, before, units, altered = subject
        last = max(first.index, until.index)
        ending = None
        for one in charges(rules, classes, card, before, first.index, last, units, altered):
            if not isinstance(one, Posted) or one.terms.method is Method.NONE:
                continue
            if one.gone:
                ending = None
                break
            if _is_at_end(one.state) and ending is None:
                ending = one
            elif not _is_at_end(one.state):
                ending = None
        if ending is not None and ending.month <= until.index:
            was = ending.month == first.index and not ending.amount
            found.append((card.id, ending.month, money(ending.terms.cost), money(ending.state.book_value), was))
    names = _assets(session, [line[0] for line in found])
    endings = [
        Ending(number, *names[number], _month(month), cost, value, was) for number, month, cost, value, was in found
    ]
    return sorted(endings, key=lambda one: (one.month, not one.before, one.asset_id))


def preview_class_change(
    session: Session,
    book: int,
    class_id: int,
    *,
    method: Method | None,
    life_months: int | None,
    residual_rate: Decimal | None,
    in_book: bool = False,
    job: Job | None = None,
) -> list[Affected]:
    """The assets whose charges change when a class says this, in general or `in_book`; nothing is stored.

    Compared are the charge of the first open month and the months that remain. The largest difference comes first.
    """
    first = book_line(session, book).open_month
    said = Said(method, life_months, millionths(residual_rate))
    found: list[tuple[int, State | None, int, State | None, int, str]] = []
    changed: Classes | None = None
    among: set[int] = set()
    for rules, classes, subject in _everything(session, book, first, job, _(N_("Effect of the class"))):
        if changed is None:
            changed = classes.saying(class_id, said, in_book=in_book)
            among = set(classes.below(class_id))
        if subject.card.class_id not in among:
            continue
        now, then = _first_charge(rules, classes, subject, first), _first_charge(rules, changed, subject, first)
        if now != then:
            found.append((subject.card.id, now[0], now[1], then[0], then[1], then[2]))
    names = _assets(session, [line[0] for line in found])
    affected = [
        Affected(
            number,
            names[number][0],
            names[number][1],
            money(was),
            money(will),
            _remaining(old),
            _remaining(new),
            problem,
        )
        for number, old, was, new, will, problem in found
    ]
    return sorted(affected, key=lambda one: (-abs(one.after - one.before), one.asset_id))


def _chunks(
    session: Session, book: int, first: Month, job: Job | None, text: str
) -> Iterator[tuple[Rulebook, Classes, Chunk]]:
    """Give all assets as they stand before `first`, some thousand at a time."""
    job = job or Job()
    rules, classes = rulebook(session, book), read_classes(session, book)
    with stoppable(session, job), uncollected(), in_chunks(session, rules, first.index) as parts:
        for chunk, done, of in parts:
            job.progress(done, of, text)
            yield rules, classes, chunk


def _everything(
    session: Session, book: int, first: Month, job: Job | None, text: str
) -> Iterator[tuple[Rulebook, Classes, Subject]]:
    """Give every asset as it stands before `first`."""
    for rules, classes, chunk in _chunks(session, book, first, job, text):
        for subject in chunk:
            yield rules, classes, subject


def _first_charge(rules: Rulebook, classes: Classes, subject: Subject, first: Month) -> tuple[State | None, int, str]:
    """The state after the first open month, its charge, and what is wrong."""
    card, before, units, altered = subject
    state, amount, problem = None, 0, ""
    for one in charges(rules, classes, card, before, first.index, first.index, units, altered):
        if isinstance(one, Posted):
            state, amount = one.state, one.amount
        else:
            problem = str(one.problem)
    return state, amount, problem


def _remaining(state: State | None) -> int:
    return 0 if state is None else max(0, state.plan.since_months + state.plan.months - state.months)


def _is_at_end(state: State) -> bool:
    return state.left <= 0


def _continued(units: dict[int, Decimal], first: int, last: int) -> dict[int, Decimal]:
    """Readings with the last one repeated where there is none yet."""
    latest = units[max(units)]
    return {**{month: latest for month in range(first, last + 1) if month > max(units)}, **units}


def _names(session: Session, tree: type[AssetClass] | type[Department]) -> dict[int, str]:
    return {row[0]: row[1] for row in session.execute(sa.select(tree.id, tree.name))}


def _assets(session: Session, numbers: list[int]) -> dict[int, tuple[str | None, str, str | None, str | None]]:
    """Code, name, class and department of assets."""
    among = Asset.id == sa.any_(sa.literal(numbers, sa.ARRAY(sa.BigInteger)))
    found = (
        sa.select(Asset.id, Asset.code, Asset.name, AssetClass.name, Department.name)
        .outerjoin(AssetClass, AssetClass.id == Asset.class_id)
        .outerjoin(Department, Department.id == Asset.department_id)
        .where(among)
    )
    return {row[0]: (row[1], row[2], row[3], row[4]) for row in session.execute(found)}


def _month(index: int) -> Month:
    year, month = divmod(index, 12)
    return Month(year, month + 1)
