"""The charts of depreciation, from its figures."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal

from logistics_desktop.features.depreciation.ahead import Forecast
from logistics_desktop.features.depreciation.months import Month
from logistics_desktop.features.depreciation.one_asset import Course
from logistics_desktop.i18n import N_, _
from ui.charts.chart import TONES
from ui.charts.plot import Plot, Series, Shape


def course_plot(course: Course, currency: str) -> Plot:
    """The book value of an asset: what is posted, and what is to come."""
    steps = course.steps
    last_posted = max((at for at, step in enumerate(steps) if step.posted), default=-1)
    posted = tuple(step.book_value if step.posted else None for step in steps)
    # The line goes on from the last posted month.
    coming = tuple(step.book_value if at >= last_posted and at >= 0 else None for at, step in enumerate(steps))
    series = [
        Series(_(N_("Book value, posted")), posted),
        Series(
            _(N_("Book value, to come")), coming if last_posted < len(steps) - 1 else (None,) * len(steps), Shape.DASHED
        ),
    ]
    shown = tuple(one for one in series if any(value is not None for value in one.values))
    return Plot(tuple(str(step.period) for step in steps), shown, _unit(N_("Book value"), currency))


def change_plot(now: Course, then: Course, currency: str) -> Plot:
    """The book values without a change and with it."""
    values = [{step.period: step.book_value for step in course.steps} for course in (now, then)]
    months = sorted(values[0].keys() | values[1].keys())
    series = (
        Series(_(N_("As it is")), _along(values[0], months), tone=7),
        Series(_(N_("With the change")), _along(values[1], months), tone=1),
    )
    return Plot(tuple(str(month) for month in months), series, _unit(N_("Book value"), currency))


def forecast_plot(found: Forecast, sums: Mapping[str, Sequence[Decimal]], currency: str) -> Plot:
    """What the coming months charge, in layers; the smallest ones are put together."""
    largest = sorted(sums, key=lambda name: -sum(sums[name]))
    apart = largest if len(largest) <= TONES else largest[: TONES - 1]
    series = [Series(name, tuple(sums[name]), Shape.STACK, tone) for tone, name in enumerate(apart)]
    rest = largest[len(apart) :]
    if rest:
        together = tuple(sum(parts, Decimal()) for parts in zip(*(sums[name] for name in rest), strict=True))
        series.append(Series(_(N_("{count} others"), count=len(rest)), together, Shape.STACK, TONES - 1))
    return Plot(tuple(str(month) for month in found.months), tuple(series), _unit(N_("Charge of the month"), currency))


def _along(values: Mapping[Month, Decimal], months: Sequence[Month]) -> tuple[Decimal | None, ...]:
    return tuple(values.get(month) for month in months)


def _unit(what: str, currency: str) -> str:
    return _(N_("{what}, {currency}"), what=_(what), currency=currency)
