"""Many people at once: lists, searches, records, changes and transfers for a minute, each with a window that listens.

    python -m benchmarks.bench_load [--sessions 200] [--seconds 60] [--think 2] [--rows 20000]

Everybody has a login of their own. The only errors that may come are conflicts, where two change one row on purpose.
At the end what is there is counted against what was acknowledged; the exit status is 1 where it differs.
"""

from __future__ import annotations

import argparse
import multiprocessing
import random
import statistics
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy.orm import Session

from benchmarks.ledger_data import store
from db.embedded import Server, running
from db.provision import add_user, prepare_database
from db.session import connection_string, embedded_target, make_engine
from logistics_desktop.context import Office, open_office
from logistics_desktop.errors import Conflict
from logistics_desktop.features.assets.asset_ledger import ASSETS
from logistics_desktop.ledger import records
from logistics_desktop.ledger.filters import Query, Sort
from logistics_desktop.ledger.rows import first_page, totals
from logistics_desktop.ledgers import LEDGERS
from logistics_desktop.profiles import Profile
from tests.servers import open_folder

PASSWORD = "a password for each"
KEYS = ("code", "name", "model", "department_id", "original_value")
HOT = 10  # rows that everybody changes
POOL = 40  # rows between which value is moved
PROCESSES = 4


@dataclass(slots=True)
class Done:
    """What some sessions did: seconds of each read and write, and what was acknowledged."""

    reads: list[float] = field(default_factory=list)
    writes: list[float] = field(default_factory=list)
    counts: Counter[str] = field(default_factory=Counter)
    errors: list[str] = field(default_factory=list)

    def add(self, other: Done) -> None:
        """Take in what others did."""
        self.reads += other.reads
        self.writes += other.writes
        self.counts += other.counts
        self.errors += other.errors


class Person:
    """One session: chooses, does, thinks."""

    def __init__(self, office: Office, ids: list[int], number: int) -> None:
        self._office = office
        self._ids = ids
        self._random = random.Random(number)
        self.done = Done()

    def work(self, until: float, think: float) -> None:
        """Work until then."""
        time.sleep(self._random.uniform(0, think))
        acts: list[tuple[Callable[[], str], int]] = [
            (self.list, 40),
            (self.search, 15),
            (self.read, 20),
            (self.create, 8),
            (self.update, 10),
            (self.transfer, 7),
        ]
        while time.monotonic() < until:
            (act,) = self._random.choices([act for act, _often in acts], [often for _act, often in acts])
            begun = time.perf_counter()
            try:
                said = act()
            except Conflict:
                said = "conflicts"
            except Exception as problem:
                said = "errors"
                self.done.errors.append(f"{act.__name__}: {type(problem).__name__}: {problem}")
            took = time.perf_counter() - begun
            (self.done.reads if act in (self.list, self.search, self.read) else self.done.writes).append(took)
            self.done.counts[said] += 1
            time.sleep(self._random.uniform(0, 2 * think))

    def list(self) -> str:
        """A page in one of several orders, and its sums."""
        query = Query(sorts=(Sort(self._random.choice(KEYS), self._random.random() < 0.5),))
        with self._office.session() as session:
            first_page(session, LEDGERS, ASSETS, query, KEYS, 120)
            totals(session, LEDGERS, ASSETS, query)
        return "lists"

    def search(self) -> str:
        """The quick search."""
        query = Query(search=self._random.choice(("办公", "电脑", "bgz", "2021", "空调")))
        with self._office.session() as session:
            first_page(session, LEDGERS, ASSETS, query, KEYS, 120)
        return "searches"

    def read(self) -> str:
        """One record with everything."""
        with self._office.session() as session:
            records.read(session, LEDGERS, ASSETS, self._random.choice(self._ids))
        return "records"

    def create(self) -> str:
        """A new asset."""
        self._office.save(lambda session: records.create(session, ASSETS, {"name": "made under load"}))
        return "created"

    def update(self) -> str:
        """A record read, thought about, and saved; every third time one that the others like too."""
        hot = self._random.random() < 0.3
        record = self._random.choice(self._ids[:HOT] if hot else self._ids[HOT + POOL :])
        with self._office.session() as session:
            before = records.read(session, LEDGERS, ASSETS, record)
        time.sleep(self._random.uniform(0, 0.3 if hot else 0.05))
        changes = {"maker": f"maker {self._random.random()}"}
        self._office.save(lambda session: records.update(session, LEDGERS, ASSETS, record, before.version, changes))
        return "updated"

    def transfer(self) -> str:
        """Value moved from one asset to another: the sum stays."""
        pair = sorted(self._random.sample(self._ids[HOT : HOT + POOL], 2))
        amount = Decimal(self._random.randint(1, 100))
        self._office.save(lambda session: move(session, pair, amount))
        return "transfers"


def move(session: Session, pair: list[int], amount: Decimal) -> None:
    """Take from the one and give to the other, the lower number first, or two would wait for each other."""
    for record, change in zip(pair, (-amount, amount), strict=True):
        statement = "UPDATE app.asset SET original_value = original_value + :change WHERE id = :id"
        session.execute(sa.text(statement), {"change": change, "id": record})


def work_in_process(
    server: Server, numbers: range, ids: list[int], seconds: float, think: float, answers: multiprocessing.Queue[Done]
) -> None:
    """Some of the sessions, in a process of their own."""
    whole = Done()
    stop = threading.Event()
    news: Counter[str] = Counter()
    with ExitStack() as stack:
        people, listeners = [], []
        for number in numbers:
            profile = Profile("load", "server", server.host, server.port, "office", "disable", None, login(number))
            office = stack.enter_context(open_office(profile, PASSWORD))
            people.append(Person(office, ids, number))
            hear = threading.Thread(
                target=office.listen, args=(lambda tables: news.update(tables), lambda _on: None, stop)
            )
            listeners.append(hear)
        until = time.monotonic() + seconds
        threads = [threading.Thread(target=person.work, args=(until, think)) for person in people]
        for thread in (*listeners, *threads):
            thread.start()
        for thread in threads:
            thread.join()
        stop.set()
        for thread in listeners:
            thread.join()
    for person in people:
        whole.add(person.done)
    whole.counts["news heard"] = news.total()
    answers.put(whole)


def login(number: int) -> str:
    """Everybody's own."""
    return f"u_{number:03}"


def main() -> int:
    """Set an office up, let everybody in, and print what came of it."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sessions", type=int, default=200)
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--think", type=float, default=2)
    parser.add_argument("--rows", type=int, default=20_000)
    asked = parser.parse_args()
    with open_folder() as folder, running(Path(folder) / "data", settings={"max_connections": "900"}) as server:
        installer = connection_string(embedded_target(server, "office"))
        prepare_database(installer)
        for number in range(asked.sessions):
            add_user(installer, login(number), PASSWORD, "administrator")
        engine = make_engine(embedded_target(server, "office"))
        with engine.begin() as connection:
            store(connection, asked.rows)
            ids = list(connection.scalars(sa.text("SELECT id FROM app.asset ORDER BY id")))
            connection.execute(
                sa.text("UPDATE app.asset SET original_value = 10000 WHERE id = ANY(:ids)"), {"ids": ids[: HOT + POOL]}
            )
            before = state(connection)
        done = run(server, asked, ids)
        with engine.connect() as connection:
            after = state(connection)
        engine.dispose()
    return report(asked, done, before, after)


def run(server: Server, asked: argparse.Namespace, ids: list[int]) -> Done:
    """Everybody at work, in a few processes: one would be busy with itself."""
    context = multiprocessing.get_context("spawn")
    answers: multiprocessing.Queue[Done] = context.Queue()
    parts = [range(at, asked.sessions, PROCESSES) for at in range(PROCESSES)]
    started = [
        context.Process(target=work_in_process, args=(server, part, ids, asked.seconds, asked.think, answers))
        for part in parts
    ]
    for process in started:
        process.start()
    done = Done()
    for _process in started:
        done.add(answers.get())
    for process in started:
        process.join()
    return done


def state(connection: sa.Connection) -> dict[str, Decimal]:
    """What must fit together."""
    found = connection.execute(
        sa.text(
            "SELECT count(*) FILTER (WHERE name = 'made under load') AS created,"
            " sum(original_value) AS value, sum(version - 1) AS changes,"
            " (SELECT count(*) FROM app.request) AS requests FROM app.asset"
        )
    ).one()
    return {key: Decimal(value) for key, value in found._mapping.items()}


def report(asked: argparse.Namespace, done: Done, before: dict[str, Decimal], after: dict[str, Decimal]) -> int:
    """Print the figures; 1 where something does not fit."""
    counts = done.counts
    operations = len(done.reads) + len(done.writes)
    pace = operations / asked.seconds
    print(f"{asked.sessions} sessions, {asked.seconds:g} s: {operations:,} operations, {pace:.0f} a second")
    for name, seconds in (("reads", done.reads), ("writes", done.writes)):
        centiles = [1000 * each for each in statistics.quantiles(seconds, n=100)]
        worst = 1000 * max(seconds)
        print(f"  {name:7} p50 {centiles[49]:5.0f} ms   p95 {centiles[94]:5.0f} ms   worst {worst:5.0f} ms")
    print("  " + ", ".join(f"{name} {count:,}" for name, count in sorted(counts.items())))
    moved = {key: int(after[key] - before[key]) for key in before}
    wanted = {
        "created": counts["created"],
        "value": 0,
        "changes": counts["updated"] + 2 * counts["transfers"],
        "requests": counts["created"] + counts["updated"] + counts["transfers"],
    }
    for key, number in wanted.items():
        print(f"  {key:9} expected {number:,}, found {moved[key]:,}")
    for error, times in Counter(done.errors).most_common(10):
        print(f"  {times} x {error}")
    return int(moved != wanted or bool(done.errors))


if __name__ == "__main__":
    sys.exit(main())
