"""What lies ahead: one asset, a change looked at before it is saved, the forecast, the end of life, a class."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from db.models.assets import AssetClass, Method, Standard
from db.models.depreciation import BookAsset, BookClass, ChangeKind, MeterReading, ValueChange
from logistics_desktop.errors import Cancelled, UserError
from logistics_desktop.features.depreciation.ahead import ends_of_life, forecast, preview_class_change
from logistics_desktop.features.depreciation.inherited import Origin
from logistics_desktop.features.depreciation.one_asset import course, preview_change, terms_of
from logistics_desktop.features.depreciation.terms import Change
from logistics_desktop.jobs import Job
from tests.db.depreciation.conftest import Desk, month

D = Decimal


def test_the_course_goes_on_from_the_entries_to_the_end(desk: Desk) -> None:
    one = desk.asset("A1")
    desk.run_and_close("2026-01")
    desk.run("2026-02")
    with desk.office.session() as session:
        found = course(session, desk.book, one)
    assert [str(step.period) for step in found.steps] == [f"2026-{number:02}" for number in range(1, 13)]
    assert [(step.posted, step.closed) for step in found.steps[:3]] == [(True, True), (True, False), (False, False)]
    assert (found.steps[-1].accumulated, found.steps[-1].book_value, found.problem) == (D(1200), D(0), None)
    for number, state in (("S", Method.NONE), ("U", Method.UNITS_OF_PRODUCTION)):
        other = desk.asset(number, method=state)
        desk.store(BookAsset(book_id=1, asset_id=other, total_units=D(100)))
        with desk.office.session() as session:
            assert len(course(session, desk.book, other).steps) == 1
    wrong = desk.asset("W", cost=None)
    with desk.office.session() as session:
        assert "original value" in str(course(session, desk.book, wrong).problem)


def test_the_terms_say_where_they_come_from(desk: Desk) -> None:
    top = desk.store(AssetClass(edition="1", code="1", name="设备", residual_rate=D("0.05")))
    low = desk.store(AssetClass(edition="1", code="11", name="计算机", parent_id=top, life_months=36))
    one = desk.asset("A1", "1000", class_id=low, life_months=None, method=None)
    desk.store(BookClass(book_id=1, class_id=top, method=Method.SUM_OF_YEARS))
    with desk.office.session() as session:
        terms = {key: (term.value, term.origin, term.class_name) for key, term in terms_of(session, 1, one).items()}
    assert terms == {
        "cost": (D(1000), Origin.CARD, None),
        "method": (Method.SUM_OF_YEARS, Origin.CLASS_IN_BOOK, "设备"),
        "life": (36, Origin.CLASS, "计算机"),
        "residual": (D(50), Origin.CLASS, "设备"),
    }
    desk.store(BookAsset(book_id=1, asset_id=one, life_months=24, residual_value=D(10), method=Method.STRAIGHT_LINE))
    desk.store(
        ValueChange(book_id=1, asset_id=one, month=date(2026, 5, 1), kind=ChangeKind.REPAIR, cost=D(1500), reason="修")
    )
    with desk.office.session() as session:
        terms = {key: (term.value, term.origin, None) for key, term in terms_of(session, 1, one).items()}
    assert terms == {
        "cost": (D(1500), Origin.CHANGE, None),
        "method": (Method.STRAIGHT_LINE, Origin.ASSET_IN_BOOK, None),
        "life": (24, Origin.ASSET_IN_BOOK, None),
        "residual": (D(10), Origin.ASSET_IN_BOOK, None),
    }


def test_a_change_is_seen_before_it_is_saved(desk: Desk) -> None:
    one = desk.asset("A1")
    desk.run_and_close("2026-01", "2026-02")
    with desk.office.session() as session:
        now, then = preview_change(session, 1, one, Change(month("2026-04"), cost=D(1380)))
        assert [step.amount for step in now.steps] == [D(100)] * 10
        assert [step.amount for step in then.steps] == [D(100)] + [D(120)] * 9
        with pytest.raises(UserError, match="posted months never change"):
            preview_change(session, 1, one, Change(month("2026-02"), cost=D(1380)))
        with pytest.raises(UserError, match="already charged"):
            preview_change(session, 1, one, Change(month("2026-04"), cost=D(100)))
    assert desk.amounts(one).keys() == {"2026-01", "2026-02"}
    desk.store(
        ValueChange(book_id=1, asset_id=one, month=date(2026, 4, 1), kind=ChangeKind.REPAIR, cost=D(1380), reason="修")
    )
    desk.run("2026-12")
    assert [*desk.amounts(one).values()] == [D(100)] * 3 + [D(120)] * 9


def test_the_forecast_is_what_the_runs_will_charge(desk: Desk) -> None:
    kind = desk.store(AssetClass(edition="1", code="1", name="设备"))
    desk.asset("A1", class_id=kind)
    desk.asset("A2", "3000", method=Method.SUM_OF_YEARS, life_months=24)
    desk.asset("A3", "600", in_service_on=date(2026, 4, 2), disposed_on=date(2026, 7, 2))
    car = desk.asset("V", "1000", method=Method.UNITS_OF_PRODUCTION)
    desk.store(BookAsset(book_id=1, asset_id=car, total_units=D(100)))
    desk.store(MeterReading(asset_id=car, month=date(2026, 1, 1), units=D(1)))
    desk.run_and_close("2026-01")
    with desk.office.session() as session:
        seen = forecast(session, 1, 11)
        job = Job()
        job.cancel()
        with pytest.raises(Cancelled):
            forecast(session, 1, 11, job)
    assert (seen.months[0], seen.months[-1], len(seen.lines)) == (month("2026-02"), month("2026-12"), 2)
    for number in range(2, 13):
        desk.store(MeterReading(asset_id=car, month=date(2026, number, 1), units=D(1)))
    done = desk.run("2026-12")
    assert [line.total for line in done.months] == list(seen.totals)
    rows = [row for row in desk.rows() if row[0] == date(2026, 12, 1)]
    assert sum(row[13] for row in rows if not row[14]) == seen.book_values[-1]


def test_the_end_of_life_is_near_or_was(desk: Desk) -> None:
    soon = desk.asset("A1", "100", life_months=3)
    long = desk.asset("A2", "100", life_months=300)
    over = desk.asset("A3", "100", life_months=3, in_service_on=date(2020, 1, 1))
    desk.asset("A4", "100", life_months=3, disposed_on=date(2026, 2, 1))
    desk.asset("A5", "100", method=Method.NONE)
    with desk.office.session() as session:
        found = ends_of_life(session, 1, month("2026-06"))
    assert [(one.asset_id, str(one.month), one.value, one.before) for one in found] == [
        (over, "2026-01", D(0), True),
        (soon, "2026-03", D(0), False),
    ]
    assert long


def test_a_class_says_what_it_would_change(desk: Desk) -> None:
    top = desk.store(AssetClass(edition="1", code="1", name="设备", life_months=12))
    low = desk.store(AssetClass(edition="1", code="11", name="计算机", parent_id=top))
    follows = desk.asset("A1", "2400", class_id=low, life_months=None)
    own = desk.asset("A2", class_id=low)
    other = desk.asset("A3", class_id=None)
    desk.run_and_close("2026-01", "2026-02")
    with desk.office.session() as session:
        (seen,) = preview_class_change(session, 1, top, method=None, life_months=22, residual_rate=None)
        assert (seen.asset_id, seen.before, seen.after, seen.before_months, seen.after_months) == (
            follows,
            D(200),
            D(100),
            9,
            19,
        )
        both = preview_class_change(session, 1, top, method=None, life_months=22, residual_rate=None, in_book=True)
        assert [one.asset_id for one in both] == [follows, own]
        wrong = preview_class_change(session, 1, top, method=None, life_months=1, residual_rate=None)
        assert wrong[0].problem
    desk.change(AssetClass, top, life_months=22)
    desk.run("2026-03")
    assert desk.amounts(follows)["2026-03"] == D(100)
    assert desk.amounts(other)["2026-03"] == D(100)


def test_a_government_book_knows_no_residual(desk: Desk) -> None:
    one = desk.asset("A1", "1200", residual_rate=D("0.05"))
    nominal = desk.asset("A2", "1")
    book = desk.open_book(standard=Standard.GOVERNMENT, code="2")
    desk.run("2026-01")
    assert (desk.amounts(one), desk.amounts(nominal)) == ({"2026-01": D(100)}, {"2026-01": D(0)})
    with desk.office.session() as session:
        assert terms_of(session, book, one)["residual"].origin is Origin.STANDARD
