"""The schema keeps the rules of `lint.py`, and each of them notices what breaks it."""

from __future__ import annotations

import psycopg
import pytest

from db.session import Target, connection_string
from tests.db.permissions.lint import RULES
from tests.servers import execute

AS_OWNER = "SET ROLE logistics_owner;"
PLANTED = {
    "every table is under row level security and in the permission matrix": "CREATE TABLE app.forgotten (id int)",
    "the permission matrix speaks of tables and permissions that there are": (
        "UPDATE app.protection SET readable = 'nothing.read' WHERE table_name = 'asset'"
    ),
    "a table with rights to write has policies for them": "DROP POLICY removed ON app.asset",
    "users have rights by column, never to a whole table, but to delete and read": (
        "GRANT UPDATE ON app.asset TO logistics_user"
    ),
    "no function runs with the owner's rights where users could hide names": (
        "ALTER FUNCTION app.may(text) RESET search_path"
    ),
    "what touches the roles of the server is fixed in its names and called by the owner alone": (
        "RESET ROLE; GRANT EXECUTE ON FUNCTION roles.make(text, text) TO logistics_user"
    ),
    "of what is kept in private the planner has no samples": (
        "ALTER TABLE app.staff_private ALTER phone SET STATISTICS 10"
    ),
    "nothing may be executed by everybody": "GRANT EXECUTE ON FUNCTION app.may(text) TO PUBLIC",
    "what makes policies may be called by nobody": "GRANT EXECUTE ON PROCEDURE app.forget_policies TO logistics_user",
    "views ask with the rights of whoever looks": "CREATE VIEW app.everything AS SELECT * FROM app.asset",
    "no policy asks a function for each row": "CREATE POLICY slow ON app.asset USING (app.may('assets.read'))",
    "policies speak to users only": "CREATE POLICY wide ON app.asset FOR SELECT USING (true)",
    "the columns by which policies choose rows are indexed": "DROP INDEX app.ix_asset_keeper_id",
    "large objects are nobody's": "RESET ROLE; GRANT EXECUTE ON FUNCTION lo_create(oid) TO PUBLIC",
    "users make nothing of their own": "GRANT CREATE ON SCHEMA app TO logistics_user",
    "the owner signs in nowhere and users are nothing more": "RESET ROLE; ALTER ROLE logistics_user CREATEDB",
}


def broken(database: Target, rule: str) -> list[str]:
    """What breaks a rule."""
    with psycopg.connect(connection_string(database)) as connection:
        connection.execute("SET search_path TO pg_catalog")
        return [name for (name,) in connection.execute(RULES[rule])]


@pytest.mark.parametrize("rule", RULES)
def test_the_schema_keeps_the_rule(database: Target, rule: str) -> None:
    assert broken(database, rule) == []


@pytest.mark.parametrize("rule", RULES)
def test_what_breaks_the_rule_is_noticed(database: Target, rule: str) -> None:
    execute(database, f"{AS_OWNER} {PLANTED[rule]}")
    try:
        assert broken(database, rule) != []
    finally:
        execute(database, "ALTER ROLE logistics_user NOCREATEDB")
