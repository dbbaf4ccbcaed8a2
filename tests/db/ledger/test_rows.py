"""Lists of a ledger: order, filters, search, totals, pages."""

from __future__ import annotations

import random
from datetime import date
from decimal import Decimal

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from logistics_desktop.ledger import first, rows
from logistics_desktop.ledger.filters import Between, Blank, Contains, Filter, OneOf, Query, Sort, Within
from logistics_desktop.ledger.search import condition
from logistics_desktop.ledgers import LEDGERS
from tests.db.ledger.conftest import Add

ASSETS = LEDGERS["assets"]
NAMES = ["办公桌", "办公椅", "激光打印机", "重庆长城计算机", "ＣＡＤ绘图仪", "龘字碑", "50%折扣样机", "a_b机"]


@pytest.fixture
def office(add: Add) -> dict[str, int]:
    """Three departments in a tree, two people, 40 assets."""
    head = add("departments", code="1", name="总务处")
    below = add("departments", code="11", name="后勤科", parent_id=head)
    other = add("departments", code="2", name="财务处")
    keeper = add("staff", code="R1", name="张伟", department_id=below)
    add("staff", code="R2", name="李娜")
    dice = random.Random(3)
    for number in range(40):
        add(
            "assets",
            code=f"ZC-{number:03}",
            name=NAMES[number % len(NAMES)],
            department_id=(below, head, other, None)[number % 4],
            keeper_id=keeper if number % 10 == 0 else None,
            quantity=Decimal(2),
            original_value=Decimal(dice.randint(1, 9)) * 100 if number % 5 else None,
            in_service_on=date(2020, 1, 1 + number % 28),
            status=ASSETS.by_key["status"].stored.type.python_type("idle" if number % 3 else "in_use"),
        )
    return {"head": head, "below": below, "other": other, "keeper": keeper}


def _codes(session: Session, query: Query) -> list[str]:
    return [row.values[0] for row in rows.first_page(session, LEDGERS, ASSETS, query, ["code"], 1_000)]


SORTS = [
    (),
    (Sort("name"),),
    (Sort("name", True),),
    (Sort("original_value"),),
    (Sort("original_value", True),),
    (Sort("department_id"),),
    (Sort("department_id", True), Sort("original_value", True)),
    (Sort("status"), Sort("name", True)),
    (Sort("maker", True),),
]


@pytest.mark.usefixtures("office")
@pytest.mark.parametrize("sorts", SORTS)
@pytest.mark.parametrize(
    ("search", "filters", "count"), [("", (), 40), ("办公", (), 10), ("办公", (OneOf("status", ("in_use",)),), 4)]
)
def test_first_page_jumps_and_export_agree_on_the_order(
    session: Session,
    sorts: tuple[Sort, ...],
    search: str,
    filters: tuple[Filter, ...],
    count: int,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    query = Query(filters, search, sorts)
    ids = list(rows.sorted_ids(session, LEDGERS, ASSETS, query))
    assert len(ids) == count
    exported = [row.id for part in rows.all_rows(session, LEDGERS, ASSETS, query, ["name"], 7) for row in part]
    assert exported == ids
    assert [row.id for row in rows.page(session, LEDGERS, ASSETS, ids[3:9], ["name"])] == ids[3:9]
    for near, few, far in ((2, 99, 0), (2, 3, 99), (2, 3, 4)):  # gathered, walked, sorted, as where there are many rows
        monkeypatch.setattr(first, "NEAR", near)
        monkeypatch.setattr(first, "FEW", few)
        monkeypatch.setattr(first, "FAR", far)
        for limit in (5, 100):
            shown = rows.first_page(session, LEDGERS, ASSETS, query, ["name"], limit)
            assert [row.id for row in shown] == ids[:limit]


@pytest.mark.usefixtures("office")
@pytest.mark.parametrize("descending", [False, True])
@pytest.mark.parametrize("key", ["original_value", "department_id"])
def test_empty_values_come_last_either_way(session: Session, key: str, descending: bool) -> None:
    query = Query(sorts=(Sort(key, descending),))
    values = [row.values[0] for row in rows.first_page(session, LEDGERS, ASSETS, query, [key], 40)]
    filled = [value.title if key == "department_id" else value for value in values if value is not None]
    assert filled == sorted(filled, reverse=descending)
    assert values[len(filled) :] == [None] * (40 - len(filled))


def _expected(office: dict[str, int]) -> list[tuple[Filter, set[int]]]:
    everything = range(40)
    return [
        (Contains("name", "办公"), {n for n in everything if n % 8 < 2}),
        (Contains("name", "cad"), {n for n in everything if n % 8 == 4}),
        (Contains("name", "0%"), {n for n in everything if n % 8 == 6}),
        (Contains("name", "_"), {n for n in everything if n % 8 == 7}),
        (Contains("department_id", "后勤"), {n for n in everything if n % 4 == 0}),
        (Between("in_service_on", date(2020, 1, 3), date(2020, 1, 5)), {2, 3, 4, 30, 31, 32}),
        (Between("in_service_on", date(2020, 1, 27), None), {26, 27}),
        (Between("in_service_on"), set(everything)),
        (OneOf("status", ("in_use",)), {n for n in everything if n % 3 == 0}),
        (OneOf("status", ()), set()),
        (Within("department_id", (office["head"],)), {n for n in everything if n % 4 == 1}),
        (Within("department_id", (office["head"],), children=True), {n for n in everything if n % 4 < 2}),
        (Within("department_id", ()), set()),
        (Blank("original_value"), {n for n in everything if n % 5 == 0}),
        (Blank("keeper_id", empty=False), {n for n in everything if n % 10 == 0}),
    ]


def test_filters_choose_the_rows_they_name(session: Session, office: dict[str, int]) -> None:
    for one, numbers in _expected(office):
        assert _codes(session, Query((one,))) == [f"ZC-{number:03}" for number in sorted(numbers)], one


@pytest.mark.usefixtures("office")
@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("公", 10),
        ("公桌", 5),
        ("bgz", 5),
        ("zqccjsj", 5),
        ("cqccjsj", 5),
        ("cad", 5),
        ("ＣＡＤ", 5),
        ("C-03", 10),
        ("龘", 5),
        ("zhang", 0),
        ("张伟", 4),
        ("zw", 4),
        ("张伟 打印", 1),
        ("%", 5),
        ("_", 5),
        ("\\", 0),
        ("办公 桌", 5),
        ("桌 打印", 0),
        ("   ", 40),
        ("'; drop table asset --", 0),
    ],
)
def test_the_quick_search_finds_parts_initials_and_keepers(session: Session, typed: str, found: int) -> None:
    assert len(_codes(session, Query(search=typed))) == found


@pytest.mark.usefixtures("office")
def test_the_quick_search_is_answered_by_both_indexes(session: Session) -> None:
    before = _scans(session)
    session.execute(sa.text("SET LOCAL enable_seqscan = off"))
    assert len(session.scalars(sa.select(ASSETS.by_key["code"].stored).where(condition(ASSETS, "张伟"))).all()) == 4
    after = _scans(session)
    for index in ("ix_asset_grams", "ix_staff_grams", "ix_asset_keeper_id"):
        assert after[index] > before[index], index


def _scans(session: Session) -> dict[str, int]:
    """How often each index was used so far."""
    session.commit()
    session.execute(sa.text("SELECT pg_stat_force_next_flush()"))
    session.commit()
    return dict(session.execute(sa.text("SELECT indexrelname, idx_scan FROM pg_stat_user_indexes")).all())


def test_any_part_of_any_name_finds_it(session: Session, office: dict[str, int]) -> None:
    assert office
    for at, name in enumerate(NAMES):
        for start in range(len(name)):
            for end in range(start + 1, len(name) + 1):
                assert f"ZC-{at:03}" in _codes(session, Query(search=name[start:end])), name[start:end]


@pytest.mark.usefixtures("office")
def test_totals_count_and_add_up_exactly(session: Session) -> None:
    query = Query((Blank("original_value", empty=False),))
    shown = rows.first_page(session, LEDGERS, ASSETS, query, ["original_value"], 100)
    found = rows.totals(session, LEDGERS, ASSETS, query)
    assert found.count == len(shown) == 32
    assert found.sums["original_value"] == sum(row.values[0] for row in shown)
    assert found.sums["quantity"] == 64
    nothing = rows.totals(session, LEDGERS, ASSETS, Query(search="nothing has this"))
    assert (nothing.count, nothing.sums["original_value"]) == (0, Decimal(0))
    assert not rows.sorted_ids(session, LEDGERS, ASSETS, Query(search="nothing has this"))


def test_rows_show_titles_and_miss_what_was_deleted(session: Session, office: dict[str, int]) -> None:
    ids = rows.sorted_ids(session, LEDGERS, ASSETS, Query())
    keys = ["code", "department_id", "keeper_id", "original_value"]
    shown = rows.page(session, LEDGERS, ASSETS, [ids[1], 999_999, ids[0]], keys)
    assert [row.values[0] for row in shown] == ["ZC-001", "ZC-000"]
    assert shown[0].values[1] == rows.Reference(office["head"], "总务处")
    assert shown[0].values[2] is None
    assert shown[1].values[2] == rows.Reference(office["keeper"], "张伟")
    assert shown[1].version == 1
