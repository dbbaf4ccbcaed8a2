"""Numbers by the organisation's rule: readable, never twice, also when two PCs ask at once."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import date

import pytest
import sqlalchemy as sa
from hypothesis import given
from hypothesis import strategies as st

from db.models.assets import Asset
from logistics_desktop.context import Office
from logistics_desktop.errors import UserError
from logistics_desktop.features.assets.numbering import Facts, Pattern, Rule, read_rule, take, write_rule
from tests.db.assets.conftest import Add

FACTS = Facts("A02", "10", date(2026, 3, 9))


@pytest.mark.parametrize(
    ("rule", "number"),
    [
        ("{class}-{year}-{serial:4}", "A02-2026-0007"),
        ("ZC{year:2}{month}{serial:3}", "ZC2603007"),
        ("{department}/{serial}", "10/0007"),
        ("{serial:1}号", "7号"),
    ],
)
def test_a_rule_makes_numbers(rule: str, number: str) -> None:
    assert Rule.parse(rule).pattern(FACTS).number(7) == number


@pytest.mark.parametrize(
    "rule",
    [
        "",
        "ZC",
        "{year}",
        "{serial}{serial}",
        "{room}{serial}",
        "{serial:x}",
        "{serial:99}",
        "{class:3}{serial}",
        "{serial",
        "a b{serial}",
        "x" * 61 + "{serial}",
    ],
)
def test_a_rule_that_makes_no_numbers_is_refused(rule: str) -> None:
    with pytest.raises(UserError):
        Rule.parse(rule)


@given(serials=st.sets(st.integers(1, 10**12), min_size=2), width=st.integers(1, 10))
def test_different_serials_are_different_numbers(serials: set[int], width: int) -> None:
    pattern = Pattern("A-", "-Z", width)
    assert len({pattern.number(serial) for serial in serials}) == len(serials)


def test_the_rule_is_the_organisations(office: Office) -> None:
    with office.session() as session:
        write_rule(session, " {year}-{serial:5} ")
    with office.session() as session:
        assert read_rule(session).text == "{year}-{serial:5}"
        with pytest.raises(UserError):
            write_rule(session, "{year}")


def test_numbers_go_on_behind_those_that_are_there(office: Office, add: Add) -> None:
    add("assets", code="ZC0041", name="桌")
    add("assets", code="ZC-x", name="桌")
    with office.session() as session:
        assert take(session, [Pattern("ZC", "", 4)] * 2) == ["ZC0042", "ZC0043"]
    add("assets", code="ZC0045", name="桌")
    with office.session() as session:
        assert take(session, [Pattern("ZC", "", 4)] * 2) == ["ZC0044", "ZC0046"]


def test_who_gives_up_gives_the_numbers_back(office: Office) -> None:
    with office.session() as session:
        take(session, [Pattern("A", "", 1)] * 5)
        session.rollback()
    with office.session() as session:
        assert take(session, [Pattern("A", "", 1)]) == ["A1"]


def test_two_pcs_at_once_never_get_the_same(office: Office) -> None:
    both = [Pattern("A", "", 3), Pattern("B", "", 3)]
    ready = threading.Barrier(4)

    def pc(at: int) -> list[str]:
        ready.wait()
        got = []
        for _ in range(10):
            with office.session() as session:
                codes = take(session, both if at % 2 else both[::-1])
                session.execute(sa.insert(Asset), [{"code": code, "name": "桌"} for code in codes])
                got += codes
        return got

    with ThreadPoolExecutor(4) as pcs:
        codes = [code for codes in pcs.map(pc, range(4)) for code in codes]
    assert sorted(codes) == sorted(f"{letter}{n:03}" for letter in "AB" for n in range(1, 41))


def test_the_second_waits_for_the_first(office: Office) -> None:
    """Real connections: the second asks while the first still holds the counter."""
    pattern = [Pattern("A", "", 1)]
    with ThreadPoolExecutor(1) as other:
        with office.session() as first:
            assert take(first, pattern) == ["A1"]

            def second() -> list[str]:
                with office.session() as session:
                    return take(session, pattern)

            waiting = other.submit(second)
            with office.engine.connect() as watcher:
                locked = sa.text(
                    "SELECT count(*) FROM pg_stat_activity"
                    " WHERE wait_event_type = 'Lock' AND datname = current_database()"
                )
                while not watcher.scalar(locked):
                    watcher.rollback()
            assert not waiting.done()
        assert waiting.result() == ["A2"]
