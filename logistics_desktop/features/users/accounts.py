"""The accounts of the office: who they are, what they hold, and what an administrator does with them.

Everything is done by functions of the database (`db/sql/users.sql`), which look whether the caller may. A password
leaves this PC only as a verifier.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

import psycopg
import sqlalchemy as sa
from sqlalchemy.orm import Session

from db.models.organisation import Department, Staff
from db.models.permissions import Account, AccountPost, Post
from db.passwords import verifier
from logistics_desktop import organisation
from logistics_desktop.features.users import policy as passwords
from logistics_desktop.features.users.policy import POLICIES, Policy


@dataclass(frozen=True, slots=True)
class User:
    """An account with the person it belongs to; `sessions` are those that are open just now."""

    login: str
    person: str
    staff_id: int | None
    department: str
    posts: tuple[str, ...]
    active: bool
    must_change_password: bool
    password_changed_at: datetime | None
    locked_until: datetime | None
    sessions: int


@dataclass(frozen=True, slots=True)
class Own:
    """What the account that is signed in has to know about itself."""

    active: bool
    must_change_password: bool
    policy: Policy


def users(session: Session) -> list[User]:
    """All accounts, in the order of their logins; only one's own for somebody who may not manage users."""
    held = _held(session)
    count = sa.text(
        "SELECT usename::text, count(*) FROM pg_stat_activity WHERE datname = current_database() GROUP BY 1"
    )
    open_now: dict[str, int] = dict(session.execute(count).all())
    rows = session.execute(
        sa.select(Account, Staff.name, Department.name)
        .outerjoin(Staff, Staff.id == Account.staff_id)
        .outerjoin(Department, Department.id == Staff.department_id)
        .order_by(Account.login)
    )
    return [
        User(
            account.login,
            person or "",
            account.staff_id,
            department or "",
            held.get(account.login, ()),
            account.active,
            account.must_change_password,
            account.password_changed_at,
            account.locked_until,
            open_now.get(account.login, 0),
        )
        for account, person, department in rows
    ]


def posts(session: Session) -> list[Post]:
    """The posts that there are to hold."""
    return list(session.scalars(sa.select(Post).order_by(Post.builtin.desc(), Post.name)))


def create(session: Session, login: str, staff_id: int | None, held: Sequence[str], password: str | None) -> None:
    """Make an account that has to change `password` when it signs in first.

    None lets in a login that is on the server already, with the password that it has. Raises `Refused`.
    """
    made = None if password is None else _verifier(session, login, password)
    session.execute(sa.func.app.user_create(login, staff_id, list(held), made, type_=sa.Text).select())


def set_posts(session: Session, login: str, held: Sequence[str]) -> None:
    """Let the account hold these posts and no others."""
    session.execute(sa.func.app.user_set_posts(login, list(held)).select())


def set_person(session: Session, login: str, staff_id: int | None) -> None:
    """Say whose account this is."""
    session.execute(sa.func.app.user_set_person(login, staff_id).select())


def change(session: Session, login: str, staff_id: int | None, held: Sequence[str]) -> None:
    """Say whose account this is and which posts it holds."""
    set_person(session, login, staff_id)
    set_posts(session, login, held)


def disable(session: Session, login: str) -> None:
    """Shut the account out, at once."""
    session.execute(sa.func.app.user_disable(login).select())


def enable(session: Session, login: str) -> None:
    """Let the account in again, also one that was locked after wrong passwords."""
    session.execute(sa.func.app.user_enable(login).select())


def force_password_change(session: Session, login: str) -> None:
    """Have the account choose another password when it signs in next."""
    session.execute(sa.func.app.user_force_password_change(login).select())


def reset_password(session: Session, login: str) -> str:
    """Give the account a password for one time, end its sessions, and tell the password: nobody can later."""
    password = passwords.one_time_password()
    session.execute(sa.func.app.user_reset_password(login, _verifier(session, login, password)).select())
    return password


def own(session: Session) -> Own:
    """The account that is signed in: whether its password has to be changed, and what a new one must be."""
    row = session.execute(
        sa.text("SELECT active, must_change_password, password_changed_at FROM app.my_account()")
    ).one()
    policy = policy_in_force(session)
    due = bool(row.must_change_password) or passwords.is_due(policy, row.password_changed_at, datetime.now(UTC))
    return Own(bool(row.active), due, policy)


def change_own_password(session: Session, login: str, password: str) -> None:
    """Give the account that is signed in another password. Raises `UserError` where the policy forbids it."""
    passwords.check(policy_in_force(session), password, login=login, words=_own_words(session))
    session.execute(sa.func.app.change_my_password(_verifier(session, login, password)).select())


def policy_in_force(session: Session) -> Policy:
    """The school of passwords that the organisation chose."""
    return POLICIES.get(organisation.read(session, organisation.PASSWORD_POLICY), passwords.ASVS)


def lock_guessed(session: Session) -> int | None:
    """Lock the accounts whose passwords somebody tries out; how many, or None where the server's log is not read."""
    locked: int | None = session.scalar(sa.func.app.lock_guessed_accounts(type_=sa.Integer).select())
    return locked


def _held(session: Session) -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for row in session.scalars(sa.select(AccountPost).order_by(AccountPost.post)):
        found[row.login] = (*found.get(row.login, ()), row.post)
    return found


def _own_words(session: Session) -> list[str]:
    name = session.scalar(sa.select(Staff.name).where(Staff.id == sa.func.app.my_staff(type_=sa.BigInteger)))
    return [name] if name else []


def _verifier(session: Session, login: str, password: str) -> str:
    driver = session.connection().connection.driver_connection
    assert isinstance(driver, psycopg.Connection)
    return verifier(driver, login, password)
