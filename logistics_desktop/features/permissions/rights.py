"""What the user who is signed in may do, so that the program offers nothing that the database would refuse."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

_EVERYBODY = "*"


@dataclass(frozen=True, slots=True)
class Needs:
    """The permissions that the rows of a table need; None is nobody, `*` everybody."""

    readable: str | None
    writable: str | None
    removable: str | None


@dataclass(frozen=True, slots=True)
class Rights:
    """The permissions of an account and how far they reach; with `everything` nothing is held back."""

    scopes: Mapping[str, str] = field(default_factory=dict)
    tables: Mapping[str, Needs] = field(default_factory=dict)
    everything: bool = False

    def may(self, permission: str | None) -> bool:
        """Whether the account has a permission, however far it reaches."""
        return self.everything or permission == _EVERYBODY or permission in self.scopes

    def reads(self, table: str) -> bool:
        """Whether there can be rows of a table that the account sees."""
        return self._has(table, "readable")

    def writes(self, table: str) -> bool:
        """Whether there can be rows of a table that the account may add or change."""
        return self._has(table, "writable")

    def removes(self, table: str) -> bool:
        """Whether there can be rows of a table that the account may delete."""
        return self._has(table, "removable")

    def _has(self, table: str, what: str) -> bool:
        needs = self.tables.get(table)
        return needs is None or self.may(getattr(needs, what))


EVERYTHING = Rights(everything=True)
