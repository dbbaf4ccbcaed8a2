"""Why a figure is what it is: from what was posted, whatever the cards say now."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from db.models.assets import Asset, Method
from db.models.depreciation import BookAsset, ChangeKind, MeterReading, ValueChange
from logistics_desktop.errors import FieldErrors, Refused, UserError
from logistics_desktop.features.depreciation import changing, one_asset
from logistics_desktop.features.depreciation.terms import Change
from logistics_desktop.features.depreciation.why import Why, why
from tests.db.depreciation.conftest import Desk, month


def ask(desk: Desk, asset: int, of: str) -> Why:
    with desk.office.session() as session:
        return why(session, desk.book, asset, month(of))


def test_a_posted_charge_is_explained_by_what_it_was_charged_by(desk: Desk) -> None:
    asset = desk.asset("A", "1000", life_months=36)
    desk.run_and_close("2026-01", "2026-02")
    desk.change(Asset, asset, original_value=Decimal(5000))
    found = ask(desk, asset, "2026-02")
    assert found.posted
    assert found.explanation.amount == Decimal("27.78")
    text = "\n".join(found.explanation.lines)
    assert "(1,000.00 − 0.00) ÷ 36 = 27.777777…" in text
    assert "Rounded half up" in text
    assert "No. 4" in text
    assert "charged from the month after, 2026-01" in text


def test_a_charge_to_come_is_explained_too(desk: Desk) -> None:
    asset = desk.asset("A", "1000", life_months=3)
    desk.run("2026-01")
    found = ask(desk, asset, "2026-03")
    assert not found.posted
    assert found.explanation.amount == Decimal("333.34")
    assert "takes what is left" in found.explanation.rounding


def test_a_change_of_the_card_is_said_where_no_change_of_value_is(desk: Desk) -> None:
    asset = desk.asset("A", "1200")
    desk.run_and_close("2026-01")
    desk.change(Asset, asset, life_months=23)
    desk.run("2026-02")
    found = ask(desk, asset, "2026-02")
    assert found.explanation.amount == Decimal("50.00")
    assert any("The card or its class changed: after 1 months" in line for line in found.explanation.origin)


def test_a_change_of_value_is_named_with_its_month(desk: Desk) -> None:
    asset = desk.asset("A", "1200")
    desk.run_and_close("2026-01")
    desk.store(
        ValueChange(
            book_id=desk.book,
            asset_id=asset,
            month=date(2026, 2, 1),
            kind=ChangeKind.IMPAIRMENT,
            impairment=Decimal(110),
            reason="损坏",
        )
    )
    desk.run("2026-02")
    found = ask(desk, asset, "2026-02")
    assert found.explanation.amount == Decimal("90.00")
    assert any("Changed from 2026-02 on: impairment 110.00" in line for line in found.explanation.origin)
    assert not any("The card or its class" in line for line in found.explanation.origin)


def test_months_that_are_charged_at_once_are_said(desk: Desk) -> None:
    desk.asset("A")
    desk.run_and_close("2026-01", "2026-02")
    late = desk.asset("B", "1200")
    desk.run("2026-03")
    found = ask(desk, late, "2026-03")
    assert found.explanation.amount == Decimal("300.00")
    assert any("3 months are charged at once" in line for line in found.explanation.origin)


def test_units_of_the_month_are_in_the_words(desk: Desk) -> None:
    asset = desk.asset("A", "1000", method=Method.UNITS_OF_PRODUCTION)
    desk.store(BookAsset(book_id=desk.book, asset_id=asset, total_units=Decimal(10_000)))
    desk.store(MeterReading(asset_id=asset, month=date(2026, 1, 1), units=Decimal(250)))
    desk.run("2026-01")
    found = ask(desk, asset, "2026-01")
    assert found.explanation.amount == Decimal("25.00")
    assert ("Units of the month", "250") in found.explanation.inputs


def test_a_month_that_the_asset_is_not_in_is_refused_in_words(desk: Desk) -> None:
    asset = desk.asset("A", in_service_on=date(2026, 6, 1))
    with pytest.raises(Refused, match="not in the book in 2026-01"):
        ask(desk, asset, "2026-01")
    with pytest.raises(Refused, match="deleted"):
        ask(desk, asset + 1, "2026-01")


def test_a_change_is_stored_once_for_a_month_field_by_field(desk: Desk) -> None:
    asset = desk.asset("A", "1200")
    for change in (Change(month("2026-02"), months=23), Change(month("2026-02"), impairment=Decimal(10))):
        with desk.office.session() as session:
            changing.record_change(session, desk.book, asset, change, ChangeKind.ESTIMATE, "评估")
    with desk.office.session() as session:
        [stored] = session.query(ValueChange).all()
        assert (stored.life_months, stored.impairment, stored.reason) == (23, Decimal(10), "评估")
        assert one_asset.course(session, desk.book, asset).steps[1].amount == Decimal("49.55")  # 1,090 over 22 months


def test_a_change_without_a_reason_or_that_cannot_be_is_not_stored(desk: Desk) -> None:
    asset = desk.asset("A", "1200")
    desk.run_and_close("2026-01")
    for change, reason in (
        (Change(month("2026-02"), months=23), " "),
        (Change(month("2026-02"), impairment=Decimal(5000)), "评估"),
        (Change(month("2026-01"), months=23), "评估"),
    ):
        with pytest.raises((FieldErrors, UserError)), desk.office.session() as session:
            changing.record_change(session, desk.book, asset, change, ChangeKind.ESTIMATE, reason)
    with desk.office.session() as session:
        assert session.query(ValueChange).count() == 0
