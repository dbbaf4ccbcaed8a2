"""What holds for every asset."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from logistics_desktop.errors import FieldErrors
from logistics_desktop.features.assets.sharing import split
from logistics_desktop.features.depreciation import running
from logistics_desktop.features.depreciation.cents import cents, money
from logistics_desktop.features.depreciation.methods import year_amounts
from logistics_desktop.features.depreciation.months import Month
from logistics_desktop.features.depreciation.schedule import Charge, onward, schedule
from logistics_desktop.features.depreciation.standards import Method
from logistics_desktop.features.depreciation.terms import Change, Terms
from tests.unit.depreciation.cases import ACCELERATED, any_terms, terms

quantities = st.lists(st.integers(1, 50).map(Decimal), min_size=2, max_size=6)


@st.composite
def any_changes(draw: st.DrawFn, asset: Terms) -> list[Change]:
    """Changes of any kind in the life of an asset; many are refused."""
    amount = st.integers(1, 2 * cents(asset.cost)).map(money)
    change = st.builds(
        Change,
        st.integers(0, asset.months).map(lambda months: asset.first + months),
        cost=st.none() | amount,
        months=st.none() | st.integers(1, 600),
        residual=st.none() | amount,
        impairment=st.none() | amount,
    )
    return draw(st.lists(change, max_size=3))


@given(any_terms())
def test_the_total_is_exact_and_nothing_is_below_zero_or_below_the_residual_value(asset: Terms) -> None:
    charges = schedule(asset)
    assert len(charges) == asset.months - asset.opening_months
    assert all(one.amount >= 0 and one.book_value >= asset.residual for one in charges)
    assert sum(one.amount for one in charges) == asset.cost - asset.residual - asset.opening_accumulated
    assert charges[-1].book_value == asset.residual


@given(any_terms(), st.data())
def test_running_month_by_month_gives_the_schedule(asset: Terms, data: st.DataObject) -> None:
    changes = data.draw(any_changes(asset))
    try:
        planned = schedule(asset, changes)
    except FieldErrors:
        return
    state, month, run = running.begin(asset), asset.first, []
    while month <= (planned[-1].period if planned else asset.first) + 2:
        due = [one for one in changes if one.month == month]
        was_running = running.is_running(state)
        amount, state = running.next_charge(asset, state, month, due)
        if was_running or running.is_running(state) or amount:
            run.append(Charge(month, money(amount), money(state.accumulated), money(state.book_value)))
        month += 1
    assert [one for one in run if one.amount] == [one for one in planned if one.amount]
    assert all(one.amount >= 0 and one.book_value >= 0 for one in planned)


@given(any_terms(), st.data())
def test_changes_never_touch_earlier_months_and_end_at_the_residual_value(asset: Terms, data: st.DataObject) -> None:
    changes = data.draw(any_changes(asset))
    try:
        after = schedule(asset, changes)
    except FieldErrors:
        return
    first = min((one.month for one in changes), default=None)
    unchanged = [one for one in schedule(asset) if first is None or one.period < first]
    assert after[: len(unchanged)] == unchanged
    if after:
        residual = next((one.residual for one in reversed(sorted_by_month(changes)) if one.residual), asset.residual)
        assert after[-1].book_value == residual


def sorted_by_month(changes: list[Change]) -> list[Change]:
    return sorted(changes, key=lambda one: one.month)


@given(any_terms(), quantities)
def test_cards_of_a_split_asset_are_charged_as_much_as_the_asset(asset: Terms, parts: list[Decimal]) -> None:
    row = {"original_value": asset.cost, "residual_value": asset.residual, "quantity": sum(parts)}
    total = Decimal(0)
    for card in split(row, parts):
        if card["original_value"]:
            one = terms(
                asset.method,
                cost=card["original_value"],
                residual=card["residual_value"],
                months=asset.months,
                in_service=asset.in_service,
            )
            total += sum(charge.amount for charge in schedule(one))
    assert total == asset.cost - asset.residual


@given(
    st.integers(1, 10**9),
    st.integers(1, 10**6),
    st.lists(st.decimals(0, 10**5, places=1), min_size=1, max_size=30),
    st.data(),
)
def test_units_charge_the_base_once_all_are_used(
    cost: int, total: int, used: list[Decimal], data: st.DataObject
) -> None:
    residual = data.draw(st.integers(0, cost))
    machine = terms(Method.UNITS_OF_PRODUCTION, cost=money(cost), residual=money(residual), total_units=Decimal(total))
    units = {Month(2026, 1) + at: one for at, one in enumerate(used)}
    charges = schedule(machine, units=units)
    assert all(one.amount >= 0 and one.book_value >= machine.residual for one in charges)
    if sum(used) >= total:
        assert charges[-1].book_value == machine.residual


@given(any_terms(), st.integers(0, 500))
def test_what_was_posted_is_where_the_next_month_goes_on(asset: Terms, count: int) -> None:
    charges = schedule(asset)
    posted = [(one.period, cents(one.amount)) for one in charges[:count]]
    state = running.replay(asset, [], posted, {})
    assert running.charge(state)[0] == (cents(charges[count].amount) if count < len(charges) else 0)


@given(any_terms(), st.dates(date(1990, 1, 1), date(2120, 1, 1)))
def test_a_disposal_cuts_the_schedule_short_and_adds_nothing(asset: Terms, gone: date) -> None:
    scrapped = Terms(asset.standard, asset.method, asset.cost, asset.residual, asset.months, asset.in_service)
    if gone < asset.in_service:
        return
    whole = schedule(scrapped)
    cut = schedule(
        Terms(asset.standard, asset.method, asset.cost, asset.residual, asset.months, asset.in_service, disposed=gone)
    )
    assert cut == [one for one in whole if one.period <= Month.of(gone)]


@given(st.sampled_from(ACCELERATED), st.integers(1, 10**9), st.integers(2, 40), st.data())
def test_year_amounts_are_never_negative_and_add_up(
    method: Method, value: int, years: int, data: st.DataObject
) -> None:
    residual = data.draw(st.integers(0, value))
    amounts = year_amounts(method, value, residual, years)
    assert len(amounts) == years
    assert min(amounts) >= 0
    assert sum(amounts) == value - residual


@given(any_terms(), st.integers(0, 100))
def test_what_was_posted_otherwise_still_ends_at_the_residual_value(asset: Terms, lost: int) -> None:
    """A posted month may be less than the plan, say after an import; the last month takes what is left."""
    charges = schedule(asset)
    first = charges[0]
    state = running.replay(asset, [], [(first.period, max(0, cents(first.amount) - lost))], {})
    rest = list(onward(asset, state, first.period + 1, [], {}))
    assert all(one.amount >= 0 for one in rest)
    assert not rest or rest[-1].book_value == asset.residual
