"""Every way in which a database cannot be reached or used is told apart, and says what to do."""

from __future__ import annotations

import os
import socket
import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import psycopg
import pytest
import sqlalchemy as sa

from db.embedded import Server, running
from db.schema import head_revision
from db.session import Target, connection_parameters, embedded_target, make_engine
from logistics_desktop.connection import diagnose
from tests.db.certificates import make_certificate, tls_front
from tests.servers import BIN_DIRS, FAST, execute, open_folder


def found(target: Target) -> str:
    """The code of the diagnosis, after a look whether it speaks to people."""
    diagnosis = diagnose(target)
    assert diagnosis.text
    assert diagnosis.hint
    assert "{" not in diagnosis.text + diagnosis.hint
    assert diagnosis.ok == diagnosis.code.startswith("well")
    return diagnosis.code


@pytest.fixture
def database(empty_database: Target) -> Target:
    return empty_database


@pytest.fixture
def clerk(database: Target) -> Iterator[Target]:
    """A user without any right of their own."""
    execute(database, "CREATE ROLE clerk LOGIN PASSWORD 'right'")
    yield replace(database, user="clerk", password="right")
    execute(database, "DROP OWNED BY clerk")
    execute(replace(database, database="postgres"), "DROP ROLE clerk")


@pytest.fixture
def answering() -> Iterator[Callable[[bytes], int]]:
    """Opens ports that answer whoever speaks with the same bytes."""
    listeners: list[socket.socket] = []
    threads: list[threading.Thread] = []

    def open_port(answer: bytes) -> int:
        listener = socket.create_server(("127.0.0.1", 0))

        def serve() -> None:
            try:
                while True:
                    client, _address = listener.accept()
                    with client:
                        if client.recv(1024):
                            client.sendall(answer)
            except OSError:
                return

        listeners.append(listener)
        threads.append(threading.Thread(target=serve))
        threads[-1].start()
        return int(listener.getsockname()[1])

    yield open_port
    for listener, thread in zip(listeners, threads, strict=True):
        listener.shutdown(socket.SHUT_RDWR)
        listener.close()
        thread.join()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.mark.parametrize("host", ["", " , "])
def test_no_host(host: str) -> None:
    assert found(Target(host, 5432, "office", "li")) == "no_host"


@pytest.mark.parametrize("host", ["nobody.invalid", "a" * 300, "..", "服务器.invalid"])
def test_a_name_that_nobody_has(host: str) -> None:
    assert found(Target(host, 5432, "office", "li")) == "name_not_found"


def test_nothing_listens_on_the_port() -> None:
    port = free_port()
    diagnosis = diagnose(Target("127.0.0.1", port, "office", "li"))
    assert diagnosis.code == "refused"
    assert str(port) in diagnosis.text


def test_a_server_that_does_not_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("logistics_desktop.connection.CONNECT_SECONDS", 0.2)
    with socket.socket() as full:
        full.bind(("127.0.0.1", 0))
        full.listen(0)
        waiting = [socket.socket() for _ in range(4)]
        try:
            for client in waiting:
                client.setblocking(False)
                client.connect_ex(full.getsockname())
            assert found(Target("127.0.0.1", full.getsockname()[1], "office", "li")) == "timeout"
        finally:
            for client in waiting:
                client.close()


def test_something_else_listens(answering: Callable[[bytes], int]) -> None:
    port = answering(b"HTTP/1.1 400 Bad Request\r\n\r\n")
    assert found(Target("127.0.0.1", port, "office", "li")) == "not_postgresql"


def test_a_server_that_asks_for_the_password_in_clear_does_not_get_it(answering: Callable[[bytes], int]) -> None:
    port = answering(b"R" + (8).to_bytes(4, "big") + (3).to_bytes(4, "big"))
    assert found(Target("127.0.0.1", port, "office", "li", "secret", tls="disable")) == "unsafe_sign_in"


@pytest.mark.parametrize(
    "said", ['用户 "li" Password 认证失败', 'Passwort-Authentifizierung für Benutzer "li" fehlgeschlagen']
)
def test_a_wrong_password_in_the_servers_own_language(answering: Callable[[bytes], int], said: str) -> None:
    fields = b"SFATAL\0VFATAL\0C28P01\0M" + said.encode() + b"\0\0"
    port = answering(b"E" + (len(fields) + 4).to_bytes(4, "big") + fields)
    assert found(Target("127.0.0.1", port, "office", "li", "x", tls="disable")) == "wrong_password"


def test_a_wrong_password_and_an_unknown_user(database: Target) -> None:
    assert found(replace(database, password="wrong")) == "wrong_password"
    assert found(replace(database, user="nobody_known")) == "wrong_password"
    assert found(replace(database, password=None)) == "no_password"


def test_an_account_that_was_closed(clerk: Target, database: Target) -> None:
    execute(database, "ALTER ROLE clerk NOLOGIN")
    assert found(clerk) == "may_not_sign_in"


def test_an_unknown_database(database: Target) -> None:
    assert found(replace(database, database="Office")) == "no_database"


def test_a_database_that_is_closed_to_the_user(clerk: Target, database: Target) -> None:
    execute(database, f"REVOKE CONNECT ON DATABASE {database.database} FROM PUBLIC")
    assert found(clerk) == "no_right"


def test_a_full_server(clerk: Target, database: Target) -> None:
    execute(database, "ALTER ROLE clerk CONNECTION LIMIT 0")
    assert found(clerk) == "busy"


def test_only_a_copy_answers(database: Target) -> None:
    execute(database, f"ALTER DATABASE {database.database} SET default_transaction_read_only = on")
    assert found(database) == "read_only"


def test_a_database_without_tables_of_a_newer_program_and_of_this_one(database: Target) -> None:
    assert found(database) == "schema_missing"
    execute(database, "CREATE SCHEMA IF NOT EXISTS app")
    execute(database, "CREATE TABLE app.alembic_version (version_num varchar(32))")
    execute(database, "INSERT INTO app.alembic_version VALUES ('from_the_future')")
    assert found(database) == "schema_newer"
    execute(database, f"UPDATE app.alembic_version SET version_num = '{head_revision()}'")
    assert found(database) == "well"


def test_one_of_several_hosts_is_enough(database: Target) -> None:
    assert found(replace(database, host=f"nobody.invalid, {database.host}", password="wrong")) == "wrong_password"


def test_a_server_without_encryption(server: Server) -> None:
    assert found(replace(embedded_target(server, "postgres"), tls="require")) == "tls_not_offered"


def test_certificates(server: Server, tmp_path: Path) -> None:
    right, key = make_certificate(tmp_path, "localhost")
    with tls_front(server.port, right, key) as port:
        target = replace(embedded_target(server, "postgres"), host="localhost", port=port, tls="verify-full")
        assert found(replace(target, root_certificate=str(right))) in ("schema_missing", "well")
        assert found(replace(target, root_certificate=str(right), host="127.0.0.1")) == "certificate_name"
        assert found(replace(target, root_certificate=str(tmp_path / "nowhere"))) == "certificate_file"
        assert found(target) == "certificate_untrusted"
        other = tmp_path / "other"
        other.mkdir()
        wrong, _key = make_certificate(other, "localhost")
        assert found(replace(target, root_certificate=str(wrong))) == "certificate_untrusted"


def test_somebody_in_the_middle_is_noticed_without_any_authority(server: Server, tmp_path: Path) -> None:
    certificate, key = make_certificate(tmp_path, "localhost")
    with tls_front(server.port, certificate, key) as port:
        assert found(replace(embedded_target(server, "postgres"), port=port, tls="require")) == "no_channel_binding"


@pytest.mark.skipif("debian15" not in BIN_DIRS, reason="the wheel's PostgreSQL is built without TLS")
def test_an_encrypted_server_proves_itself_by_channel_binding() -> None:
    with open_folder() as folder, running(folder / "data", bin_dir=BIN_DIRS["debian15"], settings=FAST) as server:
        plain = embedded_target(server, "postgres")
        cluster = folder / "data" / "server" / "cluster"
        for made in make_certificate(cluster, "localhost"):
            owner = cluster.stat()
            os.chown(made, owner.st_uid, owner.st_gid)
        execute(plain, "ALTER SYSTEM SET ssl = on")
        execute(plain, "SELECT pg_reload_conf()")
        target = replace(plain, tls="require")
        with psycopg.connect(**connection_parameters(target)) as connection:
            assert connection.pgconn.ssl_in_use
        hba = cluster / "pg_hba.conf"
        hba.write_text("hostssl all all 127.0.0.1/32 scram-sha-256\n")
        execute(target, "SELECT pg_reload_conf()")
        assert found(plain) == "not_admitted"


def test_the_engine_names_the_program_and_hides_the_password(database: Target) -> None:
    engine = make_engine(database, "LogisticsDesktop/0.1.0")
    with engine.connect() as connection:
        name = connection.scalar(sa.text("SELECT application_name FROM pg_stat_activity WHERE pid = pg_backend_pid()"))
    engine.dispose()
    assert name == "LogisticsDesktop/0.1.0"
    assert database.password
    assert database.password not in repr(engine) + repr(database) + str(engine.url)


def test_the_engine_outlives_a_restart_of_the_server(database: Target) -> None:
    engine = make_engine(database)
    with engine.connect() as connection:
        pid = connection.scalar(sa.text("SELECT pg_backend_pid()"))
    execute(replace(database, database="postgres"), f"SELECT pg_terminate_backend({pid}, 5000)")
    with engine.connect() as connection:
        assert connection.scalar(sa.text("SELECT 1")) == 1
    engine.dispose()
