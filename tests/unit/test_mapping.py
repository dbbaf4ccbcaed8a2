"""Which field a header means."""

from __future__ import annotations

from logistics_desktop.features.assets.asset_ledger import ASSETS
from logistics_desktop.workbook.findings import Column
from logistics_desktop.workbook.headers import split_unit
from logistics_desktop.workbook.mapping import LEAVE_OUT, HeaderMap, map_headers


def columns(*headers: str) -> list[Column]:
    """Columns as the reader finds them; a header of two rows has a slash."""
    found = []
    for index, header in enumerate(headers):
        name, unit = split_unit(header)
        found.append(Column(index, chr(65 + index), name, unit, tuple(header.split("/"))))
    return found


def mapped(*headers: str, **chosen: dict[int, str]) -> HeaderMap:
    return map_headers(ASSETS, columns(*headers), {}, chosen.get("chosen", {}))


def test_headers_are_known_however_they_are_written() -> None:
    found = mapped("固定资产编号", "资 产 名 称", "原值（万元）", "使用年限(年)", "＊使用部门", "保管人:")
    assert list(found.fields.values()) == [
        "code",
        "name",
        "original_value",
        "life_months",
        "department_id",
        "keeper_id",
    ]


def test_headers_may_name_the_ledger_and_what_a_record_is_named_by() -> None:
    found = mapped("设备状态", "仪器设备原值(万元)", "使用部门编码", "使用部门.名称", "计量单位.名称", "资产供应商名称")
    assert found.fields == {0: "status", 1: "original_value", 3: "department_id", 4: "unit", 5: "supplier_id"}
    assert found.doubles == {2: "department_id"}


def test_our_own_headers_are_known_in_every_language() -> None:
    assert mapped("Asset code", "Life (months)").fields == {0: "code", 1: "life_months"}
    assert mapped("资产编号", "使用年限（月）").fields == {0: "code", 1: "life_months"}


def test_the_surest_of_several_headers_wins_and_the_others_are_listed() -> None:
    found = mapped("使用单位", "使用部门", "资产编号")
    assert found.fields == {1: "department_id", 2: "code"}
    assert found.doubles == {0: "department_id"}
    assert found.unmapped == []


def test_an_empty_column_loses_to_one_that_says_something() -> None:
    found = map_headers(ASSETS, columns("使用部门", "管理部门"), {}, {}, empty={0})
    assert found.fields == {1: "department_id"}


def test_what_means_nothing_is_listed_and_what_only_numbers_rows_is_not() -> None:
    found = mapped("序号", "资产编号", "已计提月份", "导入问题", "Import problems")
    assert [column.header for column in found.unmapped] == ["已计提月份"]
    assert found.quiet == {0, 3, 4}


def test_the_users_word_goes_before_everything() -> None:
    found = mapped("资产编号", "卡片编号", "备注", chosen={1: "code", 2: LEAVE_OUT})
    assert found.fields == {1: "code"}
    assert found.doubles == {0: "code"}
    assert found.unmapped == []


def test_what_a_user_once_said_about_a_header_is_remembered_in_its_normal_form() -> None:
    found = map_headers(ASSETS, columns("归口 科室"), {"归口科室": "department_id"}, {})
    assert found.fields == {0: "department_id"}


def test_a_remembered_field_that_is_no_more_is_no_answer() -> None:
    found = map_headers(ASSETS, columns("资产名称"), {"资产名称": "title"}, {})
    assert found.fields == {0: "name"}


def test_the_lower_row_of_a_header_tells_what_the_upper_row_groups() -> None:
    assert mapped("折旧信息/折旧方法", "资产名称/中文").fields == {0: "method", 1: "name"}
