"""What two documents, two editors, or a document and the ledger say against each other, and what comes of it."""

from __future__ import annotations

import threading
import uuid
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path
from typing import Any

import psycopg
import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from db.embedded import Server
from db.session import Target, embedded_target, make_engine
from logistics_desktop import attachments
from logistics_desktop.context import WORDS
from logistics_desktop.errors import FieldErrors, Refused
from logistics_desktop.faults import translated
from logistics_desktop.features.approvals import actions, cases
from logistics_desktop.features.documents import drafts, kinds, of_assets, proposing, reading
from logistics_desktop.features.documents.drafts import DraftLine
from logistics_desktop.happenings import SOURCES
from logistics_desktop.ledger.timeline import timeline
from logistics_desktop.ledgers import LEDGERS
from tests.db.documents.conftest import Desk, to_finance
from tests.servers import execute

REPAIR: dict[str, Any] = {"symptom": "异响", "urgency": "normal"}
SCRAP: dict[str, Any] = {"scrapped_on": date(2026, 11, 23), "reason": "老化"}
UNDAMAGED = {"appraisal": "自然老化", "human_damage": False}


def test_an_asset_in_a_running_document_says_so_and_enters_no_second_one(desk: Desk) -> None:
    first = desk.sent("apr_wang", "asset_transfer", "ZC007", **to_finance(desk))
    number, asset = desk.number(first), desk.asset("ZC007")
    with desk.signed_in("apr_wang") as session:
        (running,) = of_assets.running(session, [asset, desk.asset("ZC008")])[asset]
        assert str(running) == f"Transfer {number}: Under approval"
        (proposed,) = proposing.propose(session, "asset_scrapping", [asset])
    assert (proposed.problem, proposed.said) == ("held", number)
    with pytest.raises(Refused, match=f"ZC007 椅子 – {number}"):
        desk.sent("apr_wang", "asset_scrapping", "ZC008", "ZC007", said=UNDAMAGED, **SCRAP)


def test_what_does_not_contradict_runs_beside_it(desk: Desk) -> None:
    moving = desk.sent("apr_wang", "asset_transfer", "ZC007", **to_finance(desk))
    repair = desk.sent("apr_wang", "asset_repair", "ZC007", **REPAIR)
    assert desk.signs(repair, "apr_li", "apr_zhao") == "approved"
    assert desk.signs(moving, "apr_li", "apr_qian", "apr_keeper") == "approved"
    assert (desk.of("ZC007", "status"), desk.of("ZC007", "keeper_id")) == ("in_repair", desk.staff["apr_wu"])


@pytest.mark.parametrize("end", ["refuse", "withdraw"])
def test_a_document_that_ended_holds_nothing(desk: Desk, end: str) -> None:
    case = desk.sent("apr_wang", "asset_repair", "ZC007", **REPAIR)
    if end == "refuse":
        desk.act("apr_li", actions.refuse, desk.task(case, "apr_li"), "自行处理")
    else:
        desk.act("apr_wang", actions.withdraw, case)
    desk.sent("apr_wang", "asset_scrapping", "ZC007", said=UNDAMAGED, **SCRAP)


def test_a_returned_document_still_holds_and_goes_on_with_its_number(desk: Desk) -> None:
    case = desk.sent("apr_wang", "asset_repair", "ZC007", **REPAIR)
    number, document = desk.number(case), desk.document_of(case)
    desk.act("apr_li", actions.give_back, desk.task(case, "apr_li"), "写明现象")
    assert desk.document_state(case) == "returned"
    with pytest.raises(Refused, match=number):
        desk.sent("apr_wang", "asset_scrapping", "ZC007", said=UNDAMAGED, **SCRAP)
    with desk.signed_in("apr_wang") as session:
        seen = reading.read(session, document)
        changed = {**seen.form, "symptom": "右扶手断裂"}
        lines = [DraftLine(desk.asset("ZC008"))]
        drafts.save(session, "asset_repair", changed, lines, document=document, seen=seen.saves, request=uuid.uuid4())
    desk.act("apr_wang", actions.resubmit, desk.task(case, "apr_wang"))
    assert (desk.number(case), desk.document_state(case)) == (number, "submitted")
    assert desk.one("SELECT form->>'symptom' FROM app.approval_case WHERE id = :id", id=case) == "右扶手断裂"
    desk.sent("apr_wang", "asset_scrapping", "ZC007", said=UNDAMAGED, **SCRAP)
    assert desk.signs(case, "apr_li", "apr_zhao") == "approved"
    assert (desk.of("ZC007", "status"), desk.of("ZC008", "status")) == ("in_use", "in_repair")


def test_an_asset_that_was_scrapped_meanwhile_refuses_the_last_signature(desk: Desk) -> None:
    case = desk.sent("apr_wang", "asset_repair", "ZC007", "ZC008", **REPAIR)
    desk.signs(case, "apr_li")
    desk.run("UPDATE app.asset SET status = 'scrapped' WHERE code = 'ZC008'")
    with pytest.raises(Refused, match="ZC008 椅子 does not stand as this document wants"):
        desk.signs(case, "apr_zhao")
    assert (desk.state(case), desk.of("ZC007", "status")) == ("running", "in_use"), "nothing was half done"
    desk.act("apr_zhao", actions.give_back, desk.task(case, "apr_zhao"), "已报废")
    with pytest.raises(Refused, match="does not stand"):
        desk.act("apr_wang", actions.resubmit, desk.task(case, "apr_wang"))
    desk.act("apr_wang", actions.withdraw, case)


def test_an_amount_that_changed_since_needs_a_new_approval(desk: Desk) -> None:
    case = desk.sent("apr_wang", "asset_transfer", "ZC007", **to_finance(desk))
    desk.signs(case, "apr_li", "apr_qian")
    desk.run("UPDATE app.asset SET original_value = 40000 WHERE code = 'ZC007'")
    with pytest.raises(Refused, match=r"has changed meanwhile .*ZC007 椅子"):
        desk.signs(case, "apr_keeper")
    desk.act("apr_keeper", actions.give_back, desk.task(case, "apr_keeper"), "原值已变")
    desk.act("apr_wang", actions.resubmit, desk.task(case, "apr_wang"))
    assert desk.one("SELECT form->>'amount' FROM app.approval_case WHERE id = :id", id=case) == "40000.00"
    assert desk.waiting(case) == ["apr_keeper"], "no branch of the route asks for the amount: straight back"


def test_what_was_submitted_is_frozen_for_everybody(desk: Desk) -> None:
    case = desk.sent("apr_wang", "asset_repair", "ZC007", **REPAIR)
    document = desk.document_of(case)
    with pytest.raises(Refused, match="stays as it is"), desk.signed_in("apr_wang") as session:
        drafts.save(session, "asset_repair", REPAIR, [], document=document, seen=1, request=uuid.uuid4())
    for statement in (
        "UPDATE app.document SET form = '{}'",
        "UPDATE app.document SET number = 'BX-1'",
        "DELETE FROM app.document",
        "DELETE FROM app.document_line",
        "UPDATE app.document_line SET said = '{}'",
        "TRUNCATE app.document CASCADE",
    ):
        with pytest.raises(sa.exc.DBAPIError) as refused, desk.session.begin_nested():
            desk.run(statement)
        assert isinstance(refused.value.orig, psycopg.Error)
        assert refused.value.orig.sqlstate in ("P0477", "P0403"), statement


@pytest.mark.parametrize(
    "statement",
    [
        "SELECT app.document_submitted('asset_repair', 1)",
        "SELECT app.document_approved(1)",
        "SELECT app.document_moved(1, 'withdrawn')",
        "SELECT app.document_next_number('BX')",
        "INSERT INTO app.document (kind, requester_id, form, request)"
        " VALUES ('asset_repair', 1, '{}', gen_random_uuid())",
        "UPDATE app.document SET state = 'effective'",
        "DELETE FROM app.document_hold",
        "UPDATE app.document_counter SET last = 0",
        "UPDATE app.document_kind SET takes = '{scrapped}'",
        "UPDATE app.asset_loan SET due_on = '2099-01-01'",
    ],
)
def test_nobody_goes_past_the_functions(desk: Desk, statement: str) -> None:
    desk.sent("apr_keeper", "asset_repair", "ZC007", **REPAIR)
    with pytest.raises(Refused, match="You may not do this"), desk.signed_in("apr_keeper"):
        desk.run(statement)


def test_a_draft_is_seen_and_changed_by_its_maker_alone(desk: Desk) -> None:
    document = desk.draft("apr_wang", "asset_repair", "ZC007", **REPAIR)
    with desk.signed_in("apr_keeper") as session:
        assert reading.page(session) == []
    with pytest.raises(Refused, match="not yours to see"), desk.signed_in("apr_keeper") as session:
        reading.read(session, document)
    with pytest.raises(Refused, match="somebody else's"), desk.signed_in("apr_keeper") as session:
        drafts.save(session, "asset_repair", REPAIR, [], document=document, seen=1, request=uuid.uuid4())
    with pytest.raises(Refused, match="somebody else's"), desk.signed_in("apr_keeper") as session:
        actions.submit(session, "asset_repair", document, request=uuid.uuid4())
    with pytest.raises(Refused), desk.signed_in("apr_keeper") as session:
        drafts.delete(session, document)
    with desk.signed_in("apr_wang") as session:
        drafts.delete(session, document)
        assert reading.page(session, mine=True) == []


def test_two_windows_with_one_draft(desk: Desk) -> None:
    document = desk.draft("apr_wang", "asset_repair", "ZC007", **REPAIR)
    key = uuid.uuid4()
    lines = [DraftLine(desk.asset("ZC008"))]
    with desk.signed_in("apr_wang") as session:
        for _twice in range(2):
            said = drafts.save(session, "asset_repair", REPAIR, lines, document=document, seen=1, request=key)
            assert said == document
        seen = reading.read(session, document)
        assert (seen.saves, [line.code for line in seen.lines]) == (2, ["ZC008"])
    with pytest.raises(Refused, match="saved elsewhere"), desk.signed_in("apr_wang") as session:
        drafts.save(session, "asset_repair", REPAIR, lines, document=document, seen=1, request=uuid.uuid4())


def test_a_copy_is_a_draft_of_ones_own_without_days(desk: Desk) -> None:
    case = desk.sent("apr_wang", "asset_scrapping", "ZC007", said=UNDAMAGED, **SCRAP)
    source = desk.document_of(case)
    with desk.signed_in("apr_keeper") as session:
        made = reading.read(session, drafts.copy(session, source, request=uuid.uuid4()))
    assert (made.state, made.number, made.requester) == ("draft", None, "郑管理")
    assert (made.form["reason"], made.form["scrapped_on"]) == ("老化", None)
    assert [(line.code, line.said["appraisal"]) for line in made.lines] == [("ZC007", "自然老化")]


@pytest.mark.parametrize(
    "form",
    [
        {"strange": 1},
        {"estimate": "viel"},
        {"estimate": "-1"},
        {"estimate": "1e30"},
        {"wanted_by": "2026-02-30"},
        {"urgency": "whenever"},
        {"symptom": "x" * 10_001},
    ],
)
def test_fields_hold_what_they_can_hold(desk: Desk, form: dict[str, Any]) -> None:
    with pytest.raises(Refused, match=f"field {next(iter(form))} cannot hold"):
        desk.draft("apr_wang", "asset_repair", "ZC007", **form)
    with pytest.raises(Refused, match="field to_keeper cannot hold"):
        desk.draft("apr_wang", "asset_issue", to_keeper=10**9)


def test_what_must_be_filled_in(desk: Desk) -> None:
    with pytest.raises(Refused, match="field symptom must be filled in"):
        desk.sent("apr_wang", "asset_repair", "ZC007", urgency="urgent", symptom=" ")
    with pytest.raises(Refused, match="no lines"):
        desk.sent("apr_wang", "asset_repair", **REPAIR)
    with pytest.raises(Refused, match="two lines"):
        desk.draft("apr_wang", "asset_repair", "ZC007", "ZC007", **REPAIR)
    with pytest.raises(Refused, match="field appraisal must be"):
        desk.sent("apr_wang", "asset_scrapping", "ZC007", **SCRAP)


def test_a_clerk_names_assets_of_their_department_and_idle_ones(desk: Desk) -> None:
    with pytest.raises(Refused, match="no right to put"):
        desk.draft("apr_sun", "asset_repair", "ZC007", **REPAIR)
    with pytest.raises(Refused, match="no right to put"):
        desk.draft("apr_sun", "asset_issue", "ZC007")
    with desk.signed_in("apr_sun") as session:
        found = proposing.available(session, "zc00")
        assert [one.code for one in found] == ["ZC001", "ZC002", "ZC003"]
        (hidden,) = proposing.propose(session, "asset_repair", [desk.asset("ZC007")])
        assert (hidden.problem, hidden.before) == ("unseen", None)
    desk.draft("apr_sun", "asset_issue", "ZC001")


def test_everything_that_happened_to_one_thing(desk: Desk) -> None:
    case = desk.sent("apr_wang", "asset_repair", "ZC007", **REPAIR)
    desk.signs(case, "apr_li", "apr_zhao")
    with desk.signed_in("apr_keeper") as session:
        found = timeline(session, LEDGERS, SOURCES, LEDGERS["assets"], desk.asset("ZC007"))
    documents = [one for one in found if one.kind is of_assets.DOCUMENT]
    assert [one.text for one in documents] == [f"Repair request {desk.number(case)}: In force"]
    assert documents[0].opens is not None
    assert (documents[0].opens.ledger, documents[0].opens.record) == ("documents", desk.document_of(case))


def test_a_document_in_words(desk: Desk) -> None:
    case = desk.sent("apr_wang", "asset_transfer", "ZC007", **to_finance(desk))
    document = desk.document_of(case)
    with pytest.raises(Refused), desk.signed_in("apr_qian") as session:
        reading.read(session, document)
    desk.signs(case, "apr_li")
    with desk.signed_in("apr_qian") as session:
        seen = reading.read(session, document)
        texts = reading.texts(session, seen.kind.fields, seen.form)
        assert cases.of_document(session, "asset_transfer", seen.id) == [case]
    assert (texts["to_department"], texts["to_keeper"], texts["to_location"]) == ("财务处", "吴会计", "")
    assert (seen.department, seen.requester) == ("办公室", "王申请")
    (line,) = seen.lines
    assert line.before is not None
    assert (line.before["original_value"], line.before["keeper"]) == ("400.00", "王申请")


def test_the_kinds_say_what_must_be_filled_in(desk: Desk) -> None:
    with desk.signed_in("apr_wang") as session:
        found = kinds.kinds(session)
    assert [kind.prefix for kind in found] == ["YS", "LY", "GH", "JY", "DB", "BX", "BF", "CZ", "JJ"]
    with pytest.raises(FieldErrors) as wrong:
        kinds.check(found[5], {"symptom": ""})
    assert set(wrong.value.by_field) == {"symptom", "urgency"}


def test_files_hang_on_a_document_and_are_frozen_with_it(desk: Desk, tmp_path: Path) -> None:
    photo = tmp_path / "损坏.txt"
    photo.write_text("断裂", "utf-8")
    document = desk.draft("apr_wang", "asset_repair", "ZC007", **REPAIR)
    with desk.signed_in("apr_wang") as session:
        first = attachments.attach(session, "document", document, photo)
    with pytest.raises(Refused), desk.signed_in("apr_li") as session:
        attachments.attach(session, "document", document, photo)
    case = desk.send("apr_wang", document)
    with desk.signed_in("apr_li") as session:
        assert [one.file_name for one in attachments.attached(session, "document", document)] == ["损坏.txt"]
    with pytest.raises(Refused), desk.signed_in("apr_wang") as session:
        attachments.attach(session, "document", document, photo)
    with desk.signed_in("apr_wang") as session:
        assert desk.one("WITH gone AS (DELETE FROM app.attachment RETURNING 1) SELECT count(*) FROM gone") == 0
    desk.act("apr_wang", actions.withdraw, case)
    with desk.signed_in("apr_wang") as session:
        attachments.detach(session, first)


def test_an_asset_on_a_document_is_not_deleted(desk: Desk) -> None:
    desk.sent("apr_wang", "asset_repair", "ZC007", **REPAIR)
    with pytest.raises(Refused, match="Lines of documents still refers to it"), desk.signed_in("apr_keeper"):
        desk.run("DELETE FROM app.asset WHERE code = 'ZC007'")


# Several at once: a database of its own, committed.


@pytest.fixture
def crowd(server: Server, documents_template: str, maintenance: Target) -> Any:
    """Sessions of anybody in a fresh copy of the office."""
    execute(maintenance, "DROP DATABASE IF EXISTS documents_crowd WITH (FORCE)")
    execute(maintenance, f"CREATE DATABASE documents_crowd TEMPLATE {documents_template} STRATEGY file_copy")
    engine = make_engine(embedded_target(server, "documents_crowd"))

    def work(login: str, what: Any, *, fails: bool = False) -> Any:
        with translated(WORDS), Session(engine) as session, session.begin():
            session.execute(sa.text(f"SET LOCAL SESSION AUTHORIZATION {login}; SET LOCAL search_path TO app, pg_temp"))
            found = what(session)
            session.flush()
            if fails:
                raise ZeroDivisionError
            session.execute(sa.text("SET LOCAL SESSION AUTHORIZATION DEFAULT"))
            return found

    yield work
    engine.dispose()


def draft_of(session: Session, *codes: str) -> int:
    assets = session.scalars(
        sa.text("SELECT id FROM app.asset WHERE code = ANY (:codes) ORDER BY code DESC"), {"codes": list(codes)}
    )
    return drafts.save(session, "asset_repair", REPAIR, map(DraftLine, assets), request=uuid.uuid4())


def submit(session: Session, document: int) -> int:
    return actions.submit(session, "asset_repair", document, request=uuid.uuid4())


def test_of_eight_documents_with_the_same_things_at_once_one_goes(crowd: Any) -> None:
    orders = [("ZC007", "ZC008", "ZC009"), ("ZC009", "ZC007")] * 4
    made = [crowd("apr_wang", lambda session, o=order: draft_of(session, *o)) for order in orders]
    together = threading.Barrier(len(made))

    def send(document: int) -> str:
        together.wait()
        try:
            crowd("apr_wang", lambda session: submit(session, document))
        except Refused as refused:
            return str(refused)
        return "sent"

    with ThreadPoolExecutor(len(made)) as pool:
        answers = list(pool.map(send, made))
    assert answers.count("sent") == 1
    assert all("another document that is under way" in answer for answer in answers if answer != "sent")


def test_numbers_have_no_gaps_whatever_is_rolled_back(crowd: Any) -> None:
    codes = [f"ZC{n:03}" for n in range(4, 13)]
    made = {code: crowd("apr_wang", lambda session, c=code: draft_of(session, c)) for code in codes}
    lost = set(codes[::3])

    def send(code: str) -> None:
        if code in lost:
            with pytest.raises(ZeroDivisionError):
                crowd("apr_wang", lambda session: submit(session, made[code]), fails=True)
        else:
            crowd("apr_wang", lambda session: submit(session, made[code]))

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(send, codes))
    numbers = crowd("apr_wang", lambda session: [one.number for one in reading.page(session, states=["submitted"])])
    assert sorted(int(number[-4:]) for number in numbers) == [1, 2, 3, 4, 5, 6]
