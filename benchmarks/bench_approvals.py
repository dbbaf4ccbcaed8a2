"""How fast the inbox opens among many cases, and how many decisions fifty people make at once.

    python -m benchmarks.bench_approvals [--cases 100000] [--programs DIR]

The inbox is that of a person with 200 tasks, signed in as themselves, so with everything that the database checks for
them. Each case has ten decisions. The databases are made anew each time, in a temporary folder.
"""

from __future__ import annotations

import argparse
import random
import statistics
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from pathlib import Path

import psycopg
import sqlalchemy as sa
from psycopg.types.json import Jsonb
from sqlalchemy.orm import Session

from db.embedded import Server, running
from db.provision import prepare_database
from db.session import Target, connection_parameters, connection_string, embedded_target, make_engine
from logistics_desktop.features.approvals import cases, inbox
from logistics_desktop.features.approvals.inbox import Box

SMALL = 1_000
TASKS = 200
SIGNERS = 50
TOGETHER = 40  # cases that all of them sign, so 2,000 tasks
PASSWORD = "signs"

_OFFICE = """
CREATE TABLE app.bench_effect (case_id bigint);
CREATE FUNCTION app.bench_submitted(kind text, document bigint) RETURNS jsonb LANGUAGE sql SECURITY DEFINER
SET search_path = app, pg_temp AS
$$ SELECT jsonb_build_object('number', 'B' || document, 'title', 'x', 'form', '{{}}'::jsonb) $$;
CREATE FUNCTION app.bench_approved(the_case bigint) RETURNS void LANGUAGE sql SECURITY DEFINER
SET search_path = app, pg_temp AS $$ INSERT INTO app.bench_effect VALUES (the_case) $$;
CALL app.approval_offer('bench', 'Bench', '[]');
INSERT INTO app.department (code, name) VALUES ('D', 'D');
INSERT INTO app.staff (code, name, department_id) SELECT i, 'Person ' || i, 1 FROM generate_series(1, 500) i;
INSERT INTO app.post (key, name) VALUES ('signer', 'Signer');
INSERT INTO app.account (login, staff_id) SELECT 'bench_' || i, i FROM generate_series(1, {people}) i;
INSERT INTO app.account_post SELECT 'bench_' || i, 'clerk' FROM generate_series(1, {people}) i;
INSERT INTO app.account_post SELECT 'bench_' || i, 'signer' FROM generate_series(3, {people}) i;
INSERT INTO app.account_post VALUES ('bench_2', 'administrator');
"""

# As the engine would have left them, without running it a million times. Person 1 has the tasks.
_CASES = """
SET session_replication_role = replica;
INSERT INTO app.approval_case (request, kind, document_id, number, title, form, version_id, requester_id, department_id,
                               state, position, visit, submitted_at)
SELECT gen_random_uuid(), 'bench', 1000000 + i, 'B' || i, 'A purchase of things ' || i, '{{"amount": 1}}', 1,
       2 + i % 499, 1, CASE WHEN i % ({cases} / {tasks}) = 0 THEN 'running' ELSE 'approved' END, 1, 10,
       now() - interval '1 minute' * i
FROM generate_series(1, {cases}) i;
INSERT INTO app.approval_task (case_id, visit, position, step, mode, staff_id, state, opened_at)
SELECT c.id, n, n, 'Step ' || n, 'any', CASE n WHEN 10 THEN 1 ELSE 2 + (c.id + n) % 499 END,
       CASE WHEN n = 10 AND c.state = 'running' THEN 'open' ELSE 'approved' END, c.submitted_at
FROM app.approval_case c, generate_series(1, 10) n WHERE n < 10 OR c.state = 'running' OR c.id % 20 = 1;
INSERT INTO app.approval_decision (request, case_id, task_id, who_id, action, step, at)
SELECT gen_random_uuid(), t.case_id, t.id, t.staff_id, 'approve', t.step, t.opened_at FROM app.approval_task t;
INSERT INTO app.approval_copy (case_id, staff_id) SELECT id, 1 FROM app.approval_case WHERE id % 50 = 2;
INSERT INTO app.approval_participant
SELECT case_id, staff_id FROM app.approval_task UNION SELECT id, requester_id FROM app.approval_case
UNION SELECT case_id, staff_id FROM app.approval_copy;
RESET session_replication_role;
"""


@contextmanager
def office(server: Server, count: int) -> Iterator[Target]:
    """A database with people and `count` cases, with the superuser signed in."""
    target = embedded_target(server, f"approvals_{count}")
    prepare_database(connection_string(target))
    with psycopg.connect(autocommit=True, **connection_parameters(target)) as connection:
        for number in range(1, SIGNERS + 3):
            with suppress(psycopg.errors.DuplicateObject):
                connection.execute(f"CREATE ROLE bench_{number} LOGIN PASSWORD '{PASSWORD}' IN ROLE logistics_user")
        connection.execute("SET ROLE logistics_owner")
        connection.execute(_OFFICE.format(people=SIGNERS + 2))
        connection.execute("RESET ROLE")
        _publish(target)
        connection.execute(_CASES.format(cases=count, tasks=TASKS))
        connection.execute("VACUUM ANALYZE")
    yield target


def person(target: Target, number: int) -> Target:
    """The same database with one of the people signed in."""
    return replace(target, user=f"bench_{number}", password=PASSWORD)


def _publish(target: Target) -> None:
    signer = {"kind": "post", "post": "signer"}
    step = {"key": "s", "type": "approve", "name": "Sign", "mode": "all", "approvers": [signer]}
    definition = {"steps": [step], "administrator": {"kind": "person", "staff": 2}}
    with psycopg.connect(autocommit=True, **connection_parameters(person(target, 2))) as connection:
        saved = connection.execute("SELECT app.approval_save('bench', 'Bench', %s)", [Jsonb(definition)]).fetchone()
        connection.execute("SELECT app.approval_publish(%s)", saved)


def inboxes(small: Target, large: Target) -> None:
    """The first page of each tab, the counts, and one case, of the large office beside the small one's."""
    engines = [make_engine(person(target, 1)) for target in (small, large)]
    print(f"\nmedian of 15, ms{'small':>33}{'large':>9}{'ratio':>8}")
    questions: dict[str, Callable[[Session], object]] = {f"first page: {box.value}": _page(box) for box in Box}
    questions["counts of the tabs"] = inbox.counts
    questions["one case, whole"] = _whole
    for name, ask in questions.items():
        few, many = (_median(engine, ask) for engine in engines)
        print(f"  {name:38}{few:9.1f}{many:9.1f}{many / few:7.1f}x")
    for engine in engines:
        engine.dispose()


def _page(box: Box) -> Callable[[Session], object]:
    return lambda session: inbox.page(session, box)


def _whole(session: Session) -> object:
    return cases.read(session, inbox.page(session, Box.TO_DO, limit=1)[0].case)


def _median(engine: sa.Engine, ask: Callable[[Session], object]) -> float:
    found = []
    for _turn in range(16):
        with Session(engine) as session:
            start = time.perf_counter()
            ask(session)
            found.append((time.perf_counter() - start) * 1000)
    return statistics.median(found[1:])


def all_at_once(target: Target) -> None:
    """Fifty people approve 2,000 tasks at the same moment, forty cases that each of them has to sign."""
    with psycopg.connect(autocommit=True, **connection_parameters(person(target, 1))) as requester:
        for document in range(TOGETHER):
            requester.execute("SELECT app.approval_submit('bench', %s, '{}', gen_random_uuid())", [document])
    start = threading.Barrier(SIGNERS + 1)
    slowest: list[float] = []
    lost: list[str] = []

    def sign(number: int) -> None:
        with psycopg.connect(autocommit=True, **connection_parameters(person(target, number))) as connection:
            mine = (
                "SELECT id FROM app.approval_task WHERE staff_id = app.my_staff() AND state = 'open' AND step = 'Sign'"
            )
            tasks = [row[0] for row in connection.execute(mine)]
            random.Random(number).shuffle(tasks)  # each looks at their own list from where they like
            start.wait()
            for task in tasks:
                begun = time.perf_counter()
                try:
                    connection.execute("SELECT app.approval_approve(%s, '', gen_random_uuid())", [task])
                except psycopg.Error as problem:
                    lost.append(str(problem))
                slowest.append(time.perf_counter() - begun)

    threads = [threading.Thread(target=sign, args=[number]) for number in range(3, SIGNERS + 3)]
    for thread in threads:
        thread.start()
    start.wait()
    begun = time.perf_counter()
    for thread in threads:
        thread.join()
    seconds = time.perf_counter() - begun
    slowest.sort()
    print(f"\n{SIGNERS} people, {len(slowest):,} tasks: {len(slowest) / seconds:,.0f} decisions/s,"
          f" median {statistics.median(slowest) * 1000:.0f} ms, slowest {slowest[-1] * 1000:.0f} ms")  # fmt: skip
    _check(target, lost)


def _check(target: Target, lost: list[str]) -> None:
    with psycopg.connect(**connection_parameters(target)) as connection:
        found = connection.execute(
            "SELECT count(*), count(DISTINCT (case_id, who_id)), count(DISTINCT case_id),"
            " (SELECT count(*) FROM app.bench_effect),"
            " (SELECT count(*) FROM app.approval_case c WHERE state = 'approved' AND document_id < 1000)"
            " FROM app.approval_decision WHERE step = 'Sign' AND action = 'approve'"
        ).fetchone()
    expected = (SIGNERS * TOGETHER, SIGNERS * TOGETHER, TOGETHER, TOGETHER, TOGETHER)
    print(f"decisions, different ones, cases, effects, cases approved: {found}; refused or lost: {len(lost)}")
    assert found == expected, (found, lost[:3])
    assert not lost, lost[:3]


def main() -> None:
    """Do what the command line says."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--cases", type=int, default=100_000)
    parser.add_argument("--programs", type=Path, help="the folder with PostgreSQL's programs")
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o755)
        with (
            running(Path(folder) / "data", bin_dir=chosen.programs, settings={"max_connections": "80"}) as server,
            office(server, SMALL) as small,
            office(server, chosen.cases) as large,
        ):
            inboxes(small, large)
            all_at_once(large)


if __name__ == "__main__":
    main()
