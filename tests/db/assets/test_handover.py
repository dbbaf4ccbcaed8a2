"""The hand-over sheet: everything in a person's name, in a workbook that nothing in it can turn into a formula."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

from openpyxl import load_workbook

from db.models.assets import Status
from logistics_desktop.context import Office
from logistics_desktop.features.assets.handover import sheet_of, write_sheet
from logistics_desktop.ledgers import LEDGERS
from tests.db.assets.conftest import Add


def test_the_sheet_lists_what_is_here_and_adds_it_up(office: Office, add: Add, tmp_path: Path) -> None:
    department = add("departments", code="D", name="财务科")
    wang, li = (
        add("staff", code=code, name=name, department_id=department) for code, name in (("1", "王芳"), ("2", "李"))
    )
    add("assets", code="A1", name="=办公桌", keeper_id=wang, quantity=Decimal(2), original_value=Decimal("10.50"))
    add("assets", name="没有编号的椅子", keeper_id=wang, original_value=Decimal("0.25"))
    add("assets", code="A2", name="已报废", keeper_id=wang, status=Status.SCRAPPED)
    add("assets", code="A3", name="别人的", keeper_id=li)
    with office.session() as session:
        sheet = sheet_of(session, LEDGERS, wang, " 李 ", date(2026, 11, 23))
    assert [line[1] for line in sheet.lines] == ["=办公桌", "没有编号的椅子"]
    assert (sheet.quantity, sheet.value, sheet.taker, sheet.department) == (
        Decimal(3),
        Decimal("10.75"),
        "李",
        "财务科",
    )
    path = tmp_path / "sheet.xlsx"
    write_sheet(sheet, path)
    page = load_workbook(path).worksheets[0]
    assert "王芳" in page["A2"].value
    assert (page["C4"].value, page["C4"].data_type) == ("=办公桌", "s")
    assert page["G4"].value == 10.5
    assert page["A6"].value == "2 lines, 3 things, original value 10.75"
    assert page["A8"].value.startswith("Handed over by")


def test_somebody_with_nothing_has_an_empty_sheet(office: Office, add: Add, tmp_path: Path) -> None:
    person = add("staff", code="1", name="王芳")
    with office.session() as session:
        sheet = sheet_of(session, LEDGERS, person, "", date(2026, 1, 1))
    write_sheet(sheet, tmp_path / "empty.xlsx")
    assert sheet.lines == ()
    assert load_workbook(tmp_path / "empty.xlsx").worksheets[0]["A4"].value.startswith("0 lines")
