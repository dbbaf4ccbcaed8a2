"""Which passwords are taken: by either school, and whoever makes them."""

from __future__ import annotations

from contextlib import suppress
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from logistics_desktop.errors import UserError
from logistics_desktop.features.users.policy import ASVS, MLPS, POLICIES, Policy, check, is_due, one_time_password

NOW = datetime(2026, 11, 23, tzinfo=UTC)


@pytest.mark.parametrize(
    ("policy", "password"),
    [
        (MLPS, "Houqin2026"),
        (MLPS, "后勤abc-2026xyz"),
        (ASVS, "blanket orbit mustard"),
        (ASVS, "x" + "Wq7!" * 60),
    ],
)
def test_good_ones_are_taken(policy: Policy, password: str) -> None:
    check(policy, password, login="u_zhang")


@pytest.mark.parametrize(
    ("policy", "password", "said"),
    [
        (MLPS, "Ab1-56789", "10 characters"),
        (MLPS, "abcdefghij1", "3 of these"),
        (MLPS, "Ab1\n-567890", "can be seen"),
        (MLPS, "Ab1" + "x" * 254, "256"),
        (MLPS, "My-U_Zhang-1", "login"),
        (ASVS, "short one 1", "12 characters"),
        (ASVS, "password1234", "guessed"),
        (ASVS, "1qaz2wsx3edc", "guessed"),
        (ASVS, "aaaaaaaaaaaaaaaa", "guessed"),
        (ASVS, "张伟张伟张伟张伟张伟张伟", "guessed"),
        (ASVS, "", "12 characters"),
    ],
)
def test_others_are_refused_with_what_to_do(policy: Policy, password: str, said: str) -> None:
    with pytest.raises(UserError, match=said):
        check(policy, password, login="u_zhang", words=("张伟",))


@given(st.text(max_size=300), st.sampled_from([*POLICIES.values()]))
def test_any_text_is_judged_and_what_is_taken_is_long_enough(password: str, policy: Policy) -> None:
    with suppress(UserError):
        check(policy, password, login="u_zhang")
        assert policy.length <= len(password) <= 256


def test_only_the_school_that_says_so_lets_passwords_grow_old() -> None:
    assert is_due(MLPS, NOW - timedelta(days=90), NOW)
    assert not is_due(MLPS, NOW - timedelta(days=89), NOW)
    assert not is_due(ASVS, NOW - timedelta(days=9000), NOW)
    assert not is_due(MLPS, None, NOW)


def test_one_time_passwords_please_every_policy_and_never_come_twice() -> None:
    made = {one_time_password() for _ in range(200)}
    assert len(made) == 200
    for password in made:
        for policy in POLICIES.values():
            check(policy, password, login="u_zhang")
