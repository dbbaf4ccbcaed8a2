"""What people write in cells is understood exactly, or refused in words; never guessed in silence."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from logistics_desktop.workbook.amounts import Integer, Number, Rate
from logistics_desktop.workbook.cells import CellError, Raw, Uncalculated
from logistics_desktop.workbook.dates import Date, Months
from logistics_desktop.workbook.texts import Choice, Code, Text, YesNo
from logistics_desktop.workbook.values import Parser, Severity

D = Decimal
PARSERS: list[Parser[Any]] = [
    Text(50),
    Text(50, wide=False),
    Code(50),
    YesNo(),
    Choice.of({"sl": ("直线法",)}),
    Number(),
    Integer(),
    Rate(),
    Date(),
    Date(2019, date1904=True),
    Months(),
]


def good(parser: Parser[Any], raw: Raw) -> Any:
    value, problem = parser.cell(raw)
    assert problem is None, str(problem)
    return value


def doubtful(parser: Parser[Any], raw: Raw) -> Any:
    value, problem = parser.cell(raw)
    assert problem is not None
    assert problem.severity is Severity.WARNING
    assert str(problem)
    return value


def refused(parser: Parser[Any], raw: Raw) -> str:
    value, problem = parser.cell(raw)
    assert value is None
    assert problem is not None
    assert problem.severity is Severity.ERROR
    return str(problem)


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        ("  电脑 ", "电脑"),
        ("a\r\nb\rc", "a\nb\nc"),
        (1.0, "1"),
        (1.5, "1.5"),
        ("", None),
        (None, None),
        ("-", "-"),
        ("Ａ１", "Ａ１"),
        ("䶮𬭚😀'\"", "䶮𬭚😀'\""),
        ("a\u200bb", "ab"),
        ("=1+1", "=1+1"),
        (dt.date(2019, 3, 5), "2019-03-05"),
        ("\u3000x\u3000", "x"),
        ("x" * 50, "x" * 50),
        ("  " + "x" * 50, "x" * 50),
    ],
)
def test_text(raw: Raw, text: str | None) -> None:
    assert good(Text(50), raw) == text


def test_text_that_cannot_be_stored_is_refused() -> None:
    assert "control character" in refused(Text(), "a\x00b")
    assert "51 characters; the limit is 50" in refused(Text(50), "x" * 51)
    assert "broken" in refused(Text(), "a\ud800")
    assert good(Text(wide=False), "Ａ１") == "A1"


@pytest.mark.parametrize(
    ("raw", "code"),
    [
        ("001", "001"),
        (1.0, "1"),
        ("1.0", "1"),
        (12, "12"),
        ("ＺＣ－０１", "ZC-01"),
        (" a-1 ", "a-1"),
        ("无", None),
        ("-", None),
        (41900000.0, "41900000"),
        ("1E5", "1E5"),
        ("4E07", "4E07"),
        ("'0002", "0002"),
        ("", None),
    ],
)
def test_code(raw: Raw, code: str | None) -> None:
    assert good(Code(), raw) == code


def test_codes_that_excel_may_have_damaged_are_said() -> None:
    assert doubtful(Code(), "4.19E+07") == "41900000"
    assert doubtful(Code(), 1234567890123456789.0) == "1234567890123456768"
    assert good(Code(), 123456789012345.0) == "123456789012345"


@pytest.mark.parametrize(
    ("raw", "value"),
    [
        (0.1 + 0.2, "0.30"),
        (5, "5.00"),
        ("1,234.50", "1234.50"),
        ("¥1,234", "1234.00"),
        ("￥１２３．５", "123.50"),
        ("$5", "5.00"),
        ("(5.00)", "-5.00"),
        ("-5", "-5.00"),
        ("¥-5", "-5.00"),
        ("－5", "-5.00"),
        ("1套", "1.00"),
        ("500元", "500.00"),
        ("3.5万元", "35000.00"),
        ("3.5万", "35000.00"),
        ("1.2e3", "1200.00"),
        ("-", None),
        ("—", None),
        ("/", None),
        ("无", None),
        ("", None),
        (None, None),
        (-0.0, "0.00"),
        (9999999999999998.0, "9999999999999998.00"),
        (".5", "0.50"),
        ("5.", "5.00"),
        ("１，２３４", "1234.00"),
        ("人民币5", "5.00"),
    ],
)
def test_number(raw: Raw, value: str | None) -> None:
    result = good(Number(), raw)
    assert str(result) == str(value)


@pytest.mark.parametrize(
    "raw", ["abc", "1,23", "1.2.3", "5-3", "(5", "五百", "1 + 1", True, dt.date(2019, 1, 1), float("nan"), "9" * 400]
)
def test_what_is_no_number_is_refused(raw: Raw) -> None:
    assert "no number" in refused(Number(), raw)


def test_numbers_that_do_not_fit() -> None:
    assert "more than 16 digits" in refused(Number(), 1e17)
    assert "more than 16 digits" in refused(Number(), "1e300")
    assert doubtful(Number(), 1.005) == D("1.01")
    assert doubtful(Number(), "1.234") == D("1.23")
    assert doubtful(Number(), -2.345) == D("-2.35")
    assert good(Number(scale=4), 1.2345) == D("1.2345")


def test_the_headers_unit_multiplies_unless_the_cell_names_its_own() -> None:
    assert good(Number(unit="万元"), 12.5) == D(125000)
    assert good(Number(unit="万元"), "12.5万元") == D(125000)
    assert good(Number(unit="万元"), "500元") == D(500)
    assert good(Number(unit="元"), 12.5) == D("12.5")


@given(st.decimals(min_value=-(10**12), max_value=10**12, places=2))
def test_every_amount_survives_excels_binary_numbers_and_every_way_to_write_it(amount: Decimal) -> None:
    assert good(Number(), float(amount)) == amount
    assert good(Number(), f"{amount:,}") == amount
    assert good(Number(), f"¥{amount}元") == amount


@given(st.lists(st.decimals(min_value=-(10**6), max_value=10**6, places=2), max_size=20))
def test_what_sums_leave_behind_is_rounded_away(parts: list[Decimal]) -> None:
    total = sum(map(float, parts))
    if abs(total) > 1:
        assert good(Number(), total) == sum(parts, D(0))


@pytest.mark.parametrize(
    ("raws", "values"),
    [
        ([5, 3, None], ["0.05", "0.03", None]),
        ([0.05, 0.03], ["0.05", "0.03"]),
        (["5%", 0.03], ["0.05", "0.03"]),
        ([5, 0.5], ["0.05", "0.005"]),
        (["5％", "3 %"], ["0.05", "0.03"]),
        ([1, 0], ["1", "0"]),
        ([0, 10, 1], ["0", "0.1", "0.01"]),
    ],
)
def test_a_column_of_rates_means_one_thing(raws: list[Raw], values: list[str | None]) -> None:
    column = Rate().column(raws)
    assert not column.problems
    assert column.values == [None if value is None else D(value) for value in values]


def test_a_rate_that_is_hardly_a_per_cent_is_doubted() -> None:
    column = Rate().column([5, 0.05, "5%"])
    assert [str(value) for value in column.values] == ["0.050000", "0.000500", "0.050000"]
    assert list(column.problems) == [1]
    assert Rate().column([0.05, 0.03]).problems == {}


@pytest.mark.parametrize(("raw", "value"), [("一套", 1), ("两台", 2), ("十", 10)])
def test_one_numeral_is_a_number(raw: str, value: int) -> None:
    assert good(Number(), raw) == value


def test_no_amount_is_minus_zero() -> None:
    assert str(doubtful(Number(), "-0.001")) == "0.00"


def test_rates_with_a_unit_in_the_header() -> None:
    assert good(Rate(unit="%"), 0.5) == D("0.005")
    assert good(Rate(unit="‰"), 5) == D("0.005")
    assert good(Rate(unit="%"), "5%") == D("0.05")
    assert "more than the whole" in refused(Rate(percent=False), 5)


@pytest.mark.parametrize(
    ("raw", "value"), [(3.0, 3), ("3台", 3), ("1,000", 1000), (2.9999999999999996, 3), ("-", None)]
)
def test_integer(raw: Raw, value: int | None) -> None:
    assert good(Integer(), raw) == value


def test_integers_out_of_bounds_and_fractions_are_refused() -> None:
    assert "whole" in refused(Integer(), 3.5)
    assert "not between 0" in refused(Integer(0), -1)


@pytest.mark.parametrize(
    "raw",
    [
        dt.date(2019, 3, 5),
        dt.datetime.fromisoformat("2019-03-05 12:30"),
        43529,
        43529.5,
        "43529",
        "2019-3-5",
        "2019/3/5",
        "2019.03.05",
        "2019.3.5",
        20190305,
        "20190305",
        20190305.0,
        "2019年3月5日",
        "2019 年 3 月 5 日",
        "２０１９－０３－０５",
        "2019-03-05 12:30:00",
        "2019-3-5 12:30",
        "2019年03月05",
        "19-3-5",
        "二〇一九年三月五日",
        "2019-03-05T00:00:00",
    ],
)
def test_every_way_to_write_a_day(raw: Raw) -> None:
    assert good(Date(), raw) == dt.date(2019, 3, 5)


@pytest.mark.parametrize("raw", [2019.3, "2019.3", "2019.03", "2019-03", "2019年3月", "2019年3月份", 201903, "2019/3"])
def test_a_month_is_its_first_day(raw: Raw) -> None:
    assert good(Date(), raw) == dt.date(2019, 3, 1)


def test_january_or_october() -> None:
    assert doubtful(Date(), 2019.1) == dt.date(2019, 1, 1)
    assert good(Date(), "2019.10") == dt.date(2019, 10, 1)
    assert Date().column([2019.1, 2019.01, 2019.12]).values == [
        dt.date(2019, 10, 1),
        dt.date(2019, 1, 1),
        dt.date(2019, 12, 1),
    ]


def test_month_and_day_under_a_title_with_a_year() -> None:
    assert good(Date(2019), 5.4) == dt.date(2019, 5, 4)
    assert good(Date(2019), 5.13) == dt.date(2019, 5, 13)
    assert good(Date(2019), "5.1") == dt.date(2019, 5, 1)
    assert good(Date(2019), "3月5日") == dt.date(2019, 3, 5)
    assert "names no year" in refused(Date(), "5.1")


def test_the_first_or_the_tenth_under_a_title_with_a_year() -> None:
    assert doubtful(Date(2019), 5.1) == dt.date(2019, 5, 1)
    assert Date(2019).column([5.1, 5.01, 12.3]).values == [
        dt.date(2019, 5, 10),
        dt.date(2019, 5, 1),
        dt.date(2019, 12, 30),
    ]


@pytest.mark.parametrize(
    "raw", ["2019、3、5", "2019-3-5.", "2019年3月5号", "2019/3/5 下午", "2019-3-5 上午10:20", "19.3.5"]
)
def test_days_with_what_people_add(raw: Raw) -> None:
    assert good(Date(), raw) == dt.date(2019, 3, 5)


@pytest.mark.parametrize("raw", ["03/15/2019", "15/03/2019", "15.3.2019", "15-Mar-2019", "15 March 19", "Mar 15, 2019"])
def test_days_of_programs_in_english(raw: Raw) -> None:
    assert good(Date(), raw) == dt.date(2019, 3, 15)


def test_which_of_two_numbers_is_the_month_is_seen_in_the_column() -> None:
    assert doubtful(Date(), "3/5/2019") == dt.date(2019, 3, 5)
    assert Date().column(["3/5/2019", "25/5/2019"]).values == [dt.date(2019, 5, 3), dt.date(2019, 5, 25)]
    column = Date().column(["3/5/2019", "5/25/2019"])
    assert (column.values, column.problems) == ([dt.date(2019, 3, 5), dt.date(2019, 5, 25)], {})


def test_serial_numbers_of_old_macintosh_files() -> None:
    assert good(Date(date1904=True), 42067) == dt.date(2019, 3, 5)


def test_far_years() -> None:
    assert good(Date(), "1899-12-31") == dt.date(1899, 12, 31)
    assert good(Date(), "2099-12-31") == dt.date(2099, 12, 31)
    assert doubtful(Date(), 2019) == dt.date(2019, 1, 1)
    assert "between" in refused(Date(), "9999-01-01")


@pytest.mark.parametrize(
    "raw", ["2019-02-30", "2019.13", "20191332", "某天", 12.5, -5, 1e300, float("nan"), True, dt.time(3, 4), "1/2/3/4"]
)
def test_what_is_no_day_is_refused(raw: Raw) -> None:
    assert refused(Date(), raw)


@given(st.dates(dt.date(1900, 3, 1), dt.date(2199, 12, 31)))
def test_every_day_however_written_is_that_day(day: dt.date) -> None:
    ways: list[Raw] = [
        day,
        day.isoformat(),
        f"{day:%Y%m%d}",
        int(f"{day:%Y%m%d}"),
        f"{day.year}年{day.month}月{day.day}日",
        f"{day.year}.{day.month}.{day.day}",
    ]
    assert [good(Date(), way) for way in ways] == [day] * len(ways)


@pytest.mark.parametrize(
    ("raw", "months"),
    [
        (10, 120),
        ("10", 120),
        ("10年", 120),
        ("120个月", 120),
        ("120月", 120),
        ("5年6个月", 66),
        ("3年半", 42),
        (2.5, 30),
        ("-", None),
    ],
)
def test_lives(raw: Raw, months: int | None) -> None:
    assert good(Months(), raw) == months


def test_lives_in_numerals() -> None:
    assert good(Months(), "五年") == 60


def test_lives_by_the_headers_unit() -> None:
    assert good(Months("月"), 120) == 120
    assert good(Months("月"), "10年") == 120
    assert "no length of time" in refused(Months(), "10台")
    assert "whole months" in refused(Months(), 0.3)
    assert "between" in refused(Months(), -1)


def test_yes_and_no() -> None:
    assert [good(YesNo(), raw) for raw in ("是", "√", "Y", 1.0, True)] == [True] * 5
    assert [good(YesNo(), raw) for raw in ("否", "×", "n", 0, False)] == [False] * 5
    assert good(YesNo(), None) is None
    assert "neither" in refused(YesNo(), "也许")


@pytest.mark.parametrize(
    ("word", "value"),
    [
        ("报废（已鉴定）", "out"),
        ("在用良好", "in"),
        ("在用、良好", "in"),
        ("在用/报废", None),
        ("未在用", None),
        ("非在用", None),
        ("在用很久", None),
    ],
)
def test_choices_made_of_several_words(word: str, value: str | None) -> None:
    states = Choice.of({"in": ("在用", "良好"), "out": ("报废",)})
    assert states.cell(word).value == value


def test_choices_by_every_name() -> None:
    methods = Choice.of({"straight": ("直线法", "平均年限法", "年限平均法"), "sum": ("年数总和法", "年限总和法")})
    assert good(methods, " 平均年限法 ") == "straight"
    assert good(methods, "年限总和法") == "sum"
    assert good(methods, "STRAIGHT") == "straight"
    assert "递减法 is not one of" in refused(methods, "递减法")


@pytest.mark.parametrize("parser", PARSERS, ids=lambda parser: type(parser).__name__)
def test_errors_and_formulas_without_a_result_are_refused_by_every_kind(parser: Parser[Any]) -> None:
    assert "#N/A" in refused(parser, CellError("#N/A"))
    assert "formula" in refused(parser, Uncalculated())


RAWS = st.one_of(
    st.none(),
    st.text(),
    st.text("0123456789.-/年月日%万()E+, ", max_size=14),
    st.integers(),
    st.floats(),
    st.booleans(),
    st.dates(),
    st.datetimes(),
    st.times(),
    st.timedeltas(),
)


@given(st.lists(RAWS, max_size=5))
def test_no_cell_whatsoever_stops_a_column(raws: list[Raw]) -> None:
    for parser in PARSERS:
        column = parser.column(raws)
        assert len(column.values) == len(raws)
        for place, problem in column.problems.items():
            assert 0 <= place < len(raws)
            assert str(problem)
            assert (column.values[place] is None) == (problem.severity is Severity.ERROR)
