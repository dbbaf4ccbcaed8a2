"""The table in a sheet is found whatever stands around it; what is no record is left with a reason."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from logistics_desktop.workbook.cells import Cells, Raw
from logistics_desktop.workbook.findings import SheetFinding, Verdict
from logistics_desktop.workbook.headers import normalise, split_unit
from logistics_desktop.workbook.raw_sheet import Merge, RawSheet
from logistics_desktop.workbook.table import find_tables
from tests.workbooks import ASSETS, HEADER, ROWS


def sheet(*rows: Sequence[Raw], **more: object) -> RawSheet:
    width = max(map(len, rows), default=0)
    return RawSheet("资产", [[*row, *[""] * (width - len(row))] for row in rows], **more)  # type: ignore[arg-type]


def found(*rows: Sequence[Raw], **more: object) -> SheetFinding:
    return find_tables([sheet(*rows, **more)], ASSETS)[0]


def headers(finding: SheetFinding) -> list[str]:
    return [column.header for column in finding.columns]


def test_titles_above_the_header_are_passed_over() -> None:
    finding = found(
        ["某某公司2019年固定资产台账"],
        ["编制单位：财务科", "", "", "", "", "金额单位：万元"],
        [],
        HEADER,
        *ROWS,
        merges=[Merge(0, 0, 0, 6)],
    )
    assert finding.verdict is Verdict.TAKEN
    assert (finding.header_rows, finding.row_numbers) == ((4,), [5, 6, 7])
    assert (finding.title, finding.year_hint, finding.money_unit) == ("某某公司2019年固定资产台账", 2019, "万元")


def test_blank_first_rows_and_columns_count() -> None:
    finding = find_tables([RawSheet("a", [HEADER, *ROWS], first_row=2, first_column=1)], ASSETS)[0]
    assert (finding.header_rows, finding.row_numbers[0]) == ((3,), 4)
    assert [column.letter for column in finding.columns[:2]] == ["B", "C"]
    assert [column.index for column in finding.columns[:2]] == [1, 2]


def test_things_to_sign_and_stamp_with_are_no_signatures() -> None:
    finding = found(
        ["序号", "资产名称", "规格型号", "数量"],
        [1, "签字笔", "黑", 10],
        [2, "盖章机", "", 1],
        [3, "负责人签字：牌", "", 1],
        ["领导签字", "", "", ""],
        ["经办人签字张三", "", "日期", ""],
    )
    assert finding.row_numbers == [2, 3, 4]


def test_a_header_of_two_merged_rows_is_one() -> None:
    finding = found(
        ["固定资产卡片"],
        ["资产编号", "资产名称", "", "折旧信息", "", "使用部门"],
        ["", "中文", "英文", "本月折旧", "累计折旧", ""],
        ["A1", "电脑", "computer", 10, 100, "办公室"],
        merges=[Merge(0, 0, 0, 5), Merge(1, 0, 2, 0), Merge(1, 1, 1, 2), Merge(1, 3, 1, 4), Merge(1, 5, 2, 5)],
    )
    expected = ["资产编号", "资产名称/中文", "资产名称/英文", "折旧信息/本月折旧", "折旧信息/累计折旧", "使用部门"]
    assert headers(finding) == expected
    assert finding.header_rows == (2, 3)
    assert [ASSETS.field_of(column.path) for column in finding.columns] == [
        "code",
        "name",
        "name",
        "monthly",
        "accumulated",
        "department",
    ]


def test_a_header_of_two_rows_without_merges_is_one() -> None:
    finding = found(
        ["资产编号", "资产名称", "期初", "", "入库", "", "备注"],
        ["", "", "数量", "金额", "数量", "金额", ""],
        ["A1", "纸", 1, 2, 3, 4, ""],
    )
    assert headers(finding) == ["资产编号", "资产名称", "期初/数量", "期初/金额", "入库/数量", "入库/金额", "备注"]


def test_the_first_row_of_words_is_no_second_header() -> None:
    finding = found(["资产编号", "资产名称", "规格型号"], ["甲一", "电脑", ""], ["乙二", "空调", "KF"])
    assert finding.header_rows == (1,)
    assert finding.row_numbers == [2, 3]


@pytest.mark.parametrize(
    ("text", "name", "unit"),
    [
        ("价格(万元)", "价格", "万元"),
        ("使用年限（年）", "使用年限", "年"),
        ("净残值率%", "净残值率", "%"),
        ("残值率（％）", "残值率", "%"),
        ("原值：元", "原值", "元"),
        ("面积/平方米", "面积", "平方米"),
        ("金额\n（元）", "金额", "元"),
        ("名称(中文)", "名称(中文)", None),
        ("单位", "单位", None),
    ],
)
def test_units_are_split_off_headers(text: str, name: str, unit: str | None) -> None:
    assert split_unit(text) == (name, unit)


@pytest.mark.parametrize("text", ["资产 编号", "*资产编号", "资产编号：", "资产编号（必填）", "资产\n编号"])
def test_headers_are_known_however_they_are_dressed(text: str) -> None:
    assert ASSETS.field_of((text,)) == "code"
    assert normalise("ＡＢ c") == "abc"


SKIPPED: list[tuple[list[Raw], str]] = [
    (["合计", "", "", "", "", 9200.5, 4], "total"),
    (["合 计", "", "", "", "", 9200.5, 4], "total"),
    (["", "小计", "", "", "", 100, 1], "total"),
    ([4, "总计：", "", "", "", 100, 1], "total"),
    (["办公室小计", "", "", "", "", 5000, 1], "total"),
    (["本页合计", "", "", "", "", 5000, 1], "total"),
    (["累计", "", "", "", "", 5000, 1], "total"),
    (["", "", "", "", "", 9200.5, 4], "only numbers"),
    (["制表人：张三", "", "审核：李四", "", "", "负责人：", ""], "signatures"),
    (["盘点人签字：", "", "", "", "", "", ""], "signatures"),
    (["注：本表一式两份", "", "", "", "", "", ""], "note"),
    (["", "", "第一车间", "", "", "", ""], "Only one cell"),
    (["", "", "", "", "", "", 1], "number and nothing else"),
    (["", " ", "　", "", "", "", ""], "blank"),
    ([*HEADER], "repeats"),
]


@pytest.mark.parametrize(("row", "words"), SKIPPED)
def test_rows_that_are_no_records_are_left_with_a_reason(row: list[Raw], words: str) -> None:
    finding = found(["台账"], HEADER, ROWS[0], row, ROWS[1], ROWS[2])
    assert finding.row_numbers == [3, 5, 6]
    (skipped,) = finding.skipped
    assert skipped.row == 4
    assert words in str(skipped.reason)


@pytest.mark.parametrize(
    "row",
    [
        ["A009", "", "", "", "", "", ""],
        ["", "累计流量计", "", "", "", 5, 1],
        ["", "", "X", "", "", 5, 1],
        ["A010", "设备合计器", "", "", "", 5, 1],
        ["A011", "备注打印机", "", "", "", 5, 1],
        ["A012", "日期章", "", "", "", 5, 1],
    ],
)
def test_poor_records_stay_records(row: list[Raw]) -> None:
    assert found(HEADER, ROWS[0], row, ROWS[1]).row_numbers == [2, 3, 4]


@pytest.mark.parametrize(
    "numbers",
    [["甲", "乙", 1, 2, 3, 4, 5], [1, 2, 3, 4, 5, 6, 7], ["(1)", "（2）", "(3)", "(4)", "(5)", "(6)", "(7)=(4)-(6)"]],
)
def test_numbered_columns_under_the_header_are_left(numbers: list[Raw]) -> None:
    finding = found(HEADER, numbers, *ROWS)
    assert finding.row_numbers == [3, 4, 5]


def test_a_line_about_the_table_is_no_part_of_the_header() -> None:
    about: list[Raw] = ["单位名称：实验小学", "", "填表日期：2024年5月1日", "", "", "", "单位：元"]
    finding = found(["固定资产登记表"], about, HEADER, *ROWS, merges=[Merge(0, 0, 0, 6)])
    assert finding.header_rows == (3,)
    assert headers(finding)[:2] == ["资产编号", "资产名称"]
    assert (finding.year_hint, finding.money_unit) == (2024, "元")


def test_a_header_of_three_merged_rows_is_one() -> None:
    finding = found(
        ["编号", "名称", "折旧信息", "", "", ""],
        ["", "", "本年", "", "累计", ""],
        ["", "", "计提", "转出", "计提", "转出"],
        ["1", "a", 1, 2, 3, 4],
        merges=[Merge(0, 0, 2, 0), Merge(0, 1, 2, 1), Merge(0, 2, 0, 5), Merge(1, 2, 1, 3), Merge(1, 4, 1, 5)],
    )
    assert finding.header_rows == (1, 2, 3)
    assert headers(finding)[2:4] == ["折旧信息/本年/计提", "折旧信息/本年/转出"]


def test_words_broken_over_lines_in_a_header_are_whole() -> None:
    finding = found(["资产\n编号", "资 产 名 称", "原值\n（元）"], ["1", "a", 5])
    assert [(column.header, column.unit) for column in finding.columns] == [
        ("资产编号", None),
        ("资产名称", None),
        ("原值", "元"),
    ]


def test_the_title_and_the_header_of_every_printed_page_are_left() -> None:
    finding = found(["固定资产清单"], HEADER, ROWS[0], ["固定资产清单"], HEADER, ROWS[1])
    assert finding.row_numbers == [3, 6]
    assert [skipped.row for skipped in finding.skipped] == [4, 5]


def test_another_table_below_is_not_read_and_said() -> None:
    finding = found(HEADER, *ROWS, [], ["部门", "名称", "类别", "数量"], ["办公室", "x", "y", 1])
    assert finding.row_numbers == [2, 3, 4]
    assert "row 6" in str(finding.warnings[0])


def test_merged_cells_mean_the_same_as_above_but_amounts_are_not_repeated() -> None:
    finding = found(
        HEADER,
        ["A1", "桌", "", "办公室", "", 300, 1],
        ["A2", "椅", "", "", "", "", 1],
        ["A3", "柜", "", "", "", "", 1],
        merges=[Merge(1, 3, 3, 3), Merge(1, 5, 3, 5)],
    )
    assert list(finding.cells[3]) == ["办公室"] * 3
    assert list(finding.cells[5]) == [300, None, None]
    assert "rows 2 to 4" in str(finding.warnings[0])


def test_hidden_rows_are_read_and_said_because_a_filter_hides_rows() -> None:
    finding = found(HEADER, *ROWS, hidden_rows=[2])
    assert finding.row_numbers == [2, 3, 4]
    assert "1 hidden rows" in str(finding.warnings[0])


@pytest.mark.parametrize(
    ("rows", "more", "words"),
    [
        ([HEADER, *ROWS], {"hidden": True}, "hidden"),
        ([], {}, "empty"),
        ([], {"worksheet": False}, "chart"),
        ([HEADER, []], {}, "no rows under the header"),
        ([["说明"], ["本工作簿用于登记固定资产"]], {}, "looks like the header"),
        ([["收入", "支出"], [1, 2]], {}, "looks like the header"),
        (
            [
                ["固定资产增加单"],
                ["资产编号", "A1", "资产名称", "电脑"],
                ["使用部门", "办公室", "类别", "设备"],
                ["原值", 5, "数量", 1],
            ],
            {},
            "looks like the header",
        ),
    ],
)
def test_sheets_without_a_table_are_left_with_a_reason(
    rows: list[list[Raw]], more: dict[str, object], words: str
) -> None:
    finding = found(*rows, **more)
    assert finding.verdict is Verdict.LEFT
    assert words in str(finding.reason)


def test_the_best_sheet_is_taken_and_its_like_are_offered() -> None:
    sheets = [
        RawSheet("一车间 ", [HEADER, ROWS[0]]),
        RawSheet("二车间", [HEADER, *ROWS]),
        RawSheet("部门", [["编号", "部门名称"], ["1", "办公室"]]),
    ]
    first, second, third = find_tables(sheets, ASSETS)
    assert second.verdict is Verdict.TAKEN
    assert (first.verdict, first.like, len(first.cells)) == (Verdict.LEFT, "二车间", 7)
    assert third.like is None
    both = find_tables(sheets, ASSETS, {"一车间 ": 1, "二车间": 1})
    assert [finding.verdict for finding in both] == [Verdict.TAKEN, Verdict.TAKEN, Verdict.LEFT]


def test_the_users_word_on_the_header_is_taken() -> None:
    rows: list[list[Raw]] = [["x"], ["甲列", "乙列", "丙列"], ["a", "b", "c"], ["d", "", ""]]
    assert found(*rows).verdict is Verdict.LEFT
    (finding,) = find_tables([sheet(*rows)], ASSETS, {"资产": 2})
    assert headers(finding) == ["甲列", "乙列", "丙列"]
    assert finding.row_numbers == [3, 4]


def test_columns_with_values_and_no_header_are_kept() -> None:
    finding = found([*HEADER, "", ""], [*ROWS[0], "", "存疑"])
    assert [(column.letter, column.header) for column in finding.columns[-1:]] == [("I", "")]
    assert len(finding.columns) == 8


def test_two_columns_of_one_name_are_said() -> None:
    finding = found([*HEADER, "资产名称"], [*ROWS[0], "x"])
    assert "B and H" in str(finding.warnings[0])


RAWS = st.one_of(
    st.none(),
    st.text(max_size=3),
    st.integers(-5, 5),
    st.booleans(),
    st.dates(),
    st.floats(allow_nan=False),
    st.just(1.0),
)


@given(st.lists(RAWS))
def test_cells_give_back_every_value_with_its_type(values: list[Raw]) -> None:
    cells = Cells.of(values)
    assert list(cells) == values
    booleans = [isinstance(value, bool) for value in values]
    assert [isinstance(value, bool) for value in cells] == booleans
    assert cells[: len(values) // 2] == values[: len(values) // 2]


@given(st.lists(st.lists(RAWS, min_size=7, max_size=7), min_size=1, max_size=12))
def test_no_row_is_lost_without_a_reason(rows: list[list[Raw]]) -> None:
    """Whatever stands in the rows, each is a record, has a reason, or lies below the end that is spoken of."""
    finding = found(HEADER, ROWS[0], *rows, ["A9", "z", "", "", "", dt.date(2020, 1, 1), ""])
    told = set(finding.row_numbers) | {skipped.row for skipped in finding.skipped}
    assert told >= set(range(2, max(told) + 1))
    assert max(told) == len(rows) + 3 or "Another table" in str(finding.warnings[0])
