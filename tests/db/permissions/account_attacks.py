"""Raising oneself and taking over others by the functions that change accounts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

_VERIFIER = f"'SCRAM-SHA-256$4096:{'A' * 22}==${'A' * 43}=:{'A' * 43}='"

_OF_OTHERS = (
    f"user_create('friend', NULL, '{{administrator}}', {_VERIFIER})",
    "user_create('somebody', NULL, '{administrator}', NULL)",
    "user_set_posts('somebody', '{administrator}')",
    "user_set_person('somebody', app.my_staff())",
    "user_disable('somebody')",
    "user_enable('somebody')",
    "user_force_password_change('somebody')",
    f"user_reset_password('somebody', {_VERIFIER})",
)
_OF_ONESELF = (
    "user_set_posts(session_user::text, '{administrator}')",
    "user_set_person(session_user::text, 1000)",
    "user_enable(session_user::text)",
    f"user_reset_password(session_user::text, {_VERIFIER})",
)
_OF_ROLES = (
    "user_create('postgres', NULL, '{}', NULL)",
    f"user_create('pg_friend', NULL, '{{}}', {_VERIFIER})",
    f"user_create('logistics_friend', NULL, '{{}}', {_VERIFIER})",
    f"user_create('friend; ALTER ROLE friend SUPERUSER', NULL, '{{}}', {_VERIFIER})",
    "user_create('friend', NULL, '{}', 'a password in clear')",
    f"user_create('friend', NULL, '{{}}', {_VERIFIER} || '''; DROP TABLE app.asset; --')",
    "user_create(NULL, NULL, NULL, NULL)",
    f"user_reset_password('postgres', {_VERIFIER})",
    f"user_reset_password('logistics_owner', {_VERIFIER})",
    "user_disable('postgres')",
    "user_enable('logistics_owner')",
    "user_set_posts('postgres', '{administrator}')",
    "change_my_password('a password in clear')",
    "change_my_password(NULL)",
)


def on_accounts(rights: Mapping[str, str]) -> Iterator[str]:
    """What somebody tries who may not, or may not this."""
    calls = (*_OF_ONESELF, *_OF_ROLES) if "users.manage" in rights else (*_OF_OTHERS, *_OF_ONESELF, *_OF_ROLES)
    for call in calls:
        yield f"SELECT app.{call}"
