"""A server of its own that a test can stop, kill, freeze and fill up, and a wire that can be cut."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import threading
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import replace
from pathlib import Path

import psutil
import psycopg

from db.embedded import HOST, Server, prepared_place, running
from db.embedded_account import server_account
from db.session import connection_parameters, embedded_target

# What was committed must outlive a killed server, though not a power cut.
SETTINGS = {"fsync": "off", "full_page_writes": "off", "autovacuum": "off", "shared_buffers": "16MB"}
_CLUSTER = Path("server/cluster")


class Breakable:
    """A server that runs until it is broken; `start` brings it back with its data, on the same port."""

    def __init__(self, folder: Path, settings: Mapping[str, str] | None = None) -> None:
        self._folder = folder
        self._settings = {**SETTINGS, **(settings or {})}
        self._stack = ExitStack()
        self.server: Server

    def __enter__(self) -> Breakable:
        self.start()
        return self

    def __exit__(self, *_error: object) -> None:
        with suppress(psutil.NoSuchProcess, FileNotFoundError):
            self.thaw()
        self._stack.close()

    @property
    def place(self) -> Path:
        """Where its files are."""
        return prepared_place(self._folder)

    @property
    def cluster(self) -> Path:
        """The folder of its data."""
        return self.place / _CLUSTER

    @property
    def host(self) -> str:
        """The address that it listens on."""
        return self._settings.get("listen_addresses", HOST)

    @property
    def programs(self) -> Path:
        """Where PostgreSQL's programs are for the account that runs it."""
        return Path(self._process().exe()).parent

    def start(self) -> None:
        """Start it, if it does not run."""
        started = self._stack.enter_context(running(self._folder, settings=self._settings))
        self.server = replace(started, host=self.host)

    def stop(self, *, kill: bool = False) -> None:
        """End every session at once, as a restart of the service does, or as a crash does."""
        process = self._process()
        process.send_signal(signal.SIGQUIT if kill else signal.SIGINT)
        process.wait(60)

    def restart(self, *, kill: bool = False) -> None:
        """Stop it and start it again."""
        self.stop(kill=kill)
        self.start()

    def promote(self) -> None:
        """Make a copy that followed another server the one that is written to."""
        target = embedded_target(self.server, "postgres")
        parameters = {**connection_parameters(target), "target_session_attrs": "any"}
        with psycopg.connect(autocommit=True, **parameters) as connection:
            connection.execute("SELECT pg_promote()")

    def freeze(self) -> None:
        """Let it say nothing more, while the system goes on answering for it."""
        for process in self._family():
            process.suspend()

    def thaw(self) -> None:
        """Let it go on."""
        for process in self._family():
            with suppress(psutil.NoSuchProcess):
                process.resume()

    def _process(self) -> psutil.Process:
        return psutil.Process(int((self.cluster / "postmaster.pid").read_text().split("\n")[0]))

    def _family(self) -> list[psutil.Process]:
        process = self._process()
        return [process, *process.children(recursive=True)]


def copy_of(primary: Breakable, folder: Path, settings: Mapping[str, str]) -> Breakable:
    """A second server with the data and the port of `primary`, which it follows once it is started."""
    place = prepared_place(folder)
    account = server_account(primary.cluster)
    account.give(place / "server")
    server = primary.server
    with (place / "said").open("wb") as said:
        status = account.run(
            [primary.programs / "pg_basebackup", "-D", place / _CLUSTER, "-R", "-X", "stream", "-c", "fast"],
            folder=place / "server",
            environment={
                **os.environ,
                "PGHOST": primary.host,
                "PGPORT": str(server.port),
                "PGUSER": server.user,
                "PGPASSWORD": server.password,
            },
            output=said.fileno(),
            timeout=120,
        )
    assert status == 0, (place / "said").read_text()
    shutil.copy(primary.place / "password", place / "password")
    (place / "port").write_text(str(server.port), "ascii")
    return Breakable(folder, settings)


@contextmanager
def small_disk(folder: Path, megabytes: int) -> Iterator[bool]:
    """Make `folder` a disk of this size; False where the system does not let us."""
    made = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", f"size={megabytes}m,mode=755", "tmpfs", folder], check=False, capture_output=True
    )
    try:
        yield made.returncode == 0
    finally:
        if made.returncode == 0:
            subprocess.run(["umount", "-l", folder], check=True)


class Wire:
    """A line to a server that can go dead without a word, or lose the answer to a commit."""

    def __init__(self, host: str, port: int) -> None:
        self._server = (host, port)
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._listener.getsockname()[1]
        self._stop = threading.Event()
        self._lock = threading.Lock()
        self._pairs: list[tuple[socket.socket, socket.socket]] = []
        self._dead: set[socket.socket] = set()
        self._all_dead = False
        self._lose_commits = 0
        self._threads = [threading.Thread(target=self._accept)]
        self._threads[0].start()

    def __enter__(self) -> Wire:
        return self

    def __exit__(self, *_error: object) -> None:
        self._stop.set()
        with suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        for pair in self._pairs:
            for end in pair:
                with suppress(OSError):
                    end.shutdown(socket.SHUT_RDWR)
                end.close()
        for thread in self._threads:
            thread.join()

    def go_dead(self, *, for_all: bool = False) -> None:
        """Carry nothing more on the connections there are; with `for_all` on new ones neither."""
        with self._lock:
            self._dead.update(end for pair in self._pairs for end in pair)
            self._all_dead = for_all

    def mend(self) -> None:
        """Carry new connections again; the dead ones stay dead, as after a pulled cable."""
        self._all_dead = False

    def lose_answer_to_commit(self) -> None:
        """Carry the next COMMIT to the server, and then nothing more on that connection."""
        self._lose_commits += 1

    def _accept(self) -> None:
        while not self._stop.is_set():
            try:
                client, _address = self._listener.accept()
                server = socket.create_connection(self._server)
            except OSError:
                continue
            with self._lock:
                self._pairs.append((client, server))
                if self._all_dead:
                    self._dead.update((client, server))
            for source, sink in ((client, server), (server, client)):
                thread = threading.Thread(target=self._carry, args=(source, sink, source is client))
                thread.start()
                self._threads.append(thread)

    def _carry(self, source: socket.socket, sink: socket.socket, asking: bool) -> None:
        with suppress(OSError):
            while data := source.recv(65_536):
                if source in self._dead:
                    continue
                if asking and self._lose_commits and b"COMMIT" in data:
                    self._lose_commits -= 1
                    self._dead.add(sink)  # what comes back is lost
                sink.sendall(data)
        for end in () if source in self._dead else (source, sink):
            with suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)
