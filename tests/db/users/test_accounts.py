"""An administrator adds people, shuts them out and lets them in again; nobody else does, and never to others' roles."""

from __future__ import annotations

from collections.abc import Callable

import psycopg
import pytest
import sqlalchemy as sa

from db.passwords import verifier
from db.session import Target, connection_parameters
from logistics_desktop.connection import diagnose
from logistics_desktop.context import Office
from logistics_desktop.errors import ConnectionLost, Refused, UserError
from logistics_desktop.features.users import accounts
from tests.accounts import FIRST, Join
from tests.db.faults.test_requests import LostAnswer
from tests.servers import execute

pytestmark = pytest.mark.usefixtures("drop_roles")


def user(office: Office, login: str) -> accounts.User:
    with office.session() as session:
        return next(one for one in accounts.users(session) if one.login == login)


def test_a_new_person_signs_in_and_must_choose_another_password(office: Office, join: Join) -> None:
    with join("u_sun", "clerk") as theirs, theirs.session() as session:
        assert accounts.own(session).must_change_password
        accounts.change_own_password(session, "u_sun", "blanket orbit mustard")
    found = user(office, "u_sun")
    assert (found.posts, found.active, found.must_change_password) == (("clerk",), True, False)


def test_the_new_password_is_the_one_that_counts(join: Join, signed_in: Callable[[str, str], Target]) -> None:
    with join("u_sun", "clerk") as theirs, theirs.session() as session:
        accounts.change_own_password(session, "u_sun", "blanket orbit mustard")
    assert diagnose(signed_in("u_sun", "blanket orbit mustard")).ok
    assert diagnose(signed_in("u_sun", FIRST)).code == "wrong_password"


def test_a_weak_password_is_refused(join: Join) -> None:
    theirs = join("u_sun", "clerk")
    with pytest.raises(UserError, match="guessed"), theirs.session() as session:
        accounts.change_own_password(session, "u_sun", "password1234")


def test_who_is_shut_out_is_out_at_once_and_can_come_back(
    office: Office, join: Join, signed_in: Callable[[str, str], Target]
) -> None:
    theirs = join("u_sun", "clerk")
    with psycopg.connect(**connection_parameters(signed_in("u_sun", FIRST))) as at_work:
        at_work.execute("SELECT 1")
        with office.session() as session:
            accounts.disable(session, "u_sun")
        with pytest.raises(psycopg.OperationalError):
            at_work.execute("SELECT 1")
    assert diagnose(signed_in("u_sun", FIRST)).code == "may_not_sign_in"
    assert not user(office, "u_sun").active
    with office.session() as session:
        accounts.enable(session, "u_sun")
    assert diagnose(signed_in("u_sun", FIRST)).ok
    with theirs.session() as session:
        assert session.scalar(sa.text("SELECT app.is_user()"))


@pytest.mark.parametrize(
    "held",
    [
        "SELECT pg_advisory_lock(n) FROM generate_series(7000, 7010) n",
        f"SELECT app.change_my_password('SCRAM-SHA-256$4096:{'A' * 22}==${'A' * 43}=:{'A' * 43}=')",
        "ALTER ROLE CURRENT_USER SET work_mem = '5MB'",
    ],
    ids=["locks", "account", "role"],
)
def test_nobody_can_hold_on_to_what_is_needed_to_shut_them_out(
    office: Office, join: Join, signed_in: Callable[[str, str], Target], held: str
) -> None:
    join("u_sun", "clerk")
    with psycopg.connect(**connection_parameters(signed_in("u_sun", FIRST))) as hostile:
        hostile.execute("SET idle_in_transaction_session_timeout = 0")
        hostile.commit()
        hostile.execute(held.encode())
        for shut_out in (lambda session: accounts.reset_password(session, "u_sun"), None):
            with office.session() as session:
                session.execute(sa.text("SET LOCAL lock_timeout = '5s'"))
                if shut_out:
                    shut_out(session)
                else:
                    accounts.disable(session, "u_sun")
        with pytest.raises(psycopg.OperationalError):
            hostile.execute("SELECT 1")
    assert not user(office, "u_sun").active


def test_a_reset_password_works_once_told_and_ends_the_sessions(
    office: Office, join: Join, signed_in: Callable[[str, str], Target]
) -> None:
    theirs = join("u_sun", "clerk")
    with theirs.engine.connect() as at_work:
        at_work.execute(sa.text("SELECT 1"))
        with office.session() as session:
            told = accounts.reset_password(session, "u_sun")
        with pytest.raises(sa.exc.OperationalError):
            at_work.execute(sa.text("SELECT 1"))
    assert diagnose(signed_in("u_sun", told)).ok
    assert diagnose(signed_in("u_sun", FIRST)).code == "wrong_password"
    assert user(office, "u_sun").must_change_password


def test_posts_and_the_person_can_be_changed_and_asked_for_a_new_password(office: Office, join: Join) -> None:
    join("u_sun", "clerk")
    with office.session() as session:
        session.execute(sa.text("INSERT INTO app.staff (code, name) VALUES ('1', '张伟')"))
        person = session.scalar(sa.text("SELECT id FROM app.staff"))
        accounts.set_posts(session, "u_sun", ("finance", "auditor", "finance"))
        accounts.set_person(session, "u_sun", person)
        accounts.force_password_change(session, "u_sun")
    found = user(office, "u_sun")
    assert (found.posts, found.person, found.must_change_password) == (("auditor", "finance"), "张伟", True)
    with office.session() as session:
        accounts.set_posts(session, "u_sun", ())
    assert user(office, "u_sun").posts == ()


def test_a_login_of_the_server_is_let_in_with_its_own_password(
    office: Office, join: Join, signed_in: Callable[[str, str], Target], database: Target
) -> None:
    join("u_sun", "clerk")
    execute(database, "DELETE FROM app.account WHERE login = 'u_sun'")
    with pytest.raises(Refused, match="already"), office.session() as session:
        accounts.create(session, "u_sun", None, ("clerk",), FIRST)
    with office.session() as session:
        accounts.create(session, "u_sun", None, ("clerk",), None)
    assert diagnose(signed_in("u_sun", FIRST)).ok
    assert not user(office, "u_sun").must_change_password


@pytest.mark.parametrize(
    "login",
    [
        "",
        "U_zhang",
        "u zhang",
        "u_x; drop role postgres",
        'u"x',
        "pg_monitor2",
        "logistics_x",
        "postgres",
        "a" * 64,
        "张伟",
    ],
)
def test_no_login_but_a_plain_one(office: Office, login: str) -> None:
    with pytest.raises(Refused), office.session() as session:
        accounts.create(session, login, None, ("clerk",), FIRST)


def test_a_post_that_there_is_not(office: Office) -> None:
    with pytest.raises(Refused), office.session() as session:
        accounts.create(session, "u_sun", None, ("emperor",), FIRST)
    with office.session() as session:
        assert session.scalar(sa.text("SELECT count(*) FROM pg_roles WHERE rolname = 'u_sun'")) == 0


def test_a_password_in_clear_never_gets_to_a_role(office: Office, clerk: Target) -> None:
    with psycopg.connect(autocommit=True, **connection_parameters(clerk)) as connection:
        made = verifier(connection, "u_sun", FIRST)
        for wrong in ("ClearText99", "md5" + "0" * 32, "", made + "'", made.replace("4096", "0001"), f"{made}\n"):
            with pytest.raises(psycopg.Error) as refused:
                connection.execute("SELECT app.user_create('u_sun', NULL, '{clerk}', %s)", (wrong,))
            assert refused.value.sqlstate == "P0424"


CALLS = {
    "user_create": "app.user_create('u_new', NULL, '{administrator}', NULL)",
    "user_set_posts": "app.user_set_posts(%(me)s, '{administrator}')",
    "user_set_person": "app.user_set_person(%(boss)s, NULL)",
    "user_disable": "app.user_disable(%(boss)s)",
    "user_enable": "app.user_enable(%(me)s)",
    "user_force_password_change": "app.user_force_password_change(%(boss)s)",
    "user_reset_password": "app.user_reset_password(%(boss)s, 'x')",
}


@pytest.mark.parametrize("call", CALLS.values(), ids=CALLS.keys())
def test_who_may_not_manage_users_manages_none(
    join: Join, signed_in: Callable[[str, str], Target], office: Office, call: str
) -> None:
    join("u_sun", "clerk", "asset_manager", "auditor")
    with (
        psycopg.connect(**connection_parameters(signed_in("u_sun", FIRST))) as connection,
        pytest.raises(psycopg.errors.InsufficientPrivilege),
    ):
        connection.execute(f"SELECT {call}", {"me": "u_sun", "boss": office.user})


INNER = (
    "roles.make('u_new', 'x')",
    "roles.set_password('u_sun', 'x')",
    "roles.admit('postgres', false)",
    "roles.end_sessions('u_sun')",
    "roles.failed_sign_ins()",
    "roles.is_ours('u_sun')",
    "app.refuse_unless_manager_of('x')",
    "app.refuse_unknown('x')",
)


@pytest.mark.parametrize("call", INNER)
def test_what_the_functions_are_made_of_is_nobodys_not_even_an_administrators(clerk: Target, call: str) -> None:
    with (
        psycopg.connect(**connection_parameters(clerk)) as connection,
        pytest.raises(psycopg.errors.InsufficientPrivilege),
    ):
        connection.execute(f"SELECT {call}")


def test_nobody_manages_the_own_account(office: Office) -> None:
    for act in (
        lambda session: accounts.disable(session, office.user),
        lambda session: accounts.set_posts(session, office.user, ("auditor",)),
        lambda session: accounts.reset_password(session, office.user),
    ):
        with pytest.raises(Refused, match="own account"), office.session() as session:
            act(session)


@pytest.mark.parametrize("options", ["SUPERUSER", "CREATEROLE", "CREATEDB", "REPLICATION", "BYPASSRLS", "", "ROLE"])
def test_other_roles_of_the_server_are_out_of_reach_even_when_somebody_put_them_among_the_accounts(
    office: Office, database: Target, options: str
) -> None:
    """`ROLE` stands for a person who is in another group as well."""
    execute(database, f"CREATE ROLE dba LOGIN {options if options != 'ROLE' else ''} PASSWORD 'theirs'")
    if options:
        execute(database, "GRANT logistics_user TO dba")
    if options == "ROLE":
        execute(database, "GRANT pg_monitor TO dba")
    execute(database, "INSERT INTO app.account (login) VALUES ('dba')")
    for act in (
        lambda session: accounts.disable(session, "dba"),
        lambda session: accounts.reset_password(session, "dba"),
        lambda session: accounts.create(session, "dba", None, (), FIRST),
    ):
        with pytest.raises(Refused), office.session() as session:
            act(session)


def test_two_administrators_who_shut_each_other_out_leave_one(
    office: Office, join: Join, signed_in: Callable[[str, str], Target], clerk: Target
) -> None:
    join("u_other", "administrator")
    with (
        psycopg.connect(**connection_parameters(clerk)) as one,
        psycopg.connect(**connection_parameters(signed_in("u_other", FIRST))) as other,
    ):
        one.execute("SELECT app.user_disable('u_other')")
        with pytest.raises(psycopg.Error):  # its session was ended under its hands
            other.execute("SELECT app.user_disable(%s)", (office.user,))
        one.commit()
    assert user(office, office.user).active
    assert not user(office, "u_other").active


def test_the_function_of_a_hostile_search_path_is_not_called(office: Office, clerk: Target) -> None:
    with psycopg.connect(autocommit=True, **connection_parameters(clerk)) as connection:
        connection.execute("SET search_path = pg_temp, app")
        with pytest.raises(psycopg.Error):
            connection.execute("CREATE FUNCTION pg_temp.may(text) RETURNS boolean LANGUAGE sql AS 'SELECT true'")


def test_signing_in_after_being_shut_out_says_so(office: Office, join: Join) -> None:
    theirs = join("u_sun", "clerk")
    with office.session() as session:
        accounts.disable(session, "u_sun")
    with pytest.raises((ConnectionLost, Refused)), theirs.session() as session:
        session.execute(sa.text("SELECT 1"))


def test_a_password_whose_answer_was_lost_is_the_one_that_goes_on(join: Join) -> None:
    with join("u_sun", "clerk") as theirs:
        with LostAnswer(theirs, 1):
            theirs.change_password("blanket orbit mustard")
        theirs.engine.dispose()  # new connections are made with what the office knows
        with theirs.session() as session:
            assert not accounts.own(session).must_change_password
