"""Passwords that the user asked to be remembered: in the system's keyring or nowhere.

Any program of the same user can read the keyring of Windows, so nothing is kept unless the user says so. Where there
is no keyring, or it stays locked, the password is asked each time; it never goes to a file of ours.
"""

from __future__ import annotations

import logging

import keyring
from keyring.backend import KeyringBackend
from keyring.backends.chainer import ChainerBackend
from keyring.errors import KeyringError, PasswordDeleteError

from db.session import Target

_SERVICE = "LogisticsDesktop"
_log = logging.getLogger(__name__)


def can_remember() -> bool:
    """Whether this system has a keyring; where not, do not offer to remember."""
    return _safe(keyring.get_keyring())


def remember(target: Target) -> bool:
    """Keep the password of `target`; whether the keyring took it."""
    if target.password is None or not can_remember():
        return False
    try:
        keyring.set_password(_SERVICE, _account(target), target.password)
    except KeyringError as problem:
        _log.info("the keyring did not take the password: %s", problem)
        return False
    return True


def recall(target: Target) -> str | None:
    """The password kept for `target`, if there is one and the keyring gives it."""
    if not can_remember():
        return None
    try:
        return keyring.get_password(_SERVICE, _account(target))
    except KeyringError as problem:
        _log.info("the keyring did not give the password: %s", problem)
        return None


def forget(target: Target) -> None:
    """Keep no password for `target` any more."""
    if not can_remember():
        return
    try:
        keyring.delete_password(_SERVICE, _account(target))
    except PasswordDeleteError:
        return  # there was none
    except KeyringError as problem:
        _log.info("the keyring did not forget the password: %s", problem)


def _account(target: Target) -> str:
    return f"{target.user}@{','.join(target.hosts)}:{target.port}/{target.database}"


def _safe(backend: KeyringBackend) -> bool:
    """Whether `backend` is the system's own: others keep passwords in files, or only say that there is no keyring."""
    if isinstance(backend, ChainerBackend):
        return any(backend.backends) and all(_safe(part) for part in backend.backends)
    module = type(backend).__module__
    return not module.startswith("keyrings.alt") and module not in ("keyring.backends.fail", "keyring.backends.null")
