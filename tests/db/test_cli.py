"""The commands for administrators, run as they are from a terminal, on real servers."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import psycopg
import pytest

from db.embedded import Server, running
from db.provision import drop_database
from db.session import Target, connection_parameters, connection_string, embedded_target
from logistics_desktop import profiles, server_checks
from logistics_desktop.cli import demo_data, doctor, init, preset_routes, upgrade
from logistics_desktop.errors import Refused, UserError
from logistics_desktop.profiles import Profile
from tests.offices import CLERK, PASSWORD
from tests.servers import FAST, execute, open_folder


def run(command: str) -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("--demo", action="store_true")
    parser.add_argument("--profile")
    commands = parser.add_subparsers()
    for module in (init, upgrade, preset_routes, demo_data, doctor):
        module.add_parser(commands)
    parsed = parser.parse_args(command.split())
    result: int = parsed.run(parsed)
    return result


@pytest.fixture(autouse=True)
def home(monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A PC on which the program never ran, without a terminal, but with the clerk's password in libpq's own place."""
    with open_folder() as folder:
        monkeypatch.setenv("LOGISTICS_DESKTOP_HOME", str(folder))
        monkeypatch.setenv("PGPASSWORD", PASSWORD)
        yield folder


@pytest.fixture
def profile(clerk: Target) -> Profile:
    found = Profile("office", "server", clerk.host, clerk.port, clerk.database, "disable", None, CLERK)
    profiles.add(found)
    return found


def url(target: Target, database: str) -> str:
    return f"postgresql://{target.user}@{target.host}:{target.port}/{database}"


@pytest.fixture
def as_installer(maintenance: Target, monkeypatch: pytest.MonkeyPatch) -> None:
    """The password of whoever sets databases up, in libpq's own place."""
    assert maintenance.password
    monkeypatch.setenv("PGPASSWORD", maintenance.password)


@pytest.fixture
def new_office(as_installer: None, maintenance: Target) -> Iterator[str]:
    """The address of a database that does not exist yet."""
    address = url(maintenance, "made_by_init")
    yield address
    drop_database(connection_string(replace(maintenance, database="made_by_init")))
    execute(maintenance, "DROP ROLE IF EXISTS wang")


def test_init_makes_an_office_that_its_first_user_can_enter(
    new_office: str, maintenance: Target, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv(init.PASSWORD_VARIABLE, "violin marsh ladder")
    assert run(f"init --url {new_office} --admin wang") == 0
    said = capsys.readouterr().out
    assert "wang" in said
    assert "9 routes of approval lie ready as drafts" in said
    assert run(f"init --url {new_office} --admin wang") == 0
    with psycopg.connect(
        host=maintenance.host, port=maintenance.port, dbname="made_by_init", user="wang", password="violin marsh ladder"
    ) as connection:
        assert connection.execute("SELECT app.may('users.manage')").fetchone() == (True,)
        assert connection.execute("SELECT count(*) FROM app.asset").fetchone() == (0,)
    assert run(f"upgrade --url {new_office}") == 0


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ("--url postgresql://nobody.invalid/x --admin wang", "does not let"),
        ("--url postgresql://localhost --admin wang", "Name the database"),
        ("--url port=abc --admin wang", "not the address|does not let|Name the database"),
        ("--url postgresql://postgres:geheim@h/d --admin wang", "out of the address"),
        ("--url postgresql://h/d --admin Wang", "cannot be a login"),
        ("--url postgresql://h/d --admin logistics_owner", "cannot be a login"),
    ],
)
def test_init_says_what_is_wrong_with_its_options(options: str, said: str) -> None:
    with pytest.raises(UserError, match=said):
        run(f"init {options}")


def test_init_takes_no_weak_password(new_office: str, maintenance: Target, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(init.PASSWORD_VARIABLE, "password1234")
    with pytest.raises(UserError, match="guessed"):
        run(f"init --url {new_office} --admin wang")
    with psycopg.connect(connection_string(maintenance)) as connection:
        assert connection.execute("SELECT FROM pg_database WHERE datname = 'made_by_init'").fetchone() is None


def test_init_changes_nothing_without_a_password_for_the_user(new_office: str, maintenance: Target) -> None:
    with pytest.raises(UserError, match=init.PASSWORD_VARIABLE):
        run(f"init --url {new_office} --admin wang")
    with psycopg.connect(connection_string(maintenance)) as connection:
        assert connection.execute("SELECT FROM pg_database WHERE datname = 'made_by_init'").fetchone() is None


@pytest.mark.usefixtures("as_installer")
def test_upgrade_leaves_the_database_of_a_newer_program_alone(database: Target) -> None:
    execute(database, "UPDATE app.alembic_version SET version_num = '9999'")
    with pytest.raises(UserError, match="newer version"):
        run(f"upgrade --url {url(database, database.database)}")


def test_upgrade_of_a_server_needs_its_owner(profile: Profile) -> None:
    with pytest.raises(UserError, match="upgrade --url"):
        run(f"--profile {profile.name} upgrade")


def test_the_doctor_finds_a_healthy_office_well(profile: Profile, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(f"--profile {profile.name} doctor --json") == 0
    answer = json.loads(capsys.readouterr().out)
    assert answer["ok"] is True
    assert {"connection", "server", "encoding", "schema", "triggers", "user", "owner", "size"} <= {
        finding["name"] for finding in answer["findings"]
    }


@pytest.mark.parametrize(
    ("damage", "name"),
    [
        ("ALTER TABLE app.asset DISABLE TRIGGER history_update", "triggers"),
        ("DROP TRIGGER touch ON app.staff", "triggers"),
        ("COMMENT ON SCHEMA app IS 'of another program'", "functions"),
        ("UPDATE app.alembic_version SET version_num = '9999'", "connection"),
    ],
)
def test_the_doctor_finds_what_is_wrong(
    profile: Profile, database: Target, capsys: pytest.CaptureFixture[str], damage: str, name: str
) -> None:
    execute(database, damage)
    assert run(f"--profile {profile.name} doctor --json") == 1
    wrong = [finding for finding in json.loads(capsys.readouterr().out)["findings"] if not finding["ok"]]
    assert [finding["name"] for finding in wrong] == [name]
    assert all(finding["advice"] for finding in wrong)
    assert run(f"--profile {profile.name} doctor") == 1
    assert f"WRONG  {name}" in capsys.readouterr().out


SERVER_DAMAGE = {
    "groups": ("ALTER ROLE logistics_user LOGIN", "ALTER ROLE logistics_user NOLOGIN"),
    "strong_users": ("ALTER ROLE office_clerk CREATEDB", "ALTER ROLE office_clerk NOCREATEDB"),
    "owners": ("GRANT logistics_owner TO office_clerk", "REVOKE logistics_owner FROM office_clerk"),
    "public_database": ("GRANT CONNECT ON DATABASE {database} TO PUBLIC", "SELECT 1"),
    "public_schemas": ("GRANT CREATE ON SCHEMA public TO PUBLIC", "SELECT 1"),
    "public_functions": ("GRANT EXECUTE ON FUNCTION app.my_account() TO PUBLIC", "SELECT 1"),
    "large_objects": ("GRANT EXECUTE ON FUNCTION lo_create(oid) TO PUBLIC", "SELECT 1"),
    "timeouts": ("ALTER DATABASE {database} SET lock_timeout = 0", "SELECT 1"),
    "password_encryption": ("ALTER DATABASE {database} SET password_encryption = 'md5'", "SELECT 1"),
}


@pytest.mark.parametrize("name", SERVER_DAMAGE)
def test_the_doctor_finds_what_is_wrong_with_a_server(
    profile: Profile, database: Target, capsys: pytest.CaptureFixture[str], name: str
) -> None:
    damage, repair = SERVER_DAMAGE[name]
    execute(database, damage.format(database=database.database))
    try:
        assert run(f"--profile {profile.name} doctor --json") == 1
    finally:
        execute(database, repair)
    wrong = [finding for finding in json.loads(capsys.readouterr().out)["findings"] if not finding["ok"]]
    assert name in [finding["name"] for finding in wrong]
    assert all(finding["advice"] for finding in wrong)


@pytest.mark.usefixtures("as_installer")
def test_the_doctor_sees_more_with_the_eyes_of_a_superuser(
    database: Target, server: Server, capsys: pytest.CaptureFixture[str]
) -> None:
    address = url(database, database.database)
    assert run(f"doctor --json --url {address}") == 0
    seen = {finding["name"]: finding for finding in json.loads(capsys.readouterr().out)["findings"]}
    assert seen["sign_in_rules"]["value"] == "as it should be"
    with psycopg.connect(connection_string(database)) as connection:
        row = connection.execute("SELECT current_setting('hba_file')").fetchone()
    assert row
    rules = Path(row[0])
    before = rules.read_text("utf-8")
    rules.write_text(before + "host all all 10.0.0.0/8 md5\nhostssl all all 10.0.0.0/8 trust\n", "utf-8")
    try:
        assert run(f"doctor --json --url {address}") == 1
    finally:
        rules.write_text(before, "utf-8")
    [wrong] = [finding for finding in json.loads(capsys.readouterr().out)["findings"] if not finding["ok"]]
    assert wrong["name"] == "sign_in_rules"
    assert "10.0.0.0 md5" in wrong["value"]
    assert "10.0.0.0 trust" in wrong["value"]


BADLY = {
    "listen_addresses": "127.0.0.2",
    "ssl_min_protocol_version": "TLSv1",
    "password_encryption": "md5",
    "tcp_keepalives_idle": "7200",
}


@pytest.mark.skipif(sys.platform != "linux", reason="needs a second address of this PC")
def test_the_doctor_says_of_a_badly_set_up_server_what_to_change(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    with open_folder() as folder, running(folder / "data", settings={**FAST, **BADLY}) as started:
        server = embedded_target(replace(started, host="127.0.0.2"), "postgres")
        execute(server, "CREATE ROLE weak LOGIN PASSWORD 'weak'")
        monkeypatch.setenv("PGPASSWORD", server.password or "")
        assert run(f"doctor --json --url {url(server, 'postgres')}") == 1
    answer = json.loads(capsys.readouterr().out)
    wrong = {one["name"]: one["advice"] for one in answer["findings"] if not one["ok"]}
    assert set(wrong) >= {"tls", "tls_version", "password_encryption", "keepalives", "verifiers", "public_database"}
    assert all(wrong.values())
    assert "ssl = on" in wrong["tls"]
    assert "tcp_keepalives_idle = 10" in wrong["keepalives"]


@pytest.mark.usefixtures("as_installer")
def test_the_doctor_names_who_keeps_the_log_from_being_sealed(
    clerk: Target, database: Target, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    checks = [
        replace(one, wrong=one.wrong.replace("10 minutes", "0 seconds")) if one.name == "open_transactions" else one
        for one in server_checks._CHECKS
    ]
    monkeypatch.setattr(server_checks, "_CHECKS", checks)
    with psycopg.connect(**connection_parameters(clerk)) as hostile:
        hostile.execute("SELECT 1")
        assert run(f"doctor --json --url {url(database, database.database)}") == 1
    [wrong] = [one for one in json.loads(capsys.readouterr().out)["findings"] if not one["ok"]]
    assert wrong["name"] == "open_transactions"
    assert "office_clerk" in wrong["value"]


def test_sample_data_go_into_an_empty_database_only(profile: Profile) -> None:
    assert run(f"--profile {profile.name} demo-data") == 0
    with pytest.raises(Refused, match="empty"):
        run(f"--profile {profile.name} demo-data")


def test_only_the_demo_can_be_reset(profile: Profile) -> None:
    with pytest.raises(UserError, match="--demo"):
        run(f"--profile {profile.name} demo-data --reset")


def test_somebody_who_says_no_place_is_told_how_to() -> None:
    with pytest.raises(UserError, match="--demo"):
        run("demo-data")


def test_an_office_gets_its_preset_routes_and_hears_what_they_lack(
    profile: Profile, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("--profile office preset-routes") == 0
    said = capsys.readouterr().out
    assert said.count(": draft") == 9
    assert "Nobody holds the post Vice president." in said
