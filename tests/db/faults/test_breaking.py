"""The server, the wire and the program break in the middle of work: nothing is lost, nothing doubled, all is said."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
import uuid
from collections.abc import Callable
from pathlib import Path

import pytest
import sqlalchemy as sa

from db import schema
from db.session import embedded_target
from logistics_desktop import requests
from logistics_desktop.context import Office
from logistics_desktop.errors import ConnectionLost, Refused, UserError
from tests.db.faults.breaking import Breakable, Wire, copy_of, small_disk
from tests.db.faults.working import PASSWORD, Count, prepared, rows, signed_in, work_through
from tests.servers import execute, open_folder

Opened = Callable[..., Office]
LINUX = sys.platform == "linux"


def add_one(office: Office, name: str) -> None:
    office.save(lambda session: session.execute(sa.text("INSERT INTO app.asset (name) VALUES (:name)"), {"name": name}))


@pytest.mark.parametrize("kill", [False, True], ids=["restarted", "killed"])
def test_a_server_that_goes_in_the_middle_of_saving(breakable: Breakable, opened: Opened, kill: bool) -> None:
    count = work_through(opened(), lambda: breakable.restart(kill=kill))
    assert count.right, count


def test_a_wire_that_goes_dead_without_a_word(breakable: Breakable, opened: Opened, impatient: None) -> None:
    with Wire(breakable.server.host, breakable.server.port) as wire:
        count = work_through(opened(wire.port), wire.go_dead)
        assert count.right, count


def test_a_wire_that_loses_the_answer_to_a_commit(breakable: Breakable, opened: Opened, impatient: None) -> None:
    with Wire(breakable.server.host, breakable.server.port) as wire:
        count = work_through(opened(wire.port), wire.lose_answer_to_commit)
        assert count.right, count


def test_a_frozen_server(breakable: Breakable, opened: Opened, impatient: None) -> None:
    def freeze_a_while() -> None:
        breakable.freeze()
        threading.Event().wait(2)
        breakable.thaw()

    count = work_through(opened(), freeze_a_while)
    assert count.right, count


def test_a_server_that_stays_frozen_is_told_in_time(
    breakable: Breakable, opened: Opened, impatient: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(requests, "TRIED_SECONDS", 0.5)
    office = opened()
    add_one(office, "before")
    breakable.freeze()
    begun = time.monotonic()
    try:
        with pytest.raises(ConnectionLost):
            add_one(office, "during")
        assert time.monotonic() - begun < 15
    finally:
        breakable.thaw()
    add_one(office, "after")


def test_a_long_statement_is_not_taken_for_a_dead_line(opened: Opened, impatient: None) -> None:
    with opened().session() as session:
        assert session.scalar(sa.text("SELECT 1 FROM pg_sleep(4)")) == 1


def test_a_server_that_is_not_there_at_the_start(breakable: Breakable) -> None:
    assert gone_at_start(breakable).right


def gone_at_start(breakable: Breakable) -> Count:
    """Open the office of a server that is not there, and again when it is."""
    breakable.stop()
    errors: list[BaseException] = []
    try:
        with signed_in(breakable.server):
            pass
    except UserError as problem:
        if "no database listens" not in str(problem):
            errors.append(problem)
    else:
        errors.append(AssertionError("it was opened"))
    finally:
        breakable.start()
    name = f"at start {uuid.uuid4()}"
    with signed_in(breakable.server) as office:
        add_one(office, name)
        return Count(1, rows(office, name), errors)


def test_screens_hear_of_the_loss_and_everything_is_read_again(breakable: Breakable, opened: Opened) -> None:
    heard: list[frozenset[str]] = []
    states: list[bool] = []
    changed = threading.Condition()

    def tell(where: list[object], value: object) -> None:
        with changed:
            where.append(value)
            changed.notify_all()

    stop = threading.Event()
    listener = threading.Thread(
        target=opened().listen,
        args=(lambda tables: tell(heard, tables), lambda on: tell(states, on), stop),  # type: ignore[arg-type]
    )
    listener.start()
    try:
        with changed:
            assert changed.wait_for(lambda: states == [True], 10)
        breakable.restart()
        with changed:
            assert changed.wait_for(lambda: states[1:2] == [False] and states[-1] is True and bool(heard), 20)
        assert "asset" in heard[0]
    finally:
        stop.set()
        listener.join()


def test_a_full_disk() -> None:
    with open_folder() as folder, open_folder() as disk, small_disk(disk, 48) as is_small:
        if not is_small:
            pytest.skip("a small disk needs the right to mount one")
        count = full_disk(folder, disk)
    assert count.right, count


def full_disk(folder: Path, disk: Path) -> Count:
    """Store assets until the disk of the server is full, then make room and go on."""
    with Breakable(folder / "data") as breakable:
        prepared(breakable.server)
        move_to(breakable, disk)
        with signed_in(breakable.server) as office:
            count = fill_up(office, disk)
            (disk / "ballast").unlink()
            add_one_hundred(office, "on a full disk")
            count = Count(count.expected + 100, rows(office, "on a full disk"), count.errors)
        execute(embedded_target(breakable.server, "postgres"), "DROP DATABASE office")
        execute(embedded_target(breakable.server, "postgres"), "DROP TABLESPACE small")
    told = [error for error in count.errors if "The disk of the database server is full" in str(error)]
    return Count(count.expected, count.found, [error for error in count.errors if error not in told])


def move_to(breakable: Breakable, disk: Path) -> None:
    """Put the tables of the office on another disk."""
    owner = breakable.cluster.stat()
    os.chown(disk, owner.st_uid, owner.st_gid)
    maintenance = embedded_target(breakable.server, "postgres")
    execute(maintenance, f"CREATE TABLESPACE small LOCATION '{disk}'")
    execute(maintenance, "ALTER DATABASE office SET TABLESPACE small")


def fill_up(office: Office, disk: Path) -> Count:
    """Store assets until the disk is full, which is said, and count what was acknowledged."""
    with (disk / "ballast").open("wb") as ballast:
        free = os.statvfs(disk)
        ballast.write(b"\0" * (free.f_bavail * free.f_frsize - 3 * 2**20))
    done = 0
    errors: list[BaseException] = []
    while not errors:
        try:
            add_one_hundred(office, "on a full disk")
            done += 100
        except Refused as problem:
            errors.append(problem)
    return Count(done, rows(office, "on a full disk"), errors)


def add_one_hundred(office: Office, name: str) -> None:
    statement = (
        "INSERT INTO app.asset (name, search) SELECT :name, repeat(md5(i::text), 30) FROM generate_series(1, 100) i"
    )
    office.save(lambda session: session.execute(sa.text(statement), {"name": name}))


IMPORTING = """
import sys, uuid
from pathlib import Path
from logistics_desktop.context import open_office
from logistics_desktop.profiles import Profile
from logistics_desktop.ledgers import LEDGERS
from logistics_desktop.workbook.apply import apply
from logistics_desktop.workbook.intake import take_in
from logistics_desktop.workbook.plan import make_plan
from logistics_desktop.workbook.planned import Options

host, port, password, file, batch = sys.argv[1:]
entity = LEDGERS["assets"]
with open_office(Profile("test", "server", host, int(port), "office", "disable", None, "clerk"), password) as office:
    intake = take_in(Path(file), entity)
    with office.session() as session:
        plan = make_plan(session, LEDGERS, entity, intake.source(intake.sheet(None)), Options())
    print("storing", flush=True)
    key = uuid.UUID(batch)
    office.save(lambda session: apply(session, LEDGERS, plan, key), request=key)
    print("stored", flush=True)
"""


def import_killed(breakable: Breakable, office: Office, file: Path, after: float) -> Count:
    """Kill a program `after` seconds into the storing of 2,000 rows, then let another one import the same file."""
    batch = str(uuid.uuid4())
    server = breakable.server
    command = [sys.executable, "-c", IMPORTING, server.host, str(server.port), PASSWORD, str(file), batch]
    program = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    assert program.stdout is not None
    assert program.stdout.readline() == "storing\n"
    threading.Event().wait(after)
    program.send_signal(signal.SIGKILL)
    told = program.stdout.read()
    program.stdout.close()
    program.wait()
    half = rows(office, "imported")
    assert half in (0, 2_000), f"{half} rows of a killed import, which had said {told!r}"
    again = subprocess.run(command, check=False, capture_output=True, text=True)
    assert again.returncode == 0 or "AlreadyStored" in again.stderr or half == 2_000, again.stderr
    count = Count(2_000, rows(office, "imported"))
    with office.session() as session:
        session.execute(sa.text("DELETE FROM app.asset WHERE name = 'imported'"))
    return count


def workbook(folder: Path) -> Path:
    """A file with 2,000 new assets."""
    file = folder / "assets.csv"
    lines = ["资产编号,资产名称", *(f"K{number:05},imported" for number in range(2_000))]
    file.write_text("\n".join(lines), "utf-8-sig")
    return file


def test_a_program_that_is_killed_while_it_imports(breakable: Breakable, opened: Opened, tmp_path: Path) -> None:
    file, office = workbook(tmp_path), opened()
    count = import_killed(breakable, office, file, after=0.1)
    assert count.right, count


@pytest.mark.skipif(not LINUX, reason="two servers on one port need two addresses of this PC")
def test_the_other_server_takes_over() -> None:
    with open_folder() as first, open_folder() as second:
        count = fail_over(Path(first), Path(second))
    assert count.right, count


def fail_over(first: Path, second: Path) -> Count:
    """Two servers with one port and two addresses: the first dies in the middle of work, the second is promoted."""
    here, there = "127.0.0.2", "127.0.0.3"
    settings = {"listen_addresses": here, "wal_level": "replica", "max_wal_senders": "4"}
    with Breakable(first / "data", settings) as primary:
        prepared(primary.server)
        with copy_of(primary, second / "data", {"listen_addresses": there}) as standby:
            assert standby.server.port == primary.server.port
            maintenance = embedded_target(primary.server, "postgres")
            execute(maintenance, "ALTER SYSTEM SET synchronous_standby_names = '*'")  # or the last commits may be lost
            execute(maintenance, "SELECT pg_reload_conf()")

            def fault() -> None:
                primary.stop(kill=True)
                standby.promote()

            with signed_in(primary.server, host=f"{here},{there}") as office:
                return work_through(office, fault)


@pytest.mark.parametrize(("revision", "words"), [("0001", "older version"), ("9999", "newer version")])
def test_a_database_of_another_version(breakable: Breakable, revision: str, words: str) -> None:
    count = other_version(breakable, revision, words)
    assert count.right, count


def other_version(breakable: Breakable, revision: str, words: str) -> Count:
    """The tables become those of another version while people save: who is in goes on, who comes is told, once."""
    target = embedded_target(breakable.server, "office")
    told: list[UserError] = []

    def change_version() -> None:
        execute(target, f"UPDATE app.alembic_version SET version_num = '{revision}'")
        execute(target, "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = 'clerk'")
        try:
            with signed_in(breakable.server):
                pass
        except UserError as problem:
            told.append(problem)

    try:
        with signed_in(breakable.server) as office:
            count = work_through(office, change_version)
            if office.schema_state() == "current":
                count.errors.append(AssertionError("the window would say nothing"))
    finally:
        execute(target, f"UPDATE app.alembic_version SET version_num = '{schema.head_revision()}'")
    if [words in str(one) for one in told] != [True]:
        count.errors.append(AssertionError(f"not told: {told}"))
    with signed_in(breakable.server):  # all is well again by itself
        return count


@pytest.mark.parametrize("hours", [-2, 2, 24 * 365 * 30])
def test_a_clock_that_is_wrong(breakable: Breakable, hours: int) -> None:
    count = wrong_clock(breakable, hours)
    assert count.right, count


def wrong_clock(breakable: Breakable, hours: int) -> Count:
    """The clock of the PC is set while people save and the server restarts: it is said, and no row has its time."""
    real = time.time
    with signed_in(breakable.server) as office, pytest.MonkeyPatch.context() as patch:

        def fault() -> None:
            patch.setattr(time, "time", lambda: real() + hours * 3_600)
            breakable.restart()

        count = work_through(office, fault)
        if office.clock_ahead() != pytest.approx(hours * 3_600, abs=5):
            count.errors.append(AssertionError("the window would say nothing"))
        with office.session() as session:
            strange = session.scalar(
                sa.text("SELECT count(*) FROM app.change WHERE abs(extract(epoch FROM at) - :now) > 3600"),
                {"now": real()},
            )
        if strange:
            count.errors.append(AssertionError(f"{strange} lines of the log with the time of the PC"))
    return count
