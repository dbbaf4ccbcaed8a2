"""What stands in real sheets and means more, or something else, than its letters say."""

from __future__ import annotations

import pytest

from logistics_desktop.ledgers import LEDGERS
from logistics_desktop.workbook.planned import Options
from logistics_desktop.workbook.undo import undo
from tests.db.workbook.conftest import Importing, counts

DEPARTMENTS = (
    ("部门编码", "部门名称", "上级部门"),
    ("0202", "后勤科", "行政部"),
    ("020201", "车队", "行政部/后勤科"),
    ("01", "总公司", None),
    ("02", "行政部", None),
    ("0203", "食堂", "02"),
)


def columns(importing: Importing, *keys: str) -> list[tuple[object, ...]]:
    return list(zip(*(importing.column("assets", key) for key in keys), strict=True))


def test_a_tree_comes_in_whole_whatever_the_order_of_its_rows(importing: Importing) -> None:
    applied = importing.store(DEPARTMENTS, "departments")
    assert (applied.new, applied.created) == (5, {})
    assert importing.tree("departments") == {
        "总公司": None,
        "行政部": None,
        "后勤科": "行政部",
        "食堂": "行政部",
        "车队": "后勤科",
    }
    assert counts(importing.plan(importing.source(DEPARTMENTS, "departments"), ledger="departments")) == {
        "unchanged": 5
    }


def test_a_tree_without_codes_comes_in_whole(importing: Importing) -> None:
    importing.store([row[1:] for row in DEPARTMENTS[:5]], "departments")
    assert importing.tree("departments")["车队"] == "后勤科"


def test_a_record_that_is_there_is_put_below_a_new_row(importing: Importing) -> None:
    importing.add("departments", code="0202", name="后勤科")
    assert importing.store(DEPARTMENTS, "departments").changed == 1
    assert importing.tree("departments")["后勤科"] == "行政部"


def test_an_imported_tree_can_be_undone(importing: Importing) -> None:
    batch = importing.store(DEPARTMENTS, "departments").batch
    with importing.office.session() as session:
        assert undo(session, LEDGERS, batch).deleted == 5
    assert importing.tree("departments") == {}


def test_of_several_people_in_a_cell_the_first_keeps_and_the_others_share(importing: Importing) -> None:
    keepers = ("张三、李四", "张三，李四,王五", "张 三", "Smith, John", "王五/赵六", "张三 李四")
    rows = [("资产编号", "资产名称", "保管人"), *((str(n), "车", one) for n, one in enumerate(keepers))]
    importing.store(rows)
    names = dict(zip(importing.ids("staff"), importing.column("staff", "name"), strict=True))
    kept = [(names[keeper], users) for keeper, users in columns(importing, "keeper_id", "users")]  # type: ignore[index]
    assert kept == [
        ("张三", "李四"),
        ("张三", "李四、王五"),
        ("张三", None),
        ("Smith, John", None),
        ("王五", "赵六"),
        ("张三", "李四"),
    ]
    assert counts(importing.plan(importing.source(rows))) == {"unchanged": 6}


def test_a_record_whose_name_looks_like_several_is_one(importing: Importing) -> None:
    driver = importing.add("staff", code="1", name="外协/司机")
    importing.store([("资产编号", "资产名称", "保管人"), ("1", "车", "外协/司机")])
    assert columns(importing, "keeper_id", "users") == [(driver, None)]


def test_more_sharers_than_fit_are_refused_with_the_limit(importing: Importing) -> None:
    keepers = "、".join(f"姓名{n}号" for n in range(60))
    plan = importing.plan(importing.source([("资产编号", "资产名称", "保管人"), ("1", "车", keepers)]))
    (error,) = plan.errors
    assert (error.key, "the limit is 200" in str(error.problem)) == ("users", True)


def test_further_keepers_join_those_who_share_already(importing: Importing) -> None:
    importing.store([("资产编号", "资产名称", "保管人", "共同使用人"), ("1", "车", "张三、李四", "李四、王五")])
    assert importing.column("assets", "users") == ["李四、王五"]


@pytest.mark.parametrize("name", ["7000000 家具用具", "7000000-家具用具", "7000000|家具用具", "家具用具（7000000）"])
def test_a_code_with_a_name_means_one_record_the_first_time_and_the_second(importing: Importing, name: str) -> None:
    rows = [("资产编号", "资产名称", "资产分类"), ("1", "桌", name)]
    importing.store(rows)
    assert importing.column("classes", "code") == ["7000000"]
    assert importing.column("classes", "name") == ["家具用具"]
    assert counts(importing.plan(importing.source(rows))) == {"unchanged": 1}


@pytest.mark.parametrize(
    ("header", "name"),
    [
        ("使用部门", "部" * 201),
        ("使用部门", "甲/" + "部" * 201),
        ("资产分类", f"{'1' * 65} 家具"),
        ("保管人", "李" * 201),
    ],
)
def test_a_name_that_no_record_can_have_is_refused_in_its_cell(importing: Importing, header: str, name: str) -> None:
    rows = [("资产编号", "资产名称", header), ("1", "桌", name), ("2", "椅", None)]
    plan = importing.plan(importing.source(rows), Options(create_missing=True))
    (error,) = plan.errors
    assert (error.row, error.column and error.column.header) == (2, header)
    assert "the limit is" in str(error.problem)
    assert importing.apply(plan, good_rows=True).new == 1


def test_a_code_that_another_name_has_is_not_taken_for_it(importing: Importing) -> None:
    importing.add("locations", code="3", name="三号楼")
    rows = [("资产编号", "资产名称", "存放地点"), ("1", "桌", "3-会议室")]
    importing.store(rows)
    assert importing.column("locations", "name") == ["三号楼", "3-会议室"]
    assert counts(importing.plan(importing.source(rows))) == {"unchanged": 1}


def test_ditto_marks_mean_the_cell_above_also_across_a_subtotal(importing: Importing) -> None:
    rows = [
        ("资产编号", "资产名称", "使用部门", "购置日期", "原值"),
        ("1", "桌", "办公室", "2019-1-1", 1),
        ("2", "同上", "〃", "同 上", 1),
        (None, "小计", None, None, 2),
        ("3", '"', "″", "同上", 1),
    ]
    importing.store(rows)
    assert importing.column("assets", "name") == ["桌"] * 3
    assert len(set(importing.column("assets", "purchased_on"))) == 1
    assert importing.column("departments", "name") == ["办公室"]


def test_a_column_for_codes_that_nobody_filled_is_as_good_as_none(importing: Importing) -> None:
    importing.store([("部门编码", "部门名称", "电话"), (None, "一部", 1), (None, "二部", 2)], "departments")
    assert importing.column("departments", "code") == ["BM0001", "BM0002"]


def test_clearing_empty_cells_leaves_fields_that_the_sheet_has_no_column_for(importing: Importing) -> None:
    importing.store([("资产编号", "资产名称", "共同使用人"), ("1", "桌", "赵六"), ("2", "椅", None)])
    rows = [("资产编号", "资产名称", "保管人"), ("1", "桌", "张三"), ("2", "椅", "张三、李四")]
    importing.apply(
        importing.plan(importing.source(rows), Options(clear=frozenset({"users", "keeper_id"}), create_missing=True))
    )
    assert importing.column("assets", "users") == ["赵六", "李四"]
