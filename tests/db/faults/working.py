"""People at work while something breaks, and the count of what they stored."""

from __future__ import annotations

import itertools
import threading
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

import sqlalchemy as sa

from db.embedded import Server
from db.provision import add_user, prepare_database
from db.session import connection_string, embedded_target
from logistics_desktop.context import Office, open_office
from logistics_desktop.features.assets.asset_ledger import ASSETS
from logistics_desktop.ledger import records
from logistics_desktop.profiles import Profile

USER, PASSWORD = "clerk", "clerk's password"
_numbers = itertools.count(1)


def prepared(server: Server) -> None:
    """Make the office on a server."""
    installer = connection_string(embedded_target(server, "office"))
    prepare_database(installer)
    add_user(installer, USER, PASSWORD, "administrator")


@contextmanager
def signed_in(server: Server, port: int = 0, host: str = "") -> Iterator[Office]:
    """The office as the program opens it; `port` leads through a wire, `host` may name two servers."""
    profile = Profile("test", "server", host or server.host, port or server.port, "office", "disable", None, USER)
    with open_office(profile, PASSWORD) as office:
        yield office


@dataclass(slots=True)
class Count:
    """What a fault did: the rows that were acknowledged, and those that are there."""

    expected: int
    found: int
    errors: list[BaseException] = field(default_factory=list)

    @property
    def right(self) -> bool:
        """Nothing lost, nothing doubled, nobody bothered."""
        return self.expected == self.found and not self.errors


def work_through(office: Office, fault: Callable[[], object], *, people: int = 3, each: int = 8) -> Count:
    """Have people store assets without a code, while `fault` happens once half of them are through.

    Without a code nothing but the key of the request keeps a repeated one from being stored twice.
    """
    name = f"run {next(_numbers)} {uuid.uuid4()}"
    half = threading.Semaphore(0)
    acknowledged: list[int] = []
    errors: list[BaseException] = []

    def person() -> None:
        for _number in range(each):
            try:
                acknowledged.append(office.save(lambda session: records.create(session, ASSETS, {"name": name})))
            except Exception as problem:
                errors.append(problem)
            half.release()

    threads = [threading.Thread(target=person) for _person in range(people)]
    for thread in threads:
        thread.start()
    for _done in range(people * each // 2):
        half.acquire()
    fault()
    for thread in threads:
        thread.join()
    return Count(len(set(acknowledged)), rows(office, name), errors)


def rows(office: Office, name: str) -> int:
    """How many assets have this name."""
    with office.session() as session:
        return int(session.scalar(sa.text("SELECT count(*) FROM app.asset WHERE name = :name"), {"name": name}) or 0)
