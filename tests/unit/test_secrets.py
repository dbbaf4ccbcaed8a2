"""A password is kept in the system's keyring or nowhere."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import keyring
import pytest
from keyring.backend import KeyringBackend
from keyring.backends.fail import Keyring as NoKeyring
from keyring.errors import KeyringLocked, PasswordDeleteError

from db.session import Target
from logistics_desktop import secrets

OFFICE = Target("db.office", 5432, "office", "li", "geheim-密码")


class SystemKeyring(KeyringBackend):
    """A keyring as systems have them, for the length of a test."""

    priority = 1

    def __init__(self) -> None:
        super().__init__()
        self.kept: dict[tuple[str, str], str] = {}
        self.locked = False

    def _look(self) -> None:
        if self.locked:
            raise KeyringLocked("the user closed the question")

    def get_password(self, service: str, username: str) -> str | None:
        self._look()
        return self.kept.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self._look()
        self.kept[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        self._look()
        if self.kept.pop((service, username), None) is None:
            raise PasswordDeleteError("not there")


class PlainFile(SystemKeyring):
    """A backend of the package that keeps passwords in plain files."""


PlainFile.__module__ = "keyrings.alt.file"


@pytest.fixture
def system() -> Iterator[SystemKeyring]:
    before = keyring.get_keyring()
    found = SystemKeyring()
    keyring.set_keyring(found)
    yield found
    keyring.set_keyring(before)


def test_what_was_remembered_comes_back_for_this_user_and_database_alone(system: SystemKeyring) -> None:
    assert secrets.remember(OFFICE)
    asking = replace(OFFICE, password=None)
    assert secrets.recall(asking) == "geheim-密码"
    for other in (replace(asking, user="wang"), replace(asking, host="other"), replace(asking, database="test")):
        assert secrets.recall(other) is None
    secrets.forget(asking)
    assert secrets.recall(asking) is None
    secrets.forget(asking)
    assert system.kept == {}


def test_a_locked_keyring_means_asking(system: SystemKeyring) -> None:
    system.locked = True
    assert not secrets.remember(OFFICE)
    assert secrets.recall(OFFICE) is None
    secrets.forget(OFFICE)
    assert system.kept == {}


@pytest.mark.parametrize("backend", [NoKeyring(), PlainFile()])
def test_without_a_keyring_of_the_system_nothing_is_kept_anywhere(
    system: SystemKeyring, backend: KeyringBackend, own_home: Path
) -> None:
    keyring.set_keyring(backend)
    assert not secrets.can_remember()
    assert not secrets.remember(OFFICE)
    assert secrets.recall(OFFICE) is None
    secrets.forget(OFFICE)
    assert list(own_home.iterdir()) == []
    assert not getattr(backend, "kept", {})


def test_no_password_nothing_to_remember(system: SystemKeyring) -> None:
    assert not secrets.remember(replace(OFFICE, password=None))
    assert system.kept == {}
