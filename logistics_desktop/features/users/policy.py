"""What a password must be: two schools, of which the organisation chooses one.

The server sees only verifiers, so these rules are kept by the program: whoever sets a weak password for himself by
another way weakens his own account.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from logistics_desktop.errors import UserError
from logistics_desktop.i18n import N_

_EXAMINED = 72  # letters; the examination of longer ones takes long, and they are strong by their length
_LONGEST = 256
_STRONG = 3  # of the grades 0 to 4 of zxcvbn: safe against 10^8 guesses and more
_READABLE = "abcdefghjkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789"  # without letters that look like others
_ONE_TIME = (4, 4)  # groups of letters, each so long


@dataclass(frozen=True, slots=True)
class Policy:
    """One school: how long, of how many kinds of letters, whether examined for guesses, and for how many days."""

    key: str
    title: str
    length: int
    kinds: int = 1
    examined: bool = False
    days: int | None = None


MLPS = Policy("mlps", N_("MLPS (GB/T 22239): 10 characters of 3 kinds, changed every 90 days"), 10, 3, days=90)
ASVS = Policy(
    "asvs", N_("OWASP ASVS: 12 characters, hard to guess, changed only when there is a reason"), 12, examined=True
)
POLICIES = {policy.key: policy for policy in (MLPS, ASVS)}


def check(policy: Policy, password: str, *, login: str, words: Iterable[str] = ()) -> None:
    """Raise `UserError` saying what to do where `password` is not good enough; `words` are names of the person."""
    if len(password) < policy.length:
        raise UserError(N_("A password needs {count} characters or more."), count=policy.length)
    if len(password) > _LONGEST:
        raise UserError(N_("A password has {count} characters at most."), count=_LONGEST)
    if not password.isprintable():
        raise UserError(N_("A password is made of characters that can be seen, and of spaces."))
    if login.lower() in password.lower():
        raise UserError(N_("The login may not be a part of the password."))
    if _kinds(password) < policy.kinds:
        raise UserError(
            N_("Use at least {count} of these: small letters, capitals, digits, other characters."), count=policy.kinds
        )
    if policy.examined and _grade(password, (login, *words)) < _STRONG:
        raise UserError(
            N_("This password would soon be guessed. Several words that have nothing to do with each other are better.")
        )


def is_due(policy: Policy, changed_at: datetime | None, now: datetime) -> bool:
    """Whether a password that was set at `changed_at` has to be changed."""
    return policy.days is not None and changed_at is not None and now - changed_at >= timedelta(days=policy.days)


def one_time_password() -> str:
    """A random password that can be read out on the telephone and pleases every policy."""
    while True:
        groups, size = _ONE_TIME
        made = "-".join("".join(secrets.choice(_READABLE) for _ in range(size)) for _ in range(groups))
        if _kinds(made) == 4:  # all that there are
            return made


def _kinds(password: str) -> int:
    return len({_kind(letter) for letter in password})


def _kind(letter: str) -> str:
    if letter.isdigit():
        return "digit"
    if letter.islower():
        return "small"
    return "capital" if letter.isupper() else "other"


def _grade(password: str, words: tuple[str, ...]) -> int:
    from zxcvbn import zxcvbn  # late: its dictionaries are needed once in three months

    return int(zxcvbn(password[:_EXAMINED], user_inputs=list(words))["score"])
