"""Rows in groups with counts and sums, and the colours that rules give to rows."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from logistics_desktop.errors import UserError
from logistics_desktop.ledger import colours, groups, rows
from logistics_desktop.ledger.colours import Over, Rule
from logistics_desktop.ledger.filters import Between, Blank, Contains, OneOf, Query, Sort
from logistics_desktop.ledgers import LEDGERS
from logistics_desktop.ready_rules import READY
from tests.db.ledger.conftest import Add

ASSETS = LEDGERS["assets"]
TODAY = date(2025, 2, 28)


@pytest.fixture
def ids(add: Add) -> dict[str, int]:
    """Six assets of two departments and of none, bought in two years."""
    first, second = add("departments", code="1", name="甲"), add("departments", code="2", name="乙")
    made = {}
    for code, department, value, status, day in (
        ("A", first, "10.50", "in_use", date(2023, 5, 1)),
        ("B", second, "2", "idle", date(2024, 1, 1)),
        ("C", None, None, "in_use", None),
        ("D", first, "4", "idle", date(2024, 12, 31)),
        ("E", second, "1", "in_use", date(2023, 1, 1)),
        ("F", first, None, "in_use", date(2023, 5, 2)),
    ):
        made[code] = add(
            "assets",
            code=code,
            name="x",
            department_id=department,
            original_value=Decimal(value) if value else None,
            status=ASSETS.by_key["status"].stored.type.python_type(status),
            in_service_on=day,
        )
    return made


def told(session: Session, query: Query, *by: str) -> list[tuple[Any, ...]]:
    found = groups.groups(session, LEDGERS, ASSETS, query, by)
    fields = [ASSETS.by_key[key] for key in by]
    return [
        (
            *(groups.title_of(f, v) for f, v in zip(fields, one.values, strict=True)),
            one.count,
            one.sums["original_value"],
        )
        for one in found
    ]


def test_groups_have_their_count_and_sums_with_the_empty_one_last(session: Session, ids: dict[str, int]) -> None:
    assert told(session, Query(), "department_id") == [
        ("乙", 2, Decimal(3)),
        ("甲", 3, Decimal("14.50")),
        ("(empty)", 1, Decimal(0)),
    ]
    down = Query(sorts=(Sort("code"), Sort("department_id", descending=True)))
    assert [line[0] for line in told(session, down, "department_id")] == ["甲", "乙", "(empty)"]


def test_two_levels_and_days_by_their_year(session: Session, ids: dict[str, int]) -> None:
    assert told(session, Query((Blank("department_id", empty=False),)), "in_service_on", "status") == [
        ("2023", "In use", 3, Decimal("11.50")),
        ("2024", "Idle", 2, Decimal(6)),
    ]


@pytest.mark.parametrize("by", [("department_id",), ("in_service_on",), ("status", "department_id"), ("code",)])
def test_the_rows_of_all_groups_one_after_the_other_are_the_list_in_group_order(
    session: Session, ids: dict[str, int], by: tuple[str, ...]
) -> None:
    query = Query(sorts=(Sort("original_value", descending=True), Sort(by[0], descending=True)))
    found = groups.groups(session, LEDGERS, ASSETS, query, by)
    parts = groups.ids_in(session, LEDGERS, ASSETS, query, by, None)
    assert [len(parts[one.path]) for one in found] == [one.count for one in found]
    listed = [number for one in found for number in parts[one.path]]
    assert sorted(listed) == sorted(ids.values())
    if by != ("in_service_on",):  # within a year the list goes by value, not by day
        assert listed == list(rows.sorted_ids(session, LEDGERS, ASSETS, groups.in_group_order(query, by)))
    for one in found:
        assert groups.ids_in(session, LEDGERS, ASSETS, query, by, [one.path]) == {one.path: parts[one.path]}


def test_no_group_asked_for_gives_none(session: Session, ids: dict[str, int]) -> None:
    assert groups.ids_in(session, LEDGERS, ASSETS, Query(), ("status",), []) == {}


def test_too_many_groups_are_refused(session: Session, monkeypatch: pytest.MonkeyPatch, ids: dict[str, int]) -> None:
    monkeypatch.setattr(groups, "MOST", 5)
    with pytest.raises(UserError, match="more than 5 groups"):
        groups.groups(session, LEDGERS, ASSETS, Query(), ("code",))


def test_a_row_is_marked_by_the_first_rule_that_it_meets(session: Session, ids: dict[str, int]) -> None:
    rules = (
        Rule("dear", "red", Between("original_value", Decimal(4), None)),
        Rule("idle", "blue", OneOf("status", ("idle",))),
        Rule("by code", "grey", Contains("code", "c")),
    )
    marked = colours.marks(session, LEDGERS, ASSETS, rules, list(ids.values()), TODAY)
    assert {code: marked.get(number) for code, number in ids.items()} == {
        "A": 0,
        "B": 1,
        "C": 2,
        "D": 0,
        "E": None,
        "F": None,
    }


@pytest.mark.parametrize(
    ("day", "months", "over"),
    [
        (date(2020, 2, 29), 60, False),  # ends on the last day of the month: today
        (date(2020, 2, 27), 60, True),
        (date(2020, 3, 1), 60, False),
        (date(2025, 2, 27), None, False),
        (None, 60, False),
    ],
)
def test_a_life_is_over_on_the_day_after_its_last(
    session: Session, add: Add, day: date | None, months: int | None, over: bool
) -> None:
    number = add("assets", code="A", name="x", in_service_on=day, life_months=months)
    rule = Rule("life", "red", Over("in_service_on", "life_months"))
    assert (number in colours.marks(session, LEDGERS, ASSETS, (rule,), [number], TODAY)) is over


def test_a_warranty_lasts_through_its_last_day(session: Session, add: Add) -> None:
    rule = Rule("warranty", "red", Over("warranty_until"))
    last, before = (add("assets", code=c, name="x", warranty_until=date(2025, 2, d)) for c, d in (("A", 28), ("B", 27)))
    assert colours.marks(session, LEDGERS, ASSETS, (rule,), [last, before], TODAY) == {before: 0}


@pytest.mark.parametrize("key", list(READY))
def test_the_rules_that_come_along_work_and_are_kept_with_a_view(session: Session, key: str) -> None:
    entity = LEDGERS[key]
    session.execute(sa.select(colours.first_met(LEDGERS, entity, READY[key], TODAY)))
    assert colours.rules_from_json(entity, colours.rules_to_json(READY[key])) == READY[key]


@pytest.mark.parametrize(
    "data",
    [
        None,
        7,
        [3, {"label": "", "colour": "red", "if": {"blank": "code", "empty": True}}],
        [{"label": "a", "colour": "pink", "if": {"blank": "code", "empty": True}}],
        [{"label": "a", "colour": "red", "if": {"over": "code", "months": ""}}],
        [{"label": "a", "colour": "red", "if": {"over": "in_service_on", "months": "name"}}],
        [{"label": "a", "colour": "red", "if": {"blank": "gone", "empty": True}}],
        [{"label": "a", "colour": "red", "if": "always"}],
    ],
)
def test_rules_that_somebody_spoilt_are_left_out(data: object) -> None:
    assert colours.rules_from_json(ASSETS, data) == ()
