"""What an ordinary user's own login may do to the database, whatever program it uses: the work, and nothing else."""

from __future__ import annotations

import psycopg
import pytest

from db.session import Target, connection_parameters

REFUSED = {
    "altering a table": "ALTER TABLE app.asset ADD COLUMN mine text",
    "dropping a table": "DROP TABLE app.asset",
    "emptying a table": "TRUNCATE app.asset",
    "making a table": "CREATE TABLE app.mine (id int)",
    "making a table in public": "CREATE TABLE public.mine (id int)",
    "making a schema": "CREATE SCHEMA mine",
    "writing the history": "INSERT INTO app.change (table_name, record_id, action) VALUES ('asset', 1, 'I')",
    "correcting the history": "UPDATE app.change SET who = 'boss'",
    "deleting the history": "DELETE FROM app.change",
    "becoming the owner": "SET ROLE logistics_owner",
    "becoming another user": "SET SESSION AUTHORIZATION postgres",
    "switching a trigger off": "ALTER TABLE app.asset DISABLE TRIGGER ALL",
    "switching all triggers off": "SET session_replication_role = replica",
    "forging who made a row": "INSERT INTO app.asset (code, name, created_by) VALUES ('1', 'Desk', 'boss')",
    "forging when": "UPDATE app.asset SET updated_at = now()",
    "forging a version": "UPDATE app.asset SET version = 7",
    "renumbering a row": "UPDATE app.asset SET id = 7",
    "forging the revision": "UPDATE app.alembic_version SET version_num = '9999'",
    "rewriting who imported": "UPDATE app.import_batch SET who = 'boss'",
    "calling the functions of triggers": "SELECT app.write_history()",
    "making a large object": "SELECT lo_create(0)",
    "reading the server's files": "SELECT pg_read_file('postgresql.conf')",
    "making a role": "CREATE ROLE friend LOGIN",
    "joining the owners": "GRANT logistics_owner TO CURRENT_USER",
}


@pytest.mark.parametrize("statement", REFUSED.values(), ids=REFUSED.keys())
def test_the_database_refuses(clerk: Target, statement: str) -> None:
    with (
        psycopg.connect(**connection_parameters(clerk)) as connection,
        pytest.raises((psycopg.errors.InsufficientPrivilege, psycopg.errors.InvalidParameterValue)),
    ):
        connection.execute(statement)
