"""Why a database cannot be worked with, precisely: each finding says what is wrong and what to do.

Names and the network are asked of the system, which tells them apart in any language. What the server answers
while signing in reaches us only as text, in the server's language; the texts of libpq itself are always English.
"""

from __future__ import annotations

import socket
from collections.abc import Callable
from dataclasses import dataclass

import psycopg
import sqlalchemy as sa

from db import schema
from db.session import CONNECT_SECONDS, Target, make_engine
from logistics_desktop.i18n import N_, _

_OLDEST_SERVER = 15

# code: (what is wrong, what to do)
_FINDINGS = {
    "well": (N_("The connection works: PostgreSQL {version}."), N_("Nothing needs to be done.")),
    "well_unencrypted": (
        N_("The connection works, but it is not encrypted: PostgreSQL {version}."),
        N_("Ask the administrator to switch TLS on, then choose the mode that requires it."),
    ),
    "no_host": (N_("No server is named."), N_("Enter the name or address of the server.")),
    "name_not_found": (
        N_("No computer called {host} is known in this network."),
        N_("Check the spelling of the server's name, or enter its address."),
    ),
    "refused": (
        N_("{host} answers, but no database listens on port {port}."),
        N_("Check the port. The administrator can check that PostgreSQL runs and accepts connections from other PCs."),
    ),
    "timeout": (
        N_("{host} does not answer on port {port}."),
        N_("Check that the server is switched on and that no firewall is in between."),
    ),
    "unreachable": (
        N_("{host} cannot be reached: {detail}"),
        N_("Check this PC's network connection."),
    ),
    "not_postgresql": (
        N_("What answers on {host}, port {port}, is not PostgreSQL."),
        N_("Check the port; PostgreSQL usually has 5432."),
    ),
    "tls_not_offered": (
        N_("The server offers no encryption (TLS), and this profile requires it."),
        N_("Ask the administrator to switch TLS on. Only in a network that you trust choose a mode without it."),
    ),
    "certificate_file": (
        N_("The certificate file of this profile cannot be read."),
        N_("Choose the file again; the administrator has it."),
    ),
    "certificate_name": (
        N_("The server's certificate was made out for another name than {host}."),
        N_("Enter the name that stands in the certificate, or ask the administrator for a certificate with this name."),
    ),
    "certificate_untrusted": (
        N_("The server's certificate is not trusted by this PC, or it has expired."),
        N_("Choose the root certificate that the administrator gives you."),
    ),
    "no_channel_binding": (
        N_("The server could not prove that nobody listens in between."),
        N_("Do not sign in. Tell the administrator: somebody may be between this PC and the server."),
    ),
    "unsafe_sign_in": (
        N_("The server asks for the password in a way that does not protect it."),
        N_("Do not sign in. The administrator can set the server to scram-sha-256."),
    ),
    "no_domain_sign_in": (
        N_("The server does not take the sign-in of Windows or Kerberos for {user}."),
        N_("Sign in with a password, or ask the administrator to set the server to gss or sspi."),
    ),
    "no_ticket": (
        N_("This PC has no valid sign-in to the domain: {detail}"),
        N_("Sign in to Windows with your domain account (or run kinit), then try again."),
    ),
    "no_password": (N_("The server wants a password and none was given."), N_("Enter your password.")),
    "wrong_password": (
        N_("The server does not accept this user or this password."),
        N_("Check the user name {user} and type the password again, with Caps Lock off."),
    ),
    "may_not_sign_in": (
        N_("The account {user} may not sign in."),
        N_("Ask the administrator whether the account is still in use."),
    ),
    "not_admitted": (
        N_("The server does not let {user} into {database} from this PC with this kind of encryption."),
        N_("Try the mode that requires TLS. The administrator can admit this PC in pg_hba.conf."),
    ),
    "no_database": (
        N_("There is no database called {database} on the server."),
        N_("Check the name; capitals and small letters differ."),
    ),
    "no_right": (
        N_("{user} may not use the database {database}."),
        N_("Ask the administrator for access."),
    ),
    "busy": (N_("The server has no connection free."), N_("Try again in a moment, or tell the administrator.")),
    "not_ready": (N_("The server is just starting or stopping."), N_("Try again in a minute.")),
    "read_only": (
        N_("Only a copy of the database that cannot be written answers."),
        N_("Enter the names of all servers, or ask the administrator which one is in charge."),
    ),
    "server_said": (N_("The server refuses the connection: {detail}"), N_("Show this message to the administrator.")),
    "version_old": (
        N_("The server runs PostgreSQL {version}; version 15 or newer is needed."),
        N_("The administrator needs to upgrade the server."),
    ),
    "schema_missing": (
        N_("The database {database} is empty: it was not set up for this program."),
        N_("Check the name of the database. The administrator sets one up with the command init."),
    ),
    "schema_older": (
        N_("The database was made for an older version of this program."),
        N_("The administrator brings it up to date with the command upgrade, after a backup."),
    ),
    "schema_newer": (
        N_("The database is already made for a newer version of this program."),
        N_("Install the newer version on this PC."),
    ),
}

# What libpq and the server say, most telling first: with several servers their answers stand in one text.
_SIGNS = (
    ("invalid response to SSL negotiation", "not_postgresql"),
    ("expected authentication request from server", "not_postgresql"),
    ("server does not support SSL", "tls_not_offered"),
    ("root certificate file", "certificate_file"),
    ("could not read root certificate", "certificate_file"),
    ("does not match host name", "certificate_name"),
    ("certificate verify failed", "certificate_untrusted"),
    ("channel binding", "no_channel_binding"),
    ("authentication method requirement", "unsafe_sign_in"),
    ("GSSAPI", "no_ticket"),
    ("SSPI", "no_ticket"),
    ("no password supplied", "no_password"),
    ("password authentication failed", "wrong_password"),
    ("not permitted to log in", "may_not_sign_in"),
    ("pg_hba.conf", "not_admitted"),
    ("permission denied for database", "no_right"),
    ("too many connections", "busy"),
    ("connection slots are reserved", "busy"),
    ("the database system is", "not_ready"),
    ("session is read-only", "read_only"),
    ("timeout expired", "timeout"),
)


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """What was found: whether all is well, a code for programs, a sentence, and what to do, for people."""

    ok: bool
    code: str
    text: str
    hint: str


def diagnose(target: Target) -> Diagnosis:
    """Try `target` step by step and name the first step that fails. Waits for the network; never raises for it."""
    tell = _teller(target)
    if not target.hosts:
        return tell("no_host")
    unreached = [_reach(host, target.port) for host in target.hosts]
    if all(unreached):
        code, detail = next(problem for problem in unreached if problem)
        host = target.hosts[unreached.index((code, detail))]
        return tell(code, host=host, detail=detail)
    engine = make_engine(target)
    try:
        with engine.connect() as connection:
            return _look_inside(connection, target, tell)
    except sa.exc.DBAPIError as problem:
        return tell(_answer(problem, target), detail=str(problem.orig).strip())
    finally:
        engine.dispose()


def _teller(target: Target) -> Callable[..., Diagnosis]:
    known = {"host": target.host, "port": target.port, "user": target.user, "database": target.database, "detail": ""}

    def tell(code: str, **more: object) -> Diagnosis:
        text, hint = _FINDINGS[code]
        words = {**known, **more}
        return Diagnosis(code.startswith("well"), code, _(text, **words), _(hint, **words))

    return tell


def _reach(host: str, port: int) -> tuple[str, str] | None:
    """What keeps this PC from reaching `port` of `host`, as a code and the system's words."""
    try:
        socket.create_connection((host, port), CONNECT_SECONDS).close()
    except (socket.gaierror, UnicodeError) as problem:
        return "name_not_found", str(problem)
    except ConnectionRefusedError as problem:
        return "refused", str(problem)
    except TimeoutError as problem:
        return "timeout", str(problem)
    except OSError as problem:
        return "unreachable", str(problem)
    return None


def _answer(problem: sa.exc.DBAPIError, target: Target) -> str:
    """The code for an error while connecting or looking at the schema."""
    cause = problem.orig
    if isinstance(cause, psycopg.errors.InsufficientPrivilege):
        return "no_right"
    said = str(cause)
    for sign, code in _SIGNS:
        if sign in said:
            return "no_domain_sign_in" if code == "unsafe_sign_in" and target.sign_in == "domain" else code
    # The rest is the server's, in its own language: but it names the database or the user that it does not know.
    database, user = f'"{target.database}"' in said, f'"{target.user}"' in said
    if database != user:
        return "no_database" if database else "wrong_password"
    return "server_said"


def _look_inside(connection: sa.Connection, target: Target, tell: Callable[..., Diagnosis]) -> Diagnosis:
    driver = connection.connection.driver_connection
    assert isinstance(driver, psycopg.Connection)
    if driver.info.server_version // 10_000 < _OLDEST_SERVER:
        return tell("version_old", version=_version(driver))
    state = schema.state(connection)
    if state != "current":
        return tell(f"schema_{state}")
    same_pc = target.host in ("127.0.0.1", "::1", "localhost")
    encrypted = driver.pgconn.ssl_in_use
    return tell("well" if encrypted or same_pc else "well_unencrypted", version=_version(driver))


def _version(driver: psycopg.Connection[object]) -> str:
    number = driver.info.server_version
    return f"{number // 10_000}.{number % 10_000}"
