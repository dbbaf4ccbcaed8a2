"""Finance's own workbook beside a book: on the command line, and returned with what differs."""

from __future__ import annotations

import json
from pathlib import Path

import openpyxl
import pytest

from db.models.assets import Status
from logistics_desktop.cli import opening
from logistics_desktop.errors import UserError
from logistics_desktop.features.depreciation.board import find_book
from logistics_desktop.features.depreciation.differences import Cause
from logistics_desktop.features.depreciation.reconciling import compare, read_old_book, write_compared
from main import main
from tests.db.depreciation.conftest import Desk, month
from tests.workbooks import book

HEADER = ["资产编号", "资产名称", "原值", "本月折旧", "累计折旧", "净值"]


@pytest.fixture
def finance(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> Desk:
    """Two assets charged in January and February 2026; commands find this office."""
    desk.asset("A-1")
    desk.asset("A-2", "2400", residual_value=0)
    desk.asset("A-3", "3600")
    desk.run("2026-02")
    monkeypatch.setattr(opening, "open_office", lambda *_arguments: desk.office)
    return desk


@pytest.fixture
def workbook(tmp_path: Path) -> Path:
    rows: list[list[object]] = [
        ["折旧明细表"],
        [*HEADER],
        ["A-1", "资产A-1", 1200, 100, 200, 1000],
        ["A-2", "资产A-2", 2400, 190, 380, 2020],
        ["A-9", "别处的", 500, 5, 10, 490],
    ]
    return book(tmp_path / "折旧.xlsx", {"2月": rows})


def test_a_workbook_is_compared_and_returned(finance: Desk, workbook: Path, tmp_path: Path) -> None:
    with finance.office.session() as session:
        line = find_book(session, "1")
        old = read_old_book(workbook, line.standard)
        assert old.list is not None
        found = compare(session, line, month("2026-02"), old.list)
    assert [(one.code, one.guess.cause if one.guess else None) for one in found.lines] == [
        ("A-1", None),
        ("A-2", Cause.RESIDUAL),
        ("A-9", Cause.MISSING_HERE),
        ("A-3", Cause.MISSING_THERE),
    ]
    assert {one.field: one.theirs - one.ours for one in found.totals} == {
        "cost": 0,
        "amount": -10,
        "accumulated": -20,
        "book_value": 20,
    }
    returned = write_compared(old.list, found, tmp_path / "back.xlsx").path
    sheet = openpyxl.load_workbook(returned)["2月"]
    assert sheet["G2"].value == "Compared with the book"
    assert sheet["G3"].value is None
    assert "residual value: 120.00 there, 0.00 here" in str(sheet["G4"].value)
    assert "not in this book" in str(sheet["G5"].value)


def test_an_asset_without_an_entry_says_what_its_card_says(finance: Desk, tmp_path: Path) -> None:
    finance.asset("B-1", status=Status.SCRAPPED)
    finance.asset("B-2", life_months=None)
    finance.run("2026-02")
    rows: list[list[object]] = [
        [*HEADER],
        ["A-1", "资产A-1", 1200, 100, 200, 1000],
        ["b-1", "报废的", 500, 0, 500, 0],
        ["B-2", "没有年限的", 500, 5, 10, 490],
        ["B-3", "没有卡片的", 500, 5, 10, 490],
    ]
    with finance.office.session() as session:
        line = find_book(session, "1")
        old = read_old_book(book(tmp_path / "x.xlsx", {"2月": rows}), line.standard)
        assert old.list is not None
        found = compare(session, line, month("2026-02"), old.list)
    said = {one.code: one.guess for one in found.lines if one.guess}
    assert {code: guess.cause for code, guess in said.items()} == {
        "b-1": Cause.GONE,
        "B-2": Cause.LEFT_OUT,
        "B-3": Cause.MISSING_HERE,
        "A-2": Cause.MISSING_THERE,
        "A-3": Cause.MISSING_THERE,
    }
    assert "“Scrapped”" in str(said["b-1"])


def test_a_month_that_is_not_calculated_is_refused(finance: Desk, workbook: Path) -> None:
    with finance.office.session() as session:
        line = find_book(session, "1")
        old = read_old_book(workbook, line.standard)
        assert old.list is not None
        with pytest.raises(UserError, match="Run depreciation first"):
            compare(session, line, month("2026-03"), old.list)


def test_on_the_command_line(finance: Desk, workbook: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert finance.office
    asked = ["--lang", "en", "--demo", "depreciation", "reconcile", str(workbook), "--book", "1", "--month", "2026-02"]
    assert main([*asked, "--json", "--returned", str(tmp_path / "back.xlsx")]) == 0
    answer = json.loads(capsys.readouterr().out)
    assert (answer["month"], answer["sheet"], answer["agree"]) == ("2026-02", "2月", 1)
    assert answer["lines"][0]["cause"] == "residual"
    assert {one["field"]: (one["theirs"], one["ours"]) for one in answer["lines"][0]["differences"]}["amount"] == (
        "190.000000",
        "200.00",
    )
    assert (tmp_path / "back.xlsx").exists()


def test_as_text(finance: Desk, workbook: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert finance.office
    asked = ["--lang", "zh_CN", "--demo", "depreciation", "reconcile", str(workbook), "--book", "1"]
    assert main([*asked, "--month", "2026-02"]) == 0
    said = capsys.readouterr().out
    assert "第 4 行  A-2  资产A-2: 月折旧额：对方 190.00，本账 200.00" in said
    assert "1 项资产一致，3 项不一致。" in said


def test_an_unknown_book_is_refused(finance: Desk, workbook: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert finance.office
    asked = ["--lang", "en", "--demo", "depreciation", "reconcile", str(workbook), "--book", "nine"]
    assert main([*asked, "--month", "2026-02"]) == 1
    assert "There is no book “nine”" in capsys.readouterr().err
