"""An office as the program opens it: units of work, settings, the databases of this PC."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import psycopg
import pytest
import sqlalchemy as sa

from db.embedded import running
from db.models.organisation import Department
from db.session import Target, connection_parameters, embedded_target
from logistics_desktop import organisation, this_pc
from logistics_desktop.context import Office, open_office
from logistics_desktop.errors import Refused, UserError
from logistics_desktop.paths import ROOT
from logistics_desktop.profiles import Profile
from tests.servers import execute, open_folder

DEMO = Profile("demo", "demo")


def test_a_unit_of_work_is_kept_whole_or_not_at_all(office: Office) -> None:
    with office.session() as session:
        session.add(Department(code="01", name="总部"))
    with pytest.raises(ZeroDivisionError):
        fail_after_writing(office)
    with office.session() as session:
        assert session.scalars(sa.select(Department.name)).all() == ["总部"]


def fail_after_writing(office: Office) -> None:
    with office.session() as session:
        session.add(Department(code="02", name="车队"))
        session.flush()
        raise ZeroDivisionError


def test_a_refusal_of_the_database_comes_in_words(office: Office) -> None:
    with office.session() as session:
        session.add(Department(code="01", name="总部"))
    with pytest.raises(Refused, match="01"), office.session() as session:
        session.add(Department(code="01", name="again"))


def test_the_office_says_what_it_is(office: Office, clerk: Target) -> None:
    assert (office.user, office.database) == (clerk.user, clerk.database)
    assert office.describe == f"{clerk.database} @ 127.0.0.1"
    assert int(office.server_version().split(".")[0]) >= 15


def test_a_database_that_does_not_fit_is_refused_with_what_to_do(database: Target, clerk: Target) -> None:
    profile = Profile("test", "server", clerk.host, clerk.port, clerk.database, "disable", None, clerk.user)
    with pytest.raises(UserError, match=r"user.*password"):
        open_office(profile, "wrong")
    execute(database, "UPDATE app.alembic_version SET version_num = '9999'")
    with pytest.raises(UserError, match="newer version"):
        open_office(profile, clerk.password)
    with pytest.raises(UserError, match="No computer"):
        open_office(replace(profile, host="nobody.invalid"), clerk.password)


def test_settings_of_the_organisation_have_defaults_and_are_kept(office: Office) -> None:
    with office.session() as session:
        assert organisation.read(session, organisation.ATTACHMENT_BYTES) == 20 * 2**20
        organisation.write(session, organisation.ATTACHMENT_BYTES, 5)
        organisation.write(session, organisation.ATTACHMENT_BYTES, 6)
    with office.session() as session:
        assert organisation.read(session, organisation.ATTACHMENT_BYTES) == 6
        session.execute(sa.text('UPDATE app.setting SET value = \'{"value": "six"}\''))
    with office.session() as session:
        assert organisation.read(session, organisation.ATTACHMENT_BYTES) == 20 * 2**20


@pytest.fixture
def home(monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A PC on which the program never ran."""
    with open_folder() as folder:
        monkeypatch.setenv("LOGISTICS_DESKTOP_HOME", str(folder))
        yield folder


def test_the_databases_of_this_pc_make_themselves(home: Path) -> None:
    told: list[str] = []
    with open_office(DEMO, tell=told.append) as office:
        assert "Filling in the sample data" in told
        with office.session() as session:
            assert session.scalar(sa.text("SELECT count(*) FROM app.asset")) == 3000
            assert session.scalar(sa.text("SELECT rolsuper FROM pg_roles WHERE rolname = current_user")) is False
            session.execute(sa.text("UPDATE app.supplier SET note = 'mine'"))
        with open_office(Profile("mine", "local")) as mine, mine.session() as session:
            assert session.scalar(sa.text("SELECT count(*) FROM app.department")) == 0
    for login, reads_all in (("demo_asset_manager", True), ("demo_clerk", False)):
        with open_office(replace(DEMO, user=login)) as seen, seen.session() as session:
            assert seen.user == login
            assert session.scalar(sa.text("SELECT app.reaches_all('assets.read')")) is reads_all
            assert session.scalar(sa.text("SELECT app.my_department()")) is not None
            assert session.scalar(sa.text("SELECT app.may('users.manage')")) is False
    told.clear()
    with open_office(DEMO, tell=told.append) as office, office.session() as session:
        assert session.scalar(sa.text("SELECT bool_and(note = 'mine') FROM app.supplier"))  # what the user did stays
        assert "Making the database ready" not in told
    this_pc.reset_demo(lambda _text: None)
    with open_office(DEMO) as office, office.session() as session:
        assert session.scalar(sa.text("SELECT count(*) FROM app.asset")) == 3000


def test_an_older_database_of_this_pc_is_upgraded_and_a_newer_one_left_alone(home: Path) -> None:
    mine = Profile("mine", "local")
    with open_office(mine), running(home / "embedded") as server:
        superuser = embedded_target(server, "office")
        execute(superuser, "DROP FUNCTION app.touch CASCADE; COMMENT ON SCHEMA app IS 'of an older program'")
        with open_office(mine) as again, again.session() as session:
            assert session.scalar(sa.text("SELECT count(*) FROM pg_trigger WHERE tgname = 'touch'"))
        execute(superuser, "UPDATE app.alembic_version SET version_num = '9999'")
        with pytest.raises(UserError, match="newer version"):
            open_office(mine)


def test_two_programs_that_start_at_once_make_one_demo(home: Path) -> None:
    program = (
        "from logistics_desktop.context import open_office\n"
        "from logistics_desktop.profiles import Profile\n"
        "import sqlalchemy as sa\n"
        "with open_office(Profile('demo', 'demo')) as office, office.session() as session:\n"
        "    print(session.scalar(sa.text('SELECT count(*) FROM app.asset')))\n"
    )
    programs = [
        subprocess.Popen([sys.executable, "-c", program], cwd=ROOT, env=os.environ, stdout=subprocess.PIPE, text=True)
        for _ in range(2)
    ]
    assert [process.communicate(timeout=60)[0].strip() for process in programs] == ["3000", "3000"]


def test_the_pool_survives_the_loss_of_every_connection(office: Office, database: Target) -> None:
    with office.session() as session:
        session.scalar(sa.text("SELECT 1"))
    with psycopg.connect(autocommit=True, **connection_parameters(database)) as connection:
        connection.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = 'office_clerk'")
    with office.session() as session:
        assert session.scalar(sa.text("SELECT 1")) == 1
