"""What the organisation wants of passwords and of windows that are left alone."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy.orm import Session

from logistics_desktop import organisation
from logistics_desktop.features.users import accounts


@dataclass(frozen=True, slots=True)
class Rules:
    """The key of a policy of passwords, minutes until a window is locked, wrong passwords until an account is."""

    policy: str
    lock_after_minutes: int
    failed_sign_ins: int


def read(session: Session) -> Rules:
    """Give those in force."""
    return Rules(
        accounts.policy_in_force(session).key,
        organisation.read(session, organisation.LOCK_AFTER_MINUTES),
        organisation.read(session, organisation.FAILED_SIGN_INS),
    )


def write(session: Session, wanted: Rules) -> None:
    """Change them for everybody."""
    organisation.write(session, organisation.PASSWORD_POLICY, wanted.policy)
    organisation.write(session, organisation.LOCK_AFTER_MINUTES, wanted.lock_after_minutes)
    organisation.write(session, organisation.FAILED_SIGN_INS, wanted.failed_sign_ins)
