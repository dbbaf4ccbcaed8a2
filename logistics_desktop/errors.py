"""Errors that the user can mend, told apart from bugs."""

from __future__ import annotations

from typing import Any

from logistics_desktop.i18n import translate


class UserError(Exception):
    """What the user can put right; the message says what is wrong, where, and what to do.

    `msgid` is an English message id with `{names}`; `params` fill them. `str(error)` is the message
    in the language of the program at that moment.
    """

    def __init__(self, msgid: str, **params: object) -> None:
        super().__init__(msgid)
        self.msgid = msgid
        self.params = params

    def __str__(self) -> str:
        return translate(self.msgid, **self.params)

    def __reduce__(self) -> tuple[object, ...]:
        return (_rebuild, (type(self), self.msgid, self.params))


def _rebuild(kind: type[UserError], msgid: str, params: dict[str, object]) -> UserError:
    """Make the error again on the other side of a process boundary."""
    return kind(msgid, **params)


class FieldErrors(UserError):
    """Several fields of one record are wrong at once; `by_field` maps a field's key to its error."""

    def __init__(self, by_field: dict[str, UserError]) -> None:
        first = next(iter(by_field.values()))
        super().__init__(first.msgid, **first.params)
        self.by_field = by_field

    def __reduce__(self) -> tuple[object, ...]:
        return (FieldErrors, (self.by_field,))


class Refused(UserError):
    """The database refused a change because of a rule (a constraint, a permission, a closed month)."""


class Conflict(UserError):
    """Somebody else saved a newer version of the record first; `theirs` is that version, where it is known."""

    def __init__(self, msgid: str, *, theirs: Any = None, **params: object) -> None:
        super().__init__(msgid, **params)
        self.theirs = theirs


class ConnectionLost(UserError):
    """The server did not answer or closed the connection; nothing was saved."""


class Cancelled(UserError):
    """The user stopped a job; nothing of it was kept."""
