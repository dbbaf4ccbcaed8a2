"""Cases on their way: who is asked next, what each action does, and what nobody can do."""

from __future__ import annotations

import uuid

import pytest

from logistics_desktop.errors import Refused
from logistics_desktop.features.approvals import actions, cases, inbox
from logistics_desktop.features.approvals.definition import Approver, Branch, Condition, Copy, Fork
from logistics_desktop.features.approvals.inbox import Box
from tests.db.approvals.conftest import World, route, step

HEAD = Approver("head")
FINANCE = Approver("post", post="finance")
VICE = Approver("post", post="vice_president")


def person(world: World, login: str) -> Approver:
    return Approver("person", staff=world.staff[login])


def test_a_case_goes_from_step_to_step_and_takes_effect_once(world: World) -> None:
    world.publish(route(step("head", HEAD), step("finance", FINANCE, mode="all")))
    case = world.submit()
    assert world.waiting(case) == ["apr_li"]
    assert world.approve("apr_li", case) == "running"
    assert world.waiting(case) == ["apr_sun", "apr_zhou", "apr_wu"]
    world.approve("apr_sun", case)
    world.approve("apr_wu", case)
    assert world.effects(case) == 0
    assert world.approve("apr_zhou", case) == "approved"
    assert world.effects(case) == 1
    assert world.waiting(case) == []


def test_one_signature_of_any_settles_the_step_for_all(world: World) -> None:
    world.publish(route(step("finance", FINANCE)))
    case = world.submit()
    theirs = world.task(case, "apr_wu")
    assert world.approve("apr_sun", case) == "approved"
    with pytest.raises(Refused, match="decided already"):
        world.act("apr_wu", actions.refuse, theirs, "no")


def test_in_turn_each_waits_for_the_one_before(world: World) -> None:
    world.publish(route(step("three", *(person(world, one) for one in ("apr_wu", "apr_li", "apr_sun")), mode="turn")))
    case = world.submit()
    assert (world.waiting(case), world.waiting(case, "queued")) == (["apr_wu"], ["apr_li", "apr_sun"])
    with pytest.raises(Refused, match="not your turn"):
        world.act("apr_li", actions.approve, world.task(case, "apr_li", "queued"))
    world.approve("apr_wu", case)
    world.approve("apr_li", case)
    assert world.approve("apr_sun", case) == "approved"


def test_the_amount_decides_about_the_vice_president(world: World) -> None:
    dear = Branch("dear", (Condition("amount", ">", 500),), (step("vice", VICE),))
    world.publish(route(step("head", HEAD), Fork("f", (dear, Branch("else")))))
    cheap, costly = world.submit(amount=500), world.submit(amount=500.01)
    assert world.approve("apr_li", cheap) == "approved"
    assert world.approve("apr_li", costly) == "running"
    assert world.waiting(costly) == ["apr_vp"]


def test_copies_are_sent_when_the_case_comes_by(world: World) -> None:
    world.publish(route(step("head", HEAD), Copy("c", "for the books", (FINANCE,))))
    case = world.submit()
    with pytest.raises(Refused), world.signed_in("apr_sun") as session:
        cases.read(session, case)
    world.approve("apr_li", case)
    with world.signed_in("apr_sun") as session:
        assert [item.read for item in inbox.page(session, Box.COPIES)] == [False]
        assert inbox.counts(session).unread == 1
        actions.have_read(session, case)
        assert inbox.counts(session).unread == 0
        assert cases.read(session, case).number.startswith("CG-")


def test_a_refusal_ends_the_case_without_effect(world: World) -> None:
    world.publish(route(step("finance", FINANCE, mode="all"), step("vice", VICE)))
    case = world.submit()
    world.approve("apr_sun", case)
    with pytest.raises(Refused, match="Say why"):
        world.act("apr_wu", actions.refuse, world.task(case, "apr_wu"), "  ")
    assert world.act("apr_wu", actions.refuse, world.task(case, "apr_wu"), "预算不足") == "refused"
    assert world.waiting(case) == []
    assert world.effects(case) == 0
    assert world.one("SELECT state FROM app.example") == "refused"


def test_returned_and_submitted_again_goes_through_every_step(world: World) -> None:
    world.publish(route(step("head", HEAD), step("finance", FINANCE)))
    case = world.submit()
    world.approve("apr_li", case)
    assert world.act("apr_sun", actions.give_back, world.task(case, "apr_sun"), "金额不对") == "returned"
    assert world.waiting(case) == ["apr_wang"]
    world.run("UPDATE app.example SET form = jsonb_set(form, '{amount}', '90')")
    world.act("apr_wang", actions.resubmit, world.task(case, "apr_wang"))
    assert world.one("SELECT form->>'amount' FROM app.approval_case") == "90"
    assert world.waiting(case) == ["apr_li"]
    world.approve("apr_li", case)
    assert world.approve("apr_wu", case) == "approved"


def test_straight_back_goes_to_who_returned_it_and_asks_nobody_twice(world: World) -> None:
    world.publish(route(step("head", HEAD), step("finance", FINANCE, mode="all"), resubmit="back"))
    case = world.submit()
    world.approve("apr_li", case)
    world.approve("apr_sun", case)
    world.act("apr_wu", actions.give_back, world.task(case, "apr_wu"), "缺附件")
    world.act("apr_wang", actions.resubmit, world.task(case, "apr_wang"))
    assert world.waiting(case) == ["apr_zhou", "apr_wu"]
    world.approve("apr_zhou", case)
    assert world.approve("apr_wu", case) == "approved"


def test_straight_back_is_not_for_a_changed_amount_that_decides_the_path(world: World) -> None:
    fork = Fork("f", (Branch("dear", (Condition("amount", ">", 500),), (step("vice", VICE),)), Branch("else")))
    world.publish(route(step("head", HEAD), fork, step("finance", FINANCE), resubmit="back"))
    case = world.submit()
    world.approve("apr_li", case)
    world.act("apr_wu", actions.give_back, world.task(case, "apr_wu"), "金额?")
    world.run("UPDATE app.example SET form = jsonb_set(form, '{amount}', '400')")
    world.act("apr_wang", actions.resubmit, world.task(case, "apr_wang"))
    assert world.waiting(case) == ["apr_li"], "who signed 100 has not signed 400"


def test_returned_to_an_earlier_step(world: World) -> None:
    world.publish(route(step("head", HEAD), step("vice", VICE), step("finance", FINANCE), resubmit="back"))
    case = world.submit()
    world.approve("apr_li", case)
    world.approve("apr_vp", case)
    with world.signed_in("apr_sun") as session:
        assert cases.read(session, case).behind == ((1, "head"), (2, "vice"))
    with pytest.raises(Refused, match="lies behind"):
        world.act("apr_sun", actions.give_back, world.task(case, "apr_sun"), "?", 3)
    world.act("apr_sun", actions.give_back, world.task(case, "apr_sun"), "请复核", 1)
    assert world.waiting(case) == ["apr_li"]
    world.approve("apr_li", case)
    assert world.waiting(case) == ["apr_sun", "apr_zhou", "apr_wu"], "straight back, past the vice president"


def test_handed_over_it_is_the_others_for_good(world: World) -> None:
    world.publish(route(step("head", HEAD)))
    case = world.submit()
    mine = world.task(case, "apr_li")
    world.act("apr_li", actions.hand_over, mine, world.staff["apr_zhao"], "请代办")
    with pytest.raises(Refused):
        world.act("apr_li", actions.approve, mine)
    assert world.approve("apr_zhao", case) == "approved"


def test_delegated_it_comes_back_with_an_opinion(world: World) -> None:
    world.publish(route(step("head", HEAD)))
    case = world.submit()
    world.act("apr_li", actions.delegate, world.task(case, "apr_li"), world.staff["apr_sun"])
    with pytest.raises(Refused, match="Others speak first"):
        world.act("apr_li", actions.approve, world.task(case, "apr_li", "held"))
    assert world.act("apr_sun", actions.refuse, world.task(case, "apr_sun"), "太贵") == "running"
    assert world.waiting(case) == ["apr_li"]
    assert world.approve("apr_li", case) == "approved"


def test_a_delegation_can_be_taken_back(world: World) -> None:
    world.publish(route(step("head", HEAD)))
    case = world.submit()
    world.act("apr_li", actions.delegate, world.task(case, "apr_li"), world.staff["apr_sun"])
    theirs = world.task(case, "apr_sun")
    world.act("apr_li", actions.take_back, world.task(case, "apr_li", "held"))
    with pytest.raises(Refused, match="decided already"):
        world.act("apr_sun", actions.approve, theirs)
    assert world.approve("apr_li", case) == "approved"


@pytest.mark.parametrize("before", [True, False])
def test_added_signers(world: World, before: bool) -> None:
    world.publish(route(step("head", HEAD)))
    case = world.submit()
    two = [world.staff["apr_sun"], world.staff["apr_wu"]]
    world.act("apr_li", actions.add_signers, world.task(case, "apr_li"), two, before=before)
    assert world.waiting(case) == ["apr_sun", "apr_wu"]
    world.approve("apr_sun", case)
    state = world.approve("apr_wu", case)
    if before:
        assert (state, world.waiting(case)) == ("running", ["apr_li"])
        state = world.approve("apr_li", case)
    assert state == "approved"


def test_an_added_signer_adds_one_more(world: World) -> None:
    world.publish(route(step("head", HEAD)))
    case = world.submit()
    world.act("apr_li", actions.add_signers, world.task(case, "apr_li"), [world.staff["apr_sun"]], before=False)
    world.act("apr_sun", actions.add_signers, world.task(case, "apr_sun"), [world.staff["apr_wu"]], before=False)
    assert world.state(case) == "running"
    assert world.approve("apr_wu", case) == "approved"


def test_withdrawn_while_nobody_has_acted(world: World) -> None:
    world.publish(route(step("finance", FINANCE, mode="all")))
    case, other = world.submit(), world.submit()
    assert world.act("apr_wang", actions.withdraw, case) == "withdrawn"
    world.approve("apr_sun", other)
    with pytest.raises(Refused, match="Somebody has decided"):
        world.act("apr_wang", actions.withdraw, other)
    with pytest.raises(Refused):
        world.act("apr_sun", actions.withdraw, other)


def test_urging_has_to_cool_down(world: World) -> None:
    world.publish(route(step("head", HEAD), urge_minutes=30))
    case = world.submit()
    world.act("apr_wang", actions.urge, case)
    with pytest.raises(Refused, match="a moment ago"):
        world.act("apr_wang", actions.urge, case)
    world.run("UPDATE app.approval_case SET urged_at = now() - interval '31 minutes'")
    world.act("apr_wang", actions.urge, case)


def test_a_stand_in_decides_and_it_shows(world: World) -> None:
    world.publish(route(step("head", HEAD)))
    case = world.submit()
    today = world.one("SELECT app.approval_today()")
    with world.signed_in("apr_li") as session:
        number = actions.stand_in(session, world.staff["apr_li"], world.staff["apr_zhao"], today, today)
    with world.signed_in("apr_zhao") as session:
        assert [(item.case, item.person) for item in inbox.page(session, Box.STANDING_IN)] == [(case, "李主任")]
        assert inbox.page(session, Box.TO_DO) == []
    assert world.act("apr_zhao", actions.approve, world.task(case, "apr_li")) == "approved"
    with world.signed_in("apr_li") as session:
        last = cases.read(session, case).events[-1]
        assert (last.who, last.instead_of) == ("赵同事", "李主任")
        actions.end_stand_in(session, number)
    other = world.submit()
    with pytest.raises(Refused):
        world.act("apr_zhao", actions.approve, world.task(other, "apr_li"))


def test_a_stand_in_does_not_decide_their_own_request(world: World) -> None:
    world.publish(route(step("head", HEAD)))
    case = world.submit("apr_zhao")
    today = world.one("SELECT app.approval_today()")
    with world.signed_in("apr_li") as session:
        actions.stand_in(session, world.staff["apr_li"], world.staff["apr_zhao"], today, today)
    with pytest.raises(Refused, match="their own request"):
        world.act("apr_zhao", actions.approve, world.task(case, "apr_li"))


def test_a_head_s_own_request_goes_to_the_next_head_up(world: World) -> None:
    world.publish(route(step("head", HEAD)))
    assert world.waiting(world.submit("apr_li")) == ["apr_gm"]


def test_a_head_s_own_request_skips_that_step_where_the_route_says_so(world: World) -> None:
    world.publish(route(step("head", HEAD), step("finance", FINANCE), own="skip"))
    assert world.waiting(world.submit("apr_li")) == ["apr_sun", "apr_zhou", "apr_wu"]


def test_not_every_step_is_skipped(world: World) -> None:
    world.publish(route(step("head", HEAD), own="skip"))
    assert world.waiting(world.submit("apr_li")) == ["apr_keeper"]


def test_above_the_top_the_administrator_signs_and_it_shows(world: World) -> None:
    world.publish(route(step("head", HEAD)))
    case = world.submit("apr_gm")
    assert world.waiting(case) == ["apr_keeper"]
    with world.signed_in("apr_gm") as session:
        seen = cases.read(session, case)
    assert [task.why for task in seen.live] == ["administrator"]
    assert "to_keeper" in [event.action for event in seen.events]


def test_the_same_person_twice_in_a_row_signs_once(world: World) -> None:
    world.publish(route(step("head", HEAD), step("again", HEAD), step("finance", FINANCE)))
    case = world.submit()
    world.approve("apr_li", case)
    assert world.waiting(case) == ["apr_sun", "apr_zhou", "apr_wu"]


def test_the_same_person_signs_each_time_where_the_route_says_so(world: World) -> None:
    world.publish(route(step("head", HEAD), step("again", HEAD), same_person="each"))
    case = world.submit()
    world.approve("apr_li", case)
    assert world.approve("apr_li", case) == "approved"


def test_the_requester_s_choice(world: World) -> None:
    world.publish(route(step("chosen", Approver("choice"))))
    with pytest.raises(Refused, match="Choose first"):
        world.submit()
    case = world.submit(choices={"chosen": [world.staff["apr_vp"]]})
    assert world.waiting(case) == ["apr_vp"]


def test_a_repeated_click_changes_nothing(world: World) -> None:
    world.publish(route(step("finance", FINANCE, mode="all")))
    document, key = world.document(), uuid.uuid4()
    with world.signed_in("apr_wang") as session:
        case = actions.submit(session, "purchase", document, request=key)
        assert actions.submit(session, "purchase", document, request=key) == case
    with pytest.raises(Refused, match="already"):
        world.act("apr_wang", actions.submit, "purchase", document)  # type: ignore[arg-type]
    sun, click = world.task(case, "apr_sun"), uuid.uuid4()
    for _twice in range(2):
        assert world.act("apr_sun", actions.approve, sun, request=click) == "running"
    with pytest.raises(Refused, match="key of something else"):
        world.act("apr_wu", actions.approve, world.task(case, "apr_wu"), request=click)
