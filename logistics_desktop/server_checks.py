"""Whether a server is set up as docs/security.md asks for, point by point, and what to change where it is not."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import sqlalchemy as sa

from logistics_desktop.context import Office
from logistics_desktop.doctor import Finding
from logistics_desktop.i18n import N_, _


@dataclass(frozen=True, slots=True)
class _Check:
    """A question whose rows are what is wrong; none where all is well. `needed` has to be true for it to be asked."""

    name: str
    wrong: str
    advice: str
    needed: str = "true"


_SUPERUSER = "(SELECT rolsuper FROM pg_roles WHERE rolname = current_user)"

_FOR_OTHERS = (
    "EXISTS (SELECT FROM unnest(string_to_array(current_setting('listen_addresses'), ',')) a"
    " WHERE btrim(a) NOT IN ('', 'localhost', '127.0.0.1', '::1'))"
)

_CHECKS = (
    _Check(
        "encryption",
        "SELECT host(client_addr) FROM pg_stat_activity JOIN pg_stat_ssl USING (pid)"
        " WHERE pid = pg_backend_pid() AND NOT ssl AND NOT client_addr <<= ANY ('{127.0.0.0/8,::1/128}'::inet[])",
        N_("This connection is not encrypted. Set ssl = on, admit hostssl only, and choose a mode that requires TLS."),
    ),
    _Check(
        "tls",
        f"SELECT 'ssl = off' WHERE current_setting('ssl') = 'off' AND {_FOR_OTHERS}",
        N_("The server cannot encrypt. Give it a certificate: ssl_cert_file, ssl_key_file, ssl = on"),
    ),
    _Check(
        "tls_version",
        "SELECT setting FROM pg_settings WHERE name = 'ssl_min_protocol_version'"
        " AND setting IN ('', 'TLSv1', 'TLSv1.1')",
        N_("Old versions of TLS can be listened to. ALTER SYSTEM SET ssl_min_protocol_version = 'TLSv1.2'"),
    ),
    _Check(
        "password_encryption",
        "SELECT setting FROM pg_settings WHERE name = 'password_encryption' AND setting <> 'scram-sha-256'",
        N_("Digests of md5 can be used like passwords. ALTER SYSTEM SET password_encryption = 'scram-sha-256'"),
    ),
    _Check(
        "groups",
        "SELECT rolname FROM pg_roles WHERE rolname IN ('logistics_owner', 'logistics_user', 'logistics_accounts')"
        " AND (rolcanlogin OR rolsuper)",
        N_("Nobody may sign in as a group. As superuser: ALTER ROLE … NOLOGIN NOSUPERUSER"),
    ),
    _Check(
        "strong_users",
        "SELECT rolname FROM pg_roles r WHERE rolcanlogin"
        " AND (rolsuper OR rolcreaterole OR rolcreatedb OR rolreplication OR rolbypassrls)"
        " AND EXISTS (SELECT FROM pg_auth_members m WHERE m.member = r.oid"
        " AND m.roleid = to_regrole('logistics_user')) ORDER BY 1",
        N_(
            "People work with accounts that no rule binds. "
            "As superuser: ALTER ROLE … NOSUPERUSER NOCREATEROLE NOCREATEDB NOBYPASSRLS"
        ),
    ),
    _Check(
        "owners",
        "SELECT m.member::regrole::text FROM pg_auth_members m JOIN pg_roles r ON r.oid = m.member"
        " WHERE m.roleid IN (to_regrole('logistics_owner'), to_regrole('logistics_accounts'))"
        " AND EXISTS (SELECT FROM pg_roles u WHERE u.rolname = 'logistics_user'"
        " AND pg_has_role(m.member, u.oid, 'MEMBER')) AND NOT r.rolsuper ORDER BY 1",
        N_(
            "These users can do everything with the tables. "
            "As superuser: REVOKE logistics_owner, logistics_accounts FROM …"
        ),
    ),
    _Check(
        "createrole",
        "SELECT rolname FROM pg_roles WHERE rolcreaterole AND rolcanlogin AND NOT rolsuper"
        " AND current_setting('server_version_num')::int < 160000 ORDER BY 1",
        N_("Before PostgreSQL 16 CREATEROLE is nearly as much as superuser. ALTER ROLE … NOCREATEROLE, or upgrade"),
    ),
    _Check(
        "public_database",
        "SELECT a.privilege_type FROM pg_database d, aclexplode(coalesce(d.datacl, acldefault('d', d.datdba))) a"
        " WHERE d.datname = current_database() AND a.grantee = 0",
        N_("Every role of the server gets into the database. Run init again: it closes the database to strangers."),
    ),
    _Check(
        "public_schemas",
        "SELECT n.nspname || ' ' || a.privilege_type FROM pg_namespace n,"
        " aclexplode(coalesce(n.nspacl, acldefault('n', n.nspowner))) a"
        " WHERE n.nspname IN ('public', 'app', 'roles') AND a.grantee = 0",
        N_("Everybody may use or fill these schemas. Run init again, or REVOKE ALL ON SCHEMA … FROM PUBLIC"),
    ),
    _Check(
        "public_functions",
        "SELECT p.oid::regprocedure::text FROM pg_proc p, aclexplode(coalesce(p.proacl, acldefault('f', p.proowner))) a"
        " WHERE p.pronamespace IN (to_regnamespace('app'), to_regnamespace('roles')) AND p.prosecdef"
        " AND a.grantee = 0",
        N_("Everybody may call functions that work with the owner's rights. Run upgrade."),
    ),
    _Check(
        "large_objects",
        "SELECT DISTINCT p.proname::text FROM pg_proc p, aclexplode(coalesce(p.proacl, acldefault('f', p.proowner))) a"
        " WHERE p.pronamespace = 'pg_catalog'::regnamespace AND a.grantee = 0"
        " AND (p.proname LIKE 'lo\\_%' OR p.proname IN ('loread', 'lowrite')) ORDER BY 1",
        N_("A large object of a user makes backups fail. Run init again as superuser: it takes the functions away."),
    ),
    _Check(
        "timeouts",
        "SELECT name FROM pg_settings WHERE name IN ('idle_in_transaction_session_timeout', 'lock_timeout')"
        " AND setting = '0' AND NOT (SELECT rolsuper FROM pg_roles WHERE rolname = current_user)",
        N_("A PC that was unplugged keeps others waiting. Run init again: it sets the limits for the database."),
    ),
    _Check(
        "keepalives",
        "SELECT name || ' = ' || setting FROM pg_settings WHERE name = 'tcp_keepalives_idle'"  # noqa: S608 - our own
        f" AND setting::int NOT BETWEEN 1 AND 60 AND {_FOR_OTHERS}",
        N_(
            "What a PC had locked that was cut off stays locked for hours. "
            "ALTER SYSTEM SET tcp_keepalives_idle = 10; … tcp_keepalives_interval = 5; … tcp_keepalives_count = 3"
        ),
    ),
    _Check(
        "open_transactions",
        "SELECT usename || ' (' || pid || '): ' || date_trunc('minute', now() - xact_start)::text FROM pg_stat_activity"
        " WHERE datname = current_database() AND xact_start < now() - interval '10 minutes' AND pid <> pg_backend_pid()"
        " AND backend_type = 'client backend' ORDER BY xact_start",
        N_(
            "While a transaction stays open its rows stay locked, and the log is not sealed. "
            "Ask them, shut the account out, or SELECT pg_terminate_backend(…)"
        ),
        _SUPERUSER,
    ),
    _Check(
        "sign_in_rules",
        "SELECT 'pg_hba.conf ' || line_number || ': ' || concat_ws(' ', type, array_to_string(user_name, ','), address,"
        " auth_method) FROM pg_hba_file_rules WHERE error IS NOT NULL"
        " OR auth_method IN ('trust', 'password', 'md5', 'ident')"
        " OR type IN ('host', 'hostnossl') AND auth_method <> 'reject'"
        " AND coalesce(address, '') NOT IN ('127.0.0.1', '::1', 'localhost', 'samehost') ORDER BY line_number",
        N_("Write hostssl … scram-sha-256 (or ldap, gss) for everybody from outside, and hostnossl … reject."),
        _SUPERUSER,
    ),
    _Check(
        "verifiers",
        "SELECT rolname FROM pg_authid WHERE rolcanlogin AND rolpassword IS NOT NULL"
        " AND rolpassword NOT LIKE 'SCRAM-SHA-256$%' ORDER BY 1",
        N_("These passwords are kept as md5. Set them again."),
        _SUPERUSER,
    ),
)


def examine_server(office: Office) -> list[Finding]:
    """The points that an ordinary user can see, as far as the profile is of a server; the rest is a superuser's."""
    if office.profile.kind != "server":
        return []
    with office.session() as session:
        return [*_asked(session.connection()), _guessing(session.connection())]


def examine_as_superuser(connection: sa.Connection) -> list[Finding]:
    """Every point, for whoever sets databases up."""
    return list(_asked(connection))


def _asked(connection: sa.Connection) -> Iterator[Finding]:
    for check in _CHECKS:
        if not connection.scalar(sa.text(f"SELECT {check.needed}")):
            yield Finding(check.name, True, _("not visible to this user; doctor --url looks"))
            continue
        wrong = connection.scalars(sa.text(check.wrong)).all()
        value = ", ".join(map(str, wrong)) or _("as it should be")
        yield Finding(check.name, not wrong, value, _(check.advice) if wrong else "")


def _guessing(connection: sa.Connection) -> Finding:
    """No fault where it is missing: the office may have another way against guessing."""
    counted = connection.scalar(sa.text("SELECT app.lock_guessed_accounts()")) is not None
    said = (
        _("wrong passwords lock an account")
        if counted
        else _("wrong passwords lock nobody; set logging_collector = on and log_destination = 'stderr,jsonlog'")
    )
    return Finding("guessing", True, said)
