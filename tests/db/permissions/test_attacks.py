"""Somebody of each post, with psql in place of the program, tries everything that the post may not do."""

from __future__ import annotations

from collections.abc import Iterator

import psycopg
import pytest

from db.embedded import Server
from db.session import Target, connection_string, embedded_target
from tests.db.permissions.attack_table import PAGE, page
from tests.db.permissions.attacking import Outcome, try_all
from tests.db.permissions.world import POSTS, fill, signed_in
from tests.servers import execute

MANY = 150
"""So many attempts of each post at the least."""


@pytest.fixture(scope="module")
def attacked(server: Server, template_database: str, maintenance: Target) -> Iterator[Target]:
    """An office that all attacks of this module go to; none leaves a trace."""
    execute(maintenance, f"CREATE DATABASE attacked TEMPLATE {template_database} STRATEGY file_copy")
    target = embedded_target(server, "attacked")
    execute(target, "ALTER DATABASE attacked SET search_path = app, pg_temp")
    execute(target, "REVOKE ALL ON DATABASE attacked FROM PUBLIC; GRANT CONNECT ON DATABASE attacked TO logistics_user")
    fill(target)
    yield target
    execute(maintenance, "DROP DATABASE attacked WITH (FORCE)")


@pytest.fixture(scope="module")
def outcomes(attacked: Target) -> dict[str, list[Outcome]]:
    """What became of everything that each post tried."""
    return {post: try_all(attacked, post) for post in POSTS}


@pytest.mark.parametrize("post", POSTS)
def test_no_attempt_succeeds(outcomes: dict[str, list[Outcome]], post: str) -> None:
    assert [one.attempt.statements for one in outcomes[post] if one.answer is None] == []
    assert len(outcomes[post]) >= MANY


def test_the_page_says_what_came_out(outcomes: dict[str, list[Outcome]], request: pytest.FixtureRequest) -> None:
    """Made anew by `python -m tests.db.permissions.attack_table`; other versions of the server have other words."""
    if "embedded" in request.node.callspec.id:
        assert PAGE.read_text("utf-8") == page(outcomes)


# What tells everybody of oneself alone, or does for everybody what is right to be done at any time.
_HARMLESS = {
    "approval_mine", "approval_preview", "approval_sweep", "approval_today", "content_is_loose",
    "lock_guessed_accounts", "my_account", "my_department", "own", "reached", "reaches_all", "scope_of",
    "seal", "tables_seen_whole",
}  # fmt: skip


def test_every_function_that_people_may_call_is_attacked(attacked: Target, outcomes: dict[str, list[Outcome]]) -> None:
    tried = (one.attempt for post in POSTS for one in outcomes[post])
    said = " ".join(statement for attempt in tried for statement in attempt.statements)
    with psycopg.connect(connection_string(attacked)) as connection:
        names = connection.execute(
            "SELECT DISTINCT proname::text FROM pg_proc WHERE pronamespace = 'app'::regnamespace"
            " AND has_function_privilege('logistics_user', oid, 'EXECUTE')"
        ).fetchall()
    assert {name for (name,) in names if f"app.{name}(" not in said} == _HARMLESS


def test_every_table_holds_something_to_go_for(attacked: Target) -> None:
    """That nothing comes of looking into an empty table proves nothing."""
    with psycopg.connect(connection_string(attacked)) as connection:
        names = connection.execute(
            "SELECT relname::text FROM pg_class WHERE relnamespace = 'app'::regnamespace AND relkind = 'r'"
        ).fetchall()
        for (name,) in names:
            assert connection.execute(f"SELECT true FROM app.{name} LIMIT 1".encode()).fetchone(), name


def test_the_planner_tells_nothing_of_phones(attacked: Target) -> None:
    """By EXPLAIN everybody learns how many rows lie below a value, wherever the planner keeps samples of a column."""
    execute(attacked, "ANALYZE app.staff_private")
    with signed_in(attacked, "clerk") as connection:
        estimates = {
            connection.execute(f"EXPLAIN SELECT 1 FROM app.staff_private WHERE phone < '{value}'".encode()).fetchone()
            for value in ("0", "13912345677", "13912345679", "2")
        }
    assert len(estimates) == 1


def test_the_attempts_would_succeed_without_the_policies(attacked: Target) -> None:
    """Else the attack would prove nothing: the owner of the server, whom no policy binds, sees what it goes for."""
    with psycopg.connect(connection_string(attacked)) as connection:
        for table, rows in (
            ("asset", "id = 1002"),
            ("staff_private", "phone IS NOT NULL"),
            ("change", "record_id = 1002"),
        ):
            found = connection.execute(f"SELECT count(*) FROM app.{table} WHERE {rows}").fetchone()
            assert found is not None
            assert found[0] > 0


def test_a_post_does_what_it_may(attacked: Target) -> None:
    """The refusals are no accident of everything being refused."""
    with signed_in(attacked, "clerk") as connection, connection.transaction(force_rollback=True):
        assert connection.execute("SELECT id FROM app.asset").fetchall() == [(1001,)]
        assert connection.execute("UPDATE app.asset SET note = 'counted' WHERE id = 1001").rowcount == 1
        connection.execute("INSERT INTO app.asset (code, name, department_id) VALUES ('NEW', 'New', 1)")
        assert connection.execute("SELECT phone FROM app.staff WHERE login = session_user").fetchone() == (
            "138****0001",
        )
        own = connection.execute("SELECT phone FROM app.staff_private").fetchall()
        assert own == [("13800000001",)]
    with signed_in(attacked, "administrator") as connection, connection.transaction(force_rollback=True):
        connection.execute("UPDATE app.post_permission SET scope = 'all' WHERE post = 'clerk'")
        connection.execute("INSERT INTO app.post (key, name) VALUES ('porter', 'Porter')")


def test_who_leaves_is_out_at_once_in_a_session_that_goes_on(attacked: Target) -> None:
    with signed_in(attacked, "finance") as connection:
        assert connection.execute("SELECT count(*) FROM app.asset").fetchone() == (3,)
        execute(attacked, "UPDATE app.account SET active = false WHERE login = 'post_finance'")
        try:
            for table in ("asset", "department", "staff", "setting"):
                assert connection.execute(f"SELECT count(*) FROM app.{table}").fetchone() == (0,)
        finally:
            execute(attacked, "UPDATE app.account SET active = true WHERE login = 'post_finance'")
