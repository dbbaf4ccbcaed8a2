"""The tie-out balances, each term opens its assets, and what cannot be explained does not tie."""

from __future__ import annotations

import random
from collections.abc import Sequence
from datetime import date
from decimal import Decimal

import pytest

from db.models.assets import Asset, AssetClass, Method, Standard, Status
from db.models.depreciation import Book, BookAsset, BookClass, BookDepartment, ChangeKind, MeterReading, ValueChange
from db.models.organisation import Department
from logistics_desktop.features.depreciation.accounts import read_accounts
from logistics_desktop.features.depreciation.entries import (
    Narrow,
    bookings,
    by_class,
    by_department,
    lines,
    sums,
)
from logistics_desktop.features.depreciation.tie_out import AssetLine, Reason, Term, TieOut, tie_out, tie_out_rows
from tests.db.depreciation.conftest import Desk, month

D = Decimal


def tied(desk: Desk, of: str) -> TieOut:
    with desk.office.session() as session:
        return tie_out(session, desk.book, month(of))


@pytest.mark.parametrize("standard", Standard)
def test_a_disposal_dated_into_a_closed_month_leaves_its_entries_and_says_so(desk: Desk, standard: Standard) -> None:
    desk.open_book(standard=standard, code="B")
    early, due = desk.asset("A1"), desk.asset("A2")
    desk.run_and_close("2026-01", "2026-02", "2026-03")
    before = desk.rows()
    desk.change(Asset, early, disposed_on=date(2026, 1, 20), status=Status.DISPOSED)
    desk.change(Asset, due, disposed_on=date(2026, 4, 1), status=Status.DISPOSED)
    desk.run("2026-05")
    assert [row for row in desk.rows() if row[0] < date(2026, 4, 1)] == before
    april, may = (
        {row.asset_id: row.reason for row in rows} for rows in (finished(desk, "2026-04"), finished(desk, "2026-05"))
    )
    gone = {due: Reason.GONE}
    assert (april, may) == (
        ({early: Reason.GONE_BEFORE}, gone)
        if standard is Standard.ENTERPRISE
        else ({early: Reason.GONE_BEFORE, **gone}, {})
    )
    assert tied(desk, "2026-04").balances


def finished(desk: Desk, of: str) -> Sequence[AssetLine]:
    with desk.office.session() as session:
        return tie_out_rows(session, desk.book, month(of), Term.FINISHED)


def test_every_term_names_its_assets(desk: Desk) -> None:
    desk.asset("A1")
    new = desk.asset("A2", "600", in_service_on=date(2026, 1, 10))
    ends = desk.asset("A3", "100", life_months=1)
    sold = desk.asset("A4", "2400", disposed_on=date(2026, 1, 20), status=Status.DISPOSED)
    repaired = desk.asset("A5", "1200")
    desk.run_and_close("2026-01")
    desk.store(
        ValueChange(
            book_id=1, asset_id=repaired, month=date(2026, 2, 1), kind=ChangeKind.REPAIR, cost=D(2300), reason="修"
        )
    )
    desk.asset("A6", "120")
    desk.run("2026-02")
    tie = tied(desk, "2026-02")
    assert [(line.term, line.reason, line.assets, line.amount) for line in tie.lines] == [
        (Term.STARTED, Reason.FIRST_MONTH, 1, D(50)),
        (Term.STARTED, Reason.CAUGHT_UP, 1, D(20)),
        (Term.FINISHED, Reason.LIFE_OVER, 1, D(-100)),
        (Term.FINISHED, Reason.GONE, 1, D(-200)),
        (Term.CHANGED, Reason.TERMS, 1, D(100)),
    ]
    assert (tie.last, tie.sum(Term.STARTED), tie.sum(Term.FINISHED), tie.sum(Term.CHANGED), tie.this) == (
        D(500),
        D(70),
        D(-300),
        D(100),
        D(370),
    )
    assert tie.balances
    assert (tie.cost.arrived, tie.cost.changed, tie.cost.gone) == (D(120), D(1100), D(0))
    with desk.office.session() as session:
        (row,) = tie_out_rows(session, desk.book, month("2026-02"), Term.STARTED, Reason.FIRST_MONTH)
        assert (row.asset_id, row.before, row.now) == (new, D(0), D(50))
        both = tie_out_rows(session, desk.book, month("2026-02"), Term.FINISHED)
        assert [(row.asset_id, row.reason) for row in both] == [(sold, Reason.GONE), (ends, Reason.LIFE_OVER)]
        assert len(tie_out_rows(session, desk.book, month("2026-02"), Term.FINISHED, limit=1)) == 1


@pytest.mark.parametrize("seed", range(3))
def test_any_office_ties_month_after_month(desk: Desk, seed: int) -> None:
    """Whatever happens to the assets, every difference is explained and every sum is right."""
    dice = random.Random(seed)
    car = desk.asset("V", "100000", method=Method.UNITS_OF_PRODUCTION)
    desk.store(BookAsset(book_id=1, asset_id=car, total_units=D(1000)))
    assets = [car]
    methods = (Method.STRAIGHT_LINE, Method.STRAIGHT_LINE, Method.DOUBLE_DECLINING, Method.SUM_OF_YEARS, Method.NONE)
    for number in range(25):
        start = date(2023 + number % 4, dice.randint(1, 12), 5)
        life = dice.choice((12, 24, 36, 60))
        assets.append(
            desk.asset(
                f"A{number}",
                f"{dice.randint(1, 99999)}.{dice.randint(0, 99):02}",
                method=dice.choice(methods),
                life_months=life,
                in_service_on=start,
                residual_rate=dice.choice((None, D("0.05"))),
            )
        )
    for number in range(12):
        this = f"2026-{number + 1:02}"
        day = month(this).first_day
        if dice.random() < 0.7:
            desk.store(MeterReading(asset_id=car, month=day, units=D(dice.randint(0, 200))))
        if dice.random() < 0.6:
            desk.change(Asset, assets[1 + 4 * dice.randint(0, 5)], disposed_on=date(2026, number + 1, 20))
        if dice.random() < 0.6:
            desk.store(
                ValueChange(
                    book_id=1,
                    asset_id=dice.choice(assets[1:]),
                    month=day,
                    kind=ChangeKind.REPAIR,
                    cost=D(200000),
                    life_months=240,
                    reason="修",
                )
            )
        if number == 6:
            assets.append(desk.asset("LATE", "500", in_service_on=date(2026, 1, 5)))
        desk.run_and_close(this)
        tie = tied(desk, this)
        assert tie.balances, tie
        assert tie.this == tie.recorded


def test_an_open_month_has_nothing_to_tie(desk: Desk) -> None:
    tie = tied(desk, "2026-01")
    assert (tie.lines, tie.this, tie.balances) == ((), D(0), True)


def test_the_month_is_read_with_names_narrowed_and_added_up(desk: Desk) -> None:
    head = desk.store(Department(code="01", name="总部"))
    fleet = desk.store(Department(code="0101", name="车队", parent_id=head))
    top = desk.store(AssetClass(edition="1", code="1", name="设备"))
    low = desk.store(AssetClass(edition="1", code="11", name="计算机", parent_id=top))
    one = desk.asset("A1", "1200", department_id=fleet, class_id=low)
    desk.asset("A2", "2400", department_id=head, class_id=top, method=Method.SUM_OF_YEARS)
    desk.asset("A3", "99", method=Method.NONE)
    desk.change(Book, 1, expense_account="6602", depreciation_account="1602")
    desk.store(BookDepartment(book_id=1, department_id=head, expense_account="660201"))
    desk.store(BookClass(book_id=1, class_id=low, depreciation_account="160201"))
    desk.run("2026-01")
    with desk.office.session() as session:
        of = (session, desk.book, month("2026-01"))
        assert [line.code for line in lines(*of)] == ["A1", "A2", "A3"]
        assert [line.code for line in lines(*of, Narrow(departments=(fleet,)))] == ["A1"]
        assert [line.code for line in lines(*of, Narrow(departments=(head,)))] == ["A1", "A2"]
        assert [line.code for line in lines(*of, Narrow(classes=(top,)), after=one)] == ["A2"]
        assert [line.code for line in lines(*of, Narrow(methods=(Method.NONE,)))] == ["A3"]
        assert [line.code for line in lines(*of, Narrow(text="a2"), limit=5)] == []
        total = sums(*of)
        assert (total.assets, total.cost, total.amount, total.book_value) == (3, D(3699), D(300), D(3399))
        assert [(group.name, group.amount) for group in by_class(*of)] == [
            ("设备", D(200)),
            ("计算机", D(100)),
            (None, 0),
        ]
        assert [(group.name, group.amount) for group in by_department(*of, Narrow(charged=True))] == [
            ("总部", D(200)),
            ("车队", D(100)),
        ]
        accounts = read_accounts(session, desk.book)
        assert [
            (accounts.expense(line.department_id), accounts.depreciation(line.class_id), line.amount)
            for line in bookings(*of)
        ] == [("660201", "1602", D(200)), ("660201", "160201", D(100))]
        assert (accounts.expense(None), accounts.depreciation(None)) == ("6602", "1602")


def test_a_false_total_does_not_tie(desk: Desk) -> None:
    """The total that the run recorded is compared, too."""
    desk.asset("A1")
    desk.run("2026-01")
    tie = tied(desk, "2026-01")
    assert tie.balances
    assert not TieOut(**{name: getattr(tie, name) for name in tie.__slots__} | {"recorded": D(1)}).balances
