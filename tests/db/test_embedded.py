"""The PostgreSQL of one PC: made once, shared by every program, stopped by the last, recovered after the worst."""

from __future__ import annotations

import os
import signal
import socket
import stat
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import psutil
import psycopg
import pytest

from db.embedded import EmbeddedError, Server, prepared_place, programs, running
from db.session import connection_parameters, embedded_target
from tests.servers import BIN_DIRS, FAST, open_folder

ROOT = Path(__file__).parent.parent.parent

_PROGRAM = """
import sys
from pathlib import Path
from db.embedded import running
with running(Path(sys.argv[1]), bin_dir=Path(sys.argv[2]) if sys.argv[2] else None) as server:
    print(server.port, flush=True)
    sys.stdin.read()
"""


class Installation:
    """One data folder and the PostgreSQL programs that it is used with."""

    def __init__(self, data_dir: Path, bin_dir: Path | None) -> None:
        self.data_dir = data_dir
        self.bin_dir = bin_dir

    @contextmanager
    def used(self) -> Iterator[Server]:
        with running(self.data_dir, bin_dir=self.bin_dir, settings=FAST) as server:
            yield server

    def program(self) -> subprocess.Popen[str]:
        """Another program that uses the server until its input is closed."""
        return subprocess.Popen(
            [sys.executable, "-c", _PROGRAM, str(self.data_dir), str(self.bin_dir or "")],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            cwd=ROOT,
        )

    @property
    def pid_file(self) -> Path:
        return self.data_dir / "server" / "cluster" / "postmaster.pid"

    @property
    def pid(self) -> int:
        return int(self.pid_file.read_text().splitlines()[0])


def port_of(program: subprocess.Popen[str]) -> int:
    assert program.stdout
    return int(program.stdout.readline())


def end(program: subprocess.Popen[str]) -> None:
    program.communicate()
    assert program.returncode == 0


def ask(server: Server, question: str) -> object:
    parameters = connection_parameters(embedded_target(server, "postgres"))
    with psycopg.connect(autocommit=True, **parameters) as connection:
        cursor = connection.execute(question)
        row = cursor.fetchone() if cursor.description else None
        return row[0] if row else None


def is_up(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


@pytest.fixture(scope="module", params=list(BIN_DIRS))
def installation(request: pytest.FixtureRequest) -> Iterator[Installation]:
    with open_folder() as folder:
        yield Installation(folder, BIN_DIRS[request.param])


def test_the_server_speaks_unicode_and_listens_to_this_pc_alone(installation: Installation) -> None:
    with installation.used() as server:
        assert ask(server, "SHOW server_encoding") == "UTF8"
        assert ask(server, "SELECT '办' ~ '\\w' AND lower('Ä') = 'ä'") is True
        assert ask(server, "SHOW listen_addresses") == "127.0.0.1"
        assert ask(server, "SHOW unix_socket_directories") == ""
        assert ask(server, "SELECT count(*) FROM pg_hba_file_rules WHERE auth_method <> 'scram-sha-256'") == 0


def test_nobody_gets_in_without_the_password(installation: Installation) -> None:
    with installation.used() as server:
        for password in ("", "postgres"):
            with pytest.raises(psycopg.OperationalError):
                ask(replace(server, password=password), "SELECT 1")
    assert server.password not in repr(server)


@pytest.mark.skipif(os.name == "nt", reason="Windows keeps rights in lists, not in modes")
def test_only_its_owner_can_read_the_password(installation: Installation) -> None:
    with installation.used():
        assert stat.S_IMODE((installation.data_dir / "password").stat().st_mode) == 0o600


def test_data_and_port_outlive_a_stop(installation: Installation) -> None:
    with installation.used() as first:
        ask(first, "CREATE TABLE IF NOT EXISTS kept (n int)")
    assert not is_up(first.port)
    with installation.used() as second:
        assert ask(second, "SELECT count(*) FROM kept") == 0
    assert second == first


def test_two_blocks_of_one_program_share_the_server(installation: Installation) -> None:
    with installation.used() as outer:
        with installation.used() as inner:
            assert inner == outer
        assert ask(outer, "SELECT 1") == 1
    assert not is_up(outer.port)


def test_the_last_program_to_leave_stops_the_server(installation: Installation) -> None:
    first, second = installation.program(), installation.program()
    port = port_of(first)
    assert port_of(second) == port
    end(first)
    assert is_up(port)
    end(second)
    assert not is_up(port)


def test_programs_that_start_at_the_same_moment_share_one_server(installation: Installation) -> None:
    programs = [installation.program() for _ in range(4)]
    assert len({port_of(program) for program in programs}) == 1
    for program in programs:
        end(program)
    assert not installation.pid_file.exists()


def test_a_killed_program_no_longer_counts(installation: Installation) -> None:
    killed, other = installation.program(), installation.program()
    port_of(killed)
    port = port_of(other)
    killed.kill()
    killed.communicate()
    with installation.used() as server:
        assert server.port == port
    assert is_up(port)
    end(other)
    assert not is_up(port)


def test_a_server_whose_programs_were_all_killed_is_taken_over(installation: Installation) -> None:
    killed = installation.program()
    port = port_of(killed)
    killed.kill()
    killed.communicate()
    pid = installation.pid
    with installation.used() as server:
        assert (server.port, installation.pid) == (port, pid)
    assert not is_up(port)


@pytest.mark.skipif(os.name == "nt", reason="there is no SIGKILL to a group on Windows")
def test_a_killed_server_starts_again_with_what_was_committed(installation: Installation) -> None:
    with running(installation.data_dir, bin_dir=installation.bin_dir) as server:
        ask(server, "CREATE TABLE IF NOT EXISTS kept (n int); INSERT INTO kept VALUES (1)")
        before = ask(server, "SELECT count(*) FROM kept")
        os.kill(installation.pid, signal.SIGKILL)
        with installation.used() as again:
            assert ask(again, "SELECT count(*) FROM kept") == before
        assert ask(again, "SELECT 1") == 1
    assert not is_up(again.port)


def test_a_number_of_a_dead_server_that_another_process_has_now_does_not_stop_the_start(
    installation: Installation,
) -> None:
    with installation.used():
        left = installation.pid_file.read_text().splitlines()
    left[0] = str(psutil.Process().ppid())
    installation.pid_file.write_text("\n".join(left) + "\n")
    with installation.used() as server:
        assert ask(server, "SELECT 1") == 1


def test_a_port_that_somebody_else_took_is_replaced(installation: Installation) -> None:
    with installation.used() as before:
        pass
    with socket.socket() as stranger:
        stranger.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        stranger.bind(("127.0.0.1", before.port))
        stranger.listen()
        with installation.used() as server:
            assert server.port != before.port
            assert ask(server, "SELECT 1") == 1
    with installation.used() as after:
        assert after.port == server.port


def test_a_program_that_fails_leaves_no_server_behind(installation: Installation) -> None:
    with pytest.raises(RuntimeError, match="broken"), installation.used() as server:
        raise RuntimeError("broken")
    assert not is_up(server.port)


def test_data_of_another_version_are_refused_and_stay(installation: Installation) -> None:
    with installation.used():
        pass
    version = installation.data_dir / "server" / "cluster" / "PG_VERSION"
    made_by = version.read_text()
    version.write_text("14\n")
    try:
        with pytest.raises(EmbeddedError) as refusal, installation.used():
            pass
    finally:
        version.write_text(made_by)
    assert refusal.value.reason == "other_version"
    assert refusal.value.params["made_by"] == "14"
    assert refusal.value.params["program"] == made_by.strip()


def test_missing_programs_are_named() -> None:
    with open_folder() as folder, pytest.raises(EmbeddedError) as refusal, running(folder / "data", bin_dir=folder):
        pass
    assert refusal.value.reason == "no_programs"
    assert refusal.value.params["folder"] == str(folder)


def test_a_file_in_the_place_of_the_folder_is_refused() -> None:
    with open_folder() as folder:
        (folder / "data").write_text("not a folder")
        with pytest.raises(EmbeddedError) as refusal, running(folder / "data"):
            pass
    assert refusal.value.params["folder"] == str(folder / "data")


def test_a_system_without_the_usual_locales_gets_a_server_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("db.embedded._CHARACTER_TYPES", ("xx_NOWHERE.UTF-8", "C"))
    with open_folder() as folder, running(folder / "data", settings=FAST) as server:
        assert ask(server, "SELECT datctype FROM pg_database WHERE datname = 'postgres'") == "C"
        assert ask(server, "SHOW server_encoding") == "UTF8"


@pytest.mark.skipif(os.name == "nt", reason="the stand-in is a shell script")
@pytest.mark.parametrize(
    ("said", "reason"),
    [
        ("initdb: error: could not write file: No space left on device", "disk_full"),
        ("initdb: error: could not create directory: Permission denied", "no_access"),
        ("initdb: error: something nobody thought of", "failed"),
    ],
)
def test_a_failing_initdb_is_told_by_its_cause_and_leaves_nothing_half_made(said: str, reason: str) -> None:
    with open_folder() as folder:
        for name, line in (("postgres", "echo 'postgres (PostgreSQL) 18.6'"), ("initdb", f"echo '{said}'; exit 1")):
            stand_in = folder / name
            stand_in.write_text(f"#!/bin/sh\n{line}\n")
            stand_in.chmod(0o755)
        with pytest.raises(EmbeddedError) as refusal, running(folder / "data", bin_dir=folder):
            pass
        assert refusal.value.reason == reason
        assert said in refusal.value.params["detail"]
        with running(folder / "data", settings=FAST) as server:
            assert ask(server, "SELECT 1") == 1


@pytest.mark.skipif(os.name == "nt" or os.geteuid() != 0, reason="only root's server runs as another account")
def test_root_gets_a_server_though_its_folders_are_closed_to_others(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    closed = tmp_path / "closed"
    closed.mkdir(mode=0o700)
    package = programs().parents[1]
    for folder in (package, package.with_name(f"{package.name}.libs")):
        (closed / folder.name).symlink_to(folder)
    bin_dir = closed / programs().relative_to(package.parent)
    with open_folder() as base:
        monkeypatch.setattr("db.embedded_account._SYSTEM_WIDE", (str(base),))
        with running(closed / "data", bin_dir=bin_dir, settings=FAST) as server:
            assert ask(server, "SELECT 1") == 1
            pid_file = prepared_place(closed / "data") / "server/cluster/postmaster.pid"
            process = psutil.Process(int(pid_file.read_text().split()[0]))
            assert process.uids().real != 0
            assert process.exe().startswith(str(base))
        closed.chmod(0o755)
        assert prepared_place(closed / "data").is_relative_to(base), "data stay where they were made"
