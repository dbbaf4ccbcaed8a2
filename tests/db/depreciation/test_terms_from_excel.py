"""Opening balances, readings and accounts come in by Excel, as every ledger does."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from db.models.assets import AssetClass, Method, Standard
from db.models.depreciation import BookAsset, ChangeKind, MeterReading
from logistics_desktop import finding
from logistics_desktop.errors import FieldErrors
from logistics_desktop.features.depreciation.own_terms import own_terms, store_terms
from logistics_desktop.ledger import records
from logistics_desktop.ledger.filters import Query
from logistics_desktop.ledger.rows import first_page, totals
from logistics_desktop.ledgers import LEDGERS
from logistics_desktop.workbook.export import export_list
from logistics_desktop.workbook.planned import Options, Outcome
from tests.db.depreciation.conftest import Desk
from tests.db.workbook.conftest import Importing

D = Decimal
HEADER = ("账套", "资产编号", "期初累计折旧", "已计提月份", "使用年限(年)")


@pytest.fixture
def excel(desk: Desk, tmp_path: Path) -> Importing:
    """Workbooks on their way into the office of the desk."""
    return Importing(desk.office, tmp_path)


def test_opening_balances_come_in_change_and_are_charged_by(desk: Desk, excel: Importing) -> None:
    one = desk.asset("A1", "1200", life_months=24, in_service_on=date(2024, 6, 1))
    desk.asset("A2", "1200", life_months=24, in_service_on=date(2024, 6, 1))
    rows = (HEADER, ("账套1", "A1", 200, 14, None), ("1", "A2", 600, 12, None), ("账套1", "Z9", 1, 1, None))
    plan = excel.plan(excel.source(rows, "book-assets"), ledger="book-assets")
    assert [plan.outcomes.count(kind) for kind in (Outcome.NEW, Outcome.CHANGED)] == [3, 0]
    assert [missing.name for missing in plan.missing] == ["Z9"]
    done = excel.apply(plan, good_rows=True)
    assert (done.new, done.refused) == (2, 1)
    desk.run("2026-01")
    assert desk.amounts(one) == {"2026-01": D(100)}
    again = excel.plan(
        excel.source((HEADER, ("账套1", "A1", 300, 15, None), ("1", "A2", 600, 12, None)), "book-assets"),
        Options(),
        "book-assets",
    )
    assert list(again.outcomes) == [Outcome.CHANGED, Outcome.UNCHANGED]
    excel.apply(again)
    desk.run("2026-01")
    assert desk.amounts(one) == {"2026-01": D(100)}
    with desk.office.session() as session:
        assert session.scalar(sa.select(BookAsset.opening_accumulated).where(BookAsset.asset_id == one)) == D(300)


@pytest.mark.parametrize(
    ("row", "said"),
    [
        (("账套1", "A1", 200, None, None), "An opening balance has both"),
        (("账套1", "A1", -1, 3, None), "below zero"),
        (("账套1", None, 1, 3, None), "must be filled in"),
        ((None, "A1", 1, 3, None), "must be filled in"),
        (("账套1", "A1", None, None, 200), "1200 months"),
    ],
)
def test_a_wrong_opening_balance_is_refused_by_its_field(
    desk: Desk, excel: Importing, row: tuple[object, ...], said: str
) -> None:
    desk.asset("A1")
    plan = excel.plan(excel.source((HEADER, row, ("账套1", "A1", None, None, 5)), "book-assets"), ledger="book-assets")
    assert said in " ".join(str(error.problem) for error in plan.errors)


def test_what_went_out_comes_in_unchanged(desk: Desk, excel: Importing, tmp_path: Path) -> None:
    desk.asset("A1", name="办公桌")
    desk.asset("A2", name="办公桌")
    excel.store((HEADER, ("账套1", "A1", 200, 14, None), ("账套1", "A2", 600, 12, None)), "book-assets")
    entity = LEDGERS["book-assets"]
    with desk.office.session() as session:
        export_list(session, LEDGERS, entity, Query(), [field.key for field in entity], tmp_path / "out.xlsx")
    plan = excel.plan(excel.read(tmp_path / "out.xlsx", "book-assets"), ledger="book-assets")
    assert (list(plan.outcomes), plan.missing) == ([Outcome.UNCHANGED] * 2, ())


def test_readings_of_a_year_come_in(desk: Desk, excel: Importing) -> None:
    one = desk.asset("京A12345", "100000", method=Method.UNITS_OF_PRODUCTION)
    done = excel.store(
        (("资产编号", "月份", "行驶里程"), ("京A12345", "2026-01", 1500), ("京A12345", "2026年2月", "1,600")),
        "meter-readings",
    )
    assert done.new == 2
    with desk.office.session() as session:
        found = session.execute(sa.select(MeterReading.asset_id, MeterReading.month, MeterReading.units)).all()
    assert sorted(map(tuple, found)) == [(one, date(2026, 1, 1), D(1500)), (one, date(2026, 2, 1), D(1600))]


def test_a_day_within_a_month_means_the_month_that_is_there(desk: Desk, excel: Importing) -> None:
    desk.asset("A1", "100000", method=Method.UNITS_OF_PRODUCTION)
    header = ("资产编号", "月份", "行驶里程")
    excel.store((header, ("A1", date(2026, 3, 1), 1500)), "meter-readings")
    later = excel.plan(
        excel.source((header, ("A1", date(2026, 3, 31), 1600)), "meter-readings"), ledger="meter-readings"
    )
    assert list(later.outcomes) == [Outcome.CHANGED]
    assert excel.apply(later).changed == 1
    assert excel.column("meter-readings", "units") == [D(1600)]
    twice = (header, ("A1", date(2026, 4, 1), 1), ("A1", "2026年4月30日", 2))
    plan = excel.plan(excel.source(twice, "meter-readings"), ledger="meter-readings")
    assert "Row 2" in " ".join(str(error.problem) for error in plan.errors)


def test_a_value_change_and_an_opening_of_any_day_are_compared_by_their_month(desk: Desk, excel: Importing) -> None:
    desk.asset("A1")
    openings = (("账套", "资产编号", "起提月份"), ("账套1", "A1", date(2026, 3, 9)))
    changes = (
        ("账套", "资产编号", "变动月份", "变动类型", "减值金额", "原因"),
        ("1", "A1", "2026-05-20", "减值", 10, "旧"),
    )
    for ledger, rows in (("book-assets", openings), ("value-changes", changes)):
        assert excel.store(rows, ledger).new == 1
        again = excel.plan(excel.source(rows, ledger), ledger=ledger)
        assert list(again.outcomes) == [Outcome.UNCHANGED], ledger


def test_they_are_ledgers_like_all_others(desk: Desk, tmp_path: Path) -> None:
    with desk.office.session() as session:
        one = records.create(session, LEDGERS["assets"], {"code": "A1", "name": "资产A1"})
        said = {"book_id": 1, "asset_id": one, "cost": D(10), "starts_month": date(2026, 3, 9)}
        number = records.create(session, LEDGERS["book-assets"], said)
        for key in ("book-assets", "book-classes", "book-departments", "value-changes", "meter-readings", "books"):
            entity = LEDGERS[key]
            keys = [field.key for field in entity]
            assert len(first_page(session, LEDGERS, entity, Query(), keys, 5)) == (key in ("book-assets", "books"))
            assert totals(session, LEDGERS, entity, Query(search="资产A1")).count == (key == "book-assets")
            assert export_list(session, LEDGERS, entity, Query(), keys, tmp_path / f"{key}.xlsx") < 2
        read = records.read(session, LEDGERS, LEDGERS["book-assets"], number)
        assert (read.values["asset_id"].title, read.values["starts_month"]) == ("A1 资产A1", date(2026, 3, 1))
        records.update(session, LEDGERS, LEDGERS["book-assets"], number, 1, {"life_months": 36})
    with pytest.raises(FieldErrors, match="Another row"), desk.office.session() as session:
        records.create(session, LEDGERS["book-assets"], {"book_id": 1, "asset_id": one})
    with desk.office.session() as session:
        assert [found.id for found in finding.find(session, LEDGERS, "A1")] == [one]
        records.delete(session, LEDGERS, LEDGERS["book-assets"], number, 2)


@pytest.fixture
def government(desk: Desk, excel: Importing) -> Importing:
    """Workbooks for a book of the government standard, with one asset."""
    desk.open_book(standard=Standard.GOVERNMENT, code="G")
    desk.asset("A1")
    return excel


@pytest.mark.parametrize(
    ("ledger", "values", "field"),
    [
        ("book-assets", {"method": Method.SUM_OF_YEARS}, "method"),
        ("book-assets", {"residual_value": D(1)}, "residual_value"),
        ("book-assets", {"residual_rate": D("0.05")}, "residual_rate"),
        ("book-classes", {"method": Method.DOUBLE_DECLINING}, "method"),
        ("book-classes", {"residual_rate": D("0.05")}, "residual_rate"),
        (
            "value-changes",
            {"residual_value": D(1), "month": date(2026, 2, 1), "kind": ChangeKind.ESTIMATE, "reason": "x"},
            "residual_value",
        ),
    ],
    ids=str,
)
def test_what_the_government_standard_does_not_know_is_refused_on_save_by_its_field(
    desk: Desk, government: Importing, ledger: str, values: dict[str, Any], field: str
) -> None:
    subject = {"asset_id": 1} if ledger != "book-classes" else {}
    if not subject:
        subject = {"class_id": desk.store(AssetClass(edition="2022", code="A02", name="设备"))}
    for book, refused in ((1, False), (2, True)):
        said = {**subject, **values, "book_id": book}
        if not refused:
            government.add(ledger, **said)
            continue
        with pytest.raises(FieldErrors, match="government standard") as told:
            government.add(ledger, **said)
        assert list(told.value.by_field) == [field]
        assert ("A1 资产A1" if "asset_id" in said else "A02 设备") in str(told.value)


def test_an_edit_or_an_import_does_not_bring_it_in_either(desk: Desk, government: Importing) -> None:
    rows = (("账套", "资产编号", "净残值", "折旧方法"), ("G", "A1", 0, "直线法"))
    assert government.store(rows, "book-assets").new == 1
    with pytest.raises(FieldErrors, match="A1 资产A1"):
        government.store((rows[0], ("G", "A1", 50, "直线法")), "book-assets")
    with pytest.raises(FieldErrors, match="straight line or units"), desk.office.session() as session:
        records.update(session, LEDGERS, LEDGERS["book-assets"], 1, 1, {"method": Method.SUM_OF_YEARS})


def test_terms_of_a_class_that_cannot_be_are_refused_by_their_row_and_field(desk: Desk, excel: Importing) -> None:
    rows = (
        ("分类代码", "分类名称", "使用年限(年)", "折旧方法", "残值率"),
        ("A01", "设备", 2.5, "年数总和法", None),
        ("A02", "家具", 15, "直线法", 0.05),
    )
    plan = excel.plan(excel.source(rows, "classes"), ledger="classes")
    assert [(error.row, error.key) for error in plan.errors] == [(2, "life_months")]
    assert "30 months are not a multiple of 12" in str(plan.errors[0].problem)
    for ledger in ("classes", "book-classes"):
        number = desk.store(AssetClass(edition="2022", code=ledger, name="设备"))
        wrong = {"life_months": 1201, "residual_rate": D(2)}
        subject: dict[str, Any]
        if ledger == "classes":
            subject = {"edition": "2022", "code": "X", "name": "x"}
        else:
            subject = {"book_id": 1, "class_id": number}
        with pytest.raises(FieldErrors) as told:
            excel.add(ledger, **subject, **wrong)
        assert set(told.value.by_field) == set(wrong)


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"opening_accumulated": D(1201), "opening_months": 3}, "opening_accumulated"),
        ({"opening_accumulated": D(100), "opening_months": 12}, "opening_months"),
        ({"opening_accumulated": D(100), "opening_months": 0}, "opening_months"),
    ],
)
def test_an_opening_balance_that_the_card_does_not_bear_is_refused_when_it_is_stored(
    desk: Desk, values: dict[str, Any], field: str
) -> None:
    one = desk.asset("A1")
    with pytest.raises(FieldErrors) as told, desk.office.session() as session:
        store_terms(session, LEDGERS, desk.book, one, None, values)
    assert list(told.value.by_field) == [field]
    with desk.office.session() as session:
        assert own_terms(session, LEDGERS, desk.book, one) is None
        store_terms(session, LEDGERS, desk.book, one, None, {"opening_accumulated": D(1100), "opening_months": 11})
