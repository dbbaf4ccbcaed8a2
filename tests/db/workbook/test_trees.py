"""Class tables and other trees on their way in: parents by code, by position, rings, orphans."""

from __future__ import annotations

import uuid

import pytest
import sqlalchemy as sa

from db.models.assets import Asset, AssetClass
from logistics_desktop.errors import UserError
from logistics_desktop.ledgers import LEDGERS
from logistics_desktop.workbook.apply import refusals
from logistics_desktop.workbook.planned import Options, Parents
from logistics_desktop.workbook.undo import undo
from tests.db.workbook.conftest import Importing, Rows, counts

HEADER = ("分类代码", "分类名称", "上级代码", "使用年限", "折旧方法", "净残值率")
TABLE: Rows = [
    HEADER,
    ("A0201", "计算机", "A02", 6, "直线法", 5),
    ("A02", "设备", None, None, None, None),
    ("A020101", "台式机", "A0201 计算机", 5, None, None),
]
GB = {"edition": "GB/T 14885-2022"}


def tree(importing: Importing) -> dict[str, str | None]:
    """The code of the class above each class, by code."""
    with importing.office.session() as session:
        above = sa.orm.aliased(AssetClass)
        found = sa.select(AssetClass.code, above.code).outerjoin(above, above.id == AssetClass.parent_id)
        return {row[0]: row[1] for row in session.execute(found)}


def bring(importing: Importing, rows: Rows, options: Options) -> uuid.UUID:
    batch = uuid.uuid4()
    importing.apply(importing.plan(importing.source(rows, "classes"), options, "classes"), batch)
    return batch


def test_rows_lie_in_rows_of_the_same_sheet_in_any_order(importing: Importing) -> None:
    batch = bring(importing, TABLE, Options(given=GB))
    assert tree(importing) == {"A02": None, "A0201": "A02", "A020101": "A0201"}
    with importing.office.session() as session:
        found = session.scalars(sa.select(AssetClass).where(AssetClass.code == "A0201")).one()
        assert (found.edition, found.life_months, float(found.residual_rate or 0)) == (GB["edition"], 72, 0.05)
    again = importing.plan(importing.source(TABLE, "classes"), Options(given=GB), "classes")
    assert counts(again) == {"unchanged": 3}
    with importing.office.session() as session:
        assert undo(session, LEDGERS, batch).deleted == 3
    assert tree(importing) == {}


def test_a_second_edition_has_its_own_tree(importing: Importing) -> None:
    bring(importing, TABLE, Options(given={"edition": "2010"}))
    bring(importing, TABLE, Options(given=GB))
    with importing.office.session() as session:
        crossing = sa.orm.aliased(AssetClass)
        joined = sa.select(sa.func.count()).join_from(AssetClass, crossing, crossing.id == AssetClass.parent_id)
        assert session.scalar(joined.where(crossing.edition != AssetClass.edition)) == 0
        assert session.scalar(joined) == 4


@pytest.mark.parametrize(
    ("rows", "way"),
    [
        (
            [("分类代码", "分类名称"), ("A02000000", "设备"), ("A02010000", "计算机"), ("A02010100", "台式")],
            Parents.CODE,
        ),
        (
            [
                ("分类代码", "分类名称"),
                ("A02000000", "设备"),
                ("A02010000", "  计算机"),
                ("A02010100", "\u3000\u3000台式"),
            ],
            Parents.INDENT,
        ),
        (
            [
                ("分类代码", "一级分类", "二级分类", "三级分类", "使用年限"),
                ("A02000000", "设备", None, None, 5),
                ("A02010000", None, "计算机", None, 5),
                ("A02010100", None, None, "台式", 5),
            ],
            Parents.LEVELS,
        ),
    ],
)
def test_the_position_says_what_lies_in_what(importing: Importing, rows: Rows, way: Parents) -> None:
    bring(importing, rows, Options(given=GB, parents=way))
    assert tree(importing) == {"A02000000": None, "A02010000": "A02000000", "A02010100": "A02010000"}
    with importing.office.session() as session:
        assert set(session.scalars(sa.select(AssetClass.name))) == {"设备", "计算机", "台式"}


def test_a_ring_is_refused_by_name_and_nothing_is_stored(importing: Importing) -> None:
    rows = [HEADER[:3], ("A", "甲", "C"), ("B", "乙", "A"), ("C", "丙", "B"), ("D", "丁", "D"), ("E", "戊", "A")]
    plan = importing.plan(importing.source(rows, "classes"), Options(given=GB), "classes")
    said = refusals(LEDGERS, plan)
    assert "lie in each other: A > C > B > A" in said[2]
    assert "lie in each other: D > D" in said[5]
    assert said[6] == "It lies in row 2, which is refused."
    with pytest.raises(UserError):
        importing.apply(plan)
    assert tree(importing) == {}


def test_a_ring_through_what_is_stored_already_is_seen(importing: Importing) -> None:
    bring(importing, TABLE, Options(given=GB))
    rows = [HEADER[:3], ("A02", "设备", "A020101"), ("A020101", "台式机", "A02")]
    plan = importing.plan(importing.source(rows, "classes"), Options(given=GB), "classes")
    assert set(refusals(LEDGERS, plan)) == {2, 3}


def test_an_orphan_is_named_and_its_children_wait_with_it(importing: Importing) -> None:
    rows = [HEADER[:3], ("A1", "甲", "没有这个"), ("A2", "乙", "A1"), ("A3", "丙", None)]
    plan = importing.plan(importing.source(rows, "classes"), Options(given=GB), "classes")
    said = refusals(LEDGERS, plan)
    assert "没有这个" in said[2]
    assert "row 2" in said[3]
    importing.apply(plan, good_rows=True)
    assert tree(importing) == {"A3": None}


def test_a_name_that_stands_twice_asks_for_the_code(importing: Importing) -> None:
    rows = [HEADER[:3], ("A1", "其他", None), ("A2", "其他", None), ("A3", "丙", "其他")]
    plan = importing.plan(importing.source(rows, "classes"), Options(given=GB), "classes")
    assert "2, 3" in refusals(LEDGERS, plan)[4]


def test_levels_that_are_not_there_are_said(importing: Importing) -> None:
    plan = importing.plan(importing.source(TABLE, "classes"), Options(parents=Parents.LEVELS), "classes")
    assert any("no columns for levels" in str(one) for one in plan.warnings)


def test_departments_are_a_tree_as_well(importing: Importing) -> None:
    rows = [
        ("部门编码", "部门名称", "上级部门"),
        ("1", "总部", None),
        ("11", "行政部", "总部"),
        ("111", "总务科", "行政部"),
    ]
    importing.store(rows, "departments")
    with importing.office.session() as session:
        assert session.scalar(sa.text("SELECT count(*) FROM app.department WHERE parent_id IS NOT NULL")) == 2


def test_assets_without_a_number_come_in_and_wait(importing: Importing) -> None:
    rows = [("资产编号", "资产名称"), ("A1", "桌"), (None, "椅"), (None, "椅")]
    plan = importing.plan(importing.source(rows))
    assert counts(plan) == {"new": 3}
    assert any("2 rows have no Asset code" in str(one) for one in plan.warnings)
    importing.apply(plan)
    with importing.office.session() as session:
        assert session.scalar(sa.select(sa.func.count()).where(Asset.code.is_(None))) == 2
