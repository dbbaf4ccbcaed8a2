"""Running a month: what is charged, again and again the same, with what was missed."""

from __future__ import annotations

import threading
from datetime import date
from decimal import Decimal

import pytest
import sqlalchemy as sa

from db.models.assets import Asset, AssetClass, Method, Standard, Status
from db.models.depreciation import BookAsset, BookClass, ChangeKind, Entry, MeterReading, Period, ValueChange
from logistics_desktop.context import Office
from logistics_desktop.errors import Cancelled, Refused
from logistics_desktop.features.depreciation import runs
from logistics_desktop.features.depreciation.changing import record_change
from logistics_desktop.features.depreciation.reading import bounds
from logistics_desktop.features.depreciation.schedule import schedule
from logistics_desktop.features.depreciation.terms import Change, Terms
from logistics_desktop.jobs import Job
from tests.db.depreciation.conftest import Desk, month

D = Decimal


def test_a_run_catches_up_and_lists_its_months(desk: Desk) -> None:
    one = desk.asset("A1")
    done = desk.run("2026-03")
    assert [(str(line.month), line.entries, line.total) for line in done.months] == [
        ("2026-01", 1, D("100.00")),
        ("2026-02", 1, D("100.00")),
        ("2026-03", 1, D("100.00")),
    ]
    assert desk.amounts(one) == dict.fromkeys(("2026-01", "2026-02", "2026-03"), D("100.00"))
    assert done.doubts == ()


def test_runs_are_the_same_however_often_and_after_being_taken_back(desk: Desk) -> None:
    for number in range(30):
        desk.asset(
            f"A{number}",
            str(1000 + number * 7),
            life_months=24 + number,
            method=list(Method)[number % 5],
            in_service_on=date(2024 + number % 3, 1 + number % 12, 5),
        )
    desk.run("2026-04")
    once = desk.rows()
    desk.run("2026-04")
    assert desk.rows() == once
    with desk.office.session() as session:
        assert runs.undo(session, desk.book, month("2026-03")) == 2
    assert desk.rows() == [row for row in once if row[0] < date(2026, 3, 1)]
    desk.run("2026-04")
    assert desk.rows() == once


def test_months_closed_one_by_one_are_those_of_one_run(desk: Desk, office: Office) -> None:
    """Going on from stored entries or from memory is the same, for every method, with openings and changes."""
    assets = [
        desk.asset("SL", "1000", life_months=7),
        desk.asset("DDB", "10000", life_months=36, method=Method.DOUBLE_DECLINING, residual_value=D(500)),
        desk.asset("SYD", "10000", life_months=36, method=Method.SUM_OF_YEARS, residual_rate=D("0.05")),
        desk.asset("UOP", "10000", life_months=96, method=Method.UNITS_OF_PRODUCTION),
        desk.asset("LAND", "99", method=Method.NONE, life_months=None),
        desk.asset("NEW", "600", in_service_on=date(2026, 3, 3)),
        desk.asset("SOLD", "600", disposed_on=date(2026, 4, 3)),
    ]
    other = desk.open_book(code="2")
    for book in (1, other):
        desk.store(
            BookAsset(
                book_id=book,
                asset_id=assets[3],
                total_units=D(30000),
                opening_months=7,
                opening_accumulated=D("3333.33"),
            )
        )
        desk.store(BookAsset(book_id=book, asset_id=assets[1], opening_months=12, opening_accumulated=D(4000)))
        desk.store(
            ValueChange(
                book_id=book,
                asset_id=assets[0],
                month=date(2026, 4, 1),
                kind=ChangeKind.REPAIR,
                cost=D(1500),
                life_months=9,
                reason="大修",
            )
        )
        desk.store(
            ValueChange(
                book_id=book,
                asset_id=assets[2],
                month=date(2027, 1, 1),
                kind=ChangeKind.IMPAIRMENT,
                impairment=D("77.77"),
                reason="减值",
            )
        )
    for number in range(1, 13):
        desk.store(MeterReading(asset_id=assets[3], month=date(2026, number, 1), units=D(number * 111)))
    desk.run("2027-06", book=1)
    desk.book = other
    desk.run_and_close(*(f"{2026 + n // 12}-{n % 12 + 1:02}" for n in range(18)))
    assert desk.rows(1) == desk.rows(other)
    assert {row[1] for row in desk.rows(1)} == set(assets)


def test_the_entries_are_the_schedule(desk: Desk) -> None:
    one = desk.asset("A1", "10000.01", life_months=36, method=Method.SUM_OF_YEARS, residual_value=D("500"))
    desk.run("2029-01")
    terms = Terms(Standard.ENTERPRISE, Method.SUM_OF_YEARS, D("10000.01"), D(500), 36, date(2025, 12, 15))
    planned = {str(charge.period): charge.amount for charge in schedule(terms)}
    assert len(planned) == 36
    assert desk.amounts(one) == {**planned, "2029-01": D(0)}


def test_what_was_charged_before_the_book_begins_is_worked_out(desk: Desk) -> None:
    for method in (Method.STRAIGHT_LINE, Method.DOUBLE_DECLINING):
        one = desk.asset(method.value, "10000", life_months=60, method=method, in_service_on=date(2023, 6, 1))
        desk.run("2026-02")
        terms = Terms(Standard.ENTERPRISE, method, D(10000), D(0), 60, date(2023, 6, 1))
        planned = {str(charge.period): charge for charge in schedule(terms)}
        with desk.office.session() as session:
            found = session.execute(sa.select(Entry).where(Entry.asset_id == one).order_by(Entry.month)).scalars().all()
        for entry in found:
            charge = planned[f"{entry.month:%Y-%m}"]
            assert (entry.amount, entry.accumulated, entry.book_value) == (
                charge.amount,
                charge.accumulated,
                charge.book_value,
            )


def test_opening_balances_begin_with_the_book(desk: Desk) -> None:
    one = desk.asset("A1", "1200", life_months=24, in_service_on=date(2024, 6, 1))
    desk.store(BookAsset(book_id=desk.book, asset_id=one, opening_months=14, opening_accumulated=D(200)))
    desk.run("2026-02")
    assert desk.amounts(one) == {"2026-01": D(100), "2026-02": D(100)}


def test_both_standards_start_and_stop_by_their_rule(desk: Desk) -> None:
    one = desk.asset("A1", in_service_on=date(2026, 2, 10), disposed_on=date(2026, 4, 20), residual_value=D(120))
    government = desk.open_book(standard=Standard.GOVERNMENT, code="2")
    desk.run("2026-05", book=1)
    desk.run("2026-05")
    assert desk.amounts(one) == {"2026-02": D(100), "2026-03": D(100), "2026-04": D(0)}
    desk.book = 1
    assert desk.amounts(one) == {"2026-02": D(0), "2026-03": D(90), "2026-04": D(90)}
    assert government == 2


def test_a_book_has_its_own_terms_and_the_nearest_says(desk: Desk) -> None:
    top = desk.store(AssetClass(edition="1", code="1", name="设备", method=Method.STRAIGHT_LINE, life_months=10))
    low = desk.store(AssetClass(edition="1", code="11", name="计算机", parent_id=top))
    by_class = desk.asset("A1", "1200", class_id=low, life_months=None, method=None)
    by_card = desk.asset("A2", "1200", class_id=low, life_months=12)
    other = desk.open_book(code="2")
    desk.store(BookClass(book_id=other, class_id=top, life_months=6))
    desk.store(BookAsset(book_id=other, asset_id=by_card, life_months=3))
    desk.run("2026-01", book=1)
    desk.run("2026-01")
    assert (desk.amounts(by_class), desk.amounts(by_card)) == ({"2026-01": D(200)}, {"2026-01": D(400)})
    desk.book = 1
    assert (desk.amounts(by_class), desk.amounts(by_card)) == ({"2026-01": D(120)}, {"2026-01": D(100)})


def test_a_change_works_forward_only(desk: Desk) -> None:
    one = desk.asset("A1", "1200")
    desk.run_and_close("2026-01", "2026-02")
    desk.change(Asset, one, original_value=D(1400))
    desk.run("2026-03")
    assert desk.amounts(one) == {"2026-01": D(100), "2026-02": D(100), "2026-03": D(120)}


def test_a_change_that_cannot_be_leaves_the_old_terms_and_is_told(desk: Desk) -> None:
    one = desk.asset("A1", "1200")
    desk.run_and_close("2026-01", "2026-02")
    desk.change(Asset, one, original_value=D(150))
    (doubt,) = desk.run("2026-03").doubts
    assert (doubt.asset_id, doubt.left_out, "already charged" in str(doubt.problem)) == (one, False, True)
    assert desk.amounts(one)["2026-03"] == D(100)


def test_a_card_that_comes_late_is_caught_up_in_the_open_month(desk: Desk) -> None:
    desk.asset("A1")
    desk.run_and_close("2026-01", "2026-02")
    late = desk.asset("A2", "1200")
    desk.run("2026-04")
    assert desk.amounts(late) == {"2026-03": D(300), "2026-04": D(100)}


def test_what_cannot_be_depreciated_is_left_out_with_its_reason(desk: Desk) -> None:
    wrong = {
        desk.asset("A1", cost=None): "original value",
        desk.asset("A2", in_service_on=None): "in service",
        desk.asset("A3", life_months=None): "no life",
        desk.asset("A4", life_months=30, method=Method.SUM_OF_YEARS): "whole years",
        desk.asset("A5", method=Method.UNITS_OF_PRODUCTION): "total units",
    }
    done = desk.run("2026-01")
    assert done.months[0].entries == 0
    assert {
        doubt.asset_id: True for doubt in done.doubts if wrong[doubt.asset_id] in str(doubt.problem)
    } == dict.fromkeys(wrong, True)
    assert all(doubt.left_out for doubt in done.doubts)
    with desk.office.session() as session:
        assert len(runs.doubts(session, desk.book, month("2026-01"))) == len(wrong)


def test_an_asset_that_is_gone_leaves_in_the_month_it_is_seen(desk: Desk) -> None:
    one, never = desk.asset("A1"), desk.asset("A2", status=Status.SCRAPPED)
    desk.run_and_close("2026-01")
    desk.change(Asset, one, status=Status.DISPOSED)
    desk.run_and_close("2026-02")
    desk.run("2026-03")
    assert desk.amounts(one) == {"2026-01": D(100), "2026-02": D(100)}
    assert desk.amounts(never) == {}


def test_units_of_production_want_a_reading(desk: Desk) -> None:
    one = desk.asset("V1", "100000", method=Method.UNITS_OF_PRODUCTION, life_months=96)
    desk.store(BookAsset(book_id=desk.book, asset_id=one, total_units=D(200000)))
    desk.store(MeterReading(asset_id=one, month=date(2026, 1, 31), units=D(1500)))
    done = desk.run("2026-02")
    assert desk.amounts(one) == {"2026-01": D(750), "2026-02": D(0)}
    assert [(str(doubt.month), doubt.left_out) for doubt in done.doubts] == [("2026-02", False)]


def test_a_run_that_is_stopped_leaves_nothing(desk: Desk) -> None:
    desk.asset("A1")
    job = Job()
    job.cancel()
    with desk.office.session() as session, pytest.raises(Cancelled):
        runs.run(session, desk.book, month("2026-01"), job)
    assert desk.rows() == []


def test_many_assets_come_in_chunks(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    assets = [desk.asset(f"A{number}") for number in range(10)]
    desk.run("2026-03")
    whole = desk.rows()
    monkeypatch.setattr("logistics_desktop.features.depreciation.reading.CHUNK", 3)
    with desk.office.session() as session:
        assert bounds(session) == [(assets[0], assets[2]), (assets[3], assets[5]), (assets[6], assets[8]), (10, 10)]
        before = session.scalars(sa.select(Period.digest).order_by(Period.month)).all()
    desk.run("2026-03")
    assert desk.rows() == whole
    with desk.office.session() as session:
        assert session.scalars(sa.select(Period.digest).order_by(Period.month)).all() == before


def test_two_runs_at_once_wait_for_each_other(desk: Desk) -> None:
    for number in range(20):
        desk.asset(f"A{number}")
    problems: list[Exception] = []

    def pc() -> None:
        try:
            desk.run("2026-03")
        except Exception as problem:
            problems.append(problem)

    threads = [threading.Thread(target=pc) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert problems == []
    assert len(desk.rows()) == 60


def test_a_run_before_what_is_closed_is_refused(desk: Desk) -> None:
    desk.asset("A1")
    desk.run_and_close("2026-01")
    with pytest.raises(Refused, match="2026-01 is closed"):
        desk.run("2026-01")


def test_a_year_mistyped_is_refused_before_anything_is_calculated(desk: Desk) -> None:
    desk.asset("A1")
    desk.run("2026-01")
    with pytest.raises(Refused, match="2046-01 is more than 20 years after 2026-01"):
        desk.run("2046-01")
    with pytest.raises(Refused, match="9999-12"):
        desk.run("9999-12")
    assert len(desk.rows()) == 1


def test_a_life_that_leaves_whole_years_changes_an_accelerated_asset_in_a_run_as_in_the_schedule(desk: Desk) -> None:
    one = desk.asset("A1", "100000", method=Method.DOUBLE_DECLINING, life_months=60)
    desk.run_and_close(*(f"2026-{number:02}" for number in range(1, 7)))
    with desk.office.session() as session:
        record_change(session, 1, one, Change(month("2026-07"), months=54), ChangeKind.ESTIMATE, "用得勤")
    assert desk.run("2026-07").doubts == ()
    assert desk.amounts(one)["2026-07"] == D("3333.33")  # 80,000.02 x 2/4 over twelve months


def test_a_day_in_service_put_off_stops_the_charge_until_then_whatever_the_method(desk: Desk) -> None:
    methods = (Method.STRAIGHT_LINE, Method.SUM_OF_YEARS)
    put_off = [desk.asset(f"A{at}", "12000", method=one, life_months=36) for at, one in enumerate(methods)]
    desk.run_and_close("2026-01")
    for one in put_off:
        desk.change(Asset, one, in_service_on=date(2026, 2, 10))
    desk.run("2026-03")
    for one in put_off:
        january, february, march = desk.amounts(one).values()
        assert (january > 0, february, march > 0) == (True, D(0), True)
