"""What the user sends to whoever helps: versions, and the log without personal data and secrets."""

from __future__ import annotations

import getpass
import locale
import platform
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress

import sqlalchemy as sa
from sqlalchemy.orm import Session

from db.models.organisation import Staff
from db.models.suppliers import Supplier
from logistics_desktop import __version__, profiles
from logistics_desktop.log_reading import LogEntry
from logistics_desktop.redaction import Redactor

MOST_ENTRIES = 1_000
"""So many entries are copied at most, the latest."""

_WORDS = (Staff.name, Staff.phone, Staff.email, Staff.id_number, Supplier.contact, Supplier.phone, Supplier.email)


def versions(qt: str, server: str) -> list[tuple[str, str]]:
    """What runs here, each with its version; nothing of it names the PC or its user."""
    return [
        ("Logistics Desktop", __version__),
        ("PostgreSQL", server),
        ("Qt", qt),
        ("Python", platform.python_version()),
        ("System", f"{platform.system()} {platform.release()} ({platform.machine()})"),
        ("Locale", ".".join(filter(None, locale.getlocale())) or "C"),
    ]


def words_of_this_pc() -> Iterator[str]:
    """What names the user and the PC: logins, the computer, the servers and databases of the profiles."""
    with suppress(OSError, KeyError):  # nobody may be known by the number that the program runs as
        yield getpass.getuser()
    yield platform.node()
    yield platform.node().split(".")[0]
    for profile in profiles.profiles():
        yield from (profile.name, profile.user, profile.database, *map(str.strip, profile.host.split(",")))


def words_of_people(session: Session) -> Iterator[str]:
    """The names and numbers of the people that the office knows."""
    for column in _WORDS:
        yield from filter(None, session.scalars(sa.select(column)))


def report(head: Sequence[tuple[str, str]], entries: Sequence[LogEntry], known: Iterable[str]) -> str:
    """The versions and the latest of the entries, as they may be sent to a stranger."""
    redact = Redactor(known)
    lines = [f"{what}: {version}" for what, version in head]
    lines += [f"{entry.at} {entry.level} {entry.place}: {redact(entry.text)}" for entry in entries[-MOST_ENTRIES:]]
    return "\n".join(lines) + "\n"
