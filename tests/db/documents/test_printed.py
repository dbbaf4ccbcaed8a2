"""The signatures that stand on the paper: whose they are, for whom, and which do not count any more."""

from __future__ import annotations

from logistics_desktop.features.approvals import actions
from logistics_desktop.features.documents import printed
from logistics_desktop.finding import find
from logistics_desktop.ledgers import LEDGERS
from tests.db.documents.conftest import Desk, to_finance


def names(desk: Desk, case: int) -> list[tuple[str, str]]:
    """What the boxes say, without the one that is signed by hand."""
    with desk.signed_in("apr_wang") as session:
        boxes = printed.read(session, desk.document_of(case)).signatures
    return [(one.label, one.name) for one in boxes if one.name or one.label != "Received by"]


def test_a_stand_in_signs_with_both_names(desk: Desk) -> None:
    case = desk.sent("apr_wang", "asset_transfer", "ZC007", **to_finance(desk))
    today = desk.one("SELECT app.approval_today()")
    with desk.signed_in("apr_li") as session:
        actions.stand_in(session, desk.staff["apr_li"], desk.staff["apr_zhao"], today, today)
    desk.act("apr_zhao", actions.approve, desk.task(case, "apr_li"))
    assert names(desk, case)[:3] == [
        ("Requester", "王申请"),
        ("Head of the giving department", "赵同事 for 李主任"),
        ("Head of the receiving department", ""),
    ]


def test_after_a_return_the_signatures_from_before_do_not_count(desk: Desk) -> None:
    case = desk.sent("apr_wang", "asset_transfer", "ZC007", **to_finance(desk))
    desk.signs(case, "apr_li")
    desk.act("apr_qian", actions.give_back, desk.task(case, "apr_qian"), "请补充原因")
    assert [name for _label, name in names(desk, case)] == ["王申请", *[""] * (len(names(desk, case)) - 1)]


def test_the_number_and_the_code_find_the_document_for_those_who_may_see_it(desk: Desk) -> None:
    case = desk.sent("apr_wang", "asset_transfer", "ZC007", **to_finance(desk))
    with desk.signed_in("apr_wang") as session:
        code = printed.read(session, desk.document_of(case)).code
        for text in (code, desk.number(case), desk.number(case).lower(), f"No.: {desk.number(case)}"):
            assert [(one.ledger, one.id) for one in find(session, LEDGERS, text)] == [
                ("documents", desk.document_of(case))
            ]
    with desk.signed_in("apr_zhou") as session:
        seen = desk.one("SELECT count(*) FROM app.document")
        assert len(find(session, LEDGERS, code)) == seen
