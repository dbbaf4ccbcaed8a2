"""Every cell of the truth table is played: each action on a task of each mode in each state, and on a case."""

from __future__ import annotations

import importlib.util
import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
import sqlalchemy as sa

from db.models.approvals import CASE_STATES, TASK_MODES, TASK_STATES
from logistics_desktop.errors import Refused
from logistics_desktop.features.approvals import actions, truth_table, words
from logistics_desktop.features.approvals.definition import Approver
from tests.db.approvals.conftest import World, office_of, route, step

ROOT = Path(__file__).resolve().parents[3]
ACTIONS = ("approve", "refuse", "return", "hand_over", "delegate", "take_back", "add_before", "add_after", "resubmit")
CASE_ACTIONS = ("withdraw", "urge", "comment", "copy")
SIGNERS = ("apr_sun", "apr_zhou", "apr_wu")

# What each refusal says, so that the reason is the right one too.
REASONS = {
    "never": "cannot be done here",
    "not_yet": "not your turn",
    "waits_for_others": "Others speak first",
    "signed_already": "signed this already",
    "over": "decided already",
}


def do(world: World, login: str, action: str, subject: int) -> str:
    """Any of the actions, with whatever else it needs."""
    other = world.staff["apr_vp"]
    call: dict[str, Callable[[Any], str]] = {
        "approve": lambda s: actions.approve(s, subject, request=uuid.uuid4()),
        "refuse": lambda s: actions.refuse(s, subject, "不行", request=uuid.uuid4()),
        "return": lambda s: actions.give_back(s, subject, "请改", request=uuid.uuid4()),
        "hand_over": lambda s: actions.hand_over(s, subject, other, request=uuid.uuid4()),
        "delegate": lambda s: actions.delegate(s, subject, other, request=uuid.uuid4()),
        "take_back": lambda s: actions.take_back(s, subject, request=uuid.uuid4()),
        "add_before": lambda s: actions.add_signers(s, subject, [other], before=True, request=uuid.uuid4()),
        "add_after": lambda s: actions.add_signers(s, subject, [other], before=False, request=uuid.uuid4()),
        "resubmit": lambda s: actions.resubmit(s, subject, request=uuid.uuid4()),
        "withdraw": lambda s: actions.withdraw(s, subject, request=uuid.uuid4()),
        "urge": lambda s: actions.urge(s, subject, request=uuid.uuid4()),
        "comment": lambda s: actions.comment(s, subject, "请快", request=uuid.uuid4()),
        "copy": lambda s: actions.send_copy(s, subject, [other], request=uuid.uuid4()),
    }
    with world.signed_in(login) as session:
        return call[action](session)


def task_of(world: World, mode: str) -> tuple[int, int, str]:
    """A case, a task of a mode on it that is open, and whose it is."""
    asked = "all" if mode in ("added", "delegated", "resubmit") else mode
    world.publish(route(step("finance", Approver("post", post="finance"), mode=asked), step("head", Approver("head"))))
    case = world.submit()
    first = world.task(case, "apr_sun")
    if mode == "added":
        with world.signed_in("apr_sun") as session:
            actions.add_signers(session, first, [world.staff["apr_qian"]], before=True, request=uuid.uuid4())
    elif mode == "delegated":
        with world.signed_in("apr_sun") as session:
            actions.delegate(session, first, world.staff["apr_qian"], request=uuid.uuid4())
    elif mode == "resubmit":
        do(world, "apr_sun", "return", first)
    login = {"added": "apr_qian", "delegated": "apr_qian", "resubmit": "apr_wang"}.get(mode, "apr_sun")
    return case, world.task(case, login), login


def of(world: World, task: int, what: str) -> Any:
    return world.one(f"SELECT {what} FROM app.approval_task WHERE id = :id", id=task)


def parent_state(world: World, task: int) -> str:
    return str(world.one("SELECT p.state FROM app.approval_task t JOIN app.approval_task p ON p.id = t.parent_id"
                         " WHERE t.id = :id", id=task))  # fmt: skip


# What each outcome means, seen from outside: given the world, the case and the task that was acted on.
EFFECTS: dict[str, Callable[[World, int, int], bool]] = {
    "settles": lambda w, case, task: w.waiting(case) == ["apr_li"],
    "counts": lambda w, case, task: w.waiting(case) == ["apr_zhou", "apr_wu"] and of(w, task, "state") == "approved",
    "next_turn": lambda w, case, task: (w.waiting(case), w.waiting(case, "queued")) == (["apr_zhou"], ["apr_wu"]),
    "back_to_adder": lambda w, case, task: parent_state(w, task) == "open",
    "comes_back": lambda w, case, task: parent_state(w, task) == "open" and w.state(case) == "running",
    "ends": lambda w, case, task: w.state(case) == "refused" and not w.waiting(case) and not w.waiting(case, "queued"),
    "returns": lambda w, case, task: w.state(case) == "returned" and w.waiting(case) == ["apr_wang"],
    "moves": lambda w, case, task: of(w, task, "staff_id") == w.staff["apr_vp"] and of(w, task, "state") == "open",
    "waits": lambda w, case, task: of(w, task, "state") == "held" and "apr_vp" in w.waiting(case),
    "signs": lambda w, case, task: of(w, task, "state") == "signed" and "apr_vp" in w.waiting(case),
    "reopens": lambda w, case, task: of(w, task, "state") == "open",
    "restarts": lambda w, case, task: w.state(case) == "running" and "apr_sun" in w.waiting(case),
    "withdraws": lambda w, case, task: w.state(case) == "withdrawn" and not w.waiting(case),
    "reminds": lambda w, case, task: w.one("SELECT urged_at FROM app.approval_case WHERE id = :c", c=case) is not None,
    "notes": lambda w, case, task: w.one("SELECT comment FROM app.approval_decision WHERE case_id = :c"
                                         " ORDER BY id DESC", c=case) == "请快",
    "copies": lambda w, case, task: w.one("SELECT staff_id FROM app.approval_copy WHERE case_id = :c", c=case)
    == w.staff["apr_vp"],
}  # fmt: skip


@pytest.fixture(scope="session")
def rules(approvals_engine: sa.Engine) -> truth_table.Rules:
    with approvals_engine.connect() as connection:
        return truth_table.read(connection)


def decisions(world: World, case: int) -> int:
    return int(world.one("SELECT count(*) FROM app.approval_decision WHERE case_id = :case", case=case))


def play(world: World, rules: truth_table.Rules, cell: tuple[str, str, str], case: int, task: int, login: str) -> None:
    """The action has the outcome that the table says, or is refused for that reason and leaves no trace."""
    allowed, outcome = rules[cell]
    before = decisions(world, case)
    if allowed:
        do(world, login, cell[2], task or case)
        assert EFFECTS[outcome](world, case, task)
        assert decisions(world, case) > before
    else:
        with pytest.raises(Refused, match=REASONS[outcome]):
            do(world, login, cell[2], task or case)
        assert decisions(world, case) == before


@dataclass(frozen=True)
class Prepared:
    """An office with a case, and an open task of a mode on it."""

    world: World
    mode: str
    case: int
    task: int
    login: str


@pytest.fixture(scope="class", params=TASK_MODES)
def prepared(approvals_engine: sa.Engine, request: pytest.FixtureRequest) -> Iterator[Prepared]:
    """Made once for all cells of a mode."""
    with office_of(approvals_engine) as world:
        yield Prepared(world, request.param, *task_of(world, request.param))


@pytest.fixture
def ready(prepared: Prepared) -> Iterator[Prepared]:
    """The same, and everything that a test does with it is taken back."""
    with prepared.world.session.begin_nested() as begun:
        yield prepared
        begun.rollback()


class TestTasks:
    """The office of a mode is given back with the last cell of it, since it holds locks."""

    @pytest.mark.parametrize("action", ACTIONS)
    @pytest.mark.parametrize("state", TASK_STATES)
    def test_a_cell(self, ready: Prepared, rules: truth_table.Rules, state: str, action: str) -> None:
        world, mode, case, task, login = ready.world, ready.mode, ready.case, ready.task, ready.login
        if state == "held" and rules[mode, state, action][0]:
            do(world, login, "delegate", task)
        else:
            world.run("UPDATE app.approval_task SET state = :state WHERE id = :task", state=state, task=task)
        play(world, rules, (mode, state, action), case, task, login)


@pytest.mark.parametrize("action", CASE_ACTIONS)
@pytest.mark.parametrize("state", CASE_STATES)
def test_a_cell_of_the_cases(world: World, rules: truth_table.Rules, state: str, action: str) -> None:
    world.publish(route(step("finance", Approver("post", post="finance"))))
    case = world.submit()
    if state == "withdrawn":
        do(world, "apr_wang", "withdraw", case)
    elif state != "running":
        do(world, "apr_sun", {"returned": "return", "approved": "approve", "refused": "refuse"}[state],
           world.task(case, "apr_sun"))  # fmt: skip
    play(world, rules, ("case", state, action), case, 0, "apr_wang")


def test_the_table_has_every_cell_and_every_word(rules: truth_table.Rules) -> None:
    tasks = {(mode, state, action) for mode in TASK_MODES for state in TASK_STATES for action in ACTIONS}
    assert set(rules) == tasks | {("case", state, action) for state in CASE_STATES for action in CASE_ACTIONS}
    assert {outcome for _allowed, outcome in rules.values()} == set(words.OUTCOMES)
    assert {outcome for allowed, outcome in rules.values() if allowed} == set(EFFECTS)


def script() -> ModuleType:
    """Loaded by its path: `packaging` is the name of a library that others import."""
    found = importlib.util.spec_from_file_location("approvals_table", ROOT / "packaging" / "approvals_table.py")
    assert found is not None
    assert found.loader is not None
    module = importlib.util.module_from_spec(found)
    found.loader.exec_module(module)
    return module


def test_the_manual_says_what_the_database_does(rules: truth_table.Rules) -> None:
    assert script().wrong(rules) == []
    changed = dict(rules) | {("any", "open", "approve"): (False, "over")}
    assert len(script().wrong(changed)) == 2
