"""Whoever pretends to be the server, or stands before it, gets no password and no session."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import get_args

import psycopg
import pytest

from db.embedded import Server, running
from db.passwords import verifier
from db.session import Target, Tls, connection_parameters, embedded_target
from logistics_desktop.connection import diagnose
from tests.db.certificates import make_certificate
from tests.db.false_servers import ASKING, false_server, in_the_middle
from tests.servers import BIN_DIRS, FAST, execute, open_folder

PASSWORD = "geheim-密码-violin"
Certificate = tuple[Path, Path]


@pytest.fixture
def certificate(tmp_path: Path) -> Certificate:
    """Good for localhost, and known to nobody."""
    return make_certificate(tmp_path, "localhost")


@pytest.fixture
def another_authority(tmp_path: Path) -> Path:
    """What the profile of the user trusts."""
    folder = tmp_path / "authority"
    folder.mkdir()
    return make_certificate(folder, "authority")[0]


def assert_nothing_learnt(heard: bytes) -> None:
    assert PASSWORD.encode() not in heard
    assert PASSWORD.encode("utf-16-le") not in heard
    assert b"md5" not in heard, "a digest can be tried out at leisure"


@pytest.mark.parametrize("encrypted", [True, False], ids=["with TLS", "without TLS"])
@pytest.mark.parametrize("asking", ASKING)
@pytest.mark.parametrize("tls", get_args(Tls))
def test_a_false_server_gets_no_password_however_it_asks(
    tls: Tls, asking: str, encrypted: bool, certificate: Certificate, another_authority: Path
) -> None:
    with false_server(ASKING[asking], certificate if encrypted else None) as (port, heard):
        target = Target("localhost", port, "office", "li", PASSWORD, tls, str(another_authority))
        with pytest.raises(psycopg.OperationalError):
            psycopg.connect(**connection_parameters(target))
    assert_nothing_learnt(heard.data)


@pytest.mark.parametrize("asking", ASKING)
@pytest.mark.parametrize("tls", get_args(Tls))
def test_who_signs_in_by_domain_gives_no_password_to_anybody(tls: Tls, asking: str, certificate: Certificate) -> None:
    with false_server(ASKING[asking], certificate) as (port, heard):
        target = Target("localhost", port, "office", "li", PASSWORD, tls, str(certificate[0]), "domain")
        with pytest.raises(psycopg.OperationalError):
            psycopg.connect(**connection_parameters(target))
    assert_nothing_learnt(heard.data)


def test_the_false_server_of_these_tests_would_hear_a_password(certificate: Certificate) -> None:
    """With libpq's own defaults it does: so it is the program that keeps the password."""
    with (
        false_server(ASKING["clear"], certificate) as (port, heard),
        pytest.raises(psycopg.OperationalError),
    ):
        psycopg.connect(host="localhost", port=port, user="li", password=PASSWORD, dbname="office", sslmode="require")
    assert PASSWORD.encode() in heard.data


def test_only_a_proved_server_may_ask_for_the_clear_password_of_a_directory(certificate: Certificate) -> None:
    with false_server(ASKING["clear"], certificate) as (port, heard):
        target = Target("localhost", port, "office", "li", PASSWORD, "verify-full", str(certificate[0]))
        with pytest.raises(psycopg.OperationalError):
            psycopg.connect(**connection_parameters(target))
    assert PASSWORD.encode() in heard.data, "LDAP needs it, and here the certificate was right"


@pytest.fixture(scope="module")
def with_tls() -> Iterator[Server]:
    """A server that speaks TLS itself, as the office's does; the embedded one is built without."""
    with open_folder() as folder, running(folder / "data", bin_dir=BIN_DIRS["debian15"], settings=FAST) as server:
        cluster = folder / "data" / "server" / "cluster"
        owner = cluster.stat()
        for made in make_certificate(cluster, "localhost"):
            os.chown(made, owner.st_uid, owner.st_gid)
        superuser = embedded_target(server, "postgres")
        execute(superuser, "ALTER SYSTEM SET ssl = on")
        execute(superuser, "SELECT pg_reload_conf()")
        yield server


@contextmanager
def li(server: Server) -> Iterator[Target]:
    """Somebody with a password on the server."""
    superuser = embedded_target(server, "postgres")
    with psycopg.connect(autocommit=True, **connection_parameters(superuser)) as connection:
        connection.execute(f"CREATE ROLE li LOGIN PASSWORD '{verifier(connection, 'li', PASSWORD)}'")
    yield replace(superuser, host="localhost", user="li", password=PASSWORD)
    execute(superuser, "DROP ROLE li")


@pytest.mark.skipif("debian15" not in BIN_DIRS, reason="the wheel's PostgreSQL is built without TLS")
def test_somebody_in_the_middle_of_a_true_connection_gets_no_session(
    with_tls: Server, certificate: Certificate
) -> None:
    with li(with_tls) as true, in_the_middle(with_tls.port, certificate, server_has_tls=True) as (port, heard):
        assert diagnose(replace(true, tls="require")).code == "schema_missing", "the way itself is open"
        assert not diagnose(replace(true, tls="require", port=port)).ok
        assert heard.data
    assert_nothing_learnt(heard.data)


def test_somebody_in_the_middle_who_talks_plainly_to_the_server_gets_no_session(
    server: Server, certificate: Certificate
) -> None:
    with li(server) as true, in_the_middle(server.port, certificate, server_has_tls=False) as (port, heard):
        assert diagnose(replace(true, tls="require", port=port)).code == "no_channel_binding"
        assert diagnose(replace(true, tls="verify-full", port=port)).code == "certificate_untrusted"
    assert_nothing_learnt(heard.data)


def test_even_where_anybody_may_stand_in_the_middle_he_gets_no_password(
    server: Server, certificate: Certificate
) -> None:
    with li(server) as true, in_the_middle(server.port, certificate, server_has_tls=False) as (port, heard):
        assert diagnose(replace(true, tls="prefer", port=port)).code == "schema_missing"
        assert heard.data
    assert_nothing_learnt(heard.data)
