"""An account whose password somebody tries out is locked for a while, where the server writes its log as JSON."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import replace

import psycopg
import pytest

from db.embedded import Server, running
from db.provision import add_user, prepare_database
from db.session import Target, connection_parameters, connection_string, embedded_target
from logistics_desktop.connection import diagnose
from logistics_desktop.context import Office, open_office
from logistics_desktop.features.users import accounts
from tests.accounts import profile_of
from tests.servers import BIN_DIRS, FAST, execute, open_folder

BOSS, CLERK = "violin marsh ladder", "blanket orbit mustard"
LOGS = {
    "logging_collector": "on",
    "log_destination": "jsonlog",
    "log_timezone": "Asia/Shanghai",  # which the log calls CST, as America does another
}


@pytest.fixture(scope="module", params=list(BIN_DIRS))
def logging_server(request: pytest.FixtureRequest) -> Iterator[Server]:
    with (
        open_folder() as folder,
        running(folder / "data", bin_dir=BIN_DIRS[request.param], settings={**FAST, **LOGS}) as server,
    ):
        installer = connection_string(embedded_target(server, "office"))
        prepare_database(installer)
        add_user(installer, "boss", BOSS, "administrator")
        add_user(installer, "clerk", CLERK, "clerk")
        yield server


@pytest.fixture
def superuser(logging_server: Server) -> Target:
    return embedded_target(logging_server, "office")


@pytest.fixture
def guarded(superuser: Target) -> Iterator[Office]:
    """An office whose administrator has a window open."""
    target = replace(superuser, user="boss", password=BOSS)
    with open_office(profile_of(target, "boss"), BOSS) as office:
        yield office


def guess(target: Target, times: int, user: str = "clerk") -> None:
    """Try wrong passwords, and wait until the server's log has them."""
    with psycopg.connect(autocommit=True, **connection_parameters(target)) as superuser:

        def logged() -> int:
            found = superuser.execute("SELECT count(*) FROM roles.failed_sign_ins()").fetchone()
            assert found is not None
            return int(found[0])

        wanted = logged() + times
        for number in range(times):
            with pytest.raises(psycopg.OperationalError):
                psycopg.connect(**connection_parameters(replace(target, user=user, password=f"guess {number}")))
        end = time.monotonic() + 10
        while logged() < wanted:
            assert time.monotonic() < end, "the log says nothing of them"


def look(office: Office) -> int | None:
    with office.session() as session:
        return accounts.lock_guessed(session)


def state(target: Target) -> str:
    return diagnose(replace(target, user="clerk", password=CLERK)).code


def test_guesses_lock_an_account_for_a_while(guarded: Office, superuser: Target) -> None:
    with psycopg.connect(**connection_parameters(replace(superuser, user="clerk", password=CLERK))) as at_work:
        guess(superuser, 9)
        assert look(guarded) == 0
        guess(superuser, 1)
        assert look(guarded) == 1
        assert state(superuser) == "may_not_sign_in"
        assert at_work.execute("SELECT 1").fetchone() == (1,), "who is at work stays in"
    assert look(guarded) == 0
    execute(superuser, "UPDATE app.account SET locked_until = now() - interval '1 second' WHERE login = 'clerk'")
    execute(superuser, "UPDATE app.account SET unlocked_at = now() WHERE login = 'clerk'")
    assert look(guarded) == 0
    assert state(superuser) == "well"

    guess(superuser, 10)
    assert look(guarded) == 1
    with guarded.session() as session:
        accounts.enable(session, "clerk")
    assert look(guarded) == 0, "whom an administrator lets in is not locked for the old guesses"
    assert state(superuser) == "well"


def test_nobody_at_work_can_keep_guesses_from_being_counted(guarded: Office, superuser: Target) -> None:
    execute(superuser, "UPDATE app.account SET locked_until = NULL, unlocked_at = now()")
    execute(superuser, "ALTER ROLE clerk LOGIN")
    theirs = connection_parameters(replace(superuser, user="clerk", password=CLERK))
    with psycopg.connect(autocommit=True, **theirs) as hostile:
        hostile.execute("SELECT pg_advisory_lock(n) FROM generate_series(7000, 7010) n")
        guess(superuser, 10, user="boss")
        assert look(guarded) == 1
    execute(superuser, "UPDATE app.account SET locked_until = NULL, unlocked_at = now()")
    execute(superuser, "ALTER ROLE boss LOGIN")


def test_what_a_stranger_writes_into_the_log_locks_nobody(guarded: Office, superuser: Target) -> None:
    forged = 'x","user":"boss",","error_severity":"FATAL","state_code":"28P01",\n{"timestamp":"2026-01-01 00:00:00 UTC"'
    for name in ("user", "application_name", "dbname"):
        for _number in range(12):
            with pytest.raises(psycopg.OperationalError):
                psycopg.connect(**{**connection_parameters(superuser), "password": "wrong", name: forged})
    guess(superuser, 1, "postgres")  # whatever was written before it is in the log then
    assert look(guarded) == 0


def test_without_the_limit_nothing_is_locked(guarded: Office, superuser: Target) -> None:
    with guarded.session() as session:
        from logistics_desktop import organisation

        organisation.write(session, organisation.FAILED_SIGN_INS, 0)
    guess(superuser, 11)
    assert look(guarded) == 0
    with guarded.session() as session:
        organisation.write(session, organisation.FAILED_SIGN_INS, 10)
    assert look(guarded) == 1
    with guarded.session() as session:
        accounts.enable(session, "clerk")


def test_a_log_that_cannot_be_read_is_said(office: Office) -> None:
    assert look(office) is None
