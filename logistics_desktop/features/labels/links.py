"""The content of the program's own codes, such as `LD:assets:ZC001`: which ledger, which row.

It is short, so that its QR code can be small, and has no address of a server in it that would grow old.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

_LINK = re.compile(r"LD:(?P<ledger>[a-z_]+):(?P<code>\S.*)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Link:
    """A row of a ledger, by the ledger's key and the row's code."""

    ledger: str
    code: str

    def __str__(self) -> str:
        return f"LD:{self.ledger}:{self.code}"


def parse_link(text: str) -> Link | None:
    """The link that `text` is, if it is one."""
    found = _LINK.fullmatch(text.strip())
    return Link(found["ledger"], found["code"]) if found else None
