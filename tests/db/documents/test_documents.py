"""Each document of an asset's life, from the draft to its effect on the ledger, with at least three people."""

from __future__ import annotations

from datetime import date

from tests.db.documents.conftest import Desk

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
