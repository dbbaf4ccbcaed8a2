"""How the program reaches its database: one description of the target, one way to connect to it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Literal

import sqlalchemy as sa
from psycopg.conninfo import make_conninfo

from db.embedded import Server
from db.watch import watched_connection

Tls = Literal["disable", "prefer", "require", "verify-full"]
SignIn = Literal["login", "domain"]

PROGRAM = "LogisticsDesktop"
CONNECT_SECONDS = 5


@dataclass(frozen=True, slots=True)
class Target:
    """A database and who signs in to it.

    `host` may name several servers separated by commas; the one that accepts writes is used, so that a fail-over needs
    no change on any PC. `root_certificate` is the file that `verify-full` trusts, None the system's own store.
    Who signs in by `domain` has signed in to Windows or Kerberos already and gives no password.
    """

    host: str
    port: int
    database: str
    user: str
    password: str | None = field(default=None, repr=False)
    tls: Tls = "prefer"
    root_certificate: str | None = None
    sign_in: SignIn = "login"

    @property
    def hosts(self) -> tuple[str, ...]:
        """The servers' names, one by one."""
        return tuple(name for part in self.host.split(",") if (name := part.strip()))


def embedded_target(server: Server, database: str, *, user: str | None = None, password: str | None = None) -> Target:
    """A database on the embedded server: its superuser's, or another user's with that user's password."""
    if user is None:
        user, password = server.user, server.password
    # The wheel's PostgreSQL is built without TLS, and the line ends in the same PC.
    return Target(server.host, server.port, database, user, password, tls="disable")


def connection_parameters(target: Target, program: str = PROGRAM) -> dict[str, Any]:
    """The libpq parameters for `target`: safe against false servers, quick to notice a dead line.

    Without them libpq hands the password in clear to any server that asks for it. `channel_binding=require` also finds
    somebody in the middle without any certificate authority. Only `verify-full`, where the certificate proves the
    server, lets the server ask for a password in clear, as it must to ask an LDAP directory. A domain sign-in hands
    out no password at all, whatever the server asks for.
    """
    parameters: dict[str, Any] = {
        "host": ",".join(target.hosts),
        "port": target.port,
        "dbname": target.database,
        "user": target.user,
        "sslmode": target.tls,
        "target_session_attrs": "read-write",
        "application_name": program,
        "connect_timeout": CONNECT_SECONDS,
        "keepalives_idle": 30,
        "keepalives_interval": 10,
        "keepalives_count": 3,
        "tcp_user_timeout": 30_000,
        "client_encoding": "UTF8",
    }
    if target.tls == "verify-full":
        parameters["sslrootcert"] = target.root_certificate or "system"
    return parameters | (_by_domain() if target.sign_in == "domain" else _by_password(target))


def _by_domain() -> dict[str, Any]:
    return {"require_auth": "gss,sspi", "gssdelegation": "0"}


def _by_password(target: Target) -> dict[str, Any]:
    parameters: dict[str, Any] = {"gssencmode": "disable"}
    if target.password is not None:
        parameters["password"] = target.password
    if target.tls != "verify-full":
        parameters["require_auth"] = "scram-sha-256"
    if target.tls == "require":
        parameters["channel_binding"] = "require"
    return parameters


def connection_string(target: Target) -> str:
    """The same as one libpq string, password and all, for whoever sets databases up (`db.provision`)."""
    return make_conninfo(**connection_parameters(target))


def make_engine(target: Target, program: str = PROGRAM, *, now: Callable[[], Target] | None = None) -> sa.Engine:
    """The engine for `target`, with a pool fit for one window and its background work; it connects at first use.

    `now` gives the target of each new connection, for users who change their password meanwhile.
    """
    return sa.create_engine(
        sa.URL.create("postgresql+psycopg"),
        creator=lambda: watched_connection(connection_parameters(now() if now else target, program)),
        pool_size=5,
        max_overflow=5,
        pool_pre_ping=True,
        hide_parameters=True,  # they would stand in the log, with names of people and verifiers of passwords
    )
