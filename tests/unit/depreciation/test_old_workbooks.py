"""Finance's own workbooks are read: lists of a month in many forms, and schedules of one asset."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from logistics_desktop.errors import UserError
from logistics_desktop.features.depreciation.differences import Cause, Figures
from logistics_desktop.features.depreciation.old_schedules import check_schedule, read_schedules
from logistics_desktop.features.depreciation.old_workbook import read_list
from logistics_desktop.features.depreciation.standards import Method, Standard
from tests.workbooks import book

_REAL = Path("shared") / "real" / "固定资产.xlsx"
Rows = list[list[object]]
REAL = next((up / _REAL for up in Path(__file__).parents if (up / _REAL).exists()), None)


def test_a_list_with_title_header_of_two_rows_and_totals(tmp_path: Path) -> None:
    path = book(
        tmp_path / "折旧.xlsx",
        {
            "5月 ": [
                ["固定资产折旧明细表"],
                ["2024年5月31日", None, None, "单位:万元"],
                ["资产编码", "资产名称", "原值", "折旧信息", None, None, "残值率(%)", "折旧年限(年)", "折旧方法"],
                [None, None, None, "本月折旧", "累计折旧", "净值", None, None, None],
                ["A-1", "办公楼", 100, 0.2083, 10, 90, 5, 40, "直线法"],
                ["A-2", "电脑", 0.6, "0.0095", "0.3", "¥0.3", 5, "5年", "双倍余额递减法"],
                ["A-3", "空调", 0.5, "#", 0, 0.5, 5, 5, "不提折旧"],
                ["合计", None, 101.1, 0.2178, 10.3, 90.8],
            ]
        },
        merges=("D3:F3", "A3:A4", "B3:B4", "C3:C4", "G3:G4", "H3:H4", "I3:I4"),
    )
    found = read_list(path)
    assert (found.sheet.strip(), found.header_row, [one.row for one in found.rows]) == ("5月", 4, [5, 6, 7])
    house, computer, broken = found.rows
    assert house.figures == Figures(Decimal(1_000_000), Decimal(2_083), Decimal(100_000), Decimal(900_000))
    assert house.stated == {
        "life_months": 480,
        "method": Method.STRAIGHT_LINE,
        "residual_rate": Decimal("0.05"),
    }
    assert (computer.figures.amount, computer.stated["life_months"]) == (Decimal(95), 60)
    assert broken.unreadable
    assert broken.figures.amount is None


def test_a_list_without_numbers_or_without_figures_is_refused(tmp_path: Path) -> None:
    rows: Rows = [["资产名称", "原值", "本月折旧"], ["电脑", 100, 1], ["空调", 100, 1]]
    with pytest.raises(UserError, match="no column with the numbers"):
        read_list(book(tmp_path / "a.xlsx", {"表": rows}))
    rows = [["资产编号", "资产名称", "原值"], ["1", "电脑", 100], ["2", "空调", 100]]
    with pytest.raises(UserError, match="none of the figures"):
        read_list(book(tmp_path / "b.xlsx", {"表": rows}))
    with pytest.raises(UserError, match="No list of assets"):
        read_list(book(tmp_path / "c.xlsx", {"表": [["菜名", "价格"], ["鱼", 3]]}))


def form(method: str, *years: list[object]) -> Rows:
    return [
        [None, f"{method}提计折旧表"],
        [None, "编号", 7, "固定资产名称", "铣床"],
        [None, "启用日期", date(2020, 12, 30), "使用年限", 5],
        [None, "资产原值", 100_000, "净残值率", 0.04, "净残值", 4_000],
        [None, "年份", "年折旧额", "年折旧率", "累计折旧额", "折余价值"],
        *[[None, *year] for year in years],
    ]


def test_a_schedule_is_checked_by_its_own_terms(tmp_path: Path) -> None:
    right: Rows = [
        [0, None, None, None, 100_000],
        [1, 32_000, 0.32, 32_000, 68_000],
        [2, 25_600, 0.256, 57_600, 42_400],
        [3, 19_200, 0.192, 76_800, 23_200],
        [4, 12_800, 0.128, 89_600, 10_400],
        [5, 6_400, 0.064, 96_000, 4_000],
    ]
    wrong: Rows = [[1, 40_000, 0.4, 40_000, 60_000], [2, 24_000, 0.4, 64_000, -4_000], [3, 14_400, 0.4, 78_400, 21_600]]
    wrong += [[4, 9_000, 0.4, 87_400, 12_600], [5, 8_600, 0.4, 96_000, 5_000]]
    path = book(
        tmp_path / "折旧.xlsx", {"年限总和法": form("年限总和法", *right), "双倍": form("双倍余额递减法", *wrong)}
    )
    good, bad = read_schedules(path, Standard.ENTERPRISE)
    assert good.terms is not None
    assert (good.code, good.name, good.terms.method) == ("7", "铣床", Method.SUM_OF_YEARS)
    assert (good.terms.cost, good.terms.residual, good.terms.months) == (Decimal(100_000), Decimal(4_000), 60)
    assert [line.guess for line in check_schedule(good)] == [None] * 5
    causes = [line.guess.cause if line.guess else None for line in check_schedule(bad)]
    assert causes == [None, Cause.BELOW_ZERO, None, Cause.FORMULA, Cause.NOT_ADDING]


def test_a_schedule_without_terms_is_not_checked(tmp_path: Path) -> None:
    rows: Rows = [["年份", "年折旧额", "累计折旧额", "折余价值"], [1, 5, 5, 95], [2, 5, 10, 90]]
    (found,) = read_schedules(book(tmp_path / "a.xlsx", {"表": rows}), Standard.ENTERPRISE)
    assert found.terms is None
    assert check_schedule(found) == []


@pytest.mark.skipif(REAL is None, reason="the real workbook is not on this machine")
def test_the_real_workbook() -> None:
    """42 assets; its two accelerated sheets and the book values of the third fall below zero."""
    assert REAL is not None
    listed = read_list(REAL)
    assert (listed.sheet, listed.header_row, len(listed.rows)) == ("固定资产查询", 3, 42)
    assert listed.rows[0].figures.charged == 221
    assert sum(one.figures.cost or 0 for one in listed.rows) == 7_402_650
    found = {one.sheet: check_schedule(one) for one in read_schedules(REAL, Standard.ENTERPRISE)}
    assert list(found) == ["年限总和法提计折旧表", "双倍余额递减法", "直线法提计折旧表"]
    for name, from_year in (("年限总和法提计折旧表", 8), ("双倍余额递减法", 4)):
        below = [line.year for line in found[name] if line.guess and line.guess.cause is Cause.BELOW_ZERO]
        assert below == list(range(from_year, 11))
        assert found[name][0].guess is None, "the first year is right"
    straight = found["直线法提计折旧表"]
    assert all("year_amount" not in {one.field for one in line.differences} for line in straight[:14])
    assert all("accumulated" not in {one.field for one in line.differences} for line in straight)
