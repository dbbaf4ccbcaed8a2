"""The short ways through a run come to the same as the long ones, for any asset."""

from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from db.models.assets import Method, Standard
from logistics_desktop.features.depreciation import running
from logistics_desktop.features.depreciation.cents import money
from logistics_desktop.features.depreciation.charging import Before, Posted, charges, straight
from logistics_desktop.features.depreciation.classes import Classes, Said
from logistics_desktop.features.depreciation.inherited import Card, Effective, Rulebook, effective, origins
from logistics_desktop.features.depreciation.months import Month
from logistics_desktop.features.depreciation.posting import line
from logistics_desktop.features.depreciation.running import Plan, State
from logistics_desktop.features.depreciation.swift import amounts, unchanged
from logistics_desktop.features.depreciation.terms import Terms

FIRST = Month(2026, 1).index
MAYBE_LIFE = st.none() | st.integers(1, 40)
MAYBE_RATE = st.none() | st.integers(0, 1_000_000)
MAYBE_MONEY = st.none() | st.integers(0, 10_000)
METHODS = st.none() | st.sampled_from([*Method, Method.STRAIGHT_LINE, Method.STRAIGHT_LINE])
SAID = st.builds(Said, METHODS, MAYBE_LIFE, MAYBE_RATE)
CLASSES = st.builds(
    lambda general, in_book: Classes({1: None, 2: 1}, general, in_book),
    *[st.dictionaries(st.sampled_from((1, 2)), SAID)] * 2,
)
SERVICE = st.none() | st.integers(FIRST - 50, FIRST)
DISPOSED = st.none() | st.integers(FIRST - 1, FIRST + 3)
COST = st.none() | st.integers(100, 100_000)
CARDS = st.builds(
    Card,
    st.just(7),
    st.sampled_from((None, 1, 2)),
    st.none() | st.just(3),
    st.booleans(),
    SERVICE,
    DISPOSED,
    *(COST, METHODS, MAYBE_LIFE, MAYBE_MONEY, MAYBE_RATE),
    *(MAYBE_MONEY, METHODS, MAYBE_LIFE, MAYBE_MONEY, MAYBE_RATE),
)
BOOKS = st.builds(Rulebook, st.just(1), st.sampled_from(Standard), st.just(FIRST - 60))


@st.composite
def lives(draw: st.DrawFn) -> tuple[Rulebook, Classes, Card, Before]:
    """An asset on its way, by the terms that hold or by others, as charged from the beginning or by a later plan."""
    book, classes, card = draw(BOOKS), draw(CLASSES), draw(CARDS)
    terms = effective(book, classes, card)
    if not isinstance(terms, Effective) or draw(st.integers(0, 4)) == 0 or terms.total_units or terms.life is None:
        terms = Effective(Method.STRAIGHT_LINE, 5_000, 250, 24, None)
    terms = terms._replace(residual=min(terms.residual, terms.cost))
    assert terms.life is not None
    since = draw(st.integers(0, terms.life - 1))
    charged = draw(st.integers(0, terms.cost - terms.residual)) if since else 0
    plan = Plan(terms.method, terms.cost, terms.residual, terms.cost - charged, terms.life - since, since, charged)
    state = State(plan, since, charged)
    for _month in range(draw(st.integers(0, 30))):
        _amount, state = running.charge(state)
    return book, classes, card, Before(FIRST - 1, draw(st.booleans()), terms, state)


def rows(card: Card, before: Before) -> tuple[tuple[Any, ...], tuple[Any, ...]]:
    """The two as they are read from the database."""
    plan, terms = before.state.plan, before.terms
    plain = plan.since_months == 0 and plan.value == plan.cost
    read = [value.value if isinstance(value, Method) else value for value in card]
    return tuple(read), (
        *(card.id, before.gone, terms.method.value, terms.cost, terms.residual, terms.life),
        *(before.state.months, before.state.accumulated, None),
        *((None, None, None) if plain else (plan.value, plan.since_months, plan.since_accumulated)),
        *(None, None),
    )


@given(lives())
def test_the_short_way_writes_what_the_long_way_writes(life: tuple[Rulebook, Classes, Card, Before]) -> None:
    book, classes, card, before = life
    quick = unchanged(book, classes, *rows(card, before), FIRST, FIRST + 4)
    slow = [one for one in charges(book, classes, card, before, FIRST, FIRST + 4) if isinstance(one, Posted)]
    if quick is not None:
        assert quick == [(one.month, one.amount, line(card, one)) for one in slow]
        assert amounts(rows(card, before)[1], 5) == [(one.amount, one.state.book_value) for one in slow]


def test_most_assets_go_the_short_way() -> None:
    card = Card(7, None, None, False, FIRST - 20, None, 10_000, Method.STRAIGHT_LINE, 60, None, 50_000)
    book, classes = Rulebook(1, Standard.ENTERPRISE, FIRST - 60), Classes({}, {}, {})
    terms = effective(book, classes, card)
    assert isinstance(terms, Effective)
    state = State(Plan(terms.method, terms.cost, terms.residual, terms.cost, 60), 0, 0)
    before = Before(FIRST - 1, False, terms, straight(state, 19))
    assert unchanged(book, classes, *rows(card, before), FIRST, FIRST) is not None


@given(st.integers(100, 10**9), st.integers(0, 100), st.integers(1, 200), st.integers(0, 250))
def test_many_months_in_one_step_are_the_months_one_by_one(cost: int, rate: int, life: int, months: int) -> None:
    residual = money(cost * rate // 100)
    begun_on = Month(2020, 1).first_day
    terms = Terms(Standard.ENTERPRISE, Method.STRAIGHT_LINE, money(cost), residual, life, begun_on)
    state = begun = running.begin(terms)
    for _month in range(months):
        _amount, state = running.charge(state)
    assert straight(begun, months) == state if months else straight(begun, 0) == begun


@given(BOOKS, CLASSES, CARDS)
def test_every_term_that_holds_has_an_origin(book: Rulebook, classes: Classes, card: Card) -> None:
    found = effective(book, classes, card)
    told = origins(book, classes, card)
    if isinstance(found, Effective):
        assert {key: term.value for key, term in told.items()} == {
            key: value for key, value in found._asdict().items() if value is not None
        }
