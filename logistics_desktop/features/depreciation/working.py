"""The working of one charge: the formula of its method, what went into it, and how it was rounded, as text."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_DOWN, Decimal
from fractions import Fraction
from itertools import islice

from logistics_desktop.features.depreciation import methods
from logistics_desktop.features.depreciation.cents import money
from logistics_desktop.features.depreciation.methods import YEAR
from logistics_desktop.features.depreciation.running import Plan, State
from logistics_desktop.features.depreciation.standards import Method
from logistics_desktop.i18n import N_, _

ROUNDED = N_("Rounded half up to the cent: {amount}.")
THE_REST = N_("The last month takes what is left: {amount}.")
NO_MORE = N_("No more than what is left is charged: {amount}.")
_SHOWN = Decimal("0.000001")


@dataclass(frozen=True, slots=True)
class Working:
    """The parts of an explanation that hold numbers."""

    formula: str
    inputs: tuple[tuple[str, str], ...]
    lines: tuple[str, ...]
    rounding: str


def shown(amount: Decimal | int) -> str:
    """Money as it is read; whole numbers are cents."""
    return f"{money(amount) if isinstance(amount, int) else amount:,.2f}"


def exactly(amount: Fraction) -> str:
    """An amount in cents before it is rounded; "…" where six decimals do not hold it."""
    whole = amount / 100
    cut = (Decimal(whole.numerator) / Decimal(whole.denominator)).quantize(_SHOWN, ROUND_DOWN)
    text = f"{cut:,f}".rstrip("0").rstrip(".")
    return text if Fraction(cut) == whole else f"{cut:,f}…"


def work_out(state: State, amount: int, units: Decimal) -> Working:
    """How `amount` comes about from the state before it. The asset has something to charge."""
    plan = state.plan
    if plan.method is Method.UNITS_OF_PRODUCTION:
        return _by_units(state, amount, units)
    if plan.method is Method.SUM_OF_YEARS or (plan.method is Method.DOUBLE_DECLINING and plan.months > 2 * YEAR):
        return _by_years(state, amount)
    return _straight(state, amount)


def _values(plan: Plan) -> tuple[tuple[str, str], ...]:
    if plan.since_months:
        value = (_("Book value at the beginning"), shown(plan.value))
    else:
        value = (_("Original value"), shown(plan.value))
    return value, (_("Residual value"), shown(plan.residual))


def _rounding(state: State, exact: Fraction, amount: int) -> str:
    """What happened between the exact amount and the charge."""
    plan = state.plan
    left = state.left
    if amount == left and state.months - plan.since_months == plan.months - 1:
        return _(THE_REST, amount=shown(amount))
    if amount == left and amount < exact:
        return _(NO_MORE, amount=shown(amount))
    return _(ROUNDED, amount=shown(amount)) if exact != amount else ""


def _straight(state: State, amount: int) -> Working:
    plan = state.plan
    base = plan.value - plan.residual
    exact = Fraction(base, plan.months)
    return Working(
        _("(value − residual value) ÷ months"),
        (
            *_values(plan),
            (_("Months to spread over"), str(plan.months)),
            (_("This is month"), str(state.months - plan.since_months + 1)),
        ),
        (f"({shown(plan.value)} − {shown(plan.residual)}) ÷ {plan.months} = {exactly(exact)}",),
        _rounding(state, exact, amount),
    )


def _by_units(state: State, amount: int, units: Decimal) -> Working:
    plan = state.plan
    base, total = plan.value - plan.residual, plan.units_left or Fraction(1)
    exact = base * Fraction(units) / total
    if Fraction(state.used + units) >= total and amount == state.left:
        rounding = _("All units are used; what is left is charged: {amount}.", amount=shown(amount))
    else:
        rounding = _rounding(state, exact, amount)
    remaining = exactly(total * 100)
    return Working(
        _("(value − residual value) ÷ units that remain × units of the month"),
        (
            *_values(plan),
            (_("Units that remain"), remaining),
            (_("Units of the month"), f"{units.normalize():,f}"),
        ),
        (f"({shown(plan.value)} − {shown(plan.residual)}) ÷ {remaining} × {units.normalize():,f} = {exactly(exact)}",),
        rounding,
    )


def _by_years(state: State, amount: int) -> Working:
    plan = state.plan
    years = plan.months // YEAR
    year, month = divmod(state.months - plan.since_months, YEAR)
    amounts = methods.year_amounts(plan.method, plan.value, plan.residual, years)
    twelfth = Fraction(amounts[year], YEAR)
    declining = plan.method is Method.DOUBLE_DECLINING
    formula, line = _declining(plan, years, year) if declining else _digits(plan, years, year)
    lines = (
        line,
        _("Asset year {year} charges {amount}.", year=year + 1, amount=shown(amounts[year])),
        f"{shown(amounts[year])} ÷ {YEAR} = {exactly(twelfth)}",
    )
    if month == YEAR - 1:
        rounding = _("The twelfth month takes the rest of the asset year: {amount}.", amount=shown(amount))
    else:
        rounding = _rounding(state, twelfth, amount)
    inputs = (
        *_values(plan),
        (_("Years"), str(years)),
        (_("Asset year, month in it"), f"{year + 1}, {month + 1}"),
    )
    return Working(formula, inputs, tuple(one for one in lines if one), rounding)


def _digits(plan: Plan, years: int, year: int) -> tuple[str, str]:
    digits = years * (years + 1) // 2
    base = plan.value - plan.residual
    exact = exactly(Fraction(base * (years - year), digits))
    return (
        _("(value − residual value) × years that remain ÷ sum of the years; a month is a twelfth"),
        f"({shown(plan.value)} − {shown(plan.residual)}) × {years - year} ÷ {digits} = {exact}",
    )


def _declining(plan: Plan, years: int, year: int) -> tuple[str, str]:
    charged = sum(islice(methods.exact_years(plan.method, plan.value, plan.residual, years), min(year, years - 2)))
    book = plan.value - Fraction(charged)
    if year >= years - 2:
        return (
            _("last two years: (book value − residual value) ÷ 2; a month is a twelfth"),
            f"({exactly(book)} − {shown(plan.residual)}) ÷ 2 = {exactly((book - plan.residual) / 2)}",
        )
    twice = book * 2 / years
    line = f"{exactly(book)} × 2 ÷ {years} = {exactly(twice)}"
    if twice > book - plan.residual:
        line += "; " + _("above what is left to the residual value: {left}", left=exactly(book - plan.residual))
    return _("book value at the beginning of the asset year × 2 ÷ years; a month is a twelfth"), line
