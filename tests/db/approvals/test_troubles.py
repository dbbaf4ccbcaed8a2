"""What may go wrong around a case, each with its outcome: people, forms, times, routes that cannot work."""

from __future__ import annotations

import uuid
from datetime import timedelta
from typing import Any

import psycopg
import pytest
import sqlalchemy as sa

from logistics_desktop.errors import Refused
from logistics_desktop.features.approvals import actions, cases, routes
from logistics_desktop.features.approvals.definition import Approver, Branch, Condition, Copy, Definition, Fork, Step
from tests.db.approvals.conftest import KEEPER, World, route, step

HEAD = Approver("head")
FINANCE = Approver("post", post="finance")


def leaves(world: World, login: str) -> None:
    world.run("UPDATE app.staff SET status = 'left' WHERE code = :login", login=login)


def test_an_approver_who_leaves_gives_the_open_task_to_the_administrator(world: World) -> None:
    world.publish(route(step("head", HEAD)))
    case = world.submit()
    leaves(world, "apr_li")
    assert world.waiting(case) == ["apr_keeper"]
    with world.signed_in("apr_wang") as session:
        last = cases.read(session, case).events[-1]
    assert (last.action, last.who, last.instead_of, last.details["why"]) == ("pass_on", None, "李主任", "absent")
    assert world.approve("apr_keeper", case) == "approved"


def test_a_disabled_account_gives_the_open_task_to_the_stand_in_first(world: World) -> None:
    world.publish(route(step("head", HEAD)))
    case = world.submit()
    today = world.one("SELECT app.approval_today()")
    with world.signed_in("apr_li") as session:
        actions.stand_in(session, world.staff["apr_li"], world.staff["apr_zhao"], today, today)
    world.run("UPDATE app.account SET active = false WHERE login = 'apr_li'")
    assert world.waiting(case) == ["apr_zhao"]


def test_where_the_one_to_take_over_signs_anyway_one_signature_is_enough(world: World) -> None:
    two = (Approver("person", staff=world.staff["apr_li"]), Approver("person", staff=world.staff["apr_keeper"]))
    world.publish(route(step("both", *two, mode="all")))
    case = world.submit()
    leaves(world, "apr_li")
    assert world.waiting(case) == ["apr_keeper"]
    assert world.approve("apr_keeper", case) == "approved"


def test_the_last_task_of_an_absent_person_whose_substitute_has_signed_settles_the_step(world: World) -> None:
    two = (Approver("person", staff=world.staff["apr_li"]), Approver("person", staff=world.staff["apr_keeper"]))
    world.publish(route(step("both", *two, mode="all")))
    case = world.submit()
    world.approve("apr_keeper", case)
    leaves(world, "apr_li")
    assert world.waiting(case) == ["apr_keeper"], "asked once more, for the one who left"
    assert world.approve("apr_keeper", case) == "approved"


def test_who_leaves_after_delegating_or_signing_holds_nothing_up(world: World) -> None:
    world.publish(route(step("head", HEAD)))
    delegated, signed = world.submit(), world.submit()
    world.act("apr_li", actions.delegate, world.task(delegated, "apr_li"), world.staff["apr_keeper"])
    world.act("apr_li", actions.add_signers, world.task(signed, "apr_li"), [world.staff["apr_sun"]], before=False)
    leaves(world, "apr_li")
    world.approve("apr_keeper", delegated)
    assert world.waiting(delegated) == ["apr_keeper"], "it comes back, now to the administrator"
    assert world.approve("apr_keeper", delegated) == "approved"
    assert world.approve("apr_sun", signed) == "approved", "a signature that was given stands"


def test_a_half_done_draft_can_be_dry_run(world: World) -> None:
    with world.signed_in("apr_keeper") as session:
        draft = Definition((step("a"), step("b", Approver("")), step("c", HEAD)))
        found = routes.dry_run(session, draft, world.staff["apr_wang"], {})
    assert [one.why for one in found] == ["nobody", "nobody", None]


def test_a_step_finds_the_head_of_today(world: World) -> None:
    world.publish(route(step("finance", FINANCE), step("head", HEAD)))
    case = world.submit()
    world.run("UPDATE app.department SET head_id = :head WHERE code = 'OFFICE'", head=world.staff["apr_zhao"])
    world.approve("apr_sun", case)
    assert world.waiting(case) == ["apr_zhao"]


def test_without_a_head_the_next_one_up_signs(world: World) -> None:
    world.publish(route(step("head", HEAD)))
    leaves(world, "apr_li")
    assert world.waiting(world.submit()) == ["apr_gm"]


def test_a_requester_who_left_does_not_hold_the_case_up(world: World) -> None:
    world.publish(route(step("head", HEAD)))
    case = world.submit()
    leaves(world, "apr_wang")
    world.act("apr_li", actions.give_back, world.task(case, "apr_li"), "数量不对")
    assert world.waiting(case) == ["apr_keeper"]
    other = world.submit("apr_zhao")
    world.act("apr_li", actions.give_back, world.task(other, "apr_li"), "数量不对")
    leaves(world, "apr_zhao")
    assert world.waiting(other) == ["apr_keeper"], "also where it was returned before they left"
    world.act("apr_keeper", actions.resubmit, world.task(case, "apr_keeper"))
    assert world.approve("apr_li", case) == "approved"
    assert world.act("apr_keeper", actions.withdraw, other) == "withdrawn"


def test_all_of_a_leaving_person_goes_to_another_at_once(world: World) -> None:
    world.publish(route(step("head", HEAD)))
    mine, his = world.submit(), world.submit("apr_zhao")
    with world.signed_in("apr_keeper") as session:
        assert actions.hand_all(session, world.staff["apr_li"], world.staff["apr_zhao"]) == 2
        assert actions.hand_all(session, world.staff["apr_li"], world.staff["apr_zhao"]) == 0
    assert world.waiting(mine) == ["apr_zhao"]
    assert world.waiting(his) == ["apr_keeper"], "nobody gets their own request handed"


def test_the_routes_that_name_a_leaving_person_are_listed(world: World) -> None:
    named = Branch("b", (), (step("s", Approver("person", staff=world.staff["apr_vp"])),))
    version = world.publish(route(Fork("f", (named,))))
    with world.signed_in("apr_keeper") as session:
        assert [one.id for one in routes.naming(session, world.staff["apr_vp"])] == [version]
        assert routes.naming(session, world.staff["apr_li"]) == []


def test_only_who_manages_approvals_hands_all_and_not_to_themselves(world: World) -> None:
    with pytest.raises(Refused, match="may not do this"), world.signed_in("apr_sun") as session:
        actions.hand_all(session, world.staff["apr_li"], world.staff["apr_sun"])
    with pytest.raises(Refused, match="somebody who is there"), world.signed_in("apr_keeper") as session:
        actions.hand_all(session, world.staff["apr_li"], world.staff["apr_keeper"])


def test_what_is_late_goes_to_the_administrator_where_the_route_says_so(world: World) -> None:
    world.publish(route(step("head", HEAD, hours=8, late="administrator"), step("finance", FINANCE, hours=8)))
    late, early = world.submit(), world.submit()
    world.run("UPDATE app.approval_task SET due_at = now() - interval '1 minute' WHERE case_id = :c", c=late)
    with world.signed_in("apr_wang") as session:
        assert (actions.sweep(session), actions.sweep(session)) == (1, 0)
    assert (world.waiting(late), world.waiting(early)) == (["apr_keeper"], ["apr_li"])
    assert world.approve("apr_keeper", late) == "running"


def test_an_asset_scrapped_meanwhile_refuses_the_approval_and_nothing_is_lost(world: World) -> None:
    world.publish(route(step("head", HEAD)))
    case = world.submit()
    world.run("UPDATE app.example SET scrapped = true")
    with pytest.raises(sa.exc.DBAPIError, match="scrapped meanwhile"):
        world.approve("apr_li", case)
    assert (world.state(case), world.waiting(case), world.effects(case)) == ("running", ["apr_li"], 0)
    assert world.act("apr_li", actions.give_back, world.task(case, "apr_li"), "资产已报废") == "returned"


def test_what_was_approved_is_frozen_and_a_change_is_a_new_case(world: World) -> None:
    world.publish(route(step("head", HEAD)))
    case = world.submit(amount=100)
    world.run("UPDATE app.example SET form = jsonb_set(form, '{amount}', '999999')")
    assert world.one("SELECT form->>'amount' FROM app.approval_case") == "100"
    world.approve("apr_li", case)
    for change in ("form = '{}'", "requester_id = 1", "state = 'running'", "title = 'x'"):
        with pytest.raises(Refused, match="stays as it is"), world.signed_in("postgres"):  # even the superuser
            world.run(f"UPDATE app.approval_case SET {change} WHERE id = :id", id=case)
    document = world.one("SELECT document_id FROM app.approval_case")
    world.run("UPDATE app.example SET state = 'draft'")
    with world.signed_in("apr_wang") as session:
        again = actions.submit(session, "purchase", document, request=uuid.uuid4())
        assert cases.of_document(session, "purchase", document) == [again, case]
    assert (world.state(case), world.state(again)) == ("approved", "running")


def test_a_form_that_lost_a_field_goes_nowhere_and_a_running_case_keeps_its_own(world: World) -> None:
    dear = Branch("dear", (Condition("kind", "=", "进口"),), (step("vice", Approver("post", post="vice_president")),))
    world.publish(route(step("head", HEAD), Fork("f", (dear, Branch("else")))))
    running = world.submit(kind="进口")
    world.run("UPDATE app.approval_kind SET fields = fields - 2")
    world.approve("apr_li", running)
    assert world.waiting(running) == ["apr_vp"]
    document = world.document()
    world.run("UPDATE app.example SET form = form - 'kind' WHERE id = :id", id=document)
    with pytest.raises(Refused, match="field kind"), world.signed_in("apr_wang") as session:
        actions.submit(session, "purchase", document, request=uuid.uuid4())


def test_a_required_field_must_be_filled(world: World) -> None:
    world.publish(route(step("head", HEAD)))
    with pytest.raises(Refused, match="field amount"):
        world.submit(amount=None)


def test_without_a_route_nothing_can_be_submitted(world: World) -> None:
    with pytest.raises(Refused, match="no published route"):
        world.submit()


def test_a_running_case_keeps_its_version(world: World) -> None:
    world.publish(route(step("head", HEAD), step("finance", FINANCE)))
    case = world.submit()
    world.publish(route(step("head", HEAD)))
    world.approve("apr_li", case)
    assert world.waiting(case) == ["apr_sun", "apr_zhou", "apr_wu"]
    with world.signed_in("apr_keeper") as session:
        found = routes.versions(session, "purchase")
    assert [(one.number, one.state) for one in found] == [(2, "published"), (1, "former")]


def test_who_has_no_person_signs_nothing(world: World) -> None:
    world.run("UPDATE app.account SET staff_id = NULL WHERE login = 'apr_wang'")
    with pytest.raises(Refused, match="staff ledger"), world.signed_in("apr_wang") as session:
        actions.submit(session, "purchase", 1, request=uuid.uuid4())


ELSE = Branch("else", (), (step("b", HEAD),))


@pytest.mark.parametrize(
    ("problem", "definition"),
    [
        ("path_without_signer", route()),
        ("path_without_signer", route(Copy("c", "copy", (FINANCE,)))),
        ("path_without_signer", route(Fork("f", (Branch("b", (Condition("amount", ">", 5),), (step("s", HEAD),)),)))),
        ("path_without_signer", route(Fork("f", (Branch("none"),)))),
        ("no_approver", route(step("s"))),
        ("step_twice", route(step("s", HEAD), Fork("f", (Branch("b", (), (step("s", HEAD),)),)))),
        ("bad_step", route(Step("s", "", (HEAD,)))),
        ("bad_mode", route(step("s", HEAD, mode="most"))),
        ("bad_time_out", route(step("s", HEAD, hours=0))),
        ("bad_time_out", route(step("s", HEAD, hours=4, late="approve"))),
        ("person_absent", route(step("s", Approver("person", staff=-1)))),
        ("post_empty", route(step("s", Approver("post", post="venue_manager")))),
        ("post_empty_in", route(step("s", Approver("department_post", post="finance")))),
        ("unknown_approver", route(step("s", Approver("oracle")))),
        ("field_missing", route(step("s", Approver("head", of="gone")))),
        ("field_of_wrong_type", route(step("s", Approver("field", field="amount")))),
        ("field_may_be_empty", route(step("s", Approver("field", field="buyer")))),
        ("field_missing", route(Fork("f", (Branch("b", (Condition("gone", ">", 5),), (step("s", HEAD),)), ELSE)))),
        ("bad_operator", route(Fork("f", (Branch("b", (Condition("amount", "~", 5),), (step("s", HEAD),)), ELSE)))),
        ("bad_operator", route(Fork("f", (Branch("b", (Condition("kind", ">", 5),), (step("s", HEAD),)), ELSE)))),
        ("bad_value", route(Fork("f", (Branch("b", (Condition("amount", ">", "5"),), (step("s", HEAD),)), ELSE)))),
        ("bad_value", route(Fork("f", (Branch("b", (Condition("kind", "in", "x"),), (step("s", HEAD),)), ELSE)))),
        ("never_reached", route(Fork("f", (ELSE, Branch("b", (Condition("amount", ">", 5),), (step("s", HEAD),)))))),
        ("no_branches", route(Fork("f", ()), step("s", HEAD))),
        ("no_administrator", Definition((step("s", HEAD),), HEAD)),
        ("no_administrator", Definition((step("s", HEAD),))),
        ("bad_setting", route(step("s", HEAD), resubmit="maybe")),
    ],
)
def test_a_route_that_cannot_work_is_not_published(world: World, problem: str, definition: Definition) -> None:
    with world.signed_in("apr_keeper") as session:
        found = routes.problems(session, "purchase", definition)
        assert problem in [one.code for one in found]
        assert all(str(one) for one in found)
        assert not {one.said for one in found} & {"venue_manager", "finance", "amount", "buyer"}
    with pytest.raises(Refused, match="cannot be published"):
        world.publish(definition)


def test_a_department_without_any_head_is_named(world: World) -> None:
    world.run("UPDATE app.department SET head_id = NULL")
    with world.signed_in("apr_keeper") as session:
        found = routes.problems(session, "purchase", route(step("s", HEAD)))
    assert [(one.code, one.said) for one in found] == [("no_head", "财务处")]


@pytest.mark.parametrize(
    "said", [{"steps": "all"}, {}, [], {"steps": [{"key": "s", "type": "approve", "approvers": 5}]}, None]
)
def test_what_is_no_route_is_refused_and_breaks_nothing(world: World, said: Any) -> None:
    with world.signed_in("apr_keeper") as session:
        asked = sa.func.app.approval_problems(
            "purchase", sa.cast(sa.literal(said, sa.JSON), sa.dialects.postgresql.JSONB)
        )
        assert session.execute(sa.select(asked.table_valued("problem"))).all()


def test_a_good_route_with_everything_has_no_problem_and_is_read_back_the_same(world: World) -> None:
    conditions = (
        Condition("amount", ">=", 500), Condition("kind", "in", ["进口", "国产"]), Condition("buyer", "filled"),
        Condition("place", "below", world.department("HQ"), "department"),
    )  # fmt: skip
    definition = route(
        step("a", HEAD, Approver("head", levels=1), Approver("head", of="place"), mode="all", hours=24, together=True),
        Fork("f", (Branch("dear", conditions, (step("d", Approver("choice"), mode="turn"),)), ELSE)),
        Copy("c", "copy", (FINANCE,)),
        resubmit="back", own="skip", same_person="each", urge_minutes=5,
    )  # fmt: skip
    world.publish(definition)
    with world.signed_in("apr_keeper") as session:
        assert routes.versions(session, "purchase")[0].definition == definition


def test_dry_run_preview_and_case_go_the_same_path(world: World) -> None:
    dear = Branch("dear", (Condition("amount", ">", 500),), (step("vice", Approver("post", post="vice_president")),))
    definition = route(step("head", HEAD), Fork("f", (dear, Branch("else"))), step("finance", FINANCE, mode="all"))
    world.publish(definition)
    form = {"amount": 800, "place": world.department("OFFICE"), "kind": "", "buyer": None}
    with world.signed_in("apr_keeper") as session:
        dry = routes.dry_run(session, definition, world.staff["apr_wang"], form)
    with world.signed_in("apr_wang") as session:
        assert routes.preview(session, "purchase", form) == dry
    case = world.submit(amount=800)
    with world.signed_in("apr_wang") as session:
        assert cases.read(session, case).ahead == tuple(dry[1:])
    assert [[one.name for one in step.people] for step in dry] == [["李主任"], ["副总"], ["孙会计", "周会计", "吴会计"]]
    signed = [world.waiting(case)]
    for login in ("apr_li", "apr_vp"):
        world.approve(login, case)
        signed.append(world.waiting(case))
    assert signed == [["apr_li"], ["apr_vp"], ["apr_sun", "apr_zhou", "apr_wu"]]


def test_stand_ins_do_not_overlap_or_run_backwards(world: World) -> None:
    today = world.one("SELECT app.approval_today()")
    mine, deputy = world.staff["apr_li"], world.staff["apr_zhao"]
    with world.signed_in("apr_li") as session:
        actions.stand_in(session, mine, deputy, today, today + timedelta(days=3))
    for first, last in ((3, 5), (-2, 0), (9, 8)):
        with pytest.raises(Refused, match="On these days"), world.signed_in("apr_li") as session:
            actions.stand_in(session, mine, deputy, today + timedelta(days=first), today + timedelta(days=last))
    with pytest.raises(Refused, match="may not do this"), world.signed_in("apr_sun") as session:
        actions.stand_in(session, mine, world.staff["apr_sun"], today, today)


def test_a_clerk_designs_no_routes(world: World) -> None:
    for call in (
        lambda s: routes.save(s, "purchase", "x", route(step("s", HEAD))),
        lambda s: routes.dry_run(s, route(step("s", HEAD)), 1, {}),
    ):
        with pytest.raises(Refused, match="may not do this"), world.signed_in("apr_wang") as session:
            call(session)


def test_a_published_route_never_changes(world: World) -> None:
    version = world.publish(Definition((step("s", HEAD),), KEEPER))
    with pytest.raises(Refused, match="stays as it is"), world.signed_in("apr_keeper") as session:
        routes.publish(session, version)
    with pytest.raises(sa.exc.DBAPIError) as refused:
        world.run("UPDATE app.approval_version SET definition = '{}'")
    assert isinstance(refused.value.orig, psycopg.Error)
    assert refused.value.orig.sqlstate == "P0461"
