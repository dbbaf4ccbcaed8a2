"""Finance prints the workbooks of a month and hands the voucher to its accounting program."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet
from python_calamine import load_workbook as read_as_import_does

from db.models.assets import Asset, AssetClass
from db.models.depreciation import Book, BookClass, BookDepartment
from db.models.organisation import Department
from logistics_desktop import i18n, organisation
from logistics_desktop.cli import opening
from logistics_desktop.errors import Cancelled, UserError
from logistics_desktop.features.depreciation.board import BookLine, find_book
from logistics_desktop.features.depreciation.reconciling import compare, read_old_book
from logistics_desktop.features.depreciation.sheets.kinds import WORKBOOKS, Kind, export
from logistics_desktop.features.depreciation.sheets.order import Order
from logistics_desktop.features.depreciation.voucher.booking import make_voucher
from logistics_desktop.features.depreciation.voucher.presets import FIRST, PRESETS
from logistics_desktop.features.depreciation.voucher.store import read_booked, read_layout, store_layout, write_voucher
from logistics_desktop.jobs import Job
from main import main
from tests.db.depreciation.conftest import Desk, month

JUNE = date(2025, 6, 10)


@pytest.fixture(autouse=True)
def in_english() -> Iterator[None]:
    """Begin and end in English."""
    i18n.use("en")
    yield
    i18n.use("en")


@pytest.fixture
def finance(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> Desk:
    """Two departments, a tree of classes, accounts, and January to March charged, March not closed."""
    office = desk.store(Department(code="01", name="总公司"))
    shop = desk.store(Department(code="0101", name="门店", parent_id=office))
    top = desk.store(AssetClass(edition="2022", code="A02", name="设备"))
    desks = desk.store(AssetClass(edition="2022", code="A0205", name="办公设备", parent_id=top))
    cars = desk.store(AssetClass(edition="2022", code="A0203", name="车辆", parent_id=top))
    desk.asset("A-1", "1200.60", class_id=desks, department_id=office, specification="=1+1")
    desk.asset("A-2", "2400", class_id=cars, department_id=shop)
    desk.asset("A-3", "3600", class_id=cars, department_id=office, life_months=36, residual_value=Decimal(180))
    desk.asset("A-4", "500", class_id=desks, department_id=shop, in_service_on=JUNE, disposed_on=date(2026, 3, 9))
    desk.asset("A-5", "99.99")
    desk.change(Book, desk.book, expense_account="660201 管理费用—折旧", depreciation_account="1602")
    desk.store(BookDepartment(book_id=desk.book, department_id=shop, expense_account="660101 销售费用"))
    desk.store(BookClass(book_id=desk.book, class_id=cars, depreciation_account="160203 累计折旧—车辆"))
    desk.run_and_close("2026-01", "2026-02")
    desk.run("2026-03")
    monkeypatch.setattr(opening, "open_office", lambda *_arguments: desk.office)
    return desk


def book_of(desk: Desk) -> BookLine:
    with desk.office.session() as session:
        return find_book(session, "1")


def written(desk: Desk, kind: Kind, path: Path, of: str = "2026-03", **more: Any) -> Path:
    with desk.office.session() as session:
        export(session, kind, Order(find_book(session, "1"), month(of), **more), path)
    return path


def headers(sheet: Worksheet) -> int:
    """The row of the headers: the last of those that are repeated on every page."""
    return int(str(sheet.print_title_rows).rpartition("$")[2])


def table(path: Path, name: str | int = 0) -> list[dict[str, Any]]:
    """The rows of a sheet with the values that are cached, without the total."""
    book = load_workbook(path, data_only=True)
    sheet = book.worksheets[name] if isinstance(name, int) else book[name]
    first, *rows = sheet.iter_rows(min_row=headers(sheet), values_only=True)
    names = [str(one) for one in first]
    return [dict(zip(names, row, strict=True)) for row in rows[:-3]]


def every_sum(path: Path) -> Iterator[tuple[str, float, float]]:
    """Every total of a workbook: what its formula adds up to, and the value that stands in the cell."""
    values = load_workbook(path, data_only=True)
    for sheet in load_workbook(path).worksheets:
        for row in sheet.iter_rows(min_row=headers(sheet) + 1):
            for cell in row:
                if cell.data_type == "f":
                    found = re.fullmatch(r"=SUBTOTAL\(109,(\w+:\w+)\)", str(cell.value))
                    assert found, cell.value
                    first, last = (int(at) for at in re.findall(r"\d+", found[1]))
                    assert cell.column is not None
                    cells = [sheet.cell(at, cell.column).value or 0 for at in range(first, last + 1)]
                    yield (
                        f"{sheet.title}!{cell.coordinate}",
                        round(sum(float(str(one)) for one in cells), 2),
                        values[sheet.title][cell.coordinate].value,
                    )


@pytest.mark.parametrize("kind", list(Kind))
def test_every_workbook_is_ready_to_sign(finance: Desk, tmp_path: Path, kind: Kind) -> None:
    with finance.office.session() as session:
        asset = session.scalar(sa.select(Asset.id).where(Asset.code == "A-3"))
    path = written(finance, kind, tmp_path / "表.xlsx", asset=asset)
    sums = list(every_sum(path))
    assert sums
    assert [place for place, adds_up, cached in sums if adds_up != cached] == []
    for sheet in load_workbook(path).worksheets:
        assert (sheet.page_setup.orientation, sheet.page_setup.paperSize, sheet.page_setup.fitToHeight) == (
            "landscape",
            9,
            0,
        )
        assert str(sheet.print_title_rows).startswith("$1:$")
        assert sheet["A1"].value == WORKBOOKS[kind].title
        assert "Organisation: 总公司" in sheet["A2"].value
        assert "Book: 1 账套1" in sheet["A2"].value
        assert "Currency: CNY" in sheet["A2"].value
        last = str(sheet.cell(sheet.max_row, 1).value)
        assert re.sub(" +", " ", last) == "Prepared by: Checked by: Head:"
    rows = read_as_import_does(path).get_sheet_by_index(0).to_python(skip_empty_area=False)
    totals = [cell for cell in rows[-3] if isinstance(cell, float)]
    assert totals == [cached for place, _adds_up, cached in sums if place.startswith(load_workbook(path).sheetnames[0])]


def test_the_detail_has_every_asset_as_the_month_charged_it(finance: Desk, tmp_path: Path) -> None:
    path = written(finance, Kind.DETAIL, tmp_path / "detail.xlsx")
    rows = {row["Asset no."]: row for row in table(path)}
    assert list(rows) == ["A-1", "A-2", "A-3", "A-4", "A-5"]
    assert rows["A-3"]["Depreciation of the month"] == 95
    assert rows["A-3"]["Accumulated depreciation"] == 285
    assert rows["A-3"]["Book value"] == 3315
    assert rows["A-3"]["Months charged"] == 3
    assert rows["A-3"]["Class"] == "车辆"
    assert rows["A-1"]["Specification"] == "=1+1"
    assert [code for code, row in rows.items() if row["Remark"]] == ["A-4"]
    assert "not closed yet" in load_workbook(path).worksheets[0]["A2"].value
    closed = written(finance, Kind.DETAIL, tmp_path / "closed.xlsx", "2026-02")
    assert "not closed yet" not in load_workbook(closed).worksheets[0]["A2"].value


def test_the_detail_read_again_agrees_with_the_book(finance: Desk, tmp_path: Path) -> None:
    i18n.use("zh_CN")
    path = written(finance, Kind.DETAIL, tmp_path / "明细.xlsx")
    sheet = load_workbook(path).worksheets[0]
    assert (sheet.title, sheet["A1"].value) == ("固定资产折旧明细表", "固定资产折旧明细表")
    old = read_old_book(path, book_of(finance).standard)
    assert old.list is not None
    with finance.office.session() as session:
        found = compare(session, book_of(finance), month("2026-03"), old.list)
    assert found.differing == ()
    assert len(found.lines) == 5
    assert {total.field for total in found.totals} == {"cost", "amount", "accumulated", "book_value"}


def test_classes_are_added_up_below_their_tops(finance: Desk, tmp_path: Path) -> None:
    path = written(finance, Kind.CLASSES, tmp_path / "classes.xlsx")
    classes = {row["Class"]: row for row in table(path)}
    assert [(row["Top class"], row["Class code"]) for row in classes.values()] == [
        ("设备", "A0203"),
        ("设备", "A0205"),
        ("No class", None),
    ]
    assert classes["车辆"]["Depreciation of the month"] == 295
    assert classes["车辆"]["Depreciation account"] == "160203"
    tops = {row["Class"]: row for row in table(path, "By top class")}
    assert list(tops) == ["设备", "No class"]
    assert tops["设备"]["Original value"] == 1200.6 + 2400 + 3600 + 500
    assert tops["设备"]["Assets"] == 4


def test_departments_bear_their_accounts(finance: Desk, tmp_path: Path) -> None:
    path = written(finance, Kind.DEPARTMENTS, tmp_path / "departments.xlsx")
    rows = {row["Department"]: row for row in table(path)}
    assert (rows["门店"]["Expense account"], rows["门店"]["Account name"]) == ("660101", "销售费用")
    assert (rows["总公司"]["Expense account"], rows["总公司"]["Account name"]) == ("660201", "管理费用—折旧")
    assert rows["No department"]["Expense account"] == "660201"
    accounts = {row["Expense account"]: row["Depreciation of the month"] for row in table(path, "By account")}
    charged = {
        one: sum(row["Depreciation of the month"] for row in rows.values() if row["Expense account"] == one)
        for one in accounts
    }
    assert accounts == pytest.approx(charged)
    assert sum(row["Proportion"] for row in rows.values()) == pytest.approx(1, abs=0.001)


def test_the_register_leaves_out_what_has_left(finance: Desk, tmp_path: Path) -> None:
    path = written(finance, Kind.REGISTER, tmp_path / "register.xlsx")
    assert [row["Asset no."] for row in table(path)] == ["A-1", "A-2", "A-3", "A-5"]
    assert load_workbook(path).worksheets[0]["A3"].value == "Values at the end of 2026-03-31"


def test_the_schedule_says_what_is_posted_and_what_is_to_come(finance: Desk, tmp_path: Path) -> None:
    with finance.office.session() as session:
        asset = session.scalar(sa.select(Asset.id).where(Asset.code == "A-3"))
    path = written(finance, Kind.SCHEDULE, tmp_path / "schedule.xlsx", asset=asset)
    rows = table(path)
    assert [row["State"] for row in rows[:4]] == ["closed", "closed", "calculated", "to come"]
    assert len(rows) == 36
    assert sum(Decimal(str(row["Depreciation of the month"])) for row in rows) == 3420
    assert rows[-1]["Book value"] == 180
    assert "A-3 资产A-3" in load_workbook(path).worksheets[0]["A3"].value


def test_the_forecast_comes_to_the_same_by_month_class_and_department(finance: Desk, tmp_path: Path) -> None:
    path = written(finance, Kind.FORECAST, tmp_path / "forecast.xlsx")
    months = table(path, "By month")
    assert (len(months), months[0]["Month"]) == (36, "2026-03")
    whole = sum(row["Depreciation of the month"] for row in months)
    for name in ("By top class", "By class", "By department"):
        assert sum(row["Whole year"] for row in table(path, name)) == pytest.approx(whole)
    first = table(path, "By class")[0]
    assert (first["Month 2"], first["Year"]) == (None, 2026)
    assert [row["Top class"] for row in table(path, "By top class")][:2] == ["设备", "No class"]


def test_a_month_without_entries_is_refused(finance: Desk, tmp_path: Path) -> None:
    for kind in (Kind.DETAIL, Kind.CLASSES, Kind.DEPARTMENTS, Kind.REGISTER):
        with pytest.raises(UserError, match=r"2026-04 is not calculated in the book 账套1\. Run depreciation first"):
            written(finance, kind, tmp_path / "none.xlsx", "2026-04")
    with pytest.raises(UserError, match="Choose the asset"):
        written(finance, Kind.SCHEDULE, tmp_path / "none.xlsx")
    assert not list(tmp_path.iterdir())


def test_an_export_that_is_stopped_leaves_no_file(finance: Desk, tmp_path: Path) -> None:
    job = Job()
    job.cancel()
    with pytest.raises(Cancelled), finance.office.session() as session:
        export(session, Kind.DETAIL, Order(find_book(session, "1"), month("2026-03")), tmp_path / "x.xlsx", job)
    assert not list(tmp_path.iterdir())


def test_the_organisation_may_have_another_name_on_paper(finance: Desk, tmp_path: Path) -> None:
    with finance.office.session() as session:
        organisation.write(session, organisation.ORGANISATION_NAME, "江南学院")
    path = written(finance, Kind.CLASSES, tmp_path / "classes.xlsx")
    assert "Organisation: 江南学院" in load_workbook(path).worksheets[0]["A2"].value


@pytest.mark.parametrize("preset", list(PRESETS))
def test_a_voucher_balances_in_every_layout(finance: Desk, tmp_path: Path, preset: str) -> None:
    with finance.office.session() as session:
        booked = read_booked(session, book_of(finance), month("2026-03"))
    layout = PRESETS[preset][1]
    voucher = make_voucher(booked, layout, "7")
    assert sum(one.debit for one in voucher.postings) == sum(one.credit for one in voucher.postings) == voucher.total
    with finance.office.session() as session:
        charged = sum(Decimal(row["Depreciation of the month"]) for row in _detail(finance, tmp_path))
        store_layout(session, layout)
        assert read_layout(session) == layout
    assert voucher.total == charged
    write_voucher(voucher, layout, tmp_path / "v.xlsx")
    sheet = load_workbook(tmp_path / "v.xlsx").worksheets[0]
    assert sheet.max_row == len(voucher.postings) + 1


def _detail(desk: Desk, folder: Path) -> list[dict[str, str]]:
    path = written(desk, Kind.DETAIL, folder / "detail.csv")
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def test_a_voucher_names_departments_and_accounts(finance: Desk, tmp_path: Path) -> None:
    with finance.office.session() as session:
        booked = read_booked(session, book_of(finance), month("2026-03"))
    voucher = make_voucher(booked, PRESETS[FIRST][1], "7")
    write_voucher(voucher, PRESETS[FIRST][1], tmp_path / "v.csv")
    with (tmp_path / "v.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert rows[0] == {
        "Date": "2026-03-31",
        "Voucher word": "J",
        "Voucher no.": "7",
        "Line no.": "1",
        "Voucher text": "Depreciation of 3/2026",
        "Account code": "660101",
        "Account name": "销售费用",
        "Department": "门店",
        "Debit": "241.67",
        "Credit": "",
    }
    assert [(row["Account code"], row["Credit"]) for row in rows if row["Credit"]][-1] == ("160203", "295.00")


def test_an_older_program_gets_its_encoding(finance: Desk, tmp_path: Path) -> None:
    layout = replace(PRESETS["signed"][1], encoding="gb18030", text="{book}折旧{month}")
    with finance.office.session() as session:
        booked = read_booked(session, book_of(finance), month("2026-03"))
    write_voucher(make_voucher(booked, layout), layout, tmp_path / "v.csv")
    lines = (tmp_path / "v.csv").read_text("gb18030").splitlines()
    assert lines[1] == "20260331,1,账套1折旧2026-03,660101,0101,241.67"
    assert lines[-1].endswith(",160203,,-295.00")


def test_a_missing_account_is_named(finance: Desk) -> None:
    finance.change(Book, finance.book, expense_account=None)
    with finance.office.session() as session:
        booked = read_booked(session, book_of(finance), month("2026-03"))
    with pytest.raises(UserError, match="No expense account for: -, 总公司"):
        make_voucher(booked, PRESETS[FIRST][1])
    finance.change(Book, finance.book, expense_account="6602", depreciation_account=None)
    with finance.office.session() as session:
        booked = read_booked(session, book_of(finance), month("2026-03"))
    with pytest.raises(UserError, match="No depreciation account for: -, 办公设备"):
        make_voucher(booked, PRESETS[FIRST][1])


@pytest.mark.parametrize("kept", ["{", "[]", '{"columns": []}', json.dumps({"columns": [["gold", "", ""]]})])
def test_a_damaged_layout_gives_way_to_a_preset(finance: Desk, kept: str, caplog: pytest.LogCaptureFixture) -> None:
    with finance.office.session() as session:
        organisation.write(session, organisation.VOUCHER_LAYOUT, kept)
        assert read_layout(session) == PRESETS[FIRST][1]
    assert "cannot be read" in caplog.text
    caplog.clear()


def test_the_command_writes_what_is_asked_for(
    finance: Desk, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    def asked(kind: str, *more: str) -> int:
        return main(
            ["--demo", "depreciation", "export", "--book", "1", "--kind", kind, *more, str(tmp_path / f"{kind}.xlsx")]
        )

    for kind in ("detail", "classes", "departments", "register", "forecast", "voucher"):
        assert asked(kind) == 0
    assert asked("schedule", "--asset", "A-3") == 0
    assert len(list(tmp_path.iterdir())) == 7
    assert "5 rows were written to" in capsys.readouterr().out
    assert "Month: 2026-03" in load_workbook(tmp_path / "detail.xlsx").worksheets[0]["A2"].value
    assert asked("schedule", "--asset", "Z-9") == 1
    assert "There is no asset Z-9." in capsys.readouterr().err
    assert asked("detail", "--month", "2026-07") == 1
    with pytest.raises(SystemExit) as usage:
        asked("schedule")
    assert usage.value.code == 1
