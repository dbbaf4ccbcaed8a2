"""A database from the time when everybody could do everything becomes one with posts, and loses nothing."""

from __future__ import annotations

from dataclasses import replace

import psycopg
import sqlalchemy as sa
from alembic import command
from alembic.config import Config

from db import schema
from db.provision import add_user, upgrade_database
from db.session import Target, connection_parameters, connection_string, make_engine
from tests.offices import PASSWORD
from tests.servers import execute

_BEFORE = "0006"
_OLD = """
    INSERT INTO app.staff (code, name, phone, id_number, login, search)
    VALUES ('R1', '张伟', '13800001234', '110101199001011234', 'u_worked', E'r1\\n张伟\\nzw\\n13800001234'),
           ('R2', '李娜', NULL, NULL, NULL, E'r2\\n李娜');
    INSERT INTO app.change (who, table_name, record_id, action, after)
    VALUES ('u_worked', 'staff', 1, 'I', '{"name": "张伟", "phone": "13800001234", "id_number": "110101199001011234"}');
"""


def old_office(database: Target) -> None:
    """The tables and some contents of the version before."""
    engine = make_engine(database)
    with engine.begin() as connection:
        connection.execute(sa.text("DROP SCHEMA app CASCADE; CREATE SCHEMA app AUTHORIZATION logistics_owner"))
        connection.execute(sa.text("SET LOCAL ROLE logistics_owner"))
        config = Config(attributes={"connection": connection})
        config.set_main_option("script_location", str(schema.MIGRATIONS))
        command.upgrade(config, _BEFORE)
        connection.exec_driver_sql(_OLD)
    engine.dispose()


def test_who_worked_here_goes_on_as_asset_manager_and_strangers_get_nothing(database: Target) -> None:
    for login in ("u_worked", "u_stranger"):
        execute(database, f"CREATE ROLE {login} LOGIN PASSWORD 'worked' IN ROLE logistics_user")
    try:
        old_office(database)
        upgrade_database(connection_string(database))
        with psycopg.connect(connection_string(database)) as connection:
            accounts = connection.execute(
                "SELECT login, post, staff_id FROM app.account JOIN app.account_post USING (login)"
            ).fetchall()
            assert accounts == [("u_worked", "asset_manager", 1)]
            # Nobody is administrator until whoever owns the database says so.
            assert connection.execute("SELECT app.is_user()").fetchone() == (False,)
        for login, names in (("u_worked", ["张伟", "李娜"]), ("u_stranger", [])):
            own = replace(database, user=login, password="worked")
            with psycopg.connect(**connection_parameters(own)) as connection:
                assert [name for (name,) in connection.execute("SELECT name FROM app.staff ORDER BY code")] == names
        add_user(connection_string(database), "u_worked", PASSWORD, "administrator")
        own = replace(database, user="u_worked", password=PASSWORD)
        with psycopg.connect(**connection_parameters(own)) as connection:
            assert connection.execute("SELECT app.may('users.manage')").fetchone() == (True,)
    finally:
        for login in ("u_worked", "u_stranger"):
            execute(database, f"DROP OWNED BY {login}; DROP ROLE {login}")


def test_phones_and_identity_numbers_leave_the_ledger_its_search_and_its_history(database: Target) -> None:
    old_office(database)
    upgrade_database(connection_string(database))
    with psycopg.connect(connection_string(database)) as connection:
        staff = connection.execute("SELECT phone, id_number, search, version FROM app.staff ORDER BY code").fetchall()
        assert staff == [
            ("138****1234", "110***********1234", "r1\n张伟\nzw", 1),
            (None, None, "r2\n李娜", 1),
        ]
        assert connection.execute("SELECT * FROM app.staff_private").fetchall() == [
            (1, "13800001234", "110101199001011234")
        ]
        (told,) = connection.execute("SELECT after::text FROM app.change WHERE action = 'I'").fetchone() or ("",)
        assert "1380000" not in told
        assert "138****1234" in told
        connection.execute("UPDATE app.staff SET name = '张炜' WHERE code = 'R1'")
        with connection.transaction():
            assert connection.execute("SELECT phone FROM app.staff_private").fetchone() == ("13800001234",)
