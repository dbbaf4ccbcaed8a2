"""What people try with a client of their own: nothing that the engine did not allow, and nobody decides twice."""

from __future__ import annotations

import threading
import uuid
from collections.abc import Callable, Iterator
from dataclasses import replace

import psycopg
import pytest

from db.models.approvals import ApprovalCase, ApprovalKind, ApprovalTask
from db.session import Target, connection_parameters
from logistics_desktop.features.approvals.definition import Approver
from tests.db.approvals.conftest import PASSWORD, PEOPLE, World, route, step

TABLES = ("case", "copy", "decision", "kind", "participant", "route", "rule", "stand_in", "task", "version")
FINANCE = Approver("post", post="finance")

# What people may call; everything else of the engine is its own.
OPEN = {
    "add_signers", "ahead", "approve", "comment", "copy_to", "delegate", "dry_run", "hand_all", "hand_over", "mine",
    "preview", "problems", "publish", "read", "refuse", "resubmit", "return", "save", "stand_in_end", "stand_in_set",
    "submit", "sweep", "take_back", "today", "urge", "withdraw",
}  # fmt: skip


CALLS = (
    "approve(%(t)s, '', %(k)s)",
    "refuse(%(t)s, 'x', %(k)s)",
    "return(%(t)s, NULL, 'x', %(k)s)",
    "take_back(%(t)s, '', %(k)s)",
    "hand_over(%(t)s, %(me)s, '', %(k)s)",
    "delegate(%(t)s, %(me)s, '', %(k)s)",
    "add_signers(%(t)s, ARRAY[%(me)s::bigint], true, '', %(k)s)",
    "resubmit(%(t)s, NULL, '', %(k)s)",
)


def refused(world: World, login: str, statement: str, **values: object) -> str:
    """The SQLSTATE with which the database refuses a statement of somebody."""
    driver = world.session.connection().connection.driver_connection
    assert isinstance(driver, psycopg.Connection)
    world.run("SAVEPOINT attack")
    world.run(f"SET LOCAL SESSION AUTHORIZATION {login}")
    with pytest.raises(psycopg.Error) as problem:
        driver.execute(statement, values)
    world.run("ROLLBACK TO SAVEPOINT attack")
    return problem.value.sqlstate or ""


@pytest.fixture
def case(world: World) -> int:
    """A case that the accountants have to sign one and all, then the head."""
    world.publish(route(step("finance", FINANCE, mode="all"), step("head", Approver("head"))))
    return world.submit()


@pytest.mark.parametrize("login", ["apr_wang", "apr_sun", "apr_gm", "apr_keeper"])
@pytest.mark.parametrize("table", TABLES)
def test_nobody_writes_the_tables(world: World, case: int, table: str, login: str) -> None:
    name = f"app.approval_{table}"
    column = world.one("SELECT attname FROM pg_attribute WHERE attrelid = cast(:n AS regclass) AND attnum = 1", n=name)
    assert refused(world, login, f"INSERT INTO {name} DEFAULT VALUES") == "42501"
    assert refused(world, login, f"UPDATE {name} SET {column} = {column}") == "42501"
    assert refused(world, login, f"DELETE FROM {name}") == "42501"
    assert refused(world, login, f"TRUNCATE {name}") == "42501"
    assert refused(world, login, f"SELECT * FROM {name} FOR UPDATE") == "42501"
    assert refused(world, login, f"LOCK TABLE {name} IN SHARE MODE") == "42501"
    assert refused(world, login, f"ALTER TABLE {name} DISABLE TRIGGER ALL") == "42501"


def test_nobody_calls_what_is_the_engine_s_own(world: World) -> None:
    found = world.run(
        "SELECT substr(proname, 10) FROM pg_proc WHERE pronamespace = 'app'::regnamespace AND proname LIKE 'approval_%'"
        " AND has_function_privilege('logistics_user', oid, 'EXECUTE')"
    )
    assert {row[0] for row in found} == OPEN
    assert refused(world, "apr_sun", "SELECT app.approval_finish(1, 'approved', 1)") == "42501"
    assert refused(world, "apr_sun", "SELECT app.example_approved(1)") == "42501"
    assert refused(world, "apr_sun", "CALL app.approval_offer('x', 'x', '[]')") == "42501"


@pytest.mark.parametrize("login", sorted(set(PEOPLE) - {"apr_sun"}))
@pytest.mark.parametrize("call", CALLS)
def test_nobody_decides_what_is_not_theirs(world: World, case: int, login: str, call: str) -> None:
    values = {"t": world.task(case, "apr_sun"), "k": uuid.uuid4(), "me": world.staff[login]}
    assert refused(world, login, f"SELECT app.approval_{call}", **values) == "P0450"


def test_nobody_skips_a_step(world: World, case: int) -> None:
    """The head, whose step is the next, can do nothing yet: there is no task."""
    assert world.one("SELECT count(*) FROM app.approval_task WHERE staff_id = :li", li=world.staff["apr_li"]) == 0
    with world.signed_in("apr_li") as session:
        assert session.query(ApprovalCase).count() == 0
        assert session.query(ApprovalTask).count() == 0


def test_nobody_approves_their_own_request_by_any_way(world: World, case: int) -> None:
    sun, mine = world.task(case, "apr_sun"), world.staff["apr_wang"]
    key = uuid.uuid4
    for call in ("hand_over(%(t)s, %(me)s, '', %(k)s)", "delegate(%(t)s, %(me)s, '', %(k)s)",
                 "add_signers(%(t)s, ARRAY[%(me)s::bigint], false, '', %(k)s)"):  # fmt: skip
        assert refused(world, "apr_sun", f"SELECT app.approval_{call}", t=sun, me=mine, k=key()) == "P0452"
    world.run("INSERT INTO app.approval_stand_in (staff_id, stand_in_id, starts_on, ends_on) SELECT :a, :b, d, d"
              " FROM (SELECT app.approval_today()) x (d)", a=world.staff["apr_sun"], b=mine)  # fmt: skip
    assert refused(world, "apr_wang", "SELECT app.approval_approve(%(t)s, '', %(k)s)", t=sun, k=key()) == "P0452"
    for change in (f"staff_id = {mine}", f"decided_by = {mine}"):  # not even the owner of the tables
        assert refused(world, "postgres", f"UPDATE app.approval_task SET {change} WHERE id = {sun}") == "P0452"


def test_what_was_decided_is_there_for_good(world: World, case: int) -> None:
    world.approve("apr_sun", case)
    for statement in ("UPDATE app.approval_decision SET comment = 'x'", "DELETE FROM app.approval_decision",
                      "TRUNCATE app.approval_decision CASCADE", "DELETE FROM app.approval_case"):  # fmt: skip
        assert refused(world, "postgres", statement) == "P0403"


def test_only_who_takes_part_sees_a_case(world: World, case: int) -> None:
    sees = {}
    for login in PEOPLE:
        with world.signed_in(login) as session:
            sees[login] = session.query(ApprovalCase).count()
            assert session.query(ApprovalKind).count() > 0
    takes_part = {"apr_wang", "apr_sun", "apr_zhou", "apr_wu"}
    assert {login for login, count in sees.items() if count} == takes_part | {"apr_gm"}, "and the administrator"
    assert refused(world, "apr_zhao", "SELECT * FROM app.approval_ahead(%(c)s)", c=case) == "P0450"
    assert (
        refused(world, "apr_zhao", "SELECT app.approval_comment(%(c)s, 'x', %(k)s)", c=case, k=uuid.uuid4()) == "P0450"
    )


def test_a_snapshot_of_yesterday_decides_nothing(world: World, case: int, database_of_approvals: Target) -> None:
    with psycopg.connect(
        **connection_parameters(replace(database_of_approvals, user="apr_sun", password=PASSWORD))
    ) as own:
        own.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ
        with pytest.raises(psycopg.errors.FeatureNotSupported):
            own.execute("SELECT app.approval_approve(1, '', gen_random_uuid())")


@pytest.fixture
def people(database_of_approvals: Target) -> Iterator[Callable[[str], psycopg.Connection[tuple[object, ...]]]]:
    """Real connections of people to a database of this test alone."""
    opened = []

    def connect(login: str) -> psycopg.Connection[tuple[object, ...]]:
        target = replace(database_of_approvals, user=login, password=PASSWORD)
        opened.append(psycopg.connect(autocommit=True, **connection_parameters(target)))
        return opened[-1]

    yield connect
    for connection in opened:
        connection.close()


@pytest.fixture
def database_of_approvals(new_database: Callable[[str], Target], approvals_template: str) -> Target:
    """A copy of the office with its people."""
    return new_database(approvals_template)


@pytest.mark.parametrize("mode", ["any", "all"])
def test_decisions_at_the_same_moment_give_one_result(
    database_of_approvals: Target, people: Callable[[str], psycopg.Connection[tuple[object, ...]]], mode: str
) -> None:
    with psycopg.connect(autocommit=True, **connection_parameters(database_of_approvals)) as owner:
        definition = route(step("finance", FINANCE, mode=mode)).to_json()
        keeper = people("apr_keeper")
        saved = keeper.execute(
            "SELECT app.approval_save('purchase', 'x', %s)", [psycopg.types.json.Jsonb(definition)]
        ).fetchone()
        assert saved is not None
        keeper.execute("SELECT app.approval_publish(%s)", saved)
        form = psycopg.types.json.Jsonb({"amount": 1, "place": 1, "kind": "", "buyer": None})
        owner.execute("INSERT INTO app.example (id, owner, form) SELECT i, 1, %s FROM generate_series(1, 20) i", [form])
        wang = people("apr_wang")
        for document in range(1, 21):
            wang.execute("SELECT app.approval_submit('purchase', %s, '{}', gen_random_uuid())", [document])
        answers = _all_at_once([people(login) for login in ("apr_sun", "apr_zhou", "apr_wu") for _twice in range(2)])
        decided = owner.execute("SELECT count(*) FROM app.approval_decision WHERE action = 'approve'").fetchone()
        effects = owner.execute("SELECT sum(effects), min(effects), max(effects) FROM app.example").fetchone()
    assert effects == (20, 1, 1)
    assert decided == (20 if mode == "any" else 60,)
    assert answers.count("") == decided[0]
    assert set(answers) == {"", "P0451"}


def _all_at_once(signers: list[psycopg.Connection[tuple[object, ...]]]) -> list[str]:
    """Let everybody approve all that is theirs, each person from two places; the SQLSTATEs, empty where it went."""
    answers: list[str] = []
    start = threading.Barrier(len(signers))

    def sign(connection: psycopg.Connection[tuple[object, ...]]) -> None:
        tasks = connection.execute(
            "SELECT id FROM app.approval_task WHERE staff_id = app.my_staff() ORDER BY id"
        ).fetchall()
        start.wait()
        for (task,) in tasks:
            try:
                connection.execute("SELECT app.approval_approve(%s, '', gen_random_uuid())", [task])
                answers.append("")
            except psycopg.Error as problem:
                answers.append(problem.sqlstate or "lost")

    threads = [threading.Thread(target=sign, args=[connection]) for connection in signers]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return answers
