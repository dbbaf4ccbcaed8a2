"""Finding what a row points to."""

from __future__ import annotations

import pytest
from sqlalchemy.orm import Session

from logistics_desktop.ledger import records
from logistics_desktop.ledger.fields import Reference
from logistics_desktop.ledger.filters import Query
from logistics_desktop.ledger.references import Lookup, Node, suggest, tree
from logistics_desktop.ledger.rows import first_page
from logistics_desktop.ledgers import LEDGERS
from tests.db.ledger.conftest import Add

DEPARTMENTS, STAFF, SUPPLIERS = LEDGERS["departments"], LEDGERS["staff"], LEDGERS["suppliers"]


@pytest.fixture
def units(add: Add) -> dict[str, int]:
    head = add("departments", code="1", name="总公司")
    logistics = add("departments", code="12", name="后勤处", parent_id=head)
    money = add("departments", code="13", name="财务处", parent_id=head)
    first = add("departments", code="121", name="一科", parent_id=logistics)
    second = add("departments", code="131", name="一科", parent_id=money)
    return {"head": head, "logistics": logistics, "money": money, "first": first, "second": second}


def test_a_department_is_suggested_with_its_path_by_code_name_or_initials(
    session: Session, units: dict[str, int]
) -> None:
    wanted = Reference(units["logistics"], "总公司/后勤处")
    assert suggest(session, DEPARTMENTS, "后勤") == [wanted]
    assert suggest(session, DEPARTMENTS, "hqc") == [wanted]
    assert suggest(session, DEPARTMENTS, "12")[0] == wanted
    assert len(suggest(session, DEPARTMENTS, "")) == 5
    assert len(suggest(session, DEPARTMENTS, " ", limit=2)) == 2
    assert suggest(session, DEPARTMENTS, "%") == []


def test_the_likeliest_is_suggested_first(session: Session, add: Add) -> None:
    for code, name in (("R1", "王小伟"), ("R2", "小伟"), ("R3", "小伟明")):
        add("staff", code=code, name=name)
    assert [one.title for one in suggest(session, STAFF, "小伟")] == ["小伟", "小伟明", "王小伟"]


def test_a_tree_knows_its_parents(session: Session, units: dict[str, int], add: Add) -> None:
    nodes = tree(session, DEPARTMENTS)
    assert [node.code for node in nodes] == ["1", "12", "121", "13", "131"]
    assert nodes[2] == Node(units["first"], units["logistics"], "121", "一科")
    add("suppliers", code="G1", name="得力")
    assert [(node.parent_id, node.title) for node in tree(session, SUPPLIERS)] == [(None, "得力")]


def test_workbooks_may_call_a_department_many_ways(session: Session, units: dict[str, int]) -> None:
    known = Lookup(tree(session, DEPARTMENTS))
    for text in (
        "12",
        "后勤处",
        " 后勤处 ",
        "１２",
        "总公司/后勤处",
        "总公司 ／ 后勤处",
        "总公司\\后勤处",
        "12 后勤处",
    ):
        assert known.ids(text) == (units["logistics"],), text
    assert set(known.ids("一科")) == {units["first"], units["second"]}
    assert known.ids("财务处>一科") == (units["second"],)
    assert known.ids("保卫处") == known.ids("") == ()
    assert (known.path(units["second"]), known.code(units["second"])) == ("总公司/财务处/一科", "131")


def test_a_code_goes_before_a_name() -> None:
    known = Lookup([Node(1, None, "A", "B"), Node(2, None, "B", "C")])
    assert known.ids("b") == (2,)


def test_a_ring_in_the_data_does_not_hang_the_program() -> None:
    known = Lookup([Node(1, 2, "A", "x"), Node(2, 1, "B", "y"), Node(3, 99, "C", "z")])
    assert known.ids("y/x") == (1,)
    assert known.path(3) == "z"


def test_a_renamed_department_is_shown_renamed_at_once(session: Session, units: dict[str, int], add: Add) -> None:
    number = add("assets", code="ZC1", name="桌", department_id=units["first"])
    records.update(session, LEDGERS, DEPARTMENTS, units["first"], 1, {"name": "运行科"})
    shown = first_page(session, LEDGERS, LEDGERS["assets"], Query(), ["department_id"], 9)
    assert [(row.id, row.version, row.values[0].title) for row in shown] == [(number, 1, "运行科")]
