"""An account as it is kept in a book: its code, and its name after a space where somebody wrote one."""

from __future__ import annotations


def split_account(account: str | None) -> tuple[str, str]:
    """ "660201 Depreciation" is the account 660201 with the name Depreciation."""
    code, _space, name = (account or "").strip().partition(" ")
    return code, name.strip()
