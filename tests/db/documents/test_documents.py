"""Each document of an asset's life, from the draft to its effect on the ledger, with at least three people."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest

from db.models.assets import Standard
from logistics_desktop.errors import Refused
from logistics_desktop.features.depreciation import runs
from logistics_desktop.features.depreciation.entities import BOOKS
from logistics_desktop.features.depreciation.months import Month
from logistics_desktop.features.documents import of_assets, proposing
from logistics_desktop.ledger import records
from tests.db.documents.conftest import Desk, to_finance

TODAY = "SELECT app.approval_today()"


def test_issue_gives_idle_things_to_a_department_and_a_person(desk: Desk) -> None:
    case = desk.sent(
        "apr_sun",
        "asset_issue",
        "ZC001",
        "ZC002",
        to_department=desk.department("FINANCE"),
        to_keeper=desk.staff["apr_sun"],
        to_location=desk.location("R2"),
        issued_on=date(2026, 11, 23),
        purpose="新员工使用",
    )
    assert desk.number(case).startswith("LY-2")
    assert desk.signs(case, "apr_qian", "apr_keeper") == "running"
    assert desk.of("ZC001", "status") == "idle", "not before the last signature"
    assert desk.waiting(case) == ["apr_vp"], "6,000 yuan a unit"
    assert desk.signs(case, "apr_vp") == "approved"
    assert desk.document_state(case) == "effective"
    for code in ("ZC001", "ZC002"):
        assert desk.of(code, "status") == "in_use"
        assert desk.of(code, "department_id") == desk.department("FINANCE")
        assert desk.of(code, "keeper_id") == desk.staff["apr_sun"]
        assert desk.of(code, "location_id") == desk.location("R2")
        assert desk.of(code, "in_service_on") == date(2026, 11, 23)
    assert desk.of("ZC003", "status") == "idle"


def test_acceptance_puts_things_in_use_with_their_day(desk: Desk) -> None:
    said: dict[str, Any] = {
        "in_service_on": date(2026, 11, 1),
        "to_department": desk.department("FINANCE"),
        "to_keeper": desk.staff["apr_zhou"],
        "finding": "外观完好，试机正常",
    }
    case = desk.sent("apr_wang", "asset_acceptance", "ZC001", said={"remark": "含鼠标"}, **said)
    assert desk.number(case).startswith("YS-")
    assert desk.signs(case, "apr_li", "apr_keeper", "apr_vp") == "approved"
    assert (desk.of("ZC001", "status"), desk.of("ZC001", "in_service_on")) == ("in_use", date(2026, 11, 1))
    assert desk.of("ZC001", "keeper_id") == desk.staff["apr_zhou"]
    copies = desk.run("SELECT s.code FROM app.approval_copy c JOIN app.staff s ON s.id = c.staff_id")
    assert {row[0] for row in copies} >= {"apr_sun", "apr_wu"}, "finance gets copies"
    with pytest.raises(Refused, match="accepted already"):
        desk.sent("apr_keeper", "asset_acceptance", "ZC001", **said)


def test_what_is_returned_is_idle_and_nobodys(desk: Desk) -> None:
    case = desk.sent(
        "apr_wang",
        "asset_return",
        "ZC010",
        said={"condition": "worn"},
        returned_on=date(2026, 11, 20),
        reason="不再使用",
    )
    assert desk.signs(case, "apr_keeper") == "approved"
    assert (desk.of("ZC010", "status"), desk.of("ZC010", "keeper_id")) == ("idle", None)
    assert desk.of("ZC010", "department_id") == desk.department("OFFICE")


def test_what_is_borrowed_comes_back_to_where_it_stood(desk: Desk) -> None:
    today = desk.one(TODAY)
    borrowed = desk.sent(
        "apr_sun",
        "asset_borrow",
        "ZC001",
        borrower=desk.staff["apr_sun"],
        due_on=today + timedelta(days=7),
        to_location=desk.location("R2"),
        purpose="年终审计",
    )
    assert desk.signs(borrowed, "apr_qian", "apr_keeper", "apr_vp") == "approved"
    assert (desk.of("ZC001", "status"), desk.of("ZC001", "keeper_id")) == ("lent", desk.staff["apr_sun"])
    with desk.signed_in("apr_keeper") as session:
        assert [(loan.code, loan.borrower, loan.late) for loan in of_assets.loans(session, today)] == [
            ("ZC001", "孙会计", False)
        ]
        late = of_assets.loans(session, today + timedelta(days=8), late=True)
        assert [loan.number for loan in late] == [desk.number(borrowed)]
    back = desk.sent("apr_sun", "asset_return", "ZC001", said={"condition": "good"}, returned_on=today)
    assert desk.signs(back, "apr_keeper") == "approved"
    assert (desk.of("ZC001", "status"), desk.of("ZC001", "keeper_id")) == ("idle", None)
    assert desk.of("ZC001", "location_id") == desk.location("R1")
    with desk.signed_in("apr_keeper") as session:
        assert of_assets.loans(session, today) == []


def test_a_loan_is_due_in_the_future(desk: Desk) -> None:
    with pytest.raises(Refused, match="2026-01-01, is over"):
        desk.sent(
            "apr_sun",
            "asset_borrow",
            "ZC001",
            borrower=desk.staff["apr_sun"],
            due_on=date(2026, 1, 1),
            purpose="年终审计",
        )


def test_a_transfer_needs_the_heads_of_both_departments(desk: Desk) -> None:
    case = desk.sent("apr_wang", "asset_transfer", "ZC007", "ZC008", **to_finance(desk))
    assert desk.waiting(case) == ["apr_li"]
    assert desk.signs(case, "apr_li") == "running"
    assert desk.waiting(case) == ["apr_qian"]
    assert desk.signs(case, "apr_qian", "apr_keeper") == "approved"
    for code in ("ZC007", "ZC008"):
        assert desk.of(code, "department_id") == desk.department("FINANCE")
        assert (desk.of(code, "keeper_id"), desk.of(code, "status")) == (desk.staff["apr_wu"], "in_use")


def test_a_transfer_is_from_one_department_to_another(desk: Desk) -> None:
    desk.run("UPDATE app.asset SET department_id = :hq WHERE code = 'ZC008'", hq=desk.department("HQ"))
    with pytest.raises(Refused, match="all belong to one department"):
        desk.sent("apr_keeper", "asset_transfer", "ZC007", "ZC008", **to_finance(desk))
    there = to_finance(desk) | {"to_department": desk.department("OFFICE")}
    with pytest.raises(Refused, match="belong to this department already"):
        desk.sent("apr_keeper", "asset_transfer", "ZC007", **there)


def test_a_repair_request_goes_to_maintenance_and_a_dear_one_further_up(desk: Desk) -> None:
    case = desk.sent("apr_wang", "asset_repair", "ZC010", symptom="椅背断裂", urgency="normal", estimate="120")
    assert desk.signs(case, "apr_li", "apr_zhao") == "approved"
    assert desk.of("ZC010", "status") == "in_repair"
    dear = desk.sent("apr_wang", "asset_repair", "ZC005", symptom="主板烧毁", urgency="urgent", estimate="1200.50")
    assert desk.signs(dear, "apr_li", "apr_zhao") == "running"
    assert desk.waiting(dear) == ["apr_vp"]


def test_scrapping_with_human_damage_is_compensated(desk: Desk) -> None:
    with desk.signed_in("apr_wang") as session:
        (proposed,) = proposing.propose(session, "asset_scrapping", [desk.asset("ZC005")])
    assert proposed.compensation("original_value") == Decimal(6000)
    appraised = {
        "appraisal": "进水损坏，无修复价值",
        "human_damage": True,
        "payer": desk.staff["apr_wang"],
        "basis": "original_value",
        "compensation": proposed.compensation("original_value"),
    }
    case = desk.sent(
        "apr_wang", "asset_scrapping", "ZC005", said=appraised, scrapped_on=date(2026, 11, 23), reason="损坏"
    )
    frozen = desk.one("SELECT form FROM app.approval_case WHERE id = :id", id=case)
    assert (frozen["human_damage"], frozen["compensation"]) == (True, "6000.00")
    assert desk.signs(case, "apr_li", "apr_keeper", "apr_sun") == "running"
    assert desk.waiting(case) == ["apr_gm"], "asset office, finance and leader"
    assert desk.signs(case, "apr_gm") == "approved"
    assert (desk.of("ZC005", "status"), desk.of("ZC005", "disposed_on")) == ("scrapped", date(2026, 11, 23))


@pytest.mark.parametrize(
    "appraised",
    [
        {"human_damage": True},
        {"human_damage": True, "payer": None, "basis": "book_value", "compensation": "10"},
        {"human_damage": False, "compensation": "10"},
    ],
)
def test_an_appraisal_is_whole(desk: Desk, appraised: dict[str, Any]) -> None:
    with pytest.raises(Refused, match="ZC005 电脑: with human damage"):
        desk.sent(
            "apr_wang",
            "asset_scrapping",
            "ZC005",
            said={"appraisal": "损坏"} | appraised,
            scrapped_on=date(2026, 11, 23),
            reason="损坏",
        )


def books_through(desk: Desk, month: Month) -> dict[Standard, int]:
    """A book of each standard, run through a month."""
    made = {}
    values: dict[str, Any]
    with desk.signed_in("apr_gm") as session:
        for number, standard in enumerate(Standard, 1):
            values = {
                "code": f"0{number}",
                "name": standard.value,
                "standard": standard,
                "first_month": date(2026, 1, 1),
            }
            made[standard] = records.create(session, BOOKS, values)
            runs.run(session, made[standard], month)
    return made


def test_the_book_value_is_that_of_the_last_month_charged(desk: Desk) -> None:
    desk.run("UPDATE app.asset SET method = 'straight_line', life_months = 60, residual_rate = 0 WHERE code = 'ZC005'")
    books_through(desk, Month(2026, 2))
    with desk.signed_in("apr_wang") as session:
        (proposed,) = proposing.propose(session, "asset_scrapping", [desk.asset("ZC005")])
    assert proposed.compensation("book_value") == 6000 - 25 * 100, "by the enterprise's book, from February 2024 on"


@pytest.mark.parametrize("kind", ["asset_scrapping", "asset_disposal"])
def test_the_month_of_leaving_is_charged_as_the_standard_says(desk: Desk, kind: str) -> None:
    desk.run("UPDATE app.asset SET method = 'straight_line', life_months = 60, residual_rate = 0 WHERE code = 'ZC005'")
    if kind == "asset_scrapping":
        said: dict[str, Any] = {"appraisal": "损坏", "human_damage": False}
        case = desk.sent("apr_wang", kind, "ZC005", said=said, scrapped_on=date(2026, 11, 23), reason="损坏")
        assert desk.signs(case, "apr_li", "apr_keeper", "apr_sun", "apr_gm") == "approved"
    else:
        form: dict[str, Any] = {"way": "sale", "disposed_on": date(2026, 11, 23), "reason": "闲置"}
        case = desk.sent("apr_wang", kind, "ZC005", **form)
        assert desk.signs(case, "apr_keeper", "apr_sun", "apr_gm") == "approved"
    made = books_through(desk, Month(2026, 12))
    charged = "SELECT max(month) FROM app.depreciation_entry WHERE book_id = :book AND asset_id = :asset AND amount > 0"
    asset = desk.asset("ZC005")
    assert desk.one(charged, book=made[Standard.ENTERPRISE], asset=asset) == date(2026, 11, 1)
    assert desk.one(charged, book=made[Standard.GOVERNMENT], asset=asset) == date(2026, 10, 1)


def test_disposal_ends_depreciation_and_keeps_the_day_of_scrapping(desk: Desk) -> None:
    desk.run("UPDATE app.asset SET status = 'scrapped', disposed_on = '2026-03-05' WHERE code = 'ZC005'")
    form: dict[str, Any] = {
        "way": "sale",
        "disposed_on": date(2026, 11, 23),
        "receiver": "废品公司",
        "reason": "已报废",
    }
    case = desk.sent("apr_keeper", "asset_disposal", "ZC005", "ZC010", said={"proceeds": "35.50"}, **form)
    assert desk.one("SELECT form->>'proceeds' FROM app.approval_case WHERE id = :id", id=case) == "71.00"
    assert desk.waiting(case) == ["apr_gm"], "the asset office's own request goes to the next head up"
    assert desk.signs(case, "apr_gm", "apr_sun", "apr_gm") == "approved"
    assert (desk.of("ZC005", "status"), desk.of("ZC005", "disposed_on")) == ("disposed", date(2026, 3, 5))
    assert (desk.of("ZC010", "status"), desk.of("ZC010", "disposed_on")) == ("disposed", date(2026, 11, 23))


def test_nothing_leaves_before_it_came(desk: Desk) -> None:
    form: dict[str, Any] = {"way": "sale", "disposed_on": date(2023, 1, 1), "reason": "闲置"}
    with pytest.raises(Refused, match="ZC010 椅子 was put in service after"):
        desk.sent("apr_keeper", "asset_disposal", "ZC010", **form)


def test_everything_of_a_leaving_person_is_handed_over(desk: Desk) -> None:
    with desk.signed_in("apr_li") as session:
        theirs = proposing.all_of(session, desk.staff["apr_wang"])
    assert len(theirs) == 9
    codes = [f"ZC{n:03}" for n in range(4, 13)]
    assert theirs == [desk.asset(code) for code in codes]
    case = desk.sent(
        "apr_li",
        "asset_handover",
        *codes,
        giver=desk.staff["apr_wang"],
        to_keeper=desk.staff["apr_zhao"],
        why="leaves",
    )
    assert desk.number(case).startswith("JJ-")
    assert desk.signs(case, "apr_wang", "apr_zhao", "apr_keeper") == "approved", "the head is the requester"
    assert {desk.of(code, "keeper_id") for code in codes} == {desk.staff["apr_zhao"]}


def test_ones_own_hand_over_is_confirmed_by_who_takes_over_and_the_head(desk: Desk) -> None:
    people: dict[str, Any] = {"giver": desk.staff["apr_wang"], "to_keeper": desk.staff["apr_zhao"], "why": "moves"}
    case = desk.sent("apr_wang", "asset_handover", "ZC005", **people)
    assert desk.signs(case, "apr_zhao", "apr_li", "apr_keeper") == "approved"


def test_only_what_somebody_has_can_be_handed_over(desk: Desk) -> None:
    people: dict[str, Any] = {"giver": desk.staff["apr_zhao"], "to_keeper": desk.staff["apr_wang"], "why": "moves"}
    with pytest.raises(Refused, match="not in the name of"):
        desk.sent("apr_li", "asset_handover", "ZC005", **people)
    with pytest.raises(Refused, match="the same person"):
        desk.sent("apr_li", "asset_handover", "ZC005", **people | {"to_keeper": people["giver"]})
