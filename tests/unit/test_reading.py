"""Workbooks as people have them are read; harmful and broken ones are refused in words."""

from __future__ import annotations

import datetime as dt
import os
import time
from collections.abc import Callable
from pathlib import Path

import psutil
import pytest

from logistics_desktop.errors import Cancelled, UserError
from logistics_desktop.features.assets.asset_ledger import ASSETS
from logistics_desktop.workbook import reading
from logistics_desktop.workbook.cells import CellError, Raw, Uncalculated
from logistics_desktop.workbook.child import read
from logistics_desktop.workbook.findings import Kind, Verdict
from logistics_desktop.workbook.intake import take_in
from logistics_desktop.workbook.reading import read_workbook
from tests import workbooks as wb

REAL = Path(__file__).parents[3] / "shared" / "real" / "固定资产.xlsx"


def tiny(*rows: str) -> str:
    return wb.data(wb.TINY_HEADER, *rows)


def test_a_real_ledger_is_taken_by_itself() -> None:
    real = next(
        (up / "shared/real/固定资产.xlsx" for up in Path(__file__).parents if (up / "shared/real").is_dir()), REAL
    )
    if not real.exists():
        pytest.skip("the real workbook is not beside this checkout")
    found = read_workbook(real, wb.ASSETS)
    (sheet,) = found.taken
    assert (sheet.name, sheet.header_rows, sheet.first_row, sheet.last_row) == ("固定资产查询", (3,), 4, 45)
    assert len(sheet.row_numbers) == 42
    assert len(sheet.columns) == 16
    costs = sheet.cells[[column.header for column in sheet.columns].index("原值")]
    assert sum(cost for cost in costs if isinstance(cost, float)) == 7_402_650
    assert sheet.year_hint == 2024
    assert all(left.reason for left in found.sheets if left.verdict is Verdict.LEFT)
    assert len(found.sheets) == 5


def test_the_child_gives_back_what_was_in_the_cells(tmp_path: Path) -> None:
    rows: list[list[Raw]] = [
        wb.HEADER,
        ["001", "电脑", True, None, dt.date(2019, 3, 5), 0.3, 1],
        [1.0, "x", 1, None, None, -0.5, 0],
    ]
    (sheet,) = read_workbook(wb.book(tmp_path / "a.xlsx", {"资产 ": rows}), wb.ASSETS).taken
    assert sheet.name == "资产 "
    assert [list(column) for column in sheet.cells] == [
        ["001", 1.0],
        ["电脑", "x"],
        [True, 1.0],
        [None, None],
        [dt.date(2019, 3, 5), None],
        [0.3, -0.5],
        [1.0, 0.0],
    ]
    assert sheet.cells[2][0] is True
    assert [(column.header, column.unit) for column in sheet.columns][5] == ("原值", "元")


def test_errors_and_formulas_without_a_result_are_told_from_blanks(tmp_path: Path) -> None:
    path = wb.package(
        tmp_path / "a.xlsx",
        tiny(
            wb.inline("A2", "A1") + wb.inline("B2", "x") + '<c r="C2" t="e"><f>1/0</f><v>#DIV/0!</v></c>',
            wb.inline("A3", "A2") + wb.inline("B3", "y") + '<c r="C3"><f>1+1</f></c>',
            wb.inline("A4", "A3") + wb.inline("B4", "z") + '<c r="C4"><f>1+1</f><v>2</v></c>',
            wb.inline("A5", "A4") + wb.inline("B5", "z") + '<c r="C5" t="str"><f>""</f><v></v></c>',
            wb.inline("A6", "A5") + wb.inline("B6", "z") + '<c r="C6"><f>1+1</f><v/></c>',
        ),
    )
    (sheet,) = read(path, wb.ASSETS, None).taken
    assert list(sheet.cells[2]) == [CellError("#DIV/0!"), Uncalculated(), 2.0, None, Uncalculated()]


def test_an_error_at_the_edge_of_the_sheet_is_not_cut_off(tmp_path: Path) -> None:
    path = wb.package(tmp_path / "a.xlsx", tiny(wb.inline("A2", "A1"), '<c r="D3" t="e"><v>#REF!</v></c>'))
    (sheet,) = read(path, wb.ASSETS, None).taken
    assert list(sheet.cells[3]) == [None, CellError("#REF!")]
    assert sheet.columns[3].letter == "D"


def test_whole_numbers_shown_with_leading_zeros_keep_them(tmp_path: Path) -> None:
    styles = (
        '<numFmts><numFmt numFmtId="180" formatCode="0000"/></numFmts>'
        '<cellXfs><xf numFmtId="0"/><xf numFmtId="180"/></cellXfs>'
    )
    row = '<c r="A2" s="1"><v>12</v></c>' + wb.inline("B2", "x") + '<c r="C2"><v>12</v></c>'
    path = wb.package(tmp_path / "a.xlsx", tiny(row), styles=styles)
    (sheet,) = read(path, wb.ASSETS, None).taken
    assert [column[0] for column in sheet.cells] == ["0012", "x", 12.0]


def test_rows_out_of_order_come_back_in_order(tmp_path: Path) -> None:
    rows = "".join(f'<row r="{n}">{wb.inline(f"A{n}", f"A{n}")}{wb.inline(f"B{n}", "x")}</row>' for n in (4, 2, 3))
    path = wb.package(tmp_path / "a.xlsx", f'<sheetData><row r="1">{wb.TINY_HEADER}</row>{rows}</sheetData>')
    (sheet,) = read(path, wb.ASSETS, None).taken
    assert list(zip(sheet.row_numbers, sheet.cells[0], strict=True)) == [(2, "A2"), (3, "A3"), (4, "A4")]


def test_other_writers_ways_are_read_too(tmp_path: Path) -> None:
    body = tiny(wb.inline("A2", "A1") + '<c r="B2" t="e"><v>#N/A</v></c>').replace("</", "</x:").replace("<", "<x:")
    body = body.replace("<x:/x:", "</x:")
    sheet_xml = f'<x:worksheet xmlns:x="{wb.NAMESPACE}">{body}</x:worksheet>'.encode()
    (sheet,) = read(wb.package(tmp_path / "a.xlsx", sheet_xml), wb.ASSETS, None).taken
    assert list(sheet.cells[1]) == [CellError("#N/A")]
    no_places = tiny(wb.inline("A2", "A1") + '<c r="B2" t="e"><v>#N/A</v></c>')
    for place in ("A1", "B1", "C1", "A2", "B2", "1", "2"):
        no_places = no_places.replace(f' r="{place}"', "")
    (sheet,) = read(wb.package(tmp_path / "b.xlsx", no_places), wb.ASSETS, None).taken
    assert list(sheet.cells[1]) == [CellError("#N/A")]


def test_dates_of_old_macintosh_files(tmp_path: Path) -> None:
    path = wb.package(tmp_path / "a.xlsx", tiny(wb.inline("A2", "A1")), properties='<workbookPr date1904="1"/>')
    assert read(path, wb.ASSETS, None).date1904
    assert not read(wb.package(tmp_path / "b.xlsx", tiny(wb.inline("A2", "A1"))), wb.ASSETS, None).date1904


def test_an_old_workbook_is_read_whatever_its_name(tmp_path: Path) -> None:
    found = read_workbook(wb.old_book(tmp_path / "a.xls", [[], wb.HEADER, *wb.ROWS]), wb.ASSETS)
    assert (found.kind, found.taken[0].row_numbers, found.warnings) == (Kind.XLS, [3, 4, 5], [])
    renamed = read_workbook(wb.old_book(tmp_path / "a.xlsx", [wb.HEADER, *wb.ROWS]), wb.ASSETS)
    assert renamed.kind is Kind.XLS
    assert "a.xlsx" in str(renamed.warnings[0])


CSV = '资产编号,资产名称,原值\n001,"电脑, 黑","1,200"\n002,打印机𬭚,5\n'


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
def test_text_tables_in_every_encoding(tmp_path: Path, encoding: str, line_end: str) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(CSV.replace("\n", line_end).encode(encoding))
    (sheet,) = read(path, wb.ASSETS, None).taken
    assert [list(column) for column in sheet.cells] == [["001", "002"], ["电脑, 黑", "打印机𬭚"], ["1,200", "5"]]
    assert sheet.row_numbers == [2, 3]


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_text_tables_with_every_separator(tmp_path: Path, delimiter: str) -> None:
    path = tmp_path / "a.csv"
    path.write_text(
        "\n".join(
            delimiter.join(row)
            for row in (["资产编号", "资产名称"], ['="007"', "'=1+1"], ["b", "a,b" if delimiter != "," else "c"])
        )
    )
    (sheet,) = read(path, wb.ASSETS, None).taken
    assert sheet.cells[0][0] == "007"
    assert sheet.cells[1][0] == "=1+1"


def test_a_quotation_mark_left_open_is_said_with_its_line(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text('资产编号,资产名称\n1,"a\n2,b\n')
    with pytest.raises(UserError, match="quotation mark"):
        read(path, wb.ASSETS, None)


def no_zip(path: Path) -> Path:
    path.write_bytes(b"PK\x03\x04" + b"\x00" * 200)
    return path


def written(content: bytes) -> Callable[[Path], Path]:
    def write(path: Path) -> Path:
        path.write_bytes(content)
        return path

    return write


def truncated(path: Path) -> Path:
    whole = wb.book(path, {"资产": [wb.HEADER, *wb.ROWS * 50]}).read_bytes()
    path.write_bytes(whole[: len(whole) * 2 // 3])
    return path


def old_truncated(path: Path) -> Path:
    whole = wb.old_book(path, [wb.HEADER, *wb.ROWS * 50]).read_bytes()
    path.write_bytes(whole[: len(whole) // 3])
    return path


HOSTILE: list[tuple[Callable[[Path], Path], str]] = [
    (wb.bomb_of_blanks, "absurd size"),
    (wb.bomb_beside_the_sheets, "absurd size"),
    (wb.million_empty_rows, "empty but formatted"),
    (wb.far_away_cell, "far away"),
    (wb.external_entity, "entities"),
    (wb.laughing_sheet, "entities"),
    (wb.row_twice, "twice"),
    (wb.protected, "password"),
    (lambda path: wb.ole_container(path, "WordDocument"), "another kind of Office document"),
    (truncated, "damaged"),
    (old_truncated, "damaged"),
    (no_zip, "damaged"),
    (written(wb.archive_of(["word/document.xml"])), "not an Excel workbook"),
    (written(wb.archive_of([f"xl/{n}.xml" for n in range(6000)])), "damaged"),
    (written(b""), "empty"),
    (written(b"\x89PNG\r\n\x1a\n" + b"\x00" * 100), "picture"),
    (written(b"%PDF-1.7 x"), "PDF"),
    (written(b"<html><table><tr><td>1</td></tr></table></html>"), "web page"),
    (written(b"\x01\x02\x00\x03" * 50), "damaged"),
    (written(b"\xff\xff\x81 \xff"), "UTF-8"),
]


@pytest.mark.parametrize(
    ("make", "words"), HOSTILE, ids=[words.replace(" ", "-") + str(n) for n, (_, words) in enumerate(HOSTILE)]
)
def test_harmful_and_broken_files_are_refused_in_words(
    tmp_path: Path, make: Callable[[Path], Path], words: str
) -> None:
    path = make(tmp_path / "a.xlsx")
    started = time.monotonic()
    with pytest.raises(UserError, match=words):
        read_workbook(path, wb.ASSETS)
    assert time.monotonic() - started < 10


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no pipes with names")
def test_what_would_never_end_is_not_read(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe.xlsx"
    os.mkfifo(pipe)
    for path in (pipe, tmp_path):
        with pytest.raises(UserError, match="is not a file"):
            take_in(path, ASSETS)


def test_a_huge_file_is_refused_before_it_is_read(tmp_path: Path) -> None:
    with (tmp_path / "huge.xlsx").open("wb") as file:
        file.truncate(3 * 2**30)
    with pytest.raises(UserError, match="3072 MB"):
        take_in(tmp_path / "huge.xlsx", ASSETS)


def test_a_missing_file_is_said_by_name(tmp_path: Path) -> None:
    with pytest.raises(UserError, match=r"nowhere\.xlsx"):
        read_workbook(tmp_path / "nowhere.xlsx", wb.ASSETS)


def readers() -> list[psutil.Process]:
    return [child for child in psutil.Process().children() if "spawn_main" in " ".join(child.cmdline())]


def test_stopping_kills_the_reading_process(tmp_path: Path) -> None:
    path = wb.book(tmp_path / "a.xlsx", {"资产": [wb.HEADER, *wb.ROWS]})

    def stop() -> None:
        raise Cancelled("stopped")

    with pytest.raises(Cancelled):
        read_workbook(path, wb.ASSETS, check=stop)
    assert not readers()


@pytest.mark.parametrize(
    ("limit", "value", "words"), [("MAX_SECONDS", 0.0, "longer than"), ("MAX_BYTES", 1000, "memory")]
)
def test_limits_of_time_and_memory_hold(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, limit: str, value: float, words: str
) -> None:
    path = wb.book(tmp_path / "a.xlsx", {"资产": [wb.HEADER, *wb.ROWS]})
    monkeypatch.setattr(reading, limit, value)
    with pytest.raises(UserError, match=words):
        read_workbook(path, wb.ASSETS)


def test_a_reading_process_that_dies_is_said_and_harms_nobody(tmp_path: Path) -> None:
    path = wb.book(tmp_path / "a.xlsx", {"资产": [wb.HEADER, *wb.ROWS]})

    def kill() -> None:
        for child in readers():
            child.kill()

    with pytest.raises(UserError, match="failed outright"):
        read_workbook(path, wb.ASSETS, check=kill)
