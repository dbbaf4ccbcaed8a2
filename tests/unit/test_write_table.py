"""What a clerk gets who exports a list to Excel."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta, timezone
from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet
from python_calamine import load_workbook as read_workbook

from logistics_desktop.errors import Cancelled, UserError
from logistics_desktop.workbook import write
from logistics_desktop.workbook.outgoing import Kind
from logistics_desktop.workbook.write import ColumnOut, Form, SheetOut, sheet_names, write_table

ASSETS = (
    ColumnOut("编号", "code", 16),
    ColumnOut("名称", "text", 20),
    ColumnOut("原值", "money", 14, total=True),
    ColumnOut("数量", "integer", 8, total=True),
    ColumnOut("购置日期", "date"),
)
ROWS = (
    ("00123", "办公桌", Decimal("1234567.89"), 2, date(2019, 3, 5)),
    ("00124", "=1+1", Decimal("0.11"), 3, date(2099, 12, 31)),
    ("00125", None, None, None, None),
)


def written(folder: Path, *sheets: SheetOut) -> Worksheet:
    """Write the sheets and open the first one as openpyxl sees it."""
    write_table(folder / "list.xlsx", sheets)
    return load_workbook(folder / "list.xlsx").worksheets[0]


def values(path: Path, sheet: int = 0) -> list[list[Any]]:
    """Read a sheet as the import does."""
    return read_workbook(path).get_sheet_by_index(sheet).to_python(skip_empty_area=False)


def there_and_back(folder: Path, kind: Kind, column: Sequence[object]) -> list[Any]:
    """Write values in a column and read them again."""
    write_table(folder / "list.xlsx", [SheetOut("表", [ColumnOut("列", kind)], [(value,) for value in column])])
    return [row[0] for row in values(folder / "list.xlsx")[1:]]


def test_a_list_is_ready_to_work_with(tmp_path: Path) -> None:
    sheet = written(tmp_path, SheetOut("固定资产", ASSETS, ROWS, title="固定资产清单", frozen=1))
    assert sheet["A1"].value == "固定资产清单"
    assert [cell.value for cell in sheet[2]] == ["编号", "名称", "原值", "数量", "购置日期"]
    assert sheet["A2"].font.b
    assert sheet["A2"].fill.fgColor.rgb == "FFDDEBF7"
    assert sheet["A2"].alignment.wrap_text
    assert sheet.freeze_panes == "B3"
    assert sheet.auto_filter.ref == "A2:E5"
    assert sheet.column_dimensions["B"].width == pytest.approx(20, abs=1)
    assert [cell.number_format for cell in sheet[3]] == ["@", "General", "#,##0.00", "0", "yyyy-mm-dd"]


def test_a_list_prints_on_a4_with_its_header_on_every_page(tmp_path: Path) -> None:
    sheet = written(tmp_path, SheetOut("固定资产", ASSETS, ROWS, title="固定资产清单"))
    assert sheet.print_title_rows == "$2:$2"
    assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("landscape", 9)
    assert sheet.page_setup.fitToHeight == 0
    assert sheet.sheet_properties.pageSetUpPr is not None
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    assert sheet.oddFooter is not None
    assert "Page &P of &N" in str(sheet.oddFooter.center.text)


def test_values_come_back_as_they_were(tmp_path: Path) -> None:
    write_table(
        tmp_path / "list.xlsx", [SheetOut("固定资产", ASSETS[:2] + ASSETS[4:], [(r[0], r[1], r[4]) for r in ROWS])]
    )
    assert values(tmp_path / "list.xlsx") == [
        ["编号", "名称", "购置日期"],
        ["00123", "办公桌", date(2019, 3, 5)],
        ["00124", "=1+1", date(2099, 12, 31)],
        ["00125", "", ""],
    ]


@pytest.mark.parametrize(
    "text", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "＝1", "http://x.cn", "mailto:a@b.cn", "0012"]
)
def test_text_stays_text(tmp_path: Path, text: str) -> None:
    sheet = written(tmp_path, SheetOut("表", [ColumnOut("名称"), ColumnOut("编号", "code")], [(text, text)]))
    for cell in sheet[2]:
        assert (cell.value, cell.data_type, cell.hyperlink) == (text, "s", None)


@settings(max_examples=40, deadline=None)
@given(st.lists(st.decimals(allow_nan=False, allow_infinity=False, places=4), min_size=1, max_size=30))
def test_every_amount_comes_back_exactly(amounts: list[Decimal]) -> None:
    with TemporaryDirectory() as folder:
        assert [Decimal(str(cell)) for cell in there_and_back(Path(folder), "money", amounts)] == amounts


@settings(max_examples=40, deadline=None)
@given(st.lists(st.text(st.characters(codec="utf-8", exclude_characters="\x00\ufffe\uffff"), min_size=1), min_size=1))
def test_every_text_comes_back_exactly(texts: list[str]) -> None:
    with TemporaryDirectory() as folder:
        assert there_and_back(Path(folder), "text", texts) == texts


@settings(max_examples=40, deadline=None)
@given(st.lists(st.dates(), min_size=1, max_size=30))
def test_every_day_comes_back_exactly(days: list[date]) -> None:
    with TemporaryDirectory() as folder:
        cells = there_and_back(Path(folder), "date", days)
    assert [date.fromisoformat(cell) if isinstance(cell, str) else cell for cell in cells] == days


def test_days_that_excel_does_not_know_are_text(tmp_path: Path) -> None:
    cells = there_and_back(tmp_path, "date", [date(1899, 12, 31), date(1900, 2, 28), date(1900, 3, 1)])
    assert cells == ["1899-12-31", "1900-02-28", date(1900, 3, 1)]


def test_moments_go_out_in_the_time_of_this_pc(tmp_path: Path) -> None:
    moment = datetime(2026, 5, 1, 8, 30, 15, tzinfo=timezone(timedelta(hours=5, minutes=37)))
    here = moment.astimezone().replace(tzinfo=None)
    early = datetime(1899, 1, 2, 3, 4)  # noqa: DTZ001 - Excel knows no time zones
    assert there_and_back(tmp_path, "datetime", [moment, None, early]) == [here, "", "1899-01-02 03:04:00"]


def test_rates_and_yes_and_no_read_as_people_write_them(tmp_path: Path) -> None:
    columns = [ColumnOut("残值率", "rate"), ColumnOut("在用", "bool")]
    sheet = written(tmp_path, SheetOut("表", columns, [(Decimal("0.05"), True), (None, False), (None, None)]))
    assert (sheet["A2"].value, sheet["A2"].number_format) == (0.05, "0.00##%")
    assert [sheet[f"B{row}"].value for row in (2, 3, 4)] == ["Yes", "No", None]


def test_totals_follow_the_filter_and_are_there_before_excel_calculates(tmp_path: Path) -> None:
    sheet = written(tmp_path, SheetOut("固定资产", ASSETS, ROWS))
    assert [cell.value for cell in sheet[5]] == ["Total", None, "=SUBTOTAL(109,C2:C4)", "=SUBTOTAL(109,D2:D4)", None]
    assert sheet["C5"].font.b
    assert [sheet["C5"].number_format, sheet["D5"].number_format] == ["#,##0.00", "0"]
    assert values(tmp_path / "list.xlsx")[4] == ["Total", "", 1234568.0, 5.0, ""]
    assert sheet.auto_filter.ref == "A1:E4"


def test_the_label_of_the_totals_stands_in_the_first_column_without_a_total(tmp_path: Path) -> None:
    columns = [ColumnOut("<甲>", "money", total=True), ColumnOut("乙"), ColumnOut("丙", "money", total=True)]
    written(
        tmp_path, SheetOut("表", columns, [(Decimal(1), "x", Decimal(2))]), SheetOut("二", columns[:1], [(1,), (2,)])
    )
    assert values(tmp_path / "list.xlsx")[2] == [1.0, "Total", 2.0]
    assert values(tmp_path / "list.xlsx", sheet=1)[3] == [3.0]


def test_an_amount_beyond_excel_is_text_and_its_total_still_right(tmp_path: Path) -> None:
    huge = Decimal("12345678901234.56")
    rows = [("a", huge), ("b", Decimal("0.01"))]
    written(tmp_path, SheetOut("表", [ColumnOut("编号", "code"), ColumnOut("原值", "money", total=True)], rows))
    assert values(tmp_path / "list.xlsx")[1:] == [
        ["a", "12345678901234.56"],
        ["b", 0.01],
        ["Total", "12345678901234.57"],
    ]


def test_a_list_without_rows_has_its_header(tmp_path: Path) -> None:
    sheet = written(tmp_path, SheetOut("固定资产", ASSETS, []))
    assert [cell.value for cell in sheet[1]] == [column.header for column in ASSETS]
    assert values(tmp_path / "list.xlsx")[-1] == ["Total", "", 0.0, 0.0, ""]


def test_several_sheets_keep_their_own_totals_and_formats(tmp_path: Path) -> None:
    money = [ColumnOut("名称"), ColumnOut("金额", "money", total=True)]
    counts = [ColumnOut("名称"), ColumnOut("数量", "integer", total=True)]
    sheets = [
        SheetOut("金额", money, [("a", Decimal("1.5"))]),
        SheetOut("文", money[:1], [("x",)]),
        SheetOut("数", counts, [("b", 7)]),
    ]
    assert write_table(tmp_path / "list.xlsx", sheets) == 3
    assert [values(tmp_path / "list.xlsx", sheet=at)[-1] for at in range(3)] == [["Total", 1.5], ["x"], ["Total", 7.0]]
    assert load_workbook(tmp_path / "list.xlsx")["数"]["B3"].number_format == "0"


def test_a_text_too_long_for_a_cell_is_refused_by_name(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="column 备注 that begins with “😀😀") as refused:
        written(tmp_path, SheetOut("表", [ColumnOut("备注")], [("短",), ("😀" * 16_384,)]))
    assert "32768 characters" in str(refused.value)
    assert list(tmp_path.iterdir()) == []


def test_the_longest_text_fits(tmp_path: Path) -> None:
    longest = "😀" * 16_383 + "x"
    assert there_and_back(tmp_path, "text", [longest]) == [longest]


def test_more_rows_than_a_sheet_holds_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(write, "MAX_ROWS", 5)
    columns = [ColumnOut("编号", "code"), ColumnOut("原值", "money", total=True)]
    assert write_table(tmp_path / "fits.xlsx", [SheetOut("表", columns, [("a", 1)] * 3)]) == 3
    with pytest.raises(UserError, match="holds 3 rows"):
        write_table(tmp_path / "list.xlsx", [SheetOut("表", columns, [("a", 1)] * 4)])


def test_a_stopped_export_leaves_the_old_file(tmp_path: Path) -> None:
    target = tmp_path / "list.xlsx"
    target.write_bytes(b"old")

    def stop(rows: int) -> None:
        if rows >= 2_000:
            raise Cancelled("stopped")

    with pytest.raises(Cancelled):
        write_table(target, [SheetOut("表", [ColumnOut("数", "integer")], ((n,) for n in range(9_000)))], stop)
    assert target.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [target]


def test_rows_are_read_as_they_are_written(tmp_path: Path) -> None:
    fetched = 0
    ahead: list[int] = []

    def rows() -> Iterator[tuple[int]]:
        nonlocal fetched
        for fetched in range(1, 5_001):
            yield (fetched,)

    def look(done: int) -> None:
        ahead.append(fetched - done)

    write_table(tmp_path / "list.xlsx", [SheetOut("表", [ColumnOut("数", "integer")], rows())], look)
    assert ahead == [0, 0, 0, 0, 0]


def test_sheet_names_are_made_fit_for_excel() -> None:
    assert sheet_names(["固定资产", "a/b:c", "", "History", "x" * 40, "X" * 40, "'引'"]) == [
        "固定资产",
        "a b c",
        "Sheet",
        "History (2)",
        "x" * 31,
        "X" * 26 + " (2)",
        "引",
    ]


def test_headers_are_unique(tmp_path: Path) -> None:
    with pytest.raises(AssertionError, match="more than once"):
        written(tmp_path, SheetOut("表", [ColumnOut("名称"), ColumnOut("名称")], []))


def test_a_document_has_its_head_on_every_page_and_a_line_to_sign(tmp_path: Path) -> None:
    form = Form(["单位：江南学院", "二〇二六年"], "制表：    审核：<主管>")
    sheet = written(tmp_path, SheetOut("表", ASSETS, ROWS[:2], title="清单", form=form))
    assert [sheet.cell(row, 1).value for row in range(1, 5)] == ["清单", "单位：江南学院", "二〇二六年", "编号"]
    assert sheet.print_title_rows == "$1:$4"
    assert sheet["A1"].alignment.horizontal == "center"
    assert sheet["A5"].border.left.style == "thin"
    assert sheet["C7"].value == "=SUBTOTAL(109,C5:C6)"
    assert (sheet["A7"].value, sheet["A8"].value, sheet["A9"].value) == ("Total", None, "制表：    审核：<主管>")
    assert values(tmp_path / "list.xlsx")[6][2] == 1234568.0


def test_a_document_without_totals_is_signed_too(tmp_path: Path) -> None:
    sheet = written(tmp_path, SheetOut("表", ASSETS[:2], [("1", "桌")], title="清单", form=Form([], "制表：")))
    assert [sheet.cell(row, 1).value for row in range(1, 6)] == ["清单", "编号", "1", None, "制表："]
