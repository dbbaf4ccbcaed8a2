"""Opening balances, readings and accounts come in by Excel, as every ledger does."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
import sqlalchemy as sa

from db.models.assets import Method
from db.models.depreciation import BookAsset, MeterReading
from logistics_desktop import finding
from logistics_desktop.errors import FieldErrors
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
