"""What a clerk gets back when rows were refused: the same workbook, and a column that says why."""

from __future__ import annotations

import io
import re
import struct
import zlib
from copy import copy
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
import xlsxwriter
import xlwt
from defusedxml.ElementTree import fromstring
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet
from python_calamine import load_workbook as read_workbook

from logistics_desktop import i18n
from logistics_desktop.errors import UserError
from logistics_desktop.workbook.annotate import PROBLEM_HEADERS, Annotated, annotate
from tests.unit.raw_workbook import raw_workbook, text_cell

HEADER = "Import problems"
SHEET = "xl/worksheets/sheet1.xml"


def column_of(path: Path, column: int, sheet: int = 0) -> list[Any]:
    """Give the values of a column, from 1, as the import reads them."""
    rows = read_workbook(path).get_sheet_by_index(sheet).to_python(skip_empty_area=False)
    return [row[column - 1] if column <= len(row) else "" for row in rows]


def sheet_xml(path: Path) -> str:
    """Give the XML of the first sheet."""
    with ZipFile(path) as archive:
        return archive.read(SHEET).decode()


@pytest.fixture
def rich(tmp_path: Path) -> Path:
    """Make a workbook with everything that a careless rewrite would lose."""
    path = tmp_path / "资产.xlsx"
    book = xlsxwriter.Workbook(str(path))
    sheet = book.add_worksheet("资产")
    bold = book.add_format({"bold": True, "bg_color": "#FFFF00", "font_name": "宋体", "font_size": 10})
    money = book.add_format({"num_format": "#,##0.00", "border": 1})
    sheet.merge_range("A1:C1", "固定资产", bold)
    sheet.write_row("A2", ["编号", "名称", "原值"], bold)
    for row in range(3, 9):
        sheet.write_row(row - 1, 0, [f"00{row}", "桌子"])
        sheet.write_number(row - 1, 2, row * 100.5, money)
    sheet.write_formula("C9", "=SUM(C3:C8)", money, 3316.5)
    sheet.set_column("A:A", 22)
    sheet.set_row(4, 40)
    sheet.freeze_panes(2, 1)
    sheet.autofilter("A2:C8")
    sheet.conditional_format("C3:C8", {"type": "data_bar"})
    sheet.data_validation("B3:B8", {"validate": "list", "source": ["桌子", "椅子"]})
    sheet.write_comment("A2", "不要改")
    sheet.insert_image("F3", "logo.png", {"image_data": io.BytesIO(dot())})
    chart = book.add_chart({"type": "column"})
    chart.add_series({"values": "=资产!$C$3:$C$8"})
    sheet.insert_chart("F10", chart)
    book.add_worksheet("其他").write("A1", "x")
    book.define_name("总额", "=资产!$C$9")
    book.close()
    return path


def dot() -> bytes:
    """Give a picture of one pixel."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    size = struct.pack(">IIBBBBB", 1, 1, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", size) + chunk(b"IDAT", zlib.compress(b"\0\xff\0\0")) + chunk(b"IEND", b"")
    )


def look(sheet: Worksheet) -> dict[str, Any]:
    """Give everything that a user sees of a sheet's first three columns."""
    cells = [cell for row in sheet.iter_rows(max_col=3) for cell in row]
    return {
        "cells": [(cell.coordinate, cell.value, cell.number_format) for cell in cells],
        "styles": [(copy(c.font), copy(c.fill), copy(c.border), copy(c.alignment)) for c in cells],
        "widths": [sheet.column_dimensions[letter].width for letter in "ABC"],
        "heights": [sheet.row_dimensions[row].height for row in range(1, 10)],
        "merged": sorted(map(str, sheet.merged_cells.ranges)),
        "frozen": sheet.freeze_panes,
        "filter": sheet.auto_filter.ref,
        "rules": [str(area.sqref) for area in sheet.conditional_formatting],
        "validations": [str(rule.sqref) for rule in sheet.data_validations.dataValidation],
    }


def test_the_refused_rows_say_what_is_wrong(rich: Path, tmp_path: Path) -> None:
    problems = {4: "原值不是数字 <1&2>", 7: "没有这个部门"}
    result = annotate(rich, tmp_path / "back.xlsx", "资产", 2, problems)
    assert result == Annotated(tmp_path / "back.xlsx", converted=False)
    sheet = load_workbook(result.path)["资产"]
    assert [sheet[f"D{row}"].value for row in range(1, 10)] == [
        None, HEADER, None, "原值不是数字 <1&2>", None, None, "没有这个部门", None, None,
    ]  # fmt: skip
    cell = sheet["D4"]
    assert (cell.font.color.rgb, cell.font.name, cell.fill.fgColor.rgb) == ("FF9C0006", "Calibri", "FFFCE4E4")
    assert cell.alignment.wrap_text
    assert sheet.column_dimensions["D"].width == 48
    assert sheet.dimensions == "A1:D9"


def test_everything_else_is_as_it_was(rich: Path, tmp_path: Path) -> None:
    back = annotate(rich, tmp_path / "back.xlsx", "资产", 2, {4: "x"}).path
    assert look(load_workbook(back)["资产"]) == look(load_workbook(rich)["资产"])
    with ZipFile(rich) as before, ZipFile(back) as after:
        assert after.namelist() == before.namelist()
        changed = {name for name in before.namelist() if before.read(name) != after.read(name)}
    assert changed == {SHEET, "xl/styles.xml"}


def test_the_corrected_file_comes_back_with_the_same_column(rich: Path, tmp_path: Path) -> None:
    first = annotate(rich, tmp_path / "1.xlsx", "资产", 2, {4: "alt", 7: "alt"}).path
    second = annotate(first, tmp_path / "2.xlsx", "资产", 2, {7: "neu", 8: "neu"}).path
    assert column_of(second, 4) == ["", HEADER, "", "", "", "", "neu", "neu", ""]
    assert sheet_xml(second).count("<col ") == sheet_xml(first).count("<col ")
    assert max(map(len, read_workbook(second).get_sheet_by_index(0).to_python())) == 4


def test_the_column_is_known_in_every_language(rich: Path, tmp_path: Path) -> None:
    assert i18n.translate(HEADER) in PROBLEM_HEADERS
    book = load_workbook(rich)
    book["资产"]["D2"], book["资产"]["D3"], book["资产"]["E2"] = "导入问题", "旧的", "备注"
    book.save(tmp_path / "zh.xlsx")
    back = annotate(tmp_path / "zh.xlsx", tmp_path / "back.xlsx", "资产", 2, {4: "neu"}).path
    assert column_of(back, 4)[:4] == ["", HEADER, "", "neu"]
    assert column_of(back, 5)[1] == "备注"


def test_a_file_can_be_annotated_in_place(rich: Path) -> None:
    annotate(rich, rich, "资产", 2, {4: "x"})
    assert column_of(rich, 4)[3] == "x"


ROWS = (
    f'<row r="1" spans="1:2">{text_cell("A1", "编号")}{text_cell("B1", "名称")}</row>'
    f'<row r="2">{text_cell("A2", "1")}{text_cell("B2", "甲")}</row>'
    f'<row r="5">{text_cell("A5", "2")}{text_cell("B5", "乙")}</row>'
)
BARE_ROWS = (
    f"<row>{text_cell('', '编号')}{text_cell('', '名称')}</row><row>{text_cell('', '1')}{text_cell('', '甲')}</row>"
    f'<row r="5">{text_cell("", "2")}{text_cell("", "乙")}</row>'
)


@pytest.mark.parametrize("rows", [ROWS, BARE_ROWS], ids=["places", "no places"])
@pytest.mark.parametrize("before", ["", '<dimension ref="A1:B5"/>', '<cols><col min="1" max="2" width="9"/></cols>'])
@pytest.mark.parametrize("prefix", ["", "x"])
@pytest.mark.parametrize("strict", [False, True], ids=["transitional", "strict"])
def test_workbooks_of_other_programs(tmp_path: Path, rows: str, before: str, prefix: str, strict: bool) -> None:
    raw_workbook(tmp_path / "a.xlsx", f"{before}<sheetData>{rows}</sheetData>", prefix=prefix, strict=strict)
    back = annotate(tmp_path / "a.xlsx", tmp_path / "b.xlsx", "表", 1, {5: "错"}).path
    table = read_workbook(back).get_sheet_by_index(0).to_python()
    assert table == [["编号", "名称", HEADER], ["1", "甲", ""], ["", "", ""], ["", "", ""], ["2", "乙", "错"]]
    if not strict:  # openpyxl does not read it
        sheet = load_workbook(back).worksheets[0]
        assert sheet["C5"].font.color.rgb == "FF9C0006"
        assert sheet["C5"].font.name == "宋体"
        assert sheet.column_dimensions["C"].width == 48
        assert sheet.calculate_dimension() == "A1:C5"


def test_a_row_that_grows_loses_its_hint_of_length(tmp_path: Path) -> None:
    raw_workbook(tmp_path / "a.xlsx", f"<sheetData>{ROWS}</sheetData>")
    back = annotate(tmp_path / "a.xlsx", tmp_path / "b.xlsx", "表", 1, {}).path
    assert '<row r="1">' in sheet_xml(back)


@pytest.mark.parametrize("prefix", ["", "x"])
def test_the_styles_are_counted(tmp_path: Path, prefix: str) -> None:
    raw_workbook(tmp_path / "a.xlsx", f"<sheetData>{ROWS}</sheetData>", prefix=prefix)
    back = annotate(tmp_path / "a.xlsx", tmp_path / "b.xlsx", "表", 1, {}).path
    with ZipFile(back) as archive:
        groups = list(load_xml(archive.read("xl/styles.xml")))
    assert [(g.tag.rpartition("}")[2], int(g.get("count", len(g))), len(g)) for g in groups] == [
        ("fonts", 2, 2), ("fills", 3, 3), ("borders", 1, 1), ("cellStyleXfs", 1, 1), ("cellXfs", 3, 3),
        ("cellStyles", 1, 1),
    ]  # fmt: skip


def test_rows_without_cells_get_one(tmp_path: Path) -> None:
    raw_workbook(tmp_path / "a.xlsx", f'<sheetData>{ROWS}<row r="6" ht="20"/><row r="7"></row></sheetData>')
    back = annotate(tmp_path / "a.xlsx", tmp_path / "b.xlsx", "表", 1, {6: "六", 7: "七"}).path
    assert column_of(back, 3)[5:] == ["六", "七"]
    assert load_workbook(back).worksheets[0].row_dimensions[6].height == 20


def test_formatted_cells_without_values_give_way(tmp_path: Path) -> None:
    row = f'<row r="1">{text_cell("A1", "编号")}<c r="B1" s="1"/><c r="C1" s="1"></c></row>'
    raw_workbook(tmp_path / "a.xlsx", f"<sheetData>{row}</sheetData>")
    back = annotate(tmp_path / "a.xlsx", tmp_path / "b.xlsx", "表", 1, {}).path
    assert re.findall(r'r="(\w1)"', sheet_xml(back)) == ["A1", "B1", "C1"]
    assert '<c r="C1" s="1"></c>' in sheet_xml(back)
    assert column_of(back, 2) == [HEADER]


@pytest.mark.parametrize(
    ("cols", "expected"),
    [
        ('<col min="1" max="9" width="7"/>', [(1, 2, "7"), (3, 3, "48.0"), (4, 9, "7")]),
        ('<col min="3" max="3" width="7"/>', [(3, 3, "48.0")]),
        ('<col min="3" max="16384" width="7"/>', [(3, 3, "48.0"), (4, 16384, "7")]),
        ("<col max='3' min='2' width='7'/>", [(2, 2, "7"), (3, 3, "48.0")]),
        (
            '<col min="1" max="1" width="5"/><col min="8" max="9" width="7"/>',
            [(1, 1, "5"), (3, 3, "48.0"), (8, 9, "7")],
        ),
    ],
)
def test_column_widths_are_split_where_the_new_column_comes(
    tmp_path: Path, cols: str, expected: list[tuple[int, int, str]]
) -> None:
    raw_workbook(tmp_path / "a.xlsx", f"<cols>{cols}</cols><sheetData>{ROWS}</sheetData>")
    back = annotate(tmp_path / "a.xlsx", tmp_path / "b.xlsx", "表", 1, {}).path
    with ZipFile(back) as archive:
        root = load_xml(archive.read(SHEET))
    found = [
        (int(e.get("min", "")), int(e.get("max", "")), e.get("width")) for e in root.iter() if e.tag.endswith("}col")
    ]
    assert found == expected


def load_xml(content: bytes) -> Any:
    """Parse XML that must be well-formed."""
    return fromstring(content)


def test_merged_areas_in_the_way_are_stepped_over(tmp_path: Path) -> None:
    merged = '<mergeCells count="2"><mergeCell ref="B1:D1"/><mergeCell ref="E9:F9"/></mergeCells>'
    raw_workbook(tmp_path / "a.xlsx", f"<sheetData>{ROWS}</sheetData>{merged}")
    back = annotate(tmp_path / "a.xlsx", tmp_path / "b.xlsx", "表", 1, {2: "x"}).path
    assert column_of(back, 5)[:2] == [HEADER, "x"]


def test_a_sheet_without_a_free_column_says_so(tmp_path: Path) -> None:
    merged = '<mergeCells count="1"><mergeCell ref="B1:XFD1"/></mergeCells>'
    raw_workbook(tmp_path / "a.xlsx", f"<sheetData>{ROWS}</sheetData>{merged}")
    with pytest.raises(UserError, match="no free column"):
        annotate(tmp_path / "a.xlsx", tmp_path / "b.xlsx", "表", 1, {2: "x"})
    assert not (tmp_path / "b.xlsx").exists()


def test_shared_strings_with_rich_text_are_understood(tmp_path: Path) -> None:
    strings = "<si><t>编号</t></si><si><r><t>导入</t></r><r><t>问题</t></r></si><si><t>alt</t></si>"
    rows = (
        '<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c></row>'
        '<row r="2"><c r="A2"><v>5</v></c><c r="B2" t="s"><v>2</v></c></row>'
    )
    raw_workbook(tmp_path / "a.xlsx", f"<sheetData>{rows}</sheetData>", strings=strings)
    back = annotate(tmp_path / "a.xlsx", tmp_path / "b.xlsx", "表", 1, {}).path
    assert read_workbook(back).get_sheet_by_index(0).to_python() == [["编号", HEADER], [5.0, ""]]


def test_a_workbook_without_styles_is_annotated_plainly(tmp_path: Path) -> None:
    raw_workbook(tmp_path / "a.xlsx", f"<sheetData>{ROWS}</sheetData>", styles=None)
    back = annotate(tmp_path / "a.xlsx", tmp_path / "b.xlsx", "表", 1, {2: "x"}).path
    assert column_of(back, 3)[1] == "x"


def test_what_looks_like_a_cell_in_text_or_extensions_is_left_alone(tmp_path: Path) -> None:
    text = '<is><t><![CDATA[</row><row r="9"><c r="B9"/>]]></t></is>'
    row = f'<row r="1"><c r="A1" t="inlineStr">{text}</c><!-- <row> --></row>'
    controls = '<extLst><ext uri="x"><a:row xmlns:a="urn:a">5</a:row></ext></extLst>'
    raw_workbook(tmp_path / "a.xlsx", f"<sheetData>{row}</sheetData>{controls}")
    back = annotate(tmp_path / "a.xlsx", tmp_path / "b.xlsx", "表", 1, {}).path
    assert column_of(back, 2) == [HEADER]
    assert row[:-6] in sheet_xml(back)
    assert controls in sheet_xml(back)


def test_characters_that_xml_cannot_hold_are_replaced(tmp_path: Path) -> None:
    raw_workbook(tmp_path / "a.xlsx", f"<sheetData>{ROWS}</sheetData>")
    back = annotate(
        tmp_path / "a.xlsx", tmp_path / "b.xlsx", "表", 1, {2: "“\x00\ud800” is no 数字 😀" + "y" * 40_000}
    ).path
    assert column_of(back, 3)[1].startswith("“\ufffd\ufffd” is no 数字 😀yyy")
    assert len(column_of(back, 3)[1]) < 32_767


def test_a_row_that_is_not_there_is_a_bug(tmp_path: Path) -> None:
    raw_workbook(tmp_path / "a.xlsx", f"<sheetData>{ROWS}</sheetData>")
    with pytest.raises(ValueError, match=r"no rows \[3\]"):
        annotate(tmp_path / "a.xlsx", tmp_path / "b.xlsx", "表", 1, {3: "x"})
    assert not (tmp_path / "b.xlsx").exists()


cell = st.sampled_from(["value", "blank", "none"])


@settings(max_examples=60, deadline=None)
@given(
    data=st.data(), grid=st.lists(st.lists(cell, min_size=1, max_size=5), min_size=1, max_size=8), named=st.booleans()
)
def test_any_sheet_gets_the_column_and_nothing_else(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject, grid: list[list[str]], named: bool
) -> None:
    folder = tmp_path_factory.mktemp("any")
    xml, padding = "", "<!--" + "x" * data.draw(st.integers(0, 70_000)) + "-->"
    for row, kinds in enumerate(grid, 1):
        cells = ""
        for at, kind in enumerate(kinds, 1):
            place = f"{get_column_letter(at)}{row}"
            cells += {"value": text_cell(place, place), "blank": f'<c r="{place}" s="1"/>', "none": ""}[kind]
        xml += f"<row r='{row}'>{cells}</row>" if named else f"<row>{cells}</row>"
    problems = data.draw(
        st.dictionaries(st.integers(2, len(grid)), st.text("a<&\"'é数", min_size=1), max_size=4)
        if grid[1:]
        else st.just({})
    )
    raw_workbook(folder / "a.xlsx", f"{padding}<sheetData>{xml}</sheetData>")
    annotate(folder / "a.xlsx", folder / "b.xlsx", "表", 1, problems)
    before, after = (load_workbook(folder / name).worksheets[0] for name in ("a.xlsx", "b.xlsx"))
    used = [at for kinds in grid for at, kind in enumerate(kinds, 1) if kind == "value"]
    column = max(used, default=0) + 1
    wanted = {(1, column): HEADER} | {(row, column): text for row, text in problems.items()}
    kept = {(c.row, c.column): c.value for line in before.iter_rows() for c in line if c.value is not None}
    assert {
        (c.row, c.column): c.value for line in after.iter_rows() for c in line if c.value is not None
    } == kept | wanted


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("line_end", ["\r\n", "\n", "\r"])
def test_a_csv_keeps_its_ways(tmp_path: Path, encoding: str, delimiter: str, line_end: str) -> None:
    rows = ["固定资产清单", "编号|名称|原值", '001|"桌|子"|5', "002|椅子", "", "003|柜子|7"]
    (tmp_path / "a.csv").write_bytes((line_end.join(rows) + line_end).replace("|", delimiter).encode(encoding))
    result = annotate(tmp_path / "a.csv", tmp_path / "b.csv", "a", 2, {4: "原值空着", 6: 'a "b"'})
    expected = [
        "固定资产清单", f"编号|名称|原值|{HEADER}", '001|"桌|子"|5|', "002|椅子||原值空着", "", '003|柜子|7|"a ""b"""',
    ]  # fmt: skip
    assert not result.converted
    assert result.path.read_bytes() == (line_end.join(expected) + line_end).replace("|", delimiter).encode(encoding)


def test_a_csv_comes_back_with_the_same_column(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("编号,导入问题,名称\n1,alt,甲\n2,alt,乙\n", "utf-8")
    annotate(tmp_path / "a.csv", tmp_path / "b.csv", "a", 1, {3: "neu"})
    assert (tmp_path / "b.csv").read_text("utf-8") == f"编号,{HEADER},名称\n1,,甲\n2,neu,乙\n"


def test_a_line_that_tells_excel_the_delimiter_stays(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_bytes("sep=|\n编号|名称,规格,型号\n1|甲\n".encode())
    annotate(tmp_path / "a.csv", tmp_path / "b.csv", "a", 1, {2: "错"})
    assert (tmp_path / "b.csv").read_bytes() == f"sep=|\n编号|名称,规格,型号|{HEADER}\n1|甲|错\n".encode()


def test_an_xls_comes_back_as_xlsx(tmp_path: Path) -> None:
    book = xlwt.Workbook()
    sheet = book.add_sheet("资产 ")
    lines: list[list[Any]] = [["清单"], ["编号", "原值", "公式"], ["001", 5.5, "=1+1"], ["002", "x", "\x02"]]
    for row, line in enumerate(lines):
        for at, value in enumerate(line):
            sheet.write(row, at, value)
    book.add_sheet("其他").write(1, 1, "y")
    book.save(str(tmp_path / "a.xls"))
    result = annotate(tmp_path / "a.xls", tmp_path / "b.xls", "资产", 2, {4: "原值不是数字"})
    assert result == Annotated(tmp_path / "b.xlsx", converted=True)
    table = read_workbook(result.path).get_sheet_by_index(0).to_python(skip_empty_area=False)
    assert [row[:4] for row in table] == [
        ["清单", "", "", ""],
        ["编号", "原值", "公式", HEADER],
        ["001", 5.5, "=1+1", ""],
        ["002", "x", "\ufffd", "原值不是数字"],
    ]
    assert load_workbook(result.path).worksheets[0]["C3"].data_type == "s"
    assert load_workbook(result.path)["其他"]["B2"].value == "y"
    again = annotate(result.path, tmp_path / "c.xlsx", "资产", 2, {3: "neu"}).path
    assert column_of(again, 4) == ["", HEADER, "neu", ""]
